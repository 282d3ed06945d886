// A convolution at the points of its tiles: the forward pass, and with a flipped kernel the input gradient.

import { MR, NR } from "../../gemm/blocking";
import { RELAXED } from "../../lanes";
import { transpose2, transpose4 } from "../../gemm/transpose";
import { firstColumn, firstRow, heightOf, products, REGIONS, widthOf } from "./cut";
import {
  describe,
  describeBank,
  groupOf,
  limit,
  matrix,
  pointStep,
  points_bytes,
  QUAD,
  RECORD,
  roundUp,
  scratch_bytes,
  tilesAcross,
  tilesDown,
} from "./layout";
import { fromPoints, TiledImages, toPoints } from "./tiles";

/** From [channel quad][tile][4 channels] to panels of MR tiles, [panel][channel][MR tiles]. */
function packPanels(to: usize, from: usize, tiles: i32, c: i32, capacity: i32): void {
  for (let t = 0; t < tiles; t += MR, from += MR << 4)
    for (let q = 0, quad = from; q < c; q += QUAD, quad += (<usize>capacity) << 4, to += MR << 4) {
      transpose4(to, MR << 2, quad, quad + 16, quad + 32, quad + 48);
      if (MR > 4) transpose2(to + 16, MR << 2, quad + 64, quad + 80);
    }
}

/** Bytes of `convolve` for images [n, h, w, c] to [n, oh, ow, o]: those of the region that needs most. */
export function convolve_bytes(many: bool, n: i32, w: i32, c: i32, k: i32, oh: i32, ow: i32, o: i32): i32 {
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
export function convolve(
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
