// The way back of copy_strided_f32, which reads a piece of an array: writes numbers that lie contiguous into a piece of one.

import { axisUnits } from "../range";
import { moveStrided } from "../strided";

/** the piece of out that strides in floats lead to = x[d0, d1, d2, d3], contiguous; the rest of out stays */
export function paste_strided_f32(
  out: usize,
  x: usize,
  d0: i32,
  d1: i32,
  d2: i32,
  d3: i32,
  s0: i32,
  s1: i32,
  s2: i32,
  s3: i32,
  from: i32,
  to: i32,
): void {
  moveStrided(x, out, d0, d1, d2, d3, s0, s1, s2, s3, from, to, true);
}
export function paste_strided_f32_units(d0: i32, d1: i32, d2: i32, d3: i32): i32 {
  return axisUnits(d0, d1, d2, d3);
}
