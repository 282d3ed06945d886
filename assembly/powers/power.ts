// Powers of two operands with broadcasting, and their slopes.

import { broadcast, BroadcastShape } from "../elementwise/broadcast";
import { axisUnits } from "../range";
import { exp64, log64 } from "./double";

/** Whole exponents up to it are products: squares of 2^20 numbers take 12.7 ms, and 2.5th powers 47 (Intel Xeon, Node 20). */
const MOST_FACTORS: f32 = 8;

/** a^b of a whole b */
function product(a: f32, b: i32): f32 {
  let y: f64 = 1;
  for (let i = abs<i32>(b); i > 0; i--) y *= <f64>a;
  return <f32>(b < 0 ? 1 / y : y);
}

/** a^b, by the rules of C's pow: 1 where b is 0 or a is 1; NaN where a is below 0 and b is not whole */
function power(a: f32, b: f32): f32 {
  if (b == 0 || a == 1) return 1;
  if (a != a || b != b) return NaN;
  if (abs<f32>(b) <= MOST_FACTORS && nearest<f32>(b) == b) return product(a, <i32>b);
  const size = abs<f32>(a),
    odd = abs<f32>(b) < 16777216 && nearest<f32>(b) == b && (<i32>b & 1) != 0;
  if (a < 0 && nearest<f32>(b) != b) return NaN;
  // ln 0 and ln ∞ times b are infinite with the right sign; ln 1 times an infinite b would be NaN
  const y = size == 1 ? <f32>1 : <f32>exp64(<f64>b * log64(<f64>size));
  return odd ? copysign<f32>(y, a) : y;
}

/** What a^b changes by with a: b a^(b − 1), 0 where b is 0 */
function slopeOfBase(a: f32, b: f32): f32 {
  return b == 0 ? 0 : b * power(a, b - 1);
}

/** What it changes by with b: a^b ln a; 0 where a is not above 0 */
function slopeOfExponent(a: f32, b: f32): f32 {
  return a > 0 ? <f32>(<f64>power(a, b) * log64(<f64>a)) : a != a ? a : 0;
}

const POWER: i32 = 0;
const BASE_SLOPE: i32 = 1;
const EXPONENT_SLOPE: i32 = 2;

@final
@unmanaged
class Powers {
  rows(operation: i32, out: usize, a: usize, b: usize, m: i32, n: i32, am: i32, an: i32, bm: i32, bn: i32): void {
    for (let k = 0; k < m; k++)
      for (let i = 0; i < n; i++, out += 4) {
        const x = load<f32>(a + ((<usize>(k * am + i * an)) << 2)),
          y = load<f32>(b + ((<usize>(k * bm + i * bn)) << 2));
        store<f32>(out, operation == POWER ? power(x, y) : operation == BASE_SLOPE ? slopeOfBase(x, y) : slopeOfExponent(x, y));
      }
  }
}

/** out[d0, d1, d2, d3] = a^b, within an ulp; NaN where a < 0 and b is not whole */
export function power_f32(out: usize, a: usize, b: usize, shape: BroadcastShape, from: i32, to: i32): void {
  broadcast<Powers>(POWER, out, a, b, shape, from, to);
}
export function power_f32_units(shape: BroadcastShape): i32 {
  return axisUnits(shape.d0, shape.d1, shape.d2, shape.d3);
}

/** out[d0, d1, d2, d3] = b a^(b − 1), what a^b changes by with a; 0 where b is 0 */
export function power_base_slope_f32(out: usize, a: usize, b: usize, shape: BroadcastShape, from: i32, to: i32): void {
  broadcast<Powers>(BASE_SLOPE, out, a, b, shape, from, to);
}
export function power_base_slope_f32_units(shape: BroadcastShape): i32 {
  return axisUnits(shape.d0, shape.d1, shape.d2, shape.d3);
}

/** out[d0, d1, d2, d3] = a^b ln a, what a^b changes by with b; 0 where a ≤ 0 */
export function power_exponent_slope_f32(out: usize, a: usize, b: usize, shape: BroadcastShape, from: i32, to: i32): void {
  broadcast<Powers>(EXPONENT_SLOPE, out, a, b, shape, from, to);
}
export function power_exponent_slope_f32_units(shape: BroadcastShape): i32 {
  return axisUnits(shape.d0, shape.d1, shape.d2, shape.d3);
}
