// Small transposes while copying: four rows, or two, become columns that lie `step` bytes apart.

import { SIMD } from "../lanes";
import { MR } from "./blocking";

/**
 * Stores to[k * step + r] = row_r[k] for k, r < 4.
 * @inline
 */
export function transpose4(to: usize, step: usize, p0: usize, p1: usize, p2: usize, p3: usize): void {
  if (SIMD) {
    const r0 = v128.load(p0),
      r1 = v128.load(p1),
      r2 = v128.load(p2),
      r3 = v128.load(p3);
    const t0 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5),
      t1 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
    const t2 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5),
      t3 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f32>(t0, t2, 0, 1, 4, 5));
    v128.store(to + step, v128.shuffle<f32>(t0, t2, 2, 3, 6, 7));
    v128.store(to + 2 * step, v128.shuffle<f32>(t1, t3, 0, 1, 4, 5));
    v128.store(to + 3 * step, v128.shuffle<f32>(t1, t3, 2, 3, 6, 7));
  } else {
    for (let k: usize = 0; k < 4; k++) copyColumn4(to + k * step, p0 + (k << 2), p1 + (k << 2), p2 + (k << 2), p3 + (k << 2));
  }
}

/**
 * Stores to[k * step + r] = row_r[k] for k < 4, r < 2.
 * @inline
 */
export function transpose2(to: usize, step: usize, p0: usize, p1: usize): void {
  const r0 = v128.load(p0),
    r1 = v128.load(p1);
  const low = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5),
    high = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  v128.store_lane<u64>(to, low, 0);
  v128.store_lane<u64>(to + step, low, 1);
  v128.store_lane<u64>(to + 2 * step, high, 0);
  v128.store_lane<u64>(to + 3 * step, high, 1);
}

/**
 * Stores the four floats at p0…p3 side by side.
 * @inline
 */
export function copyColumn4(to: usize, p0: usize, p1: usize, p2: usize, p3: usize): void {
  store<f32>(to, load<f32>(p0));
  store<f32>(to, load<f32>(p1), 4);
  store<f32>(to, load<f32>(p2), 8);
  store<f32>(to, load<f32>(p3), 12);
}

/**
 * Stores the two floats at p0 and p1 side by side.
 * @inline
 */
export function copyColumn2(to: usize, p0: usize, p1: usize): void {
  store<f32>(to, load<f32>(p0));
  store<f32>(to, load<f32>(p1), 4);
}

/**
 * Copies four floats that lie side by side.
 * @inline
 */
export function copy4(to: usize, from: usize): void {
  if (SIMD) v128.store(to, v128.load(from));
  else {
    store<u64>(to, load<u64>(from));
    store<u64>(to, load<u64>(from, 8), 8);
  }
}

/**
 * Copies a row of a panel: MR floats that lie side by side.
 * @inline
 */
export function copyRow(to: usize, from: usize): void {
  copy4(to, from);
  if (MR > 4) store<u64>(to, load<u64>(from, 16), 16);
}
