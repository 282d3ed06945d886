/** Locks where the system does not tell when a process was born, as on macOS and Windows. */
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { lockName } from "../../runs/folder/lock.ts";
import { openOutputFolder } from "../../runs/folder/outputFolder.ts";

vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  const readFileSync = (path: string, ...rest: []) => {
    if (String(path).startsWith("/proc/")) throw new Error("ENOENT");
    return fs.readFileSync(path, ...rest);
  };
  return { ...fs, readFileSync };
});

const folder = mkdtempSync(join(tmpdir(), "anygrad-lock-"));
const lock = join(folder, lockName);

it("a folder that is opened keeps its lock, and it is ours", async () => {
  const opened = await openOutputFolder(folder);
  expect(JSON.parse(readFileSync(lock, "utf8"))).toEqual({ host: hostname(), pid: process.pid, birth: "" });
  await opened.close();
  expect(existsSync(lock)).toBe(false);
});

it("the lock of an earlier process of our number is taken away", async () => {
  writeFileSync(lock, JSON.stringify({ host: hostname(), pid: process.pid, birth: "" }));
  const opened = await openOutputFolder(folder);
  expect(existsSync(lock)).toBe(true);
  await opened.close();
  expect(existsSync(lock)).toBe(false);
});
