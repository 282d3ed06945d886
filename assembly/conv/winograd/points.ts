// The one-dimensional transforms of Winograd's short convolutions (Winograd 1980; Lavin and Gray, "Fast algorithms
// for convolutional neural networks", 2016). r points serve every pair of m outputs and k taps with m + k − 1 = r:
// six serve 4 outputs of 3 taps and 2 outputs of 5, eight serve 4 outputs of 5 and 6 of 3 (six.ts).
//   evaluate     a polynomial of n coefficients at the points:      G for n = k taps, A for n = m outputs
//   interpolate  its transpose, r values to n coefficients:         Gᵀ for n = k taps, Aᵀ for n = m outputs
//   slide        r pixels to the r points:                          Bᵀ
// The points' weights stand with the taps (odd n), never with the pixels.
//
// Six points are 0, ±3/4, ±3/2 and infinity. Everybody's 0, ±1, ±2 saves 3 of 22 operations in `slide` but lets high
// coefficients outweigh low ones: its error is 3 times larger (kernel gradient of 5×5: 1.0e-5 of the largest value
// against 2.8e-6, 500 shapes; of 15 pairs simulated (3/4, 3/2) and (1/√2, √2) were best, and 3/4 is exact).
// Eight points are 0, ±1/2, ±1, ±2 and infinity. Both ways they come near the 1e-5 that is promised, so the relaxed build alone
// takes them: F(4×4, 5×5) at most 6.1e-6 forward, 7.0e-6 input gradient and 7.8e-6 kernel gradient, F(6×6, 3×3) 7.8e-6, 7.8e-6 and
// 4.0e-6 (28 shapes; the largest where few channels and pixels are summed). Down with six across, F(4×2, 5×5), simulated errors are
// at most 3.2e-6 (six both ways 1.8e-6; of nine triples these were best: (9/16, 1, 2) 3.9e-6, (1/2, 3/4, 3/2) 6.5e-6). Measured over
// the shapes of the tests: 2.7e-6 forward and input gradient, 4.8e-6 kernel gradient.
//
// Each function transforms `count` lines of `T` (one channel, or four): values of a line lie `step` bytes apart,
// lines `next` bytes apart. Every value is one fixed expression, the same in every build.

import { add, constant, larger, loadLanes, madd, mul, RELAXED, splat, storeLanes, sub } from "../../lanes";

/**
 * The first pair of points is ±p.
 * @inline
 */
export function p(points: i32): f32 {
  return points == 6 ? 0.75 : 0.5;
}
/**
 * The second pair.
 * @inline
 */
export function q(points: i32): f32 {
  return points == 6 ? 1.5 : 1;
}
/** The third pair, of eight points. */
export const R: f32 = 2;

/** Constants of slide8 in memory: V8 takes each with one instruction there. The strict build has no bytes left for them. */
const FIXED: usize = memory.data<f32>([4, -5, 0.5, -4.25, 0.25, -1.25, 2, -1, 5.25, -5.25]);
/**
 * x, which is constant i of them.
 * @inline
 */
function fixed<T>(i: i32, x: f32): T {
  return RELAXED ? constant<T>(FIXED, i) : splat<T>(x);
}

/** Pixels to the points. */
export function slide<T>(points: i32, to: usize, toStep: usize, toNext: usize, from: usize, step: usize, next: usize, count: i32): void {
  if (points == 6) slide6<T>(to, toStep, toNext, from, step, next, count);
  else slide8<T>(to, toStep, toNext, from, step, next, count);
}

/**
 * Bᵀ of six points, whose rows are the coefficients of x (x² − P²)(x² − Q²) without one factor each; those of +p and −p share halves.
 * @inline
 */
function slide6<T>(to: usize, toStep: usize, toNext: usize, from: usize, step: usize, next: usize, count: i32): void {
  const P = p(6),
    Q = q(6);
  const p1 = splat<T>(P),
    p2 = splat<T>(-P * P),
    q1 = splat<T>(Q),
    q2 = splat<T>(-Q * Q);
  const both = splat<T>(P * P * Q * Q),
    sum = splat<T>(-P * P - Q * Q);
  for (; count > 0; count--, to += toNext, from += next) {
    let at = from;
    const d0 = loadLanes<T>(at),
      d1 = loadLanes<T>((at += step)),
      d2 = loadLanes<T>((at += step));
    const d3 = loadLanes<T>((at += step)),
      d4 = loadLanes<T>((at += step)),
      d5 = loadLanes<T>((at += step));
    const even1 = madd<T>(d2, q2, d4),
      odd1 = mul<T>(madd<T>(d1, q2, d3), p1);
    const even2 = madd<T>(d2, p2, d4),
      odd2 = mul<T>(madd<T>(d1, p2, d3), q1);
    at = to;
    storeLanes<T>(at, madd<T>(d0, both, madd<T>(d2, sum, d4)));
    storeLanes<T>((at += toStep), add<T>(even1, odd1));
    storeLanes<T>((at += toStep), sub<T>(even1, odd1));
    storeLanes<T>((at += toStep), add<T>(even2, odd2));
    storeLanes<T>((at += toStep), sub<T>(even2, odd2));
    storeLanes<T>((at += toStep), madd<T>(d1, both, madd<T>(d3, sum, d5)));
  }
}

/**
 * Bᵀ of eight points, from x (x² − P²)(x² − Q²)(x² − R²); Q = 1 multiplies nothing.
 * @inline
 */
function slide8<T>(to: usize, toStep: usize, toNext: usize, from: usize, step: usize, next: usize, count: i32): void {
  const P = p(8),
    Q = q(8),
    P2 = P * P,
    Q2 = Q * Q,
    R2 = R * R;
  const all = fixed<T>(7, -P2 * Q2 * R2),
    pairs = fixed<T>(8, P2 * Q2 + P2 * R2 + Q2 * R2),
    sum = fixed<T>(9, -P2 - Q2 - R2);
  for (; count > 0; count--, to += toNext, from += next) {
    let at = from;
    const d0 = loadLanes<T>(at),
      d1 = loadLanes<T>((at += step)),
      d2 = loadLanes<T>((at += step)),
      d3 = loadLanes<T>((at += step));
    const d4 = loadLanes<T>((at += step)),
      d5 = loadLanes<T>((at += step)),
      d6 = loadLanes<T>((at += step)),
      d7 = loadLanes<T>((at += step));
    at = to;
    storeLanes<T>(at, madd<T>(d0, all, madd<T>(d2, pairs, madd<T>(d4, sum, d6))));
    let even = madd<T>(d2, fixed<T>(0, Q2 * R2), madd<T>(d4, fixed<T>(1, -Q2 - R2), d6));
    let odd = mul<T>(madd<T>(d1, fixed<T>(0, Q2 * R2), madd<T>(d3, fixed<T>(1, -Q2 - R2), d5)), fixed<T>(2, P));
    storeLanes<T>((at += toStep), add<T>(even, odd));
    storeLanes<T>((at += toStep), sub<T>(even, odd));
    even = madd<T>(d4, fixed<T>(3, -P2 - R2), add<T>(d2, d6)); // P² R² = 1
    odd = madd<T>(d3, fixed<T>(3, -P2 - R2), add<T>(d1, d5));
    storeLanes<T>((at += toStep), add<T>(even, odd));
    storeLanes<T>((at += toStep), sub<T>(even, odd));
    even = madd<T>(d2, fixed<T>(4, P2 * Q2), madd<T>(d4, fixed<T>(5, -P2 - Q2), d6));
    odd = mul<T>(madd<T>(d1, fixed<T>(4, P2 * Q2), madd<T>(d3, fixed<T>(5, -P2 - Q2), d5)), fixed<T>(6, R));
    storeLanes<T>((at += toStep), add<T>(even, odd));
    storeLanes<T>((at += toStep), sub<T>(even, odd));
    storeLanes<T>((at += toStep), madd<T>(d1, all, madd<T>(d3, pairs, madd<T>(d5, sum, d7))));
  }
}

/**
 * For taps: x times the weight of a point, 1 over the derivative there; 1 is ±P, 2 is ±Q, 3 is ±R.
 * @inline
 */
function weigh<T>(weighted: bool, points: i32, point: i32, x: T): T {
  if (!weighted) return x;
  const P2 = p(points) * p(points),
    Q2 = q(points) * q(points),
    R2 = R * R;
  if (points == 6) {
    if (point == 0) return mul<T>(x, splat<T>(1 / (P2 * Q2)));
    if (point == 1) return mul<T>(x, splat<T>(1 / (2 * P2 * (P2 - Q2))));
    return mul<T>(x, splat<T>(1 / (2 * Q2 * (Q2 - P2))));
  }
  if (point == 0) return mul<T>(x, splat<T>(-1 / (P2 * Q2 * R2)));
  if (point == 1) return mul<T>(x, splat<T>(1 / (2 * P2 * (P2 - Q2) * (P2 - R2))));
  if (point == 2) return mul<T>(x, splat<T>(1 / (2 * Q2 * (Q2 - P2) * (Q2 - R2))));
  return mul<T>(x, splat<T>(1 / (2 * R2 * (R2 - P2) * (R2 - Q2))));
}

/**
 * For constants: every n has a body of its own.
 * @inline
 */
export function evaluateLines<T>(
  points: i32,
  n: i32,
  weighted: bool,
  to: usize,
  toStep: usize,
  toNext: usize,
  from: usize,
  step: usize,
  next: usize,
  count: i32,
): void {
  const P = p(points),
    Q = q(points);
  for (; count > 0; count--, to += toNext, from += next) {
    let at = from,
      put = to;
    const y0 = loadLanes<T>(at),
      y1 = loadLanes<T>((at += step));
    let even1 = y0,
      even2 = y0,
      even3 = y0,
      last = y1;
    let odd1 = mul<T>(y1, splat<T>(P)),
      odd2 = mul<T>(y1, splat<T>(Q)),
      odd3 = mul<T>(y1, splat<T>(R));
    if (n > 2) {
      last = loadLanes<T>((at += step));
      even1 = madd<T>(last, splat<T>(P * P), even1);
      even2 = madd<T>(last, splat<T>(Q * Q), even2);
      even3 = madd<T>(last, splat<T>(R * R), even3);
    }
    if (n > 3) {
      last = loadLanes<T>((at += step));
      odd1 = madd<T>(last, splat<T>(P * P * P), odd1);
      odd2 = madd<T>(last, splat<T>(Q * Q * Q), odd2);
      odd3 = madd<T>(last, splat<T>(R * R * R), odd3);
    }
    if (n > 4) {
      last = loadLanes<T>((at += step));
      even1 = madd<T>(last, splat<T>(P * P * P * P), even1);
      even2 = madd<T>(last, splat<T>(Q * Q * Q * Q), even2);
      even3 = madd<T>(last, splat<T>(R * R * R * R), even3);
    }
    storeLanes<T>(put, weigh<T>(weighted, points, 0, y0));
    storeLanes<T>((put += toStep), weigh<T>(weighted, points, 1, add<T>(even1, odd1)));
    storeLanes<T>((put += toStep), weigh<T>(weighted, points, 1, sub<T>(even1, odd1)));
    storeLanes<T>((put += toStep), weigh<T>(weighted, points, 2, add<T>(even2, odd2)));
    storeLanes<T>((put += toStep), weigh<T>(weighted, points, 2, sub<T>(even2, odd2)));
    if (points == 8) {
      storeLanes<T>((put += toStep), weigh<T>(weighted, points, 3, add<T>(even3, odd3)));
      storeLanes<T>((put += toStep), weigh<T>(weighted, points, 3, sub<T>(even3, odd3)));
    }
    storeLanes<T>((put += toStep), last);
  }
}

/**
 * A result with its bias, cut off below.
 * @inline
 */
export function finish<T>(x: T, bias: T, floor: T): T {
  return larger<T>(add<T>(x, bias), floor);
}

/**
 * For constants: every n has a body of its own.
 * @inline
 */
export function interpolateLines<T>(
  points: i32,
  n: i32,
  weighted: bool,
  to: usize,
  toStep: usize,
  toNext: usize,
  from: usize,
  step: usize,
  next: usize,
  count: i32,
  finishes: bool,
  bias: T,
  floor: T,
): void {
  const P = p(points),
    Q = q(points);
  for (; count > 0; count--, to += toNext, from += next) {
    let at = from,
      put = to;
    const d0 = weigh<T>(weighted, points, 0, loadLanes<T>(at)),
      d1 = loadLanes<T>((at += step)),
      d2 = loadLanes<T>((at += step));
    const d3 = loadLanes<T>((at += step)),
      d4 = loadLanes<T>((at += step));
    const even1 = weigh<T>(weighted, points, 1, add<T>(d1, d2)),
      odd1 = weigh<T>(weighted, points, 1, sub<T>(d1, d2));
    const even2 = weigh<T>(weighted, points, 2, add<T>(d3, d4)),
      odd2 = weigh<T>(weighted, points, 2, sub<T>(d3, d4));
    let even3 = d0,
      odd3 = d0;
    if (points == 8) {
      const d5 = loadLanes<T>((at += step)),
        d6 = loadLanes<T>((at += step));
      even3 = weigh<T>(weighted, points, 3, add<T>(d5, d6));
      odd3 = weigh<T>(weighted, points, 3, sub<T>(d5, d6));
    }
    const last = loadLanes<T>((at += step));
    let y = points == 8 ? add<T>(even2, even3) : even2;
    y = add<T>(d0, add<T>(even1, y));
    storeLanes<T>(put, finishes ? finish<T>(y, bias, floor) : y);
    y = madd<T>(odd2, splat<T>(Q), mul<T>(odd1, splat<T>(P)));
    if (points == 8) y = madd<T>(odd3, splat<T>(R), y);
    if (n == 2) y = add<T>(y, last);
    storeLanes<T>((put += toStep), finishes ? finish<T>(y, bias, floor) : y);
    if (n > 2) {
      y = madd<T>(even2, splat<T>(Q * Q), mul<T>(even1, splat<T>(P * P)));
      if (points == 8) y = madd<T>(even3, splat<T>(R * R), y);
      if (n == 3) y = add<T>(y, last);
      storeLanes<T>((put += toStep), finishes ? finish<T>(y, bias, floor) : y);
    }
    if (n > 3) {
      y = madd<T>(odd2, splat<T>(Q * Q * Q), mul<T>(odd1, splat<T>(P * P * P)));
      if (points == 8) y = madd<T>(odd3, splat<T>(R * R * R), y);
      if (n == 4) y = add<T>(y, last);
      storeLanes<T>((put += toStep), finishes ? finish<T>(y, bias, floor) : y);
    }
    if (n > 4) {
      y = madd<T>(even2, splat<T>(Q * Q * Q * Q), mul<T>(even1, splat<T>(P * P * P * P)));
      if (points == 8) y = madd<T>(even3, splat<T>(R * R * R * R), y);
      y = add<T>(y, last);
      storeLanes<T>((put += toStep), finishes ? finish<T>(y, bias, floor) : y);
    }
  }
}
