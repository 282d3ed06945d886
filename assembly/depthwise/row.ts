// A row of sums over taps: a depthwise convolution's y from x, or its dx from dy, which is the same with other steps. An
// output sums its taps row by row and column by column, those outside left out, then the bias: one order in every build.
//
// Four vectors of channels go at a time, so that no sum waits for the one before it.

import { activate } from "../gemm/epilogue";
import { add, loadBehind, loadLanes, mul, SIMD, splat, storeBehind, storeLanes } from "../lanes";
import { blocks, hasBlocks } from "./block";

/** ⌈a / b⌉, b > 0, at least 0. */
export function steps(a: i32, b: i32): i32 {
  return a > 0 ? (a + b - 1) / b : 0;
}

/**
 * y[count, channels] = Σ x kernel over rows × taps, + bias or 0 for none, then the activation.
 *
 * Tap (a, b) of output i is the input at row a and column first + i · stride + b · apart, where that is one of `width`.
 * @param step bytes from an output to the next
 * @param pixel, rowStep bytes of the input from a column to the next, and from the row of a tap to that of the next
 * @param kernelStep, kernelRowStep bytes of the kernel from a tap to the next, and from a row of taps to the next
 * @param spread outputs that a channel of the input has
 * @param sums channels of the input, side by side, that an output adds up at each tap
 */
export function row(
  y: usize,
  x: usize,
  kernel: usize,
  bias: usize,
  count: i32,
  channels: i32,
  step: usize,
  first: i32,
  stride: i32,
  apart: i32,
  width: i32,
  pixel: usize,
  rowStep: usize,
  rows: i32,
  taps: i32,
  kernelStep: usize,
  kernelRowStep: usize,
  spread: i32,
  sums: i32,
  activation: i32,
): void {
  const bytes: usize = (<usize>channels) << 2,
    plain = spread == 1 && sums == 1,
    vectors: usize = SIMD && plain ? bytes & ~15 : 0,
    lane: usize = SIMD ? 16 : 4,
    wide: usize = plain ? bytes & ~(4 * lane - 1) : 0,
    tapStep = <usize>apart * pixel,
    span = (taps - 1) * apart,
    inBlocks: usize = SIMD && plain && abs(apart) == 1 && hasBlocks(taps, stride) ? bytes & ~15 : 0,
    // outputs whose taps all lie inside
    low = steps(-first - min(0, span), stride),
    high = steps(width - first - max(0, span), stride);
  if (SIMD && inBlocks)
    blocks(
      y,
      x,
      kernel,
      bias,
      count,
      inBlocks,
      step,
      first,
      stride,
      apart,
      width,
      pixel,
      rowStep,
      rows,
      taps,
      kernelStep,
      kernelRowStep,
      activation,
    );
  if (inBlocks == bytes) return;
  for (let i = 0; i < count; i++, y += step) {
    const column = first + i * stride;
    let begin = 0,
      inner = taps;
    if (i < low || i >= high) {
      begin = apart > 0 ? steps(-column, apart) : steps(column - width + 1, -apart);
      inner = max(0, min(taps, apart > 0 ? steps(width - column, apart) : steps(column + 1, -apart)) - begin);
    }
    const from = x + <usize>(column + begin * apart) * pixel,
      weights = kernel + <usize>begin * kernelStep;
    let j = inBlocks;
    for (; j < wide; j += 4 * lane) {
      const shift = bias ? bias + j : 0;
      if (SIMD) four<v128>(y + j, from + j, weights + j, shift, rowStep, rows, inner, tapStep, kernelStep, kernelRowStep, activation);
      else four<f32>(y + j, from + j, weights + j, shift, rowStep, rows, inner, tapStep, kernelStep, kernelRowStep, activation);
    }
    if (SIMD)
      for (; j < vectors; j += 16)
        one<v128>(
          y + j,
          from + j,
          weights + j,
          bias ? bias + j : 0,
          rowStep,
          rows,
          inner,
          tapStep,
          kernelStep,
          kernelRowStep,
          1,
          activation,
        );
    for (; j < bytes; j += 4)
      one<f32>(
        y + j,
        from + ((<usize>((<i32>(j >> 2) / spread) * sums)) << 2),
        weights + j * sums,
        bias ? bias + j : 0,
        rowStep,
        rows,
        inner,
        tapStep,
        kernelStep,
        kernelRowStep,
        sums,
        activation,
      );
  }
}

/**
 * Four lanes, or vectors, of one output.
 * @inline
 */
function four<T>(
  y: usize,
  x: usize,
  kernel: usize,
  bias: usize,
  rowStep: usize,
  rows: i32,
  taps: i32,
  tapStep: usize,
  kernelStep: usize,
  kernelRowStep: usize,
  activation: i32,
): void {
  let sum0 = splat<T>(0),
    sum1 = sum0,
    sum2 = sum0,
    sum3 = sum0;
  for (; rows > 0; rows--, x += rowStep, kernel += kernelRowStep) {
    let tap = x,
      at = kernel;
    for (let b = taps; b > 0; b--, tap += tapStep, at += kernelStep) {
      sum0 = add<T>(sum0, mul<T>(loadLanes<T>(tap), loadLanes<T>(at)));
      sum1 = add<T>(sum1, mul<T>(loadBehind<T>(tap, 1), loadBehind<T>(at, 1)));
      sum2 = add<T>(sum2, mul<T>(loadBehind<T>(tap, 2), loadBehind<T>(at, 2)));
      sum3 = add<T>(sum3, mul<T>(loadBehind<T>(tap, 3), loadBehind<T>(at, 3)));
    }
  }
  if (bias) {
    sum0 = add<T>(sum0, loadLanes<T>(bias));
    sum1 = add<T>(sum1, loadBehind<T>(bias, 1));
    sum2 = add<T>(sum2, loadBehind<T>(bias, 2));
    sum3 = add<T>(sum3, loadBehind<T>(bias, 3));
  }
  storeLanes<T>(y, activate<T>(sum0, activation));
  storeBehind<T>(y, 1, activate<T>(sum1, activation));
  storeBehind<T>(y, 2, activate<T>(sum2, activation));
  storeBehind<T>(y, 3, activate<T>(sum3, activation));
}

/**
 * One channel of one output, or four of them.
 * @inline
 */
function one<T>(
  y: usize,
  x: usize,
  kernel: usize,
  bias: usize,
  rowStep: usize,
  rows: i32,
  taps: i32,
  tapStep: usize,
  kernelStep: usize,
  kernelRowStep: usize,
  sums: i32,
  activation: i32,
): void {
  let sum = splat<T>(0);
  for (let a = rows; a > 0; a--, x += rowStep, kernel += kernelRowStep) {
    let tap = x,
      at = kernel;
    for (let b = taps; b > 0; b--, tap += tapStep, at += kernelStep)
      for (let k: usize = 0; k < (<usize>sums) << 2; k += 4) sum = add<T>(sum, mul<T>(loadLanes<T>(tap + k), loadLanes<T>(at + k)));
  }
  if (bias) sum = add<T>(sum, loadLanes<T>(bias));
  storeLanes<T>(y, activate<T>(sum, activation));
}
