/** Running sums and sorted order along an axis in float64, line by line. */
import { type Array64, array64, map, unravel } from "../array64.ts";

/** Calls `work` with the numbers of each line along an axis, and writes what it gives, `count` numbers, in its place. */
function eachLine(
  x: Array64,
  axis: number,
  count: number,
  work: (line: readonly number[]) => readonly number[],
): Array64 {
  const y = array64(x.shape.map((n, i) => (i === axis ? count : n)));
  const inner = x.shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  const n = x.shape[axis]!;
  for (let line = 0; line < x.data.length / n; line++) {
    const outer = Math.floor(line / inner);
    const place = (size: number, i: number): number => (outer * size + i) * inner + (line % inner);
    const results = work(Array.from({ length: n }, (_, i) => x.data[place(n, i)]!));
    results.forEach((value, i) => {
      y.data[place(count, i)] = value;
    });
  }
  return y;
}

export interface Running {
  readonly exclusive?: boolean;
  readonly reverse?: boolean;
}

export function cumsum(x: Array64, axis: number, { exclusive = false, reverse = false }: Running): Array64 {
  return eachLine(x, axis, x.shape[axis]!, (line) =>
    line.map((_, i) =>
      line.reduce((sum, value, j) => {
        const before = reverse ? j > i : j < i;
        return before || (j === i && !exclusive) ? sum + value : sum;
      }, 0),
    ),
  );
}

/** Each number is part of the sums of those behind it. */
export function cumsumBackward(dy: Array64, axis: number, { exclusive, reverse = false }: Running): Array64 {
  return cumsum(dy, axis, { ...(exclusive && { exclusive }), reverse: !reverse });
}

/** Below 0 where a comes first: NaN is larger than all. Array.sort is stable. */
function compare(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a < b ? -1 : a > b ? 1 : 0;
}

export function argsort(
  x: Array64,
  axis: number,
  descending: boolean,
  count: number = x.shape[axis]!,
): Array64 {
  return eachLine(x, axis, count, (line) =>
    line
      .map((_, i) => i)
      .sort((a, b) => (descending ? compare(line[b]!, line[a]!) : compare(line[a]!, line[b]!)))
      .slice(0, count),
  );
}

/** The numbers of x at indices along an axis. */
export function valuesAt(x: Array64, indices: Array64, axis: number): Array64 {
  return map(indices, (at, i) => {
    const index = unravel(indices.shape, i);
    index[axis] = at;
    return x.data[index.reduce((place, value, a) => place * x.shape[a]! + value, 0)]!;
  });
}

export function valuesAtBackward(dy: Array64, x: Array64, indices: Array64, axis: number): Array64 {
  const dx = array64(x.shape);
  dy.data.forEach((value, i) => {
    const index = unravel(indices.shape, i);
    index[axis] = indices.data[i]!;
    dx.data[index.reduce((place, at, a) => place * x.shape[a]! + at, 0)]! += value;
  });
  return dx;
}
