// Largest and smallest elements of x[outer, reduce, inner] over the middle axis, whose units are those of ../reduction/spans; and the
// places of the largest in rows.

import { firstOf, itemEnd, itemUnits, LINE } from "../range";
import { innerCount, offset, outerCount, units } from "../reduction/spans";

declare class Extreme {
  of(a: f32, b: f32): f32;
}

@final
@unmanaged
class Max {
  @inline of(a: f32, b: f32): f32 {
    return max<f32>(a, b);
  }
}
@final
@unmanaged
class Min {
  @inline of(a: f32, b: f32): f32 {
    return min<f32>(a, b);
  }
}

/** @inline */
function extreme<F extends Extreme>(out: usize, x: usize, outer: i32, reduce: i32, inner: i32, from: i32, to: i32): void {
  const f = changetype<F>(0),
    columns = innerCount(outer, reduce, inner, from, to),
    step: usize = (<usize>inner) << 2;
  out += offset(outer, 1, inner, from);
  x += offset(outer, reduce, inner, from);
  for (let o = outerCount(outer, reduce, inner, from, to); o > 0; o--, x += <usize>reduce * step)
    for (let i = 0; i < columns; i++, out += 4) {
      let p = x + ((<usize>i) << 2),
        best = load<f32>(p);
      for (let r = 1; r < reduce; r++) {
        p += step;
        best = f.of(best, load<f32>(p));
      }
      store<f32>(out, best);
    }
}

/** out[outer, inner] = max x[outer, reduce, inner] over reduce; a NaN wins */
export function max_f32(out: usize, x: usize, outer: i32, reduce: i32, inner: i32, from: i32, to: i32): void {
  extreme<Max>(out, x, outer, reduce, inner, from, to);
}
export function max_f32_units(outer: i32, reduce: i32, inner: i32): i32 {
  return units(outer, reduce, inner);
}
/** out[outer, inner] = min x[outer, reduce, inner] over reduce; a NaN wins */
export function min_f32(out: usize, x: usize, outer: i32, reduce: i32, inner: i32, from: i32, to: i32): void {
  extreme<Min>(out, x, outer, reduce, inner, from, to);
}
export function min_f32_units(outer: i32, reduce: i32, inner: i32): i32 {
  return units(outer, reduce, inner);
}

/** dx[outer, reduce, inner] = x == y[outer, inner] ? dy[outer, inner] / ties : 0, of max_f32 and min_f32; ties: how many of x are y */
export function extreme_backward_f32(
  dx: usize,
  dy: usize,
  x: usize,
  y: usize,
  outer: i32,
  reduce: i32,
  inner: i32,
  from: i32,
  to: i32,
): void {
  const columns = innerCount(outer, reduce, inner, from, to),
    step: usize = (<usize>inner) << 2;
  const start = offset(outer, reduce, inner, from),
    outStart = offset(outer, 1, inner, from);
  y += outStart;
  dy += outStart;
  x += start;
  dx += start;
  for (let o = outerCount(outer, reduce, inner, from, to); o > 0; o--, x += <usize>reduce * step, dx += <usize>reduce * step)
    for (let i = 0; i < columns; i++, y += 4, dy += 4) {
      const at: usize = (<usize>i) << 2,
        best = load<f32>(y);
      let equals: f32 = 0;
      for (let r = 0, p = x + at; r < reduce; r++, p += step) if (load<f32>(p) == best) equals += 1;
      const share = load<f32>(dy) / equals;
      for (let r = 0, p = at; r < reduce; r++, p += step) store<f32>(dx + p, load<f32>(x + p) == best ? share : 0);
    }
}
export function extreme_backward_f32_units(outer: i32, reduce: i32, inner: i32): i32 {
  return units(outer, reduce, inner);
}

/** out[rows] = the first index of the largest of x[rows, columns], int32; a row of NaN gives 0. 16 rows a unit */
export function argmax_i32(out: usize, x: usize, rows: i32, columns: i32, from: i32, to: i32): void {
  const end = itemEnd(rows, columns, LINE, to);
  for (let r = firstOf(from, LINE); r < end; r++) {
    const row = x + ((<usize>(r * columns)) << 2);
    let best = 0,
      value = load<f32>(row);
    for (let c = 1; c < columns; c++) {
      const candidate = load<f32>(row + ((<usize>c) << 2));
      if (candidate > value) {
        best = c;
        value = candidate;
      }
    }
    store<i32>(out + ((<usize>r) << 2), best);
  }
}
export function argmax_i32_units(rows: i32, columns: i32): i32 {
  return itemUnits(rows, columns, LINE);
}
