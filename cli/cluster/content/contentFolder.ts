/**
 * A folder of files that are named by their SHA-256: what `--share FOLDER` shares with other machines, and where the coordinator keeps the
 * checkpoints that it serves. Files are there whole or not at all; several processes and machines may write at a time, as what has one name
 * has the same bytes.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { AnygradError } from "../../../src/errors.ts";
import { formatBytes } from "../../../src/math/bytes.ts";
import { partialName, partialOf, syncFolder, unwritable } from "../../../src/runtime/wholeFiles.ts";
import { type Content, isHash } from "./manifest.ts";

/** How much a folder takes. */
export interface FolderLimits {
  /** Bytes of the largest file. Default 2³¹, what a model may have. */
  readonly maxFileBytes?: number;
  /** Bytes of all files. Default 50 GiB. */
  readonly maxBytes?: number;
}

/** What a dead process has left half-written is removed after this time without a byte: a machine cannot ask whether another's lives. */
const LEFT_MILLISECONDS = 3_600_000;

export class ContentFolder {
  readonly path: string;
  readonly #maxFileBytes: number;
  readonly #maxBytes: number;
  /** Bytes of the files as they were counted, and of those that came since and are coming. */
  #bytes = 0;

  private constructor(path: string, { maxFileBytes = 2 ** 31, maxBytes = 50 * 2 ** 30 }: FolderLimits) {
    this.path = path;
    this.#maxFileBytes = maxFileBytes;
    this.#maxBytes = maxBytes;
  }

  /** Makes the folder if need be, counts what it holds and removes what dead processes left. @throws AnygradError OUTPUT */
  static async open(path: string, limits: FolderLimits = {}): Promise<ContentFolder> {
    const folder = new ContentFolder(path, limits);
    await mkdir(path, { recursive: true }).catch((error: unknown) => {
      throw unwritable(path, error);
    });
    await removeLeft(path);
    await folder.#count();
    return folder;
  }

  /** Where a file is; undefined: it is not there. */
  async find(sha256: string): Promise<(Content & { readonly path: string }) | undefined> {
    if (!isHash(sha256)) return undefined;
    const path = join(this.path, sha256);
    const found = await stat(path).catch(() => undefined);
    return found?.isFile() ? { path, sha256, bytes: found.size } : undefined;
  }

  /**
   * Keeps bytes under their hash; those that are there already are not read.
   * @throws AnygradError MEMORY_LIMIT for more than there is room for, DATA_FORMAT for other bytes than were announced, OUTPUT; what the
   *   source throws
   */
  async put({ sha256, bytes }: Content, source: AsyncIterable<Uint8Array>): Promise<void> {
    if (!isHash(sha256))
      throw new AnygradError("DATA_FORMAT", "a content is named by its SHA-256, 64 hex digits");
    if (await this.find(sha256)) return;
    await this.#refuseLarge(bytes);
    this.#bytes += bytes;
    const path = join(this.path, sha256);
    const partial = partialOf(path);
    try {
      await writeChecked(partial, { sha256, bytes }, source);
      await rename(partial, path);
      await syncFolder({ open }, this.path);
    } catch (error) {
      this.#bytes -= bytes;
      await rm(partial, { force: true }).catch(() => {});
      throw isOfSystem(error) ? unwritable(path, error) : error;
    }
  }

  /** Keeps a file. @throws AnygradError as `put` */
  async putFile(content: Content, path: string): Promise<void> {
    if (!(await this.find(content.sha256)))
      await this.put(content, createReadStream(path, { highWaterMark: 1 << 18 }));
  }

  /** Removes a file, if it is there. */
  async remove(sha256: string): Promise<void> {
    const found = await this.find(sha256);
    if (!found) return;
    await rm(found.path, { force: true });
    this.#bytes -= found.bytes;
  }

  async #count(): Promise<void> {
    const files = await Promise.all((await readdir(this.path)).map((name) => this.find(name)));
    this.#bytes = files.reduce((sum, file) => sum + (file?.bytes ?? 0), 0);
  }

  async #refuseLarge(bytes: number): Promise<void> {
    const refuse = (what: string): never => {
      throw new AnygradError("MEMORY_LIMIT", `${this.path}: ${what}`);
    };
    if (bytes > this.#maxFileBytes)
      refuse(
        `a file of ${formatBytes(bytes)}, and ${formatBytes(this.#maxFileBytes)} is the most that one may have`,
      );
    if (this.#bytes + bytes > this.#maxBytes) await this.#count(); // other processes may have removed some
    if (this.#bytes + bytes > this.#maxBytes)
      refuse(
        `holds ${formatBytes(this.#bytes)} of ${formatBytes(this.#maxBytes)}, too much for a file of ${formatBytes(bytes)}; remove what is not needed any more`,
      );
  }
}

/**
 * Writes bytes to a new file, and brings them to the disk.
 * @throws AnygradError DATA_FORMAT for other bytes than were announced; what the source and the file system throw
 */
async function writeChecked(
  path: string,
  { sha256, bytes }: Content,
  source: AsyncIterable<Uint8Array>,
): Promise<void> {
  const hash = createHash("sha256");
  let written = 0;
  const handle = await open(path, "wx");
  try {
    for await (const piece of source) {
      written += piece.length;
      if (written > bytes) break;
      hash.update(piece);
      await handle.writeFile(piece);
    }
    if (written !== bytes || hash.digest("hex") !== sha256)
      throw new AnygradError(
        "DATA_FORMAT",
        `${sha256.slice(0, 12)}…: ${written === bytes ? "other bytes" : written > bytes ? "more bytes" : `${written} of ${bytes} bytes`} than were announced; send it again`,
      );
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes files that were not written to their end, some time ago. */
export async function removeLeft(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch((): string[] => [])) {
    if (!partialName.test(name)) continue;
    const path = join(folder, name);
    const left = await stat(path).catch(() => undefined);
    if (left && Date.now() - left.mtimeMs > LEFT_MILLISECONDS)
      await rm(path, { force: true }).catch(() => {});
  }
}

/** Whether the file system has refused something. */
function isOfSystem(error: unknown): boolean {
  return error instanceof Error && !(error instanceof AnygradError) && "syscall" in error;
}
