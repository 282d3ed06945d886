// Losses that are a mean over a row of a function of one prediction p and one target. Only Huber's takes delta. A unit is a row.
// The targets take no gradient.

import { absolute, add, div, ifGreater, maximum, minimum, mul, negate, splat, sub, withSignOf } from "../lanes";
import { expOfNegative, log, log1p, sigmoid } from "../math";
import { MIN_ELEMENTS, rowEnd, rowUnits } from "../range";
import { clip, SMALLEST } from "../reduction/probability";

declare class RowLoss {
  loss<T>(p: T, target: T, delta: T): T;
  /** The derivative by p. */
  slope<T>(p: T, target: T, delta: T): T;
}

/** @inline */
function rowMeans<F extends RowLoss>(loss: usize, p: usize, targets: usize, rows: i32, columns: i32, delta: f32, from: i32, to: i32): void {
  const f = changetype<F>(0),
    row: usize = (<usize>columns) << 2,
    end = rowEnd(rows, columns, MIN_ELEMENTS, to);
  for (let i = <usize>from * row; from < end; from++) {
    let sum: f32 = 0;
    for (const next = i + row; i < next; i += 4) sum = sum + f.loss<f32>(load<f32>(p + i), load<f32>(targets + i), delta);
    store<f32>(loss + ((<usize>from) << 2), sum / <f32>columns);
  }
}

/** @inline */
function rowSlopes<F extends RowLoss>(
  dp: usize,
  p: usize,
  targets: usize,
  dloss: usize,
  rows: i32,
  columns: i32,
  delta: f32,
  from: i32,
  to: i32,
): void {
  const f = changetype<F>(0),
    row: usize = (<usize>columns) << 2,
    end = rowEnd(rows, columns, MIN_ELEMENTS, to);
  for (let i = <usize>from * row; from < end; from++) {
    const scale = load<f32>(dloss + ((<usize>from) << 2)) / <f32>columns;
    for (const next = i + row; i < next; i += 4) store<f32>(dp + i, f.slope<f32>(load<f32>(p + i), load<f32>(targets + i), delta) * scale);
  }
}

@final
@unmanaged
class SigmoidCrossEntropy {
  @inline loss<T>(z: T, t: T, _: T): T {
    return add<T>(sub<T>(maximum<T>(z, splat<T>(0)), mul<T>(z, t)), log1p<T>(expOfNegative<T>(negate<T>(absolute<T>(z)))));
  }
  @inline slope<T>(z: T, t: T, _: T): T {
    return sub<T>(sigmoid<T>(z), t);
  }
}
/** loss[rows] = the mean over a row of max(p, 0) − p * targets + ln(1 + e^−|p|) */
export function sigmoid_cross_entropy_f32(
  loss: usize,
  p: usize,
  targets: usize,
  rows: i32,
  columns: i32,
  delta: f32,
  from: i32,
  to: i32,
): void {
  rowMeans<SigmoidCrossEntropy>(loss, p, targets, rows, columns, delta, from, to);
}
export function sigmoid_cross_entropy_f32_units(rows: i32, columns: i32): i32 {
  return rowUnits(rows, columns, MIN_ELEMENTS);
}
/** dp[rows, columns] = slope * dloss[rows] / columns with slope = sigmoid(p) − targets */
export function sigmoid_cross_entropy_backward_f32(
  dp: usize,
  p: usize,
  targets: usize,
  dloss: usize,
  rows: i32,
  columns: i32,
  delta: f32,
  from: i32,
  to: i32,
): void {
  rowSlopes<SigmoidCrossEntropy>(dp, p, targets, dloss, rows, columns, delta, from, to);
}
export function sigmoid_cross_entropy_backward_f32_units(rows: i32, columns: i32): i32 {
  return rowUnits(rows, columns, MIN_ELEMENTS);
}

@final
@unmanaged
class BinaryCrossEntropy {
  @inline loss<T>(p: T, t: T, _: T): T {
    const q = clip<T>(p);
    return negate<T>(add<T>(mul<T>(t, log<T>(q)), mul<T>(sub<T>(splat<T>(1), t), log<T>(sub<T>(splat<T>(1), q)))));
  }
  @inline slope<T>(p: T, t: T, _: T): T {
    const q = clip<T>(p);
    const slope = div<T>(sub<T>(q, t), mul<T>(q, sub<T>(splat<T>(1), q)));
    const inside = ifGreater<T>(p, splat<T>(SMALLEST), slope, splat<T>(0));
    return ifGreater<T>(splat<T>(<f32>1 - SMALLEST), p, inside, splat<T>(0));
  }
}
/** loss[rows] = the mean over a row of −targets * ln q − (1 − targets) * ln(1 − q), q being p clipped to [1e−7, 1 − 1e−7] */
export function binary_cross_entropy_f32(
  loss: usize,
  p: usize,
  targets: usize,
  rows: i32,
  columns: i32,
  delta: f32,
  from: i32,
  to: i32,
): void {
  rowMeans<BinaryCrossEntropy>(loss, p, targets, rows, columns, delta, from, to);
}
export function binary_cross_entropy_f32_units(rows: i32, columns: i32): i32 {
  return rowUnits(rows, columns, MIN_ELEMENTS);
}
/** dp[rows, columns] = slope * dloss[rows] / columns with slope = (p − targets) / (p * (1 − p)), 0 where p is clipped */
export function binary_cross_entropy_backward_f32(
  dp: usize,
  p: usize,
  targets: usize,
  dloss: usize,
  rows: i32,
  columns: i32,
  delta: f32,
  from: i32,
  to: i32,
): void {
  rowSlopes<BinaryCrossEntropy>(dp, p, targets, dloss, rows, columns, delta, from, to);
}
export function binary_cross_entropy_backward_f32_units(rows: i32, columns: i32): i32 {
  return rowUnits(rows, columns, MIN_ELEMENTS);
}

@final
@unmanaged
class SquaredError {
  @inline loss<T>(p: T, t: T, _: T): T {
    return mul<T>(sub<T>(p, t), sub<T>(p, t));
  }
  @inline slope<T>(p: T, t: T, _: T): T {
    return mul<T>(splat<T>(2), sub<T>(p, t));
  }
}
/** loss[rows] = the mean over a row of (p − targets)² */
export function squared_error_f32(loss: usize, p: usize, targets: usize, rows: i32, columns: i32, delta: f32, from: i32, to: i32): void {
  rowMeans<SquaredError>(loss, p, targets, rows, columns, delta, from, to);
}
export function squared_error_f32_units(rows: i32, columns: i32): i32 {
  return rowUnits(rows, columns, MIN_ELEMENTS);
}
/** dp[rows, columns] = slope * dloss[rows] / columns with slope = 2 (p − targets) */
export function squared_error_backward_f32(
  dp: usize,
  p: usize,
  targets: usize,
  dloss: usize,
  rows: i32,
  columns: i32,
  delta: f32,
  from: i32,
  to: i32,
): void {
  rowSlopes<SquaredError>(dp, p, targets, dloss, rows, columns, delta, from, to);
}
export function squared_error_backward_f32_units(rows: i32, columns: i32): i32 {
  return rowUnits(rows, columns, MIN_ELEMENTS);
}

@final
@unmanaged
class AbsoluteError {
  @inline loss<T>(p: T, t: T, _: T): T {
    return absolute<T>(sub<T>(p, t));
  }
  @inline slope<T>(p: T, t: T, _: T): T {
    const e = sub<T>(p, t);
    return ifGreater<T>(absolute<T>(e), splat<T>(0), withSignOf<T>(splat<T>(1), e), splat<T>(0));
  }
}
/** loss[rows] = the mean over a row of |p − targets| */
export function absolute_error_f32(loss: usize, p: usize, targets: usize, rows: i32, columns: i32, delta: f32, from: i32, to: i32): void {
  rowMeans<AbsoluteError>(loss, p, targets, rows, columns, delta, from, to);
}
export function absolute_error_f32_units(rows: i32, columns: i32): i32 {
  return rowUnits(rows, columns, MIN_ELEMENTS);
}
/** dp[rows, columns] = slope * dloss[rows] / columns with slope = sign(p − targets) */
export function absolute_error_backward_f32(
  dp: usize,
  p: usize,
  targets: usize,
  dloss: usize,
  rows: i32,
  columns: i32,
  delta: f32,
  from: i32,
  to: i32,
): void {
  rowSlopes<AbsoluteError>(dp, p, targets, dloss, rows, columns, delta, from, to);
}
export function absolute_error_backward_f32_units(rows: i32, columns: i32): i32 {
  return rowUnits(rows, columns, MIN_ELEMENTS);
}

/** Quadratic up to delta, then linear (Huber 1964). */
@final
@unmanaged
class Huber {
  @inline loss<T>(p: T, t: T, delta: T): T {
    const e = absolute<T>(sub<T>(p, t)),
      half = splat<T>(0.5);
    return ifGreater<T>(e, delta, mul<T>(delta, sub<T>(e, mul<T>(half, delta))), mul<T>(mul<T>(half, e), e));
  }
  @inline slope<T>(p: T, t: T, delta: T): T {
    return minimum<T>(maximum<T>(sub<T>(p, t), negate<T>(delta)), delta);
  }
}
/** loss[rows] = the mean over a row of e² / 2 where e <= delta, else delta * (e − delta / 2), with e = |p − targets| */
export function huber_f32(loss: usize, p: usize, targets: usize, rows: i32, columns: i32, delta: f32, from: i32, to: i32): void {
  rowMeans<Huber>(loss, p, targets, rows, columns, delta, from, to);
}
export function huber_f32_units(rows: i32, columns: i32): i32 {
  return rowUnits(rows, columns, MIN_ELEMENTS);
}
/** dp[rows, columns] = slope * dloss[rows] / columns with slope = p − targets, held in [−delta, delta] */
export function huber_backward_f32(
  dp: usize,
  p: usize,
  targets: usize,
  dloss: usize,
  rows: i32,
  columns: i32,
  delta: f32,
  from: i32,
  to: i32,
): void {
  rowSlopes<Huber>(dp, p, targets, dloss, rows, columns, delta, from, to);
}
export function huber_backward_f32_units(rows: i32, columns: i32): i32 {
  return rowUnits(rows, columns, MIN_ELEMENTS);
}
