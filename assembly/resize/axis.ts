// Another size for one axis of an array [outer, n, inner]: images go through it once for rows and once for columns. Places are
// those of the pixels' middles: output i lies at (i + ½) n / size − ½ of the input.

import { add, loadLanes, mul, SIMD, splat, storeLanes, sub } from "../lanes";
import { MIN_ELEMENTS, endOf, unitsOf } from "../range";

/** The first of the two inputs that an output lies between, and the share of the second; an edge is twice the same. */
let first: i32 = 0,
  second: i32 = 0,
  share: f32 = 0;

function locate(i: i32, n: i32, size: i32, linear: i32): void {
  const middle = ((<f64>i + 0.5) * <f64>n) / <f64>size;
  if (!linear) {
    first = second = min(n - 1, <i32>Math.floor(middle));
    share = 0;
    return;
  }
  const place = max(0, middle - 0.5);
  first = min(n - 1, <i32>Math.floor(place));
  second = min(n - 1, first + 1);
  share = <f32>(place - <f64>first);
}

/** @inline */
function between<T>(y: usize, a: usize, b: usize, s: f32): void {
  const low = loadLanes<T>(a);
  storeLanes<T>(y, add<T>(low, mul<T>(sub<T>(loadLanes<T>(b), low), splat<T>(s))));
}

/** @inline */
function collect<T>(dx: usize, dy: usize, s: f32): void {
  storeLanes<T>(dx, add<T>(loadLanes<T>(dx), mul<T>(loadLanes<T>(dy), splat<T>(s))));
}

/** y[outer, size, inner] = x[outer, n, inner] at the nearest place of its middle axis, or, with `linear`, between the two nearest */
export function resize_axis_f32(y: usize, x: usize, outer: i32, n: i32, size: i32, inner: i32, linear: i32, from: i32, to: i32): void {
  const end = endOf(to, outer, 1, outer * size * inner < MIN_ELEMENTS),
    bytes: usize = (<usize>inner) << 2;
  for (let i = 0; i < size; i++) {
    locate(i, n, size, linear);
    for (let o = from; o < end; o++) {
      const p = y + <usize>(o * size + i) * bytes,
        a = x + <usize>(o * n + first) * bytes,
        b = x + <usize>(o * n + second) * bytes;
      if (share == 0) {
        memory.copy(p, a, bytes);
        continue;
      }
      let j: usize = 0;
      if (SIMD) for (; j < (bytes & ~15); j += 16) between<v128>(p + j, a + j, b + j, share);
      for (; j < bytes; j += 4) between<f32>(p + j, a + j, b + j, share);
    }
  }
}
export function resize_axis_f32_units(outer: i32, size: i32, inner: i32): i32 {
  return unitsOf(outer, 1, outer * size * inner < MIN_ELEMENTS);
}

/** dx[outer, n, inner] = the sum of dy[outer, size, inner] by the shares that each x has in y, in the order of `size` */
export function resize_axis_backward_f32(
  dx: usize,
  dy: usize,
  outer: i32,
  n: i32,
  size: i32,
  inner: i32,
  linear: i32,
  from: i32,
  to: i32,
): void {
  const end = endOf(to, outer, 1, outer * size * inner < MIN_ELEMENTS),
    bytes: usize = (<usize>inner) << 2;
  memory.fill(dx + <usize>(from * n) * bytes, 0, <usize>((end - from) * n) * bytes);
  for (let i = 0; i < size; i++) {
    locate(i, n, size, linear);
    for (let o = from; o < end; o++) {
      const p = dy + <usize>(o * size + i) * bytes,
        a = dx + <usize>(o * n + first) * bytes,
        b = dx + <usize>(o * n + second) * bytes,
        rest: f32 = 1 - share;
      let j: usize = 0;
      if (SIMD)
        for (; j < (bytes & ~15); j += 16) {
          collect<v128>(a + j, p + j, rest);
          if (share != 0) collect<v128>(b + j, p + j, share);
        }
      for (; j < bytes; j += 4) {
        collect<f32>(a + j, p + j, rest);
        if (share != 0) collect<f32>(b + j, p + j, share);
      }
    }
  }
}
export function resize_axis_backward_f32_units(outer: i32, size: i32, inner: i32): i32 {
  return unitsOf(outer, 1, outer * size * inner < MIN_ELEMENTS);
}
