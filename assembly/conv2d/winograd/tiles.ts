// From images to the points of their tiles and back. One record and one pair of functions serve all four kinds of image
// that a Winograd convolution transforms: the input (overlapping windows of as many pixels as points), the output and
// its gradient (the outputs of a tile, side by side), and the bank of kernels (for every input channel an "image" of k×k
// taps with the filters as its channels). Channels come in fours.
//
// A transformed tile is a row of each point's matrix: point p of tile t and channel c lies at
//   to + p · pointStep + (c / panel) · panel · capacity + t · panel + c mod panel   (floats; capacity in tiles)
// so that with a panel of 8 a matrix [tiles, channels] is packed as B of a product, with a panel of 4 as the A of
// its transpose. What lies outside the image is zeros.

import { pad2d } from "../../conv/pad";
import { evaluate, interpolate, interpolateFinished } from "../../conv/winograd/lines";
import { slide } from "../../conv/winograd/points";
import { activate, RELU } from "../../gemm/epilogue";
import { add, loadLanes, RELAXED, SIMD, splat, storeLanes } from "../../lanes";

/** Bytes from a value to the next in scratch: a vector, also where one number is worked on. */
const SLOT: usize = 16;
/** Bytes of a half transformed column: at most eight points. */
const COLUMN: usize = 8 * SLOT;
/** Lines of a tile on the way back and of its result: 5 × 5 taps, or 6 × 6 outputs. */
const LINES_BACK: i32 = RELAXED ? 12 : 10;

/** Images cut into tiles; tiles are counted across, then down, then image by image. */
@final
@unmanaged
export class TiledImages {
  pointer: usize;
  /** Bytes from an image, a row, a pixel to the next. */
  imageStride: usize;
  rowStride: usize;
  pixelStride: usize;
  height: i32;
  width: i32;
  channels: i32;
  /** Zeros before the first row and column. */
  top: i32;
  left: i32;
  /** Tiles of an image. */
  down: i32;
  across: i32;
  /** Pixels from a tile to the next, and pixels of the result that a tile gives. */
  stepDown: i32;
  stepAcross: i32;
  /** Pixels that a tile spans: the points, where tiles overlap. */
  windowDown: i32;
  windowAcross: i32;
  pointsDown: i32;
  pointsAcross: i32;
  /** Scratch: the rows of tiles that hang over the border, and half transformed columns. */
  border: usize;
  columns: usize;
}

/** Bytes of scratch for TiledImages.border. */
export function border_bytes(windowDown: i32, width: i32, channels: i32): i32 {
  return (windowDown * width * channels) << 2;
}
/** Bytes of scratch for TiledImages.columns: a tile row's, or a tile and its result on the way back. */
export function columns_bytes(across: i32, stepAcross: i32, windowAcross: i32): i32 {
  return max((across - 1) * stepAcross + windowAcross, LINES_BACK) * <i32>COLUMN;
}

/** Transforms tiles first … first + count − 1 to their points. */
export function toPoints(images: TiledImages, to: usize, panel: i32, capacity: i32, pointStep: usize, first: i32, count: i32): void {
  const window = images.windowDown,
    panelBytes: usize = (<usize>panel) << 2,
    channels = images.channels;
  for (let run = 0; count > 0; count -= run, first += run, to += <usize>run * panelBytes) {
    const row = first / images.across,
      column = first % images.across;
    const image = images.pointer + <usize>(row / images.down) * images.imageStride;
    const y = (row % images.down) * images.stepDown - images.top,
      x = column * images.stepAcross - images.left;
    run = min(count, images.across - column);
    let rows = image + <usize>y * images.rowStride;
    if (y < 0 || y + window > images.height) {
      rows = images.border;
      const width = RELAXED ? <i32>(images.rowStride / images.pixelStride) : images.width;
      pad2d(rows, image, 1, images.height, width, channels, window, width, -y, 0, 1, 1);
    }
    if (SIMD)
      for (let c = 0; c < channels; c += 4)
        strip<v128>(images, rows + ((<usize>c) << 2), x, run, to + panelOffset(c, panel, capacity), panelBytes, pointStep);
    else
      for (let c = 0; c < channels; c++)
        strip<f32>(images, rows + ((<usize>c) << 2), x, run, to + panelOffset(c, panel, capacity), panelBytes, pointStep);
  }
}

/** @inline */
function panelOffset(c: i32, panel: i32, capacity: i32): usize {
  return (<usize>((c / panel) * panel * capacity + (c % panel))) << 2;
}

/** One channel (or four) of tiles side by side: first all columns, which neighbours share, then every tile's rows. */
function strip<T>(images: TiledImages, rows: usize, x: i32, tiles: i32, to: usize, tileStep: usize, pointStep: usize): void {
  const window = images.windowAcross,
    step = images.stepAcross,
    columns = images.columns;
  const down = images.pointsDown,
    across = images.pointsAcross,
    slides = window == across;
  const span = (tiles - 1) * step + window,
    before = min(max(-x, 0), span),
    inside = max(min(span, images.width - x) - before, 0);
  const from = rows + <usize>(x + before) * images.pixelStride,
    at = columns + <usize>before * COLUMN;
  if (before > 0) memory.fill(columns, 0, <usize>before * COLUMN);
  if (before + inside < span) memory.fill(at + <usize>inside * COLUMN, 0, <usize>(span - before - inside) * COLUMN);
  if (slides) slide<T>(down, at, SLOT, COLUMN, from, images.rowStride, images.pixelStride, inside);
  else evaluate<T>(down, images.windowDown, at, SLOT, COLUMN, from, images.rowStride, images.pixelStride, inside);
  for (let t = 0, column = columns; t < tiles; t++, column += <usize>step * COLUMN, to += tileStep) {
    if (slides) slide<T>(across, to, pointStep, <usize>across * pointStep, column, COLUMN, SLOT, down);
    else evaluate<T>(across, window, to, pointStep, <usize>across * pointStep, column, COLUMN, SLOT, down);
  }
}

/**
 * Transforms the points of tiles first … first + count − 1 back to pixels, adds the bias, applies the activation.
 * @param adds to what is there already; where a region has been there before, in the relaxed build alone
 */
export function fromPoints(
  images: TiledImages,
  from: usize,
  panel: i32,
  capacity: i32,
  pointStep: usize,
  first: i32,
  count: i32,
  bias: usize,
  activation: i32,
  adds: bool,
): void {
  const channels = images.channels;
  for (const end = first + count; first < end; first++, from += (<usize>panel) << 2) {
    const row = first / images.across,
      y = (row % images.down) * images.stepDown - (RELAXED ? images.top : 0),
      x = (first % images.across) * images.stepAcross - (RELAXED ? images.left : 0);
    const to =
      images.pointer + <usize>(row / images.down) * images.imageStride + <usize>y * images.rowStride + <usize>x * images.pixelStride;
    const height = min(images.stepDown, images.height - y),
      width = min(images.stepAcross, images.width - x);
    if (SIMD)
      for (let c = 0; c < channels; c += 4)
        tile<v128>(
          images,
          to + ((<usize>c) << 2),
          height,
          width,
          from + panelOffset(c, panel, capacity),
          pointStep,
          bias ? bias + ((<usize>c) << 2) : 0,
          activation,
          adds,
        );
    else
      for (let c = 0; c < channels; c++)
        tile<f32>(
          images,
          to + ((<usize>c) << 2),
          height,
          width,
          from + panelOffset(c, panel, capacity),
          pointStep,
          bias ? bias + ((<usize>c) << 2) : 0,
          activation,
          adds,
        );
  }
}

/** One channel (or four) of one tile, of which height × width pixels are inside. */
function tile<T>(
  images: TiledImages,
  to: usize,
  height: i32,
  width: i32,
  from: usize,
  pointStep: usize,
  bias: usize,
  activation: i32,
  adds: bool,
): void {
  const down = images.stepDown,
    across = images.pointsAcross,
    half = images.columns,
    done = half + <usize>down * COLUMN;
  interpolate<T>(images.pointsDown, down, half, COLUMN, SLOT, from, <usize>across * pointStep, pointStep, across);
  if (RELAXED && width == images.stepAcross && (width & 1) == 0 && activation <= RELU) {
    const least = splat<T>(activation ? 0 : -Infinity),
      shift = bias ? loadLanes<T>(bias) : splat<T>(0);
    interpolateFinished<T>(across, width, to, images.pixelStride, images.rowStride, half, SLOT, COLUMN, height, shift, least);
    return;
  }
  interpolate<T>(across, images.stepAcross, done, SLOT, COLUMN, half, SLOT, COLUMN, height);
  for (let y = 0; y < height; y++, to += images.rowStride)
    for (let x = 0; x < width; x++) {
      let value = loadLanes<T>(done + <usize>y * COLUMN + <usize>x * SLOT);
      if (bias) value = add<T>(value, loadLanes<T>(bias));
      if (RELAXED && adds) value = add<T>(value, loadLanes<T>(to + <usize>x * images.pixelStride));
      storeLanes<T>(to + <usize>x * images.pixelStride, activate<T>(value, activation));
    }
}
