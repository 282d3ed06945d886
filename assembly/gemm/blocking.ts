// The block sizes of every matrix product, dense or convolution, and the arithmetic behind them.

/** Rows of a register tile. 4×8 needs 8 accumulators, 2 loads and 1 splat of the 16 vector registers of x64. */
export const MR = 4;
/** Columns of a register tile: two vectors. */
export const NR = 8;
/**
 * Depth of a block. Part of the result, not only of the speed: an element is the sum of its depth blocks, each
 * summed from zero in order, so a change alters last bits (and shortens or lengthens the rounding error's walk).
 * 256 deep, a panel of B is 8 KiB and a panel of A 4 KiB: both stay in a 32 KiB first-level cache.
 */
export const KC = 256;
/** Rows of a block of A: 64 × 256 floats are 64 KiB, an eighth of a small second-level cache. */
export const MC = 64;
/** Columns of a block of B: at most 512 × 256 floats = 512 KiB, half of a usual second-level cache. */
export const NC = 512;
/** Floats of B kept packed at once, where several depth blocks of few columns fit the same 512 KiB. */
export const PACKED_B = NC * KC;
