// Loops over contiguous arrays. A policy class says what happens to one lane; the loop is written once and
// instantiated for one number (scalar build, remainders) and for four. Policies have no fields: a method
// called on their null reference compiles to the inlined body alone. What a loop asks of its policies is a declared class,
// here and in other files: for TypeScript, since an interface of AssemblyScript may have no methods with type parameters.

import { SIMD } from "../lanes";
import { elementEnd, elementStart } from "../range";

export declare class Elementwise {
  forward<T>(x: T, alpha: T): T;
  backward<T>(dy: T, x: T, y: T, alpha: T): T;
}

/** y[n] = f.forward(x[n], alpha) from byte `start`, that of a vector, to byte `end` */
export function mapForward<F extends Elementwise>(y: usize, x: usize, start: usize, end: usize, alpha: f32): void {
  const f = changetype<F>(0);
  let i = start;
  if (SIMD) {
    const last = end & ~15;
    const a = f32x4.splat(alpha);
    for (; i < last; i += 16) v128.store(y + i, f.forward<v128>(v128.load(x + i), a));
  }
  for (; i < end; i += 4) store<f32>(y + i, f.forward<f32>(load<f32>(x + i), alpha));
}

/**
 * The same for a range of elements.
 * @inline
 */
export function forward<F extends Elementwise>(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  mapForward<F>(y, x, elementStart(from), elementEnd(n, to), alpha);
}

/** dx[n] = f.backward(dy[n], x[n], y[n], alpha) from byte `start`, that of a vector, to byte `end` */
export function mapBackward<F extends Elementwise>(dx: usize, dy: usize, x: usize, y: usize, start: usize, end: usize, alpha: f32): void {
  const f = changetype<F>(0);
  let i = start;
  if (SIMD) {
    const last = end & ~15;
    const a = f32x4.splat(alpha);
    for (; i < last; i += 16) v128.store(dx + i, f.backward<v128>(v128.load(dy + i), v128.load(x + i), v128.load(y + i), a));
  }
  for (; i < end; i += 4) store<f32>(dx + i, f.backward<f32>(load<f32>(dy + i), load<f32>(x + i), load<f32>(y + i), alpha));
}

/**
 * The same for a range of elements.
 * @inline
 */
export function backward<F extends Elementwise>(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  mapBackward<F>(dx, dy, x, y, elementStart(from), elementEnd(n, to), alpha);
}
