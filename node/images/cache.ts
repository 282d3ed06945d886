/**
 * Decoded pictures in the user's cache folder, so that the second run on a folder starts at once: a file a folder and way of
 * preparing, with the examples of all its pictures. A picture counts as the same while its path, time of change and size
 * stay.
 *
 * Nothing depends on it: a damaged or unwritable cache is as good as none.
 */
import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { exampleBytes } from "../../src/data/images/preparation.ts";
import type { ImagePreparation } from "../../src/data/preparation.ts";
import { createHost } from "../../src/runtime/host.ts";

/** Changes when decoding or preparing gives other bytes. */
const FORM = 1;

/** Tells one state of a file from another. */
export interface FileStamp {
  readonly changedMs: number;
  readonly bytes: number;
}

/** A picture as it was prepared. */
export interface CachedExample extends FileStamp {
  readonly example: Uint8Array;
}

export interface ImageCache {
  /** The example of a file that has not changed since. */
  get(path: string, stamp: FileStamp): Uint8Array | undefined;
  /** Keeps these, and no others. */
  write(examples: ReadonlyMap<string, CachedExample>): Promise<void>;
}

interface Index {
  readonly form: number;
  readonly files: readonly (readonly [path: string, changedMs: number, bytes: number])[];
}

/**
 * @param subject the folder or CSV, and how many pictures of it are read
 * @param folder where caches are kept. Default: the user's cache folder
 */
export async function openImageCache(
  [subject, limit]: readonly [string, number | null],
  preparation: ImagePreparation,
  folder: string | undefined = usualFolder(),
): Promise<ImageCache> {
  if (folder === undefined) return { get: () => undefined, async write() {} };
  const { height, width, fit, color } = preparation;
  const name = createHash("sha256")
    .update(JSON.stringify([FORM, resolve(subject), limit, height, width, fit, color]))
    .digest("hex");
  const path = `${folder}/${name.slice(0, 32)}.pictures`;
  const size = exampleBytes(preparation);
  const found = await read(path, size);
  return {
    get(file, { changedMs, bytes }) {
      const known = found?.get(file);
      return known?.changedMs === changedMs && known.bytes === bytes ? known.example : undefined;
    },
    async write(examples) {
      const files = [...examples].map(([file, { changedMs, bytes }]) => [file, changedMs, bytes] as const);
      const index: Index = { form: FORM, files };
      const header = new TextEncoder().encode(JSON.stringify(index));
      const all = new Uint8Array(4 + header.length + examples.size * size);
      new DataView(all.buffer).setUint32(0, header.length, true);
      all.set(header, 4);
      let at = 4 + header.length;
      for (const { example } of examples.values()) {
        all.set(example, at);
        at += size;
      }
      await createHost()
        .writeFileAtomically(path, all)
        .catch(() => {});
    },
  };
}

function usualFolder(): string | undefined {
  const folder = createHost().cacheFolder();
  return folder && `${folder}/pictures`;
}

async function read(path: string, size: number): Promise<Map<string, CachedExample> | undefined> {
  try {
    const bytes = await createHost().readFile(path);
    if (!bytes) return undefined;
    const end = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    const { form, files } = JSON.parse(new TextDecoder().decode(bytes.subarray(4, end))) as Index;
    if (form !== FORM || bytes.length !== end + files.length * size) return undefined;
    const examples = files.map(([file, changedMs, length], i): [string, CachedExample] => [
      file,
      { changedMs, bytes: length, example: bytes.subarray(end + i * size, end + (i + 1) * size) },
    ]);
    return new Map(examples);
  } catch {
    return undefined;
  }
}
