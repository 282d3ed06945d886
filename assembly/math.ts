// Transcendental functions in f32 over lanes (see lanes.ts): the kernels' own, because the hosts' differ in the
// last bit between engines and versions. Coefficients: Cephes 2.2 single precision (expf, logf, tanhf) and
// Numerical Recipes (erfcc). Not inlined: three dozen loops share
// one copy (9 KB of 55 saved, 3 % of the time of a sigmoid lost). Errors measured against f64 in test/ops: within 2 ulp for exp and log.

import {
  absolute, add, div, exponent, ifGreater, madd, larger, mul, negate, powerOfTwo, roundNearest, significand, smaller, splat, sub, withSignOf, ifEqual,
} from "./lanes";

/** e^x; 0 below −104, Infinity above 88.8; subnormal results are kept. */
export function exp<T>(x: T): T {
  const clamped = smaller<T>(larger<T>(x, splat<T>(-104.5)), splat<T>(89.5)); // a NaN stays
  const n = roundNearest<T>(mul<T>(clamped, splat<T>(1.44269504088896341)));
  // x − n ln 2 in two parts: the first is exact
  let r = sub<T>(clamped, mul<T>(n, splat<T>(0.693359375)));
  r = sub<T>(r, mul<T>(n, splat<T>(-2.12194440e-4)));
  let p = splat<T>(1.9875691500e-4);
  p = add<T>(mul<T>(p, r), splat<T>(1.3981999507e-3));
  p = add<T>(mul<T>(p, r), splat<T>(8.3334519073e-3));
  p = add<T>(mul<T>(p, r), splat<T>(4.1665795894e-2));
  p = add<T>(mul<T>(p, r), splat<T>(1.6666665459e-1));
  p = add<T>(mul<T>(p, r), splat<T>(5.0000001201e-1));
  p = add<T>(add<T>(mul<T>(p, mul<T>(r, r)), r), splat<T>(1));
  // 2^n in two factors, so that neither leaves the normal range
  const half = roundNearest<T>(mul<T>(n, splat<T>(0.5)));
  return mul<T>(mul<T>(p, powerOfTwo<T>(half)), powerOfTwo<T>(sub<T>(n, half)));
}

/** ln x; −Infinity at 0, NaN below. */
export function log<T>(x: T): T {
  const smallest: f32 = 1.17549435e-38;
  // subnormals are lifted by 2^23
  const subnormal = ifGreater<T>(splat<T>(smallest), x, splat<T>(1), splat<T>(0));
  const lifted = ifGreater<T>(splat<T>(smallest), x, mul<T>(x, splat<T>(8388608)), x);
  let e = sub<T>(exponent<T>(lifted), mul<T>(subnormal, splat<T>(23)));
  let m = significand<T>(lifted);
  const high = ifGreater<T>(m, splat<T>(1.41421356237), splat<T>(1), splat<T>(0));
  e = add<T>(e, high);
  m = sub<T>(mul<T>(m, sub<T>(splat<T>(1), mul<T>(high, splat<T>(0.5)))), splat<T>(1));
  const z = mul<T>(m, m);
  let p = splat<T>(7.0376836292e-2);
  p = add<T>(mul<T>(p, m), splat<T>(-1.1514610310e-1));
  p = add<T>(mul<T>(p, m), splat<T>(1.1676998740e-1));
  p = add<T>(mul<T>(p, m), splat<T>(-1.2420140846e-1));
  p = add<T>(mul<T>(p, m), splat<T>(1.4249322787e-1));
  p = add<T>(mul<T>(p, m), splat<T>(-1.6668057665e-1));
  p = add<T>(mul<T>(p, m), splat<T>(2.0000714765e-1));
  p = add<T>(mul<T>(p, m), splat<T>(-2.4999993993e-1));
  p = add<T>(mul<T>(p, m), splat<T>(3.3333331174e-1));
  let y = mul<T>(mul<T>(p, m), z);
  y = add<T>(y, mul<T>(e, splat<T>(-2.12194440e-4)));
  y = sub<T>(y, mul<T>(splat<T>(0.5), z));
  y = add<T>(add<T>(m, y), mul<T>(e, splat<T>(0.693359375)));
  y = ifGreater<T>(x, splat<T>(3.4028234663852886e38), x, y); // Infinity
  y = ifEqual<T>(x, splat<T>(0), splat<T>(-Infinity), y);
  y = ifGreater<T>(splat<T>(0), x, splat<T>(NaN), y);
  return ifEqual<T>(x, x, y, x); // NaN stays
}

/** ln(1 + x) for x in [0, 1], accurate where x is small. */
export function log1p<T>(x: T): T {
  const u = add<T>(splat<T>(1), x);
  // Kahan: the rounding error of 1 + x is divided out again
  return ifEqual<T>(u, splat<T>(1), x, div<T>(mul<T>(log<T>(u), x), sub<T>(u, splat<T>(1))));
}

export function tanh<T>(x: T): T {
  const a = absolute<T>(x);
  const z = mul<T>(x, x);
  let p = splat<T>(-5.70498872745e-3);
  p = add<T>(mul<T>(p, z), splat<T>(2.06390887954e-2));
  p = add<T>(mul<T>(p, z), splat<T>(-5.37397155531e-2));
  p = add<T>(mul<T>(p, z), splat<T>(1.33314422036e-1));
  p = add<T>(mul<T>(p, z), splat<T>(-3.33332819422e-1));
  const small = add<T>(mul<T>(mul<T>(p, z), x), x);
  const large = sub<T>(splat<T>(1), div<T>(splat<T>(2), add<T>(exp<T>(add<T>(a, a)), splat<T>(1))));
  return ifGreater<T>(a, splat<T>(0.625), withSignOf<T>(large, x), small);
}

/** 1 / (1 + e^−x) without overflow and with full precision for large negative x. */
export function sigmoid<T>(x: T): T {
  const e = exp<T>(negate<T>(absolute<T>(x)));
  const r = div<T>(splat<T>(1), add<T>(splat<T>(1), e));
  return ifGreater<T>(splat<T>(0), x, mul<T>(e, r), r);
}

/** ln(1 + e^x) without overflow. */
export function softplus<T>(x: T): T {
  return add<T>(larger<T>(x, splat<T>(0)), log1p<T>(exp<T>(negate<T>(absolute<T>(x)))));
}

/** The complementary error function; fractional error below 1.2e-7. */
export function erfc<T>(x: T): T {
  const a = absolute<T>(x);
  const t = div<T>(splat<T>(1), add<T>(splat<T>(1), mul<T>(a, splat<T>(0.5))));
  let p = splat<T>(0.17087277);
  p = add<T>(mul<T>(p, t), splat<T>(-0.82215223));
  p = add<T>(mul<T>(p, t), splat<T>(1.48851587));
  p = add<T>(mul<T>(p, t), splat<T>(-1.13520398));
  p = add<T>(mul<T>(p, t), splat<T>(0.27886807));
  p = add<T>(mul<T>(p, t), splat<T>(-0.18628806));
  p = add<T>(mul<T>(p, t), splat<T>(0.09678418));
  p = add<T>(mul<T>(p, t), splat<T>(0.37409196));
  p = add<T>(mul<T>(p, t), splat<T>(1.00002368));
  p = add<T>(mul<T>(p, t), splat<T>(-1.26551223));
  const y = mul<T>(t, exp<T>(sub<T>(p, mul<T>(a, a))));
  return ifGreater<T>(splat<T>(0), x, sub<T>(splat<T>(2), y), y);
}
