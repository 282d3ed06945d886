// Activations and elementwise functions of one array, forward and backward together.
// Every forward is `NAME_f32(y, x, n, alpha, from, to)`, every backward `NAME_backward_f32(dx, dy, x, y, n, alpha, from, to)`:
// a policy takes what it needs of x, y and alpha. A unit is a cache line of elements.

import { absolute, add, ifGreater, larger, mul, negate, smaller, splat, sub, withSignOf } from "../lanes";
import { backward, forward } from "./map";
import { erfc, expOfNegative, sigmoid, tanh } from "../math";
import { elementUnits } from "../range";

@final
@unmanaged
export class Relu {
  @inline forward<T>(x: T, _alpha: T): T {
    return larger<T>(x, splat<T>(0));
  }
  @inline backward<T>(dy: T, _x: T, y: T, _alpha: T): T {
    return ifGreater<T>(y, splat<T>(0), dy, splat<T>(0));
  }
}
/** y[n] = max(x[n], 0) */
export function relu_f32(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  forward<Relu>(y, x, n, alpha, from, to);
}
export function relu_f32_units(n: i32): i32 {
  return elementUnits(n);
}
/** dx[n] = dy[n] where y[n] > 0, else 0 */
export function relu_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  backward<Relu>(dx, dy, x, y, n, alpha, from, to);
}
export function relu_backward_f32_units(n: i32): i32 {
  return elementUnits(n);
}

@final
@unmanaged
export class Relu6 {
  @inline forward<T>(x: T, _alpha: T): T {
    return smaller<T>(larger<T>(x, splat<T>(0)), splat<T>(6));
  }
  @inline backward<T>(dy: T, _x: T, y: T, _alpha: T): T {
    const zero = splat<T>(0);
    return ifGreater<T>(y, zero, ifGreater<T>(splat<T>(6), y, dy, zero), zero);
  }
}

/** y[n] = x[n] kept from 0 to 6 */
export function relu6_f32(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  forward<Relu6>(y, x, n, alpha, from, to);
}
export function relu6_f32_units(n: i32): i32 {
  return elementUnits(n);
}
/** dx[n] = dy[n] where 0 < y[n] < 6, else 0 */
export function relu6_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  backward<Relu6>(dx, dy, x, y, n, alpha, from, to);
}
export function relu6_backward_f32_units(n: i32): i32 {
  return elementUnits(n);
}

@final
@unmanaged
class LeakyRelu {
  @inline forward<T>(x: T, slope: T): T {
    return ifGreater<T>(x, splat<T>(0), x, mul<T>(x, slope));
  }
  @inline backward<T>(dy: T, x: T, _y: T, slope: T): T {
    return ifGreater<T>(x, splat<T>(0), dy, mul<T>(dy, slope));
  }
}
/** y[n] = x[n] where x[n] > 0, else alpha * x[n] */
export function leaky_relu_f32(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  forward<LeakyRelu>(y, x, n, alpha, from, to);
}
export function leaky_relu_f32_units(n: i32): i32 {
  return elementUnits(n);
}
/** dx[n] = dy[n] where x[n] > 0, else alpha * dy[n] */
export function leaky_relu_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  backward<LeakyRelu>(dx, dy, x, y, n, alpha, from, to);
}
export function leaky_relu_backward_f32_units(n: i32): i32 {
  return elementUnits(n);
}

@final
@unmanaged
class Elu {
  @inline forward<T>(x: T, alpha: T): T {
    return ifGreater<T>(x, splat<T>(0), x, mul<T>(alpha, sub<T>(expOfNegative<T>(x), splat<T>(1))));
  }
  @inline backward<T>(dy: T, x: T, y: T, alpha: T): T {
    return ifGreater<T>(x, splat<T>(0), dy, mul<T>(dy, add<T>(y, alpha)));
  }
}
/** y[n] = x[n] where x[n] > 0, else alpha * (e^x[n] − 1) */
export function elu_f32(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  forward<Elu>(y, x, n, alpha, from, to);
}
export function elu_f32_units(n: i32): i32 {
  return elementUnits(n);
}
/** dx[n] = dy[n] where x[n] > 0, else dy[n] * (y[n] + alpha) */
export function elu_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  backward<Elu>(dx, dy, x, y, n, alpha, from, to);
}
export function elu_backward_f32_units(n: i32): i32 {
  return elementUnits(n);
}

@final
@unmanaged
class Gelu {
  @inline forward<T>(x: T, _alpha: T): T {
    return mul<T>(mul<T>(x, splat<T>(0.5)), erfc<T>(mul<T>(x, splat<T>(-0.70710678118))));
  }
  @inline backward<T>(dy: T, x: T, _y: T, _alpha: T): T {
    const cdf = mul<T>(splat<T>(0.5), erfc<T>(mul<T>(x, splat<T>(-0.70710678118))));
    const density = mul<T>(splat<T>(0.3989422804), expOfNegative<T>(mul<T>(mul<T>(x, x), splat<T>(-0.5))));
    return mul<T>(dy, add<T>(cdf, mul<T>(x, density)));
  }
}
/** y[n] = x[n] * Φ(x[n]), by erfc: the exact form (Hendrycks and Gimpel, arXiv:1606.08415) */
export function gelu_f32(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  forward<Gelu>(y, x, n, alpha, from, to);
}
export function gelu_f32_units(n: i32): i32 {
  return elementUnits(n);
}
/** dx[n] = dy[n] * (Φ(x[n]) + x[n] * φ(x[n])) */
export function gelu_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  backward<Gelu>(dx, dy, x, y, n, alpha, from, to);
}
export function gelu_backward_f32_units(n: i32): i32 {
  return elementUnits(n);
}

@final
@unmanaged
class Silu {
  @inline forward<T>(x: T, _alpha: T): T {
    return mul<T>(x, sigmoid<T>(x));
  }
  @inline backward<T>(dy: T, x: T, _y: T, _alpha: T): T {
    const s = sigmoid<T>(x);
    return mul<T>(dy, mul<T>(s, add<T>(splat<T>(1), mul<T>(x, sub<T>(splat<T>(1), s)))));
  }
}
/** y[n] = x[n] * sigmoid(x[n]) */
export function silu_f32(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  forward<Silu>(y, x, n, alpha, from, to);
}
export function silu_f32_units(n: i32): i32 {
  return elementUnits(n);
}
/** dx[n] = dy[n] * s * (1 + x[n] * (1 − s)) with s = sigmoid(x[n]) */
export function silu_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  backward<Silu>(dx, dy, x, y, n, alpha, from, to);
}
export function silu_backward_f32_units(n: i32): i32 {
  return elementUnits(n);
}

@final
@unmanaged
export class Sigmoid {
  @inline forward<T>(x: T, _alpha: T): T {
    return sigmoid<T>(x);
  }
  @inline backward<T>(dy: T, _x: T, y: T, _alpha: T): T {
    return mul<T>(dy, mul<T>(y, sub<T>(splat<T>(1), y)));
  }
}
/** y[n] = 1 / (1 + e^−x[n]) */
export function sigmoid_f32(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  forward<Sigmoid>(y, x, n, alpha, from, to);
}
export function sigmoid_f32_units(n: i32): i32 {
  return elementUnits(n);
}
/** dx[n] = dy[n] * y[n] * (1 − y[n]) */
export function sigmoid_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  backward<Sigmoid>(dx, dy, x, y, n, alpha, from, to);
}
export function sigmoid_backward_f32_units(n: i32): i32 {
  return elementUnits(n);
}

@final
@unmanaged
export class Tanh {
  @inline forward<T>(x: T, _alpha: T): T {
    return tanh<T>(x);
  }
  @inline backward<T>(dy: T, _x: T, y: T, _alpha: T): T {
    return mul<T>(dy, sub<T>(splat<T>(1), mul<T>(y, y)));
  }
}
/** y[n] = tanh(x[n]) */
export function tanh_f32(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  forward<Tanh>(y, x, n, alpha, from, to);
}
export function tanh_f32_units(n: i32): i32 {
  return elementUnits(n);
}
/** dx[n] = dy[n] * (1 − y[n]²) */
export function tanh_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  backward<Tanh>(dx, dy, x, y, n, alpha, from, to);
}
export function tanh_backward_f32_units(n: i32): i32 {
  return elementUnits(n);
}

@final
@unmanaged
class Negative {
  @inline forward<T>(x: T, _alpha: T): T {
    return negate<T>(x);
  }
  @inline backward<T>(dy: T, _x: T, _y: T, _alpha: T): T {
    return negate<T>(dy);
  }
}
/** y[n] = −x[n] */
export function negative_f32(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  forward<Negative>(y, x, n, alpha, from, to);
}
export function negative_f32_units(n: i32): i32 {
  return elementUnits(n);
}
/** dx[n] = −dy[n] */
export function negative_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  backward<Negative>(dx, dy, x, y, n, alpha, from, to);
}
export function negative_backward_f32_units(n: i32): i32 {
  return elementUnits(n);
}

@final
@unmanaged
class Absolute {
  @inline forward<T>(x: T, _alpha: T): T {
    return absolute<T>(x);
  }
  @inline backward<T>(dy: T, x: T, _y: T, _alpha: T): T {
    return ifGreater<T>(absolute<T>(x), splat<T>(0), mul<T>(dy, withSignOf<T>(splat<T>(1), x)), splat<T>(0));
  }
}
/** y[n] = |x[n]| */
export function absolute_f32(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  forward<Absolute>(y, x, n, alpha, from, to);
}
export function absolute_f32_units(n: i32): i32 {
  return elementUnits(n);
}
/** dx[n] = dy[n] * sign(x[n]), 0 where x[n] is 0 */
export function absolute_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  backward<Absolute>(dx, dy, x, y, n, alpha, from, to);
}
export function absolute_backward_f32_units(n: i32): i32 {
  return elementUnits(n);
}

@final
@unmanaged
class Square {
  @inline forward<T>(x: T, _alpha: T): T {
    return mul<T>(x, x);
  }
  @inline backward<T>(dy: T, x: T, _y: T, _alpha: T): T {
    return mul<T>(dy, add<T>(x, x));
  }
}
/** y[n] = x[n]² */
export function square_f32(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  forward<Square>(y, x, n, alpha, from, to);
}
export function square_f32_units(n: i32): i32 {
  return elementUnits(n);
}
/** dx[n] = dy[n] * 2 x[n] */
export function square_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  backward<Square>(dx, dy, x, y, n, alpha, from, to);
}
export function square_backward_f32_units(n: i32): i32 {
  return elementUnits(n);
}
