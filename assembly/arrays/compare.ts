// Comparisons of two operands with broadcasting, and the remainder. `greater` is a kernel of the core: maximum needs it.

import { broadcast, BroadcastShape, rows } from "../elementwise/broadcast";
import { ifEqual, ifGreater, splat } from "../lanes";
import { axisUnits } from "../range";

@final
@unmanaged
class Equal {
  @inline of<T>(a: T, b: T): T {
    return ifEqual<T>(a, b, splat<T>(1), splat<T>(0));
  }
}
@final
@unmanaged
class NotEqual {
  @inline of<T>(a: T, b: T): T {
    return ifEqual<T>(a, b, splat<T>(0), splat<T>(1));
  }
}
@final
@unmanaged
class GreaterEqual {
  @inline of<T>(a: T, b: T): T {
    return ifGreater<T>(a, b, splat<T>(1), ifEqual<T>(a, b, splat<T>(1), splat<T>(0)));
  }
}
@final
@unmanaged
class Remainder {
  @inline of<T>(a: T, b: T): T {
    if (isVector<T>()) {
      const left = changetype<v128>(a),
        right = changetype<v128>(b);
      let y = f32x4.splat(remainder(f32x4.extract_lane(left, 0), f32x4.extract_lane(right, 0)));
      y = f32x4.replace_lane(y, 1, remainder(f32x4.extract_lane(left, 1), f32x4.extract_lane(right, 1)));
      y = f32x4.replace_lane(y, 2, remainder(f32x4.extract_lane(left, 2), f32x4.extract_lane(right, 2)));
      return changetype<T>(f32x4.replace_lane(y, 3, remainder(f32x4.extract_lane(left, 3), f32x4.extract_lane(right, 3))));
    } else return changetype<T>(remainder(changetype<f32>(a), changetype<f32>(b)));
  }
}

/** What is left of a behind the largest multiple of b that is not beyond it, exact but for one rounding; it has the sign of b. */
function remainder(a: f32, b: f32): f32 {
  const rest = a % b; // has the sign of a
  return rest == 0 ? copysign<f32>(0, b) : rest < 0 != b < 0 ? rest + b : rest;
}

const EQUAL: i32 = 0;
const NOT_EQUAL: i32 = 1;
const GREATER_EQUAL: i32 = 2;

@final
@unmanaged
class Comparisons {
  @inline rows(operation: i32, out: usize, a: usize, b: usize, m: i32, n: i32, am: i32, an: i32, bm: i32, bn: i32): void {
    switch (operation) {
      case EQUAL: {
        rows<Equal>(out, a, b, m, n, am, an, bm, bn);
        break;
      }
      case NOT_EQUAL: {
        rows<NotEqual>(out, a, b, m, n, am, an, bm, bn);
        break;
      }
      case GREATER_EQUAL: {
        rows<GreaterEqual>(out, a, b, m, n, am, an, bm, bn);
        break;
      }
      default:
        rows<Remainder>(out, a, b, m, n, am, an, bm, bn);
    }
  }
}

/** out[d0, d1, d2, d3] = 1 where a = b, else 0, as where one is NaN */
export function equal_f32(out: usize, a: usize, b: usize, shape: BroadcastShape, from: i32, to: i32): void {
  broadcast<Comparisons>(EQUAL, out, a, b, shape, from, to);
}
export function equal_f32_units(shape: BroadcastShape): i32 {
  return axisUnits(shape.d0, shape.d1, shape.d2, shape.d3);
}

/** out[d0, d1, d2, d3] = 1 where a ≠ b or one is NaN, else 0 */
export function not_equal_f32(out: usize, a: usize, b: usize, shape: BroadcastShape, from: i32, to: i32): void {
  broadcast<Comparisons>(NOT_EQUAL, out, a, b, shape, from, to);
}
export function not_equal_f32_units(shape: BroadcastShape): i32 {
  return axisUnits(shape.d0, shape.d1, shape.d2, shape.d3);
}

/** out[d0, d1, d2, d3] = 1 where a ≥ b, else 0 */
export function greater_equal_f32(out: usize, a: usize, b: usize, shape: BroadcastShape, from: i32, to: i32): void {
  broadcast<Comparisons>(GREATER_EQUAL, out, a, b, shape, from, to);
}
export function greater_equal_f32_units(shape: BroadcastShape): i32 {
  return axisUnits(shape.d0, shape.d1, shape.d2, shape.d3);
}

/** out[d0, d1, d2, d3] = a − ⌊a / b⌋ b, the remainder with the sign of b; NaN where b is 0 */
export function mod_f32(out: usize, a: usize, b: usize, shape: BroadcastShape, from: i32, to: i32): void {
  broadcast<Comparisons>(3, out, a, b, shape, from, to);
}
export function mod_f32_units(shape: BroadcastShape): i32 {
  return axisUnits(shape.d0, shape.d1, shape.d2, shape.d3);
}
