/**
 * Intersection over union, of what a class is and what was taken for it: right / (predicted + actual − right), over all rows, such
 * as pixels. Keras's rules: classes that occur in neither do not count.
 */
import { AnygradError, quote } from "../../errors.ts";
import { checkCount, checkNumber } from "../../math/checks.ts";
import { strictOptions } from "../../math/options.ts";
import { builtIn } from "../../registry.ts";
import { isPositive } from "../explicitAccuracy.ts";
import { argmax, type Metric } from "../metric.ts";
import { type PairReader, type PairTable, TableState } from "./table.ts";

/** The options of {@link meanIoU} and {@link oneHotMeanIoU}. */
export interface MeanIoUOptions {
  /** How many classes there are. Default: the columns of the output; needed where that is one column of class indices. */
  readonly numClasses?: number;
}

/** The options of {@link iou} and {@link oneHotIoU}. */
export interface IoUOptions extends MeanIoUOptions {
  /** The classes whose mean it is. Default: all. */
  readonly targetClassIds?: readonly number[];
}

/** The options of {@link binaryIoU}. */
export interface BinaryIoUOptions {
  /** The classes whose mean it is, 0, 1 or both. Default [0, 1]. */
  readonly targetClassIds?: readonly number[];
  /** A prediction from it on means yes. Default 0.5. */
  readonly threshold?: number;
}

/** The class of a row is its largest column, or, of one column, what it says. */
const classOfRow: PairReader = ({ data, columns }, { labels, dense }, row, add) => {
  const predicted = columns === 1 ? Math.floor(data[row]!) : argmax(data, row, columns);
  add(
    labels ? labels[row]! : columns === 1 ? Math.floor(dense![row]!) : argmax(dense!, row, columns),
    predicted,
  );
};

/** The mean over those of the classes that occur; NaN where none does, as in Keras. */
function meanOver(targetClassIds: readonly number[] | undefined): (table: PairTable) => number {
  return ({ classes, counts }) => {
    let [sum, present] = [0, 0];
    for (const c of targetClassIds ?? Array.from({ length: classes }, (_, i) => i)) {
      if (c >= classes) continue;
      const right = counts[c * classes + c]!;
      let union = -right;
      for (let other = 0; other < classes; other++)
        union += counts[c * classes + other]! + counts[other * classes + c]!;
      if (union === 0) continue;
      sum += right / union;
      present++;
    }
    return sum / present;
  };
}

function ofClasses(type: string, needsColumns: boolean, { numClasses, targetClassIds }: IoUOptions): Metric {
  if (numClasses !== undefined) checkCount(`${type}: numClasses`, numClasses, 2);
  checkIds(type, targetClassIds);
  const classesOf = (columns: number): number => {
    if (columns > 1 || (numClasses !== undefined && !needsColumns)) return Math.max(columns, numClasses ?? 0);
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${type}: the output has one column; ${needsColumns ? "give it a column a class, or use binaryIoU" : "pass numClasses where it holds class indices, or use binaryIoU where it is a probability"}`,
    );
  };
  const config = {
    ...(numClasses !== undefined && { numClasses }),
    ...(targetClassIds && { targetClassIds }),
  };
  const measure = meanOver(targetClassIds);
  return {
    name: type,
    type,
    config,
    create: builtIn(() => new TableState(type, classesOf, classOfRow, measure)),
  };
}

/** @throws AnygradError INVALID_ARGUMENT */
function checkIds(type: string, ids: readonly number[] | undefined): void {
  if (ids === undefined) return;
  if (!Array.isArray(ids) || ids.length === 0)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${type}: targetClassIds is ${quote(ids)}; pass a list of classes, such as [1]`,
    );
  for (const id of ids) checkCount(`${type}: targetClassIds`, id, 0);
}

/** The mean intersection over union of some classes, by default all. */
export function iou(options?: IoUOptions): Metric {
  return ofClasses("iou", false, strictOptions("iou", options, "numClasses targetClassIds"));
}

/** The mean intersection over union of all classes that occur. */
export function meanIoU(options?: MeanIoUOptions): Metric {
  return ofClasses("meanIoU", false, strictOptions("meanIoU", options, "numClasses"));
}

/** The same of some classes, for outputs of a column a class. */
export function oneHotIoU(options?: IoUOptions): Metric {
  return ofClasses("oneHotIoU", true, strictOptions("oneHotIoU", options, "numClasses targetClassIds"));
}

/** The same of all classes that occur, for outputs of a column a class. */
export function oneHotMeanIoU(options?: MeanIoUOptions): Metric {
  return ofClasses("oneHotMeanIoU", true, strictOptions("oneHotMeanIoU", options, "numClasses"));
}

/** The same for yes and no, each column being a decision: the mean over both, or of the one that is asked for. */
export function binaryIoU(options?: BinaryIoUOptions): Metric {
  const type = "binaryIoU";
  const { targetClassIds = [0, 1], threshold = 0.5 } = strictOptions(
    type,
    options,
    "targetClassIds threshold",
  );
  checkNumber(`${type}: threshold`, threshold);
  checkIds(type, targetClassIds);
  if (targetClassIds.some((id) => id > 1))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${type}: targetClassIds is ${quote(targetClassIds)}; pass 0, 1 or both`,
    );
  const read: PairReader = ({ data, columns }, targets, row, add) => {
    for (let column = 0; column < columns; column++)
      add(
        isPositive(type, targets, row, column, columns) ? 1 : 0,
        data[row * columns + column]! >= threshold ? 1 : 0,
      );
  };
  const config = { targetClassIds, threshold };
  return {
    name: type,
    type,
    config,
    create: builtIn(() => new TableState(type, () => 2, read, meanOver(targetClassIds))),
  };
}
