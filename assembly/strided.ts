// An array of four axes that lies contiguous, and one whose axes lie so many floats apart: numbers go from one to the other.

import { axisEnd, axisFirst, axisInner, axisSmall, ofAxis } from "./range";

/**
 * Moves the numbers of a range, from the contiguous side to the strided one or back.
 * @param back whether the strided side is written
 * @inline
 */
export function moveStrided(
  contiguous: usize,
  strided: usize,
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
  back: bool,
): void {
  if (!axisSmall(d0, d1, d2, d3)) {
    const first = axisFirst(d0, d1, d2, d3, from),
      count = axisEnd(d0, d1, d2, d3, to) - first;
    contiguous += (<usize>(first * axisInner(d0, d1, d2, d3))) << 2;
    strided += (<usize>(first * ofAxis(d0, d1, d2, s0, s1, s2, s3))) << 2;
    if (d0 != 1) d0 = count;
    else if (d1 != 1) d1 = count;
    else if (d2 != 1) d2 = count;
    else d3 = count;
  }
  for (let i = 0; i < d0; i++)
    for (let j = 0; j < d1; j++)
      for (let k = 0; k < d2; k++) {
        let p = strided + ((<usize>(i * s0 + j * s1 + k * s2)) << 2);
        if (s3 == 1) {
          if (back) memory.copy(p, contiguous, (<usize>d3) << 2);
          else memory.copy(contiguous, p, (<usize>d3) << 2);
          contiguous += (<usize>d3) << 2;
        } else
          for (let l = 0; l < d3; l++, contiguous += 4, p += (<usize>s3) << 2)
            if (back) store<f32>(p, load<f32>(contiguous));
            else store<f32>(contiguous, load<f32>(p));
      }
}
