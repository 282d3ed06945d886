// The way back of copy_strided_f32, which reads a piece of an array: writes numbers that lie contiguous into a piece of one.

import { axisEnd, axisFirst, axisInner, axisSmall, axisUnits, ofAxis } from "../range";

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
  if (!axisSmall(d0, d1, d2, d3)) {
    const first = axisFirst(d0, d1, d2, d3, from),
      count = axisEnd(d0, d1, d2, d3, to) - first;
    x += (<usize>(first * axisInner(d0, d1, d2, d3))) << 2;
    out += (<usize>(first * ofAxis(d0, d1, d2, s0, s1, s2, s3))) << 2;
    if (d0 != 1) d0 = count;
    else if (d1 != 1) d1 = count;
    else if (d2 != 1) d2 = count;
    else d3 = count;
  }
  for (let i = 0; i < d0; i++)
    for (let j = 0; j < d1; j++)
      for (let k = 0; k < d2; k++) {
        let p = out + ((<usize>(i * s0 + j * s1 + k * s2)) << 2);
        if (s3 == 1) {
          memory.copy(p, x, (<usize>d3) << 2);
          x += (<usize>d3) << 2;
        } else for (let l = 0; l < d3; l++, x += 4, p += (<usize>s3) << 2) store<f32>(p, load<f32>(x));
      }
}
export function paste_strided_f32_units(d0: i32, d1: i32, d2: i32, d3: i32): i32 {
  return axisUnits(d0, d1, d2, d3);
}
