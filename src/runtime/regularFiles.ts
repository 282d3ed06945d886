/**
 * Files that users name, opened only where they are files: a device has no end, and who opens a pipe may wait for ever. Imported
 * when the first file is read: pages read none.
 */
import type * as FileSystem from "node:fs/promises";
import { AnygradError } from "../errors.ts";

/** The part of Node's file system that is needed here. */
type Statistics = Pick<typeof FileSystem, "stat">;

/** @throws AnygradError DATA_MISSING for what is there and no file; the system's error where nothing is there */
export async function checkRegular(files: Statistics, path: string): Promise<void> {
  const kind = await files.stat(path);
  if (kind.isFile()) return;
  throw new AnygradError(
    "DATA_MISSING",
    kind.isDirectory()
      ? `${path}: is a folder where a file is wanted; pass a file in it`
      : `${path}: is a ${kind.isFIFO() ? "pipe" : kind.isSocket() ? "socket" : "device"} where a file is wanted; write what it gives into a file, and pass that`,
  );
}
