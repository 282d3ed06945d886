// Depthwise convolution: every channel has m kernels of its own; output channel c * m + j comes from input channel c.
// geometry is a Conv2dGeometry with c groups and o = c · m, so a kernel [kh, kw, c, m] is one of [kh, kw, c / groups, o].
// bias is [o], or 0 for none; activation is a code of gemm/epilogue.ts.

import { Conv2dGeometry } from "../conv/geometry";
import { isSmall } from "../conv/units";
import { row } from "./row";

/** y[n, oh, ow, o] = x[n, h, w, c] * kernel[kh, kw, o] + bias[o], o = c m */
export function depthwise_conv2d_f32(
  y: usize,
  x: usize,
  kernel: usize,
  bias: usize,
  geometry: Conv2dGeometry,
  activation: i32,
  from: i32,
  to: i32,
): void {
  const g = geometry,
    pixel: usize = (<usize>g.c) << 2,
    line = <usize>g.w * pixel,
    step: usize = (<usize>g.o) << 2,
    kernelRow = <usize>g.kw * step,
    dilation = g.dilationH,
    end = isSmall(g) ? g.n * g.oh : to;
  for (let r = from; r < end; r++) {
    const image = r / g.oh,
      top = (r - image * g.oh) * g.strideH - g.top, // the row of x that the first tap sees
      first = top < 0 ? (dilation - 1 - top) / dilation : 0,
      last = min(g.kh, (g.h - top + dilation - 1) / dilation);
    row(
      y + <usize>(r * g.ow) * step,
      x + <usize>(image * g.h + top + first * dilation) * line,
      kernel + <usize>first * kernelRow,
      bias,
      g.ow,
      g.o,
      step,
      -g.left,
      g.strideW,
      g.dilationW,
      g.w,
      pixel,
      <usize>dilation * line,
      max(0, last - first),
      g.kw,
      step,
      kernelRow,
      g.o / g.c,
      1,
      activation,
    );
  }
}

/** Units are rows of y. */
export function depthwise_conv2d_f32_units(geometry: Conv2dGeometry): i32 {
  return isSmall(geometry) ? 1 : geometry.n * geometry.oh;
}
