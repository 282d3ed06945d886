// Hyperbolic functions and their inverses, element by element, by float64.

import { elementUnits } from "../range";
import { exp64, log64 } from "./double";
import { backward, forward } from "./slopes";

/** Below it a function of the kind x ± x³ / 6 is x, in float32. */
const TINY: f64 = 1e-4;

/**
 * sinh x: by its series where e^x and e^−x cancel
 * @inline
 */
function hyperbolicSine(x: f64): f64 {
  const s = x * x;
  return s < 0.25 ? x * (1 + (s / 6) * (1 + (s / 20) * (1 + (s / 42) * (1 + s / 72)))) : 0.5 * (exp64(x) - exp64(-x));
}

/**
 * cosh x
 * @inline
 */
function hyperbolicCosine(x: f64): f64 {
  return 0.5 * (exp64(x) + exp64(-x));
}

@final
@unmanaged
class Sinh {
  @inline of(x: f64): f64 {
    return hyperbolicSine(x);
  }
  @inline slope(x: f64): f64 {
    return hyperbolicCosine(x);
  }
}

/** y[n] = sinh x[n] */
export function sinh_f32(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  forward<Sinh>(y, x, n, from, to);
}
export function sinh_f32_units(n: i32): i32 {
  return elementUnits(n);
}
/** dx[n] = dy[n] * cosh x[n] */
export function sinh_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  backward<Sinh>(dx, dy, x, n, from, to);
}
export function sinh_backward_f32_units(n: i32): i32 {
  return elementUnits(n);
}

@final
@unmanaged
class Cosh {
  @inline of(x: f64): f64 {
    return hyperbolicCosine(x);
  }
  @inline slope(x: f64): f64 {
    return hyperbolicSine(x);
  }
}

/** y[n] = cosh x[n] */
export function cosh_f32(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  forward<Cosh>(y, x, n, from, to);
}
export function cosh_f32_units(n: i32): i32 {
  return elementUnits(n);
}
/** dx[n] = dy[n] * sinh x[n] */
export function cosh_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  backward<Cosh>(dx, dy, x, n, from, to);
}
export function cosh_backward_f32_units(n: i32): i32 {
  return elementUnits(n);
}

@final
@unmanaged
class Arcsinh {
  @inline of(x: f64): f64 {
    return abs<f64>(x) < TINY ? x : copysign<f64>(log64(abs<f64>(x) + Math.sqrt(x * x + 1)), x);
  }
  @inline slope(x: f64): f64 {
    return 1 / Math.sqrt(x * x + 1);
  }
}

/** y[n] = arsinh x[n] */
export function arcsinh_f32(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  forward<Arcsinh>(y, x, n, from, to);
}
export function arcsinh_f32_units(n: i32): i32 {
  return elementUnits(n);
}
/** dx[n] = dy[n] / √(x[n]² + 1) */
export function arcsinh_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  backward<Arcsinh>(dx, dy, x, n, from, to);
}
export function arcsinh_backward_f32_units(n: i32): i32 {
  return elementUnits(n);
}

@final
@unmanaged
class Arccosh {
  @inline of(x: f64): f64 {
    return log64(x + Math.sqrt(x * x - 1));
  }
  @inline slope(x: f64): f64 {
    return 1 / Math.sqrt(x * x - 1);
  }
}

/** y[n] = arcosh x[n], NaN below 1 */
export function arccosh_f32(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  forward<Arccosh>(y, x, n, from, to);
}
export function arccosh_f32_units(n: i32): i32 {
  return elementUnits(n);
}
/** dx[n] = dy[n] / √(x[n]² − 1) */
export function arccosh_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  backward<Arccosh>(dx, dy, x, n, from, to);
}
export function arccosh_backward_f32_units(n: i32): i32 {
  return elementUnits(n);
}

@final
@unmanaged
class Arctanh {
  @inline of(x: f64): f64 {
    return abs<f64>(x) < TINY ? x : 0.5 * log64((1 + x) / (1 - x));
  }
  @inline slope(x: f64): f64 {
    return 1 / ((1 - x) * (1 + x));
  }
}

/** y[n] = artanh x[n], NaN where |x[n]| > 1 */
export function arctanh_f32(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  forward<Arctanh>(y, x, n, from, to);
}
export function arctanh_f32_units(n: i32): i32 {
  return elementUnits(n);
}
/** dx[n] = dy[n] / (1 − x[n]²) */
export function arctanh_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  backward<Arctanh>(dx, dy, x, n, from, to);
}
export function arctanh_backward_f32_units(n: i32): i32 {
  return elementUnits(n);
}
