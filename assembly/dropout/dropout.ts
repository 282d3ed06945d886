// Dropout. A unit is four blocks of ../philox, 16 numbers.

import { SIMD } from "../lanes";
import { drawEnd, drawUnits, philox, unit, word, word0, word1, word2, word3 } from "../philox";
import { elementStart, firstOf, LINE } from "../range";

/** @inline */
function kept(word: u32, rate: f32, value: f32): f32 {
  return unit(word) >= rate ? value : 0;
}

/** @inline */
function keptLanes(words: v128, share: v128, x: v128, factor: v128): v128 {
  const drawn = f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(words, 8)), f32x4.splat(5.9604644775390625e-8));
  return v128.and(f32x4.mul(x, factor), f32x4.ge(drawn, share));
}

/**
 * Drops 16 numbers by the words of four blocks: word w of the block in lane b, which stands in vector w, belongs to number 4 b + w.
 * @inline
 */
function dropBlocks(out: usize, x: usize, w0: v128, w1: v128, w2: v128, w3: v128, share: v128, factor: v128): void {
  const low01 = v128.shuffle<i32>(w0, w1, 0, 4, 1, 5),
    low23 = v128.shuffle<i32>(w2, w3, 0, 4, 1, 5),
    high01 = v128.shuffle<i32>(w0, w1, 2, 6, 3, 7),
    high23 = v128.shuffle<i32>(w2, w3, 2, 6, 3, 7);
  v128.store(out, keptLanes(v128.shuffle<i32>(low01, low23, 0, 1, 4, 5), share, v128.load(x), factor));
  v128.store(out, keptLanes(v128.shuffle<i32>(low01, low23, 2, 3, 6, 7), share, v128.load(x, 16), factor), 16);
  v128.store(out, keptLanes(v128.shuffle<i32>(high01, high23, 0, 1, 4, 5), share, v128.load(x, 32), factor), 32);
  v128.store(out, keptLanes(v128.shuffle<i32>(high01, high23, 2, 3, 6, 7), share, v128.load(x, 48), factor), 48);
}

/**
 * out[n] = x[n] * (u[n] >= rate ? 1 / (1 − rate) : 0), u uniform in [0, 1): inverted dropout (Srivastava et al., 2014)
 * Forward and backward are the same function: the mask is drawn again, never stored. `step` is the address of the step's two
 * words, lo and hi: it differs in every step, and a call that is made again must find it where it lies.
 */
export function dropout_f32(
  out: usize,
  x: usize,
  n: i32,
  rate: f32,
  seedLo: u32,
  seedHi: u32,
  stream: u32,
  step: usize,
  from: i32,
  to: i32,
): void {
  const scale: f32 = <f32>1 / (<f32>1 - rate),
    stepLo = load<u32>(step),
    stepHi = load<u32>(step, 4),
    end = drawEnd(n, to);
  let first = firstOf(from, LINE);
  out += elementStart(from);
  x += elementStart(from);
  if (SIMD) {
    const share = f32x4.splat(rate),
      factor = f32x4.splat(scale),
      m0 = i32x4.splat(0xd2511f53),
      m1 = i32x4.splat(0xcd9e8d57);
    // Eight blocks at once, a lane each, in two halves, c and d, whose rounds do not wait for each other: 8,192 numbers take
    // 12.3 µs, four blocks at once 15.6, a block at a time 35 (AMD EPYC, Node 20).
    for (; first + 32 <= end; first += 32, out += 128, x += 128) {
      let c0 = i32x4.add(i32x4.splat(first >>> 2), i32x4(0, 1, 2, 3)),
        c1 = i32x4.splat(stream),
        c2 = i32x4.splat(stepLo),
        c3 = i32x4.splat(stepHi);
      let d0 = i32x4.add(c0, i32x4.splat(4)),
        d1 = c1,
        d2 = c2,
        d3 = c3;
      let k0 = i32x4.splat(seedLo),
        k1 = i32x4.splat(seedHi);
      for (let round = 0; round < 10; round++) {
        const c0m = i64x2.extmul_low_i32x4_u(c0, m0),
          c0n = i64x2.extmul_high_i32x4_u(c0, m0),
          c2m = i64x2.extmul_low_i32x4_u(c2, m1),
          c2n = i64x2.extmul_high_i32x4_u(c2, m1);
        const d0m = i64x2.extmul_low_i32x4_u(d0, m0),
          d0n = i64x2.extmul_high_i32x4_u(d0, m0),
          d2m = i64x2.extmul_low_i32x4_u(d2, m1),
          d2n = i64x2.extmul_high_i32x4_u(d2, m1);
        c0 = v128.xor(v128.shuffle<i32>(c2m, c2n, 1, 3, 5, 7), v128.xor(c1, k0));
        c2 = v128.xor(v128.shuffle<i32>(c0m, c0n, 1, 3, 5, 7), v128.xor(c3, k1));
        c1 = v128.shuffle<i32>(c2m, c2n, 0, 2, 4, 6);
        c3 = v128.shuffle<i32>(c0m, c0n, 0, 2, 4, 6);
        d0 = v128.xor(v128.shuffle<i32>(d2m, d2n, 1, 3, 5, 7), v128.xor(d1, k0));
        d2 = v128.xor(v128.shuffle<i32>(d0m, d0n, 1, 3, 5, 7), v128.xor(d3, k1));
        d1 = v128.shuffle<i32>(d2m, d2n, 0, 2, 4, 6);
        d3 = v128.shuffle<i32>(d0m, d0n, 0, 2, 4, 6);
        k0 = i32x4.add(k0, i32x4.splat(0x9e3779b9));
        k1 = i32x4.add(k1, i32x4.splat(0xbb67ae85));
      }
      dropBlocks(out, x, c0, c1, c2, c3, share, factor);
      dropBlocks(out + 64, x + 64, d0, d1, d2, d3, share, factor);
    }
  }
  if (!SIMD)
    for (; first + 4 <= end; first += 4, out += 16, x += 16) {
      philox(first >>> 2, stream, stepLo, stepHi, seedLo, seedHi);
      store<f32>(out, kept(word0, rate, load<f32>(x) * scale));
      store<f32>(out, kept(word1, rate, load<f32>(x, 4) * scale), 4);
      store<f32>(out, kept(word2, rate, load<f32>(x, 8) * scale), 8);
      store<f32>(out, kept(word3, rate, load<f32>(x, 12) * scale), 12);
    }
  for (; first < end; first++, out += 4, x += 4) {
    if ((first & 3) == 0) philox(first >>> 2, stream, stepLo, stepHi, seedLo, seedHi);
    store<f32>(out, kept(word(first), rate, load<f32>(x) * scale));
  }
}
export function dropout_f32_units(n: i32): i32 {
  return drawUnits(n);
}
