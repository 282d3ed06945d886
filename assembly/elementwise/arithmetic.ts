// Elementwise arithmetic of two arrays with broadcasting, and of one array with numbers.

import { add, div, ifGreater, maximum, minimum, mul, SIMD, splat, sub } from "../lanes";
import { axisUnits, elementEnd, elementStart, elementUnits } from "../range";
import { broadcast, BroadcastShape, rows } from "./broadcast";

@final
@unmanaged
class Add {
  @inline of<T>(a: T, b: T): T {
    return add<T>(a, b);
  }
}
@final
@unmanaged
class Subtract {
  @inline of<T>(a: T, b: T): T {
    return sub<T>(a, b);
  }
}
@final
@unmanaged
class Multiply {
  @inline of<T>(a: T, b: T): T {
    return mul<T>(a, b);
  }
}
@final
@unmanaged
class Divide {
  @inline of<T>(a: T, b: T): T {
    return div<T>(a, b);
  }
}
@final
@unmanaged
class Maximum {
  @inline of<T>(a: T, b: T): T {
    return maximum<T>(a, b);
  }
}
@final
@unmanaged
class Minimum {
  @inline of<T>(a: T, b: T): T {
    return minimum<T>(a, b);
  }
}
/** 1 where a > b, else 0: which operand won. */
@final
@unmanaged
class Greater {
  @inline of<T>(a: T, b: T): T {
    return ifGreater<T>(a, b, splat<T>(1), splat<T>(0));
  }
}

// The seven share the range and the two outermost loops: as seven copies these take 2 KB. Not the two innermost, since rows may
// be short: choosing the operation for every row, rows of 4 take 1.4 times as long.

const ADD: i32 = 0;
const SUBTRACT: i32 = 1;
const MULTIPLY: i32 = 2;
const DIVIDE: i32 = 3;
const MAXIMUM: i32 = 4;
const MINIMUM: i32 = 5;
const GREATER: i32 = 6;

@final
@unmanaged
class Arithmetic {
  @inline rows(operation: i32, out: usize, a: usize, b: usize, m: i32, n: i32, am: i32, an: i32, bm: i32, bn: i32): void {
    switch (operation) {
      case ADD: {
        rows<Add>(out, a, b, m, n, am, an, bm, bn);
        break;
      }
      case SUBTRACT: {
        rows<Subtract>(out, a, b, m, n, am, an, bm, bn);
        break;
      }
      case MULTIPLY: {
        rows<Multiply>(out, a, b, m, n, am, an, bm, bn);
        break;
      }
      case DIVIDE: {
        rows<Divide>(out, a, b, m, n, am, an, bm, bn);
        break;
      }
      case MAXIMUM: {
        rows<Maximum>(out, a, b, m, n, am, an, bm, bn);
        break;
      }
      case MINIMUM: {
        rows<Minimum>(out, a, b, m, n, am, an, bm, bn);
        break;
      }
      default:
        rows<Greater>(out, a, b, m, n, am, an, bm, bn);
    }
  }
}

/** out[d0, d1, d2, d3] = a + b */
export function add_f32(out: usize, a: usize, b: usize, shape: BroadcastShape, from: i32, to: i32): void {
  broadcast<Arithmetic>(ADD, out, a, b, shape, from, to);
}
export function add_f32_units(shape: BroadcastShape): i32 {
  return axisUnits(shape.d0, shape.d1, shape.d2, shape.d3);
}
/** out[d0, d1, d2, d3] = a − b */
export function subtract_f32(out: usize, a: usize, b: usize, shape: BroadcastShape, from: i32, to: i32): void {
  broadcast<Arithmetic>(SUBTRACT, out, a, b, shape, from, to);
}
export function subtract_f32_units(shape: BroadcastShape): i32 {
  return axisUnits(shape.d0, shape.d1, shape.d2, shape.d3);
}
/** out[d0, d1, d2, d3] = a * b */
export function multiply_f32(out: usize, a: usize, b: usize, shape: BroadcastShape, from: i32, to: i32): void {
  broadcast<Arithmetic>(MULTIPLY, out, a, b, shape, from, to);
}
export function multiply_f32_units(shape: BroadcastShape): i32 {
  return axisUnits(shape.d0, shape.d1, shape.d2, shape.d3);
}
/** out[d0, d1, d2, d3] = a / b */
export function divide_f32(out: usize, a: usize, b: usize, shape: BroadcastShape, from: i32, to: i32): void {
  broadcast<Arithmetic>(DIVIDE, out, a, b, shape, from, to);
}
export function divide_f32_units(shape: BroadcastShape): i32 {
  return axisUnits(shape.d0, shape.d1, shape.d2, shape.d3);
}
/** out[d0, d1, d2, d3] = max(a, b); a NaN wins */
export function maximum_f32(out: usize, a: usize, b: usize, shape: BroadcastShape, from: i32, to: i32): void {
  broadcast<Arithmetic>(MAXIMUM, out, a, b, shape, from, to);
}
export function maximum_f32_units(shape: BroadcastShape): i32 {
  return axisUnits(shape.d0, shape.d1, shape.d2, shape.d3);
}
/** out[d0, d1, d2, d3] = min(a, b); a NaN wins */
export function minimum_f32(out: usize, a: usize, b: usize, shape: BroadcastShape, from: i32, to: i32): void {
  broadcast<Arithmetic>(MINIMUM, out, a, b, shape, from, to);
}
export function minimum_f32_units(shape: BroadcastShape): i32 {
  return axisUnits(shape.d0, shape.d1, shape.d2, shape.d3);
}
/** out[d0, d1, d2, d3] = 1 where a > b, else 0 */
export function greater_f32(out: usize, a: usize, b: usize, shape: BroadcastShape, from: i32, to: i32): void {
  broadcast<Arithmetic>(GREATER, out, a, b, shape, from, to);
}
export function greater_f32_units(shape: BroadcastShape): i32 {
  return axisUnits(shape.d0, shape.d1, shape.d2, shape.d3);
}

/** out[n] = x[n] * scale + shift */
export function scale_shift_f32(out: usize, x: usize, n: i32, scale: f32, shift: f32, from: i32, to: i32): void {
  const end = out + elementEnd(n, to);
  out += elementStart(from);
  x += elementStart(from);
  if (SIMD)
    for (; out + 16 <= end; out += 16, x += 16) v128.store(out, f32x4.add(f32x4.mul(v128.load(x), f32x4.splat(scale)), f32x4.splat(shift)));
  for (; out < end; out += 4, x += 4) store<f32>(out, load<f32>(x) * scale + shift);
}
export function scale_shift_f32_units(n: i32): i32 {
  return elementUnits(n);
}

/** sum[n] += x[n] * scale: gradients that accumulate */
export function add_scaled_f32(sum: usize, x: usize, n: i32, scale: f32, from: i32, to: i32): void {
  const end = sum + elementEnd(n, to);
  sum += elementStart(from);
  x += elementStart(from);
  if (SIMD)
    for (; sum + 16 <= end; sum += 16, x += 16) v128.store(sum, f32x4.add(v128.load(sum), f32x4.mul(v128.load(x), f32x4.splat(scale))));
  for (; sum < end; sum += 4, x += 4) store<f32>(sum, load<f32>(sum) + load<f32>(x) * scale);
}
export function add_scaled_f32_units(n: i32): i32 {
  return elementUnits(n);
}
