/**
 * exp, log, pow, sin and cos in f64, the same bits on every JavaScript engine.
 *
 * Why: the host's Math.exp, log, pow, sin and cos differ between engines and between versions of one engine, by one
 * ulp, and one ulp is another digest. Here only + - * / and the bits of a double are used, which the language fixes.
 * How: the classic reductions and minimax polynomials (Sun's fdlibm, 1993), each within 1 ulp; pow takes its
 * logarithm in double-double and stays within 2 ulp.
 * When not: where a result is only shown and never computed with, the host's Math is fine and faster.
 */
import { AnygradError } from "../errors.ts";

// ln 2 and π/2 in parts: the leading parts have so many trailing zero bits that a product with an integer is exact.
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const INVERSE_LN2 = Math.LOG2E;
const TWO_OVER_PI = 0.6366197723675814;
const HALF_PI_1 = 1.5707963267341256; // first 33 bits
const HALF_PI_2 = 6.077100506303966e-11; // next 33 bits
const HALF_PI_2_REST = 2.0222662487959506e-21;
const LARGEST_ANGLE = 1647099; // 2^20 · π/2: beyond, n · HALF_PI_1 is no longer exact

/** e^x, within 1 ulp; 0 below -745.2, Infinity above 709.8. */
export function exp(x: number): number {
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019411) return 0;
  if (Number.isNaN(x)) return x;
  // x = k ln2 + r with |r| <= ln2 / 2
  const k = Math.floor(x * INVERSE_LN2 + 0.5);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (0.16666666666666602 +
        t *
          (-0.0027777777777015593 +
            t * (6.613756321437934e-5 + t * (-1.6533902205465252e-6 + t * 4.1381367970572385e-8))));
  return scaleByPowerOfTwo(1 - (low - (r * c) / (2 - c) - high), k);
}

/** Natural logarithm, within 1 ulp; -Infinity at 0, NaN below. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : Number.NaN;
  if (x === Infinity) return x;
  const k = exponentOf(x);
  const f = scaleByPowerOfTwo(x, -k) - 1;
  // log(1 + f) = 2 atanh(s), s = f / (2 + f)
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const odd =
    z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const halfSquare = 0.5 * f * f;
  return k * LN2_HIGH - (halfSquare - (s * (halfSquare + even + odd) + k * LN2_LOW) - f);
}

/** x^y with ECMAScript's special cases, within 2 ulp. */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  const negative = (x < 0 || Object.is(x, -0)) && Math.abs(y % 2) === 1;
  const sign = negative ? -1 : 1;
  const base = Math.abs(x);
  if (y === Infinity || y === -Infinity) return base === 1 ? Number.NaN : base > 1 === y > 0 ? Infinity : 0;
  if (base === 0 || base === Infinity) return sign * ((base === 0) === y > 0 ? 0 : Infinity);
  if (x < 0 && y % 1 !== 0) return Number.NaN;
  if (base === 1) return sign;
  if (y === 1) return x;

  const { high, low } = preciseLog(base);
  const product = y * high;
  if (product > 709.8) return sign * Infinity;
  if (product < -745.2) return sign * 0;
  const rest = productError(y, high, product) + y * low;
  const power = exp(product);
  return sign * (power === Infinity ? power : power + power * rest);
}

/** Sine, within 1 ulp; NaN for NaN and infinities. @throws AnygradError INVALID_ARGUMENT for |x| above 2^20 · π/2 */
export function sin(x: number): number {
  const { quarter, high, low } = reduceAngle(x);
  if (quarter === 0) return sinNearZero(high, low);
  if (quarter === 1) return cosNearZero(high, low);
  if (quarter === 2) return -sinNearZero(high, low);
  return -cosNearZero(high, low);
}

/** Cosine, within 1 ulp; NaN for NaN and infinities. @throws AnygradError INVALID_ARGUMENT for |x| above 2^20 · π/2 */
export function cos(x: number): number {
  const { quarter, high, low } = reduceAngle(x);
  if (quarter === 0) return cosNearZero(high, low);
  if (quarter === 1) return -sinNearZero(high, low);
  if (quarter === 2) return -cosNearZero(high, low);
  return sinNearZero(high, low);
}

// The remainder of x after whole quarter turns, as a double-double in [-π/4, π/4].
function reduceAngle(x: number): { quarter: number; high: number; low: number } {
  if (!Number.isFinite(x)) return { quarter: 0, high: Number.NaN, low: 0 };
  const size = Math.abs(x);
  if (size <= 0.7853981633974483) return { quarter: 0, high: x, low: 0 };
  if (size > LARGEST_ANGLE)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `sin and cos: the angle is ${x}; pass one between -${LARGEST_ANGLE} and ${LARGEST_ANGLE} radians`,
    );
  const n = Math.floor(x * TWO_OVER_PI + 0.5);
  const t = x - n * HALF_PI_1;
  const r = t - n * HALF_PI_2;
  const w = n * HALF_PI_2_REST - (t - r - n * HALF_PI_2);
  const high = r - w;
  return { quarter: n & 3, high, low: r - high - w };
}

// sin(high + low), |high| <= π/4
function sinNearZero(high: number, low: number): number {
  const z = high * high;
  const v = z * high;
  const r =
    0.00833333333332249 +
    z *
      (-0.0001984126982985795 +
        z * (2.7557313707070068e-6 + z * (-2.5050760253406863e-8 + z * 1.58969099521155e-10)));
  return high - (z * (0.5 * low - v * r) - low - v * -0.16666666666666632);
}

// cos(high + low), |high| <= π/4
function cosNearZero(high: number, low: number): number {
  const z = high * high;
  const r =
    z *
    (0.0416666666666666 +
      z *
        (-0.001388888888887411 +
          z *
            (2.480158728947673e-5 +
              z * (-2.7557314351390663e-7 + z * (2.087572321298175e-9 + z * -1.1359647557788195e-11)))));
  const half = 0.5 * z;
  const w = 1 - half;
  return w + (1 - w - half + (z * r - high * low));
}

// log x as an unevaluated sum, about 2^-64 relative: 2 atanh(s) with its first two terms in double-double.
function preciseLog(x: number): { high: number; low: number } {
  const k = exponentOf(x);
  const m = scaleByPowerOfTwo(x, -k);
  const f = m - 1; // exact
  const g = m + 1;
  const gLow = m - (g - 1); // what the sum lost
  const s = f / g;
  const product = s * g;
  const sLow = (f - product - productError(s, g, product) - s * gLow) / g;
  // s^3 / 3 in double-double
  const square = s * s;
  const squareLow = productError(s, s, square) + 2 * s * sLow;
  const cube = square * s;
  const cubeLow = productError(square, s, cube) + square * sLow + squareLow * s;
  const third = cube / 3;
  const thirdProduct = third * 3;
  const thirdLow = (cube - thirdProduct - productError(third, 3, thirdProduct) + cubeLow) / 3;
  // s^5/5 + s^7/7 + …; |s| <= 0.172, so the term after s^23 is below 2^-64 of s
  let tail = 0;
  for (let order = 23; order >= 5; order -= 2) tail = tail * square + 1 / order;
  tail *= cube * square;
  const atanh = s + third;
  const atanhLow = s - atanh + third + (sLow + thirdLow + tail);
  const whole = k * LN2_HIGH; // exact
  const high = whole + 2 * atanh;
  const back = high - whole;
  const lost = whole - (high - back) + (2 * atanh - back);
  const low = lost + (2 * atanhLow + k * LN2_LOW);
  const top = high + low;
  return { high: top, low: high - top + low };
}

// a·b - product, exactly (Dekker 1971).
function productError(a: number, b: number, product: number): number {
  const aScaled = a * 134217729;
  const aHigh = aScaled - (aScaled - a);
  const aLow = a - aHigh;
  const bScaled = b * 134217729;
  const bHigh = bScaled - (bScaled - b);
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

// The bits of one double. WebAssembly's views are little-endian, so is every host of this package.
const eightBytes: ArrayBuffer = new ArrayBuffer(8);
const double: Float64Array = new Float64Array(eightBytes);
const halves: Uint32Array = new Uint32Array(eightBytes);

// The k for which x · 2^-k lies in [sqrt(1/2), sqrt(2)); x positive and finite.
function exponentOf(x: number): number {
  const subnormal = x < 2.2250738585072014e-308;
  double[0] = subnormal ? x * 18014398509481984 : x;
  const top = halves[1]!;
  const exponent = (top >>> 20) - 1023 - (subnormal ? 54 : 0);
  return (top & 0xfffff) >= 0x6a09f ? exponent + 1 : exponent;
}

// x · 2^k; exact unless the result is subnormal.
function scaleByPowerOfTwo(x: number, k: number): number {
  if (k > 1023) return x * powerOfTwo(1023) * powerOfTwo(k - 1023);
  if (k < -1022) return x * powerOfTwo(k + 969) * powerOfTwo(-969);
  return x * powerOfTwo(k);
}

function powerOfTwo(k: number): number {
  halves[0] = 0;
  halves[1] = (k + 1023) << 20;
  return double[0]!;
}
