// Random numbers without state: Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011).
// The key is the seed (lo, hi); the counter is (block, stream, step lo, step hi); word w of block b is element
// 4 b + w. The same element is the same number wherever and in whatever order it is drawn.

import { endOf, LINE, MIN_SLOW_ELEMENTS, unitsOf } from "./range";

/** The words of the block that was drawn last: a function cannot return four. Globals of a module are not in its memory, so every thread has its own. */
export let word0: u32 = 0,
  word1: u32 = 0,
  word2: u32 = 0,
  word3: u32 = 0;

/** Draws a block. */
export function philox(block: u32, stream: u32, stepLo: u32, stepHi: u32, seedLo: u32, seedHi: u32): void {
  let c0 = block,
    c1 = stream,
    c2 = stepLo,
    c3 = stepHi;
  for (let round = 0; round < 10; round++) {
    const p0 = <u64>c0 * 0xd2511f53,
      p1 = <u64>c2 * 0xcd9e8d57;
    c0 = <u32>(p1 >>> 32) ^ c1 ^ seedLo;
    c2 = <u32>(p0 >>> 32) ^ c3 ^ seedHi;
    c1 = <u32>p1;
    c3 = <u32>p0;
    seedLo += 0x9e3779b9;
    seedHi += 0xbb67ae85;
  }
  word0 = c0;
  word1 = c1;
  word2 = c2;
  word3 = c3;
}

/**
 * Word w of the block that was drawn last.
 * @inline
 */
export function word(w: i32): u32 {
  return w & 2 ? (w & 1 ? word3 : word2) : w & 1 ? word1 : word0;
}

/**
 * 24 bits of a word as a number in [0, 1).
 * @inline
 */
export function unit(word: u32): f32 {
  return <f32>(word >>> 8) * <f32>5.9604644775390625e-8;
}

export function drawUnits(n: i32): i32 {
  return unitsOf(n, LINE, n < MIN_SLOW_ELEMENTS);
}
export function drawEnd(n: i32, to: i32): i32 {
  return endOf(to, n, LINE, n < MIN_SLOW_ELEMENTS);
}
