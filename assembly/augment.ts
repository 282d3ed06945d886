// Pictures moved, brightened and cut: each output pixel is looked up where its image's matrix says, between four pixels.

/**
 * out[i, oy, ox, :] = x[i, sy, sx, :] by bilinear interpolation, beyond the edge `fill`; NHWC, out is not x.
 * `parameters` are twelve floats an image: sx = p0 ox + p1 oy + p2, sy = p3 ox + p4 oy + p5, then p6, which is added and
 * the sum clamped to low … high, and a rectangle that becomes `fill`: rows p7 … p8 − 1, columns p9 … p10 − 1.
 * `field`, 0 for none, adds to sx and sy: of image i and row oy, w numbers for x and w for y lie fieldRow oy + 2 w i on.
 * Written without lanes: most of it is finding the pixels, and all builds give the same bits.
 */
export function augment_images_f32(out: usize, x: usize, parameters: usize, field: usize, n: i32, h: i32, w: i32, c: i32, fieldRow: i32, fill: f32, low: f32, high: f32): void {
  const pixel: usize = <usize>c << 2, row = pixel * <usize>w, image = row * <usize>h, across: usize = <usize>w << 2;
  for (let i = 0; i < n; i++, x += image, parameters += 48) {
    const xx = load<f32>(parameters), xy = load<f32>(parameters, 4), yx = load<f32>(parameters, 12), yy = load<f32>(parameters, 16);
    const brighter = load<f32>(parameters, 24);
    const top = <i32>load<f32>(parameters, 28), bottom = <i32>load<f32>(parameters, 32), left = <i32>load<f32>(parameters, 36), right = <i32>load<f32>(parameters, 40);
    for (let oy = 0; oy < h; oy++) {
      const startX = xy * <f32>oy + load<f32>(parameters, 8), startY = yy * <f32>oy + load<f32>(parameters, 20);
      let shift = field + (<usize>(fieldRow * oy + 2 * w * i) << 2);
      const cuts = oy >= top && oy < bottom;
      for (let ox = 0; ox < w; ox++, out += pixel, shift += 4) {
        let sx = xx * <f32>ox + startX, sy = yx * <f32>ox + startY;
        if (field) {
          sx += load<f32>(shift);
          sy += load<f32>(shift + across);
        }
        if ((cuts && ox >= left && ox < right) || !(sx > -1 && sx < <f32>w && sy > -1 && sy < <f32>h)) {
          const cut = cuts && ox >= left && ox < right;
          for (let at: usize = 0; at < pixel; at += 4) store<f32>(out + at, cut ? fill : min(max(fill + brighter, low), high));
          continue;
        }
        const floorX = floor<f32>(sx), floorY = floor<f32>(sy), shareX = sx - floorX, shareY = sy - floorY;
        const ix = <i32>floorX, iy = <i32>floorY;
        const from = x + <usize>iy * row + <usize>ix * pixel;
        const hasLeft = ix >= 0, hasRight = ix < w - 1, hasTop = iy >= 0, hasBottom = iy < h - 1;
        for (let at: usize = 0; at < pixel; at += 4) {
          const a = hasTop && hasLeft ? load<f32>(from + at) : fill, b = hasTop && hasRight ? load<f32>(from + at + pixel) : fill;
          const p = hasBottom && hasLeft ? load<f32>(from + at + row) : fill, q = hasBottom && hasRight ? load<f32>(from + at + row + pixel) : fill;
          const upper = a + (b - a) * shareX, lower = p + (q - p) * shareX;
          store<f32>(out + at, min(max(upper + (lower - upper) * shareY + brighter, low), high));
        }
      }
    }
  }
}
