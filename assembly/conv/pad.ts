// An image with its border of zeros, so that packing needs no bounds checks. With a dilation above 1 it also sets the
// pixels apart, zeros between: the input gradient of a strided convolution is then a convolution of stride 1.

/**
 * padded[n, ph, pw, c] = 0 except padded[n, top + y * dilationH, left + x * dilationW, c] = x[n, y, x, c];
 * what falls outside (a border cut off by the geometry) is left out.
 */
export function pad2d(
  padded: usize,
  x: usize,
  n: i32,
  h: i32,
  w: i32,
  c: i32,
  ph: i32,
  pw: i32,
  top: i32,
  left: i32,
  dilationH: i32,
  dilationW: i32,
): void {
  const pixel: usize = (<usize>c) << 2;
  memory.fill(padded, 0, <usize>(n * ph * pw) * pixel);
  for (let i = 0; i < n; i++, padded += <usize>(ph * pw) * pixel)
    for (let y = 0; y < h; y++, x += <usize>w * pixel) {
      const row = top + y * dilationH;
      if (<u32>row >= <u32>ph) continue;
      if (dilationW == 1 && left >= 0 && left + w <= pw) {
        memory.copy(padded + <usize>(row * pw + left) * pixel, x, <usize>w * pixel);
        continue;
      }
      for (let column = 0; column < w; column++) {
        const at = left + column * dilationW;
        if (<u32>at < <u32>pw) memory.copy(padded + <usize>(row * pw + at) * pixel, x + <usize>column * pixel, pixel);
      }
    }
}
