// The block sizes of every matrix product, dense or convolution, and the arithmetic behind them.

import { RELAXED } from "../lanes";

/**
 * Rows of a register tile, of 16 vector registers on x64. 4×8 needs 8 accumulators, 2 loads, 1 splat and a product.
 * Fused, a product needs none, and 6×8 fits: its 12 accumulators hide the latency of fma, which 8 just reach (4 cycles
 * on 2 ports). GFLOP/s of the loop over L1, one core of an EPYC (Zen 4), Node 20 / 24: fused 4×8 51 / 51, 5×8 53 / 53,
 * 6×8 56 / 54, 3×12 50 / 48, 4×12 and 3×16 spill, 26; not fused 4×8 39 / 41, 5×8 39 / 44, 6×8 spills, 28 / 25.
 * Each element is summed in the same order in any tile.
 */
export const MR: i32 = RELAXED ? 6 : 4;
/**
 * Rows from a tile to the next where so many are left. Of 8 rows two tiles of 4 are made and not one of 6 and one of 2, which would
 * take as long as a whole one: 32 rows are 4 · 6 + 2 · 4.
 * @inline
 */
export function tileRows(left: i32): i32 {
  return MR > 4 && left == 8 ? 4 : MR;
}
/** Columns of a register tile: two vectors. */
export const NR = 8;
/**
 * Depth of a block. Part of the result, not only of the speed: an element is the sum of its depth blocks, each
 * summed from zero in order, so a change alters last bits (and shortens or lengthens the rounding error's walk).
 * 256 deep, a panel of B is 8 KiB and a panel of A 4 KiB: both stay in a 32 KiB first-level cache.
 */
export const KC = 256;
/** Rows of a block of A, whole tiles: 64 × 256 floats are 64 KiB, an eighth of a small second-level cache. */
export const MC: i32 = RELAXED ? 66 : 64;
/** Columns of a block of B: at most 512 × 256 floats = 512 KiB, half of a usual second-level cache. */
export const NC = 512;
/** Floats of B kept packed at once, where several depth blocks of few columns fit the same 512 KiB. */
export const PACKED_B = NC * KC;
