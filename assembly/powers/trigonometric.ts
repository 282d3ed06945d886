// Inverse trigonometric functions, element by element, by float64.

import { elementUnits } from "../range";
import { arctan64 } from "./double";
import { backward, forward } from "./slopes";

@final
@unmanaged
class Arcsin {
  @inline of(x: f64): f64 {
    return arctan64(x / Math.sqrt((1 - x) * (1 + x)));
  }
  @inline slope(x: f64): f64 {
    return 1 / Math.sqrt((1 - x) * (1 + x));
  }
}

/** y[n] = arcsin x[n], NaN where |x[n]| > 1 */
export function arcsin_f32(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  forward<Arcsin>(y, x, n, from, to);
}
export function arcsin_f32_units(n: i32): i32 {
  return elementUnits(n);
}
/** dx[n] = dy[n] / √(1 − x[n]²) */
export function arcsin_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  backward<Arcsin>(dx, dy, x, n, from, to);
}
export function arcsin_backward_f32_units(n: i32): i32 {
  return elementUnits(n);
}

@final
@unmanaged
class Arccos {
  @inline of(x: f64): f64 {
    return 2 * arctan64(Math.sqrt((1 - x) / (1 + x)));
  }
  @inline slope(x: f64): f64 {
    return -1 / Math.sqrt((1 - x) * (1 + x));
  }
}

/** y[n] = arccos x[n], NaN where |x[n]| > 1 */
export function arccos_f32(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  forward<Arccos>(y, x, n, from, to);
}
export function arccos_f32_units(n: i32): i32 {
  return elementUnits(n);
}
/** dx[n] = dy[n] / −√(1 − x[n]²) */
export function arccos_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  backward<Arccos>(dx, dy, x, n, from, to);
}
export function arccos_backward_f32_units(n: i32): i32 {
  return elementUnits(n);
}

@final
@unmanaged
class Arctan {
  @inline of(x: f64): f64 {
    return arctan64(x);
  }
  @inline slope(x: f64): f64 {
    return 1 / (x * x + 1);
  }
}

/** y[n] = arctan x[n] */
export function arctan_f32(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  forward<Arctan>(y, x, n, from, to);
}
export function arctan_f32_units(n: i32): i32 {
  return elementUnits(n);
}
/** dx[n] = dy[n] / (x[n]² + 1) */
export function arctan_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  backward<Arctan>(dx, dy, x, n, from, to);
}
export function arctan_backward_f32_units(n: i32): i32 {
  return elementUnits(n);
}
