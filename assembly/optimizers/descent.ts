// Gradient descent, with momentum, and RMSprop. What comes in as numbers, `decay` among them, is as in ../optimizer. A unit is a
// cache line of parameters.

import { add, div, loadLanes, mul, SIMD, splat, squareRoot, storeLanes, sub } from "../lanes";
import { decayed } from "../optimizer";
import { elementEnd, elementStart, elementUnits } from "../range";

/** w[n] −= learningRate * dw[n] */
export function sgd_f32(w: usize, dw: usize, n: i32, learningRate: f32, decay: f32, from: i32, to: i32): void {
  let i = elementStart(from);
  const end = elementEnd(n, to);
  if (SIMD) for (; i + 16 <= end; i += 16) sgd<v128>(w + i, dw + i, learningRate, decay);
  for (; i < end; i += 4) sgd<f32>(w + i, dw + i, learningRate, decay);
}
export function sgd_f32_units(n: i32): i32 {
  return elementUnits(n);
}

/** @inline */
function sgd<T>(w: usize, dw: usize, learningRate: f32, decay: f32): void {
  storeLanes<T>(w, sub<T>(decayed<T>(w, decay), mul<T>(splat<T>(learningRate), loadLanes<T>(dw))));
}

/** v[n] = momentum * v[n] − learningRate * dw[n]; w[n] += v[n], or with Nesterov's look-ahead w[n] += momentum * v[n] − learningRate * dw[n] */
export function momentum_f32(
  w: usize,
  v: usize,
  dw: usize,
  n: i32,
  learningRate: f32,
  momentum: f32,
  nesterov: i32,
  decay: f32,
  from: i32,
  to: i32,
): void {
  let i = elementStart(from);
  const end = elementEnd(n, to);
  if (SIMD) for (; i + 16 <= end; i += 16) heavyBall<v128>(w + i, v + i, dw + i, learningRate, momentum, nesterov, decay);
  for (; i < end; i += 4) heavyBall<f32>(w + i, v + i, dw + i, learningRate, momentum, nesterov, decay);
}
export function momentum_f32_units(n: i32): i32 {
  return elementUnits(n);
}

/** @inline */
function heavyBall<T>(w: usize, v: usize, dw: usize, learningRate: f32, momentum: f32, nesterov: i32, decay: f32): void {
  const step = mul<T>(splat<T>(learningRate), loadLanes<T>(dw));
  const velocity = sub<T>(mul<T>(splat<T>(momentum), loadLanes<T>(v)), step);
  storeLanes<T>(v, velocity);
  const x = decayed<T>(w, decay);
  if (nesterov) storeLanes<T>(w, add<T>(x, sub<T>(mul<T>(splat<T>(momentum), velocity), step)));
  else storeLanes<T>(w, add<T>(x, velocity));
}

/**
 * s[n] = rho * s[n] + complement * dw[n]²; w[n] −= learningRate * dw[n] / (√(s[n] + inside) + outside)
 * (Tieleman and Hinton, lecture 6.5, 2012). One of inside and outside is epsilon, the other 0. The complement 1 − rho comes
 * in rounded once.
 */
export function rmsprop_f32(
  w: usize,
  s: usize,
  dw: usize,
  n: i32,
  learningRate: f32,
  rho: f32,
  complement: f32,
  inside: f32,
  outside: f32,
  decay: f32,
  from: i32,
  to: i32,
): void {
  let i = elementStart(from);
  const end = elementEnd(n, to);
  if (SIMD) for (; i + 16 <= end; i += 16) rmsprop<v128>(w + i, s + i, dw + i, learningRate, rho, complement, inside, outside, decay);
  for (; i < end; i += 4) rmsprop<f32>(w + i, s + i, dw + i, learningRate, rho, complement, inside, outside, decay);
}
export function rmsprop_f32_units(n: i32): i32 {
  return elementUnits(n);
}

/** @inline */
function rmsprop<T>(
  w: usize,
  s: usize,
  dw: usize,
  learningRate: f32,
  rho: f32,
  complement: f32,
  inside: f32,
  outside: f32,
  decay: f32,
): void {
  const gradient = loadLanes<T>(dw);
  const square = add<T>(mul<T>(splat<T>(rho), loadLanes<T>(s)), mul<T>(splat<T>(complement), mul<T>(gradient, gradient)));
  storeLanes<T>(s, square);
  storeLanes<T>(
    w,
    sub<T>(
      decayed<T>(w, decay),
      div<T>(mul<T>(splat<T>(learningRate), gradient), add<T>(squareRoot<T>(add<T>(square, splat<T>(inside))), splat<T>(outside))),
    ),
  );
}
