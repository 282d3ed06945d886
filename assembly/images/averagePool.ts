// Average pooling.

import { add, div, loadLanes, splat, storeLanes } from "../lanes";
import { imageUnits, pool, poolBackward, PoolGeometry } from "../pooling/windows";

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

/** y[n, oh, ow, c] = the mean of x[n, h, w, c] in a window */
export function average_pool2d_f32(y: usize, x: usize, geometry: PoolGeometry, from: i32, to: i32): void {
  pool<Average>(y, x, geometry, from, to);
}
export function average_pool2d_f32_units(geometry: PoolGeometry): i32 {
  return imageUnits(geometry);
}
/** dx[n, h, w, c] = Σ dy[n, oh, ow, c] / (pixels of the window) over the windows; input and output are not read */
export function average_pool2d_backward_f32(dx: usize, dy: usize, x: usize, y: usize, geometry: PoolGeometry, from: i32, to: i32): void {
  poolBackward<Average>(dx, dy, x, y, geometry, from, to);
}
export function average_pool2d_backward_f32_units(geometry: PoolGeometry): i32 {
  return imageUnits(geometry);
}
