// The micro-kernel: a tile of C, MR×8, from a packed panel of A (MR floats a step) and of B (8 floats a step).
// Every element is one accumulator walking the depth in order, then added to C: no tile shape, variant or
// remainder changes a bit. Binaryen does not unroll, so the tile is written out.
// Tried (Node 20, Xeon, one run): the depth loop unrolled 2, 4 and 8 times is 8, 20 and 28 % slower, TurboFan spills;
// a pointer for a counter is 2 % faster.

import { add, larger, loadLanes, madd, SIMD, storeLanes } from "../lanes";
import { MR, NR } from "./blocking";
import { activate, RELU } from "./epilogue";

/**
 * C[rows,8] = (accumulate ? C : 0) + A B, then + bias and activation.
 *
 * 4 rows are inlined into the loop over tiles, 6 are a call: Node 20, EPYC, products of 64 rows, 4×8 inlined is 8 to
 * 15 % faster (33 → 38 GFLOP/s); 6×8 inlined finds no registers left and spills, 24 for 48. Node 24 takes both alike.
 * @param rows 4 or, fused, 6: of the tile
 * @param panel rows of A's panel, of which the tile takes the first
 * @param depth steps in the panels
 * @param ldc bytes from a row of C to the next
 * @param bias 8 floats, or 0 for none
 * @inline
 */
export function tile(
  rows: i32,
  panel: i32,
  depth: i32,
  a: usize,
  b: usize,
  c: usize,
  ldc: usize,
  accumulate: i32,
  bias: usize,
  activation: i32,
): void {
  if (!SIMD) tileScalar(depth, a, b, c, ldc, accumulate, bias, activation);
  else if (rows == 4) tile_4x8(panel, depth, a, b, c, ldc, accumulate, bias, activation);
  else tile_6x8(depth, a, b, c, ldc, accumulate, bias, activation);
}

/** @inline */
function tile_4x8(panel: i32, depth: i32, a: usize, b: usize, c: usize, ldc: usize, accumulate: i32, bias: usize, activation: i32): void {
  let c00 = f32x4.splat(0),
    c01 = c00,
    c10 = c00,
    c11 = c00,
    c20 = c00,
    c21 = c00,
    c30 = c00,
    c31 = c00;
  for (const end = a + ((<usize>(depth * panel)) << 2); a < end; a += panel << 2, b += 32) {
    const b0 = v128.load(b),
      b1 = v128.load(b, 16);
    let x = v128.load_splat<f32>(a);
    c00 = madd<v128>(x, b0, c00);
    c01 = madd<v128>(x, b1, c01);
    x = v128.load_splat<f32>(a, 4);
    c10 = madd<v128>(x, b0, c10);
    c11 = madd<v128>(x, b1, c11);
    x = v128.load_splat<f32>(a, 8);
    c20 = madd<v128>(x, b0, c20);
    c21 = madd<v128>(x, b1, c21);
    x = v128.load_splat<f32>(a, 12);
    c30 = madd<v128>(x, b0, c30);
    c31 = madd<v128>(x, b1, c31);
  }
  if (bias) {
    const bias0 = v128.load(bias),
      bias1 = v128.load(bias, 16),
      floor = floorOf(activation);
    if (accumulate) {
      addBiasRow(c, c00, c01, bias0, bias1, floor);
      addBiasRow(c + ldc, c10, c11, bias0, bias1, floor);
      addBiasRow(c + 2 * ldc, c20, c21, bias0, bias1, floor);
      addBiasRow(c + 3 * ldc, c30, c31, bias0, bias1, floor);
    } else {
      biasRow(c, c00, c01, bias0, bias1, floor);
      biasRow(c + ldc, c10, c11, bias0, bias1, floor);
      biasRow(c + 2 * ldc, c20, c21, bias0, bias1, floor);
      biasRow(c + 3 * ldc, c30, c31, bias0, bias1, floor);
    }
  } else if (accumulate) {
    addRow(c, c00, c01);
    addRow(c + ldc, c10, c11);
    addRow(c + 2 * ldc, c20, c21);
    addRow(c + 3 * ldc, c30, c31);
  } else {
    storeRow(c, c00, c01);
    storeRow(c + ldc, c10, c11);
    storeRow(c + 2 * ldc, c20, c21);
    storeRow(c + 3 * ldc, c30, c31);
  }
  if (activation > (bias ? RELU : 0)) activateRows(4, c, ldc, activation);
}

/** Fused only: see blocking.ts. */
function tile_6x8(depth: i32, a: usize, b: usize, c: usize, ldc: usize, accumulate: i32, bias: usize, activation: i32): void {
  let c00 = f32x4.splat(0),
    c01 = c00,
    c10 = c00,
    c11 = c00,
    c20 = c00,
    c21 = c00;
  let c30 = c00,
    c31 = c00,
    c40 = c00,
    c41 = c00,
    c50 = c00,
    c51 = c00;
  for (const end = a + ((<usize>(depth * 6)) << 2); a < end; a += 24, b += 32) {
    const b0 = v128.load(b),
      b1 = v128.load(b, 16);
    let x = v128.load_splat<f32>(a);
    c00 = madd<v128>(x, b0, c00);
    c01 = madd<v128>(x, b1, c01);
    x = v128.load_splat<f32>(a, 4);
    c10 = madd<v128>(x, b0, c10);
    c11 = madd<v128>(x, b1, c11);
    x = v128.load_splat<f32>(a, 8);
    c20 = madd<v128>(x, b0, c20);
    c21 = madd<v128>(x, b1, c21);
    x = v128.load_splat<f32>(a, 12);
    c30 = madd<v128>(x, b0, c30);
    c31 = madd<v128>(x, b1, c31);
    x = v128.load_splat<f32>(a, 16);
    c40 = madd<v128>(x, b0, c40);
    c41 = madd<v128>(x, b1, c41);
    x = v128.load_splat<f32>(a, 20);
    c50 = madd<v128>(x, b0, c50);
    c51 = madd<v128>(x, b1, c51);
  }
  if (bias) {
    const bias0 = v128.load(bias),
      bias1 = v128.load(bias, 16),
      floor = floorOf(activation);
    if (accumulate) {
      addBiasRow(c, c00, c01, bias0, bias1, floor);
      addBiasRow(c + ldc, c10, c11, bias0, bias1, floor);
      addBiasRow(c + 2 * ldc, c20, c21, bias0, bias1, floor);
      addBiasRow(c + 3 * ldc, c30, c31, bias0, bias1, floor);
      addBiasRow(c + 4 * ldc, c40, c41, bias0, bias1, floor);
      addBiasRow(c + 5 * ldc, c50, c51, bias0, bias1, floor);
    } else {
      biasRow(c, c00, c01, bias0, bias1, floor);
      biasRow(c + ldc, c10, c11, bias0, bias1, floor);
      biasRow(c + 2 * ldc, c20, c21, bias0, bias1, floor);
      biasRow(c + 3 * ldc, c30, c31, bias0, bias1, floor);
      biasRow(c + 4 * ldc, c40, c41, bias0, bias1, floor);
      biasRow(c + 5 * ldc, c50, c51, bias0, bias1, floor);
    }
  } else if (accumulate) {
    addRow(c, c00, c01);
    addRow(c + ldc, c10, c11);
    addRow(c + 2 * ldc, c20, c21);
    addRow(c + 3 * ldc, c30, c31);
    addRow(c + 4 * ldc, c40, c41);
    addRow(c + 5 * ldc, c50, c51);
  } else {
    storeRow(c, c00, c01);
    storeRow(c + ldc, c10, c11);
    storeRow(c + 2 * ldc, c20, c21);
    storeRow(c + 3 * ldc, c30, c31);
    storeRow(c + 4 * ldc, c40, c41);
    storeRow(c + 5 * ldc, c50, c51);
  }
  if (activation > (bias ? RELU : 0)) activateRows(6, c, ldc, activation);
}

// The ends of a row, one for each case and without a branch inside: accumulators that live across one are spilled by
// V8 in the loop before it (6×8, Node 20: 24 GFLOP/s for 55).

/** @inline */
function storeRow(c: usize, x0: v128, x1: v128): void {
  v128.store(c, x0);
  v128.store(c, x1, 16);
}
/** @inline */
function addRow(c: usize, x0: v128, x1: v128): void {
  v128.store(c, f32x4.add(v128.load(c), x0));
  v128.store(c, f32x4.add(v128.load(c, 16), x1), 16);
}
/** @inline */
function biasRow(c: usize, x0: v128, x1: v128, bias0: v128, bias1: v128, floor: v128): void {
  v128.store(c, larger<v128>(f32x4.add(x0, bias0), floor));
  v128.store(c, larger<v128>(f32x4.add(x1, bias1), floor), 16);
}
/** @inline */
function addBiasRow(c: usize, x0: v128, x1: v128, bias0: v128, bias1: v128, floor: v128): void {
  v128.store(c, larger<v128>(f32x4.add(f32x4.add(v128.load(c), x0), bias0), floor));
  v128.store(c, larger<v128>(f32x4.add(f32x4.add(v128.load(c, 16), x1), bias1), floor), 16);
}

/**
 * What relu does not let through; nothing for the other activations.
 * @inline
 */
function floorOf(activation: i32): v128 {
  return f32x4.splat(activation == RELU ? 0 : -Infinity);
}

/** The activations that need a call, and relu where there is no bias, on the stored tile. */
function activateRows(rows: i32, c: usize, ldc: usize, activation: i32): void {
  for (; rows > 0; rows--, c += ldc) {
    v128.store(c, activate<v128>(v128.load(c), activation));
    v128.store(c, activate<v128>(v128.load(c, 16), activation), 16);
  }
}

/**
 * Two columns at a time: 8 accumulators, as many as the registers hold.
 * @inline
 */
function tileScalar(depth: i32, a: usize, b: usize, c: usize, ldc: usize, accumulate: i32, bias: usize, activation: i32): void {
  for (let j: usize = 0; j < 32; j += 8) {
    let c00: f32 = 0,
      c01: f32 = 0,
      c10: f32 = 0,
      c11: f32 = 0,
      c20: f32 = 0,
      c21: f32 = 0,
      c30: f32 = 0,
      c31: f32 = 0;
    let pa = a,
      pb = b + j;
    for (let k = 0; k < depth; k++) {
      const b0 = load<f32>(pb),
        b1 = load<f32>(pb, 4);
      let x = load<f32>(pa);
      c00 = x * b0 + c00;
      c01 = x * b1 + c01;
      x = load<f32>(pa, 4);
      c10 = x * b0 + c10;
      c11 = x * b1 + c11;
      x = load<f32>(pa, 8);
      c20 = x * b0 + c20;
      c21 = x * b1 + c21;
      x = load<f32>(pa, 12);
      c30 = x * b0 + c30;
      c31 = x * b1 + c31;
      pa += 16;
      pb += 32;
    }
    const r0 = c + j,
      r1 = r0 + ldc,
      r2 = r1 + ldc,
      r3 = r2 + ldc,
      bias0 = bias ? bias + j : 0,
      bias1 = bias ? bias + j + 4 : 0;
    finish<f32>(r0, c00, accumulate, bias0, activation);
    finish<f32>(r0 + 4, c01, accumulate, bias1, activation);
    finish<f32>(r1, c10, accumulate, bias0, activation);
    finish<f32>(r1 + 4, c11, accumulate, bias1, activation);
    finish<f32>(r2, c20, accumulate, bias0, activation);
    finish<f32>(r2 + 4, c21, accumulate, bias1, activation);
    finish<f32>(r3, c30, accumulate, bias0, activation);
    finish<f32>(r3 + 4, c31, accumulate, bias1, activation);
  }
}

/**
 * The last steps of one element, or four; the same in every build, so a remainder equals the inside of a tile.
 * @inline
 */
export function finish<T>(c: usize, sum: T, accumulate: i32, bias: usize, activation: i32): void {
  if (accumulate) sum = add<T>(loadLanes<T>(c), sum);
  if (bias) sum = add<T>(sum, loadLanes<T>(bias));
  storeLanes<T>(c, activate<T>(sum, activation));
}

/** A tile of which only `height` rows and `width` columns are wanted; `edge` has room for a whole one. */
export function edgeTile(
  height: i32,
  width: i32,
  depth: i32,
  a: usize,
  b: usize,
  c: usize,
  ldc: usize,
  accumulate: i32,
  bias: usize,
  activation: i32,
  edge: usize,
): void {
  tile(MR, MR, depth, a, b, edge, NR << 2, 0, 0, 0);
  for (; height > 0; height--, c += ldc, edge += NR << 2) {
    let x: usize = 0;
    if (SIMD)
      for (; x + 16 <= (<usize>width) << 2; x += 16) finish<v128>(c + x, v128.load(edge + x), accumulate, bias ? bias + x : 0, activation);
    for (; x < (<usize>width) << 2; x += 4) finish<f32>(c + x, load<f32>(edge + x), accumulate, bias ? bias + x : 0, activation);
  }
}
