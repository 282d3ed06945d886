/**
 * Files that are there whole or not at all, after a crash of the process and after a power cut: each is written under another
 * name, brought to the disk (fsync), renamed, and the rename is brought to the disk, too. Without the first fsync a power cut
 * leaves files of the right name and no bytes. Imported when the first file is written: pages write none.
 */
import type * as FileSystem from "node:fs/promises";
import { AnygradError, codeOf } from "../errors.ts";
import { hostGlobals } from "./capabilities.ts";

/** The part of Node's file system that is needed here. */
export type WritableFiles = Pick<typeof FileSystem, "mkdir" | "open" | "rename" | "rm">;

/** A path and what is to stand there. */
export type WholeFile = readonly [path: string, bytes: Uint8Array];

/** The names under which files are written, with the number of the process: those that a dead one has left may be swept. */
export const partialName: RegExp = /[.](?:(\d+)-)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}[.]partial$/;

/** A name of its own beside a path. */
export function partialOf(path: string): string {
  return `${path}.${hostGlobals().process?.pid ?? 0}-${crypto.randomUUID()}.partial`;
}

/**
 * Writes files and makes the folders that are missing. All are on the disk before the first gets its name; they get their names in
 * the order of the list.
 * @param ready called before the first gets its name: there is room for all
 * @throws AnygradError OUTPUT; files that did not get their names are as they were
 */
export async function writeWhole(
  files: WritableFiles,
  list: readonly WholeFile[],
  ready?: () => Promise<void>,
): Promise<void> {
  const partials = list.map(([path, bytes]) => ({
    path,
    bytes,
    partial: partialOf(path),
  }));
  let at = list[0]?.[0] ?? "";
  try {
    const folders = [...new Set(list.map(([path]) => folderOf(path)))];
    for (const folder of folders) await makeFolder(files, folder);
    const written = await Promise.allSettled(partials.map((each) => writeSynced(files, each)));
    const place = written.findIndex(({ status }) => status === "rejected");
    if (place >= 0) {
      at = list[place]![0];
      throw (written[place] as PromiseRejectedResult).reason;
    }
    await ready?.();
    for (const { path, partial } of partials) {
      at = path;
      await files.rename(partial, path);
    }
    for (const folder of folders) await syncFolder(files, folder);
  } catch (error) {
    for (const { partial } of partials) await files.rm(partial, { force: true }).catch(() => {});
    throw unwritable(at, error);
  }
}

/** Brings the names in a folder to the disk: what was renamed and removed. Systems that have no such thing are let be. */
export async function syncFolder(files: Pick<WritableFiles, "open">, folder: string): Promise<void> {
  const handle = await files.open(folder, "r").catch(() => undefined); // Windows opens no folder
  try {
    await handle?.sync();
  } catch (error) {
    if (codeOf(error) in diskTroubles) throw error;
  } finally {
    await handle?.close();
  }
}

/** What fails because of the machine, and may work when it is tried again. */
const diskTroubles: Readonly<Record<string, readonly [what: string, advice: string]>> = {
  ENOSPC: [": the disk is full", "free space on it"],
  EDQUOT: [": the disk quota is used up", "free space"],
  EIO: [": the disk failed", "choose a folder on another one"],
  EMFILE: [": too many files are open", "raise the limit (ulimit -n)"],
  ENFILE: [": too many files are open on this machine", "close some"],
  EBUSY: [": in use", "wait for the other process"],
};

/** Characters of a path that an error tells. */
const LONGEST = 250;

/** What fails because of the path. */
const pathTroubles: Readonly<Record<string, readonly [what: string, advice: string]>> = {
  ENAMETOOLONG: [": the name is too long", "pass a shorter one"],
  ELOOP: [": its links lead in a circle", "choose another folder"],
  ENOENT: [": a part of the path is a link that leads nowhere, or was removed", "choose another folder"],
  ENOTDIR: [": a part of the path is a file", "choose another folder"],
  EROFS: [": the disk can only be read", "choose a folder on another one"],
};

/** Whether an error of writing is the machine's and not that of the path: a full disk, not a folder without rights. */
export function isDiskTrouble(error: unknown): boolean {
  const { code, cause } = Object(error) as { code?: unknown; cause?: unknown };
  return String(code) in diskTroubles || (cause !== undefined && isDiskTrouble(cause));
}

/** The error of a file that cannot be written, with advice that is true of its cause. */
export function unwritable(path: string, error: unknown): AnygradError {
  const code = codeOf(error);
  const trouble = diskTroubles[code] ?? pathTroubles[code];
  const shown = path.length > LONGEST ? `…${path.slice(-LONGEST)}` : path; // whatever its length, the advice is told
  return new AnygradError(
    "OUTPUT",
    `${shown}: cannot be written (${code}${trouble?.[0] ?? ""}); ${trouble?.[1] ?? "choose a folder you may write to"}`,
    { cause: error },
  );
}

async function writeSynced(
  files: WritableFiles,
  { partial, bytes }: { readonly partial: string; readonly bytes: Uint8Array },
): Promise<void> {
  const handle = await files.open(partial, "wx");
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a folder and those above it; the names of new ones are brought to the disk. */
async function makeFolder(files: WritableFiles, folder: string): Promise<void> {
  const first = await files.mkdir(folder, { recursive: true }); // the topmost that was made, as a whole path
  for (let made = folder; first !== undefined; made = folderOf(made)) {
    await syncFolder(files, folderOf(made));
    if (made === folderOf(made) || first === made || /[/\\]/.test(first.at(-made.length - 1) ?? "")) return;
  }
}

function folderOf(path: string): string {
  const end = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"));
  return end > 0 ? path.slice(0, end) : end === 0 ? path.slice(0, 1) : ".";
}
