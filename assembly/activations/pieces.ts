// Activations that are made of straight pieces, and what is multiplied by one.

import { backward, forward } from "../elementwise/map";
import { add, constant, ifGreater, larger, mul, smaller, splat } from "../lanes";
import { elementUnits } from "../range";

/** 1/6: Keras divides, and a product with the nearest float32 differs by no more than a rounding. */
const SIXTH: usize = memory.data<f32>([0.16666667]);

/**
 * (x + 3) / 6 from 0 to 1
 * @inline
 */
function gate<T>(x: T): T {
  const raised = add<T>(x, splat<T>(3));
  return mul<T>(smaller<T>(larger<T>(raised, splat<T>(0)), splat<T>(6)), constant<T>(SIXTH));
}

@final
@unmanaged
class HardSigmoid {
  @inline forward<T>(x: T, alpha: T): T {
    return gate<T>(x);
  }
  @inline backward<T>(dy: T, x: T, y: T, alpha: T): T {
    const zero = splat<T>(0),
      inside = mul<T>(dy, constant<T>(SIXTH));
    return ifGreater<T>(x, splat<T>(-3), ifGreater<T>(splat<T>(3), x, inside, zero), zero);
  }
}

/** y[n] = (x[n] + 3) / 6, kept from 0 to 1 */
export function hard_sigmoid_f32(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  forward<HardSigmoid>(y, x, n, alpha, from, to);
}
export function hard_sigmoid_f32_units(n: i32): i32 {
  return elementUnits(n);
}
/** dx[n] = dy[n] / 6 where −3 < x[n] < 3, else 0 */
export function hard_sigmoid_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  backward<HardSigmoid>(dx, dy, x, y, n, alpha, from, to);
}
export function hard_sigmoid_backward_f32_units(n: i32): i32 {
  return elementUnits(n);
}

@final
@unmanaged
class HardSwish {
  @inline forward<T>(x: T, alpha: T): T {
    return mul<T>(x, gate<T>(x));
  }
  @inline backward<T>(dy: T, x: T, y: T, alpha: T): T {
    const slope = mul<T>(add<T>(add<T>(x, x), splat<T>(3)), constant<T>(SIXTH)),
      below = ifGreater<T>(x, splat<T>(-3), mul<T>(dy, slope), splat<T>(0));
    return ifGreater<T>(splat<T>(3), x, below, dy);
  }
}

/** y[n] = x[n] * hard_sigmoid(x[n]) */
export function hard_swish_f32(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  forward<HardSwish>(y, x, n, alpha, from, to);
}
export function hard_swish_f32_units(n: i32): i32 {
  return elementUnits(n);
}
/** dx[n] = dy[n] * (2 x[n] + 3) / 6 where −3 < x[n] < 3, 0 below and dy[n] above */
export function hard_swish_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  backward<HardSwish>(dx, dy, x, y, n, alpha, from, to);
}
export function hard_swish_backward_f32_units(n: i32): i32 {
  return elementUnits(n);
}
