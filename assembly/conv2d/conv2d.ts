// 2-D convolution (cross-correlation, as the field calls it) and its two gradients, each one product per group of channels
// over the virtual column matrix of im2col.ts. geometry is a Conv2dGeometry; bias is [o], or 0 for none; activation is a
// code of gemm/epilogue.ts. The border is padded once per range, the columns never.
//
// Workspace of a range:
//   0         Im2col
//   OPERAND   KStrided: the kernel or dy, the part of one group
//   ROWS      Im2colTransposed (kernel gradient)
//   OFFSETS   byte offsets of the pixels of a depth block, up to KC (kernel gradient)
//   RECORDS   padded images, then the flipped kernel of one group (input gradient), then the packed blocks of the product

import { KC } from "../gemm/blocking";
import { KStrided } from "../gemm/matrix";
import { product, product_workspace_bytes } from "../gemm/product";
import { flipKernel } from "../conv/flip";
import { Conv2dGeometry } from "../conv/geometry";
import { Im2col, Im2colTransposed } from "./im2col";
import { pad2d } from "../conv/pad";
import { groupImages, groupUnits, imagesOf, imageUnits, inputAt, outputAt, partialAt } from "../conv/units";

const OPERAND: usize = 128;
const ROWS: usize = 160;
const OFFSETS: usize = 256;
const RECORDS: i32 = 256 + KC * 4;

/**
 * Pixels that the windows of `out` outputs span.
 * @inline
 */
function extent(out: i32, stride: i32, window: i32, dilation: i32): i32 {
  return (out - 1) * stride + (window - 1) * dilation + 1;
}

/** @inline */
function align16(bytes: i32): i32 {
  return (bytes + 15) & ~15;
}

/** Whether a window is a pixel and there is one for each, so that x and dy are read where they lie. */
function isPointwise(g: Conv2dGeometry): bool {
  return g.kh * g.kw * g.strideH * g.strideW == 1 && g.oh * g.ow == g.h * g.w;
}

/** Bytes of n images of x with the border that the windows touch. */
function padded_bytes(g: Conv2dGeometry, n: i32): i32 {
  if (isPointwise(g)) return 0;
  const ph = extent(g.oh, g.strideH, g.kh, g.dilationH),
    pw = extent(g.ow, g.strideW, g.kw, g.dilationW);
  return align16((n * ph * pw * g.c) << 2);
}

/** Fills the record of the column matrix of n images of x, padded at `padded`, or of x itself where no border is needed. */
function im2col(record: usize, padded: usize, x: usize, n: i32, g: Conv2dGeometry): Im2col {
  const top = g.top,
    left = g.left,
    h = g.h,
    w = g.w,
    c = g.c;
  const ph = extent(g.oh, g.strideH, g.kh, g.dilationH),
    pw = extent(g.ow, g.strideW, g.kw, g.dilationW);
  let height = h,
    width = w;
  const columns = changetype<Im2col>(record);
  columns.image = x;
  if (top != 0 || left != 0 || ph > h || pw > w) {
    pad2d(padded, x, n, h, w, c, ph, pw, top, left, 1, 1);
    columns.image = padded;
    height = ph;
    width = pw;
  }
  describe(columns, g, height, width, c, g.oh, g.ow, g.strideH, g.strideW);
  return columns;
}

/** The column matrix of images of height × width pixels, padded, whose windows give outHeight × outWidth. */
function describe(
  columns: Im2col,
  g: Conv2dGeometry,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  strideH: i32,
  strideW: i32,
): void {
  const dilationW = g.dilationW,
    groups = g.groups,
    kw = g.kw;
  const pixel: usize = (<usize>channels) << 2,
    row: usize = <usize>width * pixel;
  columns.imageStride = <usize>height * row;
  columns.rowStride = <usize>strideH * row;
  columns.columnStride = <usize>strideW * pixel;
  columns.runStride = <usize>dilationW * pixel;
  columns.windowStride = <usize>g.dilationH * row;
  const whole = dilationW == 1 && groups == 1;
  columns.run = whole ? kw * channels : channels / groups;
  columns.runs = whole ? 1 : kw;
  columns.outHeight = outHeight;
  columns.outWidth = outWidth;
}

/** y[n, oh, ow, o] = x[n, h, w, c] * kernel[kh, kw, c / groups, o] + bias[o] */
export function conv2d_f32(
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
    first = imagesOf(g, from),
    n = imagesOf(g, to - from),
    padded = workspace + RECORDS;
  const columns = im2col(workspace, padded, inputAt(x, g, first), n, g);
  const o = g.o,
    groups = g.groups,
    cg = g.c / groups,
    og = o / groups;
  const pixels = n * g.oh * g.ow,
    taps = g.kh * g.kw * cg;
  const scratch = padded + padded_bytes(g, n),
    weights = changetype<KStrided>(workspace + OPERAND);
  y = outputAt(y, g, first);
  for (let group = 0; group < groups; group++) {
    weights.pointer = kernel + ((<usize>(group * og)) << 2);
    weights.stride = (<usize>o) << 2;
    product<Im2col, KStrided>(
      y + ((<usize>(group * og)) << 2),
      columns,
      weights,
      bias ? bias + ((<usize>(group * og)) << 2) : 0,
      scratch,
      pixels,
      og,
      taps,
      (<usize>o) << 2,
      activation,
    );
    columns.image += (<usize>cg) << 2;
  }
}

/** Units are images. */
export function conv2d_f32_units(geometry: Conv2dGeometry): i32 {
  return imageUnits(geometry);
}

export function conv2d_f32_workspace_bytes(geometry: Conv2dGeometry, units: i32): i32 {
  const g = geometry,
    groups = g.groups,
    taps = g.kh * g.kw * (g.c / groups);
  return RECORDS + padded_bytes(g, imagesOf(g, units)) + product_workspace_bytes(g.o / groups, taps);
}

/**
 * dx[n, h, w, c] = dy[n, oh, ow, o] * flipped kernel[kh, kw, o, c]
 *
 * A gather: the convolution of dy, dilated by the strides, with the kernel flipped both ways, at stride 1.
 */
export function conv2d_input_gradient_f32(
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
    n = imagesOf(g, to - from);
  const h = g.h,
    w = g.w,
    c = g.c,
    kh = g.kh,
    kw = g.kw,
    o = g.o;
  const dilationH = g.dilationH,
    dilationW = g.dilationW,
    groups = g.groups;
  const ph = extent(h, 1, kh, dilationH),
    pw = extent(w, 1, kw, dilationW);
  const padded = workspace + RECORDS,
    flipped = isPointwise(g) ? padded : padded + align16((n * ph * pw * o) << 2);
  const cg = c / groups,
    og = o / groups,
    taps = kh * kw * og,
    scratch = flipped + align16((taps * cg) << 2);
  const columns = changetype<Im2col>(workspace),
    weights = changetype<KStrided>(workspace + OPERAND);
  columns.image = outputAt(dy, g, first);
  if (flipped != padded) {
    pad2d(
      padded,
      columns.image,
      n,
      g.oh,
      g.ow,
      o,
      ph,
      pw,
      (kh - 1) * dilationH - g.top,
      (kw - 1) * dilationW - g.left,
      g.strideH,
      g.strideW,
    );
    columns.image = padded;
  }
  describe(columns, g, ph, pw, o, h, w, 1, 1);
  weights.pointer = flipped;
  weights.stride = (<usize>cg) << 2;
  dx = inputAt(dx, g, first);
  for (let group = 0; group < groups; group++) {
    flipKernel(flipped, kernel + ((<usize>(group * og)) << 2), kh * kw, cg, og, o);
    product<Im2col, KStrided>(dx + ((<usize>(group * cg)) << 2), columns, weights, 0, scratch, n * h * w, cg, taps, (<usize>c) << 2, 0);
    columns.image += (<usize>og) << 2;
  }
}

/** Units are images. */
export function conv2d_input_gradient_f32_units(geometry: Conv2dGeometry): i32 {
  return imageUnits(geometry);
}

export function conv2d_input_gradient_f32_workspace_bytes(geometry: Conv2dGeometry, units: i32): i32 {
  const g = geometry;
  const kh = g.kh,
    kw = g.kw,
    groups = g.groups,
    cg = g.c / groups,
    taps = kh * kw * (g.o / groups);
  const ph = extent(g.h, 1, kh, g.dilationH),
    pw = extent(g.w, 1, kw, g.dilationW);
  const padded = isPointwise(g) ? 0 : align16((imagesOf(g, units) * ph * pw * g.o) << 2);
  return RECORDS + padded + align16((taps * cg) << 2) + product_workspace_bytes(cg, taps);
}

/**
 * partials[units, kh, kw, c / groups, o] = columns(x[n, h, w, c])ᵀ dy[n, oh, ow, o], a unit's images summed
 *
 * dkernel is the sum of the partial gradients in order; where there is one unit, partials is dkernel itself.
 */
export function conv2d_kernel_gradient_f32(
  partials: usize,
  x: usize,
  dy: usize,
  workspace: usize,
  geometry: Conv2dGeometry,
  from: i32,
  to: i32,
): void {
  const g = geometry,
    images = groupImages(g);
  for (let unit = from; unit < to; unit++) {
    const first = unit * images;
    partialGradient(partialAt(partials, g, unit), inputAt(x, g, first), outputAt(dy, g, first), workspace, g, min(images, g.n - first));
  }
}

/** dkernel[kh, kw, c / groups, o] of n images. */
function partialGradient(dkernel: usize, x: usize, dy: usize, workspace: usize, g: Conv2dGeometry, n: i32): void {
  const padded = workspace + RECORDS,
    scratch = padded + padded_bytes(g, n);
  const columns = im2col(workspace, padded, x, n, g);
  const o = g.o,
    groups = g.groups,
    cg = g.c / groups,
    og = o / groups;
  const taps = g.kh * g.kw * cg,
    pixels = n * g.oh * g.ow;
  const rows = changetype<Im2colTransposed>(workspace + ROWS),
    gradients = changetype<KStrided>(workspace + OPERAND);
  rows.columns = columns;
  rows.taps = taps;
  columns.offsets = workspace + OFFSETS;
  for (let group = 0; group < groups; group++) {
    gradients.pointer = dy + ((<usize>(group * og)) << 2);
    gradients.stride = (<usize>o) << 2;
    product<Im2colTransposed, KStrided>(
      dkernel + ((<usize>(group * og)) << 2),
      rows,
      gradients,
      0,
      scratch,
      taps,
      og,
      pixels,
      (<usize>o) << 2,
      0,
    );
    columns.image += (<usize>cg) << 2;
  }
}

/** Units are groups of images, a rule of the result: see groupUnits. */
export function conv2d_kernel_gradient_f32_units(geometry: Conv2dGeometry): i32 {
  return groupUnits(geometry);
}

/** Bytes for the largest group of images, used again for each group. */
export function conv2d_kernel_gradient_f32_workspace_bytes(geometry: Conv2dGeometry, units: i32): i32 {
  const g = geometry,
    n = groupImages(g);
  return RECORDS + padded_bytes(g, n) + product_workspace_bytes(g.o / g.groups, n * g.oh * g.ow);
}
