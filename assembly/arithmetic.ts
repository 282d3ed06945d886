// Elementwise arithmetic of two arrays with broadcasting. The caller merges the axes to at most four; each operand
// has a stride in floats per axis, 0 where it is repeated. Out is contiguous.

import { add, div, ifGreater, maximum, minimum, mul, SIMD, splat, sub } from "./lanes";

@final @unmanaged class Add { @inline of<T>(a: T, b: T): T { return add<T>(a, b); } }
@final @unmanaged class Subtract { @inline of<T>(a: T, b: T): T { return sub<T>(a, b); } }
@final @unmanaged class Multiply { @inline of<T>(a: T, b: T): T { return mul<T>(a, b); } }
@final @unmanaged class Divide { @inline of<T>(a: T, b: T): T { return div<T>(a, b); } }
@final @unmanaged class Maximum { @inline of<T>(a: T, b: T): T { return maximum<T>(a, b); } }
@final @unmanaged class Minimum { @inline of<T>(a: T, b: T): T { return minimum<T>(a, b); } }
/** 1 where a > b, else 0: which operand won. */
@final @unmanaged class Greater { @inline of<T>(a: T, b: T): T { return ifGreater<T>(a, b, splat<T>(1), splat<T>(0)); } }

// @ts-ignore: decorator
@inline function broadcast<F>(out: usize, a: usize, b: usize, d0: i32, d1: i32, d2: i32, d3: i32,
  a0: i32, a1: i32, a2: i32, a3: i32, b0: i32, b1: i32, b2: i32, b3: i32): void {
  for (let i = 0; i < d0; i++)
    for (let j = 0; j < d1; j++)
      for (let k = 0; k < d2; k++, out += <usize>d3 << 2)
        row<F>(out, a + (<usize>(i * a0 + j * a1 + k * a2) << 2), b + (<usize>(i * b0 + j * b1 + k * b2) << 2), d3, a3, b3);
}

// @ts-ignore: decorator
@inline function row<F>(out: usize, a: usize, b: usize, n: i32, strideA: i32, strideB: i32): void {
  const f = changetype<F>(0);
  let i = 0;
  if (SIMD && strideA <= 1 && strideB <= 1) {
    const stepA: usize = <usize>strideA << 4, stepB: usize = <usize>strideB << 4;
    if (stepA && stepB) for (; i < n - 3; i += 4, out += 16, a += 16, b += 16) v128.store(out, f.of<v128>(v128.load(a), v128.load(b)));
    else if (stepA) {
      const right = v128.load_splat<f32>(b);
      for (; i < n - 3; i += 4, out += 16, a += 16) v128.store(out, f.of<v128>(v128.load(a), right));
    } else if (stepB) {
      const left = v128.load_splat<f32>(a);
      for (; i < n - 3; i += 4, out += 16, b += 16) v128.store(out, f.of<v128>(left, v128.load(b)));
    }
  }
  for (; i < n; i++, out += 4, a += <usize>strideA << 2, b += <usize>strideB << 2) store<f32>(out, f.of<f32>(load<f32>(a), load<f32>(b)));
}

export function add_f32(out: usize, a: usize, b: usize, d0: i32, d1: i32, d2: i32, d3: i32, a0: i32, a1: i32, a2: i32, a3: i32, b0: i32, b1: i32, b2: i32, b3: i32): void { broadcast<Add>(out, a, b, d0, d1, d2, d3, a0, a1, a2, a3, b0, b1, b2, b3); }
export function subtract_f32(out: usize, a: usize, b: usize, d0: i32, d1: i32, d2: i32, d3: i32, a0: i32, a1: i32, a2: i32, a3: i32, b0: i32, b1: i32, b2: i32, b3: i32): void { broadcast<Subtract>(out, a, b, d0, d1, d2, d3, a0, a1, a2, a3, b0, b1, b2, b3); }
export function multiply_f32(out: usize, a: usize, b: usize, d0: i32, d1: i32, d2: i32, d3: i32, a0: i32, a1: i32, a2: i32, a3: i32, b0: i32, b1: i32, b2: i32, b3: i32): void { broadcast<Multiply>(out, a, b, d0, d1, d2, d3, a0, a1, a2, a3, b0, b1, b2, b3); }
export function divide_f32(out: usize, a: usize, b: usize, d0: i32, d1: i32, d2: i32, d3: i32, a0: i32, a1: i32, a2: i32, a3: i32, b0: i32, b1: i32, b2: i32, b3: i32): void { broadcast<Divide>(out, a, b, d0, d1, d2, d3, a0, a1, a2, a3, b0, b1, b2, b3); }
export function maximum_f32(out: usize, a: usize, b: usize, d0: i32, d1: i32, d2: i32, d3: i32, a0: i32, a1: i32, a2: i32, a3: i32, b0: i32, b1: i32, b2: i32, b3: i32): void { broadcast<Maximum>(out, a, b, d0, d1, d2, d3, a0, a1, a2, a3, b0, b1, b2, b3); }
export function minimum_f32(out: usize, a: usize, b: usize, d0: i32, d1: i32, d2: i32, d3: i32, a0: i32, a1: i32, a2: i32, a3: i32, b0: i32, b1: i32, b2: i32, b3: i32): void { broadcast<Minimum>(out, a, b, d0, d1, d2, d3, a0, a1, a2, a3, b0, b1, b2, b3); }
export function greater_f32(out: usize, a: usize, b: usize, d0: i32, d1: i32, d2: i32, d3: i32, a0: i32, a1: i32, a2: i32, a3: i32, b0: i32, b1: i32, b2: i32, b3: i32): void { broadcast<Greater>(out, a, b, d0, d1, d2, d3, a0, a1, a2, a3, b0, b1, b2, b3); }

/** out[i] = x[i] * scale + shift */
export function scale_shift_f32(out: usize, x: usize, n: i32, scale: f32, shift: f32): void {
  let i = 0;
  if (SIMD) for (; i < n - 3; i += 4, out += 16, x += 16) v128.store(out, f32x4.add(f32x4.mul(v128.load(x), f32x4.splat(scale)), f32x4.splat(shift)));
  for (; i < n; i++, out += 4, x += 4) store<f32>(out, load<f32>(x) * scale + shift);
}

/** to[i] += x[i] * scale: gradients that accumulate */
export function add_scaled_f32(to: usize, x: usize, n: i32, scale: f32): void {
  let i = 0;
  if (SIMD) for (; i < n - 3; i += 4, to += 16, x += 16) v128.store(to, f32x4.add(v128.load(to), f32x4.mul(v128.load(x), f32x4.splat(scale))));
  for (; i < n; i++, to += 4, x += 4) store<f32>(to, load<f32>(to) + load<f32>(x) * scale);
}
