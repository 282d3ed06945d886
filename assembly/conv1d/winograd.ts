// 1-D convolution by Winograd's algorithm (Lavin and Gray, arXiv:1509.09308) at eight points: tiles of 6 outputs of 3 taps, 8
// multiplications for 18, or of 4 outputs of 5 taps, 8 for 20. At each point a product of matrices: tiles [tiles, c] times the
// kernel [c, o], or, for the kernel's gradient, tiles [tiles, c]ᵀ times those of dy [tiles, o]. Six points, 4 outputs of 3
// taps, took 1.08 times as long (conv1d of [96, 64] and behind it, Xeon, Node 20).
//
// A sequence is an image of one row: geometry has h = kh = oh = 1, stride and dilation 1, one group; channels and filters come
// in fours. Tiles are counted sequence by sequence, and go through the products some at a time, so that their points stay near.

import { flipKernel } from "../conv/flip";
import { Conv2dGeometry } from "../conv/geometry";
import { groupImages, groupUnits, imagesOf, imageUnits, inputAt, outputAt, partialAt } from "../conv/units";
import { evaluateLines, interpolateLines, slide } from "../conv/winograd/points";
import { evaluateSix, interpolateSix } from "../conv/winograd/six";
import { activate } from "../gemm/epilogue";
import { packedBytes } from "../gemm/packed";
import { gemm_nn_f32_units, gemm_nn_f32_workspace_bytes, gemm_packed_f32, gemm_tn_f32, pack_f32 } from "../generated/core";
import { add, loadLanes, SIMD, splat, storeLanes } from "../lanes";

/** Points of a tile, and the outputs that it gives: as many as taps leave. */
const POINTS: i32 = 8;
function outputsOf(taps: i32): i32 {
  return POINTS - taps + 1;
}

/** Tiles that go through the products at a time: 8 · 64 · 128 floats are 256 KiB. */
const TILES: i32 = 64;
/**
 * Tiles whose kernel gradients are summed at a time. Part of the result: the gradient is the sum of those of such pieces, in order.
 * Each must be added once more, [c, o] at a point.
 */
const SUMMED: i32 = 128;

/** Tiles of a sequence of so many outputs. */
function tilesOf(outputs: i32, taps: i32): i32 {
  const each = outputsOf(taps);
  return (outputs + each - 1) / each;
}

/** Bytes of so many floats, in whole cache lines. */
function room(floats: i32): i32 {
  return (floats * 4 + 63) & ~63;
}

/** Bytes from the packed kernel of a point to the next. */
function bankBytes(c: i32, o: i32): i32 {
  return (packedBytes(o, c) + 63) & ~63;
}

/** Sequences cut into tiles. */
@final
@unmanaged
class Tiles {
  pointer: usize;
  /** Steps and channels of a sequence. */
  steps: i32;
  channels: i32;
  /** Tiles of a sequence, and steps from one to the next. */
  count: i32;
  step: i32;
  /** Steps that a tile spans, and where the first begins, at or before step 0. */
  span: i32;
  start: i32;
  /** A tile that hangs over an end, [span, channels]. */
  border: usize;
}
/** Bytes of such a record. */
const RECORD: i32 = 64;

function describe(
  at: usize,
  pointer: usize,
  steps: i32,
  channels: i32,
  count: i32,
  step: i32,
  span: i32,
  start: i32,
  border: usize,
): Tiles {
  const tiles = changetype<Tiles>(at);
  tiles.pointer = pointer;
  tiles.steps = steps;
  tiles.channels = channels;
  tiles.count = count;
  tiles.step = step;
  tiles.span = span;
  tiles.start = start;
  tiles.border = border;
  return tiles;
}

/** Where tile i begins: in the sequence, or, where it hangs over an end, in a copy with zeros. */
function tileAt(tiles: Tiles, i: i32): usize {
  const sequence = i / tiles.count,
    step = (i - sequence * tiles.count) * tiles.step + tiles.start,
    row: usize = (<usize>tiles.channels) << 2;
  const from = tiles.pointer + <usize>(sequence * tiles.steps + step) * row;
  const before = max(-step, 0),
    inside = min(tiles.span, tiles.steps - step) - before;
  if (inside == tiles.span) return from;
  memory.fill(tiles.border, 0, <usize>tiles.span * row);
  if (inside > 0) memory.copy(tiles.border + <usize>before * row, from + <usize>before * row, <usize>inside * row);
  return tiles.border;
}

/** to[points, tiles, channels] = tiles first … first + count − 1 at their points: windows of steps, or the outputs of a tile. */
function toPoints(tiles: Tiles, to: usize, plane: usize, first: i32, count: i32): void {
  const channels = tiles.channels,
    row: usize = (<usize>channels) << 2,
    span = tiles.span;
  for (let i = first; i < first + count; i++, to += row) {
    const from = tileAt(tiles, i);
    if (SIMD) tileToPoints<v128>(span, to, plane, from, row, channels >> 2);
    else tileToPoints<f32>(span, to, plane, from, row, channels);
  }
}

function tileToPoints<T>(span: i32, to: usize, plane: usize, from: usize, row: usize, count: i32): void {
  const next = sizeof<T>();
  if (span == POINTS) slide<T>(POINTS, to, plane, next, from, row, next, count);
  else if (span == 6) evaluateSix<T>(to, plane, next, from, row, next, count);
  else evaluateLines<T>(POINTS, 4, false, to, plane, next, from, row, next, count);
}

function tileFromPoints<T>(outputs: i32, to: usize, row: usize, from: usize, plane: usize, count: i32): void {
  const next = sizeof<T>();
  if (outputs == 6) interpolateSix<T>(to, row, next, from, plane, next, count, false, splat<T>(0), splat<T>(0));
  else interpolateLines<T>(POINTS, 4, false, to, row, next, from, plane, next, count, false, splat<T>(0), splat<T>(0));
}

/** @inline */
function finishLanes<T>(y: usize, bias: usize, activation: i32): void {
  const x = loadLanes<T>(y);
  storeLanes<T>(y, activate<T>(bias ? add<T>(x, loadLanes<T>(bias)) : x, activation));
}

/** Bias, then activation, of a row of channels. */
function finishRow(y: usize, bias: usize, channels: i32, activation: i32): void {
  const end: usize = (<usize>channels) << 2;
  if (SIMD) for (let i: usize = 0; i < end; i += 16) finishLanes<v128>(y + i, bias ? bias + i : 0, activation);
  else for (let i: usize = 0; i < end; i += 4) finishLanes<f32>(y + i, bias ? bias + i : 0, activation);
}

/** y = the outputs of tiles first … first + count − 1 of from[points, tiles, channels], + bias, then the activation. */
function fromPoints(tiles: Tiles, from: usize, plane: usize, first: i32, count: i32, bias: usize, activation: i32): void {
  const channels = tiles.channels,
    row: usize = (<usize>channels) << 2;
  for (let i = first; i < first + count; i++, from += row) {
    const sequence = i / tiles.count,
      step = (i - sequence * tiles.count) * tiles.step,
      inside = min(tiles.step, tiles.steps - step),
      y = tiles.pointer + <usize>(sequence * tiles.steps + step) * row,
      to = inside == tiles.step ? y : tiles.border;
    if (SIMD) tileFromPoints<v128>(tiles.step, to, row, from, plane, channels >> 2);
    else tileFromPoints<f32>(tiles.step, to, row, from, plane, channels);
    if (bias || activation) for (let k: usize = 0; k < <usize>inside; k++) finishRow(to + k * row, bias, channels, activation);
    if (to != y) memory.copy(y, to, <usize>inside * row);
  }
}

/** to[points, size] = the kernel [taps, size] at the points */
function kernelToPoints<T>(taps: i32, to: usize, from: usize, size: i32): void {
  const next = sizeof<T>(),
    plane: usize = (<usize>size) << 2,
    count = size / <i32>(next >> 2);
  if (taps == 3) evaluateLines<T>(POINTS, 3, true, to, plane, next, from, plane, next, count);
  else evaluateLines<T>(POINTS, 5, true, to, plane, next, from, plane, next, count);
}

/** to[taps, size] = the kernel's gradient from its points [points, size] */
function kernelFromPoints<T>(taps: i32, to: usize, from: usize, size: i32): void {
  const next = sizeof<T>(),
    plane: usize = (<usize>size) << 2,
    count = size / <i32>(next >> 2);
  if (taps == 3) interpolateLines<T>(POINTS, 3, true, to, plane, next, from, plane, next, count, false, splat<T>(0), splat<T>(0));
  else interpolateLines<T>(POINTS, 5, true, to, plane, next, from, plane, next, count, false, splat<T>(0), splat<T>(0));
}

/** Bytes that `convolve` needs. */
function convolveBytes(c: i32, o: i32, taps: i32): i32 {
  return (
    2 * RECORD +
    room(POINTS * c) +
    room(outputsOf(taps) * o) +
    POINTS * (room(TILES * c) + room(TILES * o) + bankBytes(c, o)) +
    room(POINTS * c * o)
  );
}

/** y[n, outputs, o] = x[n, steps, c] * kernel[taps, c, o] + bias[o], zeros where a window begins `left` steps before x or ends behind it */
function convolve(
  y: usize,
  x: usize,
  kernel: usize,
  bias: usize,
  workspace: usize,
  n: i32,
  steps: i32,
  c: i32,
  outputs: i32,
  o: i32,
  taps: i32,
  left: i32,
  activation: i32,
): void {
  const each = outputsOf(taps),
    perSequence = tilesOf(outputs, taps),
    count = n * perSequence,
    inputPlane: usize = room(TILES * c),
    outputPlane: usize = room(TILES * o),
    bank: usize = bankBytes(c, o),
    border = workspace + 2 * RECORD,
    edge = border + room(POINTS * c),
    inputPoints = edge + room(each * o),
    outputPoints = inputPoints + <usize>POINTS * inputPlane,
    packed = outputPoints + <usize>POINTS * outputPlane,
    weights = packed + <usize>POINTS * bank;
  const input = describe(workspace, x, steps, c, perSequence, each, POINTS, -left, border),
    output = describe(workspace + RECORD, y, outputs, o, perSequence, each, each, 0, edge);
  if (SIMD) kernelToPoints<v128>(taps, weights, kernel, c * o);
  else kernelToPoints<f32>(taps, weights, kernel, c * o);
  for (let p: usize = 0; p < <usize>POINTS; p++) pack_f32(packed + p * bank, weights + ((p * <usize>(c * o)) << 2), o, c, o, 0);
  for (let first = 0; first < count; first += TILES) {
    const tiles = min(TILES, count - first);
    toPoints(input, inputPoints, inputPlane, first, tiles);
    for (let p: usize = 0; p < <usize>POINTS; p++)
      gemm_packed_f32(outputPoints + p * outputPlane, inputPoints + p * inputPlane, packed + p * bank, 0, tiles, o, c, c, o);
    fromPoints(output, outputPoints, outputPlane, first, tiles, bias, activation);
  }
}

/** y[n, 1, ow, o] = x[n, 1, w, c] * kernel[1, kw, c, o] + bias[o] */
export function conv1d_winograd_f32(
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
    n = imagesOf(g, to - from);
  convolve(outputAt(y, g, first), inputAt(x, g, first), kernel, bias, workspace, n, g.w, g.c, g.ow, g.o, g.kw, g.left, activation);
}

/** Units are sequences. */
export function conv1d_winograd_f32_units(geometry: Conv2dGeometry): i32 {
  return imageUnits(geometry);
}

export function conv1d_winograd_f32_workspace_bytes(geometry: Conv2dGeometry, units: i32): i32 {
  return convolveBytes(geometry.c, geometry.o, geometry.kw);
}

/** dx[n, 1, w, c] = dy[n, 1, ow, o] * flipped kernel[1, kw, o, c] */
export function conv1d_winograd_input_gradient_f32(
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
    n = imagesOf(g, to - from),
    taps = g.kw,
    flipped = workspace,
    rest = workspace + room(taps * g.c * g.o);
  flipKernel(flipped, kernel, taps, g.c, g.o, g.o);
  convolve(inputAt(dx, g, first), outputAt(dy, g, first), flipped, 0, rest, n, g.ow, g.o, g.w, g.c, taps, taps - 1 - g.left, 0);
}

/** Units are sequences. */
export function conv1d_winograd_input_gradient_f32_units(geometry: Conv2dGeometry): i32 {
  return imageUnits(geometry);
}

export function conv1d_winograd_input_gradient_f32_workspace_bytes(geometry: Conv2dGeometry, units: i32): i32 {
  const g = geometry;
  return room(g.kw * g.c * g.o) + convolveBytes(g.o, g.c, g.kw);
}

/**
 * partials[units, 1, kw, c, o] = x[n, 1, w, c] times dy[n, 1, ow, o] at the points of their tiles, a unit's sequences summed
 *
 * dkernel is the sum of the partial gradients in order; where there is one unit, partials is dkernel itself.
 */
export function conv1d_winograd_kernel_gradient_f32(
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

/** dkernel[kw, c, o] of n sequences. */
function partialGradient(dkernel: usize, x: usize, dy: usize, workspace: usize, g: Conv2dGeometry, n: i32): void {
  const c = g.c,
    o = g.o,
    taps = g.kw,
    each = outputsOf(taps),
    perSequence = tilesOf(g.ow, taps),
    count = n * perSequence,
    size = c * o,
    inputPlane: usize = room(SUMMED * c),
    gradientPlane: usize = room(SUMMED * o),
    sumPlane: usize = (<usize>size) << 2,
    border = workspace + 2 * RECORD,
    edge = border + room(POINTS * c),
    inputPoints = edge + room(each * o),
    gradientPoints = inputPoints + <usize>POINTS * inputPlane,
    sums = gradientPoints + <usize>POINTS * gradientPlane,
    piece = sums + room(POINTS * size),
    products = piece + room(size);
  const input = describe(workspace, x, g.w, c, perSequence, each, POINTS, -g.left, border),
    gradient = describe(workspace + RECORD, dy, g.ow, o, perSequence, each, each, 0, edge);
  for (let first = 0; first < count; first += SUMMED) {
    const tiles = min(SUMMED, count - first),
      units = gemm_nn_f32_units(c, o, tiles);
    toPoints(input, inputPoints, inputPlane, first, tiles);
    toPoints(gradient, gradientPoints, gradientPlane, first, tiles);
    for (let p: usize = 0; p < <usize>POINTS; p++) {
      const sum = sums + p * sumPlane,
        a = inputPoints + p * inputPlane,
        b = gradientPoints + p * gradientPlane;
      gemm_tn_f32(first ? piece : sum, a, b, 0, products, c, o, tiles, c, o, o, 0, 0, units);
      if (first) addAll(sum, piece, size);
    }
  }
  if (SIMD) kernelFromPoints<v128>(taps, dkernel, sums, size);
  else kernelFromPoints<f32>(taps, dkernel, sums, size);
}

/** sum[n] += x[n], n a multiple of 4 */
function addAll(sum: usize, x: usize, n: i32): void {
  const end = sum + ((<usize>n) << 2);
  if (SIMD) for (; sum < end; sum += 16, x += 16) v128.store(sum, f32x4.add(v128.load(sum), v128.load(x)));
  else for (; sum < end; sum += 4, x += 4) store<f32>(sum, load<f32>(sum) + load<f32>(x));
}

/** Units are groups of sequences, a rule of the result: see groupUnits. */
export function conv1d_winograd_kernel_gradient_f32_units(geometry: Conv2dGeometry): i32 {
  return groupUnits(geometry);
}

/** Bytes for one group of sequences, used again for each group. */
export function conv1d_winograd_kernel_gradient_f32_workspace_bytes(geometry: Conv2dGeometry, units: i32): i32 {
  const c = geometry.c,
    o = geometry.o,
    taps = geometry.kw;
  return (
    2 * RECORD +
    room(POINTS * c) +
    room(outputsOf(taps) * o) +
    POINTS * (room(SUMMED * c) + room(SUMMED * o)) +
    room(POINTS * c * o) +
    room(c * o) +
    gemm_nn_f32_workspace_bytes(c, o, SUMMED, gemm_nn_f32_units(c, o, SUMMED))
  );
}
