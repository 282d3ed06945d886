/**
 * The order in which a command brings its files to the disk, as the system's own record (strace) has it, and as the preloaded script of
 * `npm run test:crash` takes it down, which must miss nothing: bytes, fsync, name, fsync of the folder, and only then is removed
 * what the new files take the place of.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { anygrad, environment, script, temporaryFolder } from "../cli/anygrad.ts";
import { thorough } from "../long.ts";

/** What was done to a path, when it was over. A path of "sync" may be a folder. */
interface Operation {
  readonly op: "write" | "sync" | "rename" | "remove";
  readonly path: string;
  /** The new name. */
  readonly to?: string;
}

const training = "train mlp-64 --limit 100 --epochs 2 --threads 1 --no-report --json --quiet --out".split(
  " ",
);
const isPassing = (path: string): boolean => /[.]partial$|[.]lock$/.test(path);

/** What is not in order: a power cut at some moment would find a file without its bytes, or neither the old nor the new. */
function disorder(operations: readonly Operation[]): string[] {
  const faults: string[] = [];
  const unsynced = new Set<string>(); // files whose bytes are not on the disk
  const pending = new Set<string>(); // names that are not
  for (const { op, path, to = "" } of operations) {
    if (op === "write") {
      unsynced.add(path);
      if (!isPassing(path)) faults.push(`${path} is written under its own name`);
      for (const name of pending) faults.push(`${path} is begun before the name of ${name} is on the disk`);
    } else if (op === "sync") {
      unsynced.delete(path);
      for (const name of pending) if (dirname(name) === path) pending.delete(name);
    } else if (op === "rename") {
      if (unsynced.delete(path)) faults.push(`${to} gets its name before its bytes are on the disk`);
      pending.add(to);
    } else if (!isPassing(path))
      for (const name of pending)
        if (dirname(name) === dirname(path))
          faults.push(`${path} is removed before the name of ${name} is on the disk`);
  }
  return [...faults, ...[...pending].map((name) => `the name of ${name} never comes to the disk`)];
}

/** The calls in what `strace -f -y` wrote that have changed something below a folder. */
function traced(text: string, folder: string): Operation[] {
  const begun = new Map<string, string>();
  return text.split("\n").flatMap((line): Operation[] => {
    const [, thread = "", call = ""] = /^(\d+) +(.*)$/.exec(line) ?? [];
    if (call.endsWith("<unfinished ...>")) {
      begun.set(thread, call.replace(/<unfinished ...>$/, ""));
      return [];
    }
    const whole = call.replace(/^<[.]{3} \w+ resumed>/, () => begun.get(thread) ?? "");
    const [, name = "", args = "", result = "-1"] = /^(\w+)\((.*)\) += (-?\d+)/.exec(whole) ?? [];
    if (Number(result) < 0 || !args.includes(folder)) return [];
    const [first = "", second] = Array.from(args.matchAll(/"(\/[^"]*)"/g), ([, path]) => path!);
    const [, descriptor = ""] = /^\d+<([^>]*)>/.exec(args) ?? [];
    if (name === "write" || name === "pwrite64") return [{ op: "write", path: descriptor }];
    if (name === "fsync" || name === "fdatasync") return [{ op: "sync", path: descriptor }];
    if (name.startsWith("rename")) return [{ op: "rename", path: first, to: second! }];
    return name.startsWith("unlink") ? [{ op: "remove", path: first }] : [];
  });
}

/** What preload.cjs took down, before it was done. */
function recorded(text: string): Operation[] {
  const kinds: Readonly<Record<string, Operation["op"]>> = {
    write: "write",
    writeFile: "write",
    sync: "sync",
    syncFolder: "sync",
    rename: "rename",
    rm: "remove",
    unlink: "remove",
  };
  const operations = text.trim().split("\n");
  return operations.flatMap((line): Operation[] => {
    const { op, ...rest } = JSON.parse(line) as Operation & { op: string };
    return kinds[op] ? [{ ...rest, op: kinds[op] }] : [];
  });
}

/** Without what differs from run to run. */
const told = ({ op, path, to }: Operation): string =>
  [op, path, to]
    .map((text) => text && basename(text).replace(/[.]\d+-[-0-9a-f]{36}[.]partial$/, ".partial"))
    .join(" ");

const preload = fileURLToPath(new URL("../crash/preload.cjs", import.meta.url));
async function recordOf(out: string): Promise<Operation[]> {
  const log = `${out}.log`;
  const plan = { folder: out, mode: "record", who: "any", log };
  const env = { ANYGRAD_CRASH: JSON.stringify(plan), NODE_OPTIONS: `--require ${preload}` };
  const { code, stderr } = await anygrad([...training, out], { env });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return recorded(readFileSync(log, "utf8"));
}

const names = ["model.safetensors", "history.csv", "steps.csv", "predictions.csv", "run.json"];
const renamed = (operations: readonly Operation[]): string[] =>
  operations.flatMap(({ op, to }) => (op === "rename" ? [basename(to!)] : []));
const wanted = ["checkpoint-0001.safetensors", "checkpoint-0002.safetensors", ...names];

const hasStrace = thorough && spawnSync("strace", ["-f", "true"]).status === 0;

describe("a run's files come to the disk in order", () => {
  it("by the record of operations", async () => {
    const operations = await recordOf(join(temporaryFolder(), "run"));
    expect(disorder(operations)).toEqual([]);
    expect(renamed(operations)).toEqual(wanted);
    // the control: without any one of its fsyncs it is seen
    const syncs = operations.flatMap(({ op, path }, i) =>
      op === "sync" && !isPassing(dirname(path)) ? [i] : [],
    );
    const needed = syncs.filter((i) => disorder(operations.toSpliced(i, 1)).length > 0);
    expect(needed).toHaveLength(wanted.length + 3); // of each file, and of the folder after two checkpoints and at the end
  });

  it.skipIf(!hasStrace)("by strace, which sees what the record has, and no more", async () => {
    const out = join(temporaryFolder(), "run");
    const trace = `${out}.trace`;
    const calls = "write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat";
    const { status, stderr } = spawnSync(
      "strace",
      ["-f", "-y", "-e", `trace=${calls}`, "-o", trace, process.execPath, script, ...training, out],
      { env: { ...environment, UV_USE_IO_URING: "0" }, encoding: "utf8" },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const operations = traced(readFileSync(trace, "utf8"), out);
    expect(disorder(operations)).toEqual([]);
    expect(renamed(operations)).toEqual(wanted);
    const record = await recordOf(join(temporaryFolder(), "run"));
    const known = new Set(record.map(told));
    expect(operations.map(told).filter((each) => !known.has(each))).toEqual([]);
  });
});
