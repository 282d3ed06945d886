// Elementwise arithmetic of two arrays with broadcasting, and of one array with numbers.

import { add, div, ifGreater, maximum, minimum, mul, SIMD, splat, sub } from "../lanes";
import { axisEnd, axisFirst, axisInner, axisSmall, axisUnits, elementEnd, elementStart, elementUnits, ofAxis } from "../range";

/** out[d0, d1, d2, d3], which lies contiguous, from two operands that are read by strides. */
@final
@unmanaged
export class BroadcastShape {
  /** Extents of out. Axes that both operands step through alike are merged to four at the most; where fewer are left, the first extents are 1. */
  d0: i32;
  d1: i32;
  d2: i32;
  d3: i32;
  /** Floats of a from an element to the next along each axis, 0 where a is repeated. */
  a0: i32;
  a1: i32;
  a2: i32;
  a3: i32;
  /** The same for b. */
  b0: i32;
  b1: i32;
  b2: i32;
  b3: i32;
}

declare class Operation {
  of<T>(a: T, b: T): T;
}

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

/** out[rows, columns] = f.of(a, b), the operands read by strides in floats. */
function rows<F extends Operation>(
  out: usize,
  a: usize,
  b: usize,
  rows: i32,
  columns: i32,
  rowsA: i32,
  columnsA: i32,
  rowsB: i32,
  columnsB: i32,
): void {
  for (let k = 0; k < rows; k++, out += (<usize>columns) << 2)
    row<F>(out, a + ((<usize>(k * rowsA)) << 2), b + ((<usize>(k * rowsB)) << 2), columns, columnsA, columnsB);
}

/** @inline */
function row<F extends Operation>(out: usize, a: usize, b: usize, n: i32, strideA: i32, strideB: i32): void {
  const f = changetype<F>(0),
    end = out + ((<usize>n) << 2);
  if (SIMD && strideA <= 1 && strideB <= 1) {
    const last = out + ((<usize>(n & ~3)) << 2),
      stepA: usize = (<usize>strideA) << 4,
      stepB: usize = (<usize>strideB) << 4;
    if (stepA && stepB) for (; out < last; out += 16, a += 16, b += 16) v128.store(out, f.of<v128>(v128.load(a), v128.load(b)));
    else if (stepA) {
      const right = v128.load_splat<f32>(b);
      for (; out < last; out += 16, a += 16) v128.store(out, f.of<v128>(v128.load(a), right));
    } else if (stepB) {
      const left = v128.load_splat<f32>(a);
      for (; out < last; out += 16, b += 16) v128.store(out, f.of<v128>(left, v128.load(b)));
    }
  }
  for (; out < end; out += 4, a += (<usize>strideA) << 2, b += (<usize>strideB) << 2)
    store<f32>(out, f.of<f32>(load<f32>(a), load<f32>(b)));
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

function broadcast(operation: i32, out: usize, a: usize, b: usize, shape: BroadcastShape, from: i32, to: i32): void {
  let d0 = shape.d0,
    d1 = shape.d1,
    d2 = shape.d2,
    d3 = shape.d3;
  const a0 = shape.a0,
    a1 = shape.a1,
    a2 = shape.a2,
    a3 = shape.a3,
    b0 = shape.b0,
    b1 = shape.b1,
    b2 = shape.b2,
    b3 = shape.b3;
  if (!axisSmall(d0, d1, d2, d3)) {
    const first = axisFirst(d0, d1, d2, d3, from),
      count = axisEnd(d0, d1, d2, d3, to) - first;
    out += (<usize>(first * axisInner(d0, d1, d2, d3))) << 2;
    a += (<usize>(first * ofAxis(d0, d1, d2, a0, a1, a2, a3))) << 2;
    b += (<usize>(first * ofAxis(d0, d1, d2, b0, b1, b2, b3))) << 2;
    if (d0 != 1) d0 = count;
    else if (d1 != 1) d1 = count;
    else if (d2 != 1) d2 = count;
    else d3 = count;
  }
  const size: usize = (<usize>(d2 * d3)) << 2;
  for (let i = 0; i < d0; i++)
    for (let j = 0; j < d1; j++, out += size) {
      const left = a + ((<usize>(i * a0 + j * a1)) << 2),
        right = b + ((<usize>(i * b0 + j * b1)) << 2);
      switch (operation) {
        case ADD: {
          rows<Add>(out, left, right, d2, d3, a2, a3, b2, b3);
          break;
        }
        case SUBTRACT: {
          rows<Subtract>(out, left, right, d2, d3, a2, a3, b2, b3);
          break;
        }
        case MULTIPLY: {
          rows<Multiply>(out, left, right, d2, d3, a2, a3, b2, b3);
          break;
        }
        case DIVIDE: {
          rows<Divide>(out, left, right, d2, d3, a2, a3, b2, b3);
          break;
        }
        case MAXIMUM: {
          rows<Maximum>(out, left, right, d2, d3, a2, a3, b2, b3);
          break;
        }
        case MINIMUM: {
          rows<Minimum>(out, left, right, d2, d3, a2, a3, b2, b3);
          break;
        }
        default:
          rows<Greater>(out, left, right, d2, d3, a2, a3, b2, b3);
      }
    }
}

/** out[d0, d1, d2, d3] = a + b */
export function add_f32(out: usize, a: usize, b: usize, shape: BroadcastShape, from: i32, to: i32): void {
  broadcast(ADD, out, a, b, shape, from, to);
}
export function add_f32_units(shape: BroadcastShape): i32 {
  return axisUnits(shape.d0, shape.d1, shape.d2, shape.d3);
}
/** out[d0, d1, d2, d3] = a − b */
export function subtract_f32(out: usize, a: usize, b: usize, shape: BroadcastShape, from: i32, to: i32): void {
  broadcast(SUBTRACT, out, a, b, shape, from, to);
}
export function subtract_f32_units(shape: BroadcastShape): i32 {
  return axisUnits(shape.d0, shape.d1, shape.d2, shape.d3);
}
/** out[d0, d1, d2, d3] = a * b */
export function multiply_f32(out: usize, a: usize, b: usize, shape: BroadcastShape, from: i32, to: i32): void {
  broadcast(MULTIPLY, out, a, b, shape, from, to);
}
export function multiply_f32_units(shape: BroadcastShape): i32 {
  return axisUnits(shape.d0, shape.d1, shape.d2, shape.d3);
}
/** out[d0, d1, d2, d3] = a / b */
export function divide_f32(out: usize, a: usize, b: usize, shape: BroadcastShape, from: i32, to: i32): void {
  broadcast(DIVIDE, out, a, b, shape, from, to);
}
export function divide_f32_units(shape: BroadcastShape): i32 {
  return axisUnits(shape.d0, shape.d1, shape.d2, shape.d3);
}
/** out[d0, d1, d2, d3] = max(a, b); a NaN wins */
export function maximum_f32(out: usize, a: usize, b: usize, shape: BroadcastShape, from: i32, to: i32): void {
  broadcast(MAXIMUM, out, a, b, shape, from, to);
}
export function maximum_f32_units(shape: BroadcastShape): i32 {
  return axisUnits(shape.d0, shape.d1, shape.d2, shape.d3);
}
/** out[d0, d1, d2, d3] = min(a, b); a NaN wins */
export function minimum_f32(out: usize, a: usize, b: usize, shape: BroadcastShape, from: i32, to: i32): void {
  broadcast(MINIMUM, out, a, b, shape, from, to);
}
export function minimum_f32_units(shape: BroadcastShape): i32 {
  return axisUnits(shape.d0, shape.d1, shape.d2, shape.d3);
}
/** out[d0, d1, d2, d3] = 1 where a > b, else 0 */
export function greater_f32(out: usize, a: usize, b: usize, shape: BroadcastShape, from: i32, to: i32): void {
  broadcast(GREATER, out, a, b, shape, from, to);
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
