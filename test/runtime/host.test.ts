import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { cacheFolder, createHost } from "../../src/runtime/host.ts";
import { failure } from "../data/failure.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "anygrad-host-"));
  return () => rm(folder, { recursive: true });
});

describe("createHost", () => {
  const host = createHost();

  it("writes whole files, making folders, leaving nothing beside", async () => {
    const path = join(folder, "a/b/file.bin");
    await host.writeFileAtomically(path, Uint8Array.of(1, 2));
    await host.writeFileAtomically(path, Uint8Array.of(3));
    expect(Array.from((await host.readFile(path))!)).toEqual([3]);
    expect(await readdir(join(folder, "a/b"))).toEqual(["file.bin"]);
  });

  it("removes what it began when the file cannot be put in place", async () => {
    await mkdir(join(folder, "taken/inside"), { recursive: true });
    const text = await failure(
      () => host.writeFileAtomically(join(folder, "taken"), Uint8Array.of(1)),
      "OUTPUT",
    );
    expect(text).toMatch(/taken: cannot be written \(E\w+\); choose a folder you may write to/);
    expect(await readdir(folder)).toEqual(["taken"]);
  });

  it("gives nothing for a file that is not there, an error for one that cannot be read", async () => {
    expect(await host.readFile(join(folder, "none"))).toBeUndefined();
    await writeFile(join(folder, "file"), "");
    expect(await host.readFile(join(folder, "file/none"))).toBeUndefined();
    expect(await failure(() => host.readFile(folder), "DATA_MISSING")).toContain(
      "is a folder where a file is wanted",
    );
    expect(await failure(() => host.openFile(join(folder, "none")), "DATA_MISSING")).toContain("ENOENT");
  });

  it("opens a file in pieces", async () => {
    const path = join(folder, "long");
    await writeFile(path, new Uint8Array(600_000).fill(7));
    const sizes: number[] = [];
    for await (const piece of await host.openFile(path)) sizes.push(piece.length);
    expect(sizes.length).toBeGreaterThan(1);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe((await readFile(path)).length);
  });
});

describe("cacheFolder", () => {
  it.each([
    [{ HOME: "/home/a" }, "linux", "/home/a/.cache/anygrad"],
    [{ HOME: "/home/a", XDG_CACHE_HOME: "/var/x" }, "linux", "/var/x/anygrad"],
    [{ HOME: "/Users/a" }, "darwin", "/Users/a/Library/Caches/anygrad"],
    [{ LOCALAPPDATA: "C:\\Local" }, "win32", "C:\\Local/anygrad/cache"],
    [{ USERPROFILE: "C:\\a" }, "win32", "C:\\a/AppData/Local/anygrad/cache"],
    [{}, "linux", undefined],
  ])("for %j on %s is %s", (environment, platform, wanted) => {
    expect(cacheFolder(environment, platform)).toBe(wanted);
  });
});
