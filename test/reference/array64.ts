/**
 * The array of the slow twins: a shape and row-major float64 data, nothing else.
 * The twins are the truth the kernels are checked against, so this file stays free of cleverness:
 * no views, no strides, every function returns a fresh array.
 */

export interface Array64 {
  readonly shape: number[];
  readonly data: Float64Array;
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/** An array of `shape`; zeros unless `data` gives its row-major elements. */
export function array64(shape: readonly number[], data?: ArrayLike<number>): Array64 {
  const size = sizeOf(shape);
  if (data && data.length !== size) throw new Error(`[${shape}] holds ${size} values, got ${data.length}`);
  return { shape: [...shape], data: data ? new Float64Array(data) : new Float64Array(size) };
}

export function zerosLike(x: Array64): Array64 {
  return array64(x.shape);
}

/** The element-wise image of `x`. */
export function map(x: Array64, fn: (value: number, position: number) => number): Array64 {
  return { shape: [...x.shape], data: x.data.map(fn) };
}

/** The last extent of a shape, and how many rows of it there are. */
export function rowsOf(x: Array64): { rows: number; columns: number } {
  const columns = x.shape.at(-1) ?? 1;
  return { rows: columns === 0 ? 0 : x.data.length / columns, columns };
}

/** The multi-index of a row-major position: unravel([2, 3], 4) is [1, 1]. */
export function unravel(shape: readonly number[], position: number): number[] {
  const index = shape.map(() => 0);
  let rest = position;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index[axis] = rest % shape[axis]!;
    rest = Math.floor(rest / shape[axis]!);
  }
  return index;
}

/** The row-major position of a multi-index. */
export function ravel(shape: readonly number[], index: readonly number[]): number {
  return shape.reduce((position, extent, axis) => position * extent + index[axis]!, 0);
}
