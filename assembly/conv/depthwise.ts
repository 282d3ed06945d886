// Depthwise convolution: every channel has m kernels of its own; output channel c * m + j comes from input channel c.
// geometry is a Conv2dGeometry with c groups and o = c · m, so a kernel [kh, kw, c, m] is one of [kh, kw, c / groups, o].
// bias is [o], or 0 for none; activation is a code of gemm/epilogue.ts.
//
// Too thin for a matrix product, so a direct loop with the channels in lanes. Where m is 1 four channels go at a
// time; the order of the sum (taps row by row, then bias) is the same in every build.
//
// Each kernel finds its range and hands the sizes to a function of their own: loops in the function that loads them from
// the record are slower (Node 20, EPYC, 3×3 of 14×14×32: forward 7 % scalar, input gradient 12 %, kernel gradient 8 % simd).

import { activate } from "../gemm/epilogue";
import { add, loadLanes, mul, SIMD, splat, storeLanes } from "../lanes";
import { Conv2dGeometry } from "./geometry";
import { imagesOf, imageUnits, inputAt, isSmall, outputAt } from "./units";

/** y[n, oh, ow, c * m] = x[n, h, w, c] * kernel[kh, kw, c, m] + bias[c * m] */
export function depthwise_conv2d_f32(
  y: usize,
  x: usize,
  kernel: usize,
  bias: usize,
  geometry: Conv2dGeometry,
  activation: i32,
  from: i32,
  to: i32,
): void {
  const g = geometry,
    first = imagesOf(g, from);
  forward(
    outputAt(y, g, first),
    inputAt(x, g, first),
    kernel,
    bias,
    imagesOf(g, to - from),
    g.h,
    g.w,
    g.c,
    g.kh,
    g.kw,
    g.oh,
    g.ow,
    g.o / g.c,
    g.strideH,
    g.strideW,
    g.dilationH,
    g.dilationW,
    g.top,
    g.left,
    activation,
  );
}

/** Units are images. */
export function depthwise_conv2d_f32_units(geometry: Conv2dGeometry): i32 {
  return imageUnits(geometry);
}

/** y of n images. */
function forward(
  y: usize,
  x: usize,
  kernel: usize,
  bias: usize,
  n: i32,
  h: i32,
  w: i32,
  c: i32,
  kh: i32,
  kw: i32,
  oh: i32,
  ow: i32,
  m: i32,
  strideH: i32,
  strideW: i32,
  dilationH: i32,
  dilationW: i32,
  top: i32,
  left: i32,
  activation: i32,
): void {
  const o = c * m,
    vectors = SIMD && m == 1 ? c & ~3 : 0;
  for (let i = 0; i < n; i++, x += (<usize>(h * w * c)) << 2)
    for (let oy = 0; oy < oh; oy++)
      for (let ox = 0; ox < ow; ox++, y += (<usize>o) << 2) {
        const y0 = oy * strideH - top,
          x0 = ox * strideW - left;
        if (SIMD)
          for (let j = 0; j < vectors; j += 4)
            window<v128>(y, x, kernel, bias, j, y0, x0, h, w, c, kh, kw, m, dilationH, dilationW, activation);
        for (let j = vectors; j < o; j++) window<f32>(y, x, kernel, bias, j, y0, x0, h, w, c, kh, kw, m, dilationH, dilationW, activation);
      }
}

/**
 * Output channel j (or j … j + 3) of one pixel, whose window begins at (y0, x0).
 * @inline
 */
function window<T>(
  y: usize,
  x: usize,
  kernel: usize,
  bias: usize,
  j: i32,
  y0: i32,
  x0: i32,
  h: i32,
  w: i32,
  c: i32,
  kh: i32,
  kw: i32,
  m: i32,
  dilationH: i32,
  dilationW: i32,
  activation: i32,
): void {
  const channel = isVector<T>() ? j : j / m; // four at a time only where m is 1
  let sum = splat<T>(0);
  for (let ky = 0; ky < kh; ky++) {
    const iy = y0 + ky * dilationH;
    if (<u32>iy >= <u32>h) continue;
    for (let kx = 0; kx < kw; kx++) {
      const ix = x0 + kx * dilationW;
      if (<u32>ix >= <u32>w) continue;
      const value = loadLanes<T>(x + ((<usize>((iy * w + ix) * c + channel)) << 2));
      sum = add<T>(sum, mul<T>(value, loadLanes<T>(kernel + ((<usize>((ky * kw + kx) * c * m + j)) << 2))));
    }
  }
  if (bias) sum = add<T>(sum, loadLanes<T>(bias + ((<usize>j) << 2)));
  storeLanes<T>(y + ((<usize>j) << 2), activate<T>(sum, activation));
}

/**
 * dx[n, h, w, c] = sum over taps and m of dy[n, oh, ow, c * m] kernel[kh, kw, c, m]
 *
 * A gather: every input pixel sums the windows that saw it, in the order of their taps.
 */
export function depthwise_conv2d_input_gradient_f32(
  dx: usize,
  dy: usize,
  kernel: usize,
  geometry: Conv2dGeometry,
  from: i32,
  to: i32,
): void {
  const g = geometry,
    first = imagesOf(g, from);
  inputGradient(
    inputAt(dx, g, first),
    outputAt(dy, g, first),
    kernel,
    imagesOf(g, to - from),
    g.h,
    g.w,
    g.c,
    g.kh,
    g.kw,
    g.oh,
    g.ow,
    g.o / g.c,
    g.strideH,
    g.strideW,
    g.dilationH,
    g.dilationW,
    g.top,
    g.left,
  );
}

/** Units are images. */
export function depthwise_conv2d_input_gradient_f32_units(geometry: Conv2dGeometry): i32 {
  return imageUnits(geometry);
}

/** dx of n images. */
function inputGradient(
  dx: usize,
  dy: usize,
  kernel: usize,
  n: i32,
  h: i32,
  w: i32,
  c: i32,
  kh: i32,
  kw: i32,
  oh: i32,
  ow: i32,
  m: i32,
  strideH: i32,
  strideW: i32,
  dilationH: i32,
  dilationW: i32,
  top: i32,
  left: i32,
): void {
  const o = c * m,
    vectors = SIMD && m == 1 ? c & ~3 : 0;
  for (let i = 0; i < n; i++, dy += (<usize>(oh * ow * o)) << 2)
    for (let iy = 0; iy < h; iy++)
      for (let ix = 0; ix < w; ix++, dx += (<usize>c) << 2) {
        memory.fill(dx, 0, (<usize>c) << 2);
        for (let ky = 0; ky < kh; ky++) {
          const ty = iy + top - ky * dilationH;
          if (ty < 0 || ty % strideH != 0 || ty / strideH >= oh) continue;
          for (let kx = 0; kx < kw; kx++) {
            const tx = ix + left - kx * dilationW;
            if (tx < 0 || tx % strideW != 0 || tx / strideW >= ow) continue;
            const gradient = dy + ((<usize>(((ty / strideH) * ow + tx / strideW) * o)) << 2),
              weights = kernel + ((<usize>((ky * kw + kx) * o)) << 2);
            if (SIMD)
              for (let j = 0; j < vectors; j += 4) {
                const at: usize = (<usize>j) << 2;
                v128.store(dx + at, f32x4.add(v128.load(dx + at), f32x4.mul(v128.load(gradient + at), v128.load(weights + at))));
              }
            for (let j = vectors; j < o; j++) {
              const to = dx + ((<usize>(j / m)) << 2),
                at: usize = (<usize>j) << 2;
              store<f32>(to, load<f32>(to) + load<f32>(gradient + at) * load<f32>(weights + at));
            }
          }
        }
      }
}

/**
 * dkernel[kh, kw, c, m] = sum over pixels of x[n, h, w, c] dy[n, oh, ow, c * m]
 *
 * For every tap the sum over all output pixels, image by image and each image from zero. The workspace holds the sum of
 * an image, [o].
 */
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
    kw = g.kw,
    o = g.o,
    end = tapsOf(g, to);
  for (let tap = tapsOf(g, from); tap < end; tap++)
    tapGradient(
      dkernel + ((<usize>(tap * o)) << 2),
      x,
      dy,
      workspace,
      g.n,
      g.h,
      g.w,
      g.c,
      g.oh,
      g.ow,
      o / g.c,
      g.strideH,
      g.strideW,
      (tap / kw) * g.dilationH - g.top,
      (tap % kw) * g.dilationW - g.left,
    );
}

/** Taps in so many units: all in one where the work is small. */
function tapsOf(g: Conv2dGeometry, units: i32): i32 {
  return isSmall(g) ? units * g.kh * g.kw : units;
}

/** Units are taps: each is a sum over all images. */
export function depthwise_conv2d_kernel_gradient_f32_units(geometry: Conv2dGeometry): i32 {
  const g = geometry;
  return isSmall(g) ? 1 : g.kh * g.kw;
}

export function depthwise_conv2d_kernel_gradient_f32_workspace_bytes(geometry: Conv2dGeometry, units: i32): i32 {
  return geometry.o << 2;
}

/** dkernel[c, m] of one tap, which lies at (y0, x0) in the first window. */
function tapGradient(
  dkernel: usize,
  x: usize,
  dy: usize,
  row: usize,
  n: i32,
  h: i32,
  w: i32,
  c: i32,
  oh: i32,
  ow: i32,
  m: i32,
  strideH: i32,
  strideW: i32,
  y0: i32,
  x0: i32,
): void {
  const o = c * m,
    vectors = SIMD && m == 1 ? c & ~3 : 0;
  memory.fill(dkernel, 0, (<usize>o) << 2);
  for (let i = 0; i < n; i++) {
    memory.fill(row, 0, (<usize>o) << 2);
    const image = x + ((<usize>(i * h * w * c)) << 2),
      gradients = dy + ((<usize>(i * oh * ow * o)) << 2);
    for (let oy = 0; oy < oh; oy++) {
      const iy = oy * strideH + y0;
      if (<u32>iy >= <u32>h) continue;
      for (let ox = 0; ox < ow; ox++) {
        const ix = ox * strideW + x0;
        if (<u32>ix >= <u32>w) continue;
        const pixel = image + ((<usize>((iy * w + ix) * c)) << 2),
          gradient = gradients + ((<usize>((oy * ow + ox) * o)) << 2);
        if (SIMD)
          for (let j = 0; j < vectors; j += 4) {
            const at: usize = (<usize>j) << 2;
            v128.store(row + at, f32x4.add(v128.load(row + at), f32x4.mul(v128.load(pixel + at), v128.load(gradient + at))));
          }
        for (let j = vectors; j < o; j++) {
          const at: usize = (<usize>j) << 2;
          store<f32>(row + at, load<f32>(row + at) + load<f32>(pixel + ((<usize>(j / m)) << 2)) * load<f32>(gradient + at));
        }
      }
    }
    for (let j = 0; j < o; j++) {
      const at: usize = (<usize>j) << 2;
      store<f32>(dkernel + at, load<f32>(dkernel + at) + load<f32>(row + at));
    }
  }
}
