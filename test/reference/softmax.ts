/** Softmax and its logarithm over the last axis, in float64, shifted by the row's maximum. */
import { type Array64, rowsOf, zerosLike } from "./array64.ts";

export function logSoftmax(x: Array64): Array64 {
  const y = zerosLike(x);
  const { rows, columns } = rowsOf(x);
  for (let r = 0; r < rows; r++) {
    const row = x.data.subarray(r * columns, (r + 1) * columns);
    const maximum = row.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    const logSum = Math.log(row.reduce((sum, value) => sum + Math.exp(value - maximum), 0));
    row.forEach((value, c) => {
      y.data[r * columns + c] = value - maximum - logSum;
    });
  }
  return y;
}

/** dx = dy − softmax(x) · Σ dy */
export function logSoftmaxBackward(dy: Array64, x: Array64): Array64 {
  const dx = zerosLike(x);
  const y = softmax(x);
  const { rows, columns } = rowsOf(x);
  for (let r = 0; r < rows; r++) {
    let total = 0;
    for (let c = 0; c < columns; c++) total += dy.data[r * columns + c]!;
    for (let c = 0; c < columns; c++) {
      const i = r * columns + c;
      dx.data[i] = dy.data[i]! - y.data[i]! * total;
    }
  }
  return dx;
}

export function softmax(x: Array64): Array64 {
  const y = logSoftmax(x);
  y.data.forEach((value, i) => {
    y.data[i] = Math.exp(value);
  });
  return y;
}

/** dx = y · (dy − Σ dy · y) */
export function softmaxBackward(dy: Array64, x: Array64): Array64 {
  const dx = zerosLike(x);
  const y = softmax(x);
  const { rows, columns } = rowsOf(x);
  for (let r = 0; r < rows; r++) {
    let dot = 0;
    for (let c = 0; c < columns; c++) dot += dy.data[r * columns + c]! * y.data[r * columns + c]!;
    for (let c = 0; c < columns; c++) {
      const i = r * columns + c;
      dx.data[i] = y.data[i]! * (dy.data[i]! - dot);
    }
  }
  return dx;
}
