// The kernel gradient by Winograd's algorithm (winograd.ts has the formulas).

import { NR } from "../../gemm/blocking";
import { RELAXED } from "../../lanes";
import { Conv2dGeometry } from "../../conv/geometry";
import { groupImages, groupUnits, inputAt, outputAt, partialAt } from "../../conv/units";
import { firstColumn, firstRow, heightOf, isMany, products, REGIONS, widthOf } from "./cut";
import {
  describe,
  describeBank,
  limit,
  matrix,
  pointStep,
  points_bytes,
  QUAD,
  RECORD,
  roundUp,
  scratch_bytes,
  SUM,
  tilesAcross,
  tilesDown,
} from "./layout";
import { fromPoints, TiledImages, toPoints } from "./tiles";

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
