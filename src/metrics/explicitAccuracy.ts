/**
 * Accuracy in its three explicit spellings, and top-k. As in `accuracy` the first of equal values counts.
 */

import { AnygradError } from "../errors.ts";
import { checkCount, checkNumber } from "../math/checks.ts";
import { type NoOptions, strictOptions } from "../math/options.ts";
import { builtIn } from "../registry.ts";
import { sameClass } from "./accuracy.ts";
import { RowMean, type RowValue } from "./mean.ts";
import { labelAt, type Metric, type Targets, trueClass } from "./metric.ts";

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

/** `accuracy` under a shorter name in logs, Keras's and TensorFlow.js's. */
export function acc(options?: NoOptions): Metric {
  return sameClass("acc", () => {}, options);
}

/** The share of rows whose largest column is the label. Two columns or more. */
export function sparseCategoricalAccuracy(options?: NoOptions): Metric {
  return sameClass("sparseCategoricalAccuracy", needsColumns, options);
}

/** The share of rows whose largest column is the target's largest column. Two columns or more. */
export function categoricalAccuracy(options?: NoOptions): Metric {
  return sameClass("categoricalAccuracy", needsColumns, options);
}

/** The share of right decisions, each column being one; for several labels a row (`dense` targets of 0 and 1). */
export function binaryAccuracy(options?: BinaryAccuracyOptions): Metric {
  const type = "binaryAccuracy";
  const { threshold = 0.5 } = strictOptions(type, options, "threshold");
  checkNumber(`${type}: threshold`, threshold, {}, ", such as 0.5");
  const right: RowValue = ({ data, columns }, targets, row) => {
    let count = 0;
    for (let column = 0; column < columns; column++) {
      const yes = data[row * columns + column]! > threshold;
      if (yes === isPositive(type, targets, row, column, columns)) count++;
    }
    return count / columns;
  };
  return { name: type, type, config: { threshold }, create: builtIn(() => new RowMean(type, right)) };
}

/** The share of rows whose true class is among the k largest columns. Logged as `top5Accuracy` for k = 5. */
export function topK(options?: TopKOptions): Metric {
  return amongLargest("topK", options, (k) => `top${k}Accuracy`);
}

/** `topK` under Keras's name, which it has in logs, too. Targets are classes or rows of them. */
export function topKCategoricalAccuracy(options?: TopKOptions): Metric {
  return amongLargest("topKCategoricalAccuracy", options);
}

/** `topK` under Keras's name for targets that are classes; it takes rows of them, too. */
export function sparseTopKCategoricalAccuracy(options?: TopKOptions): Metric {
  return amongLargest("sparseTopKCategoricalAccuracy", options);
}

function amongLargest(
  type: string,
  options: TopKOptions | undefined,
  nameOf: (k: number) => string = () => type,
): Metric {
  const { k = 5 } = strictOptions(type, options, "k");
  checkCount(`${type}: k`, k);
  const name = nameOf(k);
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
  return { name, type, config: { k }, create: builtIn(() => new RowMean(name, among)) };
}

/** @throws AnygradError SHAPE_MISMATCH for an output of one column */
function needsColumns(subject: string, columns: number): void {
  if (columns < 2)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${subject}: the output has ${columns} column but classes are ranked over 2 or more; use accuracy or binaryAccuracy`,
    );
}

/** Whether the target switches this column on: for outputs that are one decision a column. */
export function isPositive(
  subject: string,
  targets: Targets,
  row: number,
  column: number,
  columns: number,
): boolean {
  if (targets.labels === undefined) return targets.dense![row * columns + column]! > 0.5;
  return labelAt(subject, targets.labels, row, columns) === (columns === 1 ? 1 : column);
}
