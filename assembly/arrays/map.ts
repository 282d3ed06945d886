// Functions of one array, element by element, beside those of elementwise/activation.ts.

import { backward, forward } from "../elementwise/map";
import { absolute, constant, ifGreater, madd, mul, nearestWhole, roundDown, splat, sub, withSignOf } from "../lanes";
import { erfc, expOfNegative } from "../math";
import { elementEnd, elementStart, elementUnits } from "../range";
import { cosine, sine } from "./turns";

@final
@unmanaged
class Sign {
  @inline forward<T>(x: T, alpha: T): T {
    return ifGreater<T>(x, splat<T>(0), splat<T>(1), ifGreater<T>(splat<T>(0), x, splat<T>(-1), x));
  }
  @inline backward<T>(dy: T, x: T, y: T, alpha: T): T {
    return splat<T>(0);
  }
}

/** y[n] = −1, 0 or 1 as x[n] is below, at or above 0; zeros keep their sign, a NaN stays */
export function sign_f32(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  forward<Sign>(y, x, n, alpha, from, to);
}
export function sign_f32_units(n: i32): i32 {
  return elementUnits(n);
}

@final
@unmanaged
class Floor {
  @inline forward<T>(x: T, alpha: T): T {
    return roundDown<T>(x);
  }
  @inline backward<T>(dy: T, x: T, y: T, alpha: T): T {
    return splat<T>(0);
  }
}

/** y[n] = ⌊x[n]⌋ */
export function floor_f32(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  forward<Floor>(y, x, n, alpha, from, to);
}
export function floor_f32_units(n: i32): i32 {
  return elementUnits(n);
}

@final
@unmanaged
class Round {
  @inline forward<T>(x: T, alpha: T): T {
    return nearestWhole<T>(x);
  }
  @inline backward<T>(dy: T, x: T, y: T, alpha: T): T {
    return splat<T>(0);
  }
}

/** y[n] = the nearest whole number, of two the even one */
export function round_f32(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  forward<Round>(y, x, n, alpha, from, to);
}
export function round_f32_units(n: i32): i32 {
  return elementUnits(n);
}

/** 2 / √π times the series of erf, in powers of x² from the highest; within 1 ulp up to ½ */
const ERF: usize = memory.data<f32>([1.2055332e-4, -8.548327e-4, 5.2239776e-3, -2.6866171e-2, 1.1283792e-1, -3.7612639e-1, 1.1283792]);
const ERF_SERIES_ENDS: usize = memory.data<f32>([0.5]);

@final
@unmanaged
class Erf {
  @inline forward<T>(x: T, alpha: T): T {
    const a = absolute<T>(x),
      s = mul<T>(x, x);
    let p = madd<T>(constant<T>(ERF), s, constant<T>(ERF, 1));
    p = madd<T>(p, s, constant<T>(ERF, 2));
    p = madd<T>(p, s, constant<T>(ERF, 3));
    p = madd<T>(p, s, constant<T>(ERF, 4));
    p = madd<T>(p, s, constant<T>(ERF, 5));
    p = madd<T>(p, s, constant<T>(ERF, 6));
    const large = withSignOf<T>(sub<T>(splat<T>(1), erfc<T>(a)), x);
    return ifGreater<T>(a, constant<T>(ERF_SERIES_ENDS), large, mul<T>(p, x));
  }
  @inline backward<T>(dy: T, x: T, y: T, alpha: T): T {
    return mul<T>(mul<T>(dy, constant<T>(ERF, 6)), expOfNegative<T>(sub<T>(splat<T>(0), mul<T>(x, x))));
  }
}

/** y[n] = erf(x[n]), the error function */
export function erf_f32(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  forward<Erf>(y, x, n, alpha, from, to);
}
export function erf_f32_units(n: i32): i32 {
  return elementUnits(n);
}
/** dx[n] = dy[n] * 2 / √π * e^(−x[n]²) */
export function erf_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  backward<Erf>(dx, dy, x, y, n, alpha, from, to);
}
export function erf_backward_f32_units(n: i32): i32 {
  return elementUnits(n);
}

/** y[n] = sin x[n] */
export function sin_f32(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  const end = elementEnd(n, to);
  for (let i = elementStart(from); i < end; i += 4) store<f32>(y + i, sine(load<f32>(x + i)));
}
export function sin_f32_units(n: i32): i32 {
  return elementUnits(n);
}
/** dx[n] = dy[n] * cos x[n] */
export function sin_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  const end = elementEnd(n, to);
  for (let i = elementStart(from); i < end; i += 4) store<f32>(dx + i, load<f32>(dy + i) * cosine(load<f32>(x + i)));
}
export function sin_backward_f32_units(n: i32): i32 {
  return elementUnits(n);
}

/** y[n] = cos x[n] */
export function cos_f32(y: usize, x: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  const end = elementEnd(n, to);
  for (let i = elementStart(from); i < end; i += 4) store<f32>(y + i, cosine(load<f32>(x + i)));
}
export function cos_f32_units(n: i32): i32 {
  return elementUnits(n);
}
/** dx[n] = −dy[n] * sin x[n] */
export function cos_backward_f32(dx: usize, dy: usize, x: usize, y: usize, n: i32, alpha: f32, from: i32, to: i32): void {
  const end = elementEnd(n, to);
  for (let i = elementStart(from); i < end; i += 4) store<f32>(dx + i, -load<f32>(dy + i) * sine(load<f32>(x + i)));
}
export function cos_backward_f32_units(n: i32): i32 {
  return elementUnits(n);
}
