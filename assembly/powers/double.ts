// The exponential function, the logarithm and the arctangent in float64, of what a float32 holds: what comes of them is rounded once,
// to float32, so that their own last bits do not matter. Number by number, since lanes of four have 24 bits: the same in every
// build. e^x and ln are those of src/math/transcendental.ts, after fdlibm (Sun Microsystems, 1993).

const LN_2_HIGH: f64 = 0.6931471803691238;
const LN_2_LOW: f64 = 1.9082149292705877e-10;

/**
 * 2^k, normal
 * @inline
 */
function twoTo(k: i32): f64 {
  return reinterpret<f64>((<u64>(k + 1023)) << 52);
}

/** e^x; Infinity above 709, 0 below −708: float32 ends long before */
export function exp64(x: f64): f64 {
  if (!(x < 709)) return x != x ? x : Infinity;
  if (x < -708) return 0;
  // x = k ln 2 + r
  const k = nearest<f64>(x * 1.4426950408889634),
    high = x - k * LN_2_HIGH,
    low = k * LN_2_LOW,
    r = high - low,
    t = r * r;
  const c =
    r -
    t *
      (0.16666666666666602 +
        t * (-0.0027777777777015593 + t * (6.613756321437934e-5 + t * (-1.6533902205465252e-6 + t * 4.1381367970572385e-8))));
  return (1 - (low - (r * c) / (2 - c) - high)) * twoTo(<i32>k);
}

/** ln x of a normal x; −Infinity at 0, NaN below */
export function log64(x: f64): f64 {
  if (!(x > 0)) return x == 0 ? -Infinity : NaN;
  if (x == Infinity) return x;
  const bits = reinterpret<u64>(x);
  let k = <i32>(bits >> 52) - 1023,
    m = reinterpret<f64>((bits & 0xfffffffffffff) | 0x3ff0000000000000);
  if (m > 1.4142135623730951) {
    m *= 0.5;
    k++;
  }
  // ln (1 + f) = 2 artanh(s)
  const f = m - 1,
    s = f / (2 + f),
    z = s * s,
    w = z * z;
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373)),
    odd = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const half = 0.5 * f * f;
  return <f64>k * LN_2_HIGH - (half - (s * (half + even + odd) + <f64>k * LN_2_LOW) - f);
}

/** arctan x: halved twice, which leaves at most tan(π / 16), then the series; its error is below 1e-15 */
export function arctan64(x: f64): f64 {
  if (x < 0) return -arctan64(-x);
  if (x > 1) return 1.5707963267948966 - arctan64(1 / x);
  let t = x / (1 + Math.sqrt(1 + x * x));
  t /= 1 + Math.sqrt(1 + t * t);
  const z = t * t;
  let sum: f64 = 0;
  for (let power = 19; power > 0; power -= 2) sum = 1 / <f64>power - z * sum;
  return 4 * t * sum;
}
