/**
 * Statistics of a data set: how many examples each class has, how the values are distributed, and the mean example of a
 * class.
 *
 * Bytes are counted, so that all statistics follow exactly from 256 counts; floats are read three times.
 */
import { type Dataset, exampleCount } from "./dataset.ts";
import { byteSpread, floatSpread, type Spread } from "./spread.ts";

export type { Spread } from "./spread.ts";

/** How the values of a set are distributed. */
export interface ValueStatistics extends Spread {
  /** How many values lie in each bin; bins divide `from` … `to` into equal parts, and the last one includes `to`. */
  readonly histogram: { readonly from: number; readonly to: number; readonly counts: readonly number[] };
  /** Mean, deviation and bounds of each channel of images, or of each feature; empty where there is one, or more than 16. */
  readonly columns: readonly Spread[];
}

const BINS = 32;
const MOST_COLUMNS = 16;

/** Statistics of the values of a set that `dataset` would accept: it is not empty, and its values are finite. */
export function valueStatistics({ x, shape }: Dataset): ValueStatistics {
  const width = shape.at(-1) ?? 1; // channels or features; images of shape [n, height, width] have one channel
  const columns = shape.length === 3 || width > MOST_COLUMNS ? 1 : width;
  const of = x instanceof Uint8Array ? byteColumns(x, columns) : floatColumns(x, columns);
  return { ...of.all, histogram: of.histogram, columns: columns > 1 ? of.columns : [] };
}

/** Number of examples of each class, for sets with class indices; labels from `classes` on are not counted. */
export function classCounts({ y }: Dataset, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (let i = 0; i < y.length; i++) if (y[i]! < classes) counts[y[i]!]!++;
  return counts;
}

/** The mean example of each class, `[classes][...sample]`; undefined for a class without examples. */
export function classMeans(set: Dataset, classes: number): (Float64Array | undefined)[] {
  const { x, y } = set;
  const counts = classCounts(set, classes);
  const size = x.length / exampleCount(set);
  const sums = counts.map(() => new Float64Array(size));
  for (let i = 0; i < y.length; i++) {
    const sum = sums[y[i]!];
    if (!sum) continue;
    const start = i * size;
    for (let j = 0; j < size; j++) sum[j]! += x[start + j]!;
  }
  return sums.map((sum, classId) => {
    const count = counts[classId]!;
    return count === 0 ? undefined : sum.map((value) => value / count);
  });
}

interface Columns {
  readonly all: Spread;
  readonly columns: readonly Spread[];
  readonly histogram: ValueStatistics["histogram"];
}

function byteColumns(x: Uint8Array, columns: number): Columns {
  const counts = Array.from({ length: columns }, () => new Float64Array(256));
  if (columns === 1) {
    const [only] = counts;
    for (let i = 0; i < x.length; i++) only![x[i]!]!++;
  } else {
    for (let i = 0; i < x.length; i++) counts[i % columns]![x[i]!]!++;
  }
  const total = counts[0]!.map((_, value) => counts.reduce((sum, column) => sum + column[value]!, 0));
  const bins = new Array<number>(BINS).fill(0);
  for (const [value, count] of total.entries()) bins[Math.floor((value * BINS) / 256)]! += count;
  return {
    all: byteSpread(total),
    columns: counts.map(byteSpread),
    histogram: { from: 0, to: 255, counts: bins },
  };
}

function floatColumns(x: Float32Array, columns: number): Columns {
  const all = floatSpread(x, 0, 1);
  const { min, max } = all;
  const bins = new Array<number>(BINS).fill(0);
  for (const value of x) bins[Math.min(BINS - 1, Math.floor(((value - min) / (max - min || 1)) * BINS))]!++;
  return {
    all,
    columns: Array.from({ length: columns }, (_, column) => floatSpread(x, column, columns)),
    histogram: { from: min, to: max, counts: bins },
  };
}
