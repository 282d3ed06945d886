// Six outputs at the eight points of points.ts, 0, ±P, ±Q, ±R and infinity, and back: A and Aᵀ of tiles of 6 outputs of 3 taps.
// Lines and strides are those of that file.

import { add, loadLanes, madd, mul, splat, storeLanes, sub } from "../../lanes";
import { finish, p, q, R } from "./points";

/** 6 outputs to the points: y at x is y0 + y2 x² + y4 x⁴ and x (y1 + y3 x² + y5 x⁴), whose sum and difference are at x and −x. */
export function evaluateSix<T>(to: usize, toStep: usize, toNext: usize, from: usize, step: usize, next: usize, count: i32): void {
  for (; count > 0; count--, to += toNext, from += next) {
    let at = from,
      put = to;
    const y0 = loadLanes<T>(at),
      y1 = loadLanes<T>((at += step)),
      y2 = loadLanes<T>((at += step)),
      y3 = loadLanes<T>((at += step)),
      y4 = loadLanes<T>((at += step)),
      y5 = loadLanes<T>((at += step));
    storeLanes<T>(put, y0);
    for (let pair = 0; pair < 3; pair++) {
      const x = pair == 0 ? p(8) : pair == 1 ? q(8) : R,
        square = splat<T>(x * x);
      const even = madd<T>(madd<T>(y4, square, y2), square, y0),
        odd = mul<T>(madd<T>(madd<T>(y5, square, y3), square, y1), splat<T>(x));
      storeLanes<T>((put += toStep), add<T>(even, odd));
      storeLanes<T>((put += toStep), sub<T>(even, odd));
    }
    storeLanes<T>(put + toStep, y5);
  }
}

/**
 * The points to 6 outputs: Σ x^i d(x). Sums and differences of a pair of points serve the even and the odd powers.
 * @inline
 */
export function interpolateSix<T>(
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
  const P = p(8),
    Q = q(8);
  for (; count > 0; count--, to += toNext, from += next) {
    let at = from,
      put = to;
    const d0 = loadLanes<T>(at),
      d1 = loadLanes<T>((at += step)),
      d2 = loadLanes<T>((at += step)),
      d3 = loadLanes<T>((at += step)),
      d4 = loadLanes<T>((at += step)),
      d5 = loadLanes<T>((at += step)),
      d6 = loadLanes<T>((at += step)),
      d7 = loadLanes<T>((at += step));
    const even1 = add<T>(d1, d2),
      odd1 = sub<T>(d1, d2),
      even2 = add<T>(d3, d4),
      odd2 = sub<T>(d3, d4),
      even3 = add<T>(d5, d6),
      odd3 = sub<T>(d5, d6);
    let y = add<T>(d0, add<T>(even1, add<T>(even2, even3)));
    storeLanes<T>(put, finishes ? finish<T>(y, bias, floor) : y);
    y = powers<T>(odd1, P, odd2, Q, odd3, R);
    storeLanes<T>((put += toStep), finishes ? finish<T>(y, bias, floor) : y);
    y = powers<T>(even1, P * P, even2, Q * Q, even3, R * R);
    storeLanes<T>((put += toStep), finishes ? finish<T>(y, bias, floor) : y);
    y = powers<T>(odd1, P * P * P, odd2, Q * Q * Q, odd3, R * R * R);
    storeLanes<T>((put += toStep), finishes ? finish<T>(y, bias, floor) : y);
    y = powers<T>(even1, P * P * P * P, even2, Q * Q * Q * Q, even3, R * R * R * R);
    storeLanes<T>((put += toStep), finishes ? finish<T>(y, bias, floor) : y);
    y = add<T>(powers<T>(odd1, P * P * P * P * P, odd2, Q * Q * Q * Q * Q, odd3, R * R * R * R * R), d7);
    storeLanes<T>(put + toStep, finishes ? finish<T>(y, bias, floor) : y);
  }
}

/** @inline */
function powers<T>(a: T, x: f32, b: T, y: f32, c: T, z: f32): T {
  return madd<T>(c, splat<T>(z), madd<T>(b, splat<T>(y), mul<T>(a, splat<T>(x))));
}
