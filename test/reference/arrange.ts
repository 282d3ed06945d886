/** The ops that move or select numbers without computing: reshape, transpose, gather, oneHot, argmax; and rescale. */
import { type Array64, array64, map, ravel, rowsOf, unravel, zerosLike } from "./array64.ts";

/** One extent may be −1: it is what the others leave. */
export function reshape(x: Array64, shape: readonly number[]): Array64 {
  const known = shape.filter((extent) => extent !== -1).reduce((a, b) => a * b, 1);
  return array64(
    shape.map((extent) => (extent === -1 ? x.data.length / known : extent)),
    x.data,
  );
}

export function reshapeBackward(dy: Array64, x: Array64): Array64 {
  return array64(x.shape, dy.data);
}

/** [n, ...sample] → [n, features] */
export function flatten(x: Array64): Array64 {
  return reshape(x, [x.shape[0]!, -1]);
}

/** y's axis i is x's axis axes[i]; all axes reversed by default. */
export function transpose(x: Array64, axes: readonly number[] = x.shape.map((_, i) => i).reverse()): Array64 {
  const y = array64(axes.map((axis) => x.shape[axis]!));
  x.data.forEach((value, i) => {
    const index = unravel(x.shape, i);
    const moved = axes.map((axis) => index[axis]!);
    y.data[ravel(y.shape, moved)] = value;
  });
  return y;
}

/** The inverse permutation. */
export function transposeBackward(
  dy: Array64,
  x: Array64,
  axes: readonly number[] = x.shape.map((_, i) => i).reverse(),
): Array64 {
  return transpose(
    dy,
    axes.map((_, axis) => axes.indexOf(axis)),
  );
}

/** Rows of x [rows, ...row] in the order of indices [n] → [n, ...row] */
export function gather(x: Array64, indices: Array64): Array64 {
  const row = x.shape.slice(1);
  const columns = row.reduce((a, b) => a * b, 1);
  const y = array64([indices.data.length, ...row]);
  indices.data.forEach((index, r) => {
    y.data.set(x.data.subarray(index * columns, (index + 1) * columns), r * columns);
  });
  return y;
}

/** A row taken twice receives both gradients. */
export function gatherBackward(dy: Array64, x: Array64, indices: Array64): Array64 {
  const columns = x.shape.slice(1).reduce((a, b) => a * b, 1);
  const dx = zerosLike(x);
  indices.data.forEach((index, r) => {
    for (let c = 0; c < columns; c++) dx.data[index * columns + c]! += dy.data[r * columns + c]!;
  });
  return dx;
}

/** labels [n] → [n, classes]; not differentiable. */
export function oneHot(labels: Array64, classes: number): Array64 {
  const y = array64([...labels.shape, classes]);
  labels.data.forEach((label, r) => {
    y.data[r * classes + label] = 1;
  });
  return y;
}

/** The first position of the largest value of each row [..., c] → [...]; not differentiable. */
export function argmax(x: Array64): Array64 {
  const { rows, columns } = rowsOf(x);
  const y = array64(x.shape.slice(0, -1));
  for (let r = 0; r < rows; r++) {
    const row = x.data.subarray(r * columns, (r + 1) * columns);
    y.data[r] = row.reduce((best, value, c) => (value > row[best]! ? c : best), 0);
  }
  return y;
}

/** Side by side along an axis, counted from the front. */
export function concatenate(inputs: readonly Array64[], axis: number): Array64 {
  const total = inputs.reduce((sum, { shape }) => sum + shape[axis]!, 0);
  const y = array64(inputs[0]!.shape.map((n, i) => (i === axis ? total : n)));
  let offset = 0;
  for (const { shape, data } of inputs) {
    data.forEach((value, i) => {
      const index = unravel(shape, i);
      index[axis]! += offset;
      y.data[ravel(y.shape, index)] = value;
    });
    offset += shape[axis]!;
  }
  return y;
}

/** Each input's part of dy. */
export function concatenateBackward(dy: Array64, inputs: readonly Array64[], axis: number): Array64[] {
  let offset = 0;
  return inputs.map(({ shape }) => {
    const dx = array64(shape);
    dx.data.forEach((_, i) => {
      const index = unravel(shape, i);
      index[axis]! += offset;
      dx.data[i] = dy.data[ravel(dy.shape, index)]!;
    });
    offset += shape[axis]!;
    return dx;
  });
}

export interface RescaleAttributes {
  readonly scale: number;
  readonly shift: number;
}

export function rescale(x: Array64, { scale, shift }: RescaleAttributes): Array64 {
  return map(x, (value) => value * scale + shift);
}

export function rescaleBackward(dy: Array64, _x: Array64, { scale }: RescaleAttributes): Array64 {
  return map(dy, (value) => value * scale);
}
