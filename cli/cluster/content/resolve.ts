/**
 * The data set that a job names by content, on the machine of a worker: in the cache, in the worker's own folders, or from where the coordinator
 * says. Wherever it is from, its files end in a folder of the cache that holds them and nothing else, own files as links, so that `train` reads
 * what it would read on the coordinator's machine.
 */
import { copyFile, link, mkdir, readdir, readFile, rename, rm, stat, symlink } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { DownloadProgress } from "../../../src/data/named/download.ts";
import { AnygradError, quote } from "../../../src/errors.ts";
import { createHost } from "../../../src/runtime/host.ts";
import { unwritable } from "../../../src/runtime/wholeFiles.ts";
import type { CachedSet, DataCache } from "./dataCache.ts";
import { checkedManifest, type DataContent } from "./dataContent.ts";
import { type FileHashes, openFileHashes } from "./fileHashes.ts";
import { argumentsOfData, type DataFile, hashOfText, type Manifest } from "./manifest.ts";
import type { ContentSource } from "./source.ts";

export interface ResolveOptions {
  readonly cache: DataCache;
  /** `--data`: folders in which, and in whose folders, data sets are looked for. The user's cache folder and ANYGRAD_DATA are looked through as well. */
  readonly folders?: readonly string[];
  /** Where the coordinator says that it is; undefined: nowhere. */
  readonly source?: ContentSource | undefined;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
}

export interface ResolvedData {
  /** The arguments that name it to `train`: `--dataset`, its path here, and of named sets `--data` too. */
  readonly args: readonly string[];
  /** Files that were in the cache already, that are links to own files, and that were fetched. */
  readonly from: { readonly cached: number; readonly own: number; readonly fetched: number };
}

/** Levels of folders below an own folder, and folders that are looked at of each. */
const LEVELS = 3;
const MOST_FOLDERS = 10_000;

/** Files that are fetched at a time. */
const AT_A_TIME = 8;

/** What this process is at, by the folder of the set: the lock of a set keeps other processes away, not this one. */
const atWork = new Map<string, Promise<ResolvedData>>();

/**
 * Finds or fetches a data set. What was found once is checked again by sizes and times of change: a changed file is fetched anew.
 *
 * @throws AnygradError DATA_MISSING where it is nowhere, DATA_DOWNLOAD, DATA_FORMAT for a manifest that is not the job's, MEMORY_LIMIT for a
 *   cache without room, OUTPUT, ABORTED
 */
export async function resolveData(content: DataContent, options: ResolveOptions): Promise<ResolvedData> {
  const place = join(options.cache.path, content.sha256);
  const before = atWork.get(place);
  if (before) {
    await before.catch(() => {});
    return resolveData(content, options);
  }
  const work = fill(content, options);
  atWork.set(place, work);
  return work.finally(() => atWork.delete(place));
}

async function fill(content: DataContent, options: ResolveOptions): Promise<ResolvedData> {
  const { cache, folders = [], signal } = options;
  if (content.form === "built in")
    return { args: argumentsOfData(content, ""), from: { cached: 0, own: 0, fetched: 0 } };
  const set = await cache.open(content.sha256, signal);
  try {
    const text =
      content.manifest ?? (await set.manifest()) ?? (await fetchManifest(content, set, options.source));
    const manifest = checkedManifest(text, content);
    const hashes = await openFileHashes(set.data, cache.path);
    const missing: DataFile[] = [];
    for (const file of manifest.files)
      if (!(await isWhole(join(set.data, file.name), file, hashes, signal))) missing.push(file);
    const left = missing.length === 0 ? [] : await linkOwn(missing, set, { cache, folders, hashes, signal });
    if (left.length > 0) await fetchAll(manifest, left, content, set, hashes, options);
    await hashes.save();
    await rm(set.partials, { recursive: true, force: true });
    await set.complete(text);
    return {
      args: argumentsOfData(content, set.data),
      from: {
        cached: manifest.files.length - missing.length,
        own: missing.length - left.length,
        fetched: left.length,
      },
    };
  } finally {
    await set.release();
  }
}

async function isWhole(
  path: string,
  file: DataFile,
  hashes: FileHashes,
  signal?: AbortSignal,
): Promise<boolean> {
  if ((await stat(path).catch(() => undefined))?.size !== file.bytes) return false;
  return (await hashes.of(path, signal)).sha256 === file.sha256;
}

async function fetchManifest(
  content: DataContent,
  set: CachedSet,
  source: ContentSource | undefined,
): Promise<string> {
  if (!source) throw nowhere(content);
  const path = join(set.partials, content.sha256);
  await makeFolder(set.partials);
  await source.get(content, path);
  return readFile(path, "utf8");
}

interface LookedThrough {
  readonly cache: DataCache;
  readonly folders: readonly string[];
  readonly hashes: FileHashes;
  readonly signal: AbortSignal | undefined;
}

/** Links to files in the worker's own folders. @returns those that are not there */
async function linkOwn(
  files: readonly DataFile[],
  set: CachedSet,
  { cache, folders, hashes, signal }: LookedThrough,
): Promise<DataFile[]> {
  const host = createHost();
  const usual = [host.environment("ANYGRAD_DATA"), host.cacheFolder()].filter(
    (folder) => folder !== undefined,
  );
  const own: string[] = [];
  for (const root of await foldersBelow([...folders, ...usual], cache.path))
    if ((await stat(join(root, files[0]!.name)).catch(() => undefined))?.size === files[0]!.bytes)
      own.push(root);
  const left: DataFile[] = [];
  for (const file of files) {
    const path = join(set.data, file.name);
    let found = false;
    for (const root of own) {
      const candidate = resolve(root, file.name);
      if ((await stat(candidate).catch(() => undefined))?.size !== file.bytes) continue;
      await makeFolder(dirname(path));
      await place(candidate, path);
      found = await isWhole(path, file, hashes, signal);
      if (found) break;
    }
    if (found) continue;
    await rm(path, { force: true });
    left.push(file);
  }
  return left;
}

/** The folders and those in them, so many levels deep, but for a cache of contents. */
async function foldersBelow(folders: readonly string[], except: string): Promise<string[]> {
  const found: string[] = [];
  const walk = async (folder: string, level: number): Promise<void> => {
    if (found.length >= MOST_FOLDERS || resolve(folder) === resolve(except)) return;
    found.push(folder);
    if (level === LEVELS) return;
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries)
      if ((entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith("."))
        await walk(join(folder, entry.name), level + 1);
  };
  for (const folder of folders) await walk(folder, 0);
  return found;
}

/** Puts a link, or a copy where the system has none, in the place of what is there. */
async function place(own: string, path: string): Promise<void> {
  await rm(path, { force: true });
  try {
    await symlink(own, path)
      .catch(() => link(own, path))
      .catch(() => copyFile(own, path));
  } catch (error) {
    throw unwritable(path, error);
  }
}

async function fetchAll(
  manifest: Manifest,
  files: readonly DataFile[],
  content: DataContent,
  set: CachedSet,
  hashes: FileHashes,
  { cache, source, onProgress, signal }: ResolveOptions,
): Promise<void> {
  if (!source) throw nowhere(content);
  const wanted = manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);
  await cache.makeRoom(wanted, content.sha256);
  await makeFolder(set.partials);
  const totalBytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const received = new Map<string, number>();
  let receivedBytes = 0;
  const waiting = files.values();
  let failed = false;
  const next = async (): Promise<void> => {
    for (const file of waiting) {
      if (failed) return;
      if (signal?.aborted) throw new AnygradError("ABORTED", "fetching a data set was stopped");
      const partial = join(set.partials, partialOf(file));
      const path = join(set.data, file.name);
      await source.get(file, partial, (bytes) => {
        receivedBytes += bytes - (received.get(file.name) ?? 0);
        received.set(file.name, bytes);
        onProgress?.({ file: `data set ${content.sha256.slice(0, 12)}`, receivedBytes, totalBytes });
      });
      await makeFolder(dirname(path));
      await rename(partial, path).catch((error: unknown) => {
        throw unwritable(path, error);
      });
      await hashes.trust(path, file.sha256);
    }
  };
  const ends = await Promise.allSettled(
    Array.from({ length: AT_A_TIME }, () =>
      next().catch((error: unknown) => {
        failed = true;
        throw error;
      }),
    ),
  );
  await hashes.save(); // also of a part: it is not read again
  const end = ends.find(({ status }) => status === "rejected");
  if (end?.status === "rejected") throw end.reason;
}

/** What a file is called until it is whole: the same in the next attempt, which goes on with it. */
function partialOf({ name, sha256 }: DataFile): string {
  return `${sha256.slice(0, 32)}${hashOfText(name).slice(0, 16)}`;
}

async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true }).catch((error: unknown) => {
    throw unwritable(path, error);
  });
}

function nowhere({ form, name, sha256 }: DataContent): AnygradError {
  const called = form === "folder" ? "the data set" : quote(name);
  return new AnygradError(
    "DATA_MISSING",
    `--data: ${called}, content ${sha256.slice(0, 12)}…, is in no folder of this machine and shared by nobody; pass --data a folder that holds it, or tune with --share`,
  );
}
