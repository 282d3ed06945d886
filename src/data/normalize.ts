/**
 * Brings stored values into the range networks learn well from.
 *
 * "simple" divides by 255. "standard" subtracts the mean of the training set and divides by its deviation; the test
 * set gets the training set's numbers, never its own: it must not leak into what it judges.
 * Uint8 sets are not touched: they only carry (scale, shift) along. Float32 sets are rewritten.
 */
import { AnygradError } from "../errors.ts";
import type { Dataset, Normalization, TrainTest } from "./dataset.ts";
import { spreadOf } from "./spread.ts";

/** "simple": ÷ 255; "standard": mean 0 and deviation 1 over the training set; "none": values as they are. */
export type NormalizationMethod = "simple" | "standard" | "none";

/**
 * Applies one normalisation, taken from the training set, to both sets. Uint8 sets carry it along for `fit` to apply;
 * Float32 sets are rewritten.
 *
 * @throws AnygradError INVALID_ARGUMENT for an unknown method, DATA_FORMAT where all values are alike and the method is
 *   "standard"
 */
export function normalize(sets: TrainTest, method: NormalizationMethod): TrainTest {
  const normalization = normalizationOf(sets.train, method);
  return {
    train: applyNormalization(sets.train, normalization),
    test: applyNormalization(sets.test, normalization),
  };
}

/**
 * The scale and shift of a method over this (training) set.
 *
 * @throws AnygradError INVALID_ARGUMENT for an unknown method, DATA_FORMAT where all values are alike and there is no deviation
 */
export function normalizationOf(train: Dataset, method: NormalizationMethod): Normalization {
  if (method === "none") return { scale: 1, shift: 0 };
  if (method === "simple") return { scale: 1 / 255, shift: 0 };
  if (method !== "standard") {
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `normalize: "${method}" is not known; pass "simple", "standard" or "none"`,
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

/** The set under a normalisation, which is that of its training set. */
export function applyNormalization(set: Dataset, normalization: Normalization): Dataset {
  if (set.x instanceof Uint8Array) return { ...set, normalization };
  const { scale, shift } = normalization;
  return { ...set, x: set.x.map((value) => value * scale + shift) };
}
