/** Files that are there whole or not at all: what is left where one of several cannot be written, and what the error advises. */
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isDiskTrouble, unwritable, type WritableFiles, writeWhole } from "../../src/runtime/wholeFiles.ts";
import { temporaryFolder } from "../cli/anygrad.ts";
import { failure } from "../data/failure.ts";

const files: WritableFiles = { mkdir, open, rename, rm };
const failing = (code: string): Error => Object.assign(new Error(`${code}: it failed`), { code });
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The file system whose fsync of files with this in their path fails. */
function withTrouble(code: string, part: string): WritableFiles {
  return {
    ...files,
    open: async (path, ...more) => {
      const handle = await open(path, ...more);
      if (String(path).includes(part)) handle.sync = () => Promise.reject(failing(code));
      return handle;
    },
  };
}

describe("writeWhole", () => {
  it.each(["ENOSPC", "EDQUOT", "EIO"])("leaves all as it was where one fails by %s", async (code) => {
    const folder = temporaryFolder();
    const [a, b] = [join(folder, "a"), join(folder, "deeper", "b")];
    await writeFile(a, "old");
    const list = [
      [a, bytes("new")],
      [b, bytes("new")],
    ] as const;
    let ready = false;
    const write = (): Promise<void> =>
      writeWhole(withTrouble(code, "/b."), list, async () => {
        ready = true;
      });
    expect(await failure(write, "OUTPUT")).toContain(`${b}: cannot be written (${code}: the disk`);
    expect(ready).toBe(false);
    expect(await readFile(a, "utf8")).toBe("old");
    expect(await readdir(folder)).toEqual(["a", "deeper"]);
    expect(await readdir(join(folder, "deeper"))).toEqual([]);
    await writeWhole(files, list);
    expect([await readFile(a, "utf8"), await readFile(b, "utf8")]).toEqual(["new", "new"]);
  });
});

describe("the advice is true of the cause", () => {
  it.each([
    ["ENOSPC", "x: cannot be written (ENOSPC: the disk is full); free space on it", true],
    ["EDQUOT", "x: cannot be written (EDQUOT: the disk quota is used up); free space", true],
    ["EMFILE", "x: cannot be written (EMFILE: too many files are open); raise the limit (ulimit -n)", true],
    ["EACCES", "x: cannot be written (EACCES); choose a folder you may write to", false],
    [
      "EROFS",
      "x: cannot be written (EROFS: the disk can only be read); choose a folder on another one",
      false,
    ],
    ["ENAMETOOLONG", "x: cannot be written (ENAMETOOLONG: the name is too long); pass a shorter one", false],
    ["ELOOP", "x: cannot be written (ELOOP: its links lead in a circle); choose another folder", false],
    ["ENOTDIR", "x: cannot be written (ENOTDIR: a part of the path is a file); choose another folder", false],
  ])("%s", (code, message, isMachines) => {
    const error = unwritable("x", failing(code));
    expect(error).toMatchObject({ code: "OUTPUT", message });
    expect(isDiskTrouble(error)).toBe(isMachines);
  });

  it("and is told however long the path is", () => {
    const { message } = unwritable(`/${"n/".repeat(3000)}end`, failing("ENAMETOOLONG"));
    expect(message).toMatch(/^….*n\/end: cannot be written [(]ENAMETOOLONG: .*; pass a shorter one$/);
    expect(message.length).toBeLessThan(400);
  });
});
