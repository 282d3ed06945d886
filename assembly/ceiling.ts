// What a core can do at most, for the benchmark to measure kernels against: arithmetic with nothing to wait for, and a
// plain copy. Of no use to training.
//
// Which loop of multiply-adds is fastest depends on the core and the build, so there are two, and the faster is the
// ceiling. GFLOP/s on one core of a Xeon, Node 20: chains 8.6 scalar, 32.5 simd, 57.4 relaxed; tile 10.5, 41.1 and
// 46.9. (An add has a port that a mul has not; chains in which each waits for the other leave it idle.) 8 chains reach
// 30.2 in simd and 54.7 in relaxed, 12 chains 33.4 and 55.5.

import { loadLanes, madd, SIMD, splat, storeLanes } from "./lanes";

/** Ten chains of a = a·b + c in registers, 20 · lanes FLOP a step. out [10, lanes] gets them, so that none is left out. */
export function ceiling_madd_f32(out: usize, steps: i32): void {
  if (SIMD) chains<v128>(out, steps);
  else chains<f32>(out, steps);
}

// @ts-ignore: decorator
@inline function chains<T>(out: usize, steps: i32): void {
  // different starts, or the ten would be one
  let a0 = splat<T>(0), a1 = splat<T>(1), a2 = splat<T>(2), a3 = splat<T>(3), a4 = splat<T>(4);
  let a5 = splat<T>(5), a6 = splat<T>(6), a7 = splat<T>(7), a8 = splat<T>(8), a9 = splat<T>(9);
  const b = splat<T>(0.75), c = splat<T>(0.5); // all go to 2: no overflow, no denormals
  for (let i = 0; i < steps; i++) {
    a0 = madd<T>(a0, b, c); a1 = madd<T>(a1, b, c); a2 = madd<T>(a2, b, c); a3 = madd<T>(a3, b, c); a4 = madd<T>(a4, b, c);
    a5 = madd<T>(a5, b, c); a6 = madd<T>(a6, b, c); a7 = madd<T>(a7, b, c); a8 = madd<T>(a8, b, c); a9 = madd<T>(a9, b, c);
  }
  keep<T>(out, a0, a1, a2, a3);
  keep<T>(out + 4 * sizeof<T>(), a4, a5, a6, a7);
  storeLanes<T>(out + 8 * sizeof<T>(), a8);
  storeLanes<T>(out + 9 * sizeof<T>(), a9);
}

/**
 * The heart of a product: a tile of eight accumulators in registers, its operands always in the first-level cache.
 * 32 · lanes FLOP a step, for the two halves of operands [2, 12]: two vectors (a number each in the scalar build) and
 * four factors. out [8, lanes] gets the tile.
 */
export function ceiling_tile_f32(out: usize, operands: usize, steps: i32): void {
  if (SIMD) tile<v128>(out, operands, steps);
  else tile<f32>(out, operands, steps);
}

// @ts-ignore: decorator
@inline function tile<T>(out: usize, p: usize, steps: i32): void {
  let c00 = splat<T>(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  for (let i = 0; i < steps; i++) {
    // twice the same with other offsets: Binaryen does not unroll
    let b0 = loadLanes<T>(p), b1 = loadLanes<T>(p + 16), a = factor<T>(p + 32);
    c00 = madd<T>(a, b0, c00); c01 = madd<T>(a, b1, c01);
    a = factor<T>(p + 36); c10 = madd<T>(a, b0, c10); c11 = madd<T>(a, b1, c11);
    a = factor<T>(p + 40); c20 = madd<T>(a, b0, c20); c21 = madd<T>(a, b1, c21);
    a = factor<T>(p + 44); c30 = madd<T>(a, b0, c30); c31 = madd<T>(a, b1, c31);
    b0 = loadLanes<T>(p + 48); b1 = loadLanes<T>(p + 64); a = factor<T>(p + 80);
    c00 = madd<T>(a, b0, c00); c01 = madd<T>(a, b1, c01);
    a = factor<T>(p + 84); c10 = madd<T>(a, b0, c10); c11 = madd<T>(a, b1, c11);
    a = factor<T>(p + 88); c20 = madd<T>(a, b0, c20); c21 = madd<T>(a, b1, c21);
    a = factor<T>(p + 92); c30 = madd<T>(a, b0, c30); c31 = madd<T>(a, b1, c31);
  }
  keep<T>(out, c00, c01, c10, c11);
  keep<T>(out + 4 * sizeof<T>(), c20, c21, c30, c31);
}

// @ts-ignore: decorator
@inline function factor<T>(p: usize): T {
  if (isVector<T>()) return changetype<T>(v128.load_splat<f32>(p));
  else return changetype<T>(load<f32>(p));
}

/** to [n] = from [n]: 8 bytes of traffic a number. */
export function ceiling_copy_f32(to: usize, from: usize, n: i32): void {
  const end = to + (<usize>n << 2);
  if (SIMD) {
    const last = to + (<usize>(n & ~15) << 2);
    for (; to < last; to += 64, from += 64) keep<v128>(to, v128.load(from), v128.load(from, 16), v128.load(from, 32), v128.load(from, 48));
  }
  for (; to + 16 <= end; to += 16, from += 16) keep<f32>(to, load<f32>(from), load<f32>(from, 4), load<f32>(from, 8), load<f32>(from, 12));
  for (; to < end; to += 4, from += 4) store<f32>(to, load<f32>(from));
}

// @ts-ignore: decorator
@inline function keep<T>(to: usize, x0: T, x1: T, x2: T, x3: T): void {
  storeLanes<T>(to, x0); storeLanes<T>(to + sizeof<T>(), x1); storeLanes<T>(to + 2 * sizeof<T>(), x2); storeLanes<T>(to + 3 * sizeof<T>(), x3);
}
