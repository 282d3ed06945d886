// Numbers of one element type as another.

import { elementEnd, elementStart, elementUnits } from "../range";

/** out[n] = x[n] without its fraction, int32; 0 where it is NaN, the nearest int32 where it is beyond them */
export function cast_i32(out: usize, x: usize, n: i32, from: i32, to: i32): void {
  const end = elementEnd(n, to);
  for (let i = elementStart(from); i < end; i += 4) store<i32>(out + i, whole(load<f32>(x + i)));
}
export function cast_i32_units(n: i32): i32 {
  return elementUnits(n);
}

function whole(x: f32): i32 {
  if (x != x) return 0;
  return x >= 2147483648 ? i32.MAX_VALUE : x < -2147483648 ? i32.MIN_VALUE : <i32>x;
}

/** out[n] = x[n], an int32, rounded to the nearest float32 */
export function cast_i32_f32(out: usize, x: usize, n: i32, from: i32, to: i32): void {
  const end = elementEnd(n, to);
  for (let i = elementStart(from); i < end; i += 4) store<f32>(out + i, <f32>load<i32>(x + i));
}
export function cast_i32_f32_units(n: i32): i32 {
  return elementUnits(n);
}
