// Sine and cosine of a float32 by float64: what is left of x behind whole quarter turns, then a polynomial. The same in every build,
// since it goes number by number: what is left wants 53 bits, which lanes of four do not have.

/** What is left of the last x that `quarters` took, from −π/4 to π/4. */
let rest: f64 = 0;

/** 2 / π = 0.1010…, its first 256 bits, from the highest: M. H. Payne and R. N. Hanek's reduction, 1983. */
const TWO_OVER_PI: usize = memory.data<u64>([0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041, 0xfe5163abdebbc561]);

/** How many quarter turns x is nearest to, modulo 4. */
function quarters(x: f32): i32 {
  const bits = reinterpret<u32>(x) & 0x7fffffff;
  if (bits < 0x4c000000) {
    // below 2^25: n has 24 bits and the first part of π/2 has 28, so their product is exact
    const n = nearest<f64>(<f64>x * 0.6366197723675814);
    rest = <f64>x - n * 1.570796325802803 - n * 9.920935796805404e-10;
    return <i32>n & 3;
  }
  // x is m 2^e: of 2/π those 96 bits count that lead to less than four quarter turns
  const place = (bits >> 23) - 152,
    shift = <u64>(place & 63),
    table = TWO_OVER_PI + ((<usize>(place >> 6)) << 3);
  const a = load<u64>(table),
    b = load<u64>(table, 8),
    c = load<u64>(table, 16);
  const high = shift ? (a << shift) | (b >> (64 - shift)) : a,
    low = (shift ? (b << shift) | (c >> (64 - shift)) : b) >> 32;
  const m = <u64>((bits & 0x007fffff) | 0x00800000);
  const turns = m * high + ((m * low) >> 32); // in 2^−62 quarter turns, modulo 4 of them
  const part = <i64>(turns << 2); // from −½ to ½, in 2^−64
  const n = <i32>(turns >> 62) + (part < 0 ? 1 : 0);
  rest = <f64>part * 8.515303950216386e-20; // π/2 · 2^−64
  if (reinterpret<i32>(x) >= 0) return n & 3;
  rest = -rest;
  return -n & 3;
}

/** Sine of the rest; the error of the series is below 3e-9. */
function sineOfRest(): f64 {
  const s = rest * rest;
  return rest * (1 + s * (-1.6666666666666666e-1 + s * (8.333333333333333e-3 + s * (-1.984126984126984e-4 + s * 2.755731922398589e-6))));
}

/** Cosine of the rest; the error of the series is below 2e-10. */
function cosineOfRest(): f64 {
  const s = rest * rest;
  return 1 + s * (-0.5 + s * (4.1666666666666664e-2 + s * (-1.388888888888889e-3 + s * (2.48015873015873e-5 - s * 2.755731922398589e-7))));
}

/** sin x; NaN where x is not finite */
export function sine(x: f32): f32 {
  return turned(x, 0);
}

/** cos x; NaN where x is not finite */
export function cosine(x: f32): f32 {
  return turned(x, 1);
}

/** The sine of x and so many quarter turns. */
function turned(x: f32, more: i32): f32 {
  if (!isFinite<f32>(x)) return NaN;
  if (x == 0) return more ? 1 : x; // a zero keeps its sign
  const quarter = quarters(x) + more;
  const y = quarter & 1 ? cosineOfRest() : sineOfRest();
  return <f32>(quarter & 2 ? -y : y);
}
