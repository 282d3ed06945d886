/**
 * The share of rows whose class the model got right.
 *
 * `accuracy` looks at each batch: one column is a yes or no at 0.5, more columns compare the largest one with the
 * label or with the largest target. The names of explicitAccuracy.ts fix one of these readings. Of equal values the first
 * counts, so that a model that says the same for every class is not called right.
 * When not: classes of very different size; there precision, recall and F1 say more.
 */
import { type NoOptions, strictOptions } from "../math/options.ts";
import { builtIn } from "../registry.ts";
import { RowMean, type RowValue } from "./mean.ts";
import { type Metric, predictedClass, trueClass } from "./metric.ts";

/** The share of rows whose predicted class is the true one; picks its reading by the output's width. */
export function accuracy(options?: NoOptions): Metric {
  return sameClass("accuracy", () => {}, options);
}

/** Accuracy under this name, for outputs that pass the check. */
export function sameClass(
  type: string,
  check: (type: string, columns: number) => void,
  options: NoOptions | undefined,
): Metric {
  strictOptions(type, options, "");
  const right: RowValue = (predictions, targets, row) => {
    check(type, predictions.columns);
    return predictedClass(predictions, row) === trueClass(type, targets, row, predictions.columns) ? 1 : 0;
  };
  return { name: type, type, config: {}, create: builtIn(() => new RowMean(type, right, true)) };
}
