// Elements by their index along one axis of an array [outer, n, inner], and sums into such places. Sums are made in the order of
// the indices; what is added to one place is never cut, see strips.ts.

import { stripEnd, stripOuter, stripRun, stripStart, stripUnits, stripWidth } from "./strips";

/** @inline */
function at(row: i32, inner: i32, column: i32): usize {
  return (<usize>(row * inner + column)) << 2;
}

/** @inline */
function index(indices: usize, i: i32): i32 {
  return load<i32>(indices + ((<usize>i) << 2));
}

/** y[outer, count, inner] = x[outer, indices[count], inner] of x[outer, n, inner] */
export function gather_axis_f32(y: usize, x: usize, indices: usize, outer: i32, n: i32, count: i32, inner: i32, from: i32, to: i32): void {
  const end = stripEnd(outer, inner, outer * count * inner, to);
  for (let strip = from, run = 0; strip < end; strip += run) {
    run = stripRun(strip, inner, end);
    const o = stripOuter(strip, inner),
      column = stripStart(strip, inner),
      bytes: usize = (<usize>stripWidth(strip, run, inner)) << 2;
    for (let j = 0; j < count; j++)
      memory.copy(y + at(o * count + j, inner, column), x + at(o * n + index(indices, j), inner, column), bytes);
  }
}
export function gather_axis_f32_units(outer: i32, count: i32, inner: i32): i32 {
  return stripUnits(outer, inner, outer * count * inner);
}

/** sum[outer, indices[count], inner] += x[outer, count, inner] into sum[outer, n, inner], in the order of count */
export function add_axis_f32(sum: usize, x: usize, indices: usize, outer: i32, n: i32, count: i32, inner: i32, from: i32, to: i32): void {
  const end = stripEnd(outer, inner, outer * count * inner, to);
  for (let strip = from, run = 0; strip < end; strip += run) {
    run = stripRun(strip, inner, end);
    const o = stripOuter(strip, inner),
      column = stripStart(strip, inner),
      bytes: usize = (<usize>stripWidth(strip, run, inner)) << 2;
    for (let j = 0; j < count; j++) {
      const p = sum + at(o * n + index(indices, j), inner, column),
        q = x + at(o * count + j, inner, column);
      for (let i: usize = 0; i < bytes; i += 4) store<f32>(p + i, load<f32>(p + i) + load<f32>(q + i));
    }
  }
}
export function add_axis_f32_units(outer: i32, count: i32, inner: i32): i32 {
  return stripUnits(outer, inner, outer * count * inner);
}

/** y[outer, count, inner] = x[outer, indices[outer, count, inner], inner] of x[outer, n, inner]: an index for each element */
export function take_along_axis_f32(
  y: usize,
  x: usize,
  indices: usize,
  outer: i32,
  n: i32,
  count: i32,
  inner: i32,
  from: i32,
  to: i32,
): void {
  const end = stripEnd(outer, inner, outer * count * inner, to);
  for (let strip = from, run = 0; strip < end; strip += run) {
    run = stripRun(strip, inner, end);
    const o = stripOuter(strip, inner),
      first = stripStart(strip, inner),
      last = first + stripWidth(strip, run, inner);
    for (let j = o * count; j < (o + 1) * count; j++)
      for (let c = first; c < last; c++) {
        const p = at(j, inner, c);
        store<f32>(y + p, load<f32>(x + at(o * n + load<i32>(indices + p), inner, c)));
      }
  }
}
export function take_along_axis_f32_units(outer: i32, count: i32, inner: i32): i32 {
  return stripUnits(outer, inner, outer * count * inner);
}

/** sum[outer, indices[outer, count, inner], inner] += x[outer, count, inner] into sum[outer, n, inner], in the order of count */
export function add_along_axis_f32(
  sum: usize,
  x: usize,
  indices: usize,
  outer: i32,
  n: i32,
  count: i32,
  inner: i32,
  from: i32,
  to: i32,
): void {
  const end = stripEnd(outer, inner, outer * count * inner, to);
  for (let strip = from, run = 0; strip < end; strip += run) {
    run = stripRun(strip, inner, end);
    const o = stripOuter(strip, inner),
      first = stripStart(strip, inner),
      last = first + stripWidth(strip, run, inner);
    for (let j = o * count; j < (o + 1) * count; j++)
      for (let c = first; c < last; c++) {
        const q = at(j, inner, c),
          p = sum + at(o * n + load<i32>(indices + q), inner, c);
        store<f32>(p, load<f32>(p) + load<f32>(x + q));
      }
  }
}
export function add_along_axis_f32_units(outer: i32, count: i32, inner: i32): i32 {
  return stripUnits(outer, inner, outer * count * inner);
}
