// Where the largest pixels of windows are. Max pooling itself is a kernel of the core, which finds values alone.

import { imageUnits, PoolGeometry } from "../pooling/windows";
import { MIN_ELEMENTS, rowEnd } from "../range";

/**
 * places[n, oh, ow, c] = the index in its image [h · w · c] of the first largest of x[n, h, w, c] in a window; a NaN wins
 * Pixels of a window lie `dilationH` rows and `dilationW` columns apart.
 */
export function max_pool2d_places_i32(
  places: usize,
  x: usize,
  geometry: PoolGeometry,
  dilationH: i32,
  dilationW: i32,
  from: i32,
  to: i32,
): void {
  const g = geometry,
    c = g.c,
    size = g.h * g.w * c,
    end = rowEnd(g.n, size, MIN_ELEMENTS, to);
  let out = places + ((<usize>(from * g.oh * g.ow * c)) << 2);
  for (; from < end; from++) {
    const image = x + ((<usize>from * <usize>size) << 2);
    for (let oy = 0; oy < g.oh; oy++)
      for (let ox = 0; ox < g.ow; ox++)
        for (let channel = 0; channel < c; channel++, out += 4) {
          let best = -1,
            largest: f32 = 0;
          for (let ky = 0; ky < g.kh; ky++) {
            const iy = oy * g.strideH - g.top + ky * dilationH;
            if (iy < 0 || iy >= g.h) continue;
            for (let kx = 0; kx < g.kw; kx++) {
              const ix = ox * g.strideW - g.left + kx * dilationW;
              if (ix < 0 || ix >= g.w) continue;
              const at = (iy * g.w + ix) * c + channel,
                value = load<f32>(image + ((<usize>at) << 2));
              // not `value > largest`: the first NaN stays
              if (best < 0 || (largest == largest && !(value <= largest))) {
                best = at;
                largest = value;
              }
            }
          }
          store<i32>(out, best);
        }
  }
}
export function max_pool2d_places_i32_units(geometry: PoolGeometry): i32 {
  return imageUnits(geometry);
}
