// Batch normalisation (Ioffe and Szegedy, arXiv:1502.03167), forward: of [rows, channels], statistics a channel.

import { applyActivation } from "./activation";
import { RELU, RELU6 } from "../gemm/epilogue";
import { add, div, larger, loadLanes, madd, mul, SIMD, smaller, splat, squareRoot, storeLanes, sub } from "../lanes";
import { firstOf, itemEnd, itemUnits, LINE } from "../range";

/**
 * Rows that are walked together, eight channels at a time, so that what is read of them stays in the first-level cache until the last channels
 * have seen it, and the activation what is written. As fast with 256 rows of 8 channels; 256 of 32 took 1.4 times as long.
 */
export const PIECE_ROWS: i32 = 32;

/** What becomes of a lane before it is written: relu and relu6 keep it within limits, the others come later or not at all. */
declare class Limit {
  of<T>(z: T, low: T, high: T): T;
}
@final
@unmanaged
class None {
  @inline of<T>(z: T, _low: T, _high: T): T {
    return z;
  }
}
@final
@unmanaged
class Clipped {
  @inline of<T>(z: T, low: T, high: T): T {
    return smaller<T>(larger<T>(z, low), high);
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
    start = <usize>firstOf(from, LINE) * stride,
    isClipped = activation == RELU || activation == RELU6,
    high: f32 = activation == RELU6 ? 6 : Infinity;
  x += start;
  y += start;
  for (
    rows = itemEnd(rows, channels, LINE, to) - firstOf(from, LINE);
    rows > 0;
    rows -= PIECE_ROWS, x += <usize>PIECE_ROWS * stride, y += <usize>PIECE_ROWS * stride
  ) {
    const count = min(PIECE_ROWS, rows);
    if (isClipped) normalise<Clipped>(y, x, gamma, beta, mean, variance, count, stride, epsilon, high);
    else normalise<None>(y, x, gamma, beta, mean, variance, count, stride, epsilon, high);
    applyActivation(y, count * channels, activation);
  }
}
export function batch_norm_f32_units(rows: i32, channels: i32): i32 {
  return itemUnits(rows, channels, LINE);
}

function normalise<L extends Limit>(
  y: usize,
  x: usize,
  gamma: usize,
  beta: usize,
  mean: usize,
  variance: usize,
  rows: i32,
  stride: usize,
  epsilon: f32,
  high: f32,
): void {
  let c: usize = 0;
  if (SIMD) {
    for (; c + 32 <= stride; c += 32)
      column<L, v128>(y + c, x + c, gamma + c, beta + c, mean + c, variance + c, rows, stride, epsilon, high, 16);
    for (; c + 16 <= stride; c += 16)
      column<L, v128>(y + c, x + c, gamma + c, beta + c, mean + c, variance + c, rows, stride, epsilon, high, 0);
  }
  for (; c < stride; c += 4) column<L, f32>(y + c, x + c, gamma + c, beta + c, mean + c, variance + c, rows, stride, epsilon, high, 0);
}

/**
 * One column of lanes, and the one `beside` bytes further where that is not 0.
 * @inline
 */
function column<L extends Limit, T>(
  y: usize,
  x: usize,
  gamma: usize,
  beta: usize,
  mean: usize,
  variance: usize,
  rows: i32,
  stride: usize,
  epsilon: f32,
  high: f32,
  beside: usize,
): void {
  const m0 = loadLanes<T>(mean),
    shift0 = loadLanes<T>(beta),
    scale0 = mul<T>(loadLanes<T>(gamma), inverseDeviation<T>(variance, epsilon));
  const m1 = loadLanes<T>(mean + beside),
    shift1 = loadLanes<T>(beta + beside),
    scale1 = mul<T>(loadLanes<T>(gamma + beside), inverseDeviation<T>(variance + beside, epsilon));
  const l = changetype<L>(0),
    least = splat<T>(0),
    most = splat<T>(high);
  for (; rows > 0; rows--, x += stride, y += stride) {
    storeLanes<T>(y, l.of<T>(madd<T>(sub<T>(loadLanes<T>(x), m0), scale0, shift0), least, most));
    if (beside) storeLanes<T>(y + beside, l.of<T>(madd<T>(sub<T>(loadLanes<T>(x + beside), m1), scale1, shift1), least, most));
  }
}

/**
 * 1 / √(variance + epsilon)
 * @inline
 */
export function inverseDeviation<T>(variance: usize, epsilon: f32): T {
  return div<T>(splat<T>(1), squareRoot<T>(add<T>(loadLanes<T>(variance), splat<T>(epsilon))));
}
