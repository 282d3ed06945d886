// What this machine can do at most, for the benchmark: no kernel runs faster than arithmetic that never leaves the
// registers, or moves more than a plain copy. Of no use to training.

import { loadLanes, madd, SIMD, splat, storeLanes } from "./lanes";

/**
 * Runs 8 independent chains of a = a·b + c for `steps` steps: 16 · lanes FLOP a step, the kernels' own multiply-add.
 * out [8, lanes] gets the chains; it keeps the compiler from leaving them out.
 */
export function ceiling_madd_f32(out: usize, steps: i32): void {
  if (SIMD) chains<v128>(out, steps);
  else chains<f32>(out, steps);
}

// @ts-ignore: decorator
@inline function chains<T>(out: usize, steps: i32): void {
  // different starts, or the chains would be one
  let a0 = splat<T>(0), a1 = splat<T>(1), a2 = splat<T>(2), a3 = splat<T>(3);
  let a4 = splat<T>(4), a5 = splat<T>(5), a6 = splat<T>(6), a7 = splat<T>(7);
  const b = splat<T>(0.75), c = splat<T>(0.5); // all chains go to 2: no overflow, no denormals
  for (let i = 0; i < steps; i++) {
    a0 = madd<T>(a0, b, c); a1 = madd<T>(a1, b, c); a2 = madd<T>(a2, b, c); a3 = madd<T>(a3, b, c);
    a4 = madd<T>(a4, b, c); a5 = madd<T>(a5, b, c); a6 = madd<T>(a6, b, c); a7 = madd<T>(a7, b, c);
  }
  const lane = sizeof<T>();
  storeLanes<T>(out, a0); storeLanes<T>(out + lane, a1); storeLanes<T>(out + 2 * lane, a2); storeLanes<T>(out + 3 * lane, a3);
  storeLanes<T>(out + 4 * lane, a4); storeLanes<T>(out + 5 * lane, a5); storeLanes<T>(out + 6 * lane, a6); storeLanes<T>(out + 7 * lane, a7);
}

/** to [n] = from [n]: 8 bytes of traffic a number. */
export function ceiling_copy_f32(to: usize, from: usize, n: i32): void {
  const end = to + (<usize>n << 2);
  if (SIMD) {
    const last = to + (<usize>(n & ~15) << 2);
    for (; to < last; to += 64, from += 64) copyFour<v128>(to, from, 16);
  } else {
    const last = to + (<usize>(n & ~3) << 2);
    for (; to < last; to += 16, from += 16) copyFour<f32>(to, from, 4);
  }
  for (; to < end; to += 4, from += 4) store<f32>(to, load<f32>(from));
}

// @ts-ignore: decorator
@inline function copyFour<T>(to: usize, from: usize, lane: usize): void {
  const x0 = loadLanes<T>(from), x1 = loadLanes<T>(from + lane), x2 = loadLanes<T>(from + 2 * lane), x3 = loadLanes<T>(from + 3 * lane);
  storeLanes<T>(to, x0); storeLanes<T>(to + lane, x1); storeLanes<T>(to + 2 * lane, x2); storeLanes<T>(to + 3 * lane, x3);
}
