// How work on an array [outer, n, inner] is cut that goes along its middle axis: a unit is a strip, up to 16 neighbouring numbers
// of the inner axis with all that lies along the middle one. So a sum along it is never cut, and a range takes strips of one
// `outer` together.

import { LINE, MIN_ELEMENTS } from "../range";

/** @inline */
function perOuter(inner: i32): i32 {
  return (inner + LINE - 1) / LINE;
}

/** Units of work on so many numbers in all. */
export function stripUnits(outer: i32, inner: i32, numbers: i32): i32 {
  return numbers < MIN_ELEMENTS ? 1 : outer * perOuter(inner);
}

/** The strip behind the range's last. */
export function stripEnd(outer: i32, inner: i32, numbers: i32, to: i32): i32 {
  return numbers < MIN_ELEMENTS ? outer * perOuter(inner) : to;
}

/** The index along the outer axis that a strip belongs to. */
export function stripOuter(strip: i32, inner: i32): i32 {
  return strip / perOuter(inner);
}

/** Where it begins on the inner axis. */
export function stripStart(strip: i32, inner: i32): i32 {
  return (strip % perOuter(inner)) * LINE;
}

/** How many strips of a range that ends before `end` follow each other from this one on within one `outer`. */
export function stripRun(strip: i32, inner: i32, end: i32): i32 {
  const each = perOuter(inner);
  return min(end - strip, each - (strip % each));
}

/** How many numbers of the inner axis they take. */
export function stripWidth(strip: i32, run: i32, inner: i32): i32 {
  const start = stripStart(strip, inner);
  return min(inner - start, run * LINE);
}
