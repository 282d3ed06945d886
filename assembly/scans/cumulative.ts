// Running sums along the middle axis of an array [outer, n, inner].

import { lineEnd, lineStart, lineUnits } from "./lines";

/**
 * y[outer, n, inner] = Σ of x[outer, n, inner] from the first of its line up to each
 * With `exclusive` each is left out of its own sum; with `reverse` lines begin at their end. The gradient is that of dy with the
 * other `reverse`.
 */
export function cumulative_sum_f32(
  y: usize,
  x: usize,
  outer: i32,
  n: i32,
  inner: i32,
  exclusive: i32,
  reverse: i32,
  from: i32,
  to: i32,
): void {
  const end = lineEnd(outer, n, inner, to),
    step: isize = (<isize>inner) << 2;
  for (let line = from; line < end; line++) {
    let at: isize = <isize>lineStart(line, n, inner) + (reverse ? <isize>(n - 1) * step : 0),
      sum: f32 = 0;
    for (let i = 0; i < n; i++, at += reverse ? -step : step) {
      const before = sum;
      sum += load<f32>(x + <usize>at);
      store<f32>(y + <usize>at, exclusive ? before : sum);
    }
  }
}
export function cumulative_sum_f32_units(outer: i32, n: i32, inner: i32): i32 {
  return lineUnits(outer, n, inner);
}
