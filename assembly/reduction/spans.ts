// How reductions of x[outer, reduce, inner] over the middle axis are cut, those of the core and those of families.

import { firstOf, itemEnd, itemUnits, LINE, rowStep } from "../range";

// A unit is one outer index, or 16 where each has less than a cache line of results; where there is only one outer index, a
// unit is 16 inner indices. The reduced axis is never cut.

export function units(outer: i32, reduce: i32, inner: i32): i32 {
  return outer != 1 ? itemUnits(outer, reduce * inner, rowStep(inner)) : itemUnits(inner, reduce, LINE);
}

/** Bytes of [outer, reduce, inner] before a range. */
export function offset(outer: i32, reduce: i32, inner: i32, from: i32): usize {
  return (<usize>(from * (outer != 1 ? rowStep(inner) * reduce * inner : LINE))) << 2;
}

/** How many outer indices lie in it. */
export function outerCount(outer: i32, reduce: i32, inner: i32, from: i32, to: i32): i32 {
  const step = rowStep(inner);
  return outer != 1 ? itemEnd(outer, reduce * inner, step, to) - firstOf(from, step) : 1;
}

/** How many inner indices. */
export function innerCount(outer: i32, reduce: i32, inner: i32, from: i32, to: i32): i32 {
  return outer != 1 ? inner : itemEnd(inner, reduce, LINE, to) - firstOf(from, LINE);
}
