/**
 * The data sets that have a name, read with the files and the network of the runtime.
 * When not: for data of your own there are `datasets.from()`, `readIdx()` and `readCsv()`. Each set is imported when it is asked
 * for: a page that asks for none has nothing of them.
 */

import { strictOptions } from "../math/options.ts";
import { type Dataset, type DatasetOptions, dataset, type TrainTest } from "./dataset.ts";
import type { DigitsOptions } from "./digits/digits.ts";
import type { FromImagesOptions, ImageDataset } from "./images/fromImages.ts";
import type { ImageInput } from "./images/image.ts";
import type { EmnistSplit } from "./named/emnist.ts";
import type { NamedSetOptions } from "./named/index.ts";
import type { Table } from "./table/readTable.ts";
import type { SeriesSource, WindowOptions } from "./table/windows.ts";

export type { NamedSetOptions } from "./named/index.ts";

/** Their types. */
export const namedSetNames =
  "data:string url:string normalize:string limit:number signal:AbortSignal onProgress:function idleTimeout:number timeout:number";

/** The data sets that have a name. Each function gives a training set and a test set. */
export interface Datasets {
  /**
   * A data set of your own, checked: `dataset` under the name where it is looked for.
   * @example
   * ```js
   * import { datasets, split } from "anygrad";
   *
   * const all = datasets.from({ x: [[1, 2], [3, 4], [5, 6], [7, 8]], y: [0, 1, 0, 1], classNames: ["even", "odd"] });
   * console.log(split(all, 0.5).test.shape); // [2, 2]
   * ```
   * @throws AnygradError SHAPE_MISMATCH, DATA_FORMAT, INVALID_ARGUMENT
   */
  from(options: DatasetOptions): Dataset;
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
  /**
   * Windows over a series: an example is `[window, columns]`, its label the one `horizon` rows after the window, or with horizon 0
   * the window's own. The end of the series is the test set, and no window spans two parts.
   * @param source what `readTable` gave or takes; or `{ x, shape: [rows, columns], y }` with labels a row
   * @example
   * ```js
   * import { datasets } from "anygrad";
   *
   * const x = Float32Array.from({ length: 400 }, (_, i) => Math.sin(i / 7));
   * const { train, test } = await datasets.windows({ x, shape: [200, 2] }, { window: 20, stride: 5, horizon: 1, label: -1 });
   * console.log(train.shape, test.shape); // [28, 20, 2] [4, 20, 2]
   * ```
   * @throws AnygradError as `readTable`; DATA_FORMAT where a part is too short for a window
   */
  windows(source: SeriesSource, options: WindowOptions): Promise<Table>;
  /**
   * EMNIST: handwritten letters and digits, 28 × 28 (Cohen et al. 2017, arXiv:1702.05373), turned upright. Looked for as MNIST is,
   * then downloaded: one archive of 562 MB holds all selections, and all are kept.
   * @param options split: "balanced" (47 classes), "byclass" (62), "bymerge" (47), "digits", "letters" (26) or "mnist"
   * @throws AnygradError DATA_MISSING, DATA_FORMAT, DATA_DOWNLOAD, OUTPUT, ABORTED, INVALID_ARGUMENT
   */
  emnist(options: NamedSetOptions & { readonly split: EmnistSplit }): Promise<TrainTest>;
  /**
   * Kuzushiji-MNIST: cursive Japanese characters, 60,000 + 10,000 of 28 × 28 in 10 classes (Clanuwat et al. 2018,
   * arXiv:1812.01718). Looked for as MNIST is, then downloaded (21.2 MB).
   * @throws AnygradError DATA_MISSING, DATA_FORMAT, DATA_DOWNLOAD, OUTPUT, ABORTED, INVALID_ARGUMENT
   */
  kmnist(options?: NamedSetOptions): Promise<TrainTest>;
  /**
   * QMNIST: MNIST's digits drawn anew from their source, with 60,000 to test, 28 × 28 (Yadav, Bottou 2019, arXiv:1905.10498).
   * Looked for as MNIST is, then downloaded (about 20 MB).
   * @throws AnygradError DATA_MISSING, DATA_FORMAT, DATA_DOWNLOAD, OUTPUT, ABORTED, INVALID_ARGUMENT
   */
  qmnist(options?: NamedSetOptions): Promise<TrainTest>;
  /**
   * CIFAR-10: colour photographs of 10 kinds of things, 50,000 + 10,000 of 32 × 32 × 3 (Krizhevsky 2009), from the binary
   * version. Looked for as MNIST is, then downloaded (170 MB).
   * @throws AnygradError DATA_MISSING, DATA_FORMAT, DATA_DOWNLOAD, OUTPUT, ABORTED, INVALID_ARGUMENT
   */
  cifar10(options?: NamedSetOptions): Promise<TrainTest>;
  /**
   * CIFAR-100: as CIFAR-10, with 100 classes, the fine labels (169 MB).
   * @throws AnygradError DATA_MISSING, DATA_FORMAT, DATA_DOWNLOAD, OUTPUT, ABORTED, INVALID_ARGUMENT
   */
  cifar100(options?: NamedSetOptions): Promise<TrainTest>;
}

/** The data sets that have a name: `await datasets.mnist()` gives `{ train, test }`; and `datasets.from` for one's own. */
export const datasets: Datasets = {
  from: (options) => dataset(options),
  digits: async (options) => (await import("./digits/digits.ts")).digits(options),
  mnist: (options) => named("mnist", "mnist", options),
  fashionMnist: (options) => named("fashion-mnist", "fashionMnist", options),
  emnist: async (options) => {
    const { split, ...others } = strictOptions("emnist", options, `${namedSetNames} split:string`);
    return named(`emnist-${split}`, "emnist", others);
  },
  kmnist: (options) => named("kmnist", "kmnist", options),
  qmnist: (options) => named("qmnist", "qmnist", options),
  cifar10: (options) => named("cifar-10", "cifar10", options),
  cifar100: (options) => named("cifar-100", "cifar100", options),
  fromImages: async (images, options) => (await import("./images/index.ts")).fromImages(images, options), // late: few pages read pictures
  windows: async (source, options) => (await import("./table/index.ts")).windows(source, options),
};

async function named(name: string, subject: string, given: NamedSetOptions | undefined): Promise<TrainTest> {
  const options = strictOptions(subject, given, namedSetNames);
  return (await import("./named/index.ts")).readNamed(name, options);
}
