// Optimizers with adaptive steps. Everything that is the same for all parameters (bias corrections, schedules) comes in as a
// number. `decay` is learningRate × weight decay: it pulls the parameter towards zero before the update, apart from the gradient.
// A unit is a cache line of parameters.

import { absolute, add, div, ifGreater, loadLanes, maximum, mul, SIMD, splat, squareRoot, storeLanes, sub } from "../lanes";
import { decayed } from "../optimizer";
import { elementEnd, elementStart, elementUnits } from "../range";

/** kept * x + complement * y, where kept + complement = 1. @inline */
function mixed<T>(kept: f32, x: T, complement: f32, y: T): T {
  return add<T>(mul<T>(splat<T>(kept), x), mul<T>(splat<T>(complement), y));
}

/**
 * s[n] = rho * s[n] + complement * dw[n]²; step = dw[n] √(d[n] + epsilon) / √(s[n] + epsilon); d[n] = rho * d[n] + complement * step²;
 * w[n] −= learningRate * step  (Zeiler, arXiv:1212.5701)
 */
export function adadelta_f32(
  w: usize,
  s: usize,
  d: usize,
  dw: usize,
  n: i32,
  learningRate: f32,
  rho: f32,
  complement: f32,
  epsilon: f32,
  decay: f32,
  from: i32,
  to: i32,
): void {
  let i = elementStart(from);
  const end = elementEnd(n, to);
  if (SIMD) for (; i + 16 <= end; i += 16) adadelta<v128>(w + i, s + i, d + i, dw + i, learningRate, rho, complement, epsilon, decay);
  for (; i < end; i += 4) adadelta<f32>(w + i, s + i, d + i, dw + i, learningRate, rho, complement, epsilon, decay);
}
export function adadelta_f32_units(n: i32): i32 {
  return elementUnits(n);
}

/** @inline */
function adadelta<T>(
  w: usize,
  s: usize,
  d: usize,
  dw: usize,
  learningRate: f32,
  rho: f32,
  complement: f32,
  epsilon: f32,
  decay: f32,
): void {
  const gradient = loadLanes<T>(dw);
  const square = mixed<T>(rho, loadLanes<T>(s), complement, mul<T>(gradient, gradient));
  const moved = loadLanes<T>(d);
  const scale = div<T>(squareRoot<T>(add<T>(moved, splat<T>(epsilon))), squareRoot<T>(add<T>(square, splat<T>(epsilon))));
  const step = mul<T>(gradient, scale);
  storeLanes<T>(s, square);
  storeLanes<T>(d, mixed<T>(rho, moved, complement, mul<T>(step, step)));
  storeLanes<T>(w, sub<T>(decayed<T>(w, decay), mul<T>(splat<T>(learningRate), step)));
}

/**
 * m[n] = beta1 * m[n] + complement1 * dw[n]; u[n] = max(beta2 * u[n], |dw[n]|); w[n] −= rate * m[n] / (u[n] + epsilon)
 * with rate = learningRate / (1 − beta1^t)  (Kingma and Ba, arXiv:1412.6980, section 7.1)
 */
export function adamax_f32(
  w: usize,
  m: usize,
  u: usize,
  dw: usize,
  n: i32,
  rate: f32,
  beta1: f32,
  complement1: f32,
  beta2: f32,
  epsilon: f32,
  decay: f32,
  from: i32,
  to: i32,
): void {
  let i = elementStart(from);
  const end = elementEnd(n, to);
  if (SIMD) for (; i + 16 <= end; i += 16) adamax<v128>(w + i, m + i, u + i, dw + i, rate, beta1, complement1, beta2, epsilon, decay);
  for (; i < end; i += 4) adamax<f32>(w + i, m + i, u + i, dw + i, rate, beta1, complement1, beta2, epsilon, decay);
}
export function adamax_f32_units(n: i32): i32 {
  return elementUnits(n);
}

/** @inline */
function adamax<T>(
  w: usize,
  m: usize,
  u: usize,
  dw: usize,
  rate: f32,
  beta1: f32,
  complement1: f32,
  beta2: f32,
  epsilon: f32,
  decay: f32,
): void {
  const gradient = loadLanes<T>(dw);
  const mean = mixed<T>(beta1, loadLanes<T>(m), complement1, gradient);
  const norm = maximum<T>(mul<T>(splat<T>(beta2), loadLanes<T>(u)), absolute<T>(gradient));
  storeLanes<T>(m, mean);
  storeLanes<T>(u, norm);
  const step = div<T>(mul<T>(splat<T>(rate), mean), add<T>(norm, splat<T>(epsilon)));
  storeLanes<T>(w, sub<T>(decayed<T>(w, decay), step));
}

/**
 * m[n] = beta1 * m[n] + complement1 * dw[n]; v[n] = beta2 * v[n] + complement2 * dw[n]²;
 * w[n] −= (ofMean * m[n] + ofGradient * dw[n]) / (√(correction * v[n]) + epsilon)  (Dozat, 2016: Adam with Nesterov's look-ahead)
 */
export function nadam_f32(
  w: usize,
  m: usize,
  v: usize,
  dw: usize,
  n: i32,
  ofMean: f32,
  ofGradient: f32,
  correction: f32,
  beta1: f32,
  complement1: f32,
  beta2: f32,
  complement2: f32,
  epsilon: f32,
  decay: f32,
  from: i32,
  to: i32,
): void {
  let i = elementStart(from);
  const end = elementEnd(n, to);
  if (SIMD)
    for (; i + 16 <= end; i += 16)
      nadam<v128>(w + i, m + i, v + i, dw + i, ofMean, ofGradient, correction, beta1, complement1, beta2, complement2, epsilon, decay);
  for (; i < end; i += 4)
    nadam<f32>(w + i, m + i, v + i, dw + i, ofMean, ofGradient, correction, beta1, complement1, beta2, complement2, epsilon, decay);
}
export function nadam_f32_units(n: i32): i32 {
  return elementUnits(n);
}

/** @inline */
function nadam<T>(
  w: usize,
  m: usize,
  v: usize,
  dw: usize,
  ofMean: f32,
  ofGradient: f32,
  correction: f32,
  beta1: f32,
  complement1: f32,
  beta2: f32,
  complement2: f32,
  epsilon: f32,
  decay: f32,
): void {
  const gradient = loadLanes<T>(dw);
  const mean = mixed<T>(beta1, loadLanes<T>(m), complement1, gradient);
  const square = mixed<T>(beta2, loadLanes<T>(v), complement2, mul<T>(gradient, gradient));
  storeLanes<T>(m, mean);
  storeLanes<T>(v, square);
  const direction = mixed<T>(ofMean, mean, ofGradient, gradient);
  const root = squareRoot<T>(mul<T>(splat<T>(correction), square));
  storeLanes<T>(w, sub<T>(decayed<T>(w, decay), div<T>(direction, add<T>(root, splat<T>(epsilon)))));
}

/**
 * w[n] −= learningRate * sign(beta1 * m[n] + complement1 * dw[n]); m[n] = beta2 * m[n] + complement2 * dw[n]
 * (Chen et al., arXiv:2302.06675)
 */
export function lion_f32(
  w: usize,
  m: usize,
  dw: usize,
  n: i32,
  learningRate: f32,
  beta1: f32,
  complement1: f32,
  beta2: f32,
  complement2: f32,
  decay: f32,
  from: i32,
  to: i32,
): void {
  let i = elementStart(from);
  const end = elementEnd(n, to);
  if (SIMD) for (; i + 16 <= end; i += 16) lion<v128>(w + i, m + i, dw + i, learningRate, beta1, complement1, beta2, complement2, decay);
  for (; i < end; i += 4) lion<f32>(w + i, m + i, dw + i, learningRate, beta1, complement1, beta2, complement2, decay);
}
export function lion_f32_units(n: i32): i32 {
  return elementUnits(n);
}

/** @inline */
function lion<T>(
  w: usize,
  m: usize,
  dw: usize,
  learningRate: f32,
  beta1: f32,
  complement1: f32,
  beta2: f32,
  complement2: f32,
  decay: f32,
): void {
  const gradient = loadLanes<T>(dw);
  const mean = loadLanes<T>(m);
  const direction = mixed<T>(beta1, mean, complement1, gradient);
  const zero = splat<T>(0);
  const step = splat<T>(learningRate);
  const down = ifGreater<T>(direction, zero, step, zero);
  const up = ifGreater<T>(zero, direction, step, zero);
  storeLanes<T>(m, mixed<T>(beta2, mean, complement2, gradient));
  storeLanes<T>(w, add<T>(sub<T>(decayed<T>(w, decay), down), up));
}
