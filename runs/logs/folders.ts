/** The folders of logs: their names outlive a power cut, as the bytes of the logs do. */
import { closeSync, fsyncSync, mkdirSync, openSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { isDiskTrouble } from "../../src/runtime/wholeFiles.ts";

/** Makes a folder and those above it that are missing. */
export function makeFolder(path: string): void {
  const folder = resolve(path);
  const first = mkdirSync(folder, { recursive: true });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) syncNames(dirname(made));
}

/** Brings the names in a folder to the disk. */
export function syncNames(folder: string): void {
  let descriptor: number;
  try {
    descriptor = openSync(folder, "r");
  } catch {
    return; // Windows opens no folder
  }
  try {
    fsyncSync(descriptor);
  } catch (error) {
    if (isDiskTrouble(error)) throw error; // not of a file system that has no such thing
  } finally {
    closeSync(descriptor);
  }
}
