// Where a depthwise convolution's input gradient comes from: every pixel of dx sums the windows that saw it, in the order of
// their taps. With strides only every so manieth tap sees a pixel, and the same ones every stride pixels: those are a row.

import { Conv2dGeometry } from "../conv/geometry";
import { isSmall } from "../conv/units";
import { row } from "./row";

/** The first tap that sees a pixel so far behind the first window's begin: at · is a multiple of the stride; -1 for none. */
function firstTap(at: i32, taps: i32, stride: i32, dilation: i32): i32 {
  for (let tap = 0; tap < min(taps, stride); tap++) if ((at - tap * dilation) % stride == 0) return tap;
  return -1;
}

/** Taps from one that sees a pixel to the next. */
function tapStride(stride: i32, dilation: i32): i32 {
  let taps = 1;
  while ((taps * dilation) % stride != 0) taps++;
  return taps;
}

/** dx[n, h, w, c] = sum over taps and m of dy[n, oh, ow, o] kernel[kh, kw, o], o = c m */
export function depthwise_conv2d_input_gradient_f32(
  dx: usize,
  dy: usize,
  kernel: usize,
  geometry: Conv2dGeometry,
  from: i32,
  to: i32,
): void {
  const g = geometry,
    pixel: usize = (<usize>g.c) << 2,
    step: usize = (<usize>g.o) << 2,
    line = <usize>g.ow * step,
    down = tapStride(g.strideH, g.dilationH),
    across = tapStride(g.strideW, g.dilationW),
    rowsApart = (down * g.dilationH) / g.strideH,
    columnsApart = (across * g.dilationW) / g.strideW,
    end = isSmall(g) ? g.n * g.h : to;
  for (let r = from; r < end; r++) {
    const image = r / g.h,
      at = r - image * g.h + g.top;
    // taps ky = first, first + down, … see rows oy, oy − rowsApart, … of dy
    let first = firstTap(at, g.kh, g.strideH, g.dilationH),
      oy = first < 0 ? 0 : (at - first * g.dilationH) / g.strideH,
      rows = first < 0 ? 0 : (g.kh - first + down - 1) / down;
    const outside = oy < g.oh ? 0 : min(rows, (oy - g.oh + rowsApart) / rowsApart);
    oy -= outside * rowsApart;
    first += outside * down;
    rows = oy < 0 ? 0 : min(rows - outside, oy / rowsApart + 1);
    for (let p = 0; p < min(g.w, g.strideW); p++) {
      const column = p + g.left,
        tap = firstTap(column, g.kw, g.strideW, g.dilationW),
        taps = tap < 0 ? 0 : (g.kw - tap + across - 1) / across;
      row(
        dx + <usize>(r * g.w + p) * pixel,
        dy + <usize>(image * g.oh + oy) * line,
        kernel + <usize>(first * g.kw + tap) * step,
        0,
        (g.w - p + g.strideW - 1) / g.strideW,
        g.c,
        <usize>g.strideW * pixel,
        tap < 0 ? 0 : (column - tap * g.dilationW) / g.strideW,
        1,
        -columnsApart,
        g.ow,
        step,
        -(<usize>rowsApart * line),
        taps == 0 ? 0 : rows,
        max(1, taps),
        <usize>across * step,
        <usize>(down * g.kw) * step,
        1,
        g.o / g.c,
        0,
      );
    }
  }
}

/** Units are rows of dx. */
export function depthwise_conv2d_input_gradient_f32_units(geometry: Conv2dGeometry): i32 {
  return isSmall(geometry) ? 1 : geometry.n * geometry.h;
}
