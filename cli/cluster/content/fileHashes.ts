/**
 * SHA-256 of files, read in pieces, and an index of those that were read before: a file counts as the same while its path, size and times of
 * change stay, so that a folder of many gigabytes is not read again for every trial.
 *
 * Nothing depends on the index: a damaged or unwritable one is as good as none.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { AnygradError, codeOf } from "../../../src/errors.ts";
import { createHost } from "../../../src/runtime/host.ts";
import { type Content, hashOfText, isHash } from "./manifest.ts";

/** Changes when an index is written in another way. */
const FORM = 1;

/** A file that was changed so shortly before it was read may change again within the same tick of its clock. */
const TICK_MILLISECONDS = 2000;

/** Bytes, and milliseconds of the changes of what it holds and of what is known about it. */
type Stamp = readonly [bytes: number, changedMs: number, touchedMs: number];

export interface FileHashes {
  /**
   * The size and hash of a file, read only if it has changed since.
   * @throws AnygradError DATA_MISSING where it cannot be read, DATA_FORMAT where it changes meanwhile, ABORTED
   */
  of(path: string, signal?: AbortSignal): Promise<Content>;
  /** Takes down the hash of a file that this process has written just now. */
  trust(path: string, sha256: string): Promise<void>;
  /** Keeps the index: of the files that were asked for, and no others. */
  save(): Promise<void>;
}

/**
 * @param root what the files are of, such as a data set: an index is kept of each
 * @param folder where indices are kept; undefined: nowhere
 */
export async function openFileHashes(root: string, folder: string | undefined): Promise<FileHashes> {
  const path = folder && `${folder}/hashes/${hashOfText(resolve(root)).slice(0, 32)}.json`;
  const before = path === undefined ? new Map<string, [Stamp, string]>() : await read(path);
  const now = new Map<string, [Stamp, string]>();
  let isNew = false;
  const keep = (file: string, stamp: Stamp, sha256: string): void => {
    now.set(file, [stamp, sha256]);
    isNew ||= !isSame(before.get(file)?.[0], stamp);
  };
  return {
    async of(given, signal) {
      const file = resolve(given);
      const stamp = await stampOf(file);
      const known = now.get(file) ?? before.get(file);
      if (known && isSame(known[0], stamp)) {
        keep(file, ...known);
        return { bytes: stamp[0], sha256: known[1] };
      }
      const started = Date.now();
      const sha256 = await hashOfFile(file, signal);
      if (!isSame(await stampOf(file), stamp))
        throw new AnygradError(
          "DATA_FORMAT",
          `${given}: is being changed while it is read; wait until it is written, and start again`,
        );
      if (Math.max(stamp[1], stamp[2]) < started - TICK_MILLISECONDS) keep(file, stamp, sha256);
      return { bytes: stamp[0], sha256 };
    },
    async trust(given, sha256) {
      const file = resolve(given);
      keep(file, await stampOf(file), sha256);
    },
    async save() {
      if (path === undefined || (!isNew && now.size === before.size)) return;
      const files = [...now].map(([file, [stamp, sha256]]) => [file, ...stamp, sha256]);
      const bytes = new TextEncoder().encode(JSON.stringify({ form: FORM, files }));
      await createHost()
        .writeFileAtomically(path, bytes)
        .catch(() => {});
    },
  };
}

/** @throws AnygradError DATA_MISSING where it cannot be read, ABORTED */
export async function hashOfFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  try {
    for await (const piece of createReadStream(path, { highWaterMark: 1 << 18, signal }))
      hash.update(piece as Uint8Array);
  } catch (error) {
    if (signal?.aborted) throw new AnygradError("ABORTED", `${path}: reading was stopped`, { cause: error });
    throw unreadable(path, error);
  }
  return hash.digest("hex");
}

async function stampOf(path: string): Promise<Stamp> {
  try {
    const { size, mtimeMs, ctimeMs } = await stat(path);
    return [size, mtimeMs, ctimeMs];
  } catch (error) {
    throw unreadable(path, error);
  }
}

function isSame(a: Stamp | undefined, b: Stamp): boolean {
  return a?.every((value, i) => value === b[i]) ?? false;
}

/** The error of a file that is not there or may not be read. */
export function unreadable(path: string, error: unknown): AnygradError {
  return new AnygradError(
    "DATA_MISSING",
    `${path}: cannot be read (${codeOf(error)}); check its path and rights`,
    { cause: error },
  );
}

async function read(path: string): Promise<Map<string, [Stamp, string]>> {
  try {
    const bytes = await createHost().readFile(path);
    const { form, files } = JSON.parse(new TextDecoder().decode(bytes)) as {
      form: unknown;
      files: unknown[][];
    };
    if (form !== FORM) return new Map();
    const entries = files.map(([file, bytes, changed, touched, sha256]): [string, [Stamp, string]] => {
      if (typeof file !== "string" || ![bytes, changed, touched].every(Number.isFinite) || !isHash(sha256))
        throw new TypeError("no index");
      return [file, [[bytes, changed, touched] as Stamp, sha256]];
    });
    return new Map(entries);
  } catch {
    return new Map();
  }
}
