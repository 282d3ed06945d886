/**
 * Parts of a dataset: the first n, chosen rows, seeded splits. Class names and normalisation go along.
 */
import { AnygradError } from "../errors.ts";
import { checkCount, checkNumber } from "../math/checks.ts";
import { Random } from "../math/philox.ts";
import type { Dataset } from "./dataset.ts";
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

/**
 * Divides a set into two at random: `[a share of the examples, all others]`, neither of them empty, both shuffled.
 *
 * @param fraction share of the examples that is in the first part, above 0 and below 1
 * @param seed whole number from 0; the same seed gives the same parts on every runtime. Default 0
 * @throws AnygradError INVALID_ARGUMENT where a part would be empty
 * @example
 * ```js
 * import { dataset, split } from "anygrad";
 *
 * const all = dataset({ x: [[1], [2], [3], [4], [5]], y: [0, 1, 0, 1, 0] });
 * const [train, validation] = split(all, 0.8, 1);
 * console.log(train.shape, validation.shape); // [4, 1] [1, 1]
 * ```
 */
export function split(set: Dataset, fraction: number, seed = 0): [Dataset, Dataset] {
  checkNumber("split: the fraction", fraction, { above: 0, below: 1 });
  const n = exampleCount(set);
  const first = Math.round(n * fraction);
  if (first < 1 || first >= n)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `split: a share of ${fraction} of ${n} examples leaves a part empty; pass one nearer to 0.5, or more examples`,
    );
  const order = new Random(seed, SPLIT_STREAM).permutation(n);
  return [subset(set, order.subarray(0, first)), subset(set, order.subarray(first))];
}

/**
 * Divides a set into two, class by class: `[all others, the share that is held out]`, both in the order of the set. The seed
 * decides which examples are held out. Where the share of a class is no whole number, it is rounded up for the classes with
 * the largest remainders, so that the parts have the sizes that `split` gives; a class that has two examples or more keeps
 * one.
 *
 * @param set with class indices as labels
 * @param fraction share that is held out, above 0 and below 1
 * @param seed whole number from 0; the same seed gives the same parts on every runtime. Default 0
 * @throws AnygradError INVALID_ARGUMENT where a part would be empty
 */
export function holdOut(set: Dataset, fraction: number, seed = 0): [Dataset, Dataset] {
  checkNumber("holdOut: the fraction", fraction, { above: 0, below: 1 });
  const n = exampleCount(set);
  const classes = new Map<number, number[]>();
  const order = new Random(seed, STRATA_STREAM).permutation(n);
  for (const row of order) {
    const label = set.y[row]!;
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
  if (heldOut.length === 0)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `holdOut: a share of ${fraction} of ${n} examples leaves a part empty; pass a larger one, or more examples`,
    );
  const out = new Set(heldOut);
  return [subset(set, order.filter((row) => !out.has(row)).sort()), subset(set, heldOut)];
}

function gatherRows<T extends Uint8Array | Int32Array | Float32Array>(
  values: T,
  width: number,
  indices: ArrayLike<number>,
): T {
  const rows = values.slice(0, 0);
  const out = new (rows.constructor as new (length: number) => T)(indices.length * width);
  for (let i = 0; i < indices.length; i++) {
    const from = indices[i]! * width;
    out.set(values.subarray(from, from + width), i * width);
  }
  return out;
}
