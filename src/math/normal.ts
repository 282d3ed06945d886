/**
 * The inverse of the standard normal distribution function, f64.
 *
 * Why inversion and not Box–Muller: one word in, one number out, so normal number i depends on random word i alone.
 * Wichura: "Algorithm AS 241: the percentage points of the normal distribution", PPND16 (Applied Statistics 37, 1988);
 * about 1e-16 relative. Its logarithm is ours, so the same bits come out of every engine.
 */
import { log } from "./transcendental.ts";

interface Rational {
  /** Coefficients of r^0, r^1, … */
  readonly numerator: readonly number[];
  readonly denominator: readonly number[];
}

// |p - 1/2| <= 0.425
const CENTRE: Rational = {
  numerator: [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
    67265.7709270087, 33430.57558358813, 2509.0809287301227,
  ],
  denominator: [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852854,
  ],
};

// sqrt(-log p) <= 5
const SHOULDER: Rational = {
  numerator: [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  denominator: [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
};

// the last 1.4e-11 of either side
const TAIL: Rational = {
  numerator: [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
  ],
  denominator: [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
    1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
  ],
};

/** The x with Φ(x) = p, for p in (0, 1); -Infinity at 0, Infinity at 1, NaN outside. */
export function inverseNormalCdf(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * evaluate(CENTRE, 0.180625 - q * q);
  const tail = q < 0 ? p : 1 - p;
  if (!(tail > 0)) return tail === 0 ? (q < 0 ? -Infinity : Infinity) : Number.NaN;
  const r = Math.sqrt(-log(tail));
  const x = r <= 5 ? evaluate(SHOULDER, r - 1.6) : evaluate(TAIL, r - 5);
  return q < 0 ? -x : x;
}

function evaluate({ numerator, denominator }: Rational, r: number): number {
  return horner(numerator, r) / horner(denominator, r);
}

function horner(coefficients: readonly number[], r: number): number {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * r + coefficients[i]!;
  return sum;
}
