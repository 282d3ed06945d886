// Depthwise convolution: every channel has `m` kernels of its own; output channel c * m + j comes from input c.
//   x [n, h, w, c]   kernel [kh, kw, c, m]   y [n, oh, ow, c * m]
// Too thin for a matrix product, so a direct loop with the channels in lanes. Where m is 1 four channels go at a
// time; the order of the sum (taps row by row, then bias) is the same in every build.

import { activate } from "../gemm/epilogue";
import { add, loadLanes, mul, SIMD, splat, storeLanes } from "../lanes";

export function depthwise_conv2d_f32(y: usize, x: usize, kernel: usize, bias: usize,
  n: i32, h: i32, w: i32, c: i32, kh: i32, kw: i32, oh: i32, ow: i32, m: i32,
  strideH: i32, strideW: i32, dilationH: i32, dilationW: i32, top: i32, left: i32, activation: i32): void {
  const o = c * m, vectors = SIMD && m == 1 ? c & ~3 : 0;
  for (let i = 0; i < n; i++, x += <usize>(h * w * c) << 2)
    for (let oy = 0; oy < oh; oy++)
      for (let ox = 0; ox < ow; ox++, y += <usize>o << 2) {
        const y0 = oy * strideH - top, x0 = ox * strideW - left;
        if (SIMD) for (let j = 0; j < vectors; j += 4) window<v128>(y, x, kernel, bias, j, y0, x0, h, w, c, kh, kw, m, dilationH, dilationW, activation);
        for (let j = vectors; j < o; j++) window<f32>(y, x, kernel, bias, j, y0, x0, h, w, c, kh, kw, m, dilationH, dilationW, activation);
      }
}

/** Output channel j (or j … j + 3) of one pixel. */
// @ts-ignore: decorator
@inline function window<T>(y: usize, x: usize, kernel: usize, bias: usize, j: i32, y0: i32, x0: i32, h: i32, w: i32, c: i32, kh: i32, kw: i32, m: i32, dilationH: i32, dilationW: i32, activation: i32): void {
  const channel = isVector<T>() ? j : j / m; // four at a time only where m is 1
  let sum = splat<T>(0);
  for (let ky = 0; ky < kh; ky++) {
    const iy = y0 + ky * dilationH;
    if (<u32>iy >= <u32>h) continue;
    for (let kx = 0; kx < kw; kx++) {
      const ix = x0 + kx * dilationW;
      if (<u32>ix >= <u32>w) continue;
      const value = loadLanes<T>(x + (<usize>((iy * w + ix) * c + channel) << 2));
      sum = add<T>(sum, mul<T>(value, loadLanes<T>(kernel + (<usize>((ky * kw + kx) * c * m + j) << 2))));
    }
  }
  if (bias) sum = add<T>(sum, loadLanes<T>(bias + (<usize>j << 2)));
  storeLanes<T>(y + (<usize>j << 2), activate<T>(sum, activation));
}

/** dx, as a gather: every input pixel sums the windows that saw it, in the order of their taps. */
export function depthwise_conv2d_input_gradient_f32(dx: usize, dy: usize, kernel: usize,
  n: i32, h: i32, w: i32, c: i32, kh: i32, kw: i32, oh: i32, ow: i32, m: i32,
  strideH: i32, strideW: i32, dilationH: i32, dilationW: i32, top: i32, left: i32): void {
  const o = c * m, vectors = SIMD && m == 1 ? c & ~3 : 0;
  for (let i = 0; i < n; i++, dy += <usize>(oh * ow * o) << 2)
    for (let iy = 0; iy < h; iy++)
      for (let ix = 0; ix < w; ix++, dx += <usize>c << 2) {
        memory.fill(dx, 0, <usize>c << 2);
        for (let ky = 0; ky < kh; ky++) {
          const ty = iy + top - ky * dilationH;
          if (ty < 0 || ty % strideH != 0 || ty / strideH >= oh) continue;
          for (let kx = 0; kx < kw; kx++) {
            const tx = ix + left - kx * dilationW;
            if (tx < 0 || tx % strideW != 0 || tx / strideW >= ow) continue;
            const error = dy + (<usize>((ty / strideH * ow + tx / strideW) * o) << 2), weights = kernel + (<usize>((ky * kw + kx) * o) << 2);
            if (SIMD) for (let j = 0; j < vectors; j += 4) {
              const at: usize = <usize>j << 2;
              v128.store(dx + at, f32x4.add(v128.load(dx + at), f32x4.mul(v128.load(error + at), v128.load(weights + at))));
            }
            for (let j = vectors; j < o; j++) {
              const to = dx + (<usize>(j / m) << 2), at: usize = <usize>j << 2;
              store<f32>(to, load<f32>(to) + load<f32>(error + at) * load<f32>(weights + at));
            }
          }
        }
      }
}

/** dkernel: for every tap the sum over all output pixels, image by image and each image from zero. `row` is o floats of scratch. */
export function depthwise_conv2d_kernel_gradient_f32(dkernel: usize, x: usize, dy: usize, row: usize,
  n: i32, h: i32, w: i32, c: i32, kh: i32, kw: i32, oh: i32, ow: i32, m: i32,
  strideH: i32, strideW: i32, dilationH: i32, dilationW: i32, top: i32, left: i32): void {
  const o = c * m, vectors = SIMD && m == 1 ? c & ~3 : 0;
  memory.fill(dkernel, 0, <usize>(kh * kw * o) << 2);
  for (let ky = 0; ky < kh; ky++)
    for (let kx = 0; kx < kw; kx++, dkernel += <usize>o << 2)
      for (let i = 0; i < n; i++) {
        memory.fill(row, 0, <usize>o << 2);
        const image = x + (<usize>(i * h * w * c) << 2), errors = dy + (<usize>(i * oh * ow * o) << 2);
        for (let oy = 0; oy < oh; oy++) {
          const iy = oy * strideH - top + ky * dilationH;
          if (<u32>iy >= <u32>h) continue;
          for (let ox = 0; ox < ow; ox++) {
            const ix = ox * strideW - left + kx * dilationW;
            if (<u32>ix >= <u32>w) continue;
            const pixel = image + (<usize>((iy * w + ix) * c) << 2), error = errors + (<usize>((oy * ow + ox) * o) << 2);
            if (SIMD) for (let j = 0; j < vectors; j += 4) {
              const at: usize = <usize>j << 2;
              v128.store(row + at, f32x4.add(v128.load(row + at), f32x4.mul(v128.load(pixel + at), v128.load(error + at))));
            }
            for (let j = vectors; j < o; j++) {
              const at: usize = <usize>j << 2;
              store<f32>(row + at, load<f32>(row + at) + load<f32>(pixel + (<usize>(j / m) << 2)) * load<f32>(error + at));
            }
          }
        }
        for (let j = 0; j < o; j++) {
          const at: usize = <usize>j << 2;
          store<f32>(dkernel + at, load<f32>(dkernel + at) + load<f32>(row + at));
        }
      }
}
