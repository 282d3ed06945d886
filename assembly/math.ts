// Transcendental functions in f32 over lanes (see lanes.ts): the kernels' own, because the hosts' differ in the
// last bit between engines and versions. Coefficients: Cephes 2.2 single precision (expf, logf, tanhf) and
// Numerical Recipes (erfcc). Errors measured against f64 in test/ops: within 2 ulp for exp and log.

import {
  absolute,
  add,
  constant,
  div,
  exponent,
  halfOf,
  ifEqual,
  ifGreater,
  larger,
  madd,
  mul,
  negate,
  powerOfTwo,
  significand,
  smaller,
  splat,
  sub,
  subBits,
  withSignOf,
} from "./lanes";

// Constants lie in tables in memory. A sigmoid of 4,096 numbers takes 6.6 µs (AMD EPYC, Node 20, simd); with constants
// in the code 10.9, inlined into its loop as well: V8 makes them anew in every round. Inlined from tables it takes 6.1,
// for 2.4 KB. Polynomials of exp go by pairs of powers: term by term its chain of 20 operations takes 7.1.

const ONE: usize = memory.data<f32>([1]),
  HALF: usize = memory.data<f32>([0.5]);
const LOG2_E: usize = memory.data<f32>([1.44269504088896341]),
  ROUNDER: usize = memory.data<f32>([12582912]); // 1.5 · 2^23
/** −ln 2 in two parts: a multiple of the first is exact. */
const LN_2: usize = memory.data<f32>([-0.693359375, 2.1219444e-4]);
/** Polynomials begin with the highest power. */
const EXP: usize = memory.data<f32>([1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1]);
/** Where e^x is 0, where it is Infinity, and what keeps 2^n in one normal factor. */
const VANISHES: usize = memory.data<f32>([-104.5]),
  OVERFLOWS: usize = memory.data<f32>([89.5]);
const LEAST: usize = memory.data<f32>([-87]),
  MOST: usize = memory.data<f32>([88.5]);
const TWO_TO_MINUS_24: usize = memory.data<f32>([5.9604644775390625e-8]);

/**
 * x log2 e, rounded: the integer n lies in the low bits (powerOfTwo).
 * @inline
 */
function binaryExponent<T>(x: T): T {
  return madd<T>(x, constant<T>(LOG2_E), constant<T>(ROUNDER));
}

/**
 * e^(x − n ln 2)
 * @inline
 */
function expRemainder<T>(x: T, sum: T): T {
  const n = sub<T>(sum, constant<T>(ROUNDER));
  const r = madd<T>(n, constant<T>(LN_2, 1), madd<T>(n, constant<T>(LN_2), x)),
    s = mul<T>(r, r);
  let p = madd<T>(constant<T>(EXP), r, constant<T>(EXP, 1));
  p = madd<T>(p, s, madd<T>(constant<T>(EXP, 2), r, constant<T>(EXP, 3)));
  p = madd<T>(p, s, madd<T>(constant<T>(EXP, 4), r, constant<T>(EXP, 5)));
  return add<T>(madd<T>(p, s, r), constant<T>(ONE));
}

/** e^x; 0 below −104, Infinity above 88.8; subnormal results are kept. */
export function exp<T>(x: T): T {
  const within = smaller<T>(larger<T>(x, constant<T>(VANISHES)), constant<T>(OVERFLOWS)); // a NaN stays
  const sum = binaryExponent<T>(within),
    half = halfOf<T>(sum);
  // 2^n in two factors, so that neither leaves the normal range
  return mul<T>(mul<T>(expRemainder<T>(within, sum), powerOfTwo<T>(half)), powerOfTwo<T>(subBits<T>(sum, half)));
}

/** The same for x ≤ 0, where one factor and a constant do. */
export function expOfNegative<T>(x: T): T {
  const within = larger<T>(x, constant<T>(VANISHES)),
    sum = binaryExponent<T>(within);
  // 2^(n + 24) is normal or, below −104, 0; the product with 2^−24 is rounded once, where it is subnormal
  return mul<T>(mul<T>(expRemainder<T>(within, sum), powerOfTwo<T>(sum, 24)), constant<T>(TWO_TO_MINUS_24));
}

/**
 * The same for x in [−87, 88.5], where one factor does; Infinity from 88.38.
 * @inline
 */
function expWithin<T>(x: T): T {
  const sum = binaryExponent<T>(x);
  return mul<T>(expRemainder<T>(x, sum), powerOfTwo<T>(sum));
}

const LOG: usize = memory.data<f32>([
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1,
  3.3333331174e-1,
]);
const SMALLEST_NORMAL: usize = memory.data<f32>([1.17549435e-38]),
  LARGEST: usize = memory.data<f32>([3.4028234663852886e38]);
const LIFT: usize = memory.data<f32>([8388608, 23]); // 2^23 and its logarithm
const ROOT_2: usize = memory.data<f32>([1.41421356237]),
  NOTHING: usize = memory.data<f32>([-Infinity, NaN]);

/** ln x; −Infinity at 0, NaN below. */
export function log<T>(x: T): T {
  const smallest = constant<T>(SMALLEST_NORMAL),
    one = constant<T>(ONE);
  // subnormals are lifted by 2^23
  const subnormal = ifGreater<T>(smallest, x, constant<T>(LIFT, 1), splat<T>(0));
  const lifted = ifGreater<T>(smallest, x, mul<T>(x, constant<T>(LIFT)), x);
  let e = sub<T>(exponent<T>(lifted), subnormal);
  let m = significand<T>(lifted);
  const high = ifGreater<T>(m, constant<T>(ROOT_2), one, splat<T>(0));
  e = add<T>(e, high);
  m = sub<T>(mul<T>(m, sub<T>(one, mul<T>(high, constant<T>(HALF)))), one);
  const z = mul<T>(m, m);
  let p = madd<T>(constant<T>(LOG), m, constant<T>(LOG, 1));
  p = madd<T>(p, m, constant<T>(LOG, 2));
  p = madd<T>(p, m, constant<T>(LOG, 3));
  p = madd<T>(p, m, constant<T>(LOG, 4));
  p = madd<T>(p, m, constant<T>(LOG, 5));
  p = madd<T>(p, m, constant<T>(LOG, 6));
  p = madd<T>(p, m, constant<T>(LOG, 7));
  p = madd<T>(p, m, constant<T>(LOG, 8));
  let y = mul<T>(mul<T>(p, m), z);
  y = sub<T>(y, mul<T>(e, constant<T>(LN_2, 1)));
  y = sub<T>(y, mul<T>(constant<T>(HALF), z));
  y = sub<T>(add<T>(m, y), mul<T>(e, constant<T>(LN_2)));
  y = ifGreater<T>(x, constant<T>(LARGEST), x, y); // Infinity
  y = ifEqual<T>(x, splat<T>(0), constant<T>(NOTHING), y);
  y = ifGreater<T>(splat<T>(0), x, constant<T>(NOTHING, 1), y);
  return ifEqual<T>(x, x, y, x); // NaN stays
}

/** ln(1 + x) for x in [0, 1], accurate where x is small. */
export function log1p<T>(x: T): T {
  const u = add<T>(splat<T>(1), x);
  // Kahan: the rounding error of 1 + x is divided out again
  return ifEqual<T>(u, splat<T>(1), x, div<T>(mul<T>(log<T>(u), x), sub<T>(u, splat<T>(1))));
}

const TANH: usize = memory.data<f32>([-5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1]);
const TANH_POLYNOMIAL_ENDS: usize = memory.data<f32>([0.625]),
  MINUS_2: usize = memory.data<f32>([-2]);

export function tanh<T>(x: T): T {
  const a = absolute<T>(x),
    z = mul<T>(x, x);
  let p = madd<T>(constant<T>(TANH), z, constant<T>(TANH, 1));
  p = madd<T>(p, z, constant<T>(TANH, 2));
  p = madd<T>(p, z, constant<T>(TANH, 3));
  p = madd<T>(p, z, constant<T>(TANH, 4));
  const small = madd<T>(mul<T>(p, z), x, x);
  const e = expWithin<T>(larger<T>(mul<T>(a, constant<T>(MINUS_2)), constant<T>(LEAST)));
  const one = constant<T>(ONE),
    large = div<T>(sub<T>(one, e), add<T>(one, e));
  return ifGreater<T>(a, constant<T>(TANH_POLYNOMIAL_ENDS), withSignOf<T>(large, x), small);
}

/** 1 / (1 + e^−x), with full precision for large negative x as long as it is normal: 0 from −88.38. */
export function sigmoid<T>(x: T): T {
  const one = constant<T>(ONE);
  const within = smaller<T>(larger<T>(negate<T>(x), constant<T>(LEAST)), constant<T>(MOST)); // a NaN stays
  return div<T>(one, add<T>(one, expWithin<T>(within)));
}

/** ln(1 + e^x) without overflow. */
export function softplus<T>(x: T): T {
  return add<T>(larger<T>(x, splat<T>(0)), log1p<T>(expOfNegative<T>(negate<T>(absolute<T>(x)))));
}

const ERFC: usize = memory.data<f32>([
  0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196, 1.00002368, -1.26551223,
]);

/** The complementary error function; fractional error below 1.2e-7. */
export function erfc<T>(x: T): T {
  const a = absolute<T>(x),
    one = constant<T>(ONE);
  const t = div<T>(one, add<T>(one, mul<T>(a, constant<T>(HALF))));
  let p = madd<T>(constant<T>(ERFC), t, constant<T>(ERFC, 1));
  p = madd<T>(p, t, constant<T>(ERFC, 2));
  p = madd<T>(p, t, constant<T>(ERFC, 3));
  p = madd<T>(p, t, constant<T>(ERFC, 4));
  p = madd<T>(p, t, constant<T>(ERFC, 5));
  p = madd<T>(p, t, constant<T>(ERFC, 6));
  p = madd<T>(p, t, constant<T>(ERFC, 7));
  p = madd<T>(p, t, constant<T>(ERFC, 8));
  p = madd<T>(p, t, constant<T>(ERFC, 9));
  const y = mul<T>(t, expOfNegative<T>(sub<T>(p, mul<T>(a, a))));
  return ifGreater<T>(splat<T>(0), x, sub<T>(splat<T>(2), y), y);
}
