/**
 * `datasets.digits()`, `.mnist()`, `.fashionMnist()`: the sets that are known by name, bound to the runtime's files
 * and network. Each gives `{ train, test }`. For your own: `dataset()`, `readIdx()`, `readCsv()`.
 */

import { createHost } from "../runtime/host.ts";
import type { TrainTest } from "./dataset.ts";
import { type DigitsOptions, digits } from "./digits/digits.ts";
import { type NormalizationMethod, normalize } from "./normalize.ts";
import { take } from "./selection.ts";
import { fashionMnist, loadNamedSet, mnist, type NamedSet, type SourceOptions } from "./sources.ts";

export interface NamedSetOptions extends SourceOptions {
  /** "simple" (÷ 255, default), "standard" (mean and deviation of the training set) or "none". */
  readonly normalize?: NormalizationMethod;
  /** Only the first so many examples of each of the two sets. */
  readonly limit?: number;
}

export interface Datasets {
  /**
   * Built in: digits drawn from strokes with seeded distortions, 28 × 28; needs neither files nor network.
   * @example
   * ```js
   * import { datasets } from "anygrad";
   *
   * const { train, test } = await datasets.digits({ train: 1000, test: 200, seed: 1 });
   * console.log(train.shape, test.y.slice(0, 5)); // [1000, 28, 28, 1] Uint8Array(5) [0, 7, 6, 3, 9]
   * ```
   */
  digits(options?: DigitsOptions): Promise<TrainTest>;
  /** Handwritten digits, 60,000 + 10,000 of 28 × 28 (LeCun, Cortes, Burges 1998). */
  mnist(options?: NamedSetOptions): Promise<TrainTest>;
  /** Clothing, 60,000 + 10,000 of 28 × 28 (Xiao, Rasul, Vollgraf 2017, arXiv:1708.07747). */
  fashionMnist(options?: NamedSetOptions): Promise<TrainTest>;
}

export const datasets: Datasets = {
  digits: async (options) => digits(options),
  mnist: (options) => named(mnist, options),
  fashionMnist: (options) => named(fashionMnist, options),
};

async function named(set: NamedSet, options: NamedSetOptions = {}): Promise<TrainTest> {
  const { train, test } = await loadNamedSet(createHost(), set, options);
  const { limit = Number.MAX_SAFE_INTEGER } = options;
  return normalize({ train: take(train, limit), test: take(test, limit) }, options.normalize ?? "simple");
}
