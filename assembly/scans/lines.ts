// How work on an array [outer, n, inner] is cut whose every line along the middle axis is worked on by itself: a unit is a line.

import { MIN_SLOW_ELEMENTS, rowEnd, rowUnits } from "../range";

/** Units: a line each, or one where there are few numbers. */
export function lineUnits(outer: i32, n: i32, inner: i32): i32 {
  return rowUnits(outer * inner, n, MIN_SLOW_ELEMENTS);
}

/** The line behind the range's last. */
export function lineEnd(outer: i32, n: i32, inner: i32, to: i32): i32 {
  return rowEnd(outer * inner, n, MIN_SLOW_ELEMENTS, to);
}

/**
 * Bytes before the first number of a line.
 * @inline
 */
export function lineStart(line: i32, n: i32, inner: i32): usize {
  return (<usize>((line / inner) * n * inner + (line % inner))) << 2;
}
