// Pooling over windows of [n, h, w, c], channels in lanes. Windows are cut at the border: what lies outside
// neither wins a maximum nor counts in a mean. Gradients walk the windows in order; where these overlap they add.
// A policy says what happens in one window, the walk over the windows is written once. A unit is an image.

import { SIMD } from "../lanes";
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

export function imageUnits(g: PoolGeometry): i32 {
  return rowUnits(g.n, g.h * g.w * g.c, MIN_ELEMENTS);
}
function imageEnd(g: PoolGeometry, to: i32): i32 {
  return rowEnd(g.n, g.h * g.w * g.c, MIN_ELEMENTS, to);
}

/** One window of one channel (or four): rows y0 … y1 − 1, columns x0 … x1 − 1 of an image with `w` columns. */
export declare class Window {
  forward<T>(y: usize, x: usize, pixel: usize, w: i32, y0: i32, y1: i32, x0: i32, x1: i32): void;
  /** @param apart windows do not overlap, so that dx is written where it is otherwise added to */
  backward<T>(dx: usize, dy: usize, x: usize, y: usize, pixel: usize, w: i32, y0: i32, y1: i32, x0: i32, x1: i32, apart: i32): void;
}

/** @inline */
export function pool<F extends Window>(y: usize, x: usize, geometry: PoolGeometry, from: i32, to: i32): void {
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
export function poolBackward<F extends Window>(dx: usize, dy: usize, x: usize, y: usize, geometry: PoolGeometry, from: i32, to: i32): void {
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
