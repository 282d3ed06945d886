/**
 * A data set of pictures that are in memory already: files that a page's user chose, canvases, bitmaps, decoded pixels.
 * When not: folders on a disk are read by `readImages` of anygrad/node.
 */
import { AnygradError, quote, reasonOf } from "../../errors.ts";
import { strictOptions } from "../../math/options.ts";
import type { Dataset } from "../dataset.ts";
import { printable } from "../printable.ts";
import { decodePixels } from "./decodePixels.ts";
import type { ImageInput, PixelImage } from "./image.ts";
import { labelled } from "./labels.ts";
import {
  checkImageOptions,
  exampleBytes,
  exampleShape,
  type ImageOptions,
  imagePreparation,
} from "./preparation.ts";
import { prepareImage } from "./prepare.ts";

/** Options of `datasets.fromImages`. */
export interface FromImagesOptions extends ImageOptions {
  /**
   * The class of each picture, by name or by number. Default, for files of a folder that was chosen as a whole: the name of the
   * folder that each lies in.
   */
  readonly labels?: readonly string[] | ArrayLike<number>;
  /** One name a class, in the order of the network's outputs. Default: the names among the labels, sorted. */
  readonly classNames?: readonly string[];
  /** The set's name, which errors begin with. Default: none. */
  readonly name?: string;
  /** Ends reading between two pictures; the error has the code ABORTED. */
  readonly signal?: AbortSignal;
  /** Called after each picture. */
  readonly onProgress?: (progress: ImageProgress) => void;
  /** Called for each picture that cannot be read. It is left out, and listed in `unreadable`. */
  readonly onUnreadable?: (image: UnreadableImage) => void;
}

/** How far reading pictures is. */
export interface ImageProgress {
  /** Pictures that are read, those that could not be included. */
  readonly done: number;
  /** All of them. */
  readonly total: number;
}

/** A picture that could not be read. */
export interface UnreadableImage {
  /** Its path or name; its number, from 0, where it has none. */
  readonly file: string;
  /** Why, in one line. */
  readonly reason: string;
}

/** A data set of pictures: Uint8 `[n, height, width, channels]`, ÷ 255 when batches are made. */
export interface ImageDataset extends Dataset {
  readonly x: Uint8Array;
  /** What was left out. */
  readonly unreadable: readonly UnreadableImage[];
}

/** @throws AnygradError INVALID_ARGUMENT for bad options, DATA_FORMAT where no picture can be read, ABORTED */
export async function fromImages(
  images: Iterable<ImageInput>,
  chosen?: FromImagesOptions,
): Promise<ImageDataset> {
  const options = strictOptions(
    "fromImages",
    chosen,
    "labels:object imageSize:number|object color:string fit:string classNames:object name:string signal:AbortSignal onProgress:function onUnreadable:function",
  );
  const subject = options.name ?? "fromImages";
  checkImageOptions(subject, options);
  if (
    typeof (images as Partial<Iterable<unknown>> | null)?.[Symbol.iterator] !== "function" ||
    typeof images === "string"
  )
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: got ${quote(images)}; pass a list of files, bitmaps, canvases or { data, width, height }`,
    );
  const given = [...images];
  const { y, classNames } = labelled(subject, labelsOf(subject, given, options), options.classNames);
  const decode = async (i: number): Promise<PixelImage> => {
    if (options.signal?.aborted)
      throw new AnygradError("ABORTED", `${subject}: reading was stopped by the caller`);
    return decodePixels(given[i]!);
  };
  // Decoded one after another, and a second time where the size is found out: all at once would take the memory of a camera's.
  const unreadable = new Map<number, UnreadableImage>();
  const facts: { width: number; height: number; gray: boolean }[] = [];
  const total = given.length;
  const isKnown = options.imageSize !== undefined && options.color !== undefined;
  const attempt = async <T>(i: number, work: (image: PixelImage) => T): Promise<T | undefined> => {
    try {
      return work(await decode(i));
    } catch (error) {
      if (error instanceof AnygradError && error.code !== "DATA_FORMAT") throw error;
      const failed = { file: nameOf(given[i]!, i), reason: reasonOf(error) };
      unreadable.set(i, failed);
      options.onUnreadable?.(failed);
      return undefined;
    }
  };
  if (!isKnown)
    for (let i = 0; i < total; i++) {
      const found = await attempt(i, (image) => ({
        width: image.width,
        height: image.height,
        gray: isGray(image),
      }));
      if (found) facts.push(found);
    }
  if (!isKnown && facts.length === 0) throw nothingRead(subject, [...unreadable.values()]);
  const how = imagePreparation(options, facts);
  const size = exampleBytes(how);
  const x = new Uint8Array(total * size);
  const kept: number[] = [];
  for (let i = 0; i < total; i++) {
    const example = unreadable.has(i) ? undefined : await attempt(i, (image) => prepareImage(image, how));
    if (example) x.set(example, kept.push(i) * size - size);
    options.onProgress?.({ done: i + 1, total });
  }
  if (kept.length === 0) throw nothingRead(subject, [...unreadable.values()]);
  return printable({
    x: kept.length === total ? x : x.slice(0, kept.length * size),
    shape: [kept.length, ...exampleShape(how)],
    y: Int32Array.from(kept, (i) => y[i]!),
    classNames,
    ...(options.name !== undefined && { name: options.name }),
    normalization: { scale: 1 / 255, shift: 0 },
    preparation: { image: how },
    unreadable: [...unreadable.values()],
  });
}

function labelsOf(
  subject: string,
  images: readonly ImageInput[],
  { labels }: FromImagesOptions,
): readonly string[] | ArrayLike<number> {
  if (images.length === 0)
    throw new AnygradError("INVALID_ARGUMENT", `${subject}: no pictures; pass at least one`);
  const all = labels ?? images.map(folderOf);
  if (labels === undefined && (all as readonly string[]).some((label) => label === ""))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: the pictures have no labels; pass labels: the class of each, by name or number`,
    );
  if (all.length !== images.length)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${subject}: ${images.length} pictures but ${all.length} labels; pass one for each`,
    );
  return all;
}

// Files of <input type="file" webkitdirectory> have the path below the folder that was chosen.
function folderOf(image: ImageInput): string {
  const path = "webkitRelativePath" in image ? String(image.webkitRelativePath) : "";
  return path.split("/").at(-2) ?? "";
}

function nameOf(image: ImageInput, i: number): string {
  const { webkitRelativePath, name } = image as { webkitRelativePath?: string; name?: string };
  return webkitRelativePath || name || String(i);
}

function isGray({ data }: PixelImage): boolean {
  for (let i = 0; i < data.length; i += 4)
    if (data[i] !== data[i + 1] || data[i] !== data[i + 2]) return false;
  return true;
}

function nothingRead(subject: string, [first]: readonly UnreadableImage[]): AnygradError {
  return new AnygradError(
    "DATA_FORMAT",
    `${subject}: none of the pictures can be read; the first: ${first!.file}, ${first!.reason}`.slice(0, 500),
  );
}
