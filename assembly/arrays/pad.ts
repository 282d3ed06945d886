// Padding of one axis of an array [outer, n, inner]; arrays that are padded along several axes go through it once for each.

import { stripEnd, stripOuter, stripRun, stripStart, stripUnits, stripWidth } from "./strips";

/** What lies outside: a constant, or numbers of the array, by the index that `source` gives. */
const CONSTANT: i32 = 0;
const REFLECT: i32 = 1;
const SYMMETRIC: i32 = 2;

/** The index, from 0 to n − 1, of the number that stands at index i of the axis, which may be outside of it. */
function source(i: i32, n: i32, mode: i32): i32 {
  if (i >= 0 && i < n) return i;
  if (mode == REFLECT) return i < 0 ? -i : 2 * n - 2 - i;
  if (mode == SYMMETRIC) return i < 0 ? -i - 1 : 2 * n - 1 - i;
  return i < 0 ? 0 : n - 1;
}

/** y[outer, before + n + after, inner] from x[outer, n, inner]; outside is, by `mode`, 0 `value`, 1 x mirrored at its ends, 2 mirrored behind them, 3 its ends. Mirrored it must reach as far. */
export function pad_axis_f32(
  y: usize,
  x: usize,
  outer: i32,
  n: i32,
  inner: i32,
  before: i32,
  after: i32,
  mode: i32,
  value: f32,
  from: i32,
  to: i32,
): void {
  const all = before + n + after,
    end = stripEnd(outer, inner, outer * all * inner, to);
  for (let strip = from, run = 0; strip < end; strip += run) {
    run = stripRun(strip, inner, end);
    const o = stripOuter(strip, inner),
      column = stripStart(strip, inner),
      bytes: usize = (<usize>stripWidth(strip, run, inner)) << 2;
    for (let j = 0; j < all; j++) {
      const p = y + ((<usize>((o * all + j) * inner + column)) << 2),
        i = j - before;
      if (mode == CONSTANT && (i < 0 || i >= n)) for (let q: usize = 0; q < bytes; q += 4) store<f32>(p + q, value);
      else memory.copy(p, x + ((<usize>((o * n + source(i, n, mode)) * inner + column)) << 2), bytes);
    }
  }
}
export function pad_axis_f32_units(outer: i32, n: i32, inner: i32, before: i32, after: i32): i32 {
  return stripUnits(outer, inner, outer * (before + n + after) * inner);
}

/** dx[outer, n, inner] = the sum of what each number of x has become in dy[outer, before + n + after, inner]: its own place, then the others in their order */
export function pad_axis_backward_f32(
  dx: usize,
  dy: usize,
  outer: i32,
  n: i32,
  inner: i32,
  before: i32,
  after: i32,
  mode: i32,
  from: i32,
  to: i32,
): void {
  const all = before + n + after,
    end = stripEnd(outer, inner, outer * all * inner, to);
  for (let strip = from, run = 0; strip < end; strip += run) {
    run = stripRun(strip, inner, end);
    const o = stripOuter(strip, inner),
      column = stripStart(strip, inner),
      bytes: usize = (<usize>stripWidth(strip, run, inner)) << 2;
    for (let i = 0; i < n; i++)
      memory.copy(
        dx + ((<usize>((o * n + i) * inner + column)) << 2),
        dy + ((<usize>((o * all + before + i) * inner + column)) << 2),
        bytes,
      );
    if (mode == CONSTANT) continue;
    for (let j = 0; j < all; j++) {
      const i = j - before;
      if (i >= 0 && i < n) continue;
      const p = dx + ((<usize>((o * n + source(i, n, mode)) * inner + column)) << 2),
        d = dy + ((<usize>((o * all + j) * inner + column)) << 2);
      for (let q: usize = 0; q < bytes; q += 4) store<f32>(p + q, load<f32>(p + q) + load<f32>(d + q));
    }
  }
}
export function pad_axis_backward_f32_units(outer: i32, n: i32, inner: i32, before: i32, after: i32): i32 {
  return stripUnits(outer, inner, outer * (before + n + after) * inner);
}
