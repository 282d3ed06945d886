/**
 * The data sets that have a name, read with the files and the network of the runtime.
 * When not: for data of your own there are `dataset()`, `readIdx()` and `readCsv()`.
 */

import { strictOptions } from "../math/options.ts";
import { createHost } from "../runtime/host.ts";
import type { TrainTest } from "./dataset.ts";
import { type DigitsOptions, digits } from "./digits/digits.ts";
import type { FromImagesOptions, ImageDataset } from "./images/fromImages.ts";
import type { ImageInput } from "./images/image.ts";
import { type NormalizationMethod, normalize } from "./normalize.ts";
import { take } from "./selection.ts";
import { fashionMnist, loadNamedSet, mnist, type NamedSet, type SourceOptions } from "./sources.ts";

/** Options of `datasets.mnist` and `datasets.fashionMnist`. */
export interface NamedSetOptions extends SourceOptions {
  /** "simple" (÷ 255, default), "standard" (mean and deviation of the training set) or "none". */
  readonly normalize?: NormalizationMethod;
  /** Number of examples of each of the two sets that are kept, the first ones. Default: all. */
  readonly limit?: number;
}

/** Their types. */
export const namedSetNames =
  "data:string normalize:string limit:number signal:AbortSignal onProgress:function idleTimeout:number";

/** The data sets that have a name. Each function gives a training set and a test set. */
export interface Datasets {
  /**
   * Digits of 28 × 28 pixels, drawn from strokes with seeded distortions. They are built in: no files or network are needed.
   * @example
   * ```js
   * import { datasets } from "anygrad";
   *
   * const { train, test } = await datasets.digits({ train: 1000, test: 200, seed: 1 });
   * console.log(train.shape, test.y.slice(0, 5)); // [1000, 28, 28, 1] Uint8Array(5) [0, 7, 6, 3, 9]
   * ```
   * @throws AnygradError INVALID_ARGUMENT for counts that are no whole numbers from 1
   */
  digits(options?: DigitsOptions): Promise<TrainTest>;
  /**
   * MNIST: handwritten digits, 60,000 + 10,000 of 28 × 28 (LeCun, Cortes, Burges 1998). Looked for in `data`, the folder in
   * the environment variable ANYGRAD_DATA and the user's cache, then downloaded (11.6 MB).
   * @throws AnygradError DATA_MISSING, DATA_FORMAT, DATA_DOWNLOAD, OUTPUT, ABORTED, INVALID_ARGUMENT
   */
  mnist(options?: NamedSetOptions): Promise<TrainTest>;
  /**
   * Fashion-MNIST: pictures of clothing, 60,000 + 10,000 of 28 × 28 (Xiao, Rasul, Vollgraf 2017, arXiv:1708.07747). Looked
   * for in `data`, the folder in the environment variable ANYGRAD_DATA and the user's cache, then downloaded (30.9 MB).
   * @throws AnygradError DATA_MISSING, DATA_FORMAT, DATA_DOWNLOAD, OUTPUT, ABORTED, INVALID_ARGUMENT
   */
  fashionMnist(options?: NamedSetOptions): Promise<TrainTest>;
  /**
   * A set of pictures of any size: files that a page's user chose, canvases, bitmaps, decoded pixels. They are decoded at full
   * size and made into examples of `[height, width, channels]` by the code that `readImages` of anygrad/node uses; the set
   * carries how, and a model that is trained on it takes such pictures in `predict` and `classify`.
   * @example
   * ```js
   * import { datasets } from "anygrad";
   *
   * const dot = (red) => ({ width: 2, height: 2, data: new Uint8Array(16).fill(red) });
   * const set = await datasets.fromImages([dot(0), dot(255)], { labels: ["clear", "white"], imageSize: 2, color: "rgb" });
   * console.log(set.shape, set.classNames, set.y); // [2, 2, 2, 3] ['clear', 'white'] Int32Array(2) [0, 1]
   * ```
   * @throws AnygradError INVALID_ARGUMENT, SHAPE_MISMATCH for another number of labels, DATA_FORMAT where no picture can be
   *   read, UNSUPPORTED for files where the runtime decodes none, ABORTED
   */
  fromImages(images: Iterable<ImageInput>, options?: FromImagesOptions): Promise<ImageDataset>;
}

/** The data sets that have a name: `await datasets.mnist()` gives `{ train, test }`. */
export const datasets: Datasets = {
  digits: async (options) => digits(options),
  mnist: (options) => named(mnist, "mnist", options),
  fashionMnist: (options) => named(fashionMnist, "fashionMnist", options),
  fromImages: async (images, options) => (await import("./images/index.ts")).fromImages(images, options), // late: few pages read pictures
};

async function named(set: NamedSet, subject: string, given?: NamedSetOptions): Promise<TrainTest> {
  const options = strictOptions(subject, given, namedSetNames);
  const { train, test } = await loadNamedSet(createHost(), set, options);
  const { limit = Number.MAX_SAFE_INTEGER } = options;
  return normalize({ train: take(train, limit), test: take(test, limit) }, options.normalize ?? "simple");
}
