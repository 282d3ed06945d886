// Smooth activations beside those of elementwise/activation.ts.

import { backward, forward } from "../elementwise/map";
import { absolute, add, constant, div, ifGreater, mul, splat, sub } from "../lanes";
import { expOfNegative, sigmoid, softplus, tanh } from "../math";
import { elementUnits } from "../range";

/** Klambauer et al., arXiv:1706.02515: λ, and λ α */
const SELU: usize = memory.data<f32>([1.0507009873554805, 1.7580993408473766]);

@final
@unmanaged
class Selu {
  @inline forward<T>(x: T, alpha: T): T {
    const below = mul<T>(constant<T>(SELU, 1), sub<T>(expOfNegative<T>(x), splat<T>(1)));
    return ifGreater<T>(x, splat<T>(0), mul<T>(constant<T>(SELU), x), below);
  }
  @inline backward<T>(dy: T, x: T, y: T, alpha: T): T {
    const below = mul<T>(dy, add<T>(y, constant<T>(SELU, 1)));
    return ifGreater<T>(x, splat<T>(0), mul<T>(dy, constant<T>(SELU)), below);
  }
}

/** y[n] = λ x[n] where x[n] > 0, else λ α (e^x[n] − 1) */
export function selu_f32(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  forward<Selu>(y, x, n, alpha, from, to);
}
export function selu_f32_units(n: i32): i32 {
  return elementUnits(n);
}
/** dx[n] = λ dy[n] where x[n] > 0, else dy[n] (y[n] + λ α) */
export function selu_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  backward<Selu>(dx, dy, x, y, n, alpha, from, to);
}
export function selu_backward_f32_units(n: i32): i32 {
  return elementUnits(n);
}

@final
@unmanaged
class Softplus {
  @inline forward<T>(x: T, alpha: T): T {
    return softplus<T>(x);
  }
  @inline backward<T>(dy: T, x: T, y: T, alpha: T): T {
    return mul<T>(dy, sigmoid<T>(x));
  }
}
/** y[n] = ln(1 + e^x[n]) */
export function softplus_f32(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  forward<Softplus>(y, x, n, alpha, from, to);
}
export function softplus_f32_units(n: i32): i32 {
  return elementUnits(n);
}
/** dx[n] = dy[n] * sigmoid(x[n]) */
export function softplus_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  backward<Softplus>(dx, dy, x, y, n, alpha, from, to);
}
export function softplus_backward_f32_units(n: i32): i32 {
  return elementUnits(n);
}

@final
@unmanaged
class Mish {
  @inline forward<T>(x: T, alpha: T): T {
    return mul<T>(x, tanh<T>(softplus<T>(x)));
  }
  @inline backward<T>(dy: T, x: T, y: T, alpha: T): T {
    const t = tanh<T>(softplus<T>(x)),
      slope = mul<T>(mul<T>(x, sigmoid<T>(x)), sub<T>(splat<T>(1), mul<T>(t, t)));
    return mul<T>(dy, add<T>(t, slope));
  }
}

/** y[n] = x[n] * tanh(ln(1 + e^x[n])) (Misra, arXiv:1908.08681) */
export function mish_f32(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  forward<Mish>(y, x, n, alpha, from, to);
}
export function mish_f32_units(n: i32): i32 {
  return elementUnits(n);
}
/** dx[n] = dy[n] * (t + x[n] * sigmoid(x[n]) * (1 − t²)) with t = tanh(ln(1 + e^x[n])) */
export function mish_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  backward<Mish>(dx, dy, x, y, n, alpha, from, to);
}
export function mish_backward_f32_units(n: i32): i32 {
  return elementUnits(n);
}

@final
@unmanaged
class Softsign {
  @inline forward<T>(x: T, alpha: T): T {
    return div<T>(x, add<T>(splat<T>(1), absolute<T>(x)));
  }
  @inline backward<T>(dy: T, x: T, y: T, alpha: T): T {
    const a = add<T>(splat<T>(1), absolute<T>(x));
    return div<T>(div<T>(dy, a), a);
  }
}

/** y[n] = x[n] / (1 + |x[n]|) */
export function softsign_f32(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  forward<Softsign>(y, x, n, alpha, from, to);
}
export function softsign_f32_units(n: i32): i32 {
  return elementUnits(n);
}
/** dx[n] = dy[n] / (1 + |x[n]|)² */
export function softsign_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  backward<Softsign>(dx, dy, x, y, n, alpha, from, to);
}
export function softsign_backward_f32_units(n: i32): i32 {
  return elementUnits(n);
}
