/** The folder of --out: whose it is, what dead processes leave in it, and that it is there whole or as it was. */
import { spawn, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { describe, expect, it } from "vitest";
import { lockFolder, lockName } from "../../runs/folder/lock.ts";
import { openOutputFolder } from "../../runs/folder/outputFolder.ts";
import { partialOf } from "../../src/runtime/wholeFiles.ts";
import { temporaryFolder } from "../cli/anygrad.ts";
import { failure } from "../data/failure.ts";
import { long } from "../long.ts";

/** The number of a process that has ended. */
const dead = spawnSync("true").pid;
const lockOf = (pid: number, birth = "", host = hostname()): string => JSON.stringify({ host, pid, birth });

describe("a folder is held by one process at a time", () => {
  it.each([
    ["a process that is gone", lockOf(dead)],
    ["nobody, as a power cut leaves it", ""],
    ["half a lock", lockOf(dead).slice(0, 20)],
    // the number has gone to another process since
    ["a process before the last start of the machine", lockOf(process.ppid, "another-boot 17")],
  ])("and is taken from %s", async (_, text) => {
    const out = temporaryFolder();
    writeFileSync(join(out, lockName), text);
    const folder = await openOutputFolder(out);
    expect(readdirSync(out)).toEqual([lockName]);
    await folder.close();
    expect(readdirSync(out)).toEqual([]);
  });

  it("but not from one that lives, here or, for all we know, on another machine", async () => {
    const out = temporaryFolder();
    writeFileSync(join(out, lockName), lockOf(process.ppid));
    expect(await failure(() => openOutputFolder(out), "OUTPUT")).toMatch(
      `--out: ${out} is in use by process ${process.ppid}; wait for its end, or pass another folder`,
    );
    writeFileSync(join(out, lockName), lockOf(dead, "", "elsewhere"));
    expect(await failure(() => openOutputFolder(out), "OUTPUT")).toMatch(
      /on elsewhere; .*; if it is gone, remove /,
    );
    expect(readdirSync(out)).toEqual([lockName]);
  });

  it("also where a process has died while it took away the lock of another", async () => {
    const out = temporaryFolder();
    writeFileSync(join(out, lockName), lockOf(dead));
    writeFileSync(join(out, `${lockName}.dead`), lockOf(dead));
    await (await openOutputFolder(out)).close();
    expect(readdirSync(out)).toEqual([]);
    writeFileSync(join(out, `${lockName}.dead`), lockOf(dead)); // and the first is gone
    await (await openOutputFolder(out)).close();
    expect(readdirSync(out)).toEqual([]);
  });

  it("which may hold it twice", async () => {
    const out = temporaryFolder();
    const [first, second] = [await lockFolder(out, out, "test"), await lockFolder(out, out, "test")];
    await first.release();
    expect(readdirSync(out)).toEqual([lockName]);
    await second.release();
    expect(readdirSync(out)).toEqual([]);
  });

  const bundled = async (folder: string): Promise<string> => {
    const module = join(folder, "lock.mjs");
    const input = fileURLToPath(new URL("../../runs/folder/lock.ts", import.meta.url));
    await (await rolldown({ input, platform: "node" })).write({ file: module });
    return module;
  };

  long("until its process ends, also in the middle", async () => {
    const [out, elsewhere] = [temporaryFolder(), temporaryFolder()];
    const script = `const { lockFolder } = await import(${JSON.stringify(await bundled(elsewhere))});
await lockFolder(${JSON.stringify(out)}, "out", "test");
console.log((await import("node:fs")).readdirSync(${JSON.stringify(out)}).join());
process.exit(3);`;
    const ended = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
    expect([ended.status, ended.stdout]).toEqual([3, `${lockName}\n`]);
    expect(readdirSync(out)).toEqual([]);
  });

  long("of many that want it, some of which die within", async () => {
    const out = temporaryFolder();
    const module = await bundled(out);
    const shared = join(out, "shared");
    mkdirSync(shared);
    const contender = fileURLToPath(new URL("contender.mjs", import.meta.url));
    let [printed, deaths] = ["", 0];
    const contend = (): Promise<void> =>
      new Promise((resolve) => {
        const child = spawn(process.execPath, [contender, module, shared, "8", "6"]);
        child.stdout.on("data", (text) => {
          printed += text;
        });
        child.stderr.on("data", (text) => {
          printed += text;
        });
        child.on("close", (_, signal) => {
          if (signal === "SIGKILL") deaths++;
          resolve();
        });
      });
    for (let round = 0; round < 3; round++) await Promise.all(Array.from({ length: 6 }, contend));
    expect(printed).toBe("");
    expect(deaths).toBeGreaterThan(3);
    await (await openOutputFolder(shared)).close();
    expect(readdirSync(shared).filter((name) => name !== "inside")).toEqual([]);
  });
});

describe("what dead processes left half-written is swept", () => {
  it("and what others are writing is not", async () => {
    const out = temporaryFolder();
    mkdirSync(join(out, "figures"));
    const uuid = "0f8fad5b-d9cb-469f-a165-70867728950e";
    const gone = [
      `run.json.${dead}-${uuid}.partial`,
      `model.safetensors.${uuid}.partial`, // earlier versions named no process
      `.anygrad-${dead}`,
      `figures/loss.svg.${dead}-${uuid}.partial`,
    ];
    const stays = [
      `run.json.${process.ppid}-${uuid}.partial`,
      `.anygrad-${process.ppid}`,
      "mine.partial",
      "figures/a",
    ];
    for (const name of [...gone, ...stays]) writeFileSync(join(out, name), "half");
    const own = partialOf(join(out, "steps.csv"));
    writeFileSync(own, "");
    await (await openOutputFolder(out)).close();
    for (const name of gone) expect(existsSync(join(out, name)), name).toBe(false);
    for (const name of stays) expect(existsSync(join(out, name)), name).toBe(true);
    expect(existsSync(own)).toBe(true);
  });
});

describe("files", () => {
  it("are all there, or all as they were", async () => {
    const out = temporaryFolder();
    const folder = await openOutputFolder(out);
    await folder.write({ a: "one", b: "two" });
    mkdirSync(join(out, "c")); // a folder takes no file's name
    writeFileSync(join(out, "c", "d"), "");
    await failure(() => folder.write({ "e\0": "no name", a: "new" }), "OUTPUT");
    expect(readFileSync(join(out, "a"), "utf8")).toBe("one");
    expect(readdirSync(out).sort()).toEqual([lockName, "a", "b", "c"]);
    await folder.close();
  });

  it("go through no link", async () => {
    const [out, elsewhere] = [temporaryFolder(), temporaryFolder()];
    symlinkSync(elsewhere, join(out, "figures"));
    const folder = await openOutputFolder(out);
    expect(await failure(() => folder.write({ "figures/a.svg": "" }), "OUTPUT")).toMatch(
      /is a link, which is not followed/,
    );
    await folder.close();
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  it("leave no folder behind where none was written, and no name is the current one", async () => {
    const out = join(temporaryFolder(), "a", "b");
    const folder = await openOutputFolder(out);
    expect(existsSync(out)).toBe(true);
    await folder.close();
    expect(existsSync(join(out, ".."))).toBe(false);
    for (const name of ["", " "])
      expect(await failure(() => openOutputFolder(name), "INVALID_ARGUMENT")).toMatch(
        `--out is ${JSON.stringify(name)}; pass the path of a folder`,
      );
    rmSync(out, { force: true });
  });
});
