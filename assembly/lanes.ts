// One number or four: every elementwise kernel is written once over T, which is `f32` in the scalar build
// and `v128` in the others. The same operations in the same order give the same bits in both.
// The only file that knows the SIMD feature constants.

/**
 * True in the builds with 128-bit vectors.
 * @inline
 */
export const SIMD: bool = ASC_FEATURE_SIMD;

/**
 * True in the build whose multiplications and additions are fused.
 * @inline
 */
export const RELAXED: bool = ASC_FEATURE_RELAXED_SIMD;

/** @inline */
export function splat<T>(x: f32): T {
  if (isVector<T>()) return changetype<T>(f32x4.splat(x));
  else return changetype<T>(x);
}

/**
 * Constant i of a table in memory: one instruction, where V8 builds a splat anew, in three or four, each time.
 * @inline
 */
export function constant<T>(table: usize, i: usize = 0): T {
  if (isVector<T>()) return changetype<T>(v128.load_splat<f32>(table + (i << 2)));
  else return changetype<T>(load<f32>(table + (i << 2)));
}

/** @inline */
export function loadLanes<T>(p: usize): T {
  if (isVector<T>()) return changetype<T>(v128.load(p));
  else return changetype<T>(load<f32>(p));
}

/** @inline */
export function storeLanes<T>(p: usize, x: T): void {
  if (isVector<T>()) v128.store(p, changetype<v128>(x));
  else store<f32>(p, changetype<f32>(x));
}

/**
 * The lanes so many places behind p, a constant from 1 to 3: the distance is part of the instruction, where p + 16 is one more.
 * @inline
 */
export function loadBehind<T>(p: usize, places: i32): T {
  if (isVector<T>()) return changetype<T>(places == 1 ? v128.load(p, 16) : places == 2 ? v128.load(p, 32) : v128.load(p, 48));
  else return changetype<T>(places == 1 ? load<f32>(p, 4) : places == 2 ? load<f32>(p, 8) : load<f32>(p, 12));
}

/**
 * The same, written.
 * @inline
 */
export function storeBehind<T>(p: usize, places: i32, x: T): void {
  if (isVector<T>()) {
    if (places == 1) v128.store(p, changetype<v128>(x), 16);
    else if (places == 2) v128.store(p, changetype<v128>(x), 32);
    else v128.store(p, changetype<v128>(x), 48);
  } else if (places == 1) store<f32>(p, changetype<f32>(x), 4);
  else if (places == 2) store<f32>(p, changetype<f32>(x), 8);
  else store<f32>(p, changetype<f32>(x), 12);
}

/** @inline */
export function add<T>(a: T, b: T): T {
  if (isVector<T>()) return changetype<T>(f32x4.add(changetype<v128>(a), changetype<v128>(b)));
  else return changetype<T>(changetype<f32>(a) + changetype<f32>(b));
}

/** @inline */
export function sub<T>(a: T, b: T): T {
  if (isVector<T>()) return changetype<T>(f32x4.sub(changetype<v128>(a), changetype<v128>(b)));
  else return changetype<T>(changetype<f32>(a) - changetype<f32>(b));
}

/** @inline */
export function mul<T>(a: T, b: T): T {
  if (isVector<T>()) return changetype<T>(f32x4.mul(changetype<v128>(a), changetype<v128>(b)));
  else return changetype<T>(changetype<f32>(a) * changetype<f32>(b));
}

/** @inline */
export function div<T>(a: T, b: T): T {
  if (isVector<T>()) return changetype<T>(f32x4.div(changetype<v128>(a), changetype<v128>(b)));
  else return changetype<T>(changetype<f32>(a) / changetype<f32>(b));
}

/**
 * a * b + c, rounded twice; fused only in the relaxed build.
 * @inline
 */
export function madd<T>(a: T, b: T, c: T): T {
  if (isVector<T>()) {
    if (RELAXED) return changetype<T>(f32x4.relaxed_madd(changetype<v128>(a), changetype<v128>(b), changetype<v128>(c)));
    else return changetype<T>(f32x4.add(f32x4.mul(changetype<v128>(a), changetype<v128>(b)), changetype<v128>(c)));
  } else return changetype<T>(changetype<f32>(a) * changetype<f32>(b) + changetype<f32>(c));
}

/** @inline */
export function maximum<T>(a: T, b: T): T {
  if (isVector<T>()) return changetype<T>(f32x4.max(changetype<v128>(a), changetype<v128>(b)));
  else return changetype<T>(max<f32>(changetype<f32>(a), changetype<f32>(b)));
}

/** @inline */
export function minimum<T>(a: T, b: T): T {
  if (isVector<T>()) return changetype<T>(f32x4.min(changetype<v128>(a), changetype<v128>(b)));
  else return changetype<T>(min<f32>(changetype<f32>(a), changetype<f32>(b)));
}

/** @inline */
export function negate<T>(x: T): T {
  if (isVector<T>()) return changetype<T>(f32x4.neg(changetype<v128>(x)));
  else return changetype<T>(-changetype<f32>(x));
}

/** @inline */
export function absolute<T>(x: T): T {
  if (isVector<T>()) return changetype<T>(f32x4.abs(changetype<v128>(x)));
  else return changetype<T>(abs<f32>(changetype<f32>(x)));
}

/** @inline */
export function squareRoot<T>(x: T): T {
  if (isVector<T>()) return changetype<T>(f32x4.sqrt(changetype<v128>(x)));
  else return changetype<T>(sqrt<f32>(changetype<f32>(x)));
}

/**
 * a > b ? yes : no, lane by lane; a NaN on either side chooses `no`.
 * @inline
 */
export function ifGreater<T>(a: T, b: T, yes: T, no: T): T {
  if (isVector<T>())
    return changetype<T>(v128.bitselect(changetype<v128>(yes), changetype<v128>(no), f32x4.gt(changetype<v128>(a), changetype<v128>(b))));
  else return changetype<T>(select<f32>(changetype<f32>(yes), changetype<f32>(no), changetype<f32>(a) > changetype<f32>(b)));
}

/**
 * a == b ? yes : no, lane by lane.
 * @inline
 */
export function ifEqual<T>(a: T, b: T, yes: T, no: T): T {
  if (isVector<T>())
    return changetype<T>(v128.bitselect(changetype<v128>(yes), changetype<v128>(no), f32x4.eq(changetype<v128>(a), changetype<v128>(b))));
  else return changetype<T>(select<f32>(changetype<f32>(yes), changetype<f32>(no), changetype<f32>(a) == changetype<f32>(b)));
}

/**
 * |x| with the sign bit of s.
 * @inline
 */
export function withSignOf<T>(x: T, s: T): T {
  if (isVector<T>()) {
    const mask = i32x4.splat(0x7fffffff);
    return changetype<T>(v128.bitselect(changetype<v128>(x), changetype<v128>(s), mask));
  } else return changetype<T>(copysign<f32>(changetype<f32>(x), changetype<f32>(s)));
}

/**
 * 2^(n + bias) from `sum` = n + 1.5 · 2^23, whose low bits hold n; n + bias is in [-127, 128]: 0 at one end, Infinity at
 * the other. Such a sum also rounds to the nearest integer: no `nearest`, and no `trunc_sat`, which V8 makes seven
 * instructions of.
 * @inline
 */
export function powerOfTwo<T>(sum: T, bias: i32 = 0): T {
  if (isVector<T>()) return changetype<T>(i32x4.add(i32x4.shl(changetype<v128>(sum), 23), i32x4.splat((127 + bias) << 23)));
  else return changetype<T>(reinterpret<f32>((reinterpret<i32>(changetype<f32>(sum)) << 23) + ((127 + bias) << 23)));
}

/**
 * ⌊n / 2⌋ in the low bits, from the same `sum`.
 * @inline
 */
export function halfOf<T>(sum: T): T {
  if (isVector<T>()) return changetype<T>(i32x4.shr_s(changetype<v128>(sum), 1));
  else return changetype<T>(reinterpret<f32>(reinterpret<i32>(changetype<f32>(sum)) >> 1));
}

/**
 * The difference of the bits as integers.
 * @inline
 */
export function subBits<T>(a: T, b: T): T {
  if (isVector<T>()) return changetype<T>(i32x4.sub(changetype<v128>(a), changetype<v128>(b)));
  else return changetype<T>(reinterpret<f32>(reinterpret<i32>(changetype<f32>(a)) - reinterpret<i32>(changetype<f32>(b))));
}

/**
 * The unbiased exponent field of a positive, normal x, as a float.
 * @inline
 */
export function exponent<T>(x: T): T {
  if (isVector<T>()) return changetype<T>(f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_u(changetype<v128>(x), 23), i32x4.splat(127))));
  else return changetype<T>(<f32>(<i32>(reinterpret<u32>(changetype<f32>(x)) >>> 23) - 127));
}

/**
 * The significand of a positive, normal x, in [1, 2).
 * @inline
 */
export function significand<T>(x: T): T {
  if (isVector<T>()) return changetype<T>(v128.or(v128.and(changetype<v128>(x), i32x4.splat(0x007fffff)), i32x4.splat(0x3f800000)));
  else return changetype<T>(reinterpret<f32>((reinterpret<u32>(changetype<f32>(x)) & 0x007fffff) | 0x3f800000));
}

/**
 * a < b ? b : a, one instruction; a NaN in `a` stays.
 * @inline
 */
export function larger<T>(a: T, b: T): T {
  if (isVector<T>()) return changetype<T>(f32x4.pmax(changetype<v128>(a), changetype<v128>(b)));
  else return changetype<T>(select<f32>(changetype<f32>(b), changetype<f32>(a), changetype<f32>(a) < changetype<f32>(b)));
}

/**
 * b < a ? b : a, one instruction; a NaN in `a` stays.
 * @inline
 */
export function smaller<T>(a: T, b: T): T {
  if (isVector<T>()) return changetype<T>(f32x4.pmin(changetype<v128>(a), changetype<v128>(b)));
  else return changetype<T>(select<f32>(changetype<f32>(b), changetype<f32>(a), changetype<f32>(b) < changetype<f32>(a)));
}

/**
 * No lane is NaN.
 * @inline
 */
export function isOrdered<T>(x: T): bool {
  if (isVector<T>()) return i32x4.all_true(f32x4.eq(changetype<v128>(x), changetype<v128>(x)));
  else return changetype<f32>(x) == changetype<f32>(x);
}

/**
 * ⌊x⌋
 * @inline
 */
export function roundDown<T>(x: T): T {
  if (isVector<T>()) return changetype<T>(f32x4.floor(changetype<v128>(x)));
  else return changetype<T>(floor<f32>(changetype<f32>(x)));
}

/**
 * The nearest whole number, of two the even one.
 * @inline
 */
export function nearestWhole<T>(x: T): T {
  if (isVector<T>()) return changetype<T>(f32x4.nearest(changetype<v128>(x)));
  else return changetype<T>(nearest<f32>(changetype<f32>(x)));
}
