// Convolutions of 3×3 or 5×5 kernels with stride 1, dilation 1 and one group by Winograd's algorithm, channels and filters
// in fours. F(4×4, 3×3) multiplies 4 times less than im2col, F(4×2, 5×5) 4.2 times: a convolution of tiles of 6×6 or 8×6
// pixels becomes 36 or 48 products of matrices, one for each pair of points at which the tiles are evaluated (points.ts,
// tiles.ts). The relaxed build has F(6×6, 3×3) and F(4×4, 5×5) as well, 5.1 and 6.25 times less, and cuts images into regions of
// both sizes of tiles (cut.ts); each region is a convolution of its own, and kernel gradients of regions add up:
//   forward          y = Aᵀ[ (G kernel Gᵀ) ⊙ (Bᵀ x B) ]A       products [tiles, c] · [c, o]
//   input gradient   the same with dy and the kernel flipped both ways
//   kernel gradient  dkernel = Gᵀ[ (Bᵀ x B) ⊙ (A dy Aᵀ) ]G     products [c, tiles] · [tiles, o]
// The transforms move as many floats a tile as points · (c + o), the products multiply points · c · o: with few channels
// im2col is faster. Which one runs is decided in src/ops/conv2dAlgorithm.ts; here every size is right. A pixel that is not
// finite makes its whole tile NaN, where im2col would spoil its window alone.
//
// geometry is a Conv2dGeometry of kh = kw = k, strides and dilations of 1 and one group; bias is [o], or 0 for none;
// activation is a code of gemm/epilogue.ts.
//
// Workspace of a range; before it, of the input gradient, the flipped kernel:
//   0           TiledImages: the bank of kernels
//   RECORD      TiledImages: the input
//   2 · RECORD  TiledImages: the output, or dy
//   3 · RECORD  free
//   4 · RECORD  half transformed columns and rows that hang over the border (tiles.ts)
//   then        forward, input gradient: points of the bank, of a group's input, those of one product packed, of a group's output
//               kernel gradient: points of SUM tiles of the input and of dy, points of the bank
//
// Tiles are taken in groups that stay in the second-level cache. The group changes no bit of the forward pass and the
// input gradient. The kernel gradient sums over all tiles: blocks of SUM tiles from zero, in order.
//
// 64 × 14×14×32 → 64, 5×5 "same", one core of an EPYC (Zen 4), Node 20, medians, CPU time: forward 14.1 ms simd, 12.7
// relaxed, input gradient 11.4 and 10.3, kernel gradient 10.9 and 9.3, that is 91 to 138 nominal GFLOP/s where a 4×8 tile
// in L1 reaches 39 and a 6×8 one 56 (im2col 34 to 38 and 24 to 27 ms). Six points both ways, F(2×2, 5×5), had taken
// 16.9, 14.7 and 13.5 ms in simd. About three quarters are the products.
// Relaxed, larger tiles and finishing results as they are written: see cut.ts; of 64 × 14×14×32 → 64, 5×5, the products are 56 % now,
// the way to the points 19, the way back 28 before results were finished on it, packing 5, the kernels' points 8.
// Tried: the 4×8 tile as a call, up to 6 % slower; its loop unrolled twice or four times, 12 and 24 % (V8 spills).

import { RELAXED } from "../../lanes";
import { flipKernel } from "../../conv/flip";
import { Conv2dGeometry } from "../../conv/geometry";
import { imagesOf, imageUnits, inputAt, kernelSize, outputAt } from "../../conv/units";
import { convolve, convolve_bytes } from "./convolve";
import { isMany } from "./cut";
import { align64 } from "./layout";

/** y[n, oh, ow, o] = x[n, h, w, c] * kernel[kh, kw, c, o] + bias[o] */
export function conv2d_winograd_f32(
  y: usize,
  x: usize,
  kernel: usize,
  bias: usize,
  workspace: usize,
  geometry: Conv2dGeometry,
  activation: i32,
  from: i32,
  to: i32,
): void {
  const g = geometry,
    first = imagesOf(g, from);
  convolve(
    outputAt(y, g, first),
    inputAt(x, g, first),
    kernel,
    bias,
    workspace,
    RELAXED && isMany(g.n, g.oh, g.ow),
    imagesOf(g, to - from),
    g.h,
    g.w,
    g.c,
    g.kh,
    g.oh,
    g.ow,
    g.o,
    g.top,
    g.left,
    activation,
  );
}

/** Units are images. */
export function conv2d_winograd_f32_units(geometry: Conv2dGeometry): i32 {
  return imageUnits(geometry);
}

export function conv2d_winograd_f32_workspace_bytes(geometry: Conv2dGeometry, units: i32): i32 {
  const g = geometry;
  return convolve_bytes(RELAXED && isMany(g.n, g.oh, g.ow), imagesOf(g, units), g.w, g.c, g.kh, g.oh, g.ow, g.o);
}

/** Bytes of the flipped kernel, with which the workspace of the input gradient begins. */
function flipped_bytes(g: Conv2dGeometry): i32 {
  return align64(kernelSize(g) << 2);
}

/** dx[n, h, w, c] = dy[n, oh, ow, o] * flipped kernel[kh, kw, o, c] */
export function conv2d_winograd_input_gradient_f32(
  dx: usize,
  dy: usize,
  kernel: usize,
  workspace: usize,
  geometry: Conv2dGeometry,
  from: i32,
  to: i32,
): void {
  const g = geometry,
    first = imagesOf(g, from),
    k = g.kh,
    c = g.c,
    o = g.o;
  flipKernel(workspace, kernel, k * k, c, o, o);
  convolve(
    inputAt(dx, g, first),
    outputAt(dy, g, first),
    workspace,
    0,
    workspace + flipped_bytes(g),
    RELAXED && isMany(g.n, g.h, g.w),
    imagesOf(g, to - from),
    g.oh,
    g.ow,
    o,
    k,
    g.h,
    g.w,
    c,
    k - 1 - g.top,
    k - 1 - g.left,
    0,
  );
}

/** Units are images. */
export function conv2d_winograd_input_gradient_f32_units(geometry: Conv2dGeometry): i32 {
  return imageUnits(geometry);
}

export function conv2d_winograd_input_gradient_f32_workspace_bytes(geometry: Conv2dGeometry, units: i32): i32 {
  const g = geometry;
  return flipped_bytes(g) + convolve_bytes(RELAXED && isMany(g.n, g.h, g.w), imagesOf(g, units), g.ow, g.o, g.kh, g.h, g.w, g.c);
}
