// Softmax and log-softmax over the last axis, rows × columns, forward and backward.
// Every row is shifted by its largest element, so that no exponential overflows. A unit is a row.

import { SIMD } from "../lanes";
import { expOfNegative, log } from "../math";
import { MIN_ELEMENTS, MIN_SLOW_ELEMENTS, rowEnd, rowUnits } from "../range";
import { sumPlain } from "./sums";

/** @inline */
function largest(x: usize, n: i32): f32 {
  let best = load<f32>(x);
  for (let i = 1; i < n; i++) best = max<f32>(best, load<f32>(x + ((<usize>i) << 2)));
  return best;
}

/** y = e^(x − shift) for a row; gives the row's sum. */
function expRow(y: usize, x: usize, n: i32, shift: f32): f32 {
  let i: usize = 0;
  const bytes: usize = (<usize>n) << 2;
  if (SIMD) for (; i + 16 <= bytes; i += 16) v128.store(y + i, expOfNegative<v128>(f32x4.sub(v128.load(x + i), f32x4.splat(shift))));
  for (; i < bytes; i += 4) store<f32>(y + i, expOfNegative<f32>(load<f32>(x + i) - shift));
  return sumPlain(y, n);
}

/**
 * x *= factor for a row
 * @inline
 */
function scaleRow(x: usize, n: i32, factor: f32): void {
  for (const end = x + ((<usize>n) << 2); x < end; x += 4) store<f32>(x, load<f32>(x) * factor);
}

/**
 * Σ a[i] b[i] of a row, in order
 * @inline
 */
function dotRow(a: usize, b: usize, n: i32): f32 {
  let sum: f32 = 0;
  for (const end = a + ((<usize>n) << 2); a < end; a += 4, b += 4) sum = sum + load<f32>(a) * load<f32>(b);
  return sum;
}

/**
 * Probabilities of a row and, as result, the log of its partition function: ln Σ e^x.
 * @inline
 */
export function softmaxRow(y: usize, x: usize, n: i32): f32 {
  const shift = largest(x, n),
    sum = expRow(y, x, n, shift);
  scaleRow(y, n, <f32>1 / sum);
  return shift + log<f32>(sum);
}

/** y[rows, columns] = e^x / Σ e^x, the sum over a row */
export function softmax_f32(y: usize, x: usize, rows: i32, columns: i32, from: i32, to: i32): void {
  const row: usize = (<usize>columns) << 2,
    end = rowEnd(rows, columns, MIN_SLOW_ELEMENTS, to);
  for (let i = <usize>from * row; from < end; from++, i += row) softmaxRow(y + i, x + i, columns);
}
export function softmax_f32_units(rows: i32, columns: i32): i32 {
  return rowUnits(rows, columns, MIN_SLOW_ELEMENTS);
}

/** dx[rows, columns] = y * (dy − Σ dy * y), the sum over a row */
export function softmax_backward_f32(dx: usize, dy: usize, y: usize, rows: i32, columns: i32, from: i32, to: i32): void {
  const row: usize = (<usize>columns) << 2,
    end = rowEnd(rows, columns, MIN_ELEMENTS, to);
  for (let i = <usize>from * row; from < end; from++) {
    const dot = dotRow(dy + i, y + i, columns);
    for (const next = i + row; i < next; i += 4) store<f32>(dx + i, load<f32>(y + i) * (load<f32>(dy + i) - dot));
  }
}
export function softmax_backward_f32_units(rows: i32, columns: i32): i32 {
  return rowUnits(rows, columns, MIN_ELEMENTS);
}

/** y[rows, columns] = x − ln Σ e^x, the sum over a row */
export function log_softmax_f32(y: usize, x: usize, rows: i32, columns: i32, from: i32, to: i32): void {
  const row: usize = (<usize>columns) << 2,
    end = rowEnd(rows, columns, MIN_SLOW_ELEMENTS, to);
  for (let i = <usize>from * row; from < end; from++) {
    const shift = largest(x + i, columns),
      logSum = log<f32>(expRow(y + i, x + i, columns, shift));
    for (const next = i + row; i < next; i += 4) store<f32>(y + i, load<f32>(x + i) - shift - logSum);
  }
}
export function log_softmax_f32_units(rows: i32, columns: i32): i32 {
  return rowUnits(rows, columns, MIN_SLOW_ELEMENTS);
}

/** dx[rows, columns] = dy − e^y * Σ dy, the sum over a row */
export function log_softmax_backward_f32(dx: usize, dy: usize, y: usize, rows: i32, columns: i32, from: i32, to: i32): void {
  const row: usize = (<usize>columns) << 2,
    end = rowEnd(rows, columns, MIN_SLOW_ELEMENTS, to);
  for (let i = <usize>from * row; from < end; from++) {
    const sum = sumPlain(dy + i, columns);
    for (const next = i + row; i < next; i += 4) store<f32>(dx + i, load<f32>(dy + i) - expOfNegative<f32>(load<f32>(y + i)) * sum);
  }
}
export function log_softmax_backward_f32_units(rows: i32, columns: i32): i32 {
  return rowUnits(rows, columns, MIN_SLOW_ELEMENTS);
}
