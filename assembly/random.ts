// Random numbers for training and for first weights. A unit is four blocks of ./philox, 16 numbers.

import { drawEnd, drawUnits, philox, unit, word, word0, word1, word2, word3 } from "./philox";
import { elementStart, firstOf, LINE } from "./range";

/** out[n] = low + u[n] * (high − low), u uniform in [0, 1) */
export function random_uniform_f32(
  out: usize,
  n: i32,
  low: f32,
  high: f32,
  seedLo: u32,
  seedHi: u32,
  stream: u32,
  stepLo: u32,
  stepHi: u32,
  from: i32,
  to: i32,
): void {
  const end = drawEnd(n, to),
    width = high - low;
  out += elementStart(from);
  for (let i = firstOf(from, LINE); i < end; i += 4, out += 16) {
    philox(i >>> 2, stream, stepLo, stepHi, seedLo, seedHi);
    store<f32>(out, low + unit(word0) * width);
    if (i + 1 < end) store<f32>(out, low + unit(word1) * width, 4);
    if (i + 2 < end) store<f32>(out, low + unit(word2) * width, 8);
    if (i + 3 < end) store<f32>(out, low + unit(word3) * width, 12);
  }
}
export function random_uniform_f32_units(n: i32): i32 {
  return drawUnits(n);
}

/**
 * out[n] = a permutation of 0 … n − 1, int32 (Fisher and Yates, from the end): element i swaps with one of 0 … i
 * Serial: each swap moves what the swaps before it left.
 */
export function random_permutation_i32(out: usize, n: i32, seedLo: u32, seedHi: u32, stream: u32, stepLo: u32, stepHi: u32): void {
  for (let i = 0; i < n; i++) store<i32>(out + ((<usize>i) << 2), i);
  for (let i = n - 1; i > 0; i--) {
    // the block is drawn again only when i enters it
    if (i == n - 1 || (i & 3) == 3) philox(i >>> 2, stream, stepLo, stepHi, seedLo, seedHi);
    const j = <i32>((<u64>word(i) * <u64>(i + 1)) >>> 32);
    const a = out + ((<usize>i) << 2),
      b = out + ((<usize>j) << 2),
      swap = load<i32>(a);
    store<i32>(a, load<i32>(b));
    store<i32>(b, swap);
  }
}
