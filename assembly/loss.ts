// Losses per example, forward and backward. A unit is a row. The targets take no gradient.
// Softmax cross-entropy is fused: one pass gives the loss and the probabilities, the gradient needs no logarithm.

import { absolute, add, div, ifGreater, maximum, minimum, mul, negate, splat, sub, withSignOf } from "./lanes";
import { expOfNegative, log, log1p, sigmoid } from "./math";
import { itemsIn, MIN_ELEMENTS, MIN_SLOW_ELEMENTS, unitsOfItems } from "./range";
import { softmaxRow } from "./softmax";
import { sumPlain } from "./sums";

/** loss[rows] = −Σ targets * ln p over a row with p[rows, columns] = softmax(logits), which is kept */
export function softmax_cross_entropy_f32(loss: usize, p: usize, logits: usize, targets: usize, rows: i32, columns: i32, from: i32, to: i32): void {
  const row: usize = <usize>columns << 2, start = <usize>from * row;
  loss += <usize>from << 2; p += start; logits += start; targets += start;
  for (let r = itemsIn(rows, columns, 1, MIN_SLOW_ELEMENTS, from, to); r > 0; r--, loss += 4, p += row, logits += row, targets += row) {
    const logPartition = softmaxRow(p, logits, columns);
    let sum: f32 = 0;
    for (let c: usize = 0; c < row; c += 4) {
      const t = load<f32>(targets + c);
      if (t != 0) sum = sum + t * (logPartition - load<f32>(logits + c));
    }
    store<f32>(loss, sum);
  }
}
export function softmax_cross_entropy_f32_units(rows: i32, columns: i32): i32 { return unitsOfItems(rows, columns, 1, MIN_SLOW_ELEMENTS); }

/** dlogits[rows, columns] = (p * Σ targets − targets) * dloss[rows], the sum over a row */
export function softmax_cross_entropy_backward_f32(dlogits: usize, p: usize, targets: usize, dloss: usize, rows: i32, columns: i32, from: i32, to: i32): void {
  const start = <usize>(from * columns) << 2;
  dlogits += start; p += start; targets += start; dloss += <usize>from << 2;
  for (let r = itemsIn(rows, columns, 1, MIN_ELEMENTS, from, to); r > 0; r--, dloss += 4) {
    const scale = load<f32>(dloss), total = sumPlain(targets, columns);
    for (let c = 0; c < columns; c++, dlogits += 4, p += 4, targets += 4)
      store<f32>(dlogits, (load<f32>(p) * total - load<f32>(targets)) * scale);
  }
}
export function softmax_cross_entropy_backward_f32_units(rows: i32, columns: i32): i32 { return unitsOfItems(rows, columns, 1, MIN_ELEMENTS); }

const SMALLEST: f32 = 1e-7;

// @ts-ignore: decorator
@inline function clip<T>(p: T): T { return minimum<T>(maximum<T>(p, splat<T>(SMALLEST)), splat<T>(<f32>1 - SMALLEST)); }

/**
 * loss[rows] = −Σ targets * ln q over a row, q[rows, columns] being p divided by the sum of its row and clipped to
 * [1e−7, 1 − 1e−7], as Keras does it
 */
export function cross_entropy_f32(loss: usize, p: usize, targets: usize, rows: i32, columns: i32, from: i32, to: i32): void {
  const row: usize = <usize>columns << 2, start = <usize>from * row;
  loss += <usize>from << 2; p += start; targets += start;
  for (let r = itemsIn(rows, columns, 1, MIN_SLOW_ELEMENTS, from, to); r > 0; r--, loss += 4, p += row) {
    const total = sumPlain(p, columns);
    let sum: f32 = 0;
    for (let c: usize = 0; c < row; c += 4, targets += 4)
      sum = sum - load<f32>(targets) * log<f32>(clip<f32>(load<f32>(p + c) / total));
    store<f32>(loss, sum);
  }
}
export function cross_entropy_f32_units(rows: i32, columns: i32): i32 { return unitsOfItems(rows, columns, 1, MIN_SLOW_ELEMENTS); }

/** dp[rows, columns] = (slope − Σ slope * q) * dloss[rows] / Σ p with slope = −targets / q, 0 where q is clipped; the sums over a row */
export function cross_entropy_backward_f32(dp: usize, p: usize, targets: usize, dloss: usize, rows: i32, columns: i32, from: i32, to: i32): void {
  const row: usize = <usize>columns << 2, start = <usize>from * row;
  dp += start; p += start; targets += start; dloss += <usize>from << 2;
  for (let r = itemsIn(rows, columns, 1, MIN_ELEMENTS, from, to); r > 0; r--, dloss += 4, dp += row, p += row, targets += row) {
    const total = sumPlain(p, columns), scale = load<f32>(dloss) / total;
    let dot: f32 = 0;
    for (let c: usize = 0; c < row; c += 4) {
      const q = load<f32>(p + c) / total;
      const slope: f32 = q > SMALLEST && q < <f32>1 - SMALLEST ? -load<f32>(targets + c) / q : 0;
      store<f32>(dp + c, slope);
      dot = dot + slope * q;
    }
    for (let c: usize = 0; c < row; c += 4) store<f32>(dp + c, (load<f32>(dp + c) - dot) * scale);
  }
}
export function cross_entropy_backward_f32_units(rows: i32, columns: i32): i32 { return unitsOfItems(rows, columns, 1, MIN_ELEMENTS); }

// Losses that are a mean over a row of a function of one prediction p and one target. Only Huber's takes delta.

function rowUnits(rows: i32, columns: i32): i32 { return unitsOfItems(rows, columns, 1, MIN_ELEMENTS); }
function rowsIn(rows: i32, columns: i32, from: i32, to: i32): i32 { return itemsIn(rows, columns, 1, MIN_ELEMENTS, from, to); }

// @ts-ignore: decorator
@inline function rowMeans<F>(loss: usize, p: usize, targets: usize, rows: i32, columns: i32, delta: f32, from: i32, to: i32): void {
  const f = changetype<F>(0), start = <usize>(from * columns) << 2;
  loss += <usize>from << 2; p += start; targets += start;
  for (let r = rowsIn(rows, columns, from, to); r > 0; r--, loss += 4) {
    let sum: f32 = 0;
    for (let c = 0; c < columns; c++, p += 4, targets += 4) sum = sum + f.loss<f32>(load<f32>(p), load<f32>(targets), delta);
    store<f32>(loss, sum / <f32>columns);
  }
}

// @ts-ignore: decorator
@inline function rowSlopes<F>(dp: usize, p: usize, targets: usize, dloss: usize, rows: i32, columns: i32, delta: f32, from: i32, to: i32): void {
  const f = changetype<F>(0), start = <usize>(from * columns) << 2;
  dp += start; p += start; targets += start; dloss += <usize>from << 2;
  for (let r = rowsIn(rows, columns, from, to); r > 0; r--, dloss += 4) {
    const scale = load<f32>(dloss) / <f32>columns;
    for (let c = 0; c < columns; c++, dp += 4, p += 4, targets += 4) store<f32>(dp, f.slope<f32>(load<f32>(p), load<f32>(targets), delta) * scale);
  }
}

@final @unmanaged class SigmoidCrossEntropy {
  @inline loss<T>(z: T, t: T, _: T): T { return add<T>(sub<T>(maximum<T>(z, splat<T>(0)), mul<T>(z, t)), log1p<T>(expOfNegative<T>(negate<T>(absolute<T>(z))))); }
  @inline slope<T>(z: T, t: T, _: T): T { return sub<T>(sigmoid<T>(z), t); }
}
/** loss[rows] = the mean over a row of max(p, 0) − p * targets + ln(1 + e^−|p|) */
export function sigmoid_cross_entropy_f32(loss: usize, p: usize, targets: usize, rows: i32, columns: i32, delta: f32, from: i32, to: i32): void { rowMeans<SigmoidCrossEntropy>(loss, p, targets, rows, columns, delta, from, to); }
export function sigmoid_cross_entropy_f32_units(rows: i32, columns: i32): i32 { return rowUnits(rows, columns); }
/** dp[rows, columns] = slope * dloss[rows] / columns with slope = sigmoid(p) − targets */
export function sigmoid_cross_entropy_backward_f32(dp: usize, p: usize, targets: usize, dloss: usize, rows: i32, columns: i32, delta: f32, from: i32, to: i32): void { rowSlopes<SigmoidCrossEntropy>(dp, p, targets, dloss, rows, columns, delta, from, to); }
export function sigmoid_cross_entropy_backward_f32_units(rows: i32, columns: i32): i32 { return rowUnits(rows, columns); }

@final @unmanaged class BinaryCrossEntropy {
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
export function binary_cross_entropy_f32(loss: usize, p: usize, targets: usize, rows: i32, columns: i32, delta: f32, from: i32, to: i32): void { rowMeans<BinaryCrossEntropy>(loss, p, targets, rows, columns, delta, from, to); }
export function binary_cross_entropy_f32_units(rows: i32, columns: i32): i32 { return rowUnits(rows, columns); }
/** dp[rows, columns] = slope * dloss[rows] / columns with slope = (p − targets) / (p * (1 − p)), 0 where p is clipped */
export function binary_cross_entropy_backward_f32(dp: usize, p: usize, targets: usize, dloss: usize, rows: i32, columns: i32, delta: f32, from: i32, to: i32): void { rowSlopes<BinaryCrossEntropy>(dp, p, targets, dloss, rows, columns, delta, from, to); }
export function binary_cross_entropy_backward_f32_units(rows: i32, columns: i32): i32 { return rowUnits(rows, columns); }

@final @unmanaged class SquaredError {
  @inline loss<T>(p: T, t: T, _: T): T { return mul<T>(sub<T>(p, t), sub<T>(p, t)); }
  @inline slope<T>(p: T, t: T, _: T): T { return mul<T>(splat<T>(2), sub<T>(p, t)); }
}
/** loss[rows] = the mean over a row of (p − targets)² */
export function squared_error_f32(loss: usize, p: usize, targets: usize, rows: i32, columns: i32, delta: f32, from: i32, to: i32): void { rowMeans<SquaredError>(loss, p, targets, rows, columns, delta, from, to); }
export function squared_error_f32_units(rows: i32, columns: i32): i32 { return rowUnits(rows, columns); }
/** dp[rows, columns] = slope * dloss[rows] / columns with slope = 2 (p − targets) */
export function squared_error_backward_f32(dp: usize, p: usize, targets: usize, dloss: usize, rows: i32, columns: i32, delta: f32, from: i32, to: i32): void { rowSlopes<SquaredError>(dp, p, targets, dloss, rows, columns, delta, from, to); }
export function squared_error_backward_f32_units(rows: i32, columns: i32): i32 { return rowUnits(rows, columns); }

@final @unmanaged class AbsoluteError {
  @inline loss<T>(p: T, t: T, _: T): T { return absolute<T>(sub<T>(p, t)); }
  @inline slope<T>(p: T, t: T, _: T): T {
    const e = sub<T>(p, t);
    return ifGreater<T>(absolute<T>(e), splat<T>(0), withSignOf<T>(splat<T>(1), e), splat<T>(0));
  }
}
/** loss[rows] = the mean over a row of |p − targets| */
export function absolute_error_f32(loss: usize, p: usize, targets: usize, rows: i32, columns: i32, delta: f32, from: i32, to: i32): void { rowMeans<AbsoluteError>(loss, p, targets, rows, columns, delta, from, to); }
export function absolute_error_f32_units(rows: i32, columns: i32): i32 { return rowUnits(rows, columns); }
/** dp[rows, columns] = slope * dloss[rows] / columns with slope = sign(p − targets) */
export function absolute_error_backward_f32(dp: usize, p: usize, targets: usize, dloss: usize, rows: i32, columns: i32, delta: f32, from: i32, to: i32): void { rowSlopes<AbsoluteError>(dp, p, targets, dloss, rows, columns, delta, from, to); }
export function absolute_error_backward_f32_units(rows: i32, columns: i32): i32 { return rowUnits(rows, columns); }

/** Quadratic up to delta, then linear (Huber 1964). */
@final @unmanaged class Huber {
  @inline loss<T>(p: T, t: T, delta: T): T {
    const e = absolute<T>(sub<T>(p, t)), half = splat<T>(0.5);
    return ifGreater<T>(e, delta, mul<T>(delta, sub<T>(e, mul<T>(half, delta))), mul<T>(mul<T>(half, e), e));
  }
  @inline slope<T>(p: T, t: T, delta: T): T { return minimum<T>(maximum<T>(sub<T>(p, t), negate<T>(delta)), delta); }
}
/** loss[rows] = the mean over a row of e² / 2 where e <= delta, else delta * (e − delta / 2), with e = |p − targets| */
export function huber_f32(loss: usize, p: usize, targets: usize, rows: i32, columns: i32, delta: f32, from: i32, to: i32): void { rowMeans<Huber>(loss, p, targets, rows, columns, delta, from, to); }
export function huber_f32_units(rows: i32, columns: i32): i32 { return rowUnits(rows, columns); }
/** dp[rows, columns] = slope * dloss[rows] / columns with slope = p − targets, held in [−delta, delta] */
export function huber_backward_f32(dp: usize, p: usize, targets: usize, dloss: usize, rows: i32, columns: i32, delta: f32, from: i32, to: i32): void { rowSlopes<Huber>(dp, p, targets, dloss, rows, columns, delta, from, to); }
export function huber_backward_f32_units(rows: i32, columns: i32): i32 { return rowUnits(rows, columns); }
