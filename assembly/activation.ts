// Activations and elementwise functions of one array, forward and backward together.
// Every forward is `NAME_f32(y, x, n, alpha)`, every backward `NAME_backward_f32(dx, dy, x, y, n, alpha)`:
// a policy takes what it needs of x, y and alpha.

import { absolute, add, div, ifGreater, larger, mul, negate, splat, squareRoot, sub, withSignOf } from "./lanes";
import { mapBackward, mapForward } from "./map";
import { erfc, exp, expOfNegative, log, sigmoid, softplus, tanh } from "./math";

@final @unmanaged class Relu {
  @inline forward<T>(x: T, _alpha: T): T { return larger<T>(x, splat<T>(0)); }
  @inline backward<T>(dy: T, _x: T, y: T, _alpha: T): T { return ifGreater<T>(y, splat<T>(0), dy, splat<T>(0)); }
}
@final @unmanaged class LeakyRelu {
  @inline forward<T>(x: T, slope: T): T { return ifGreater<T>(x, splat<T>(0), x, mul<T>(x, slope)); }
  @inline backward<T>(dy: T, x: T, _y: T, slope: T): T { return ifGreater<T>(x, splat<T>(0), dy, mul<T>(dy, slope)); }
}
@final @unmanaged class Elu {
  @inline forward<T>(x: T, alpha: T): T { return ifGreater<T>(x, splat<T>(0), x, mul<T>(alpha, sub<T>(expOfNegative<T>(x), splat<T>(1)))); }
  @inline backward<T>(dy: T, x: T, y: T, alpha: T): T { return ifGreater<T>(x, splat<T>(0), dy, mul<T>(dy, add<T>(y, alpha))); }
}
// gelu(x) = x Φ(x), the exact form by erfc (Hendrycks and Gimpel, arXiv:1606.08415)
@final @unmanaged class Gelu {
  @inline forward<T>(x: T, _alpha: T): T { return mul<T>(mul<T>(x, splat<T>(0.5)), erfc<T>(mul<T>(x, splat<T>(-0.70710678118)))); }
  @inline backward<T>(dy: T, x: T, _y: T, _alpha: T): T {
    const cdf = mul<T>(splat<T>(0.5), erfc<T>(mul<T>(x, splat<T>(-0.70710678118))));
    const density = mul<T>(splat<T>(0.3989422804), expOfNegative<T>(mul<T>(mul<T>(x, x), splat<T>(-0.5))));
    return mul<T>(dy, add<T>(cdf, mul<T>(x, density)));
  }
}
@final @unmanaged class Silu {
  @inline forward<T>(x: T, _alpha: T): T { return mul<T>(x, sigmoid<T>(x)); }
  @inline backward<T>(dy: T, x: T, _y: T, _alpha: T): T {
    const s = sigmoid<T>(x);
    return mul<T>(dy, mul<T>(s, add<T>(splat<T>(1), mul<T>(x, sub<T>(splat<T>(1), s)))));
  }
}
@final @unmanaged class Sigmoid {
  @inline forward<T>(x: T, _alpha: T): T { return sigmoid<T>(x); }
  @inline backward<T>(dy: T, _x: T, y: T, _alpha: T): T { return mul<T>(dy, mul<T>(y, sub<T>(splat<T>(1), y))); }
}
@final @unmanaged class Tanh {
  @inline forward<T>(x: T, _alpha: T): T { return tanh<T>(x); }
  @inline backward<T>(dy: T, _x: T, y: T, _alpha: T): T { return mul<T>(dy, sub<T>(splat<T>(1), mul<T>(y, y))); }
}
@final @unmanaged class Softplus {
  @inline forward<T>(x: T, _alpha: T): T { return softplus<T>(x); }
  @inline backward<T>(dy: T, x: T, _y: T, _alpha: T): T { return mul<T>(dy, sigmoid<T>(x)); }
}
@final @unmanaged class Negative {
  @inline forward<T>(x: T, _alpha: T): T { return negate<T>(x); }
  @inline backward<T>(dy: T, _x: T, _y: T, _alpha: T): T { return negate<T>(dy); }
}
@final @unmanaged class Absolute {
  @inline forward<T>(x: T, _alpha: T): T { return absolute<T>(x); }
  @inline backward<T>(dy: T, x: T, _y: T, _alpha: T): T {
    return ifGreater<T>(absolute<T>(x), splat<T>(0), mul<T>(dy, withSignOf<T>(splat<T>(1), x)), splat<T>(0));
  }
}
@final @unmanaged class Square {
  @inline forward<T>(x: T, _alpha: T): T { return mul<T>(x, x); }
  @inline backward<T>(dy: T, x: T, _y: T, _alpha: T): T { return mul<T>(dy, add<T>(x, x)); }
}
@final @unmanaged class SquareRoot {
  @inline forward<T>(x: T, _alpha: T): T { return squareRoot<T>(x); }
  @inline backward<T>(dy: T, _x: T, y: T, _alpha: T): T { return div<T>(mul<T>(dy, splat<T>(0.5)), y); }
}
@final @unmanaged class Exp {
  @inline forward<T>(x: T, _alpha: T): T { return exp<T>(x); }
  @inline backward<T>(dy: T, _x: T, y: T, _alpha: T): T { return mul<T>(dy, y); }
}
@final @unmanaged class Log {
  @inline forward<T>(x: T, _alpha: T): T { return log<T>(x); }
  @inline backward<T>(dy: T, x: T, _y: T, _alpha: T): T { return div<T>(dy, x); }
}

export function relu_f32(y: usize, x: usize, n: i32, alpha: f32): void { mapForward<Relu>(y, x, n, alpha); }
export function relu_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32): void { mapBackward<Relu>(dx, dy, x, y, n, alpha); }
export function leaky_relu_f32(y: usize, x: usize, n: i32, alpha: f32): void { mapForward<LeakyRelu>(y, x, n, alpha); }
export function leaky_relu_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32): void { mapBackward<LeakyRelu>(dx, dy, x, y, n, alpha); }
export function elu_f32(y: usize, x: usize, n: i32, alpha: f32): void { mapForward<Elu>(y, x, n, alpha); }
export function elu_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32): void { mapBackward<Elu>(dx, dy, x, y, n, alpha); }
export function gelu_f32(y: usize, x: usize, n: i32, alpha: f32): void { mapForward<Gelu>(y, x, n, alpha); }
export function gelu_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32): void { mapBackward<Gelu>(dx, dy, x, y, n, alpha); }
export function silu_f32(y: usize, x: usize, n: i32, alpha: f32): void { mapForward<Silu>(y, x, n, alpha); }
export function silu_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32): void { mapBackward<Silu>(dx, dy, x, y, n, alpha); }
export function sigmoid_f32(y: usize, x: usize, n: i32, alpha: f32): void { mapForward<Sigmoid>(y, x, n, alpha); }
export function sigmoid_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32): void { mapBackward<Sigmoid>(dx, dy, x, y, n, alpha); }
export function tanh_f32(y: usize, x: usize, n: i32, alpha: f32): void { mapForward<Tanh>(y, x, n, alpha); }
export function tanh_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32): void { mapBackward<Tanh>(dx, dy, x, y, n, alpha); }
export function softplus_f32(y: usize, x: usize, n: i32, alpha: f32): void { mapForward<Softplus>(y, x, n, alpha); }
export function softplus_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32): void { mapBackward<Softplus>(dx, dy, x, y, n, alpha); }
export function negative_f32(y: usize, x: usize, n: i32, alpha: f32): void { mapForward<Negative>(y, x, n, alpha); }
export function negative_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32): void { mapBackward<Negative>(dx, dy, x, y, n, alpha); }
export function absolute_f32(y: usize, x: usize, n: i32, alpha: f32): void { mapForward<Absolute>(y, x, n, alpha); }
export function absolute_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32): void { mapBackward<Absolute>(dx, dy, x, y, n, alpha); }
export function square_f32(y: usize, x: usize, n: i32, alpha: f32): void { mapForward<Square>(y, x, n, alpha); }
export function square_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32): void { mapBackward<Square>(dx, dy, x, y, n, alpha); }
export function sqrt_f32(y: usize, x: usize, n: i32, alpha: f32): void { mapForward<SquareRoot>(y, x, n, alpha); }
export function sqrt_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32): void { mapBackward<SquareRoot>(dx, dy, x, y, n, alpha); }
export function exp_f32(y: usize, x: usize, n: i32, alpha: f32): void { mapForward<Exp>(y, x, n, alpha); }
export function exp_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32): void { mapBackward<Exp>(dx, dy, x, y, n, alpha); }
export function log_f32(y: usize, x: usize, n: i32, alpha: f32): void { mapForward<Log>(y, x, n, alpha); }
export function log_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32): void { mapBackward<Log>(dx, dy, x, y, n, alpha); }
