// Cross-entropies of classes per example, forward and backward. A unit is a row. The targets take no gradient.
// Softmax cross-entropy is fused: one pass gives the loss and the probabilities, the gradient needs no logarithm.

import { log } from "../math";
import { MIN_ELEMENTS, MIN_SLOW_ELEMENTS, rowEnd, rowUnits } from "../range";
import { clip, SMALLEST } from "./probability";
import { softmaxRow } from "./softmax";
import { sumPlain } from "./sums";

/** loss[rows] = −Σ targets * ln p over a row with p[rows, columns] = softmax(logits), which is kept */
export function softmax_cross_entropy_f32(
  loss: usize,
  p: usize,
  logits: usize,
  targets: usize,
  rows: i32,
  columns: i32,
  from: i32,
  to: i32,
): void {
  const row: usize = (<usize>columns) << 2,
    end = rowEnd(rows, columns, MIN_SLOW_ELEMENTS, to);
  for (let i = <usize>from * row; from < end; from++) {
    const logPartition = softmaxRow(p + i, logits + i, columns);
    let sum: f32 = 0;
    for (const next = i + row; i < next; i += 4) {
      const t = load<f32>(targets + i);
      if (t != 0) sum = sum + t * (logPartition - load<f32>(logits + i));
    }
    store<f32>(loss + ((<usize>from) << 2), sum);
  }
}
export function softmax_cross_entropy_f32_units(rows: i32, columns: i32): i32 {
  return rowUnits(rows, columns, MIN_SLOW_ELEMENTS);
}

/** dlogits[rows, columns] = (p * Σ targets − targets) * dloss[rows], the sum over a row */
export function softmax_cross_entropy_backward_f32(
  dlogits: usize,
  p: usize,
  targets: usize,
  dloss: usize,
  rows: i32,
  columns: i32,
  from: i32,
  to: i32,
): void {
  const row: usize = (<usize>columns) << 2,
    end = rowEnd(rows, columns, MIN_ELEMENTS, to);
  for (let i = <usize>from * row; from < end; from++) {
    const scale = load<f32>(dloss + ((<usize>from) << 2)),
      total = sumPlain(targets + i, columns);
    for (const next = i + row; i < next; i += 4) store<f32>(dlogits + i, (load<f32>(p + i) * total - load<f32>(targets + i)) * scale);
  }
}
export function softmax_cross_entropy_backward_f32_units(rows: i32, columns: i32): i32 {
  return rowUnits(rows, columns, MIN_ELEMENTS);
}

/**
 * loss[rows] = −Σ targets * ln q over a row, q[rows, columns] being p divided by the sum of its row and clipped to
 * [1e−7, 1 − 1e−7], as Keras does it
 */
export function cross_entropy_f32(loss: usize, p: usize, targets: usize, rows: i32, columns: i32, from: i32, to: i32): void {
  const row: usize = (<usize>columns) << 2,
    end = rowEnd(rows, columns, MIN_SLOW_ELEMENTS, to);
  for (let i = <usize>from * row; from < end; from++) {
    const total = sumPlain(p + i, columns);
    let sum: f32 = 0;
    for (const next = i + row; i < next; i += 4) sum = sum - load<f32>(targets + i) * log<f32>(clip<f32>(load<f32>(p + i) / total));
    store<f32>(loss + ((<usize>from) << 2), sum);
  }
}
export function cross_entropy_f32_units(rows: i32, columns: i32): i32 {
  return rowUnits(rows, columns, MIN_SLOW_ELEMENTS);
}

/** dp[rows, columns] = (slope − Σ slope * q) * dloss[rows] / Σ p with slope = −targets / q, 0 where q is clipped; the sums over a row */
export function cross_entropy_backward_f32(
  dp: usize,
  p: usize,
  targets: usize,
  dloss: usize,
  rows: i32,
  columns: i32,
  from: i32,
  to: i32,
): void {
  const row: usize = (<usize>columns) << 2,
    end = rowEnd(rows, columns, MIN_ELEMENTS, to);
  for (let i = <usize>from * row; from < end; from++) {
    const total = sumPlain(p + i, columns),
      scale = load<f32>(dloss + ((<usize>from) << 2)) / total,
      next = i + row;
    let dot: f32 = 0;
    for (let at = i; at < next; at += 4) {
      const q = load<f32>(p + at) / total;
      const slope: f32 = q > SMALLEST && q < <f32>1 - SMALLEST ? -load<f32>(targets + at) / q : 0;
      store<f32>(dp + at, slope);
      dot = dot + slope * q;
    }
    for (; i < next; i += 4) store<f32>(dp + i, (load<f32>(dp + i) - dot) * scale);
  }
}
export function cross_entropy_backward_f32_units(rows: i32, columns: i32): i32 {
  return rowUnits(rows, columns, MIN_ELEMENTS);
}
