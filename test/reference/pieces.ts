/** Pieces of arrays in float64: slice, pad, elements by index along an axis, choices. Every output names the element it is made of. */
import { type Array64, array64, map, ravel, unravel, zerosLike } from "./array64.ts";
import { broadcastShape } from "./elementwise.ts";

/** For each element of an output, by its index, the index in x that it is read from; none where it is a constant. */
export type Source = (index: readonly number[]) => readonly number[] | undefined;

export function read(x: Array64, shape: readonly number[], source: Source, constant = 0): Array64 {
  const y = array64(shape);
  for (let i = 0; i < y.data.length; i++) {
    const from = source(unravel(shape, i));
    y.data[i] = from ? x.data[ravel(x.shape, from)]! : constant;
  }
  return y;
}

/** The way back: each element of dy is added to that of dx which it was read from. */
export function addBack(dy: Array64, x: Array64, source: Source): Array64 {
  const dx = zerosLike(x);
  dy.data.forEach((value, i) => {
    const to = source(unravel(dy.shape, i));
    if (to) dx.data[ravel(x.shape, to)]! += value;
  });
  return dx;
}

export interface Ranges {
  readonly begin?: readonly (number | null)[];
  readonly end?: readonly (number | null)[];
  readonly strides?: readonly (number | null)[];
}

/** The indices that a range of an axis takes, found by walking. */
function walked(n: number, begin: number | null, end: number | null, stride: number): number[] {
  const resolved = (i: number | null, fallback: number): number =>
    i === null ? fallback : i < 0 ? i + n : i;
  const last = resolved(end, stride > 0 ? n : -1);
  const found: number[] = [];
  for (let i = resolved(begin, stride > 0 ? 0 : n - 1); stride > 0 ? i < last : i > last; i += stride)
    found.push(i);
  return found;
}

function sliced(
  x: Array64,
  { begin = [], end = [], strides = [] }: Ranges,
): [shape: number[], source: Source] {
  const taken = x.shape.map((n, i) => walked(n, begin[i] ?? null, end[i] ?? null, strides[i] ?? 1));
  return [taken.map(({ length }) => length), (index) => index.map((i, axis) => taken[axis]![i]!)];
}

export function slice(x: Array64, ranges: Ranges): Array64 {
  return read(x, ...sliced(x, ranges));
}

export function sliceBackward(dy: Array64, x: Array64, ranges: Ranges): Array64 {
  return addBack(dy, x, sliced(x, ranges)[1]);
}

export type PadMode = "constant" | "reflect" | "symmetric" | "edge";
type Padding = readonly (readonly [number, number])[];

function padded(x: Array64, padding: Padding, mode: PadMode): [shape: number[], source: Source] {
  const shape = x.shape.map((n, i) => padding[i]![0] + n + padding[i]![1]);
  const place = (i: number, n: number): number | undefined => {
    if (i >= 0 && i < n) return i;
    switch (mode) {
      case "constant":
        return undefined;
      case "edge":
        return Math.min(Math.max(i, 0), n - 1);
      case "reflect":
        return i < 0 ? -i : 2 * (n - 1) - i;
      case "symmetric":
        return i < 0 ? -1 - i : 2 * n - 1 - i;
    }
  };
  const source: Source = (index) => {
    const from = index.map((i, axis) => place(i - padding[axis]![0], x.shape[axis]!));
    return from.includes(undefined) ? undefined : (from as number[]);
  };
  return [shape, source];
}

export function pad(x: Array64, padding: Padding, mode: PadMode = "constant", value = 0): Array64 {
  return read(x, ...padded(x, padding, mode), value);
}

export function padBackward(dy: Array64, x: Array64, padding: Padding, mode: PadMode = "constant"): Array64 {
  return addBack(dy, x, padded(x, padding, mode)[1]);
}

/** The axes of indices stand in the place of the axis. */
function gathered(x: Array64, indices: Array64, axis: number): [shape: number[], source: Source] {
  const rank = indices.shape.length;
  const source: Source = (index) => [
    ...index.slice(0, axis),
    indices.data[ravel(indices.shape, index.slice(axis, axis + rank))]!,
    ...index.slice(axis + rank),
  ];
  return [[...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)], source];
}

export function gather(x: Array64, indices: Array64, axis: number): Array64 {
  return read(x, ...gathered(x, indices, axis));
}

export function gatherBackward(dy: Array64, x: Array64, indices: Array64, axis: number): Array64 {
  return addBack(dy, x, gathered(x, indices, axis)[1]);
}

export function scatterAdd(x: Array64, indices: Array64, updates: Array64, axis: number): Array64 {
  const sums = gatherBackward(updates, x, indices, axis);
  return map(x, (value, i) => value + sums.data[i]!);
}

function along(indices: Array64, axis: number): [shape: number[], source: Source] {
  const source: Source = (index) =>
    index.map((i, at) => (at === axis ? indices.data[ravel(indices.shape, index)]! : i));
  return [[...indices.shape], source];
}

export function takeAlongAxis(x: Array64, indices: Array64, axis: number): Array64 {
  return read(x, ...along(indices, axis));
}

export function takeAlongAxisBackward(dy: Array64, x: Array64, indices: Array64, axis: number): Array64 {
  return addBack(dy, x, along(indices, axis)[1]);
}

/** The element of an array that broadcasting puts at an index. */
function broadcast(shape: readonly number[]): Source {
  return (index) => index.slice(index.length - shape.length).map((i, axis) => (shape[axis] === 1 ? 0 : i));
}

export function where(condition: Array64, a: Array64, b: Array64): Array64 {
  const shape = broadcastShape(condition.shape, broadcastShape(a.shape, b.shape)!)!;
  const [chosen, left, right] = [condition, a, b].map((x) => read(x, shape, broadcast(x.shape)));
  return map(chosen!, (value, i) => (value !== 0 ? left : right)!.data[i]!);
}

export function whereBackward(
  dy: Array64,
  condition: Array64,
  a: Array64,
  b: Array64,
): [da: Array64, db: Array64] {
  const chosen = read(condition, dy.shape, broadcast(condition.shape));
  const part = (x: Array64, holds: boolean): Array64 =>
    addBack(
      map(dy, (value, i) => ((chosen.data[i] !== 0) === holds ? value : 0)),
      x,
      broadcast(x.shape),
    );
  return [part(a, true), part(b, false)];
}

export function clip(x: Array64, low: number, high: number): Array64 {
  return map(x, (value) => (Number.isNaN(value) ? value : Math.min(Math.max(value, low), high)));
}

export function clipBackward(dy: Array64, x: Array64, low: number, high: number): Array64 {
  return map(dy, (value, i) => (x.data[i]! < low || x.data[i]! > high ? 0 : value));
}
