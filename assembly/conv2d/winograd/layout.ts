// What forward pass and gradients share: where images, kernels and points lie in memory, and how many tiles are worked on at a time.

import { MR, NR } from "../../gemm/blocking";
import { RELAXED } from "../../lanes";
import { tile } from "../../gemm/tile";
import { outputsAcross, outputsDown, pointsAcross, pointsDown } from "./cut";
import { border_bytes, columns_bytes, TiledImages } from "./tiles";

/** Channels that are transformed together, and rows of a tile of the kernel gradient's products. */
export const QUAD: i32 = 4;
/** Bytes of a record of TiledImages. */
export const RECORD: i32 = 128;
/** Bytes that the points of a group may take: half a usual second-level cache. 1 MiB costs 2–5 % here, 2 MiB 12 %, 256 KiB nothing. */
export const GROUP_BYTES: i32 = 1 << 19;
/** Tiles that a block of the kernel gradient's sum takes. Part of the result, as KC is of a product's. 64 costs 2 %, 128 7 %. */
export const SUM: i32 = 32;

/** @inline */
export function roundUp(x: i32, to: i32): i32 {
  return ((x + to - 1) / to) * to;
}
/** @inline */
export function tilesDown(height: i32, k: i32, region: i32): i32 {
  return (height + outputsDown(k, region) - 1) / outputsDown(k, region);
}
/** @inline */
export function tilesAcross(width: i32, k: i32, region: i32): i32 {
  return (width + outputsAcross(k, region) - 1) / outputsAcross(k, region);
}
/**
 * Bytes from a point's matrix to the next. One cache line more than the matrix: sizes are mostly powers of two, and 36
 * lines that lie a power of two apart fall into one set of the first-level cache (kernel gradient 20.3 → 14.6 ms).
 * @inline
 */
export function pointStep(rows: i32, columns: i32): usize {
  return ((<usize>(rows * columns)) << 2) + 64;
}
/** @inline */
export function points_bytes(pairs: i32, rows: i32, columns: i32): i32 {
  return pairs * <i32>pointStep(rows, columns);
}
/** @inline */
export function align64(bytes: i32): i32 {
  return (bytes + 63) & ~63;
}

/**
 * Tiles of a group: whole panels of MR.
 * @inline
 */
export function groupOf(pairs: i32, tiles: i32, c: i32, o: i32): i32 {
  return min(roundUp(tiles, MR), max(1, GROUP_BYTES / (pairs * 4 * (c + o)) / MR) * MR);
}

/** Describes images whose pixels lie side by side, `channels` floats each, and the tiles of a region. */
export function describe(
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
export function describeBank(bank: TiledImages, kernel: usize, k: i32, c: i32, o: i32, region: i32, scratch: usize): void {
  describe(bank, kernel, k, k, o, 0, 0, 1, 1, k, region, false, scratch);
  bank.stepDown = bank.stepAcross = bank.windowDown = bank.windowAcross = k;
  bank.imageStride = (<usize>o) << 2;
  bank.pixelStride = <usize>c * bank.imageStride;
  bank.rowStride = <usize>k * bank.pixelStride;
}

/** @inline */
export function scratch_bytes(w: i32, c: i32, ow: i32, o: i32, k: i32, region: i32): i32 {
  return align64(
    columns_bytes(tilesAcross(ow, k, region), outputsAcross(k, region), pointsAcross(region)) +
      max(border_bytes(pointsDown(k, region), w, c), border_bytes(outputsDown(k, region), ow, o)),
  );
}

/**
 * Limits images to a region.
 * @inline
 */
export function limit(images: TiledImages, row: i32, column: i32, height: i32, width: i32): void {
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
export function matrix(
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
