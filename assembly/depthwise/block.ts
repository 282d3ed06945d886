// Neighbouring outputs of a row at once, a vector of channels after the other: their windows overlap, so that a vector of the
// input that is read once serves several sums, and one of the kernel all of them. An output still sums its taps row by row and
// column by column, those outside left out: the bits are those of row.ts, which does without in the scalar build: there blocks were 5 to 40 %
// slower.

import { activate } from "../gemm/epilogue";
import { add, loadLanes, mul, splat, storeLanes } from "../lanes";

/** Sizes that the compiler knows. */
declare class Window {
  /** In a row of the kernel. */
  get taps(): i32;
  /** Columns from an output's first to its neighbour's. */
  get stride(): i32;
  /** How many a block has: more would find no room in registers. */
  get outputs(): i32;
}
@final
@unmanaged
class One {
  @inline get taps(): i32 {
    return 1;
  }
  @inline get stride(): i32 {
    return 1;
  }
  @inline get outputs(): i32 {
    return 4;
  }
}
@final
@unmanaged
class Two {
  @inline get taps(): i32 {
    return 2;
  }
  @inline get stride(): i32 {
    return 1;
  }
  @inline get outputs(): i32 {
    return 4;
  }
}
@final
@unmanaged
class Three {
  @inline get taps(): i32 {
    return 3;
  }
  @inline get stride(): i32 {
    return 1;
  }
  @inline get outputs(): i32 {
    return 4;
  }
}
@final
@unmanaged
class Five {
  @inline get taps(): i32 {
    return 5;
  }
  @inline get stride(): i32 {
    return 1;
  }
  @inline get outputs(): i32 {
    return 4;
  }
}
@final
@unmanaged
class ThreeApart {
  @inline get taps(): i32 {
    return 3;
  }
  @inline get stride(): i32 {
    return 2;
  }
  @inline get outputs(): i32 {
    return 2;
  }
}
@final
@unmanaged
class FiveApart {
  @inline get taps(): i32 {
    return 5;
  }
  @inline get stride(): i32 {
    return 2;
  }
  @inline get outputs(): i32 {
    return 4;
  }
}

/** Whether there are blocks of such windows: those of kernels of 3 and 5 with strides of 1 and 2, in both passes. */
export function hasBlocks(taps: i32, stride: i32): bool {
  return taps == 3 || taps == 5 ? stride <= 2 : taps <= 2 && stride == 1;
}

/**
 * What `row` of row.ts computes, in the first `bytes` of the channels, whole vectors. Where taps go back, so do the outputs of a block.
 */
export function blocks(
  y: usize,
  x: usize,
  kernel: usize,
  bias: usize,
  count: i32,
  bytes: usize,
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
  activation: i32,
): void {
  const most = outputsOf(taps, stride);
  for (let i = 0; i < count; i += most) {
    const outputs = min(most, count - i),
      columns = (outputs - 1) * stride + taps,
      start = apart > 0 ? i : i + outputs - 1,
      column = first + start * stride,
      // columns of the block that exist
      low = max(0, apart > 0 ? -column : column - width + 1),
      high = max(min(low, columns), min(columns, apart > 0 ? width - column : column + 1));
    block(
      y + <usize>start * step,
      x + <usize>column * pixel,
      kernel,
      bias,
      bytes,
      <usize>apart * step,
      stride,
      <usize>apart * pixel,
      rowStep,
      rows,
      taps,
      kernelStep,
      kernelRowStep,
      (1 << high) - (1 << min(low, columns)),
      outputs,
      activation,
    );
  }
}

/** Outputs of a block. */
function outputsOf(taps: i32, stride: i32): i32 {
  return stride == 2 && taps == 3 ? 2 : 4;
}

/**
 * y[outputs, channels] = Σ x kernel over rows × taps, + bias or 0 for none, then the activation.
 *
 * Tap (a, b) of output i is column i · stride + b of row a, where `inside` has a bit for that column.
 * @param bytes of the channels, whole vectors
 * @param step bytes of y from an output to the next
 * @param pixel, rowStep bytes of x from a column to the next, and from the row of a tap to that of the next
 * @param kernelStep, kernelRowStep bytes of the kernel from a tap to the next, and from a row of taps to the next
 * @param outputs how many of the block's there are
 */
function block(
  y: usize,
  x: usize,
  kernel: usize,
  bias: usize,
  bytes: usize,
  step: usize,
  stride: i32,
  pixel: usize,
  rowStep: usize,
  rows: i32,
  taps: i32,
  kernelStep: usize,
  kernelRowStep: usize,
  inside: i32,
  outputs: i32,
  activation: i32,
): void {
  if (stride == 2) {
    if (taps == 3)
      walk<ThreeApart>(y, x, kernel, bias, bytes, step, pixel, rowStep, rows, kernelStep, kernelRowStep, inside, outputs, activation);
    else walk<FiveApart>(y, x, kernel, bias, bytes, step, pixel, rowStep, rows, kernelStep, kernelRowStep, inside, outputs, activation);
  } else if (taps == 3)
    walk<Three>(y, x, kernel, bias, bytes, step, pixel, rowStep, rows, kernelStep, kernelRowStep, inside, outputs, activation);
  else if (taps == 5)
    walk<Five>(y, x, kernel, bias, bytes, step, pixel, rowStep, rows, kernelStep, kernelRowStep, inside, outputs, activation);
  else if (taps == 2)
    walk<Two>(y, x, kernel, bias, bytes, step, pixel, rowStep, rows, kernelStep, kernelRowStep, inside, outputs, activation);
  else walk<One>(y, x, kernel, bias, bytes, step, pixel, rowStep, rows, kernelStep, kernelRowStep, inside, outputs, activation);
}

/** In the middle of a row no column is asked for. */
function walk<W extends Window>(
  y: usize,
  x: usize,
  kernel: usize,
  bias: usize,
  bytes: usize,
  step: usize,
  pixel: usize,
  rowStep: usize,
  rows: i32,
  kernelStep: usize,
  kernelRowStep: usize,
  inside: i32,
  outputs: i32,
  activation: i32,
): void {
  const w = changetype<W>(0),
    most = w.outputs,
    all = (1 << ((most - 1) * w.stride + w.taps)) - 1;
  if (w.taps > 2 && outputs == most && inside == all)
    lanes<W>(y, x, kernel, bias, bytes, step, pixel, rowStep, rows, kernelStep, kernelRowStep, all, most, activation, true);
  else lanes<W>(y, x, kernel, bias, bytes, step, pixel, rowStep, rows, kernelStep, kernelRowStep, inside, outputs, activation, false);
}

/** @inline */
function lanes<W extends Window>(
  y: usize,
  x: usize,
  kernel: usize,
  bias: usize,
  bytes: usize,
  step: usize,
  pixel: usize,
  rowStep: usize,
  rows: i32,
  kernelStep: usize,
  kernelRowStep: usize,
  inside: i32,
  outputs: i32,
  activation: i32,
  whole: bool,
): void {
  const w = changetype<W>(0),
    taps = w.taps,
    stride = w.stride,
    most = w.outputs,
    columns = (most - 1) * stride + taps,
    two = pixel + pixel,
    three = two + pixel,
    four = two + two;
  for (const end = x + bytes; x < end; x += 16, kernel += 16, y += 16) {
    let sum0 = splat<v128>(0),
      sum1 = sum0,
      sum2 = sum0,
      sum3 = sum0;
    let p = x,
      q = kernel;
    for (let a = rows; a > 0; a--, p += rowStep, q += kernelRowStep) {
      let at = q;
      const w0 = loadLanes<v128>(at);
      let w1 = w0,
        w2 = w0,
        w3 = w0,
        w4 = w0;
      if (taps > 1) w1 = loadLanes<v128>((at += kernelStep));
      if (taps > 2) w2 = loadLanes<v128>((at += kernelStep));
      if (taps > 3) w3 = loadLanes<v128>((at += kernelStep));
      if (taps > 4) w4 = loadLanes<v128>((at += kernelStep));
      const far = p + four,
        further = far + four;
      if (whole || inside & 1) {
        const v = loadLanes<v128>(p);
        sum0 = addTap(sum0, v, 0, taps, w0, w1, w2, w3, w4);
        sum1 = addTap(sum1, v, 0 - stride, taps, w0, w1, w2, w3, w4);
        if (most > 2) sum2 = addTap(sum2, v, 0 - 2 * stride, taps, w0, w1, w2, w3, w4);
        if (most > 2) sum3 = addTap(sum3, v, 0 - 3 * stride, taps, w0, w1, w2, w3, w4);
      }
      if (whole || inside & 2) {
        const v = loadLanes<v128>(p + pixel);
        sum0 = addTap(sum0, v, 1, taps, w0, w1, w2, w3, w4);
        sum1 = addTap(sum1, v, 1 - stride, taps, w0, w1, w2, w3, w4);
        if (most > 2) sum2 = addTap(sum2, v, 1 - 2 * stride, taps, w0, w1, w2, w3, w4);
        if (most > 2) sum3 = addTap(sum3, v, 1 - 3 * stride, taps, w0, w1, w2, w3, w4);
      }
      if (whole || inside & 4) {
        const v = loadLanes<v128>(p + two);
        sum0 = addTap(sum0, v, 2, taps, w0, w1, w2, w3, w4);
        sum1 = addTap(sum1, v, 2 - stride, taps, w0, w1, w2, w3, w4);
        if (most > 2) sum2 = addTap(sum2, v, 2 - 2 * stride, taps, w0, w1, w2, w3, w4);
        if (most > 2) sum3 = addTap(sum3, v, 2 - 3 * stride, taps, w0, w1, w2, w3, w4);
      }
      if (columns > 3 && (whole || inside & 8)) {
        const v = loadLanes<v128>(p + three);
        sum0 = addTap(sum0, v, 3, taps, w0, w1, w2, w3, w4);
        sum1 = addTap(sum1, v, 3 - stride, taps, w0, w1, w2, w3, w4);
        if (most > 2) sum2 = addTap(sum2, v, 3 - 2 * stride, taps, w0, w1, w2, w3, w4);
        if (most > 2) sum3 = addTap(sum3, v, 3 - 3 * stride, taps, w0, w1, w2, w3, w4);
      }
      if (columns > 4 && (whole || inside & 16)) {
        const v = loadLanes<v128>(far);
        sum0 = addTap(sum0, v, 4, taps, w0, w1, w2, w3, w4);
        sum1 = addTap(sum1, v, 4 - stride, taps, w0, w1, w2, w3, w4);
        if (most > 2) sum2 = addTap(sum2, v, 4 - 2 * stride, taps, w0, w1, w2, w3, w4);
        if (most > 2) sum3 = addTap(sum3, v, 4 - 3 * stride, taps, w0, w1, w2, w3, w4);
      }
      if (columns > 5 && (whole || inside & 32)) {
        const v = loadLanes<v128>(far + pixel);
        sum0 = addTap(sum0, v, 5, taps, w0, w1, w2, w3, w4);
        sum1 = addTap(sum1, v, 5 - stride, taps, w0, w1, w2, w3, w4);
        if (most > 2) sum2 = addTap(sum2, v, 5 - 2 * stride, taps, w0, w1, w2, w3, w4);
        if (most > 2) sum3 = addTap(sum3, v, 5 - 3 * stride, taps, w0, w1, w2, w3, w4);
      }
      if (columns > 6 && (whole || inside & 64)) {
        const v = loadLanes<v128>(far + two);
        sum0 = addTap(sum0, v, 6, taps, w0, w1, w2, w3, w4);
        sum1 = addTap(sum1, v, 6 - stride, taps, w0, w1, w2, w3, w4);
        if (most > 2) sum2 = addTap(sum2, v, 6 - 2 * stride, taps, w0, w1, w2, w3, w4);
        if (most > 2) sum3 = addTap(sum3, v, 6 - 3 * stride, taps, w0, w1, w2, w3, w4);
      }
      if (columns > 7 && (whole || inside & 128)) {
        const v = loadLanes<v128>(far + three);
        sum0 = addTap(sum0, v, 7, taps, w0, w1, w2, w3, w4);
        sum1 = addTap(sum1, v, 7 - stride, taps, w0, w1, w2, w3, w4);
        if (most > 2) sum2 = addTap(sum2, v, 7 - 2 * stride, taps, w0, w1, w2, w3, w4);
        if (most > 2) sum3 = addTap(sum3, v, 7 - 3 * stride, taps, w0, w1, w2, w3, w4);
      }
      if (columns > 8 && (whole || inside & 256)) {
        const v = loadLanes<v128>(further);
        sum0 = addTap(sum0, v, 8, taps, w0, w1, w2, w3, w4);
        sum1 = addTap(sum1, v, 8 - stride, taps, w0, w1, w2, w3, w4);
        if (most > 2) sum2 = addTap(sum2, v, 8 - 2 * stride, taps, w0, w1, w2, w3, w4);
        if (most > 2) sum3 = addTap(sum3, v, 8 - 3 * stride, taps, w0, w1, w2, w3, w4);
      }
      if (columns > 9 && (whole || inside & 512)) {
        const v = loadLanes<v128>(further + pixel);
        sum0 = addTap(sum0, v, 9, taps, w0, w1, w2, w3, w4);
        sum1 = addTap(sum1, v, 9 - stride, taps, w0, w1, w2, w3, w4);
        if (most > 2) sum2 = addTap(sum2, v, 9 - 2 * stride, taps, w0, w1, w2, w3, w4);
        if (most > 2) sum3 = addTap(sum3, v, 9 - 3 * stride, taps, w0, w1, w2, w3, w4);
      }
      if (columns > 10 && (whole || inside & 1024)) {
        const v = loadLanes<v128>(further + two);
        sum0 = addTap(sum0, v, 10, taps, w0, w1, w2, w3, w4);
        sum1 = addTap(sum1, v, 10 - stride, taps, w0, w1, w2, w3, w4);
        if (most > 2) sum2 = addTap(sum2, v, 10 - 2 * stride, taps, w0, w1, w2, w3, w4);
        if (most > 2) sum3 = addTap(sum3, v, 10 - 3 * stride, taps, w0, w1, w2, w3, w4);
      }
    }
    if (bias) {
      const shift = loadLanes<v128>(bias);
      bias += 16;
      sum0 = add<v128>(sum0, shift);
      sum1 = add<v128>(sum1, shift);
      sum2 = add<v128>(sum2, shift);
      sum3 = add<v128>(sum3, shift);
    }
    storeLanes<v128>(y, activate<v128>(sum0, activation));
    if (whole || outputs > 1) storeLanes<v128>(y + step, activate<v128>(sum1, activation));
    if (most > 2 && (whole || outputs > 2)) storeLanes<v128>(y + 2 * step, activate<v128>(sum2, activation));
    if (most > 2 && (whole || outputs > 3)) storeLanes<v128>(y + 3 * step, activate<v128>(sum3, activation));
  }
}

/**
 * sum + v w_i where there is a tap i.
 * @inline
 */
function addTap(sum: v128, v: v128, i: i32, taps: i32, w0: v128, w1: v128, w2: v128, w3: v128, w4: v128): v128 {
  if (i < 0 || i >= taps) return sum;
  return add<v128>(sum, mul<v128>(v, i == 0 ? w0 : i == 1 ? w1 : i == 2 ? w2 : i == 3 ? w3 : w4));
}
