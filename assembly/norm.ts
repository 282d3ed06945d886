// Batch and layer normalisation, forward and backward.
// Batch normalisation (Ioffe and Szegedy, arXiv:1502.03167) sees [rows, channels], statistics per channel;
// layer normalisation (Ba et al., arXiv:1607.06450) sees [rows, columns], statistics per row.
// Variances are biased (divided by the count) and taken around the mean in a second pass.

import { add, div, loadLanes, mul, SIMD, splat, squareRoot, storeLanes, sub } from "./lanes";
import { sumPlain } from "./reduce";

const CHUNK_ROWS: i32 = 256;

/**
 * mean[c], variance[c] over the rows; sums in pieces of CHUNK_ROWS rows, added in order. A piece is walked channel by
 * channel while it stays in the cache: by channels alone every row would be fetched again for every four of them.
 */
export function batch_norm_statistics_f32(mean: usize, variance: usize, x: usize, rows: i32, channels: i32): void {
  const stride: usize = <usize>channels << 2;
  memory.fill(mean, 0, stride);
  memory.fill(variance, 0, stride);
  for (let start = 0; start < rows; start += CHUNK_ROWS) {
    const piece = x + <usize>start * stride, count = min(CHUNK_ROWS, rows - start);
    let c: usize = 0;
    if (SIMD) for (; c + 16 <= stride; c += 16) addSum<v128>(mean + c, piece + c, count, stride);
    for (; c < stride; c += 4) addSum<f32>(mean + c, piece + c, count, stride);
  }
  divideBy(mean, channels, <f32>rows);
  for (let start = 0; start < rows; start += CHUNK_ROWS) {
    const piece = x + <usize>start * stride, count = min(CHUNK_ROWS, rows - start);
    let c: usize = 0;
    if (SIMD) for (; c + 16 <= stride; c += 16) addSquares<v128>(variance + c, mean + c, piece + c, count, stride);
    for (; c < stride; c += 4) addSquares<f32>(variance + c, mean + c, piece + c, count, stride);
  }
  divideBy(variance, channels, <f32>rows);
}

/** total += Σ x over a piece's rows */
// @ts-ignore: decorator
@inline function addSum<T>(total: usize, x: usize, rows: i32, stride: usize): void {
  let sum = splat<T>(0);
  for (; rows > 0; rows--, x += stride) sum = add<T>(sum, loadLanes<T>(x));
  storeLanes<T>(total, add<T>(loadLanes<T>(total), sum));
}

/** total += Σ (x − mean)² over a piece's rows */
// @ts-ignore: decorator
@inline function addSquares<T>(total: usize, mean: usize, x: usize, rows: i32, stride: usize): void {
  const m = loadLanes<T>(mean);
  let sum = splat<T>(0);
  for (; rows > 0; rows--, x += stride) {
    const d = sub<T>(loadLanes<T>(x), m);
    sum = add<T>(sum, mul<T>(d, d));
  }
  storeLanes<T>(total, add<T>(loadLanes<T>(total), sum));
}

function divideBy(x: usize, n: i32, divisor: f32): void {
  for (const end = x + (<usize>n << 2); x < end; x += 4) store<f32>(x, load<f32>(x) / divisor);
}

/** moving[i] = moving[i] * momentum + batch[i] * (1 − momentum); a batch value that is not finite is left out. */
export function moving_average_f32(moving: usize, batch: usize, n: i32, momentum: f32): void {
  for (let i: usize = 0; i < <usize>n << 2; i += 4) {
    const value = load<f32>(batch + i);
    if (value - value == 0) store<f32>(moving + i, load<f32>(moving + i) * momentum + value * (<f32>1 - momentum));
  }
}

/** y = gamma (x − mean) / √(variance + epsilon) + beta, folded into y = x * scale + shift per channel. */
export function batch_norm_f32(y: usize, x: usize, gamma: usize, beta: usize, mean: usize, variance: usize, rows: i32, channels: i32, epsilon: f32): void {
  const stride: usize = <usize>channels << 2;
  for (; rows > 0; rows -= CHUNK_ROWS, x += <usize>CHUNK_ROWS * stride, y += <usize>CHUNK_ROWS * stride) {
    const count = min(CHUNK_ROWS, rows);
    let c: usize = 0;
    if (SIMD) for (; c + 16 <= stride; c += 16) normalise<v128>(y + c, x + c, gamma + c, beta + c, mean + c, variance + c, count, stride, epsilon);
    for (; c < stride; c += 4) normalise<f32>(y + c, x + c, gamma + c, beta + c, mean + c, variance + c, count, stride, epsilon);
  }
}

// @ts-ignore: decorator
@inline function normalise<T>(y: usize, x: usize, gamma: usize, beta: usize, mean: usize, variance: usize, rows: i32, stride: usize, epsilon: f32): void {
  const m = loadLanes<T>(mean), shift = loadLanes<T>(beta);
  const scale = div<T>(loadLanes<T>(gamma), squareRoot<T>(add<T>(loadLanes<T>(variance), splat<T>(epsilon))));
  for (let r = 0; r < rows; r++, x += stride, y += stride) storeLanes<T>(y, add<T>(mul<T>(sub<T>(loadLanes<T>(x), m), scale), shift));
}

/** Gradients through the batch statistics. */
export function batch_norm_backward_f32(dx: usize, dgamma: usize, dbeta: usize, dy: usize, x: usize, gamma: usize, mean: usize, variance: usize, rows: i32, channels: i32, epsilon: f32): void {
  backward(dx, dgamma, dbeta, dy, x, gamma, mean, variance, rows, channels, epsilon, 1);
}

/** Gradients where mean and variance are constants (inference statistics, frozen layers). */
export function batch_norm_inference_backward_f32(dx: usize, dgamma: usize, dbeta: usize, dy: usize, x: usize, gamma: usize, mean: usize, variance: usize, rows: i32, channels: i32, epsilon: f32): void {
  backward(dx, dgamma, dbeta, dy, x, gamma, mean, variance, rows, channels, epsilon, 0);
}

/** First the sums over the rows, dbeta and dgamma, then dx from them; both in pieces, as the statistics are. */
function backward(dx: usize, dgamma: usize, dbeta: usize, dy: usize, x: usize, gamma: usize, mean: usize, variance: usize, rows: i32, channels: i32, epsilon: f32, throughStatistics: i32): void {
  const stride: usize = <usize>channels << 2;
  memory.fill(dgamma, 0, stride);
  memory.fill(dbeta, 0, stride);
  for (let start = 0; start < rows; start += CHUNK_ROWS) {
    const at = <usize>start * stride, count = min(CHUNK_ROWS, rows - start);
    let c: usize = 0;
    if (SIMD) for (; c + 16 <= stride; c += 16) addErrors<v128>(dgamma + c, dbeta + c, dy + at + c, x + at + c, mean + c, variance + c, count, stride, epsilon);
    for (; c < stride; c += 4) addErrors<f32>(dgamma + c, dbeta + c, dy + at + c, x + at + c, mean + c, variance + c, count, stride, epsilon);
  }
  for (let start = 0; start < rows; start += CHUNK_ROWS) {
    const at = <usize>start * stride, count = min(CHUNK_ROWS, rows - start);
    let c: usize = 0;
    if (SIMD) for (; c + 16 <= stride; c += 16) inputErrors<v128>(dx + at + c, dgamma + c, dbeta + c, dy + at + c, x + at + c, gamma + c, mean + c, variance + c, count, stride, <f32>rows, epsilon, throughStatistics);
    for (; c < stride; c += 4) inputErrors<f32>(dx + at + c, dgamma + c, dbeta + c, dy + at + c, x + at + c, gamma + c, mean + c, variance + c, count, stride, <f32>rows, epsilon, throughStatistics);
  }
}

/** 1 / √(variance + epsilon) */
// @ts-ignore: decorator
@inline function inverseDeviation<T>(variance: usize, epsilon: f32): T {
  return div<T>(splat<T>(1), squareRoot<T>(add<T>(loadLanes<T>(variance), splat<T>(epsilon))));
}

/** dbeta += Σ dy, dgamma += Σ dy · normalised x, over a piece's rows */
// @ts-ignore: decorator
@inline function addErrors<T>(dgamma: usize, dbeta: usize, dy: usize, x: usize, mean: usize, variance: usize, rows: i32, stride: usize, epsilon: f32): void {
  const m = loadLanes<T>(mean), inverse = inverseDeviation<T>(variance, epsilon);
  let sum = splat<T>(0), dot = splat<T>(0);
  for (; rows > 0; rows--, x += stride, dy += stride) {
    const error = loadLanes<T>(dy);
    sum = add<T>(sum, error);
    dot = add<T>(dot, mul<T>(error, mul<T>(sub<T>(loadLanes<T>(x), m), inverse)));
  }
  storeLanes<T>(dbeta, add<T>(loadLanes<T>(dbeta), sum));
  storeLanes<T>(dgamma, add<T>(loadLanes<T>(dgamma), dot));
}

// @ts-ignore: decorator
@inline function inputErrors<T>(dx: usize, dgamma: usize, dbeta: usize, dy: usize, x: usize, gamma: usize, mean: usize, variance: usize, rows: i32, stride: usize, count: f32, epsilon: f32, throughStatistics: i32): void {
  const m = loadLanes<T>(mean), inverse = inverseDeviation<T>(variance, epsilon), scale = mul<T>(loadLanes<T>(gamma), inverse);
  if (throughStatistics) {
    const meanError = div<T>(loadLanes<T>(dbeta), splat<T>(count)), meanDot = mul<T>(div<T>(loadLanes<T>(dgamma), splat<T>(count)), inverse);
    for (; rows > 0; rows--, dx += stride, dy += stride, x += stride)
      storeLanes<T>(dx, mul<T>(sub<T>(sub<T>(loadLanes<T>(dy), meanError), mul<T>(sub<T>(loadLanes<T>(x), m), meanDot)), scale));
  } else for (; rows > 0; rows--, dx += stride, dy += stride) storeLanes<T>(dx, mul<T>(loadLanes<T>(dy), scale));
}

/** statistics is [rows, 2]: the mean of each row and 1 / √(variance + epsilon). */
export function layer_norm_f32(y: usize, statistics: usize, x: usize, gamma: usize, beta: usize, rows: i32, columns: i32, epsilon: f32): void {
  const row: usize = <usize>columns << 2;
  for (let r = 0; r < rows; r++, x += row, y += row, statistics += 8) {
    const mean = sumPlain(x, columns) / <f32>columns;
    for (let c: usize = 0; c < row; c += 4) {
      const d = load<f32>(x + c) - mean;
      store<f32>(y + c, d * d);
    }
    const inverse = <f32>1 / sqrt<f32>(sumPlain(y, columns) / <f32>columns + epsilon);
    store<f32>(statistics, mean); store<f32>(statistics, inverse, 4);
    let c: usize = 0;
    if (SIMD) for (; c + 16 <= row; c += 16) layerLanes<v128>(y + c, x + c, gamma + c, beta + c, mean, inverse);
    for (; c < row; c += 4) layerLanes<f32>(y + c, x + c, gamma + c, beta + c, mean, inverse);
  }
}

// @ts-ignore: decorator
@inline function layerLanes<T>(y: usize, x: usize, gamma: usize, beta: usize, mean: f32, inverse: f32): void {
  const normal = mul<T>(sub<T>(loadLanes<T>(x), splat<T>(mean)), splat<T>(inverse));
  storeLanes<T>(y, add<T>(mul<T>(normal, loadLanes<T>(gamma)), loadLanes<T>(beta)));
}

/** dgamma and dbeta are summed over the rows in order. */
export function layer_norm_backward_f32(dx: usize, dgamma: usize, dbeta: usize, dy: usize, x: usize, gamma: usize, statistics: usize, rows: i32, columns: i32): void {
  const row: usize = <usize>columns << 2;
  memory.fill(dgamma, 0, row);
  memory.fill(dbeta, 0, row);
  for (let r = 0; r < rows; r++, dx += row, dy += row, x += row, statistics += 8) {
    const mean = load<f32>(statistics), inverse = load<f32>(statistics, 4);
    let sum: f32 = 0, dot: f32 = 0;
    for (let c: usize = 0; c < row; c += 4) {
      const error = load<f32>(dy + c), normal = (load<f32>(x + c) - mean) * inverse;
      store<f32>(dbeta + c, load<f32>(dbeta + c) + error);
      store<f32>(dgamma + c, load<f32>(dgamma + c) + error * normal);
      const weighted = error * load<f32>(gamma + c);
      sum = sum + weighted;
      dot = dot + weighted * normal;
    }
    const meanError = sum / <f32>columns, meanDot = dot / <f32>columns;
    for (let c: usize = 0; c < row; c += 4) {
      const normal = (load<f32>(x + c) - mean) * inverse;
      store<f32>(dx + c, (load<f32>(dy + c) * load<f32>(gamma + c) - meanError - normal * meanDot) * inverse);
    }
  }
}
