// Pooling over windows of [n, h, w, c], channels in lanes. Windows are cut at the border: what lies outside
// neither wins a maximum nor counts in a mean. Gradients walk the windows in order; where these overlap they add.
// A policy says what happens in one window, the walk over the windows is written once. A unit is an image.

import { add, div, ifEqual, isOrdered, larger, loadLanes, maximum, SIMD, splat, storeLanes } from "../lanes";
import { MIN_ELEMENTS, rowEnd, rowUnits } from "../range";

/** x [n, h, w, c] pooled over windows of kh × kw to y [n, oh, ow, c]. */
@final
@unmanaged
export class PoolGeometry {
  /** Images. */
  n: i32;
  /** Height, width and channels of the input. */
  h: i32;
  w: i32;
  c: i32;
  /** Height and width of a window. */
  kh: i32;
  kw: i32;
  /** Height and width of the output. */
  oh: i32;
  ow: i32;
  /** Pixels of the input from a window to the next. */
  strideH: i32;
  strideW: i32;
  /** Pixels by which the first window begins before the first row and the first column. */
  top: i32;
  left: i32;
}

function imageUnits(g: PoolGeometry): i32 {
  return rowUnits(g.n, g.h * g.w * g.c, MIN_ELEMENTS);
}
function imageEnd(g: PoolGeometry, to: i32): i32 {
  return rowEnd(g.n, g.h * g.w * g.c, MIN_ELEMENTS, to);
}

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

/** One window of one channel (or four): rows y0 … y1 − 1, columns x0 … x1 − 1 of an image with `w` columns. */
declare class Window {
  forward<T>(y: usize, x: usize, pixel: usize, w: i32, y0: i32, y1: i32, x0: i32, x1: i32): void;
  /** @param apart windows do not overlap, so that dx is written where it is otherwise added to */
  backward<T>(dx: usize, dy: usize, x: usize, y: usize, pixel: usize, w: i32, y0: i32, y1: i32, x0: i32, x1: i32, apart: i32): void;
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
@final
@unmanaged
class Average {
  @inline forward<T>(y: usize, x: usize, pixel: usize, w: i32, y0: i32, y1: i32, x0: i32, x1: i32): void {
    let sum = splat<T>(0);
    for (let iy = y0; iy < y1; iy++) {
      let p = x + <usize>(iy * w + x0) * pixel;
      for (let ix = x0; ix < x1; ix++, p += pixel) sum = add<T>(sum, loadLanes<T>(p));
    }
    storeLanes<T>(y, div<T>(sum, splat<T>(<f32>((y1 - y0) * (x1 - x0)))));
  }
  @inline backward<T>(
    dx: usize,
    dy: usize,
    _x: usize,
    _y: usize,
    pixel: usize,
    w: i32,
    y0: i32,
    y1: i32,
    x0: i32,
    x1: i32,
    apart: i32,
  ): void {
    const share = div<T>(loadLanes<T>(dy), splat<T>(<f32>((y1 - y0) * (x1 - x0))));
    for (let iy = y0; iy < y1; iy++) {
      let at = dx + <usize>(iy * w + x0) * pixel;
      for (let ix = x0; ix < x1; ix++, at += pixel) storeLanes<T>(at, apart ? share : add<T>(loadLanes<T>(at), share));
    }
  }
}

/** @inline */
function pool<F extends Window>(y: usize, x: usize, geometry: PoolGeometry, from: i32, to: i32): void {
  const f = changetype<F>(0),
    h = geometry.h,
    w = geometry.w,
    kh = geometry.kh,
    kw = geometry.kw,
    oh = geometry.oh,
    ow = geometry.ow;
  const strideH = geometry.strideH,
    strideW = geometry.strideW,
    top = geometry.top,
    left = geometry.left;
  const pixel: usize = (<usize>geometry.c) << 2,
    image: usize = <usize>(h * w) * pixel;
  x += <usize>from * image;
  y += <usize>(from * oh * ow) * pixel;
  for (const end = imageEnd(geometry, to); from < end; from++, x += image)
    for (let oy = 0; oy < oh; oy++) {
      const y0 = max(0, oy * strideH - top),
        y1 = min(h, oy * strideH - top + kh);
      for (let ox = 0; ox < ow; ox++, y += pixel) {
        const x0 = max(0, ox * strideW - left),
          x1 = min(w, ox * strideW - left + kw);
        let j: usize = 0;
        if (SIMD) for (; j + 16 <= pixel; j += 16) f.forward<v128>(y + j, x + j, pixel, w, y0, y1, x0, x1);
        for (; j < pixel; j += 4) f.forward<f32>(y + j, x + j, pixel, w, y0, y1, x0, x1);
      }
    }
}

/** @inline */
function poolBackward<F extends Window>(dx: usize, dy: usize, x: usize, y: usize, geometry: PoolGeometry, from: i32, to: i32): void {
  const f = changetype<F>(0),
    h = geometry.h,
    w = geometry.w,
    kh = geometry.kh,
    kw = geometry.kw,
    oh = geometry.oh,
    ow = geometry.ow;
  const strideH = geometry.strideH,
    strideW = geometry.strideW,
    top = geometry.top,
    left = geometry.left;
  const pixel: usize = (<usize>geometry.c) << 2,
    image: usize = <usize>(h * w) * pixel,
    end = imageEnd(geometry, to);
  const before = <usize>from * image,
    outBefore = <usize>(from * oh * ow) * pixel;
  x += before;
  dx += before;
  y += outBefore;
  dy += outBefore;
  // windows that do not overlap write, others add; what no window sees stays zero
  const apart = i32(strideH >= kh && strideW >= kw);
  const covered = apart && strideH == kh && strideW == kw && top == 0 && left == 0 && oh * kh >= h && ow * kw >= w;
  if (!covered) memory.fill(dx, 0, <usize>(end - from) * image);
  for (; from < end; from++, x += image, dx += image)
    for (let oy = 0; oy < oh; oy++) {
      const y0 = max(0, oy * strideH - top),
        y1 = min(h, oy * strideH - top + kh);
      for (let ox = 0; ox < ow; ox++, y += pixel, dy += pixel) {
        const x0 = max(0, ox * strideW - left),
          x1 = min(w, ox * strideW - left + kw);
        let j: usize = 0;
        if (SIMD) for (; j + 16 <= pixel; j += 16) f.backward<v128>(dx + j, dy + j, x + j, y + j, pixel, w, y0, y1, x0, x1, apart);
        for (; j < pixel; j += 4) f.backward<f32>(dx + j, dy + j, x + j, y + j, pixel, w, y0, y1, x0, x1, apart);
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

/** y[n, oh, ow, c] = the mean of x[n, h, w, c] in a window */
export function average_pool2d_f32(y: usize, x: usize, geometry: PoolGeometry, from: i32, to: i32): void {
  pool<Average>(y, x, geometry, from, to);
}
export function average_pool2d_f32_units(geometry: PoolGeometry): i32 {
  return imageUnits(geometry);
}
/** dx[n, h, w, c] = Σ dy[n, oh, ow, c] / (pixels of the window) over the windows; x and y are not read */
export function average_pool2d_backward_f32(dx: usize, dy: usize, x: usize, y: usize, geometry: PoolGeometry, from: i32, to: i32): void {
  poolBackward<Average>(dx, dy, x, y, geometry, from, to);
}
export function average_pool2d_backward_f32_units(geometry: PoolGeometry): i32 {
  return imageUnits(geometry);
}
