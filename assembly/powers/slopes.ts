// Loops over functions of one number that are computed in float64, and rounded once.

import { elementEnd, elementStart } from "../range";

/** A function and what it changes by with x. */
export declare class Curve {
  of(x: f64): f64;
  slope(x: f64): f64;
}

/** y[n] = f.of(x[n]) */
export function forward<F extends Curve>(y: usize, x: usize, n: i32, from: i32, to: i32): void {
  const f = changetype<F>(0),
    end = elementEnd(n, to);
  for (let i = elementStart(from); i < end; i += 4) store<f32>(y + i, <f32>f.of(<f64>load<f32>(x + i)));
}

/** dx[n] = dy[n] f.slope(x[n]) */
export function backward<F extends Curve>(dx: usize, dy: usize, x: usize, n: i32, from: i32, to: i32): void {
  const f = changetype<F>(0),
    end = elementEnd(n, to);
  for (let i = elementStart(from); i < end; i += 4) store<f32>(dx + i, <f32>(<f64>load<f32>(dy + i) * f.slope(<f64>load<f32>(x + i))));
}
