// Batch normalisation's backward pass. dz is dy taken back through the activation, a block of rows that stays in the first-level cache at a
// time; it is written to dx, where the kernel of dx finds it. No faster (EPYC, Node 20): relu6 in the registers of the sums, 0.8 to 1.1 times
// the time with up to 16 channels, but 1.2 to 1.5 with 48, whose rows are then first read by columns; its slope once more
// from y or x in both kernels, without dz, 1.1 to 1.5.

import { activationBackward } from "../elementwise/fusedActivation";
import { add, loadLanes, madd, mul, SIMD, splat, storeLanes, sub } from "../lanes";
import { firstOf, itemEnd, itemUnits, LINE } from "../range";
import { inverseDeviation, PIECE_ROWS } from "./batchNorm";
import { blockEnd, blockUnits, linesOf } from "./blocks";

/** Rows of a block, whose sums begin from zero: part of the result. */
const ROWS: i32 = 32;

/**
 * partials[rows / 32, 2, channels] = Σ dz and Σ dz * (x[rows, channels] − mean[channels]) over blocks of 32 rows, dx[rows, channels] = dz by dy[rows, channels] and the output y[rows, channels]
 *
 * Where there is no activation, dz is dy; dx is not written and y not read.
 */
export function batch_norm_gradient_partials_f32(
  partials: usize,
  dx: usize,
  dy: usize,
  x: usize,
  y: usize,
  mean: usize,
  rows: i32,
  channels: i32,
  activation: i32,
  from: i32,
  to: i32,
): void {
  const lines = linesOf(channels),
    stride: usize = (<usize>channels) << 2,
    dz = activation ? dx : dy,
    end = blockEnd(rows, channels, ROWS, to);
  while (from < end) {
    const block = from / lines,
      line = from - block * lines,
      last = min(lines, line + end - from),
      row = block * ROWS,
      start = (<usize>firstOf(line, LINE)) << 2,
      count = min(channels, last * LINE) - line * LINE,
      at = <usize>row * stride + start,
      sums = partials + <usize>(2 * block) * stride + start,
      n = min(ROWS, rows - row);
    activationBackward(dx + at, dy + at, y + at, n, count, channels, activation);
    blockSums(sums, dz + at, x + at, mean + start, n, count, stride);
    from += last - line;
  }
}
export function batch_norm_gradient_partials_f32_units(rows: i32, channels: i32): i32 {
  return blockUnits(rows, channels, ROWS);
}

/** sums[2, count] = Σ dz and Σ dz (x − mean) over rows that lie `stride` bytes apart, as the sums do. */
function blockSums(sums: usize, dz: usize, x: usize, mean: usize, rows: i32, count: i32, stride: usize): void {
  const bytes: usize = (<usize>count) << 2;
  let c: usize = 0;
  if (SIMD) {
    for (; c + 32 <= bytes; c += 32) addUp<v128>(sums + c, dz + c, x + c, mean + c, rows, stride, 16);
    for (; c + 16 <= bytes; c += 16) addUp<v128>(sums + c, dz + c, x + c, mean + c, rows, stride, 0);
  }
  for (; c < bytes; c += 4) addUp<f32>(sums + c, dz + c, x + c, mean + c, rows, stride, 0);
}

/**
 * One column of lanes, and the one `beside` bytes further where that is not 0; the same below.
 * @inline
 */
function addUp<T>(sums: usize, dz: usize, x: usize, mean: usize, rows: i32, stride: usize, beside: usize): void {
  const m0 = loadLanes<T>(mean),
    m1 = loadLanes<T>(mean + beside);
  let sum0 = splat<T>(0),
    dot0 = sum0,
    sum1 = sum0,
    dot1 = sum0;
  for (; rows > 0; rows--, dz += stride, x += stride) {
    const dz0 = loadLanes<T>(dz);
    sum0 = add<T>(sum0, dz0);
    dot0 = madd<T>(dz0, sub<T>(loadLanes<T>(x), m0), dot0);
    if (beside) {
      const dz1 = loadLanes<T>(dz + beside);
      sum1 = add<T>(sum1, dz1);
      dot1 = madd<T>(dz1, sub<T>(loadLanes<T>(x + beside), m1), dot1);
    }
  }
  storeLanes<T>(sums, sum0);
  storeLanes<T>(sums + stride, dot0);
  if (beside) {
    storeLanes<T>(sums + beside, sum1);
    storeLanes<T>(sums + stride + beside, dot1);
  }
}

/**
 * dbeta[channels] = Σ dz and dgamma[channels] = Σ dz * (x − mean) / √(variance[channels] + epsilon), of partials[rows / 32, 2, channels] in the order of the blocks
 */
export function batch_norm_parameter_gradients_f32(
  dgamma: usize,
  dbeta: usize,
  partials: usize,
  variance: usize,
  rows: i32,
  channels: i32,
  epsilon: f32,
  from: i32,
  to: i32,
): void {
  const first = firstOf(from, LINE),
    stride: usize = (<usize>channels) << 2,
    start = (<usize>first) << 2,
    end = (<usize>itemEnd(channels, partialCount(rows), LINE, to)) << 2;
  let c = start;
  if (SIMD) for (; c + 16 <= end; c += 16) fold<v128>(dgamma + c, dbeta + c, partials + c, variance + c, rows, stride, epsilon);
  for (; c < end; c += 4) fold<f32>(dgamma + c, dbeta + c, partials + c, variance + c, rows, stride, epsilon);
}
export function batch_norm_parameter_gradients_f32_units(rows: i32, channels: i32): i32 {
  return itemUnits(channels, partialCount(rows), LINE);
}

/** Numbers of a channel in partials, about. */
function partialCount(rows: i32): i32 {
  return (2 * rows) / ROWS;
}

/** @inline */
function fold<T>(dgamma: usize, dbeta: usize, partials: usize, variance: usize, rows: i32, stride: usize, epsilon: f32): void {
  const inverse = inverseDeviation<T>(variance, epsilon);
  let sum = splat<T>(0),
    dot = sum;
  for (; rows > 0; rows -= ROWS, partials += 2 * stride) {
    sum = add<T>(sum, loadLanes<T>(partials));
    dot = madd<T>(loadLanes<T>(partials + stride), inverse, dot);
  }
  storeLanes<T>(dbeta, sum);
  storeLanes<T>(dgamma, dot);
}

/**
 * dx[rows, channels] = gamma[channels] * (dz[rows, channels] − dbeta[channels] / rows − normal * dgamma[channels] / rows) / √(variance[channels] + epsilon), normal = (x − mean[channels]) / √(variance + epsilon); dz may be dx; 16 rows a unit
 *
 * Without `training`, dx = gamma * dz / √(variance + epsilon): mean and variance are constants (inference statistics, frozen layers).
 */
export function batch_norm_input_gradient_f32(
  dx: usize,
  dz: usize,
  x: usize,
  gamma: usize,
  mean: usize,
  variance: usize,
  dgamma: usize,
  dbeta: usize,
  rows: i32,
  channels: i32,
  epsilon: f32,
  training: i32,
  from: i32,
  to: i32,
): void {
  const stride: usize = (<usize>channels) << 2,
    start = <usize>firstOf(from, LINE) * stride,
    // where mean and variance are constants, the sums do not enter
    share: f32 = training ? <f32>1 / <f32>rows : 0;
  dx += start;
  dz += start;
  x += start;
  for (let left = itemEnd(rows, channels, LINE, to) - firstOf(from, LINE); left > 0; left -= PIECE_ROWS) {
    const count = min(PIECE_ROWS, left),
      step = <usize>count * stride;
    let c: usize = 0;
    if (SIMD) {
      for (; c + 32 <= stride; c += 32) column<v128>(dx, dz, x, gamma, mean, variance, dgamma, dbeta, c, count, stride, share, epsilon, 16);
      for (; c + 16 <= stride; c += 16) column<v128>(dx, dz, x, gamma, mean, variance, dgamma, dbeta, c, count, stride, share, epsilon, 0);
    }
    for (; c < stride; c += 4) column<f32>(dx, dz, x, gamma, mean, variance, dgamma, dbeta, c, count, stride, share, epsilon, 0);
    dx += step;
    dz += step;
    x += step;
  }
}
export function batch_norm_input_gradient_f32_units(rows: i32, channels: i32): i32 {
  return itemUnits(rows, channels, LINE);
}

/**
 * dx = scale (dz − Σ dz / rows − (x − mean) Σ dz · normalised x / rows / deviation), from byte c of the channels on; share is 1 / rows.
 * @inline
 */
function column<T>(
  dx: usize,
  dz: usize,
  x: usize,
  gamma: usize,
  mean: usize,
  variance: usize,
  dgamma: usize,
  dbeta: usize,
  c: usize,
  rows: i32,
  stride: usize,
  share: f32,
  epsilon: f32,
  beside: usize,
): void {
  const d = c + beside,
    part = splat<T>(share),
    inverse0 = inverseDeviation<T>(variance + c, epsilon),
    inverse1 = inverseDeviation<T>(variance + d, epsilon);
  const scale0 = mul<T>(loadLanes<T>(gamma + c), inverse0),
    scale1 = mul<T>(loadLanes<T>(gamma + d), inverse1);
  const m0 = loadLanes<T>(mean + c),
    m1 = loadLanes<T>(mean + d);
  const mean0 = mul<T>(loadLanes<T>(dbeta + c), part),
    mean1 = mul<T>(loadLanes<T>(dbeta + d), part);
  const dot0 = mul<T>(mul<T>(loadLanes<T>(dgamma + c), part), inverse0),
    dot1 = mul<T>(mul<T>(loadLanes<T>(dgamma + d), part), inverse1);
  dx += c;
  dz += c;
  x += c;
  for (; rows > 0; rows--, dx += stride, dz += stride, x += stride) {
    storeLanes<T>(dx, mul<T>(sub<T>(sub<T>(loadLanes<T>(dz), mean0), mul<T>(sub<T>(loadLanes<T>(x), m0), dot0)), scale0));
    if (beside)
      storeLanes<T>(
        dx + beside,
        mul<T>(sub<T>(sub<T>(loadLanes<T>(dz + beside), mean1), mul<T>(sub<T>(loadLanes<T>(x + beside), m1), dot1)), scale1),
      );
  }
}
