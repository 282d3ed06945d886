// Rows that are walked together, eight channels at a time: what is read of them stays in the first-level cache until the last channels
// have seen it.

/** Numbers of a piece of rows with few channels: of so many that of three arrays 24 KiB are near. */
const NUMBERS: i32 = 1 << 11;
/** Rows of a piece at least: for each, what is the same for all rows is computed anew. */
const LEAST: i32 = 32;

export function pieceRows(channels: i32): i32 {
  return max(LEAST, NUMBERS / channels);
}
