// How sums over the rows of x[rows, channels] are cut: into blocks of rows, whose sums are added in order afterwards, and each block
// into cache lines of channels. A unit is a line of a block, line by line and block by block: threads get equal shares of many rows with few
// channels as well as of few rows with many.

import { LINE, MIN_ELEMENTS } from "../range";

function isSmall(rows: i32, channels: i32): bool {
  return rows * channels < MIN_ELEMENTS;
}

/** Units of a block: cache lines of channels. */
export function linesOf(channels: i32): i32 {
  return (channels + LINE - 1) / LINE;
}

export function blockUnits(rows: i32, channels: i32, blockRows: i32): i32 {
  return isSmall(rows, channels) ? 1 : allUnits(rows, channels, blockRows);
}

/** The unit behind a range: the last one of all where the work is small. */
export function blockEnd(rows: i32, channels: i32, blockRows: i32, to: i32): i32 {
  return isSmall(rows, channels) ? allUnits(rows, channels, blockRows) : to;
}

function allUnits(rows: i32, channels: i32, blockRows: i32): i32 {
  return ((rows + blockRows - 1) / blockRows) * linesOf(channels);
}
