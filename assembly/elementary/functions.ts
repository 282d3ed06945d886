// Square roots, exponentials and logarithms, element by element, forward and backward together, with the parameters of
// elementwise/activation.ts. A unit is a cache line of elements.

import { div, mul, splat, squareRoot } from "../lanes";
import { backward, forward } from "../elementwise/map";
import { exp, log } from "../math";
import { elementUnits } from "../range";

@final
@unmanaged
class SquareRoot {
  @inline forward<T>(x: T, _alpha: T): T {
    return squareRoot<T>(x);
  }
  @inline backward<T>(dy: T, _x: T, y: T, _alpha: T): T {
    return div<T>(mul<T>(dy, splat<T>(0.5)), y);
  }
}
/** y[n] = √x[n] */
export function sqrt_f32(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  forward<SquareRoot>(y, x, n, alpha, from, to);
}
export function sqrt_f32_units(n: i32): i32 {
  return elementUnits(n);
}
/** dx[n] = dy[n] / (2 y[n]) */
export function sqrt_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  backward<SquareRoot>(dx, dy, x, y, n, alpha, from, to);
}
export function sqrt_backward_f32_units(n: i32): i32 {
  return elementUnits(n);
}

@final
@unmanaged
class Exp {
  @inline forward<T>(x: T, _alpha: T): T {
    return exp<T>(x);
  }
  @inline backward<T>(dy: T, _x: T, y: T, _alpha: T): T {
    return mul<T>(dy, y);
  }
}
/** y[n] = e^x[n] */
export function exp_f32(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  forward<Exp>(y, x, n, alpha, from, to);
}
export function exp_f32_units(n: i32): i32 {
  return elementUnits(n);
}
/** dx[n] = dy[n] * y[n] */
export function exp_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  backward<Exp>(dx, dy, x, y, n, alpha, from, to);
}
export function exp_backward_f32_units(n: i32): i32 {
  return elementUnits(n);
}

@final
@unmanaged
class Log {
  @inline forward<T>(x: T, _alpha: T): T {
    return log<T>(x);
  }
  @inline backward<T>(dy: T, x: T, _y: T, _alpha: T): T {
    return div<T>(dy, x);
  }
}
/** y[n] = ln x[n] */
export function log_f32(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  forward<Log>(y, x, n, alpha, from, to);
}
export function log_f32_units(n: i32): i32 {
  return elementUnits(n);
}
/** dx[n] = dy[n] / x[n] */
export function log_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  backward<Log>(dx, dy, x, y, n, alpha, from, to);
}
export function log_backward_f32_units(n: i32): i32 {
  return elementUnits(n);
}
