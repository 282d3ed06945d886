// The micro-kernel: a 4×8 tile of C from a packed panel of A (4 floats a step) and of B (8 floats a step).
// Every element is one accumulator walking the depth in order, then added to C: no tile shape, variant or
// remainder changes a bit. Binaryen does not unroll, so the tile is written out.
// Tried (Node 20, Xeon, one run): the depth loop unrolled 2, 4 and 8 times is 8, 20 and 28 % slower, TurboFan spills;
// a pointer for a counter is 2 % faster.

import { larger, madd, SIMD } from "../lanes";
import { activate, RELU } from "./epilogue";

/**
 * C[4,8] = (accumulate ? C : 0) + A B, then + bias and activation.
 * @param depth steps in the panels
 * @param ldc bytes from a row of C to the next
 * @param bias 8 floats, or 0 for none
 */
export function tile_4x8(depth: i32, a: usize, b: usize, c: usize, ldc: usize, accumulate: i32, bias: usize, activation: i32): void {
  tileInline(depth, a, b, c, ldc, accumulate, bias, activation);
}

/** The tile without a call, for loops over tiles of little depth: at depth 32 and without an epilogue 40 GFLOP/s, called 35. */
// @ts-ignore: decorator
@inline export function tileInline(depth: i32, a: usize, b: usize, c: usize, ldc: usize, accumulate: i32, bias: usize, activation: i32): void {
  if (SIMD) tileSimd(depth, a, b, c, ldc, accumulate, bias, activation);
  else tileScalar(depth, a, b, c, ldc, accumulate, bias, activation);
}

// @ts-ignore: decorator
@inline function tileSimd(depth: i32, a: usize, b: usize, c: usize, ldc: usize, accumulate: i32, bias: usize, activation: i32): void {
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  for (const end = a + (<usize>(depth * 4) << 2); a < end; a += 16, b += 32) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load_splat<f32>(a);
    c00 = madd<v128>(x, b0, c00); c01 = madd<v128>(x, b1, c01);
    x = v128.load_splat<f32>(a, 4);
    c10 = madd<v128>(x, b0, c10); c11 = madd<v128>(x, b1, c11);
    x = v128.load_splat<f32>(a, 8);
    c20 = madd<v128>(x, b0, c20); c21 = madd<v128>(x, b1, c21);
    x = v128.load_splat<f32>(a, 12);
    c30 = madd<v128>(x, b0, c30); c31 = madd<v128>(x, b1, c31);
  }
  const r1 = c + ldc, r2 = r1 + ldc, r3 = r2 + ldc;
  if (accumulate) {
    c00 = f32x4.add(v128.load(c), c00); c01 = f32x4.add(v128.load(c, 16), c01);
    c10 = f32x4.add(v128.load(r1), c10); c11 = f32x4.add(v128.load(r1, 16), c11);
    c20 = f32x4.add(v128.load(r2), c20); c21 = f32x4.add(v128.load(r2, 16), c21);
    c30 = f32x4.add(v128.load(r3), c30); c31 = f32x4.add(v128.load(r3, 16), c31);
  }
  if (bias) {
    const b0 = v128.load(bias), b1 = v128.load(bias, 16);
    c00 = f32x4.add(c00, b0); c01 = f32x4.add(c01, b1); c10 = f32x4.add(c10, b0); c11 = f32x4.add(c11, b1);
    c20 = f32x4.add(c20, b0); c21 = f32x4.add(c21, b1); c30 = f32x4.add(c30, b0); c31 = f32x4.add(c31, b1);
  }
  if (activation == RELU) {
    const zero = f32x4.splat(0);
    c00 = larger<v128>(c00, zero); c01 = larger<v128>(c01, zero); c10 = larger<v128>(c10, zero); c11 = larger<v128>(c11, zero);
    c20 = larger<v128>(c20, zero); c21 = larger<v128>(c21, zero); c30 = larger<v128>(c30, zero); c31 = larger<v128>(c31, zero);
  }
  v128.store(c, c00); v128.store(c, c01, 16); v128.store(r1, c10); v128.store(r1, c11, 16);
  v128.store(r2, c20); v128.store(r2, c21, 16); v128.store(r3, c30); v128.store(r3, c31, 16);
  if (activation > RELU) activateTile(c, ldc, activation);
}

/** The activations that need a call, on the stored tile: with calls inside, the registers would be saved around them. */
function activateTile(c: usize, ldc: usize, activation: i32): void {
  for (let row = 0; row < 4; row++, c += ldc) {
    v128.store(c, activate<v128>(v128.load(c), activation));
    v128.store(c, activate<v128>(v128.load(c, 16), activation), 16);
  }
}

/** Two columns at a time: 8 accumulators, as many as the registers hold. */
// @ts-ignore: decorator
@inline function tileScalar(depth: i32, a: usize, b: usize, c: usize, ldc: usize, accumulate: i32, bias: usize, activation: i32): void {
  for (let j: usize = 0; j < 32; j += 8) {
    let c00: f32 = 0, c01: f32 = 0, c10: f32 = 0, c11: f32 = 0, c20: f32 = 0, c21: f32 = 0, c30: f32 = 0, c31: f32 = 0;
    let pa = a, pb = b + j;
    for (let k = 0; k < depth; k++) {
      const b0 = load<f32>(pb), b1 = load<f32>(pb, 4);
      let x = load<f32>(pa);
      c00 = x * b0 + c00; c01 = x * b1 + c01;
      x = load<f32>(pa, 4);
      c10 = x * b0 + c10; c11 = x * b1 + c11;
      x = load<f32>(pa, 8);
      c20 = x * b0 + c20; c21 = x * b1 + c21;
      x = load<f32>(pa, 12);
      c30 = x * b0 + c30; c31 = x * b1 + c31;
      pa += 16; pb += 32;
    }
    const b0: f32 = bias ? load<f32>(bias + j) : 0, b1: f32 = bias ? load<f32>(bias + j, 4) : 0;
    const r0 = c + j, r1 = r0 + ldc, r2 = r1 + ldc, r3 = r2 + ldc;
    finish(r0, c00, accumulate, bias, b0, activation); finish(r0 + 4, c01, accumulate, bias, b1, activation);
    finish(r1, c10, accumulate, bias, b0, activation); finish(r1 + 4, c11, accumulate, bias, b1, activation);
    finish(r2, c20, accumulate, bias, b0, activation); finish(r2 + 4, c21, accumulate, bias, b1, activation);
    finish(r3, c30, accumulate, bias, b0, activation); finish(r3 + 4, c31, accumulate, bias, b1, activation);
  }
}

/** The last steps of one element; the same in every build, so a remainder equals the inside of a tile. */
// @ts-ignore: decorator
@inline export function finish(c: usize, sum: f32, accumulate: i32, bias: usize, biasValue: f32, activation: i32): void {
  if (accumulate) sum = load<f32>(c) + sum;
  if (bias) sum = sum + biasValue;
  store<f32>(c, activate<f32>(sum, activation));
}
