// The order of numbers along the middle axis of an array [outer, n, inner].

import { lineEnd, lineStart, lineUnits } from "./lines";

/**
 * indices[outer, count, inner] = where the first `count` of x[outer, n, inner] in their order stand, int32
 * From the smallest, or, with `descending`, from the largest. Equal ones stay in the order of their indices, a NaN counts as larger
 * than all numbers, and −0 equals 0.
 */
export function order_i32(
  indices: usize,
  x: usize,
  workspace: usize,
  outer: i32,
  n: i32,
  count: i32,
  inner: i32,
  descending: i32,
  from: i32,
  to: i32,
): void {
  const end = lineEnd(outer, n, inner, to),
    step: usize = (<usize>inner) << 2,
    flip: i32 = descending ? -1 : 0;
  for (let line = from; line < end; line++) {
    let at = x + lineStart(line, n, inner);
    for (let i = 0; i < n; i++, at += step) store<i64>(workspace + ((<usize>i) << 3), ((<i64>(rank(load<f32>(at)) ^ flip)) << 32) | <i64>i);
    const sorted = merged(workspace, workspace + ((<usize>n) << 3), n);
    let out = indices + lineStart(line, count, inner);
    for (let i = 0; i < count; i++, out += step) store<i32>(out, load<i32>(sorted + ((<usize>i) << 3)));
  }
}
export function order_i32_units(outer: i32, n: i32, inner: i32): i32 {
  return lineUnits(outer, n, inner);
}
export function order_i32_workspace_bytes(outer: i32, n: i32, inner: i32, units: i32): i32 {
  return n << 4;
}

/** A whole number that is the larger, the larger x is. */
function rank(x: f32): i32 {
  if (x != x) return i32.MAX_VALUE;
  const bits = reinterpret<i32>(x + 0); // of −0 it makes 0
  return bits ^ ((bits >> 31) & i32.MAX_VALUE);
}

/** Sorts n numbers of 64 bits, no two of which are equal, by merging ever longer runs to and fro. @returns where they lie then */
function merged(a: usize, b: usize, n: i32): usize {
  for (let run = 1; run < n; run <<= 1) {
    for (let start = 0; start < n; start += run << 1) merge(b, a, start, min(start + run, n), min(start + (run << 1), n));
    const other = a;
    a = b;
    b = other;
  }
  return a;
}

/** out[start … end) = what lies there in x, whose halves, [start, middle) and [middle, end), are sorted */
function merge(out: usize, x: usize, start: i32, middle: i32, end: i32): void {
  let left = x + ((<usize>start) << 3),
    right = x + ((<usize>middle) << 3),
    at = out + ((<usize>start) << 3);
  const leftEnd = right,
    rightEnd = x + ((<usize>end) << 3);
  for (; at < out + ((<usize>end) << 3); at += 8)
    if (left < leftEnd && (right >= rightEnd || load<i64>(left) < load<i64>(right))) {
      store<i64>(at, load<i64>(left));
      left += 8;
    } else {
      store<i64>(at, load<i64>(right));
      right += 8;
    }
}
