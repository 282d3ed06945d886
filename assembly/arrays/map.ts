// Elementwise functions of one array, beside those of elementwise/activation.ts.

import { forward } from "../elementwise/map";
import { ifGreater, splat } from "../lanes";
import { elementUnits } from "../range";

class Sign {
  /** @inline */
  forward<T>(x: T, alpha: T): T {
    return ifGreater<T>(x, splat<T>(0), splat<T>(1), ifGreater<T>(splat<T>(0), x, splat<T>(-1), x));
  }
  /** @inline */
  backward<T>(dy: T, x: T, y: T, alpha: T): T {
    return splat<T>(0);
  }
}

/** y[n] = −1, 0 or 1 as x[n] is below, at or above 0; NaN stays */
export function sign_f32(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  forward<Sign>(y, x, n, alpha, from, to);
}
export function sign_f32_units(n: i32): i32 {
  return elementUnits(n);
}
