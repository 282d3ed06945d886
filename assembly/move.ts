// Moving and converting numbers without arithmetic between them: constants, transposes, gathers, one-hot rows, u8 pixels.

import { SIMD } from "./lanes";
import { axisUnits, elementEnd, elementStart, elementUnits, firstOf, itemEnd, itemUnits, LINE, rowStep } from "./range";
import { moveStrided } from "./strided";

/** out[n] = value */
export function fill_f32(out: usize, n: i32, value: f32, from: i32, to: i32): void {
  for (let p = out + elementStart(from), end = out + elementEnd(n, to); p < end; p += 4) store<f32>(p, value);
}
export function fill_f32_units(n: i32): i32 {
  return elementUnits(n);
}

/** out[d0, d1, d2, d3], contiguous, = x read by strides in floats, 0 where it is repeated: transposes and broadcasts */
export function copy_strided_f32(
  out: usize,
  x: usize,
  d0: i32,
  d1: i32,
  d2: i32,
  d3: i32,
  s0: i32,
  s1: i32,
  s2: i32,
  s3: i32,
  from: i32,
  to: i32,
): void {
  moveStrided(out, x, d0, d1, d2, d3, s0, s1, s2, s3, from, to, false);
}
export function copy_strided_f32_units(d0: i32, d1: i32, d2: i32, d3: i32): i32 {
  return axisUnits(d0, d1, d2, d3);
}

/** out[rows, columns] = x[rows, columns], rows that lie so many floats apart: pieces put beside each other, and taken apart */
export function copy_rows_f32(out: usize, x: usize, rows: i32, columns: i32, stride: i32, xStride: i32, from: i32, to: i32): void {
  const end = itemEnd(rows, columns, LINE, to);
  for (let r = firstOf(from, LINE); r < end; r++)
    memory.copy(out + ((<usize>(r * stride)) << 2), x + ((<usize>(r * xStride)) << 2), (<usize>columns) << 2);
}
export function copy_rows_f32_units(rows: i32, columns: i32): i32 {
  return itemUnits(rows, columns, LINE);
}

/** out[count, columns] = x[indices[count], columns] */
export function gather_rows_f32(out: usize, x: usize, indices: usize, count: i32, columns: i32, from: i32, to: i32): void {
  const row: usize = (<usize>columns) << 2,
    step = rowStep(columns),
    end = itemEnd(count, columns, step, to);
  for (let i = firstOf(from, step); i < end; i++)
    memory.copy(out + <usize>i * row, x + <usize>load<i32>(indices + ((<usize>i) << 2)) * row, row);
}
export function gather_rows_f32_units(count: i32, columns: i32): i32 {
  return itemUnits(count, columns, rowStep(columns));
}

/**
 * dx[rows, columns] = 0, then dx[indices[count], columns] += dy[count, columns], in the order of count
 * Serial: two rows of dy may belong to the same row of dx.
 */
export function gather_rows_backward_f32(dx: usize, dy: usize, indices: usize, count: i32, rows: i32, columns: i32): void {
  memory.fill(dx, 0, (<usize>(rows * columns)) << 2);
  for (let i = 0; i < count; i++) {
    let to = dx + ((<usize>(load<i32>(indices + ((<usize>i) << 2)) * columns)) << 2);
    for (let c = 0; c < columns; c++, to += 4, dy += 4) store<f32>(to, load<f32>(to) + load<f32>(dy));
  }
}

/** out[rows, classes] = on where the class is labels[rows], else off */
export function one_hot_f32(out: usize, labels: usize, rows: i32, classes: i32, on: f32, off: f32, from: i32, to: i32): void {
  const step = rowStep(classes),
    first = firstOf(from, step),
    end = itemEnd(rows, classes, step, to);
  out += (<usize>(first * classes)) << 2;
  for (let r = first; r < end; r++) {
    const label = load<i32>(labels + ((<usize>r) << 2));
    for (let c = 0; c < classes; c++, out += 4) store<f32>(out, c == label ? on : off);
  }
}
export function one_hot_f32_units(rows: i32, classes: i32): i32 {
  return itemUnits(rows, classes, rowStep(classes));
}

/** out[n] = x[n] * scale + shift from bytes: pixels become numbers */
export function rescale_u8_f32(out: usize, x: usize, n: i32, scale: f32, shift: f32, from: i32, to: i32): void {
  const end = x + (elementEnd(n, to) >> 2);
  x += elementStart(from) >> 2;
  out += elementStart(from);
  if (SIMD)
    for (; x + 8 <= end; x += 8, out += 32) {
      const words = v128.load_ext<u8>(x);
      v128.store(out, f32x4.add(f32x4.mul(f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(words)), f32x4.splat(scale)), f32x4.splat(shift)));
      v128.store(
        out,
        f32x4.add(f32x4.mul(f32x4.convert_i32x4_u(i32x4.extend_high_i16x8_u(words)), f32x4.splat(scale)), f32x4.splat(shift)),
        16,
      );
    }
  for (; x < end; x++, out += 4) store<f32>(out, <f32>load<u8>(x) * scale + shift);
}
export function rescale_u8_f32_units(n: i32): i32 {
  return elementUnits(n);
}
