// Choosing between numbers: one of two arrays by a condition, and limits.

import { ifEqual, ifGreater, loadLanes, SIMD, splat, storeLanes } from "../lanes";
import { elementEnd, elementStart, elementUnits } from "../range";

/** @inline */
function selectOne<T>(y: usize, condition: usize, a: usize, b: usize): void {
  storeLanes<T>(y, ifEqual<T>(loadLanes<T>(condition), splat<T>(0), loadLanes<T>(b), loadLanes<T>(a)));
}

/** y[n] = condition[n] is not 0 ? a[n] : b[n]; a NaN is not 0 */
export function select_f32(y: usize, condition: usize, a: usize, b: usize, n: i32, from: i32, to: i32): void {
  const end = elementEnd(n, to);
  let i = elementStart(from);
  if (SIMD) for (const last = end & ~15; i < last; i += 16) selectOne<v128>(y + i, condition + i, a + i, b + i);
  for (; i < end; i += 4) selectOne<f32>(y + i, condition + i, a + i, b + i);
}
export function select_f32_units(n: i32): i32 {
  return elementUnits(n);
}

/** @inline */
function keepOne<T>(y: usize, x: usize, condition: usize, where: bool): void {
  const value = loadLanes<T>(x),
    zero = splat<T>(0);
  storeLanes<T>(y, ifEqual<T>(loadLanes<T>(condition), zero, where ? zero : value, where ? value : zero));
}

/** y[n] = x[n] where condition[n] is not 0, or where it is 0 for `where` = 0; else 0 */
export function keep_f32(y: usize, x: usize, condition: usize, n: i32, where: i32, from: i32, to: i32): void {
  const end = elementEnd(n, to),
    chosen = where != 0;
  let i = elementStart(from);
  if (SIMD) for (const last = end & ~15; i < last; i += 16) keepOne<v128>(y + i, x + i, condition + i, chosen);
  for (; i < end; i += 4) keepOne<f32>(y + i, x + i, condition + i, chosen);
}
export function keep_f32_units(n: i32): i32 {
  return elementUnits(n);
}

/** @inline */
function limitOne<T>(y: usize, x: usize, low: T, high: T): void {
  const value = loadLanes<T>(x);
  storeLanes<T>(y, ifGreater<T>(low, value, low, ifGreater<T>(value, high, high, value)));
}

/** y[n] = x[n], but low where it is below and high where it is above; a NaN stays */
export function limit_f32(y: usize, x: usize, n: i32, low: f32, high: f32, from: i32, to: i32): void {
  const end = elementEnd(n, to);
  let i = elementStart(from);
  if (SIMD) for (const last = end & ~15, l = f32x4.splat(low), h = f32x4.splat(high); i < last; i += 16) limitOne<v128>(y + i, x + i, l, h);
  for (; i < end; i += 4) limitOne<f32>(y + i, x + i, low, high);
}
export function limit_f32_units(n: i32): i32 {
  return elementUnits(n);
}

/** @inline */
function limitBackwardOne<T>(dx: usize, dy: usize, x: usize, low: T, high: T): void {
  const value = loadLanes<T>(x),
    zero = splat<T>(0);
  storeLanes<T>(dx, ifGreater<T>(low, value, zero, ifGreater<T>(value, high, zero, loadLanes<T>(dy))));
}

/** dx[n] = dy[n] where low ≤ x[n] ≤ high, else 0 */
export function limit_backward_f32(dx: usize, dy: usize, x: usize, n: i32, low: f32, high: f32, from: i32, to: i32): void {
  const end = elementEnd(n, to);
  let i = elementStart(from);
  if (SIMD)
    for (const last = end & ~15, l = f32x4.splat(low), h = f32x4.splat(high); i < last; i += 16)
      limitBackwardOne<v128>(dx + i, dy + i, x + i, l, h);
  for (; i < end; i += 4) limitBackwardOne<f32>(dx + i, dy + i, x + i, low, high);
}
export function limit_backward_f32_units(n: i32): i32 {
  return elementUnits(n);
}
