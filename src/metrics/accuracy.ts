/**
 * The share of rows that the model got right: accuracy in its four spellings, and top-k.
 *
 * `accuracy` looks at each batch: one column is a yes or no at 0.5, more columns compare the largest one with the
 * label or with the largest target. The explicit names fix one of these readings. Of equal values the first counts,
 * in argmax and top-k alike, so that a model that says the same for every class is not called right.
 * When not: classes of very different size; there precision, recall and F1 say more.
 */
import { AnygradError } from "../errors.ts";
import { checkCount, checkNumber } from "../math/checks.ts";
import { RowMean, type RowValue } from "./mean.ts";
import { isPositive, type Metric, predictedClass, trueClass } from "./metric.ts";

/** The options of {@link binaryAccuracy}. */
export interface BinaryAccuracyOptions {
  /** A prediction above it means yes. Default 0.5; 0 for logits. */
  readonly threshold?: number;
}

/** The options of {@link topK}. */
export interface TopKOptions {
  /** How many of the best columns may hold the true class. Default 5. */
  readonly k?: number;
}

/** The share of rows whose predicted class is the true one; picks its reading by the output's width. */
export function accuracy(): Metric {
  return sameClass("accuracy", () => {});
}

/** The share of rows whose largest column is the label. Two columns or more. */
export function sparseCategoricalAccuracy(): Metric {
  return sameClass("sparseCategoricalAccuracy", needsColumns);
}

/** The share of rows whose largest column is the target's largest column. Two columns or more. */
export function categoricalAccuracy(): Metric {
  return sameClass("categoricalAccuracy", needsColumns);
}

/** The share of right decisions, each column being one; for several labels a row (`dense` targets of 0 and 1). */
export function binaryAccuracy(options: BinaryAccuracyOptions = {}): Metric {
  const type = "binaryAccuracy";
  const { threshold = 0.5 } = options;
  checkNumber(`${type}: threshold`, threshold, {}, ", such as 0.5");
  const right: RowValue = ({ data, columns }, targets, row) => {
    let count = 0;
    for (let column = 0; column < columns; column++) {
      const yes = data[row * columns + column]! > threshold;
      if (yes === isPositive(type, targets, row, column, columns)) count++;
    }
    return count / columns;
  };
  return { name: type, type, config: { threshold }, create: () => new RowMean(type, right) };
}

/** The share of rows whose true class is among the k largest columns. Logged as `top5Accuracy` for k = 5. */
export function topK(options: TopKOptions = {}): Metric {
  const { k = 5 } = options;
  checkCount("topK: k", k);
  const name = `top${k}Accuracy`;
  const among: RowValue = ({ data, columns }, targets, row) => {
    needsColumns(name, columns);
    const label = trueClass(name, targets, row, columns);
    const start = row * columns;
    const score = data[start + label]!;
    if (Number.isNaN(score)) return 0;
    let ahead = 0;
    for (let column = 0; column < columns; column++) {
      const other = data[start + column]!;
      if (other > score || (other === score && column < label)) ahead++;
    }
    return ahead < k ? 1 : 0;
  };
  return { name, type: "topK", config: { k }, create: () => new RowMean(name, among) };
}

function sameClass(type: string, check: (type: string, columns: number) => void): Metric {
  const right: RowValue = (predictions, targets, row) => {
    check(type, predictions.columns);
    return predictedClass(predictions, row) === trueClass(type, targets, row, predictions.columns) ? 1 : 0;
  };
  return { name: type, type, config: {}, create: () => new RowMean(type, right) };
}

function needsColumns(subject: string, columns: number): void {
  if (columns < 2)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${subject}: the output has ${columns} column but classes are ranked over 2 or more; use accuracy or binaryAccuracy`,
    );
}
