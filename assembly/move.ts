// Moving and converting numbers without arithmetic between them: constants, transposes, gathers, one-hot rows, u8 pixels.

import { SIMD } from "./lanes";

/** out = value */
export function fill_f32(out: usize, n: i32, value: f32): void {
  for (const end = out + (<usize>n << 2); out < end; out += 4) store<f32>(out, value);
}

/** out (contiguous [d0, d1, d2, d3]) = x read by strides in floats: transposes and broadcasts. */
export function copy_strided_f32(out: usize, x: usize, d0: i32, d1: i32, d2: i32, d3: i32, s0: i32, s1: i32, s2: i32, s3: i32): void {
  for (let i = 0; i < d0; i++)
    for (let j = 0; j < d1; j++)
      for (let k = 0; k < d2; k++) {
        let from = x + (<usize>(i * s0 + j * s1 + k * s2) << 2);
        if (s3 == 1) {
          memory.copy(out, from, <usize>d3 << 2);
          out += <usize>d3 << 2;
        } else for (let l = 0; l < d3; l++, out += 4, from += <usize>s3 << 2) store<f32>(out, load<f32>(from));
      }
}

/** out[i, :columns] = x[i, :columns], rows that lie so many floats apart: pieces put beside each other, and taken apart */
export function copy_rows_f32(out: usize, x: usize, rows: i32, columns: i32, stride: i32, xStride: i32): void {
  for (let i = 0; i < rows; i++, out += <usize>stride << 2, x += <usize>xStride << 2) memory.copy(out, x, <usize>columns << 2);
}

/** out[i, :] = x[indices[i], :] */
export function gather_rows_f32(out: usize, x: usize, indices: usize, count: i32, columns: i32): void {
  const row: usize = <usize>columns << 2;
  for (let i = 0; i < count; i++, out += row) memory.copy(out, x + <usize>load<i32>(indices + (<usize>i << 2)) * row, row);
}

/** dx = 0, then dx[indices[i], :] += dy[i, :], in the order of i */
export function gather_rows_backward_f32(dx: usize, dy: usize, indices: usize, count: i32, rows: i32, columns: i32): void {
  memory.fill(dx, 0, <usize>(rows * columns) << 2);
  for (let i = 0; i < count; i++) {
    let to = dx + (<usize>(load<i32>(indices + (<usize>i << 2)) * columns) << 2);
    for (let c = 0; c < columns; c++, to += 4, dy += 4) store<f32>(to, load<f32>(to) + load<f32>(dy));
  }
}

/** out[r, c] = c == labels[r] ? on : off */
export function one_hot_f32(out: usize, labels: usize, rows: i32, classes: i32, on: f32, off: f32): void {
  for (let r = 0; r < rows; r++, labels += 4) {
    const label = load<i32>(labels);
    for (let c = 0; c < classes; c++, out += 4) store<f32>(out, c == label ? on : off);
  }
}

/** out[i] = x[i] * scale + shift from bytes: pixels become numbers */
export function rescale_u8_f32(out: usize, x: usize, n: i32, scale: f32, shift: f32): void {
  let i = 0;
  if (SIMD) for (; i < n - 7; i += 8, x += 8, out += 32) {
    const words = v128.load_ext<u8>(x);
    v128.store(out, f32x4.add(f32x4.mul(f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(words)), f32x4.splat(scale)), f32x4.splat(shift)));
    v128.store(out, f32x4.add(f32x4.mul(f32x4.convert_i32x4_u(i32x4.extend_high_i16x8_u(words)), f32x4.splat(scale)), f32x4.splat(shift)), 16);
  }
  for (; i < n; i++, x++, out += 4) store<f32>(out, <f32>load<u8>(x) * scale + shift);
}
