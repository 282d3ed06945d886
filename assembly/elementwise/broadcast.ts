// Two operands read by strides, combined element by element into an array that lies contiguous. What is done with two numbers
// says a class, as in map.ts; several share the loops over the outer axes.

import { SIMD } from "../lanes";
import { axisEnd, axisFirst, axisInner, axisSmall, ofAxis } from "../range";

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

export declare class Operation {
  of<T>(a: T, b: T): T;
}

/** Which of them a number names: a call of rows<Operation>. */
export declare class Operations {
  rows(operation: i32, out: usize, a: usize, b: usize, rows: i32, columns: i32, rowsA: i32, columnsA: i32, rowsB: i32, columnsB: i32): void;
}

/** out[rows, columns] = f.of(a, b), the operands read by strides in floats. */
export function rows<F extends Operation>(
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

/** out[d0, d1, d2, d3] = the operation of a and b */
export function broadcast<F extends Operations>(
  operation: i32,
  out: usize,
  a: usize,
  b: usize,
  shape: BroadcastShape,
  from: i32,
  to: i32,
): void {
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
      changetype<F>(0).rows(operation, out, left, right, d2, d3, a2, a3, b2, b3);
    }
}
