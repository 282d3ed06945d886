// Batch and layer normalisation, forward and backward.
// Batch normalisation (Ioffe and Szegedy, arXiv:1502.03167) sees [rows, channels], statistics per channel;
// layer normalisation (Ba et al., arXiv:1607.06450) sees [rows, columns], statistics per row.
// Variances are biased (divided by the count) and taken around the mean in a second pass.

import { add, div, loadLanes, mul, SIMD, splat, squareRoot, storeLanes, sub } from "./lanes";
import { sumPlain } from "./reduce";

const CHUNK_ROWS: i32 = 256;

/** mean[c], variance[c] over the rows; sums in pieces of CHUNK_ROWS rows, added in order. */
export function batch_norm_statistics_f32(mean: usize, variance: usize, x: usize, rows: i32, channels: i32): void {
  const stride: usize = <usize>channels << 2;
  let c: usize = 0;
  if (SIMD) for (; c + 16 <= stride; c += 16) moments<v128>(mean + c, variance + c, x + c, rows, stride);
  for (; c < stride; c += 4) moments<f32>(mean + c, variance + c, x + c, rows, stride);
}

// @ts-ignore: decorator
@inline function moments<T>(mean: usize, variance: usize, x: usize, rows: i32, stride: usize): void {
  const count = splat<T>(<f32>rows);
  let total = splat<T>(0), p = x;
  for (let start = 0; start < rows; start += CHUNK_ROWS) {
    let sum = splat<T>(0);
    for (let r = min(CHUNK_ROWS, rows - start); r > 0; r--, p += stride) sum = add<T>(sum, loadLanes<T>(p));
    total = add<T>(total, sum);
  }
  const m = div<T>(total, count);
  total = splat<T>(0); p = x;
  for (let start = 0; start < rows; start += CHUNK_ROWS) {
    let sum = splat<T>(0);
    for (let r = min(CHUNK_ROWS, rows - start); r > 0; r--, p += stride) {
      const d = sub<T>(loadLanes<T>(p), m);
      sum = add<T>(sum, mul<T>(d, d));
    }
    total = add<T>(total, sum);
  }
  storeLanes<T>(mean, m);
  storeLanes<T>(variance, div<T>(total, count));
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
  let c: usize = 0;
  if (SIMD) for (; c + 16 <= stride; c += 16) normalise<v128>(y + c, x + c, gamma + c, beta + c, mean + c, variance + c, rows, stride, epsilon);
  for (; c < stride; c += 4) normalise<f32>(y + c, x + c, gamma + c, beta + c, mean + c, variance + c, rows, stride, epsilon);
}

// @ts-ignore: decorator
@inline function normalise<T>(y: usize, x: usize, gamma: usize, beta: usize, mean: usize, variance: usize, rows: i32, stride: usize, epsilon: f32): void {
  const m = loadLanes<T>(mean), shift = loadLanes<T>(beta);
  const scale = div<T>(loadLanes<T>(gamma), squareRoot<T>(add<T>(loadLanes<T>(variance), splat<T>(epsilon))));
  for (let r = 0; r < rows; r++, x += stride, y += stride) storeLanes<T>(y, add<T>(mul<T>(sub<T>(loadLanes<T>(x), m), scale), shift));
}

/** Gradients through the batch statistics. */
export function batch_norm_backward_f32(dx: usize, dgamma: usize, dbeta: usize, dy: usize, x: usize, gamma: usize, mean: usize, variance: usize, rows: i32, channels: i32, epsilon: f32): void {
  const stride: usize = <usize>channels << 2;
  let c: usize = 0;
  if (SIMD) for (; c + 16 <= stride; c += 16) normaliseBackward<v128>(dx + c, dgamma + c, dbeta + c, dy + c, x + c, gamma + c, mean + c, variance + c, rows, stride, epsilon, 1);
  for (; c < stride; c += 4) normaliseBackward<f32>(dx + c, dgamma + c, dbeta + c, dy + c, x + c, gamma + c, mean + c, variance + c, rows, stride, epsilon, 1);
}

/** Gradients where mean and variance are constants (inference statistics, frozen layers). */
export function batch_norm_inference_backward_f32(dx: usize, dgamma: usize, dbeta: usize, dy: usize, x: usize, gamma: usize, mean: usize, variance: usize, rows: i32, channels: i32, epsilon: f32): void {
  const stride: usize = <usize>channels << 2;
  let c: usize = 0;
  if (SIMD) for (; c + 16 <= stride; c += 16) normaliseBackward<v128>(dx + c, dgamma + c, dbeta + c, dy + c, x + c, gamma + c, mean + c, variance + c, rows, stride, epsilon, 0);
  for (; c < stride; c += 4) normaliseBackward<f32>(dx + c, dgamma + c, dbeta + c, dy + c, x + c, gamma + c, mean + c, variance + c, rows, stride, epsilon, 0);
}

// @ts-ignore: decorator
@inline function normaliseBackward<T>(dx: usize, dgamma: usize, dbeta: usize, dy: usize, x: usize, gamma: usize, mean: usize, variance: usize, rows: i32, stride: usize, epsilon: f32, throughStatistics: i32): void {
  const m = loadLanes<T>(mean), deviation = squareRoot<T>(add<T>(loadLanes<T>(variance), splat<T>(epsilon)));
  const inverse = div<T>(splat<T>(1), deviation);
  let sum = splat<T>(0), dot = splat<T>(0), p = x, q = dy;
  for (let start = 0; start < rows; start += CHUNK_ROWS) {
    let s = splat<T>(0), d = splat<T>(0);
    for (let r = min(CHUNK_ROWS, rows - start); r > 0; r--, p += stride, q += stride) {
      const error = loadLanes<T>(q);
      s = add<T>(s, error);
      d = add<T>(d, mul<T>(error, mul<T>(sub<T>(loadLanes<T>(p), m), inverse)));
    }
    sum = add<T>(sum, s); dot = add<T>(dot, d);
  }
  storeLanes<T>(dbeta, sum);
  storeLanes<T>(dgamma, dot);
  const scale = mul<T>(loadLanes<T>(gamma), inverse), count = splat<T>(<f32>rows);
  if (throughStatistics) {
    const meanError = div<T>(sum, count), meanDot = mul<T>(div<T>(dot, count), inverse);
    for (let r = 0; r < rows; r++, dx += stride, dy += stride, x += stride)
      storeLanes<T>(dx, mul<T>(sub<T>(sub<T>(loadLanes<T>(dy), meanError), mul<T>(sub<T>(loadLanes<T>(x), m), meanDot)), scale));
  } else for (let r = 0; r < rows; r++, dx += stride, dy += stride) storeLanes<T>(dx, mul<T>(loadLanes<T>(dy), scale));
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
