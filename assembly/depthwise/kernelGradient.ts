// The gradient of a depthwise kernel: for every tap and channel the sum over all output pixels, image by image and each image
// from zero. It is cut by channels, since no channel needs another.
//
// Three taps of a row and two vectors of channels go at a time, so that their six sums stay in registers over several rows and
// none waits for another. The rows are so few that x and dy stay in the cache until all taps and channels have seen them.

import { Conv2dGeometry } from "../conv/geometry";
import { isSmall } from "../conv/units";
import { add, loadBehind, loadLanes, mul, SIMD, storeBehind, storeLanes } from "../lanes";
import { steps } from "./row";

/** Channels of a unit. */
const CHANNELS: i32 = 8;
/** Floats of dy that are walked together. */
const BLOCK: i32 = 1 << 14;

/** dkernel[kh, kw, c, m] = sum over pixels of x[n, h, w, c] dy[n, oh, ow, c * m]; the workspace holds the sums of an image */
export function depthwise_conv2d_kernel_gradient_f32(
  dkernel: usize,
  x: usize,
  dy: usize,
  workspace: usize,
  geometry: Conv2dGeometry,
  from: i32,
  to: i32,
): void {
  const g = geometry,
    m = g.o / g.c,
    taps = g.kh * g.kw,
    first = from * CHANNELS,
    channels = channelsOf(g, to) - first,
    bytes = (<usize>(channels * m)) << 2,
    pixel: usize = (<usize>g.c) << 2,
    step: usize = (<usize>g.o) << 2,
    block = max(1, BLOCK / (g.ow * channels * m)),
    stride = g.strideH;
  x += (<usize>first) << 2;
  dy += (<usize>(first * m)) << 2;
  dkernel += (<usize>(first * m)) << 2;
  for (let tap = 0; tap < taps; tap++) memory.fill(dkernel + <usize>tap * step, 0, bytes);
  for (let i = 0; i < g.n; i++) {
    memory.fill(workspace, 0, <usize>taps * bytes);
    for (let begin = 0; begin < g.oh; begin += block)
      for (let ky = 0; ky < g.kh; ky++) {
        // the rows whose tap lies inside
        const top = ky * g.dilationH - g.top,
          oy = max(begin, steps(-top, stride)),
          end = min(min(g.oh, begin + block), steps(g.h - top, stride));
        if (oy < end)
          rowSums(
            workspace + <usize>(ky * g.kw) * bytes,
            x + <usize>((oy * stride + top) * g.w) * pixel,
            dy + <usize>(oy * g.ow) * step,
            end - oy,
            channels,
            m,
            g.kw,
            g.w,
            g.ow,
            -g.left,
            g.strideW,
            g.dilationW,
            pixel,
            <usize>(stride * g.w) * pixel,
            step,
          );
      }
    x += <usize>(g.h * g.w) * pixel;
    dy += <usize>(g.oh * g.ow) * step;
    for (let tap = 0; tap < taps; tap++) addTo(dkernel + <usize>tap * step, workspace + <usize>tap * bytes, bytes);
  }
}

/** Units are eight channels. */
export function depthwise_conv2d_kernel_gradient_f32_units(geometry: Conv2dGeometry): i32 {
  return isSmall(geometry) ? 1 : (geometry.c + CHANNELS - 1) / CHANNELS;
}

export function depthwise_conv2d_kernel_gradient_f32_workspace_bytes(geometry: Conv2dGeometry, units: i32): i32 {
  const g = geometry;
  return (g.kh * g.kw * channelsOf(g, units) * (g.o / g.c)) << 2;
}

/** Channels in so many units: all in one where the work is small. */
function channelsOf(g: Conv2dGeometry, units: i32): i32 {
  return isSmall(g) ? g.c : min(g.c, units * CHANNELS);
}

/** sums[n] += a[n] */
function addTo(sums: usize, a: usize, bytes: usize): void {
  let j: usize = 0;
  if (SIMD) for (; j < (bytes & ~15); j += 16) storeLanes<v128>(sums + j, add<v128>(loadLanes<v128>(sums + j), loadLanes<v128>(a + j)));
  for (; j < bytes; j += 4) storeLanes<f32>(sums + j, add<f32>(loadLanes<f32>(sums + j), loadLanes<f32>(a + j)));
}

/**
 * sums[taps, channels · m] += what rows of dy and of x give, `rows` of them
 * @param left column of x that the first tap of the first output sees
 * @param pixel, line bytes of x from a column to the next, and from the row of an output row to that of the next
 * @param step bytes of dy from a column to the next
 */
function rowSums(
  sums: usize,
  x: usize,
  dy: usize,
  rows: i32,
  channels: i32,
  m: i32,
  taps: i32,
  width: i32,
  count: i32,
  left: i32,
  stride: i32,
  dilation: i32,
  pixel: usize,
  line: usize,
  step: usize,
): void {
  const bytes = (<usize>(channels * m)) << 2,
    pair: usize = SIMD ? 32 : 8;
  let j: usize = 0;
  if (m == 1) {
    for (; j + pair <= bytes; j += pair) {
      let tap = 0;
      for (; tap + 3 <= taps; tap += 3) {
        const to = sums + j + <usize>tap * bytes,
          column = left + tap * dilation;
        if (SIMD) three<v128>(to, bytes, x + j, dy + j, rows, count, column, stride, dilation, width, pixel, line, step);
        else three<f32>(to, bytes, x + j, dy + j, rows, count, column, stride, dilation, width, pixel, line, step);
      }
      for (; tap < taps; tap++) {
        const to = sums + j + <usize>tap * bytes,
          column = left + tap * dilation;
        if (SIMD) {
          one<v128>(to, x + j, dy + j, rows, count, column, stride, width, pixel, line, step);
          one<v128>(to + 16, x + j + 16, dy + j + 16, rows, count, column, stride, width, pixel, line, step);
        } else {
          one<f32>(to, x + j, dy + j, rows, count, column, stride, width, pixel, line, step);
          one<f32>(to + 4, x + j + 4, dy + j + 4, rows, count, column, stride, width, pixel, line, step);
        }
      }
    }
    if (SIMD)
      for (; j + 16 <= bytes; j += 16)
        for (let tap = 0; tap < taps; tap++)
          one<v128>(sums + j + <usize>tap * bytes, x + j, dy + j, rows, count, left + tap * dilation, stride, width, pixel, line, step);
  }
  for (; j < bytes; j += 4) {
    const from = x + ((<usize>(<i32>(j >> 2) / m)) << 2);
    for (let tap = 0; tap < taps; tap++)
      one<f32>(sums + j + <usize>tap * bytes, from, dy + j, rows, count, left + tap * dilation, stride, width, pixel, line, step);
  }
}

/** One lane of one tap, which lies at `column` in the first window: the outputs where that is inside. */
function one<T>(
  sums: usize,
  x: usize,
  dy: usize,
  rows: i32,
  count: i32,
  column: i32,
  stride: i32,
  width: i32,
  pixel: usize,
  line: usize,
  step: usize,
): void {
  const begin = steps(-column, stride),
    end = min(count, steps(width - column, stride)),
    xStep = <usize>stride * pixel;
  let sum = loadLanes<T>(sums);
  x += <usize>(column + begin * stride) * pixel;
  dy += <usize>begin * step;
  for (; rows > 0; rows--, x += line, dy += <usize>count * step) {
    let p = x,
      q = dy;
    for (let i = begin; i < end; i++, p += xStep, q += step) sum = add<T>(sum, mul<T>(loadLanes<T>(p), loadLanes<T>(q)));
  }
  storeLanes<T>(sums, sum);
}

/** Two lanes of three taps, of which the first lies at `column` in the first window. */
function three<T>(
  sums: usize,
  bytes: usize,
  x: usize,
  dy: usize,
  rows: i32,
  count: i32,
  column: i32,
  stride: i32,
  dilation: i32,
  width: i32,
  pixel: usize,
  line: usize,
  step: usize,
): void {
  const second = sums + bytes,
    third = second + bytes,
    apart = <usize>dilation * pixel,
    apart2 = 2 * apart,
    xStep = <usize>stride * pixel,
    // outputs that see all three inside
    begin = min(count, steps(-column, stride)),
    end = max(begin, min(count, steps(width - column - 2 * dilation, stride)));
  let a0 = loadLanes<T>(sums),
    b0 = loadBehind<T>(sums, 1),
    a1 = loadLanes<T>(second),
    b1 = loadBehind<T>(second, 1),
    a2 = loadLanes<T>(third),
    b2 = loadBehind<T>(third, 1);
  x += <usize>column * pixel;
  for (; rows > 0; rows--, x += line) {
    let p = x,
      i = 0;
    while (i < count) {
      // columns at the borders one by one
      for (; i < begin || (i >= end && i < count); i++, p += xStep, dy += step) {
        const at = column + i * stride,
          dyA = loadLanes<T>(dy),
          dyB = loadBehind<T>(dy, 1);
        if (<u32>at < <u32>width) {
          a0 = add<T>(a0, mul<T>(loadLanes<T>(p), dyA));
          b0 = add<T>(b0, mul<T>(loadBehind<T>(p, 1), dyB));
        }
        if (<u32>(at + dilation) < <u32>width) {
          a1 = add<T>(a1, mul<T>(loadLanes<T>(p + apart), dyA));
          b1 = add<T>(b1, mul<T>(loadBehind<T>(p + apart, 1), dyB));
        }
        if (<u32>(at + 2 * dilation) < <u32>width) {
          a2 = add<T>(a2, mul<T>(loadLanes<T>(p + apart2), dyA));
          b2 = add<T>(b2, mul<T>(loadBehind<T>(p + apart2, 1), dyB));
        }
      }
      for (; i < end; i++, p += xStep, dy += step) {
        const dyA = loadLanes<T>(dy),
          dyB = loadBehind<T>(dy, 1);
        a0 = add<T>(a0, mul<T>(loadLanes<T>(p), dyA));
        b0 = add<T>(b0, mul<T>(loadBehind<T>(p, 1), dyB));
        a1 = add<T>(a1, mul<T>(loadLanes<T>(p + apart), dyA));
        b1 = add<T>(b1, mul<T>(loadBehind<T>(p + apart, 1), dyB));
        a2 = add<T>(a2, mul<T>(loadLanes<T>(p + apart2), dyA));
        b2 = add<T>(b2, mul<T>(loadBehind<T>(p + apart2, 1), dyB));
      }
    }
  }
  storeLanes<T>(sums, a0);
  storeBehind<T>(sums, 1, b0);
  storeLanes<T>(second, a1);
  storeBehind<T>(second, 1, b1);
  storeLanes<T>(third, a2);
  storeBehind<T>(third, 1, b2);
}
