// Lines of tiles to the points and back, by the body of the transform that a size has. Lines and strides are those of points.ts.

import { RELAXED, splat } from "../../lanes";
import { evaluateLines, interpolateLines } from "./points";
import { evaluateSix, interpolateSix } from "./six";

/** n coefficients to the points. Pixels (even n) have a body each; taps, seen once a call, share one to save 1 KB. */
export function evaluate<T>(
  points: i32,
  n: i32,
  to: usize,
  toStep: usize,
  toNext: usize,
  from: usize,
  step: usize,
  next: usize,
  count: i32,
): void {
  if (points == 8) {
    if (n == 4) evaluateLines<T>(8, 4, false, to, toStep, toNext, from, step, next, count);
    else if (RELAXED && n == 6) evaluateSix<T>(to, toStep, toNext, from, step, next, count);
    else if (RELAXED) evaluateLines<T>(8, n, true, to, toStep, toNext, from, step, next, count);
    else evaluateLines<T>(8, 5, true, to, toStep, toNext, from, step, next, count);
  } else if (n == 2) evaluateLines<T>(6, 2, false, to, toStep, toNext, from, step, next, count);
  else if (n == 4) evaluateLines<T>(6, 4, false, to, toStep, toNext, from, step, next, count);
  else evaluateLines<T>(6, n, true, to, toStep, toNext, from, step, next, count);
}

/** The points to n coefficients. */
export function interpolate<T>(
  points: i32,
  n: i32,
  to: usize,
  toStep: usize,
  toNext: usize,
  from: usize,
  step: usize,
  next: usize,
  count: i32,
): void {
  if (points == 8) {
    if (n == 4) interpolateLines<T>(8, 4, false, to, toStep, toNext, from, step, next, count, false, splat<T>(0), splat<T>(0));
    else if (RELAXED) interpolateMore<T>(n, to, toStep, toNext, from, step, next, count);
    else interpolateLines<T>(8, 5, true, to, toStep, toNext, from, step, next, count, false, splat<T>(0), splat<T>(0));
  } else if (n == 2) interpolateLines<T>(6, 2, false, to, toStep, toNext, from, step, next, count, false, splat<T>(0), splat<T>(0));
  else if (n == 4) interpolateLines<T>(6, 4, false, to, toStep, toNext, from, step, next, count, false, splat<T>(0), splat<T>(0));
  else interpolateLines<T>(6, n, true, to, toStep, toNext, from, step, next, count, false, splat<T>(0), splat<T>(0));
}

/** Eight points to what the relaxed build alone makes of them: 6 outputs, or 3 or 5 taps. */
function interpolateMore<T>(n: i32, to: usize, toStep: usize, toNext: usize, from: usize, step: usize, next: usize, count: i32): void {
  if (n == 6) interpolateSix<T>(to, toStep, toNext, from, step, next, count, false, splat<T>(0), splat<T>(0));
  else interpolateLines<T>(8, n, true, to, toStep, toNext, from, step, next, count, false, splat<T>(0), splat<T>(0));
}

/** The points to n outputs, which get their bias and are cut off below: what lines of a tile end with, in the relaxed build alone. */
export function interpolateFinished<T>(
  points: i32,
  n: i32,
  to: usize,
  toStep: usize,
  toNext: usize,
  from: usize,
  step: usize,
  next: usize,
  count: i32,
  bias: T,
  floor: T,
): void {
  if (n == 6) interpolateSix<T>(to, toStep, toNext, from, step, next, count, true, bias, floor);
  else if (points == 8) interpolateLines<T>(8, 4, false, to, toStep, toNext, from, step, next, count, true, bias, floor);
  else if (n == 4) interpolateLines<T>(6, 4, false, to, toStep, toNext, from, step, next, count, true, bias, floor);
  else interpolateLines<T>(6, 2, false, to, toStep, toNext, from, step, next, count, true, bias, floor);
}
