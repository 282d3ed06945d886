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

import { MR, NR } from "../../gemm/blocking";
import { RELAXED } from "../../lanes";
import { tile } from "../../gemm/tile";
import { transpose2, transpose4 } from "../../gemm/transpose";
import { flipKernel } from "../../conv/flip";
import { Conv2dGeometry } from "../../conv/geometry";
import { groupImages, groupUnits, imagesOf, imageUnits, inputAt, kernelSize, outputAt, partialAt } from "../../conv/units";
import {
  firstColumn,
  firstRow,
  heightOf,
  isMany,
  outputsAcross,
  outputsDown,
  pointsAcross,
  pointsDown,
  products,
  REGIONS,
  widthOf,
} from "./cut";
import { border_bytes, columns_bytes, fromPoints, TiledImages, toPoints } from "./tiles";

/** Channels that are transformed together, and rows of a tile of the kernel gradient's products. */
const QUAD: i32 = 4;
/** Bytes of a record of TiledImages. */
const RECORD: i32 = 128;
/** Bytes that the points of a group may take: half a usual second-level cache. 1 MiB costs 2–5 % here, 2 MiB 12 %, 256 KiB nothing. */
const GROUP_BYTES: i32 = 1 << 19;
/** Tiles that a block of the kernel gradient's sum takes. Part of the result, as KC is of a product's. 64 costs 2 %, 128 7 %. */
const SUM: i32 = 32;

/** @inline */
function roundUp(x: i32, to: i32): i32 {
  return ((x + to - 1) / to) * to;
}
/** @inline */
function tilesDown(height: i32, k: i32, region: i32): i32 {
  return (height + outputsDown(k, region) - 1) / outputsDown(k, region);
}
/** @inline */
function tilesAcross(width: i32, k: i32, region: i32): i32 {
  return (width + outputsAcross(k, region) - 1) / outputsAcross(k, region);
}
/**
 * Bytes from a point's matrix to the next. One cache line more than the matrix: sizes are mostly powers of two, and 36
 * lines that lie a power of two apart fall into one set of the first-level cache (kernel gradient 20.3 → 14.6 ms).
 * @inline
 */
function pointStep(rows: i32, columns: i32): usize {
  return ((<usize>(rows * columns)) << 2) + 64;
}
/** @inline */
function points_bytes(pairs: i32, rows: i32, columns: i32): i32 {
  return pairs * <i32>pointStep(rows, columns);
}
/** @inline */
function align64(bytes: i32): i32 {
  return (bytes + 63) & ~63;
}

/**
 * Tiles of a group: whole panels of MR.
 * @inline
 */
function groupOf(pairs: i32, tiles: i32, c: i32, o: i32): i32 {
  return min(roundUp(tiles, MR), max(1, GROUP_BYTES / (pairs * 4 * (c + o)) / MR) * MR);
}

/** Describes images whose pixels lie side by side, `channels` floats each, and the tiles of a region. */
function describe(
  images: TiledImages,
  pointer: usize,
  height: i32,
  width: i32,
  channels: i32,
  top: i32,
  left: i32,
  down: i32,
  across: i32,
  k: i32,
  region: i32,
  slides: bool,
  scratch: usize,
): void {
  images.pointer = pointer;
  images.pixelStride = (<usize>channels) << 2;
  images.rowStride = <usize>width * images.pixelStride;
  images.imageStride = <usize>height * images.rowStride;
  images.height = height;
  images.width = width;
  images.channels = channels;
  images.top = top;
  images.left = left;
  images.down = down;
  images.across = across;
  images.stepDown = outputsDown(k, region);
  images.stepAcross = outputsAcross(k, region);
  images.pointsDown = pointsDown(k, region);
  images.pointsAcross = pointsAcross(region);
  images.windowDown = slides ? images.pointsDown : images.stepDown;
  images.windowAcross = slides ? images.pointsAcross : images.stepAcross;
  images.columns = scratch;
  images.border = scratch + columns_bytes(across, images.stepAcross, images.windowAcross);
}

/** Describes a bank of kernels [k, k, c, o] as c images of one tile, the filters being the channels. */
function describeBank(bank: TiledImages, kernel: usize, k: i32, c: i32, o: i32, region: i32, scratch: usize): void {
  describe(bank, kernel, k, k, o, 0, 0, 1, 1, k, region, false, scratch);
  bank.stepDown = bank.stepAcross = bank.windowDown = bank.windowAcross = k;
  bank.imageStride = (<usize>o) << 2;
  bank.pixelStride = <usize>c * bank.imageStride;
  bank.rowStride = <usize>k * bank.pixelStride;
}

/** @inline */
function scratch_bytes(w: i32, c: i32, ow: i32, o: i32, k: i32, region: i32): i32 {
  return align64(
    columns_bytes(tilesAcross(ow, k, region), outputsAcross(k, region), pointsAcross(region)) +
      max(border_bytes(pointsDown(k, region), w, c), border_bytes(outputsDown(k, region), ow, o)),
  );
}

/** From [channel quad][tile][4 channels] to panels of MR tiles, [panel][channel][MR tiles]. */
function packPanels(to: usize, from: usize, tiles: i32, c: i32, capacity: i32): void {
  for (let t = 0; t < tiles; t += MR, from += MR << 4)
    for (let q = 0, quad = from; q < c; q += QUAD, quad += (<usize>capacity) << 4, to += MR << 4) {
      transpose4(to, MR << 2, quad, quad + 16, quad + 32, quad + 48);
      if (MR > 4) transpose2(to + 16, MR << 2, quad + 64, quad + 80);
    }
}

/** Bytes of `convolve` for images [n, h, w, c] to [n, oh, ow, o]: those of the region that needs most. */
function convolve_bytes(many: bool, n: i32, w: i32, c: i32, k: i32, oh: i32, ow: i32, o: i32): i32 {
  let most = convolveRegion_bytes(0, many, n, w, c, k, oh, ow, o);
  if (RELAXED) for (let region = 1; region < REGIONS; region++) most = max(most, convolveRegion_bytes(region, many, n, w, c, k, oh, ow, o));
  return most;
}

function convolveRegion_bytes(region: i32, many: bool, n: i32, w: i32, c: i32, k: i32, oh: i32, ow: i32, o: i32): i32 {
  const tiles = n * tilesDown(heightOf(oh, k, many, region), k, region) * tilesAcross(widthOf(ow, k, many, region), k, region);
  const o8 = roundUp(o, NR),
    pairs = products(k, region),
    group = groupOf(pairs, tiles, c, o8);
  return (
    4 * RECORD +
    scratch_bytes(w, c, ow, o, k, region) +
    points_bytes(pairs, c, o8) +
    points_bytes(pairs, group, c) +
    ((group * c) << 2) +
    points_bytes(pairs, group, o8)
  );
}

/**
 * y[n, oh, ow, o] = x[n, h, w, c] * kernel[kh, kw, c, o] + bias[o], then the activation
 * @param many as isMany says of the whole batch
 */
function convolve(
  y: usize,
  x: usize,
  kernel: usize,
  bias: usize,
  workspace: usize,
  many: bool,
  n: i32,
  h: i32,
  w: i32,
  c: i32,
  k: i32,
  oh: i32,
  ow: i32,
  o: i32,
  top: i32,
  left: i32,
  activation: i32,
): void {
  convolveRegion(0, y, x, kernel, bias, workspace, many, n, h, w, c, k, oh, ow, o, top, left, activation);
  if (!RELAXED) return;
  for (let region = 1; region < REGIONS; region++)
    convolveRegion(region, y, x, kernel, bias, workspace, many, n, h, w, c, k, oh, ow, o, top, left, activation);
}

function convolveRegion(
  region: i32,
  y: usize,
  x: usize,
  kernel: usize,
  bias: usize,
  workspace: usize,
  many: bool,
  n: i32,
  h: i32,
  w: i32,
  c: i32,
  k: i32,
  oh: i32,
  ow: i32,
  o: i32,
  top: i32,
  left: i32,
  activation: i32,
): void {
  const row = firstRow(oh, k, many, region),
    column = firstColumn(ow, k, many, region),
    height = heightOf(oh, k, many, region),
    width = widthOf(ow, k, many, region);
  const down = tilesDown(height, k, region),
    across = tilesAcross(width, k, region),
    tiles = n * down * across,
    pairs = products(k, region);
  if (RELAXED && tiles == 0) return;
  const o8 = roundUp(o, NR),
    group = groupOf(pairs, tiles, c, o8);
  const bankStep = pointStep(c, o8),
    inputStep = pointStep(group, c),
    outputStep = pointStep(group, o8);
  const scratch = workspace + 4 * RECORD,
    bankPoints = scratch + scratch_bytes(w, c, ow, o, k, region);
  const inputPoints = bankPoints + <usize>pairs * bankStep,
    packed = inputPoints + <usize>pairs * inputStep,
    outputPoints = packed + ((<usize>(group * c)) << 2);
  const bank = changetype<TiledImages>(workspace),
    input = changetype<TiledImages>(workspace + RECORD),
    output = changetype<TiledImages>(workspace + 2 * RECORD);
  describeBank(bank, kernel, k, c, o, region, scratch);
  describe(input, x, h, w, c, top - row, left - column, down, across, k, region, true, scratch);
  describe(output, y, oh, ow, o, 0, 0, down, across, k, region, false, scratch);
  limit(output, row, column, height, width);
  toPoints(bank, bankPoints, NR, c, bankStep, 0, c);
  for (let first = 0; first < tiles; first += group) {
    const count = min(group, tiles - first);
    toPoints(input, inputPoints, QUAD, group, inputStep, first, count);
    for (let p: usize = 0; p < <usize>pairs; p++) {
      packPanels(packed, inputPoints + p * inputStep, count, c, group);
      matrix(MR, outputPoints + p * outputStep, group, packed, c, bankPoints + p * bankStep, c, count, o, c, 0);
    }
    fromPoints(output, outputPoints, NR, group, outputStep, first, count, bias, activation, false);
  }
}

/**
 * Limits images to a region.
 * @inline
 */
function limit(images: TiledImages, row: i32, column: i32, height: i32, width: i32): void {
  if (!RELAXED) return;
  images.top = -row;
  images.left = -column;
  images.height = row + height;
  images.width = column + width;
}

/**
 * C[m, n] (+)= A B of packed panels; C is stored as panels of 8 columns, [panel][row][8], and whole tiles are written.
 * @param rows rows of a tile, and of a panel of A
 * @param rowsC rows that a panel of C has room for
 * @param depthA steps that a panel of A has room for; depthB: one of B
 * @inline
 */
function matrix(
  rows: i32,
  c: usize,
  rowsC: i32,
  a: usize,
  depthA: i32,
  b: usize,
  depthB: i32,
  m: i32,
  n: i32,
  depth: i32,
  accumulate: i32,
): void {
  for (let j = 0; j < n; j += NR, c += (<usize>rowsC) << 5, b += (<usize>depthB) << 5)
    for (let i = 0, to = c, panel = a; i < m; i += rows, to += (<usize>rows) << 5, panel += (<usize>(depthA * rows)) << 2)
      tile(rows, rows, depth, panel, b, to, NR << 2, accumulate, 0, 0);
}

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

/**
 * partials[units, kh, kw, c, o] = x[n, h, w, c] times dy[n, oh, ow, o] at the points of their tiles, a unit's images summed
 *
 * dkernel is the sum of the partial gradients in order; where there is one unit, partials is dkernel itself.
 */
export function conv2d_winograd_kernel_gradient_f32(
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

/** dkernel[kh, kw, c, o] of n images. */
function partialGradient(dkernel: usize, x: usize, dy: usize, workspace: usize, g: Conv2dGeometry, n: i32): void {
  let adds = regionGradient(0, false, dkernel, x, dy, workspace, g, n);
  if (RELAXED) for (let region = 1; region < REGIONS; region++) adds = regionGradient(region, adds, dkernel, x, dy, workspace, g, n);
}

/**
 * dkernel[kh, kw, c, o] of a region of n images
 * @param adds to the gradient of the regions before it
 * @returns whether there is a gradient by now
 */
function regionGradient(region: i32, adds: bool, dkernel: usize, x: usize, dy: usize, workspace: usize, g: Conv2dGeometry, n: i32): bool {
  const h = g.h,
    w = g.w,
    c = g.c,
    k = g.kh,
    oh = g.oh,
    ow = g.ow,
    o = g.o,
    many = RELAXED && isMany(n, oh, ow);
  const row = firstRow(oh, k, many, region),
    column = firstColumn(ow, k, many, region),
    height = heightOf(oh, k, many, region),
    width = widthOf(ow, k, many, region);
  const down = tilesDown(height, k, region),
    across = tilesAcross(width, k, region),
    tiles = n * down * across,
    pairs = products(k, region);
  if (RELAXED && tiles == 0) return adds;
  const o8 = roundUp(o, NR);
  const inputStep = pointStep(SUM, c),
    gradientStep = pointStep(SUM, o8),
    bankStep = pointStep(c, o8);
  const scratch = workspace + 4 * RECORD,
    inputPoints = scratch + scratch_bytes(w, c, ow, o, k, region);
  const gradientPoints = inputPoints + <usize>pairs * inputStep,
    bankPoints = gradientPoints + <usize>pairs * gradientStep;
  const bank = changetype<TiledImages>(workspace),
    input = changetype<TiledImages>(workspace + RECORD),
    gradient = changetype<TiledImages>(workspace + 2 * RECORD);
  describeBank(bank, dkernel, k, c, o, region, scratch);
  describe(input, x, h, w, c, g.top - row, g.left - column, down, across, k, region, true, scratch);
  describe(gradient, dy, oh, ow, o, 0, 0, down, across, k, region, false, scratch);
  limit(gradient, row, column, height, width);
  for (let first = 0; first < tiles; first += SUM) {
    const count = min(SUM, tiles - first);
    toPoints(input, inputPoints, QUAD, SUM, inputStep, first, count);
    toPoints(gradient, gradientPoints, NR, SUM, gradientStep, first, count);
    for (let p: usize = 0; p < <usize>pairs; p++)
      matrix(
        QUAD,
        bankPoints + p * bankStep,
        c,
        inputPoints + p * inputStep,
        SUM,
        gradientPoints + p * gradientStep,
        SUM,
        c,
        o,
        count,
        first,
      );
  }
  fromPoints(bank, bankPoints, NR, c, bankStep, 0, c, 0, 0, adds);
  return true;
}

/** Units are groups of images, a rule of the result: see groupUnits. */
export function conv2d_winograd_kernel_gradient_f32_units(geometry: Conv2dGeometry): i32 {
  return groupUnits(geometry);
}

/** Bytes for one group of images, used again for each group. */
export function conv2d_winograd_kernel_gradient_f32_workspace_bytes(geometry: Conv2dGeometry, units: i32): i32 {
  let most = regionGradient_bytes(0, geometry);
  if (RELAXED) for (let region = 1; region < REGIONS; region++) most = max(most, regionGradient_bytes(region, geometry));
  return most;
}

function regionGradient_bytes(region: i32, g: Conv2dGeometry): i32 {
  const w = g.w,
    c = g.c,
    k = g.kh,
    o8 = roundUp(g.o, NR),
    pairs = products(k, region);
  return (
    4 * RECORD +
    scratch_bytes(w, c, g.ow, g.o, k, region) +
    points_bytes(pairs, SUM, c) +
    points_bytes(pairs, SUM, o8) +
    points_bytes(pairs, c, o8)
  );
}
