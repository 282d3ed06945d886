/**
 * Brings stored values into the range in which networks learn well.
 *
 * "simple" divides by 255. "standard" subtracts the mean of the training set and divides by its standard deviation; the test
 * set is normalised by the numbers of the training set, never by its own, which would let the test data influence the model.
 * The values of a Uint8 set stay as they are: scale and shift are stored beside them. Those of a Float32 set are computed
 * anew.
 */

import { AnygradError, quote } from "../errors.ts";
import type { Dataset, Normalization, TrainTest } from "./dataset.ts";
import { checkDataset } from "./given/checkDataset.ts";
import { printable } from "./printable.ts";
import { spreadOf } from "./spread.ts";

/** "simple": ÷ 255; "standard": mean 0 and deviation 1 over the training set; "none": values as they are. */
export type NormalizationMethod = "simple" | "standard" | "none";

/**
 * Normalises both sets by one scale and shift, which are taken from the training set. A Uint8 set keeps its values and stores
 * scale and shift, which `fit` applies to each batch; a Float32 set gets new values.
 *
 * @example
 * ```js
 * import { dataset, normalize } from "anygrad";
 *
 * const train = dataset({ x: [[0], [10]], y: [0, 1] });
 * const test = dataset({ x: [[5]], y: [1] });
 * const sets = normalize({ train, test }, "standard"); // the mean is 5, the deviation 5
 * console.log(sets.train.x, sets.test.x); // Float32Array(2) [-1, 1] Float32Array(1) [0]
 * ```
 * @throws AnygradError INVALID_ARGUMENT for an unknown method, DATA_FORMAT where all values are alike and the method is
 *   "standard"
 */
export function normalize(sets: TrainTest, method: NormalizationMethod): TrainTest {
  for (const name of ["train", "test"] as const)
    checkDataset(`normalize: ${name}`, (Object(sets) as TrainTest)[name]);
  const normalization = normalizationOf(sets.train, method);
  return {
    train: applyNormalization(sets.train, normalization),
    test: applyNormalization(sets.test, normalization),
  };
}

/**
 * The scale and shift that a method gives for this training set.
 *
 * @throws AnygradError INVALID_ARGUMENT for an unknown method, DATA_FORMAT where all values are alike and there is no
 *   deviation
 */
export function normalizationOf(train: Dataset, method: NormalizationMethod): Normalization {
  if (method === "none") return { scale: 1, shift: 0 };
  if (method === "simple") return { scale: 1 / 255, shift: 0 };
  if (method !== "standard") {
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `normalize: ${quote(method)} is not known; pass "simple", "standard" or "none"`,
    );
  }
  const { mean, deviation } = spreadOf(train.x);
  if (!(deviation > 0)) {
    throw new AnygradError(
      "DATA_FORMAT",
      `normalize: all values of ${train.name ?? "the training set"} are ${mean}, so there is no deviation; use "simple"`,
    );
  }
  return { scale: 1 / deviation, shift: -mean / deviation };
}

/** The set normalised by this scale and shift: stored beside the values of a Uint8 set, applied to those of a Float32 set. */
export function applyNormalization(set: Dataset, normalization: Normalization): Dataset {
  if (set.x instanceof Uint8Array) return printable({ ...set, normalization });
  const { scale, shift } = normalization;
  return printable({ ...set, x: set.x.map((value) => value * scale + shift) });
}
