/**
 * Decoded pictures in the user's cache folder, so that the second run on a folder starts at once: a file a folder and way of
 * preparing, with the examples of all its pictures. A picture counts as the same while its path, time of change and size
 * stay.
 *
 * Nothing depends on it: a damaged or unwritable cache is as good as none.
 */
import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { exampleBytes, type ImageFacts, type ImageOptions } from "../../src/data/images/preparation.ts";
import type { ImagePreparation } from "../../src/data/preparation.ts";
import { createHost } from "../../src/runtime/host.ts";

/** Changes when decoding or preparing gives other bytes. */
const FORM = 1;

/** Tells one state of a file from another. */
export interface FileStamp {
  readonly changedMs: number;
  readonly bytes: number;
}

export interface CachedImage extends FileStamp {
  readonly facts: ImageFacts;
  readonly example?: Uint8Array | undefined;
}

export interface ImageCache {
  /** What is known of a file that has not changed since. */
  get(path: string, stamp: FileStamp): CachedImage | undefined;
  /** The same of examples, if they were prepared in this way. */
  readonly preparation: ImagePreparation | undefined;
  write(preparation: ImagePreparation, images: ReadonlyMap<string, Required<CachedImage>>): Promise<void>;
}

interface Index {
  readonly form: number;
  readonly preparation: ImagePreparation;
  readonly files: readonly (readonly [path: string, changedMs: number, bytes: number, facts: ImageFacts])[];
}

/**
 * @param subject the folder or CSV, and how many pictures of it are read
 * @param folder where caches are kept. Default: the user's cache folder
 */
export async function openImageCache(
  [subject, limit]: readonly [string, number | null],
  { imageSize, color, fit }: ImageOptions,
  folder: string | undefined = usualFolder(),
): Promise<ImageCache> {
  if (folder === undefined) return { get: () => undefined, preparation: undefined, async write() {} };
  const name = createHash("sha256")
    .update(JSON.stringify([FORM, resolve(subject), limit, imageSize ?? "", color ?? "", fit ?? ""]))
    .digest("hex");
  const path = `${folder}/${name.slice(0, 32)}.pictures`;
  const found = await read(path);
  return {
    preparation: found?.preparation,
    get(file, { changedMs, bytes }) {
      const image = found?.images.get(file);
      return image?.changedMs === changedMs && image.bytes === bytes ? image : undefined;
    },
    async write(preparation, images) {
      const index: Index = {
        form: FORM,
        preparation,
        files: [...images].map(([file, { changedMs, bytes, facts }]) => [file, changedMs, bytes, facts]),
      };
      const header = new TextEncoder().encode(JSON.stringify(index));
      const size = exampleBytes(preparation);
      const all = new Uint8Array(4 + header.length + images.size * size);
      new DataView(all.buffer).setUint32(0, header.length, true);
      all.set(header, 4);
      let at = 4 + header.length;
      for (const { example } of images.values()) {
        all.set(example!, at);
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

async function read(
  path: string,
): Promise<{ preparation: ImagePreparation; images: Map<string, CachedImage> } | undefined> {
  try {
    const bytes = await createHost().readFile(path);
    if (!bytes) return undefined;
    const end = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    const { form, preparation, files } = JSON.parse(
      new TextDecoder().decode(bytes.subarray(4, end)),
    ) as Index;
    const size = exampleBytes(preparation);
    if (form !== FORM || bytes.length !== end + files.length * size) return undefined;
    const images = files.map(([file, changedMs, length, facts], i): [string, CachedImage] => {
      const example = bytes.subarray(end + i * size, end + (i + 1) * size);
      return [file, { changedMs, bytes: length, facts, example }];
    });
    return { preparation, images: new Map(images) };
  } catch {
    return undefined;
  }
}
