// Batch normalisation (Ioffe and Szegedy, arXiv:1502.03167), forward and backward: of [rows, channels], statistics a channel.
// Variances are biased (divided by the count) and taken around the mean in a second pass.
// Measured on one core of an AMD EPYC (Node 20, simd), [50176, 32], ms: with a sigmoid forward 3.2 (6.2 before it was
// fused and faster), backward 1.8 (2.8); statistics 0.46 (0.76).

import { applyActivation } from "./activation";
import { activationBackward } from "../elementwise/fusedActivation";
import { add, div, loadLanes, madd, mul, SIMD, splat, squareRoot, storeLanes, sub } from "../lanes";
import { elementStart, firstOf, itemEnd, itemUnits, LINE } from "../range";
import { sumRows, sumSquaredDeviations } from "../reduction/sums";

/**
 * Rows that are walked together, eight channels at a time, then by the activation: three arrays of 32 rows of 64
 * channels are 24 KiB, which L1 holds. With 256 rows [50176, 32] took 1.4 times as long.
 */
const CHUNK_ROWS: i32 = 32;

// What sums over the rows is cut by channels, a cache line of them a unit.

function channelUnits(rows: i32, channels: i32): i32 {
  return itemUnits(channels, rows, LINE);
}
function channelCount(rows: i32, channels: i32, from: i32, to: i32): i32 {
  return itemEnd(channels, rows, LINE, to) - firstOf(from, LINE);
}

/** mean[channels], variance[channels] of x[rows, channels] over the rows */
export function batch_norm_statistics_f32(mean: usize, variance: usize, x: usize, rows: i32, channels: i32, from: i32, to: i32): void {
  const start = elementStart(from),
    stride: usize = (<usize>channels) << 2,
    count = channelCount(rows, channels, from, to);
  mean += start;
  variance += start;
  x += start;
  sumRows(mean, x, rows, count, stride);
  divideBy(mean, count, <f32>rows);
  sumSquaredDeviations(variance, mean, x, rows, count, stride);
  divideBy(variance, count, <f32>rows);
}
export function batch_norm_statistics_f32_units(rows: i32, channels: i32): i32 {
  return channelUnits(rows, channels);
}

function divideBy(x: usize, n: i32, divisor: f32): void {
  for (const end = x + ((<usize>n) << 2); x < end; x += 4) store<f32>(x, load<f32>(x) / divisor);
}

/**
 * moving[n] = moving[n] * momentum + batch[n] * (1 − momentum); a batch value that is not finite is left out
 * Serial: n is the number of channels, too few to share.
 */
export function moving_average_f32(moving: usize, batch: usize, n: i32, momentum: f32): void {
  for (let i: usize = 0; i < (<usize>n) << 2; i += 4) {
    const value = load<f32>(batch + i);
    if (value - value == 0) store<f32>(moving + i, load<f32>(moving + i) * momentum + value * (<f32>1 - momentum));
  }
}

/** y[rows, channels] = activation(gamma[channels] * (x − mean[channels]) / √(variance[channels] + epsilon) + beta[channels]); 16 rows a unit */
export function batch_norm_f32(
  y: usize,
  x: usize,
  gamma: usize,
  beta: usize,
  mean: usize,
  variance: usize,
  rows: i32,
  channels: i32,
  epsilon: f32,
  activation: i32,
  from: i32,
  to: i32,
): void {
  const stride: usize = (<usize>channels) << 2,
    start = <usize>firstOf(from, LINE) * stride;
  x += start;
  y += start;
  for (
    rows = itemEnd(rows, channels, LINE, to) - firstOf(from, LINE);
    rows > 0;
    rows -= CHUNK_ROWS, x += <usize>CHUNK_ROWS * stride, y += <usize>CHUNK_ROWS * stride
  ) {
    const count = min(CHUNK_ROWS, rows);
    let c: usize = 0;
    if (SIMD) {
      for (; c + 32 <= stride; c += 32)
        normalise<v128>(y + c, x + c, gamma + c, beta + c, mean + c, variance + c, count, stride, epsilon, 16);
      for (; c + 16 <= stride; c += 16)
        normalise<v128>(y + c, x + c, gamma + c, beta + c, mean + c, variance + c, count, stride, epsilon, 0);
    }
    for (; c < stride; c += 4) normalise<f32>(y + c, x + c, gamma + c, beta + c, mean + c, variance + c, count, stride, epsilon, 0);
    applyActivation(y, count * channels, activation);
  }
}
export function batch_norm_f32_units(rows: i32, channels: i32): i32 {
  return itemUnits(rows, channels, LINE);
}

/**
 * One column of lanes, and the one `beside` bytes further where that is not 0; the same below.
 * @inline
 */
function normalise<T>(
  y: usize,
  x: usize,
  gamma: usize,
  beta: usize,
  mean: usize,
  variance: usize,
  rows: i32,
  stride: usize,
  epsilon: f32,
  beside: usize,
): void {
  const m0 = loadLanes<T>(mean),
    shift0 = loadLanes<T>(beta),
    scale0 = mul<T>(loadLanes<T>(gamma), inverseDeviation<T>(variance, epsilon));
  const m1 = loadLanes<T>(mean + beside),
    shift1 = loadLanes<T>(beta + beside),
    scale1 = mul<T>(loadLanes<T>(gamma + beside), inverseDeviation<T>(variance + beside, epsilon));
  for (; rows > 0; rows--, x += stride, y += stride) {
    storeLanes<T>(y, madd<T>(sub<T>(loadLanes<T>(x), m0), scale0, shift0));
    if (beside) storeLanes<T>(y + beside, madd<T>(sub<T>(loadLanes<T>(x + beside), m1), scale1, shift1));
  }
}

/**
 * dx[rows, channels] = gamma[channels] * (dz − dbeta / rows − normal * dgamma / rows) / √(variance[channels] + epsilon), dgamma[channels] = Σ dz * normal, dbeta[channels] = Σ dz
 * with normal = (x − mean[channels]) / √(variance + epsilon), the sums over the rows. dz[rows, channels] is dy taken back through the
 * activation, which reads the output y; where there is none, dz is dy and y is not read.
 */
export function batch_norm_backward_f32(
  dx: usize,
  dgamma: usize,
  dbeta: usize,
  dy: usize,
  x: usize,
  y: usize,
  gamma: usize,
  mean: usize,
  variance: usize,
  rows: i32,
  channels: i32,
  epsilon: f32,
  activation: i32,
  from: i32,
  to: i32,
): void {
  backward(dx, dgamma, dbeta, dy, x, y, gamma, mean, variance, rows, channels, epsilon, activation, from, to, true);
}
export function batch_norm_backward_f32_units(rows: i32, channels: i32): i32 {
  return channelUnits(rows, channels);
}

/** dx[rows, channels] = gamma[channels] * dz / √(variance[channels] + epsilon), dgamma[channels] and dbeta[channels] as above, of dz, by dy and y, and x: mean[channels] and variance are constants (inference statistics, frozen layers) */
export function batch_norm_inference_backward_f32(
  dx: usize,
  dgamma: usize,
  dbeta: usize,
  dy: usize,
  x: usize,
  y: usize,
  gamma: usize,
  mean: usize,
  variance: usize,
  rows: i32,
  channels: i32,
  epsilon: f32,
  activation: i32,
  from: i32,
  to: i32,
): void {
  backward(dx, dgamma, dbeta, dy, x, y, gamma, mean, variance, rows, channels, epsilon, activation, from, to, false);
}
export function batch_norm_inference_backward_f32_units(rows: i32, channels: i32): i32 {
  return channelUnits(rows, channels);
}

/** First the sums over the rows, dbeta and dgamma, then dx from them; dx holds dz meanwhile. */
function backward(
  dx: usize,
  dgamma: usize,
  dbeta: usize,
  dy: usize,
  x: usize,
  y: usize,
  gamma: usize,
  mean: usize,
  variance: usize,
  rows: i32,
  channels: i32,
  epsilon: f32,
  activation: i32,
  from: i32,
  to: i32,
  throughStatistics: bool,
): void {
  const start = elementStart(from),
    step: usize = (<usize>channels) << 2,
    count = channelCount(rows, channels, from, to),
    bytes: usize = (<usize>count) << 2;
  dx += start;
  dgamma += start;
  dbeta += start;
  dy += start;
  x += start;
  y += start;
  gamma += start;
  mean += start;
  variance += start;
  const dz = activation ? dx : dy;
  memory.fill(dgamma, 0, bytes);
  memory.fill(dbeta, 0, bytes);
  for (let row = 0; row < rows; row += CHUNK_ROWS) {
    const at = <usize>row * step,
      n = min(CHUNK_ROWS, rows - row);
    activationBackward(dx + at, dy + at, y + at, n, count, channels, activation);
    let c: usize = 0;
    if (SIMD) {
      for (; c + 32 <= bytes; c += 32)
        addGradients<v128>(dgamma + c, dbeta + c, dz + at + c, x + at + c, mean + c, variance + c, n, step, epsilon, 16);
      for (; c + 16 <= bytes; c += 16)
        addGradients<v128>(dgamma + c, dbeta + c, dz + at + c, x + at + c, mean + c, variance + c, n, step, epsilon, 0);
    }
    for (; c < bytes; c += 4)
      addGradients<f32>(dgamma + c, dbeta + c, dz + at + c, x + at + c, mean + c, variance + c, n, step, epsilon, 0);
  }
  // where mean and variance are constants, the sums do not enter
  const share: f32 = throughStatistics ? <f32>1 / <f32>rows : 0;
  for (let row = 0; row < rows; row += CHUNK_ROWS) {
    const at = <usize>row * step,
      n = min(CHUNK_ROWS, rows - row);
    let c: usize = 0;
    if (SIMD) {
      for (; c + 32 <= bytes; c += 32)
        inputGradients<v128>(
          dx + at + c,
          dgamma + c,
          dbeta + c,
          dz + at + c,
          x + at + c,
          gamma + c,
          mean + c,
          variance + c,
          n,
          step,
          share,
          epsilon,
          16,
        );
      for (; c + 16 <= bytes; c += 16)
        inputGradients<v128>(
          dx + at + c,
          dgamma + c,
          dbeta + c,
          dz + at + c,
          x + at + c,
          gamma + c,
          mean + c,
          variance + c,
          n,
          step,
          share,
          epsilon,
          0,
        );
    }
    for (; c < bytes; c += 4)
      inputGradients<f32>(
        dx + at + c,
        dgamma + c,
        dbeta + c,
        dz + at + c,
        x + at + c,
        gamma + c,
        mean + c,
        variance + c,
        n,
        step,
        share,
        epsilon,
        0,
      );
  }
}

/**
 * 1 / √(variance + epsilon)
 * @inline
 */
function inverseDeviation<T>(variance: usize, epsilon: f32): T {
  return div<T>(splat<T>(1), squareRoot<T>(add<T>(loadLanes<T>(variance), splat<T>(epsilon))));
}

/**
 * dbeta += Σ dy, dgamma += Σ dy · normalised x, over a piece's rows.
 * @inline
 */
function addGradients<T>(
  dgamma: usize,
  dbeta: usize,
  dy: usize,
  x: usize,
  mean: usize,
  variance: usize,
  rows: i32,
  stride: usize,
  epsilon: f32,
  beside: usize,
): void {
  const m0 = loadLanes<T>(mean),
    m1 = loadLanes<T>(mean + beside);
  let sum0 = splat<T>(0),
    dot0 = sum0,
    sum1 = sum0,
    dot1 = sum0;
  for (; rows > 0; rows--, x += stride, dy += stride) {
    const dy0 = loadLanes<T>(dy);
    sum0 = add<T>(sum0, dy0);
    dot0 = madd<T>(dy0, sub<T>(loadLanes<T>(x), m0), dot0);
    if (beside) {
      const dy1 = loadLanes<T>(dy + beside);
      sum1 = add<T>(sum1, dy1);
      dot1 = madd<T>(dy1, sub<T>(loadLanes<T>(x + beside), m1), dot1);
    }
  }
  addScaled<T>(dbeta, sum0, splat<T>(1));
  addScaled<T>(dgamma, dot0, inverseDeviation<T>(variance, epsilon));
  if (beside) {
    addScaled<T>(dbeta + beside, sum1, splat<T>(1));
    addScaled<T>(dgamma + beside, dot1, inverseDeviation<T>(variance + beside, epsilon));
  }
}

/** @inline */
function addScaled<T>(total: usize, sum: T, scale: T): void {
  storeLanes<T>(total, madd<T>(sum, scale, loadLanes<T>(total)));
}

/**
 * dx = scale (dy − Σ dy / rows − normalised x Σ dy · normalised x / rows); share is 1 / rows.
 * @inline
 */
function inputGradients<T>(
  dx: usize,
  dgamma: usize,
  dbeta: usize,
  dy: usize,
  x: usize,
  gamma: usize,
  mean: usize,
  variance: usize,
  rows: i32,
  stride: usize,
  share: f32,
  epsilon: f32,
  beside: usize,
): void {
  const inverse0 = inverseDeviation<T>(variance, epsilon),
    inverse1 = inverseDeviation<T>(variance + beside, epsilon),
    part = splat<T>(share);
  const scale0 = mul<T>(loadLanes<T>(gamma), inverse0),
    scale1 = mul<T>(loadLanes<T>(gamma + beside), inverse1);
  const m0 = loadLanes<T>(mean),
    m1 = loadLanes<T>(mean + beside);
  const mean0 = mul<T>(loadLanes<T>(dbeta), part),
    mean1 = mul<T>(loadLanes<T>(dbeta + beside), part);
  const dot0 = mul<T>(mul<T>(loadLanes<T>(dgamma), part), inverse0),
    dot1 = mul<T>(mul<T>(loadLanes<T>(dgamma + beside), part), inverse1);
  for (; rows > 0; rows--, dx += stride, dy += stride, x += stride) {
    storeLanes<T>(dx, mul<T>(sub<T>(sub<T>(loadLanes<T>(dy), mean0), mul<T>(sub<T>(loadLanes<T>(x), m0), dot0)), scale0));
    if (beside)
      storeLanes<T>(
        dx + beside,
        mul<T>(sub<T>(sub<T>(loadLanes<T>(dy + beside), mean1), mul<T>(sub<T>(loadLanes<T>(x + beside), m1), dot1)), scale1),
      );
  }
}
