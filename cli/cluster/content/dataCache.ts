/**
 * The data sets that a worker has fetched, a folder each under its SHA-256:
 *
 *     content/SHA256/data/…          its files, as `train` reads them
 *     content/SHA256/partial/…       those that have not come to their end
 *     content/SHA256/manifest.json   written when all are there; its time of change is that of the last use
 *     content/hashes/                indices of files that were checked
 *
 * One process at a time fills a set; the others wait for it. What a dead one has left goes on where it stopped, also one of a machine or a
 * container that is gone: who fills a set says every twenty seconds that it is alive. When there is no room, sets that
 * were not used for an hour are removed, the longest unused first.
 */
import { lstat, mkdir, readdir, readFile, rm, rmdir, stat, utimes } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { type FolderLock, lockFolder, lockName } from "../../../runs/folder/lock.ts";
import { AnygradError, codeOf } from "../../../src/errors.ts";
import { formatBytes } from "../../../src/math/bytes.ts";
import { createHost } from "../../../src/runtime/host.ts";
import { unwritable } from "../../../src/runtime/wholeFiles.ts";
import { hashOfText, isHash } from "./manifest.ts";

export interface CacheOptions {
  /** `--cache`. Default: the user's cache folder. */
  readonly folder?: string | undefined;
  /** Bytes of all sets together. Default 50 GiB. */
  readonly maxBytes?: number;
}

const DEFAULT_BYTES = 50 * 2 ** 30;
const UNUSED_MILLISECONDS = 3_600_000;
const WAIT_MILLISECONDS = 1000;
const ALIVE_MILLISECONDS = 20_000;
/** Fifteen signs of life. A clock that is off by more makes two fill a set, which costs time: what each has is checked. */
const DEAD_MILLISECONDS = 300_000;
const manifestName = "manifest.json";

/** A set in the cache that this process alone may fill. */
export interface CachedSet {
  /** Where its files are. */
  readonly data: string;
  /** Where files are until they are whole. */
  readonly partials: string;
  /** The text of its manifest; undefined until `complete`. */
  manifest(): Promise<string | undefined>;
  /** All its files are there: it is used now. @throws AnygradError OUTPUT */
  complete(manifest: string): Promise<void>;
  release(): Promise<void>;
}

export class DataCache {
  readonly path: string;
  readonly #maxBytes: number;

  /** @throws AnygradError INVALID_ARGUMENT on a system that has no folder for caches */
  constructor({ folder = createHost().cacheFolder(), maxBytes = DEFAULT_BYTES }: CacheOptions = {}) {
    if (folder === undefined || folder.trim() === "")
      throw new AnygradError("INVALID_ARGUMENT", "--cache: no folder for caches is known here; pass one");
    this.path = join(folder, "content");
    this.#maxBytes = maxBytes;
  }

  /** Waits until no other process works at the set. @throws AnygradError OUTPUT, ABORTED */
  async open(sha256: string, signal?: AbortSignal): Promise<CachedSet> {
    const folder = join(this.path, sha256);
    const lock = await this.#lock(folder, signal);
    const alive = setInterval(() => void touch(join(folder, lockName)), ALIVE_MILLISECONDS).unref();
    const path = join(folder, manifestName);
    const readManifest = async (): Promise<string | undefined> => {
      const text = await readFile(path, "utf8").catch(() => undefined);
      return text !== undefined && hashOfText(text) === sha256 ? text : undefined;
    };
    return {
      data: join(folder, "data"),
      partials: join(folder, "partial"),
      manifest: readManifest,
      async complete(manifest) {
        if ((await readManifest()) === undefined)
          await createHost().writeFileAtomically(path, new TextEncoder().encode(manifest));
        await touch(path);
      },
      release() {
        clearInterval(alive);
        return lock.release();
      },
    };
  }

  /** @throws AnygradError MEMORY_LIMIT where so many bytes have no room though all that may go is gone */
  async makeRoom(bytes: number, sha256: string): Promise<void> {
    const names = (await readdir(this.path).catch((): string[] => [])).filter(isHash);
    const sets = await Promise.all(
      names.map(async (name) => {
        const folder = join(this.path, name);
        const used = (
          await stat(join(folder, manifestName))
            .catch(() => stat(folder))
            .catch(() => undefined)
        )?.mtimeMs;
        return { name, folder, used: used ?? 0, bytes: await bytesIn(folder) };
      }),
    );
    // of the set itself, what is there counts once, in `bytes`
    const others = sets.filter(({ name }) => name !== sha256).sort((a, b) => a.used - b.used);
    let total = others.reduce((sum, set) => sum + set.bytes, bytes);
    for (const set of others) {
      if (total <= this.#maxBytes) return;
      if (Date.now() - set.used < UNUSED_MILLISECONDS || !(await removeSet(set.folder))) continue;
      total -= set.bytes;
    }
    if (total > this.#maxBytes)
      throw new AnygradError(
        "MEMORY_LIMIT",
        `--cache: the data set takes ${formatBytes(bytes)}, and ${this.path} may hold ${formatBytes(this.#maxBytes)}, of which ${formatBytes(total - bytes)} are in use; pass --data a folder that holds it, or a larger cache`,
      );
  }

  async #lock(folder: string, signal?: AbortSignal): Promise<FolderLock> {
    for (;;) {
      if (signal?.aborted) throw new AnygradError("ABORTED", "waiting for a data set was stopped");
      try {
        await mkdir(folder, { recursive: true });
        return await lockFolder(folder, folder, "--cache", WAIT_MILLISECONDS);
      } catch (error) {
        const code = codeOf(error instanceof AnygradError ? error.cause : error);
        if (code === "EBUSY") await removeSilent(join(folder, lockName)); // another process is at it, or was
        if (code === "EBUSY") continue;
        if (code === "ENOENT" && (await stat(this.path).catch(() => undefined))) continue; // another has removed it just now
        throw error instanceof AnygradError ? error : unwritable(folder, error);
      }
    }
  }
}

async function touch(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now).catch(() => {});
}

/** Removes the lock of another machine that has given no sign of life: of this one's processes the system tells. */
async function removeSilent(lock: string): Promise<void> {
  try {
    const { host } = JSON.parse(await readFile(lock, "utf8")) as { host?: unknown };
    if (host !== hostname() && Date.now() - (await stat(lock)).mtimeMs > DEAD_MILLISECONDS) await rm(lock);
  } catch {
    // it is being given back
  }
}

/** @returns whether it is gone; false: a process works at it */
async function removeSet(folder: string): Promise<boolean> {
  try {
    const lock = await lockFolder(folder, folder, "--cache");
    // the manifest first: what a removal that was cut short leaves is no whole set
    for (const name of [manifestName, ...(await readdir(folder))])
      if (!name.startsWith(lockName)) await rm(join(folder, name), { recursive: true, force: true });
    await lock.release();
    await rmdir(folder).catch(() => {}); // who waited for it has it now
    return true;
  } catch {
    return false;
  }
}

/** Bytes of the files below a folder; links to a worker's own files take none. */
async function bytesIn(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) bytes += await bytesIn(path);
    else bytes += (await lstat(path).catch(() => undefined))?.size ?? 0;
  }
  return bytes;
}
