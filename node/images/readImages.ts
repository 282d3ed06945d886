/**
 * A folder of pictures as data sets: a folder a class, or `train/`, `test/` and `validation/` with those inside, or a CSV of file
 * names and labels. PNG and JPEG of any size, each at its own.
 *
 * ```ts
 * const { train, test, unreadable } = await readImages("photos", { imageSize: 32 });
 * ```
 *
 * When not: pictures in memory are a matter of `datasets.fromImages`; one file to predict of `readImage`.
 */
import { stat } from "node:fs/promises";
import type { Dataset, TrainTest } from "../../src/data/dataset.ts";
import type { ImageDataset, ImageProgress, UnreadableImage } from "../../src/data/images/fromImages.ts";
import {
  checkImageOptions,
  exampleBytes,
  exampleShape,
  type ImageFacts,
  type ImageOptions,
  imagePreparation,
} from "../../src/data/images/preparation.ts";
import type { ImagePreparation } from "../../src/data/preparation.ts";
import { printable } from "../../src/data/printable.ts";
import { split } from "../../src/data/selection.ts";
import { AnygradError, quote } from "../../src/errors.ts";
import { checkCount, checkNumber } from "../../src/math/checks.ts";
import { strictOptions } from "../../src/math/options.ts";
import { checkPath } from "../checkPath.ts";
import { type CachedExample, type FileStamp, openImageCache } from "./cache.ts";
import { decodeAll } from "./decoderPool.ts";
import { type ImageList, type LabelledFile, listFolder, type PartName } from "./folder.ts";
import { readFacts } from "./readImage.ts";
import { listTable } from "./table.ts";

/** Options of {@link readImages}. */
export interface ReadImagesOptions extends ImageOptions {
  /**
   * Share of each class that is held out for the test where there is no folder `test`, always the same pictures; 0: none, and
   * the result is one data set. Default 0.2.
   */
  readonly testSplit?: number;
  /** Seed that decides which pictures are held out. Default 0. */
  readonly seed?: number;
  /**
   * Names of all classes, as `net.classNames` has them: class indices are places in this list, and pictures of one class are
   * enough. For pictures that a model is evaluated on. Default: those that are found, sorted.
   */
  readonly classNames?: readonly string[];
  /** How many pictures are read of each set, classes in turn. Default: all. */
  readonly limit?: number;
  /**
   * Whether decoded pictures are kept in the user's cache folder; a path: in that folder. A picture that has changed is
   * decoded anew. Default true.
   */
  readonly cache?: boolean | string;
  /** The most pixels that a picture may have, which else is left out: small files can become gigabytes. Default 100 million. */
  readonly maxPixels?: number;
  /** Ends reading between two pictures; the error has the code ABORTED. */
  readonly signal?: AbortSignal;
  /** Called after each picture that is decoded. */
  readonly onProgress?: (progress: ImageProgress) => void;
  /** Called for each file that is left out, which `unreadable` lists. */
  readonly onUnreadable?: (image: UnreadableImage) => void;
}

/** What {@link readImages} gives. */
export interface ImageSets extends TrainTest {
  /** What the folder `validation` holds, where there is one. */
  readonly validation?: Dataset;
  /** Files that were left out: damaged ones, and those that are neither PNG nor JPEG. */
  readonly unreadable: readonly UnreadableImage[];
}

/**
 * Reads a folder of pictures. Examples are Uint8 `[n, height, width, channels]`, divided by 255 when batches are made, classes in
 * turn; class names are those of the folders, sorted. EXIF's orientation is heeded, transparent pixels are laid over white,
 * and color profiles are not looked at. Files that cannot be read are left out and listed. The sets carry how pictures were
 * prepared, and a model that is trained on them takes those of any size in `predict` and `classify`.
 *
 * @param path a folder, or a .csv file
 * @throws AnygradError INVALID_ARGUMENT for bad options; DATA_MISSING where there are no pictures; DATA_FORMAT for one class
 *   alone without `classNames`, for one that is not in them, or where none can be read; ABORTED
 */
export async function readImages(
  path: string,
  options: ReadImagesOptions & { readonly testSplit: 0 },
): Promise<ImageDataset>;
export async function readImages(path: string, options?: ReadImagesOptions): Promise<ImageSets>;
export async function readImages(path: string, given?: ReadImagesOptions): Promise<ImageSets | ImageDataset> {
  const options = strictOptions(
    "readImages",
    given,
    "imageSize:number|object color:string fit:string testSplit:number seed:number classNames:object limit:number maxPixels:number cache:boolean|string signal:AbortSignal onProgress:function onUnreadable:function",
  );
  checkPath("readImages", path, "folder");
  const { testSplit = 0.2, seed = 0, limit, classNames, onUnreadable } = options;
  if (classNames !== undefined && !isNames(classNames))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `readImages: classNames is ${quote(classNames)}; pass the names of the classes, such as net.classNames`,
    );
  checkImageOptions("readImages", options);
  checkNumber("readImages: testSplit", testSplit, { from: 0, below: 1 });
  if (limit !== undefined) checkCount("readImages: limit", limit);
  if (options.maxPixels !== undefined) checkCount("readImages: maxPixels", options.maxPixels);
  const isFile = (await stat(path).catch(() => undefined))?.isFile() ?? false;
  const list = await (isFile ? listTable(path, classNames) : listFolder(path, classNames));
  if (testSplit === 0 && (list.parts.test || list.parts.validation))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `readImages: testSplit is 0 but ${path} has sets of its own; leave testSplit out, or pass ${path}/train`,
    );
  const parts = new Map(
    partsOf(path, list, testSplit, seed).map(([name, files]): [PartName, LabelledFile[]] => [
      name,
      inTurn(files, list.classNames).slice(0, limit),
    ]),
  );
  const unreadable: UnreadableImage[] = [];
  const leaveOut = (image: UnreadableImage): void => {
    unreadable.push(image);
    onUnreadable?.(image);
  };
  for (const other of list.others) leaveOut(other);

  const files = [...new Map([...parts.values()].flat().map((file) => [file.path, file])).values()];
  const { readable, preparation } = await lookAt(files, options, leaveOut);
  const examples = preparation && (await examplesOf(path, readable, preparation, leaveOut, options));
  if (!examples || examples.size === 0) throw nothingRead(path, sorted(unreadable));

  const set = (part: PartName): Dataset | undefined => {
    const named = parts.get(part);
    return named && datasetOf(path, part, named, examples, preparation, list.classNames);
  };
  if (testSplit === 0 && !list.parts.test)
    return printable({ ...(set("train") as ImageDataset), unreadable: sorted(unreadable) });
  const validation = set("validation");
  return {
    train: set("train")!,
    test: set("test")!,
    ...(validation && { validation }),
    unreadable: sorted(unreadable),
  };
}

function isNames(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((name) => typeof name === "string");
}

function partsOf(
  path: string,
  { parts, classNames }: ImageList,
  testSplit: number,
  seed: number,
): [PartName, readonly LabelledFile[]][] {
  const all = Object.entries(parts) as [PartName, readonly LabelledFile[]][];
  if (parts.test || testSplit === 0) return all;
  const files = parts.train!;
  if (classNames.every((name) => files.filter(({ label }) => label === name).length < 2))
    throw new AnygradError(
      "DATA_FORMAT",
      `${path}: one picture of each class alone; some class needs two, to train and to test, or put those for the test into folders test and train`,
    );
  const indices = {
    x: Float32Array.from(files.keys()),
    shape: [files.length, 1],
    y: Int32Array.from(files, ({ label }) => classNames.indexOf(label)),
  };
  const share = Math.max(testSplit, 0.6 / files.length); // one at least
  const { train, test } = split(indices, share, { seed, stratify: true });
  const filesOf = ({ x }: typeof train): LabelledFile[] => Array.from(x, (i) => files[i]!);
  return [...all.filter(([name]) => name !== "train"), ["train", filesOf(train)], ["test", filesOf(test)]];
}

/** The first of each class, then the second …: so the first n hold all classes. */
function inTurn(files: readonly LabelledFile[], classNames: readonly string[]): LabelledFile[] {
  const ofClass = new Map(classNames.map((name): [string, LabelledFile[]] => [name, []]));
  for (const file of files) ofClass.get(file.label)!.push(file);
  const queues = [...ofClass.values()];
  const longest = Math.max(...queues.map(({ length }) => length));
  return Array.from({ length: longest }, (_, i) => queues.flatMap((queue) => queue[i] ?? [])).flat();
}

type LeaveOut = (image: UnreadableImage) => void;

/** By the headers of all files, where the options leave something open; no preparation: none can be read. */
async function lookAt(
  files: readonly LabelledFile[],
  options: ReadImagesOptions,
  leaveOut: LeaveOut,
): Promise<{ readable: readonly LabelledFile[]; preparation: ImagePreparation | undefined }> {
  if (options.imageSize !== undefined && options.color !== undefined)
    return { readable: files, preparation: imagePreparation(options, []) };
  const found = await forEachFile(files, ({ path }) => readFacts(path, options.maxPixels), options.signal);
  const facts: ImageFacts[] = [];
  const readable: LabelledFile[] = [];
  for (const [i, file] of files.entries()) {
    const one = found[i]!;
    if ("reason" in one) leaveOut({ file: file.name, reason: one.reason });
    else {
      facts.push(one);
      readable.push(file);
    }
  }
  return { readable, preparation: facts.length > 0 ? imagePreparation(options, facts) : undefined };
}

/** The examples by the paths of their files; those that the cache does not know are decoded, and it gets them. */
async function examplesOf(
  path: string,
  files: readonly LabelledFile[],
  preparation: ImagePreparation,
  leaveOut: LeaveOut,
  { limit, cache: kept = true, signal, maxPixels, onProgress }: ReadImagesOptions,
): Promise<Map<string, CachedExample>> {
  const cache =
    kept === false
      ? undefined
      : await openImageCache([path, limit ?? null], preparation, kept === true ? undefined : kept);
  const stamps = await forEachFile(files, ({ path: file }) => stampOf(file), signal);
  const examples = new Map<string, CachedExample>();
  const missing: { file: LabelledFile; stamp: FileStamp }[] = [];
  for (const [i, file] of files.entries()) {
    const stamp = stamps[i]!;
    const example = cache?.get(file.path, stamp);
    if (example) examples.set(file.path, { ...stamp, example });
    else missing.push({ file, stamp });
  }
  let done = 0;
  await decodeAll(
    missing.map(({ file }) => file.path),
    preparation,
    (i, result) => {
      const { file, stamp } = missing[i]!;
      if ("example" in result) examples.set(file.path, { ...stamp, example: result.example });
      else if (!signal?.aborted) leaveOut({ file: file.name, reason: result.reason });
      onProgress?.({ done: ++done, total: missing.length });
    },
    { ...(signal && { signal }), ...(maxPixels !== undefined && { maxPixels }) },
  );
  checkSignal(signal);
  if (missing.length > 0 && examples.size > 0) await cache?.write(examples);
  return examples;
}

/** One that is not there is found out when it is decoded. */
async function stampOf(path: string): Promise<FileStamp> {
  const found = await stat(path).catch(() => undefined);
  return { changedMs: found?.mtimeMs ?? 0, bytes: found?.size ?? 0 };
}

const OPEN_FILES = 32;

async function forEachFile<T>(
  files: readonly LabelledFile[],
  work: (file: LabelledFile) => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T[]> {
  const results = new Array<T>(files.length);
  let next = 0;
  const drain = async (): Promise<void> => {
    while (next < files.length) {
      checkSignal(signal);
      const i = next++;
      results[i] = await work(files[i]!);
    }
  };
  await Promise.all(Array.from({ length: OPEN_FILES }, drain));
  return results;
}

function datasetOf(
  path: string,
  part: PartName,
  files: readonly LabelledFile[],
  examples: ReadonlyMap<string, CachedExample>,
  preparation: ImagePreparation,
  classNames: readonly string[],
): Dataset {
  const kept = files.flatMap(({ path: file, label }) => {
    const example = examples.get(file)?.example;
    return example ? [{ example, label }] : [];
  });
  if (kept.length === 0)
    throw new AnygradError(
      "DATA_FORMAT",
      `${path}: none of the ${files.length} pictures for ${part} can be read; see unreadable for the reasons`,
    );
  const size = exampleBytes(preparation);
  const x = new Uint8Array(kept.length * size);
  for (const [i, { example }] of kept.entries()) x.set(example, i * size);
  return printable({
    x,
    shape: [kept.length, ...exampleShape(preparation)],
    y: Int32Array.from(kept, ({ label }) => classNames.indexOf(label)),
    classNames,
    name: path,
    normalization: { scale: 1 / 255, shift: 0 },
    preparation: { image: preparation },
  });
}

/** By name: threads end in any order. */
function sorted(unreadable: readonly UnreadableImage[]): UnreadableImage[] {
  return unreadable.toSorted((a, b) => (a.file < b.file ? -1 : 1));
}

function checkSignal(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AnygradError("ABORTED", "readImages: reading was stopped by the caller");
}

function nothingRead(path: string, unreadable: readonly UnreadableImage[]): AnygradError {
  const [first] = unreadable;
  return new AnygradError(
    "DATA_FORMAT",
    `${path}: none of its pictures can be read${first ? `; ${first.file}: ${first.reason}` : ""}`.slice(
      0,
      500,
    ),
  );
}
