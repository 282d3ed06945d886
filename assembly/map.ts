// Loops over contiguous arrays. A policy class says what happens to one lane; the loop is written once and
// instantiated for one number (scalar build, remainders) and for four. Policies have no fields: a method
// called on their null reference compiles to the inlined body alone.

import { SIMD } from "./lanes";
import { elementOffset, elementsIn } from "./range";

/** y[n] = f.forward(x[n], alpha) */
export function mapForward<F>(y: usize, x: usize, n: i32, alpha: f32): void {
  const f = changetype<F>(0);
  const end = y + (<usize>n << 2);
  if (SIMD) {
    const last = y + (<usize>(n & ~3) << 2);
    const a = f32x4.splat(alpha);
    for (; y < last; y += 16, x += 16) v128.store(y, f.forward<v128>(v128.load(x), a));
  }
  for (; y < end; y += 4, x += 4) store<f32>(y, f.forward<f32>(load<f32>(x), alpha));
}

/** The same for a range of elements. */
// @ts-ignore: decorator
@inline export function forward<F>(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  const start = elementOffset(from);
  mapForward<F>(y + start, x + start, elementsIn(n, from, to), alpha);
}

/** dx[n] = f.backward(dy[n], x[n], y[n], alpha) */
export function mapBackward<F>(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32): void {
  const f = changetype<F>(0);
  const end = dx + (<usize>n << 2);
  if (SIMD) {
    const last = dx + (<usize>(n & ~3) << 2);
    const a = f32x4.splat(alpha);
    for (; dx < last; dx += 16, dy += 16, x += 16, y += 16)
      v128.store(dx, f.backward<v128>(v128.load(dy), v128.load(x), v128.load(y), a));
  }
  for (; dx < end; dx += 4, dy += 4, x += 4, y += 4)
    store<f32>(dx, f.backward<f32>(load<f32>(dy), load<f32>(x), load<f32>(y), alpha));
}

/** The same for a range of elements. */
// @ts-ignore: decorator
@inline export function backward<F>(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  const start = elementOffset(from);
  mapBackward<F>(dx + start, dy + start, x + start, y + start, elementsIn(n, from, to), alpha);
}
