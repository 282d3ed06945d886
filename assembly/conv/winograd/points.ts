// The one-dimensional transforms of Winograd's short convolutions (Winograd 1980; Lavin and Gray, "Fast algorithms
// for convolutional neural networks", 2016), for six points. Six points serve every pair of m outputs and k taps with
// m + k − 1 = 6, so 4 outputs of 3 taps and 2 outputs of 5 taps share them all:
//   evaluate     a polynomial of n coefficients at the six points:   G for n = k taps, A for n = m outputs
//   interpolate  its transpose, six values to n coefficients:        Gᵀ for n = k taps, Aᵀ for n = m outputs
//   slide        six pixels to the six points:                       Bᵀ
// The points are 0, ±3/4, ±3/2 and infinity. Everybody's 0, ±1, ±2 saves 3 of 22 operations in `slide` but lets high
// coefficients outweigh low ones: its error is 3 times larger (kernel gradient of 5×5: 1.0e-5 of the largest value
// against 2.8e-6, 500 shapes; of 15 pairs simulated (3/4, 3/2) and (1/√2, √2) were best, and 3/4 is exact).
// Eight points (0, ±1/2, ±1, ±2, ∞: F(4×4, 5×5)) would multiply 1.7 times less for 5×5 on 14×14, but their simulated error
// is 3.5 times larger, too near the 1e-5 that is promised.
// The points' weights stand with the taps (odd n), never with the pixels.
//
// Each function transforms `count` lines of `T` (one channel, or four): values of a line lie `step` bytes apart,
// lines `next` bytes apart. Every value is one fixed expression, the same in every build.

import { add, loadLanes, madd, mul, splat, storeLanes, sub } from "../../lanes";

/** Values of a transformed line: the points. */
export const POINTS: i32 = 6;

/** The finite points: 0, ±P and ±Q. */
const P: f32 = 0.75;
const Q: f32 = 1.5;

/** Bᵀ, whose rows are the coefficients of x (x² − P²)(x² − Q²) without one factor each; those of +p and −p share halves. */
export function slide<T>(to: usize, toStep: usize, toNext: usize, from: usize, step: usize, next: usize, count: i32): void {
  const p1 = splat<T>(P), p2 = splat<T>(-P * P), q1 = splat<T>(Q), q2 = splat<T>(-Q * Q);
  const both = splat<T>(P * P * Q * Q), sum = splat<T>(-P * P - Q * Q);
  for (; count > 0; count--, to += toNext, from += next) {
    let p = from;
    const d0 = loadLanes<T>(p), d1 = loadLanes<T>(p += step), d2 = loadLanes<T>(p += step);
    const d3 = loadLanes<T>(p += step), d4 = loadLanes<T>(p += step), d5 = loadLanes<T>(p += step);
    const even1 = madd<T>(d2, q2, d4), odd1 = mul<T>(madd<T>(d1, q2, d3), p1);
    const even2 = madd<T>(d2, p2, d4), odd2 = mul<T>(madd<T>(d1, p2, d3), q1);
    p = to;
    storeLanes<T>(p, madd<T>(d0, both, madd<T>(d2, sum, d4)));
    storeLanes<T>(p += toStep, add<T>(even1, odd1));
    storeLanes<T>(p += toStep, sub<T>(even1, odd1));
    storeLanes<T>(p += toStep, add<T>(even2, odd2));
    storeLanes<T>(p += toStep, sub<T>(even2, odd2));
    storeLanes<T>(p += toStep, madd<T>(d1, both, madd<T>(d3, sum, d5)));
  }
}

/** n coefficients to six points. Pixels (even n) have a body each; taps, seen once a call, share one to save 1 KB. */
export function evaluate<T>(n: i32, to: usize, toStep: usize, toNext: usize, from: usize, step: usize, next: usize, count: i32): void {
  if (n == 2) evaluateLines<T>(2, false, to, toStep, toNext, from, step, next, count);
  else if (n == 4) evaluateLines<T>(4, false, to, toStep, toNext, from, step, next, count);
  else evaluateLines<T>(n, true, to, toStep, toNext, from, step, next, count);
}

/** Six points to n coefficients. */
export function interpolate<T>(n: i32, to: usize, toStep: usize, toNext: usize, from: usize, step: usize, next: usize, count: i32): void {
  if (n == 2) interpolateLines<T>(2, false, to, toStep, toNext, from, step, next, count);
  else if (n == 4) interpolateLines<T>(4, false, to, toStep, toNext, from, step, next, count);
  else interpolateLines<T>(n, true, to, toStep, toNext, from, step, next, count);
}

/** For taps: x times the weight of a point, 1 over the derivative there; 1 is ±P and 2 is ±Q. */
// @ts-ignore: decorator
@inline function weigh<T>(weighted: bool, point: i32, x: T): T {
  if (!weighted) return x;
  if (point == 0) return mul<T>(x, splat<T>(1 / (P * P * Q * Q)));
  if (point == 1) return mul<T>(x, splat<T>(1 / (2 * P * P * (P * P - Q * Q))));
  return mul<T>(x, splat<T>(1 / (2 * Q * Q * (Q * Q - P * P))));
}

// @ts-ignore: decorator
@inline function evaluateLines<T>(n: i32, weighted: bool, to: usize, toStep: usize, toNext: usize, from: usize, step: usize, next: usize, count: i32): void {
  for (; count > 0; count--, to += toNext, from += next) {
    let p = from, q = to;
    const y0 = loadLanes<T>(p), y1 = loadLanes<T>(p += step);
    let even1 = y0, even2 = y0, odd1 = mul<T>(y1, splat<T>(P)), odd2 = mul<T>(y1, splat<T>(Q)), last = y1;
    if (n > 2) {
      last = loadLanes<T>(p += step);
      even1 = madd<T>(last, splat<T>(P * P), even1);
      even2 = madd<T>(last, splat<T>(Q * Q), even2);
    }
    if (n > 3) {
      last = loadLanes<T>(p += step);
      odd1 = madd<T>(last, splat<T>(P * P * P), odd1);
      odd2 = madd<T>(last, splat<T>(Q * Q * Q), odd2);
    }
    if (n > 4) {
      last = loadLanes<T>(p += step);
      even1 = madd<T>(last, splat<T>(P * P * P * P), even1);
      even2 = madd<T>(last, splat<T>(Q * Q * Q * Q), even2);
    }
    storeLanes<T>(q, weigh<T>(weighted, 0, y0));
    storeLanes<T>(q += toStep, weigh<T>(weighted, 1, add<T>(even1, odd1)));
    storeLanes<T>(q += toStep, weigh<T>(weighted, 1, sub<T>(even1, odd1)));
    storeLanes<T>(q += toStep, weigh<T>(weighted, 2, add<T>(even2, odd2)));
    storeLanes<T>(q += toStep, weigh<T>(weighted, 2, sub<T>(even2, odd2)));
    storeLanes<T>(q += toStep, last);
  }
}

// @ts-ignore: decorator
@inline function interpolateLines<T>(n: i32, weighted: bool, to: usize, toStep: usize, toNext: usize, from: usize, step: usize, next: usize, count: i32): void {
  for (; count > 0; count--, to += toNext, from += next) {
    let p = from, q = to;
    const d0 = weigh<T>(weighted, 0, loadLanes<T>(p)), d1 = loadLanes<T>(p += step), d2 = loadLanes<T>(p += step);
    const d3 = loadLanes<T>(p += step), d4 = loadLanes<T>(p += step), d5 = loadLanes<T>(p += step);
    const even1 = weigh<T>(weighted, 1, add<T>(d1, d2)), odd1 = weigh<T>(weighted, 1, sub<T>(d1, d2));
    const even2 = weigh<T>(weighted, 2, add<T>(d3, d4)), odd2 = weigh<T>(weighted, 2, sub<T>(d3, d4));
    storeLanes<T>(q, add<T>(d0, add<T>(even1, even2)));
    let y = madd<T>(odd2, splat<T>(Q), mul<T>(odd1, splat<T>(P)));
    if (n == 2) y = add<T>(y, d5);
    storeLanes<T>(q += toStep, y);
    if (n > 2) {
      y = madd<T>(even2, splat<T>(Q * Q), mul<T>(even1, splat<T>(P * P)));
      if (n == 3) y = add<T>(y, d5);
      storeLanes<T>(q += toStep, y);
    }
    if (n > 3) {
      y = madd<T>(odd2, splat<T>(Q * Q * Q), mul<T>(odd1, splat<T>(P * P * P)));
      if (n == 4) y = add<T>(y, d5);
      storeLanes<T>(q += toStep, y);
    }
    if (n > 4) storeLanes<T>(q += toStep, add<T>(madd<T>(even2, splat<T>(Q * Q * Q * Q), mul<T>(even1, splat<T>(P * P * P * P))), d5));
  }
}
