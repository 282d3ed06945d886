// Max pooling. The mean of windows is in ../images, a module of its own.

import { add, ifEqual, isOrdered, larger, loadLanes, maximum, splat, storeLanes } from "../lanes";
import { imageUnits, pool, poolBackward, PoolGeometry } from "./windows";

/**
 * What follows where the sum of a window is NaN: the maximum that keeps it. Inlined: with a call here pooling is 5 to 11 % slower (AMD EPYC, Node 20).
 * @inline
 */
function slowMaximum<T>(x: usize, pixel: usize, w: i32, y0: i32, y1: i32, x0: i32, x1: i32): T {
  let best = splat<T>(-Infinity);
  for (let iy = y0; iy < y1; iy++) {
    let p = x + <usize>(iy * w + x0) * pixel;
    for (let ix = x0; ix < x1; ix++, p += pixel) best = maximum<T>(best, loadLanes<T>(p));
  }
  return best;
}

@final
@unmanaged
class Max {
  @inline forward<T>(y: usize, x: usize, pixel: usize, w: i32, y0: i32, y1: i32, x0: i32, x1: i32): void {
    // a comparison a value; a maximum that keeps NaN is eight instructions, so NaN is looked for in the sum
    let best: T, sum: T;
    if (y1 - y0 == 2 && x1 - x0 == 2) {
      // the usual window, written out: half the time of the loops below
      const p = x + <usize>(y0 * w + x0) * pixel,
        q = p + <usize>w * pixel;
      const a = loadLanes<T>(p),
        b = loadLanes<T>(p + pixel),
        c = loadLanes<T>(q),
        d = loadLanes<T>(q + pixel);
      best = larger<T>(larger<T>(larger<T>(a, b), c), d);
      sum = add<T>(add<T>(a, b), add<T>(c, d));
      storeLanes<T>(y, isOrdered<T>(sum) ? best : slowMaximum<T>(x, pixel, w, y0, y1, x0, x1));
      return;
    }
    best = splat<T>(-Infinity);
    sum = splat<T>(0);
    for (let iy = y0; iy < y1; iy++) {
      let p = x + <usize>(iy * w + x0) * pixel;
      for (let ix = x0; ix < x1; ix++, p += pixel) {
        const value = loadLanes<T>(p);
        best = larger<T>(best, value);
        sum = add<T>(sum, value);
      }
    }
    storeLanes<T>(y, isOrdered<T>(sum) ? best : slowMaximum<T>(x, pixel, w, y0, y1, x0, x1));
  }
  /** The first of equal maxima, row by row, takes the gradient. */
  @inline backward<T>(
    dx: usize,
    dy: usize,
    x: usize,
    y: usize,
    pixel: usize,
    w: i32,
    y0: i32,
    y1: i32,
    x0: i32,
    x1: i32,
    apart: i32,
  ): void {
    const best = loadLanes<T>(y),
      zero = splat<T>(0);
    let left = loadLanes<T>(dy); // what has not been given away
    if (apart && y1 - y0 == 2 && x1 - x0 == 2) {
      const row: usize = <usize>w * pixel,
        at = <usize>(y0 * w + x0) * pixel,
        p = x + at,
        q = p + row,
        to = dx + at;
      const a = loadLanes<T>(p),
        b = loadLanes<T>(p + pixel),
        c = loadLanes<T>(q),
        d = loadLanes<T>(q + pixel);
      storeLanes<T>(to, ifEqual<T>(a, best, left, zero));
      left = ifEqual<T>(a, best, zero, left);
      storeLanes<T>(to + pixel, ifEqual<T>(b, best, left, zero));
      left = ifEqual<T>(b, best, zero, left);
      storeLanes<T>(to + row, ifEqual<T>(c, best, left, zero));
      left = ifEqual<T>(c, best, zero, left);
      storeLanes<T>(to + row + pixel, ifEqual<T>(d, best, left, zero));
      return;
    }
    for (let iy = y0; iy < y1; iy++) {
      let at = <usize>(iy * w + x0) * pixel;
      for (let ix = x0; ix < x1; ix++, at += pixel) {
        const value = loadLanes<T>(x + at),
          share = ifEqual<T>(value, best, left, zero);
        storeLanes<T>(dx + at, apart ? share : add<T>(loadLanes<T>(dx + at), share));
        left = ifEqual<T>(value, best, zero, left);
      }
    }
  }
}
/** y[n, oh, ow, c] = the largest of x[n, h, w, c] in a window; a NaN wins */
export function max_pool2d_f32(y: usize, x: usize, geometry: PoolGeometry, from: i32, to: i32): void {
  pool<Max>(y, x, geometry, from, to);
}
export function max_pool2d_f32_units(geometry: PoolGeometry): i32 {
  return imageUnits(geometry);
}
/** dx[n, h, w, c] = Σ dy[n, oh, ow, c] of the windows in which x[n, h, w, c] is the first that is y[n, oh, ow, c] */
export function max_pool2d_backward_f32(dx: usize, dy: usize, x: usize, y: usize, geometry: PoolGeometry, from: i32, to: i32): void {
  poolBackward<Max>(dx, dy, x, y, geometry, from, to);
}
export function max_pool2d_backward_f32_units(geometry: PoolGeometry): i32 {
  return imageUnits(geometry);
}
