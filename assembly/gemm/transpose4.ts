// A 4×4 transpose while copying: four rows become four columns.

import { SIMD } from "../lanes";

/** Stores to[k * 4 + r] = row_r[k] for k, r < 4; `to` steps by `step` bytes from one k to the next. */
// @ts-ignore: decorator
@inline export function transpose4(to: usize, step: usize, p0: usize, p1: usize, p2: usize, p3: usize): void {
  if (SIMD) {
    const r0 = v128.load(p0), r1 = v128.load(p1), r2 = v128.load(p2), r3 = v128.load(p3);
    const t0 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5), t1 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
    const t2 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5), t3 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f32>(t0, t2, 0, 1, 4, 5));
    v128.store(to + step, v128.shuffle<f32>(t0, t2, 2, 3, 6, 7));
    v128.store(to + 2 * step, v128.shuffle<f32>(t1, t3, 0, 1, 4, 5));
    v128.store(to + 3 * step, v128.shuffle<f32>(t1, t3, 2, 3, 6, 7));
  } else {
    for (let k: usize = 0; k < 4; k++) copyColumn(to + k * step, p0 + (k << 2), p1 + (k << 2), p2 + (k << 2), p3 + (k << 2));
  }
}

/** Stores the four floats at p0…p3 side by side. */
// @ts-ignore: decorator
@inline export function copyColumn(to: usize, p0: usize, p1: usize, p2: usize, p3: usize): void {
  store<f32>(to, load<f32>(p0));
  store<f32>(to, load<f32>(p1), 4);
  store<f32>(to, load<f32>(p2), 8);
  store<f32>(to, load<f32>(p3), 12);
}

/** Copies four floats that lie side by side. */
// @ts-ignore: decorator
@inline export function copy4(to: usize, from: usize): void {
  if (SIMD) v128.store(to, v128.load(from));
  else {
    store<u64>(to, load<u64>(from));
    store<u64>(to, load<u64>(from, 8), 8);
  }
}
