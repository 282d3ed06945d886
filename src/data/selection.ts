/**
 * Parts of a dataset: the first n, chosen rows, seeded splits. Class names and normalisation go along.
 */

import { AnygradError, quote } from "../errors.ts";
import { checkCount, checkNumber } from "../math/checks.ts";
import { Random } from "../math/philox.ts";
import { type Dataset, type DatasetOptions, dataset, type TrainTest } from "./dataset.ts";
import { checkDataset } from "./given/checkDataset.ts";
import { exampleCount, printable } from "./printable.ts";

/** The Philox streams that splits draw from; no other part of the package uses them. */
const SPLIT_STREAM = 0x73706c74; // "splt"
const STRATA_STREAM = 0x73747261; // "stra"

/**
 * The first `count` examples (all, where there are fewer): a view, nothing is copied.
 *
 * @throws AnygradError INVALID_ARGUMENT for a count that is no whole number from 1
 */
export function take(set: Dataset, count: number): Dataset {
  checkDataset("take", set);
  checkCount("take: the count", count);
  const n = exampleCount(set);
  if (count >= n) return set;
  return printable({
    ...set,
    x: set.x.subarray(0, (set.x.length / n) * count),
    y: set.y.subarray(0, (set.y.length / n) * count),
    shape: [count, ...set.shape.slice(1)],
  });
}

/**
 * The examples with these indices, in this order, copied.
 *
 * @param indices from 0; an index may come more than once
 * @throws AnygradError INVALID_ARGUMENT for an index that the set does not have
 */
export function subset(set: Dataset, indices: ArrayLike<number>): Dataset {
  checkDataset("subset", set);
  if (typeof Object(indices).length !== "number")
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `subset: the indices are ${quote(indices)}; pass a list of numbers from 0`,
    );
  const n = exampleCount(set);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i]!;
    if (!Number.isInteger(index) || index < 0 || index >= n)
      throw new AnygradError("INVALID_ARGUMENT", `subset: index ${index} is not one of the ${n} examples`);
  }
  return printable({
    ...set,
    x: gatherRows(set.x, set.x.length / n, indices),
    y: gatherRows(set.y, set.y.length / n, indices),
    shape: [indices.length, ...set.shape.slice(1)],
  });
}

/** Options of {@link split}. */
export interface SplitOptions {
  /** Whole number from 0; the same seed gives the same parts on every runtime. Default 0. */
  readonly seed?: number;
  /**
   * Whether each class has an equal share in both parts. Default: true for class labels and one-hot rows with two examples
   * of a class or more; false for other targets.
   */
  readonly stratify?: boolean;
}

/**
 * Divides a set into a part to train on and one to test on, neither of them empty. All that the set has besides examples,
 * such as class names and normalisation, both parts have, too.
 *
 * With classes the test set gets its share of each; both parts are in the order of the set. Where the share of a class is no
 * whole number, it is rounded up for the classes with the largest remainders; of a class that has one example alone, it is
 * trained on. Without classes, or with `stratify: false`, both parts are drawn from all examples and shuffled.
 *
 * @param set a data set, or `{ x, y }` as `dataset` takes it
 * @param fraction share of the examples that is in `test`, above 0 and below 1
 * @throws AnygradError INVALID_ARGUMENT where a part would be empty, or `stratify: true` finds no classes
 * @example
 * ```js
 * import { dataset, split } from "anygrad";
 *
 * const all = dataset({ x: [[1], [2], [3], [4], [5], [6]], y: [0, 1, 0, 1, 0, 1] });
 * const { train, test } = split(all, 0.3, { seed: 1 });
 * console.log(train.shape, test.y); // [4, 1] Int32Array(2) [0, 1]
 * ```
 */
export function split(
  set: Dataset | DatasetOptions,
  fraction: number,
  options: SplitOptions = {},
): TrainTest {
  if (typeof options !== "object" || options === null)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `split: the options are ${String(options)}; pass an object, such as { seed: 1 }`,
    );
  checkNumber("split: the fraction", fraction, { above: 0, below: 1 });
  const whole = isDataset(set) ? set : dataset(set);
  const { seed = 0, stratify } = options;
  checkCount("split: seed", seed, 0);
  const labels = stratify === false ? undefined : classesOf(whole);
  if (stratify && !labels)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      "split: stratify is true but the targets are neither class labels nor one-hot rows; leave it out",
    );
  const n = exampleCount(whole);
  const parts =
    (labels && classByClass(labels, n, fraction, seed)) ??
    (stratify ? undefined : shuffled(n, fraction, seed));
  if (!parts)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `split: a share of ${fraction} of ${n} examples leaves a part empty; pass one nearer to 0.5, or more examples`,
    );
  const [train, test] = parts;
  return { train: subset(whole, train), test: subset(whole, test) };
}

type Parts = [train: ArrayLike<number>, test: ArrayLike<number>];

/** Rows of both parts; undefined where one is empty. */
function shuffled(n: number, fraction: number, seed: number): Parts | undefined {
  const kept = Math.round(n * (1 - fraction));
  if (kept < 1 || kept >= n) return undefined;
  const order = new Random(seed, SPLIT_STREAM).permutation(n);
  return [order.subarray(0, kept), order.subarray(kept)];
}

/** Rows of both parts, in order; undefined where no class has an example to spare. */
function classByClass(
  labels: ArrayLike<number>,
  n: number,
  fraction: number,
  seed: number,
): Parts | undefined {
  const classes = new Map<number, number[]>();
  const order = new Random(seed, STRATA_STREAM).permutation(n);
  for (const row of order) {
    const label = labels[row]!;
    const rows = classes.get(label);
    if (rows) rows.push(row);
    else classes.set(label, [row]);
  }
  const shares = [...classes]
    .sort(([a], [b]) => a - b)
    .map(([, rows]) => ({ rows, whole: Math.floor(rows.length * fraction), most: rows.length - 1 }));
  const remainder = ({ rows, whole }: (typeof shares)[number]): number => rows.length * fraction - whole;
  let missing = Math.round(n * fraction) - shares.reduce((sum, { whole }) => sum + whole, 0);
  for (const share of shares.toSorted((a, b) => remainder(b) - remainder(a)))
    if (missing > 0 && share.whole < share.most) {
      share.whole++;
      missing--;
    }
  const heldOut = shares.flatMap(({ rows, whole }) => rows.slice(0, whole)).sort((a, b) => a - b);
  if (heldOut.length === 0) return undefined;
  const out = new Set(heldOut);
  return [order.filter((row) => !out.has(row)).sort(), heldOut];
}

/** The class of each example; undefined where the targets are something else. */
function classesOf({ y, shape: [n = 0] }: Dataset): ArrayLike<number> | undefined {
  if (!(y instanceof Float32Array)) return y.length === n ? y : undefined;
  const columns = y.length / n;
  if (columns < 2) return undefined;
  const labels = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    const row = y.subarray(i * columns, (i + 1) * columns);
    labels[i] = row.indexOf(1);
    if (labels[i] === -1 || row.some((value, c) => value !== (c === labels[i] ? 1 : 0))) return undefined;
  }
  return labels;
}

function isDataset(set: Dataset | DatasetOptions): set is Dataset {
  return ArrayBuffer.isView(set.x) && ArrayBuffer.isView(set.y) && set.shape !== undefined;
}

function gatherRows<T extends Uint8Array | Int32Array | Float32Array>(
  values: T,
  width: number,
  indices: ArrayLike<number>,
): T {
  // a Buffer of Node is made otherwise than its kind
  const Kind = (values instanceof Uint8Array ? Uint8Array : values.constructor) as new (length: number) => T;
  const out = new Kind(indices.length * width);
  for (let i = 0; i < indices.length; i++) {
    const from = indices[i]! * width;
    out.set(values.subarray(from, from + width), i * width);
  }
  return out;
}
