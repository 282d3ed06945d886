// Softmax and log-softmax over the last axis, rows × columns, forward and backward.
// Every row is shifted by its largest element, so that no exponential overflows. A unit is a row.

import { SIMD } from "./lanes";
import { expOfNegative, log } from "./math";
import { itemsIn, MIN_ELEMENTS, MIN_SLOW_ELEMENTS, unitsOfItems } from "./range";
import { sumPlain } from "./sums";

// @ts-ignore: decorator
@inline function largest(x: usize, n: i32): f32 {
  let best = load<f32>(x);
  for (let i = 1; i < n; i++) best = max<f32>(best, load<f32>(x + (<usize>i << 2)));
  return best;
}

/** y = e^(x − shift) for a row; gives the row's sum. */
function expRow(y: usize, x: usize, n: i32, shift: f32): f32 {
  let i: usize = 0;
  const bytes: usize = <usize>n << 2;
  if (SIMD) for (; i + 16 <= bytes; i += 16) v128.store(y + i, expOfNegative<v128>(f32x4.sub(v128.load(x + i), f32x4.splat(shift))));
  for (; i < bytes; i += 4) store<f32>(y + i, expOfNegative<f32>(load<f32>(x + i) - shift));
  return sumPlain(y, n);
}

/** x *= factor for a row */
// @ts-ignore: decorator
@inline function scaleRow(x: usize, n: i32, factor: f32): void {
  for (const end = x + (<usize>n << 2); x < end; x += 4) store<f32>(x, load<f32>(x) * factor);
}

/** Σ a[i] b[i] of a row, in order */
// @ts-ignore: decorator
@inline function dotRow(a: usize, b: usize, n: i32): f32 {
  let sum: f32 = 0;
  for (const end = a + (<usize>n << 2); a < end; a += 4, b += 4) sum = sum + load<f32>(a) * load<f32>(b);
  return sum;
}

/** Probabilities of a row and, as result, the log of its partition function: ln Σ e^x. */
// @ts-ignore: decorator
@inline export function softmaxRow(y: usize, x: usize, n: i32): f32 {
  const shift = largest(x, n), sum = expRow(y, x, n, shift);
  scaleRow(y, n, <f32>1 / sum);
  return shift + log<f32>(sum);
}

/** y[rows, columns] = e^x / Σ e^x, the sum over a row */
export function softmax_f32(y: usize, x: usize, rows: i32, columns: i32, from: i32, to: i32): void {
  const row: usize = <usize>columns << 2, start = <usize>from * row;
  y += start; x += start;
  for (let r = itemsIn(rows, columns, 1, MIN_SLOW_ELEMENTS, from, to); r > 0; r--, y += row, x += row) softmaxRow(y, x, columns);
}
export function softmax_f32_units(rows: i32, columns: i32): i32 { return unitsOfItems(rows, columns, 1, MIN_SLOW_ELEMENTS); }

/** dx[rows, columns] = y * (dy − Σ dy * y), the sum over a row */
export function softmax_backward_f32(dx: usize, dy: usize, y: usize, rows: i32, columns: i32, from: i32, to: i32): void {
  const start = <usize>(from * columns) << 2;
  dx += start; dy += start; y += start;
  for (let r = itemsIn(rows, columns, 1, MIN_ELEMENTS, from, to); r > 0; r--) {
    const dot = dotRow(dy, y, columns);
    for (let c = 0; c < columns; c++, dx += 4, dy += 4, y += 4) store<f32>(dx, load<f32>(y) * (load<f32>(dy) - dot));
  }
}
export function softmax_backward_f32_units(rows: i32, columns: i32): i32 { return unitsOfItems(rows, columns, 1, MIN_ELEMENTS); }

/** y[rows, columns] = x − ln Σ e^x, the sum over a row */
export function log_softmax_f32(y: usize, x: usize, rows: i32, columns: i32, from: i32, to: i32): void {
  const start = <usize>(from * columns) << 2;
  y += start; x += start;
  for (let r = itemsIn(rows, columns, 1, MIN_SLOW_ELEMENTS, from, to); r > 0; r--) {
    const shift = largest(x, columns), logSum = log<f32>(expRow(y, x, columns, shift));
    for (let c = 0; c < columns; c++, x += 4, y += 4) store<f32>(y, load<f32>(x) - shift - logSum);
  }
}
export function log_softmax_f32_units(rows: i32, columns: i32): i32 { return unitsOfItems(rows, columns, 1, MIN_SLOW_ELEMENTS); }

/** dx[rows, columns] = dy − e^y * Σ dy, the sum over a row */
export function log_softmax_backward_f32(dx: usize, dy: usize, y: usize, rows: i32, columns: i32, from: i32, to: i32): void {
  const start = <usize>(from * columns) << 2;
  dx += start; dy += start; y += start;
  for (let r = itemsIn(rows, columns, 1, MIN_SLOW_ELEMENTS, from, to); r > 0; r--) {
    const sum = sumPlain(dy, columns);
    for (let c = 0; c < columns; c++, dx += 4, dy += 4, y += 4) store<f32>(dx, load<f32>(dy) - expOfNegative<f32>(load<f32>(y)) * sum);
  }
}
export function log_softmax_backward_f32_units(rows: i32, columns: i32): i32 { return unitsOfItems(rows, columns, 1, MIN_SLOW_ELEMENTS); }
