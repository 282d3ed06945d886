/**
 * The folder of `--out`: held by one process at a time, proved to be writable before the work starts, filled after it has
 * ended; on the way there it holds checkpoints alone.
 *
 * Folders made for the proof are taken away again if nothing was written into them.
 */
import { lstat, mkdir, open, readdir, rename, rm, rmdir, stat, unlink } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { AnygradError, codeOf } from "../../src/errors.ts";
import { partialName, syncFolder, unwritable, writeWhole } from "../../src/runtime/wholeFiles.ts";
import { type FolderLock, isDeadLock, isLockName, isRunning, lockFolder } from "./lock.ts";

const files = { mkdir, open, rename, rm };

export interface OutputFolder {
  readonly path: string;
  /**
   * Writes each file whole or not at all: all are on the disk before the first gets its name, in this order.
   * @param replaced names of what these files take the place of; removed when there is room for all
   * @throws AnygradError OUTPUT
   */
  write(files: Readonly<Record<string, Uint8Array | string>>, replaced?: readonly string[]): Promise<void>;
  /** Removes files where they are there, in this order, for good. @throws AnygradError OUTPUT */
  remove(names: readonly string[]): Promise<void>;
  /** Lets go of the folder; removes those that were made, unless something was written. */
  close(): Promise<void>;
}

/** How a folder is opened. */
export interface OpenOptions {
  /** What named it, for messages. Default "--out". */
  readonly subject?: string;
  /** How long another process that holds it is waited for. Default 0. */
  readonly waitMilliseconds?: number;
}

/**
 * Makes the folder, if need be, takes hold of it, which shows that it can be written to, and sweeps what dead processes left half-written.
 * @throws AnygradError OUTPUT; INVALID_ARGUMENT for an empty name
 */
export async function openOutputFolder(
  folder: string,
  { subject = "--out", waitMilliseconds }: OpenOptions = {},
): Promise<OutputFolder> {
  checkFolderName(folder, subject);
  const path = resolve(folder);
  const made: string[] = []; // innermost first
  let lock: FolderLock;
  try {
    await makeFolders(path, made);
    lock = await lockFolder(path, folder, subject, waitMilliseconds);
  } catch (error) {
    await removeEmpty(made);
    if (error instanceof AnygradError) throw error;
    throw new AnygradError("OUTPUT", `${subject}: ${unwritable(folder, error).message}`, { cause: error });
  }
  await sweep(path);
  let written = false;
  const remove = async (names: readonly string[]): Promise<void> => {
    await refuseLinks(path, names);
    try {
      let removed = false;
      for (const name of names)
        removed = (await unlink(join(path, name)).then(() => true, absent)) || removed;
      if (removed) await syncFolder(files, path);
    } catch (error) {
      throw unwritable(path, error);
    }
  };
  return {
    path: folder,
    async write(contents, replaced = []) {
      await refuseLinks(path, Object.keys(contents));
      written = true;
      const list = Object.entries(contents).map(
        ([name, content]) =>
          [
            join(path, name),
            typeof content === "string" ? new TextEncoder().encode(content) : content,
          ] as const,
      );
      await writeWhole(files, list, () => remove(replaced));
    },
    remove,
    async close() {
      await lock.release();
      if (!written) await removeEmpty(made);
    },
  };
}

/**
 * Waits until no process works in the folder of a run that has ended: one whose parent was killed may still be at its last files, or have
 * died over them. What it left half-written, and its lock, are removed.
 *
 * @throws AnygradError OUTPUT where it goes on for ten seconds
 */
export async function letGo(folder: string): Promise<void> {
  const opened = await openOutputFolder(folder, { waitMilliseconds: 10_000 });
  await opened.close();
}

/** @throws AnygradError INVALID_ARGUMENT for an empty one, which would be the current folder */
export function checkFolderName(folder: string, subject: string): void {
  if (folder.trim() !== "") return;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${subject} is ${JSON.stringify(folder)}; pass the path of a folder, such as runs/a`,
  );
}

/** What lies in folders below a run's is its own; a link leads to what is not. @throws AnygradError OUTPUT */
async function refuseLinks(path: string, names: readonly string[]): Promise<void> {
  for (const name of new Set(names.map((each) => dirname(each)))) {
    if (name === "." || !(await lstat(join(path, name)).catch(() => undefined))?.isSymbolicLink()) continue;
    throw new AnygradError(
      "OUTPUT",
      `${join(path, name)} is a link, which is not followed; remove it, or pass another folder`,
    );
  }
}

/** Removes what processes that are gone left half-written, here and among the figures. @param path a folder that we hold */
export async function sweep(path: string): Promise<void> {
  for (const folder of [path, join(path, "figures")]) {
    if ((await lstat(folder).catch(() => undefined))?.isDirectory() !== true) continue;
    for (const name of await readdir(folder).catch((): string[] => []))
      if (await isLeft(join(folder, name), name))
        await rm(join(folder, name), { force: true }).catch(() => {});
  }
}

async function isLeft(path: string, name: string): Promise<boolean> {
  if (isLockName(name)) return isDeadLock(path);
  const [, pid] = partialName.exec(name) ?? /^[.]anygrad-(\d+)$/.exec(name) ?? [];
  if (pid === undefined) return partialName.test(name); // earlier versions named no process
  if (Number(pid) !== process.pid) return !isRunning(Number(pid));
  const born = Date.now() - 1000 * process.uptime();
  return ((await stat(path).catch(() => undefined))?.mtimeMs ?? born) < born; // an earlier process of this number
}

// One by one: Node's recursive mkdir never returns where the system answers ENOENT to a folder whose parent is
// there, as Linux does below /proc (seen on Node 20).
async function makeFolders(path: string, made: string[]): Promise<void> {
  const missing: string[] = [];
  for (let folder = path; !(await stat(folder).catch(absent)); folder = dirname(folder)) missing.push(folder);
  for (const folder of missing.reverse()) {
    if (!(await mkdir(folder).then(() => true, existing))) continue;
    made.unshift(folder);
    await syncFolder(files, dirname(folder));
  }
}

function absent(error: unknown): false {
  if (!["ENOENT", "ENOTDIR"].includes(codeOf(error))) throw error;
  return false;
}

// Another process may have made it since.
function existing(error: unknown): false {
  if (codeOf(error) === "EEXIST") return false;
  throw error;
}

// rmdir refuses what is not empty, which ends it.
async function removeEmpty(made: readonly string[]): Promise<void> {
  for (const folder of made)
    try {
      await rmdir(folder);
    } catch {
      return;
    }
}
