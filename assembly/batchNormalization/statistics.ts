// The mean and the variance of every channel, over all rows: variances are biased (divided by the count) and taken around the mean in a
// second pass. Both are sums of blocks of rows, added in order.

import { firstOf, LINE } from "../range";
import { sumRows, sumSquaredDeviations } from "../reduction/sums";
import { blockEnd, blockUnits, linesOf } from "./blocks";

/** Rows of a block: those of a piece of reduction/sums.ts, which adds the sums of its pieces in the same order. */
const ROWS: i32 = 256;

/** partials[rows / 256, channels] = Σ x[rows, channels] over blocks of 256 rows, or Σ (x − mean[channels])² where there is a mean; 0 for none */
export function batch_norm_partials_f32(partials: usize, x: usize, mean: usize, rows: i32, channels: i32, from: i32, to: i32): void {
  const lines = linesOf(channels),
    stride: usize = (<usize>channels) << 2,
    end = blockEnd(rows, channels, ROWS, to);
  while (from < end) {
    const block = from / lines,
      line = from - block * lines,
      last = min(lines, line + end - from),
      row = block * ROWS,
      start = (<usize>firstOf(line, LINE)) << 2,
      count = min(channels, last * LINE) - line * LINE,
      out = partials + <usize>block * stride + start,
      at = x + <usize>row * stride + start;
    if (mean) sumSquaredDeviations(out, mean + start, at, min(ROWS, rows - row), count, stride);
    else sumRows(out, at, min(ROWS, rows - row), count, stride);
    from += last - line;
  }
}
export function batch_norm_partials_f32_units(rows: i32, channels: i32): i32 {
  return blockUnits(rows, channels, ROWS);
}

/**
 * out[channels] = Σ partials[rows / 256, channels] / rows, in the order of the blocks
 * Serial: a 256th of what has been summed.
 */
export function batch_norm_mean_f32(out: usize, partials: usize, rows: i32, channels: i32): void {
  const bytes = (<usize>channels) << 2;
  memory.fill(out, 0, bytes);
  for (let row = 0; row < rows; row += ROWS)
    for (let c: usize = 0; c < bytes; c += 4, partials += 4) store<f32>(out + c, load<f32>(out + c) + load<f32>(partials));
  for (let c: usize = 0; c < bytes; c += 4) store<f32>(out + c, load<f32>(out + c) / <f32>rows);
}

/**
 * moving[n] = moving[n] * momentum + batch[n] * (1 − momentum); a batch value that is not finite is left out
 * Serial: n is the number of channels, too few to share.
 */
export function moving_average_f32(moving: usize, batch: usize, n: i32, momentum: f32): void {
  for (let i: usize = 0; i < (<usize>n) << 2; i += 4) {
    const value = load<f32>(batch + i);
    if (value - value == 0) store<f32>(moving + i, load<f32>(moving + i) * momentum + value * (<f32>1 - momentum));
  }
}
