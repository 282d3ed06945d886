/**
 * Files, environment and network of Node, Deno and Bun; in browsers and at the edge, the network alone.
 *
 * Node's modules are imported when the first file is touched: importing this file has no side effects and is safe
 * everywhere.
 */
import type * as FileSystem from "node:fs/promises";
import { AnygradError, codeOf } from "../errors.ts";
import { type HostGlobals, hostGlobals, inPage, isNodeLike, nodeModule } from "./capabilities.ts";

/** The part of the platform's `fetch` that downloads need. */
export type Fetch = (url: string, init: { signal: AbortSignal }) => Promise<Response>;

/** Files, environment and network, as far as the runtime has them. `createHost` makes one; tests make others. */
export interface Host {
  /**
   * The bytes of a file, or undefined where there is none.
   * @throws AnygradError DATA_MISSING for a folder, a device, a pipe or a file without rights; UNSUPPORTED in runtimes without files
   */
  readFile(path: string): Promise<Uint8Array | undefined>;
  /**
   * The bytes of a file in pieces, for files that are too large to be held as a whole.
   * @throws AnygradError DATA_MISSING where there is no such file or no right to read it; UNSUPPORTED in runtimes without
   *   files; a device or a pipe is no file
   */
  openFile(path: string): Promise<AsyncIterable<Uint8Array>>;
  /**
   * Writes a file under another name, brings it to the disk and renames it, so that it is never there in part, not even after a
   * power cut. Missing folders are made.
   * @throws AnygradError OUTPUT where it cannot be written, UNSUPPORTED in runtimes without files
   */
  writeFileAtomically(path: string, bytes: Uint8Array): Promise<void>;
  /** An environment variable; undefined where it is not set, or the runtime has none. */
  environment(name: string): string | undefined;
  /** This user's cache folder for the package; undefined in runtimes without files. */
  cacheFolder(): string | undefined;
  /** The names in a folder; undefined where there is none. @throws AnygradError UNSUPPORTED in runtimes without files */
  listFolder(path: string): Promise<string[] | undefined>;
  /** What a page keeps from visit to visit; undefined where this is none, or has no Cache Storage. */
  pageCache(): PageCache | undefined;
  /** Whether this is a page or its worker: servers say whether they may be read by pages of other sites. */
  readonly inPage: boolean;
  /** The platform's `fetch`. */
  readonly fetch: Fetch;
}

/** Bytes by their address. */
export interface PageCache {
  get(url: string): Promise<Uint8Array | undefined>;
  /** Keeps them if there is room; a page works without. */
  put(url: string, bytes: Uint8Array): Promise<void>;
}

const PAGE_CACHE = "anygrad";

/** The host of this runtime. */
export function createHost(): Host {
  return {
    async readFile(path) {
      const files = await fileSystem(path);
      try {
        await (await import("./regularFiles.ts")).checkRegular(files, path);
        const { buffer, byteOffset, byteLength } = await files.readFile(path);
        return new Uint8Array(buffer, byteOffset, byteLength); // Buffers slice without copying
      } catch (error) {
        if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return undefined;
        throw unreadable(path, error);
      }
    },

    async openFile(path) {
      const files = await fileSystem(path);
      try {
        await (await import("./regularFiles.ts")).checkRegular(files, path);
        const handle = await files.open(path);
        return readable(handle.createReadStream({ highWaterMark: 1 << 18 }), path);
      } catch (error) {
        throw unreadable(path, error);
      }
    },

    async writeFileAtomically(path, bytes) {
      const files = await fileSystem(path);
      await (await import("./wholeFiles.ts")).writeWhole(files, [[path, bytes]]);
    },

    async listFolder(path) {
      const files = await fileSystem(path);
      try {
        return (await files.readdir(path)).sort();
      } catch (error) {
        if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return undefined;
        throw unreadable(path, error);
      }
    },

    pageCache() {
      const caches = inPage() ? hostGlobals().caches : undefined; // also undefined where no secure context is
      return (
        caches && {
          async get(url) {
            try {
              const kept = await (await caches.open(PAGE_CACHE)).match(url);
              return kept && new Uint8Array(await kept.arrayBuffer());
            } catch {
              return undefined; // private windows may have the cache, but not let it be used
            }
          },
          async put(url, bytes) {
            try {
              const cache = await caches.open(PAGE_CACHE);
              await cache.put(url, new Response(bytes as Uint8Array<ArrayBuffer>));
            } catch {
              // there is no room, or no right: the next visit downloads again
            }
          },
        }
      );
    },
    inPage: inPage(),

    environment: (name) => nodeProcess()?.env[name],
    cacheFolder() {
      const process = nodeProcess();
      return process && cacheFolder(process.env, process.platform);
    },
    fetch: (url, init) => fetch(url, init),
  };
}

/** The cache folder by the convention of each system: XDG on Linux, ~/Library/Caches on macOS, LOCALAPPDATA on Windows. */
export function cacheFolder(
  environment: Readonly<Record<string, string | undefined>>,
  platform: string,
): string | undefined {
  const { HOME, USERPROFILE, LOCALAPPDATA, XDG_CACHE_HOME } = environment;
  if (XDG_CACHE_HOME) return `${XDG_CACHE_HOME}/anygrad`;
  if (platform === "win32") {
    const local = LOCALAPPDATA ?? (USERPROFILE && `${USERPROFILE}/AppData/Local`);
    return local && `${local}/anygrad/cache`;
  }
  if (!HOME) return undefined;
  return platform === "darwin" ? `${HOME}/Library/Caches/anygrad` : `${HOME}/.cache/anygrad`;
}

function nodeProcess(): HostGlobals["process"] {
  return isNodeLike() ? hostGlobals().process : undefined;
}

async function fileSystem(path: string): Promise<typeof FileSystem> {
  if (isNodeLike()) {
    try {
      return await nodeModule<typeof FileSystem>("node:fs/promises");
    } catch {
      // This is an edge runtime that imitates `process`.
    }
  }
  throw new AnygradError(
    "UNSUPPORTED",
    `${path}: this runtime has no files; fetch the bytes and pass them instead`,
  );
}

// A file that opened may still fail to be read: a folder, a broken disk.
async function* readable(pieces: AsyncIterable<Uint8Array>, path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* pieces;
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): AnygradError {
  if (error instanceof AnygradError) return error;
  return new AnygradError(
    "DATA_MISSING",
    `${path}: cannot be read (${codeOf(error)}); check its path and rights`,
    { cause: error },
  );
}
