// What a core can do at most, for the benchmark to measure kernels against: arithmetic with nothing to wait for, and a
// plain copy. Of no use to training: they are a module of their own, which bench/suite loads and no page downloads. Each
// is done `copies` times, a unit a copy: with as many as there are threads all cores are busy at once. A copy writes its
// own part of out.
//
// Which loop of multiply-adds is fastest depends on the core and the build, so there are two, and the faster is the
// ceiling. GFLOP/s on one core of a Xeon, Node 20: chains 8.6 scalar, 32.5 simd, 57.4 relaxed; tile 10.5, 41.1 and
// 46.9. (An add has a port that a mul has not; chains in which each waits for the other leave it idle.) 8 chains reach
// 30.2 in simd and 54.7 in relaxed, 12 chains 33.4 and 55.5.

import { loadLanes, madd, SIMD, splat, storeLanes } from "./lanes";

export * from "./module";

/** out[copies, 10, lanes] = ten chains of a = a·b + c in registers, 20 · lanes FLOP a step; they are stored so that none is left out */
export function ceiling_madd_f32(out: usize, steps: i32, copies: i32, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    if (SIMD) chains<v128>(out + 160 * <usize>i, steps);
    else chains<f32>(out + 40 * <usize>i, steps);
  }
}
export function ceiling_madd_f32_units(copies: i32): i32 {
  return copies;
}

function chains<T>(out: usize, steps: i32): void {
  // different starts, or the ten would be one
  let a0 = splat<T>(0),
    a1 = splat<T>(1),
    a2 = splat<T>(2),
    a3 = splat<T>(3),
    a4 = splat<T>(4);
  let a5 = splat<T>(5),
    a6 = splat<T>(6),
    a7 = splat<T>(7),
    a8 = splat<T>(8),
    a9 = splat<T>(9);
  const b = splat<T>(0.75),
    c = splat<T>(0.5); // all go to 2: no overflow, no denormals
  for (let i = 0; i < steps; i++) {
    a0 = madd<T>(a0, b, c);
    a1 = madd<T>(a1, b, c);
    a2 = madd<T>(a2, b, c);
    a3 = madd<T>(a3, b, c);
    a4 = madd<T>(a4, b, c);
    a5 = madd<T>(a5, b, c);
    a6 = madd<T>(a6, b, c);
    a7 = madd<T>(a7, b, c);
    a8 = madd<T>(a8, b, c);
    a9 = madd<T>(a9, b, c);
  }
  keep<T>(out, a0, a1, a2, a3);
  keep<T>(out + 4 * sizeof<T>(), a4, a5, a6, a7);
  storeLanes<T>(out + 8 * sizeof<T>(), a8);
  storeLanes<T>(out + 9 * sizeof<T>(), a9);
}

/**
 * out[copies, 8, lanes] = a tile of eight accumulators in registers, its operands always in the first-level cache: the heart of a product
 * 32 · lanes FLOP a step, for the two halves of operands [2, 12]: two vectors (a number each in the scalar build) and
 * four factors.
 */
export function ceiling_tile_f32(out: usize, operands: usize, steps: i32, copies: i32, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    if (SIMD) tile<v128>(out + 128 * <usize>i, operands, steps);
    else tile<f32>(out + 32 * <usize>i, operands, steps);
  }
}
export function ceiling_tile_f32_units(copies: i32): i32 {
  return copies;
}

/** Not inlined into a loop, where its zeros would be written out. */
function tile<T>(out: usize, p: usize, steps: i32): void {
  let c00 = splat<T>(0),
    c01 = c00,
    c10 = c00,
    c11 = c00,
    c20 = c00,
    c21 = c00,
    c30 = c00,
    c31 = c00;
  for (let i = 0; i < steps; i++) {
    // twice the same with other offsets: Binaryen does not unroll
    let b0 = loadLanes<T>(p),
      b1 = loadLanes<T>(p + 16),
      a = factor<T>(p + 32);
    c00 = madd<T>(a, b0, c00);
    c01 = madd<T>(a, b1, c01);
    a = factor<T>(p + 36);
    c10 = madd<T>(a, b0, c10);
    c11 = madd<T>(a, b1, c11);
    a = factor<T>(p + 40);
    c20 = madd<T>(a, b0, c20);
    c21 = madd<T>(a, b1, c21);
    a = factor<T>(p + 44);
    c30 = madd<T>(a, b0, c30);
    c31 = madd<T>(a, b1, c31);
    b0 = loadLanes<T>(p + 48);
    b1 = loadLanes<T>(p + 64);
    a = factor<T>(p + 80);
    c00 = madd<T>(a, b0, c00);
    c01 = madd<T>(a, b1, c01);
    a = factor<T>(p + 84);
    c10 = madd<T>(a, b0, c10);
    c11 = madd<T>(a, b1, c11);
    a = factor<T>(p + 88);
    c20 = madd<T>(a, b0, c20);
    c21 = madd<T>(a, b1, c21);
    a = factor<T>(p + 92);
    c30 = madd<T>(a, b0, c30);
    c31 = madd<T>(a, b1, c31);
  }
  keep<T>(out, c00, c01, c10, c11);
  keep<T>(out + 4 * sizeof<T>(), c20, c21, c30, c31);
}

/** @inline */
function factor<T>(p: usize): T {
  if (isVector<T>()) return changetype<T>(v128.load_splat<f32>(p));
  else return changetype<T>(load<f32>(p));
}

/** out[copies, n] = x[copies, n]: 8 bytes of traffic a number */
export function ceiling_copy_f32(out: usize, x: usize, n: i32, copies: i32, from: i32, to: i32): void {
  const start = (<usize>(from * n)) << 2,
    end = out + ((<usize>(to * n)) << 2);
  out += start;
  x += start;
  if (SIMD) for (; out + 64 <= end; out += 64, x += 64) keep<v128>(out, v128.load(x), v128.load(x, 16), v128.load(x, 32), v128.load(x, 48));
  for (; out + 16 <= end; out += 16, x += 16) keep<f32>(out, load<f32>(x), load<f32>(x, 4), load<f32>(x, 8), load<f32>(x, 12));
  for (; out < end; out += 4, x += 4) store<f32>(out, load<f32>(x));
}
export function ceiling_copy_f32_units(copies: i32): i32 {
  return copies;
}

/** @inline */
function keep<T>(to: usize, x0: T, x1: T, x2: T, x3: T): void {
  storeLanes<T>(to, x0);
  storeLanes<T>(to + sizeof<T>(), x1);
  storeLanes<T>(to + 2 * sizeof<T>(), x2);
  storeLanes<T>(to + 3 * sizeof<T>(), x3);
}
