// Adam, and what every optimizer may need: one fused pass over n parameters, their gradients and slots. Everything that is the same for all
// parameters (bias corrections, schedules) comes in as a number. `decay` is learningRate × weight decay: it pulls
// the parameter towards zero before the update, apart from the gradient (Loshchilov and Hutter, arXiv:1711.05101).
// A unit is a cache line of parameters.

import { add, div, loadLanes, mul, SIMD, splat, squareRoot, storeLanes, sub } from "./lanes";
import { elementEnd, elementStart, elementUnits } from "./range";

/** @inline */
export function decayed<T>(w: usize, decay: f32): T {
  const x = loadLanes<T>(w);
  return sub<T>(x, mul<T>(x, splat<T>(decay)));
}

/**
 * m[n] = beta1 * m[n] + complement1 * dw[n]; v[n] = beta2 * v[n] + complement2 * dw[n]²; w[n] −= rate * m[n] / (√v[n] + epsilon)
 * with rate = learningRate √(1 − beta2^t) / (1 − beta1^t)  (Kingma and Ba, arXiv:1412.6980, end of section 2)
 */
export function adam_f32(
  w: usize,
  m: usize,
  v: usize,
  dw: usize,
  n: i32,
  rate: f32,
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
    for (; i + 16 <= end; i += 16) adam<v128>(w + i, m + i, v + i, dw + i, rate, beta1, complement1, beta2, complement2, epsilon, decay);
  for (; i < end; i += 4) adam<f32>(w + i, m + i, v + i, dw + i, rate, beta1, complement1, beta2, complement2, epsilon, decay);
}
export function adam_f32_units(n: i32): i32 {
  return elementUnits(n);
}

/** @inline */
function adam<T>(
  w: usize,
  m: usize,
  v: usize,
  dw: usize,
  rate: f32,
  beta1: f32,
  complement1: f32,
  beta2: f32,
  complement2: f32,
  epsilon: f32,
  decay: f32,
): void {
  const gradient = loadLanes<T>(dw);
  const mean = add<T>(mul<T>(splat<T>(beta1), loadLanes<T>(m)), mul<T>(splat<T>(complement1), gradient));
  const square = add<T>(mul<T>(splat<T>(beta2), loadLanes<T>(v)), mul<T>(splat<T>(complement2), mul<T>(gradient, gradient)));
  storeLanes<T>(m, mean);
  storeLanes<T>(v, square);
  const step = div<T>(mul<T>(splat<T>(rate), mean), add<T>(squareRoot<T>(square), splat<T>(epsilon)));
  storeLanes<T>(w, sub<T>(decayed<T>(w, decay), step));
}

/** dw[n] = min(max(dw[n], −limit), limit) */
export function clip_f32(dw: usize, n: i32, limit: f32, from: i32, to: i32): void {
  for (let p = dw + elementStart(from), end = dw + elementEnd(n, to); p < end; p += 4)
    store<f32>(p, max<f32>(-limit, min<f32>(limit, load<f32>(p))));
}
export function clip_f32_units(n: i32): i32 {
  return elementUnits(n);
}

/** mean[n] += (x[n] − mean[n]) * share: a moving average, which stays exactly where x does not move */
export function lerp_f32(mean: usize, x: usize, n: i32, share: f32, from: i32, to: i32): void {
  let i = elementStart(from);
  const end = elementEnd(n, to);
  if (SIMD) for (; i + 16 <= end; i += 16) lerp<v128>(mean + i, x + i, share);
  for (; i < end; i += 4) lerp<f32>(mean + i, x + i, share);
}
export function lerp_f32_units(n: i32): i32 {
  return elementUnits(n);
}

/** @inline */
function lerp<T>(mean: usize, x: usize, share: f32): void {
  const before = loadLanes<T>(mean);
  storeLanes<T>(mean, add<T>(before, mul<T>(sub<T>(loadLanes<T>(x), before), splat<T>(share))));
}
