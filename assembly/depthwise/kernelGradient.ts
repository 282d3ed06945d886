// The gradient of a depthwise kernel: for every tap and channel the sum over all output pixels, image by image and each image
// from zero. It is cut by channels, since no channel needs another.
//
// Three taps of a row and two vectors of channels go at a time, so that their six sums stay in registers over several rows and
// none waits for another. The rows are so few that x and dy stay in the cache until all taps and channels have seen them.

import { Conv2dGeometry } from "../conv/geometry";
import { isSmall } from "../conv/units";
import { add, loadLanes, mul, SIMD, storeLanes } from "../lanes";
import { steps } from "./row";
import { tapsInWindows, windowSums } from "./window";

/** Channels of a unit. */
const CHANNELS: i32 = 8;
/** Floats of dy that are walked together. */
const BLOCK: i32 = 1 << 14;

/** dkernel[kh, kw, o] = sum over pixels of x[n, h, w, c] dy[n, oh, ow, o], o = c m; the workspace holds the sums of an image */
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
            g,
            end - oy,
            channels,
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

/** sums[kw, channels · m] += what so many rows of dy give with those of x under a row of taps */
function rowSums(sums: usize, x: usize, dy: usize, g: Conv2dGeometry, rows: i32, channels: i32): void {
  const m = g.o / g.c,
    bytes = (<usize>(channels * m)) << 2,
    taps = g.kw,
    pixel: usize = (<usize>g.c) << 2,
    step: usize = (<usize>g.o) << 2,
    line = <usize>(g.strideH * g.w) * pixel;
  const inWindows = m > 1 ? 0 : windowSums(sums, x, dy, g, rows, bytes);
  for (let tap = 0; tap < taps; tap++, sums += bytes) {
    const column = tap * g.dilationW - g.left;
    let j: usize = tap < tapsInWindows(taps) ? inWindows : 0;
    if (SIMD && m == 1)
      for (; j + 16 <= bytes; j += 16) one<v128>(sums + j, x + j, dy + j, rows, g.ow, column, g.strideW, g.w, pixel, line, step);
    for (; j < bytes; j += 4)
      one<f32>(sums + j, x + ((<usize>(<i32>(j >> 2) / m)) << 2), dy + j, rows, g.ow, column, g.strideW, g.w, pixel, line, step);
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
