// Reductions of x[outer, reduce, inner] over its middle axis, and of whole arrays. The sums are those of sums.ts.

import { innerCount, offset, outerCount, units } from "./spans";
import { Magnitude, Squared, sumOf, sumPlain, sumRows } from "./sums";

/** out[outer, inner] = Σ x[outer, reduce, inner] over reduce */
export function sum_f32(out: usize, x: usize, outer: i32, reduce: i32, inner: i32, from: i32, to: i32): void {
  const columns = innerCount(outer, reduce, inner, from, to),
    stride: usize = (<usize>inner) << 2;
  out += offset(outer, 1, inner, from);
  x += offset(outer, reduce, inner, from);
  for (let o = outerCount(outer, reduce, inner, from, to); o > 0; o--, x += <usize>reduce * stride, out += stride) {
    if (inner == 1) store<f32>(out, sumPlain(x, reduce));
    else sumRows(out, x, reduce, columns, stride);
  }
}
export function sum_f32_units(outer: i32, reduce: i32, inner: i32): i32 {
  return units(outer, reduce, inner);
}

/**
 * out[0] = Σ x[n]² (for norms and L2)
 * Serial: the order of its one sum is part of the result.
 */
export function sum_squares_f32(out: usize, x: usize, n: i32): void {
  store<f32>(out, sumOf<Squared>(x, n));
}

/**
 * out[0] = Σ |x[n]| (for L1)
 * Serial: the order of its one sum is part of the result.
 */
export function sum_magnitudes_f32(out: usize, x: usize, n: i32): void {
  store<f32>(out, sumOf<Magnitude>(x, n));
}
