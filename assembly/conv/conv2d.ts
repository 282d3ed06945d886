// 2-D convolution (cross-correlation, as the field calls it) and its two gradients, each one product per group
// over the virtual column matrix of im2col.ts.
//   x [n, h, w, c]   kernel [kh, kw, c / groups, o]   y [n, oh, ow, o]   bias [o] or 0
// strideH, strideW, dilationH, dilationW in pixels; top, left: zeros before the first row and column (what is
// missing behind the last follows from the sizes). The border is padded once per call, the columns never.
// Every function takes the same sixteen sizes in the same order: n h w c, kh kw, oh ow o, strides, dilations, border, groups.

import { KC } from "../gemm/blocking";
import { DepthInner, DepthOuter } from "../gemm/matrix";
import { product, product_workspace_bytes } from "../gemm/product";
import { Im2col, Im2colTransposed } from "./im2col";
import { pad2d } from "./pad";

/** The operands' records and the pixel offsets of a depth block stand at the start of the workspace. */
const RECORDS: i32 = 256 + KC * 4;

/** Extent of the padded input that the windows touch. */
// @ts-ignore: decorator
@inline function extent(out: i32, stride: i32, window: i32, dilation: i32): i32 { return (out - 1) * stride + (window - 1) * dilation + 1; }

// @ts-ignore: decorator
@inline function align16(bytes: i32): i32 { return (bytes + 15) & ~15; }

/** Fills the record of the column matrix of `x` padded at `padded`, or of x itself where no border is needed. */
function im2col(record: usize, padded: usize, x: usize, n: i32, h: i32, w: i32, c: i32, kh: i32, kw: i32, oh: i32, ow: i32,
  strideH: i32, strideW: i32, dilationH: i32, dilationW: i32, top: i32, left: i32, groups: i32): Im2col {
  const ph = max(extent(oh, strideH, kh, dilationH), 1), pw = max(extent(ow, strideW, kw, dilationW), 1);
  let height = h, width = w;
  const columns = changetype<Im2col>(record);
  columns.image = x;
  if (top != 0 || left != 0 || ph > h || pw > w) {
    pad2d(padded, x, n, h, w, c, ph, pw, top, left, 1, 1);
    columns.image = padded; height = ph; width = pw;
  }
  describe(columns, height, width, c, kw, oh, ow, strideH, strideW, dilationH, dilationW, groups);
  return columns;
}

function describe(columns: Im2col, height: i32, width: i32, c: i32, kw: i32, oh: i32, ow: i32, strideH: i32, strideW: i32, dilationH: i32, dilationW: i32, groups: i32): void {
  const pixel: usize = <usize>c << 2, row: usize = <usize>width * pixel;
  columns.imageStride = <usize>height * row;
  columns.rowStride = <usize>strideH * row;
  columns.columnStride = <usize>strideW * pixel;
  columns.runStride = <usize>dilationW * pixel;
  columns.windowStride = <usize>dilationH * row;
  const whole = dilationW == 1 && groups == 1;
  columns.run = whole ? kw * c : c / groups;
  columns.runs = whole ? 1 : kw;
  columns.outHeight = oh; columns.outWidth = ow;
}

/** Bytes of workspace for the forward pass and the kernel gradient. */
export function conv2d_workspace_bytes(
  n: i32, _h: i32, _w: i32, c: i32, kh: i32, kw: i32, oh: i32, ow: i32, o: i32,
  strideH: i32, strideW: i32, dilationH: i32, dilationW: i32, _top: i32, _left: i32, groups: i32): i32 {
  const padded = align16(n * extent(oh, strideH, kh, dilationH) * extent(ow, strideW, kw, dilationW) * c << 2);
  const pixels = n * oh * ow, taps = kh * kw * (c / groups), og = o / groups;
  return RECORDS + padded + max(product_workspace_bytes(pixels, og, taps), product_workspace_bytes(taps, og, pixels));
}

export function conv2d_f32(y: usize, x: usize, kernel: usize, bias: usize, workspace: usize,
  n: i32, h: i32, w: i32, c: i32, kh: i32, kw: i32, oh: i32, ow: i32, o: i32,
  strideH: i32, strideW: i32, dilationH: i32, dilationW: i32, top: i32, left: i32, groups: i32, activation: i32): void {
  const padded = workspace + RECORDS;
  const columns = im2col(workspace, padded, x, n, h, w, c, kh, kw, oh, ow, strideH, strideW, dilationH, dilationW, top, left, groups);
  const scratch = padded + align16(n * extent(oh, strideH, kh, dilationH) * extent(ow, strideW, kw, dilationW) * c << 2);
  const cg = c / groups, og = o / groups, weights = changetype<DepthOuter>(workspace + 128);
  for (let g = 0; g < groups; g++) {
    weights.pointer = kernel + (<usize>(g * og) << 2); weights.stride = <usize>o << 2;
    product<Im2col, DepthOuter>(y + (<usize>(g * og) << 2), columns, weights, bias ? bias + (<usize>(g * og) << 2) : 0, scratch,
      n * oh * ow, og, kh * kw * cg, <usize>o << 2, activation);
    columns.image += <usize>cg << 2;
  }
}

/** dkernel[kh, kw, c / groups, o] = columns(x)ᵀ dy */
export function conv2d_kernel_gradient_f32(dkernel: usize, x: usize, dy: usize, workspace: usize,
  n: i32, h: i32, w: i32, c: i32, kh: i32, kw: i32, oh: i32, ow: i32, o: i32,
  strideH: i32, strideW: i32, dilationH: i32, dilationW: i32, top: i32, left: i32, groups: i32): void {
  const padded = workspace + RECORDS;
  const columns = im2col(workspace, padded, x, n, h, w, c, kh, kw, oh, ow, strideH, strideW, dilationH, dilationW, top, left, groups);
  const scratch = padded + align16(n * extent(oh, strideH, kh, dilationH) * extent(ow, strideW, kw, dilationW) * c << 2);
  const cg = c / groups, og = o / groups, taps = kh * kw * cg;
  const transposed = changetype<Im2colTransposed>(workspace + 160), errors = changetype<DepthOuter>(workspace + 128);
  transposed.columns = columns; transposed.taps = taps;
  columns.offsets = workspace + 256;
  for (let g = 0; g < groups; g++) {
    errors.pointer = dy + (<usize>(g * og) << 2); errors.stride = <usize>o << 2;
    product<Im2colTransposed, DepthOuter>(dkernel + (<usize>(g * og) << 2), transposed, errors, 0, scratch, taps, og, n * oh * ow, <usize>o << 2, 0);
    columns.image += <usize>cg << 2;
  }
}

/** Bytes of workspace for the input gradient: the spread and padded dy, the turned kernel of a group, the product. */
export function conv2d_input_gradient_workspace_bytes(
  n: i32, h: i32, w: i32, c: i32, kh: i32, kw: i32, _oh: i32, _ow: i32, o: i32,
  _strideH: i32, _strideW: i32, dilationH: i32, dilationW: i32, _top: i32, _left: i32, groups: i32): i32 {
  const padded = align16(n * extent(h, 1, kh, dilationH) * extent(w, 1, kw, dilationW) * o << 2);
  const taps = kh * kw * (o / groups), cg = c / groups;
  return RECORDS + padded + align16(taps * cg << 2) + product_workspace_bytes(n * h * w, cg, taps);
}

/** dx[n, h, w, c]: a gather, the stride-1 convolution of dy (spread by the strides) with the kernel turned by 180°. */
export function conv2d_input_gradient_f32(dx: usize, dy: usize, kernel: usize, workspace: usize,
  n: i32, h: i32, w: i32, c: i32, kh: i32, kw: i32, oh: i32, ow: i32, o: i32,
  strideH: i32, strideW: i32, dilationH: i32, dilationW: i32, top: i32, left: i32, groups: i32): void {
  const ph = extent(h, 1, kh, dilationH), pw = extent(w, 1, kw, dilationW);
  const padded = workspace + RECORDS, turned = padded + align16(n * ph * pw * o << 2);
  const cg = c / groups, og = o / groups, taps = kh * kw * og;
  const scratch = turned + align16(taps * cg << 2);
  pad2d(padded, dy, n, oh, ow, o, ph, pw, (kh - 1) * dilationH - top, (kw - 1) * dilationW - left, strideH, strideW);
  const columns = changetype<Im2col>(workspace), weights = changetype<DepthOuter>(workspace + 128);
  columns.image = padded;
  describe(columns, ph, pw, o, kw, h, w, 1, 1, dilationH, dilationW, groups);
  weights.pointer = turned; weights.stride = <usize>cg << 2;
  for (let g = 0; g < groups; g++) {
    turnKernel(turned, kernel + (<usize>(g * og) << 2), kh * kw, cg, og, o);
    product<Im2col, DepthOuter>(dx + (<usize>(g * cg) << 2), columns, weights, 0, scratch, n * h * w, cg, taps, <usize>c << 2, 0);
    columns.image += <usize>og << 2;
  }
}

/** turned[taps − 1 − t, o, c] = kernel[t, c, o] for one group whose rows lie `stride` floats apart. */
export function turnKernel(turned: usize, kernel: usize, taps: i32, c: i32, o: i32, stride: i32): void {
  for (let t = 0; t < taps; t++) {
    const to = turned + (<usize>((taps - 1 - t) * o * c) << 2);
    for (let i = 0; i < c; i++, kernel += <usize>stride << 2)
      for (let j = 0; j < o; j++) store<f32>(to + (<usize>(j * c + i) << 2), load<f32>(kernel + (<usize>j << 2)));
  }
}
