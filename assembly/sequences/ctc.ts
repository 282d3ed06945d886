// Connectionist temporal classification (Graves et al., 2006): how likely a row of classes at each step, of which repeats and then
// blanks are left out, is read as the labels. Class 0 is the blank, and fills the labels up. Sums over all such rows go by the
// logarithms of their probabilities, in f64, since they are products of as many factors as there are steps. A unit is an example.

import { exp, log1p } from "../math";
import { itemEnd, itemUnits } from "../range";

/** ln(e^a + e^b) */
function logSum(a: f64, b: f64): f64 {
  const larger = max<f64>(a, b);
  if (larger == -Infinity) return larger;
  return larger + <f64>log1p<f32>(exp<f32>(<f32>(min<f64>(a, b) - larger)));
}

/**
 * The label at place s of 2 count + 1: blanks before, between and behind the labels
 * @inline
 */
function labelAt(labels: usize, s: i32): i32 {
  return (s & 1) == 0 ? 0 : load<i32>(labels + ((<usize>(s >> 1)) << 2));
}

/**
 * Whether place s can be reached from s − 2: another label, which no blank need keep apart
 * @inline
 */
function skips(labels: usize, s: i32): bool {
  return s >= 2 && (s & 1) == 1 && labelAt(labels, s) != labelAt(labels, s - 2);
}

/** @inline */
function at(row: usize, s: i32): f64 {
  return s < 0 ? -Infinity : load<f64>(row + ((<usize>s) << 3));
}

/**
 * loss[n] = −ln Σ p(row of classes) over the rows that are read as labels[n, t]; dp[n, t, c] = its gradient by logp[n, t, c], minus
 * the chance that step t of such a row is class c. `scratch` holds n (t + 2) (2 t + 1) f64. Infinite where the steps are too few.
 */
export function ctc_f32(
  loss: usize,
  dp: usize,
  logp: usize,
  labels: usize,
  scratch: usize,
  n: i32,
  t: i32,
  c: i32,
  from: i32,
  to: i32,
): void {
  const places: usize = (<usize>(2 * t + 1)) << 3;
  for (const end = itemEnd(n, t * c, 1, to); from < end; from++) {
    const numbers = (<usize>(from * t * c)) << 2;
    ctc(
      loss + ((<usize>from) << 2),
      dp + numbers,
      logp + numbers,
      labels + ((<usize>(from * t)) << 2),
      scratch + <usize>from * <usize>(t + 2) * places,
      t,
      c,
      places,
    );
  }
}
export function ctc_f32_units(n: i32, t: i32, c: i32): i32 {
  return itemUnits(n, t * c, 1);
}

function ctc(loss: usize, dp: usize, logp: usize, labels: usize, alpha: usize, t: i32, c: i32, places: usize): void {
  const row: usize = (<usize>c) << 2;
  let count = 0;
  for (let i = 0; i < t; i++) if (load<i32>(labels + ((<usize>i) << 2)) != 0) count++;
  const last = 2 * count;
  // alpha[i, s]: the logarithm of the chance of all beginnings that end at step i in place s
  for (let i = 0; i < t; i++) {
    const now = alpha + <usize>i * places;
    const before = now - places;
    const p = logp + <usize>i * row;
    for (let s = 0; s <= last; s++) {
      let sum: f64 = i == 0 ? (s < 2 ? 0 : -Infinity) : logSum(at(before, s), at(before, s - 1));
      if (i > 0 && skips(labels, s)) sum = logSum(sum, at(before, s - 2));
      store<f64>(now + ((<usize>s) << 3), sum + <f64>load<f32>(p + ((<usize>labelAt(labels, s)) << 2)));
    }
  }
  const end = alpha + <usize>(t - 1) * places;
  const total = last == 0 ? at(end, 0) : logSum(at(end, last), at(end, last - 1));
  store<f32>(loss, <f32>-total);
  memory.fill(dp, 0, <usize>t * row);
  if (total == -Infinity) return;
  // beta[s]: the same of all ends after step i from place s on; two rows in turn, behind those of alpha
  let beta = alpha + <usize>t * places;
  let next = beta + places;
  for (let s = 0; s <= last; s++) store<f64>(beta + ((<usize>s) << 3), s >= last - 1 ? 0 : -Infinity);
  for (let i = t - 1; i >= 0; i--) {
    const p = logp + <usize>i * row;
    const d = dp + <usize>i * row;
    const now = alpha + <usize>i * places;
    for (let s = 0; s <= last; s++) {
      const slot = d + ((<usize>labelAt(labels, s)) << 2);
      store<f32>(slot, load<f32>(slot) - exp<f32>(<f32>(at(now, s) + at(beta, s) - total)));
    }
    if (i == 0) break;
    for (let s = 0; s <= last; s++) {
      let sum: f64 = -Infinity;
      for (let following = s; following <= s + 2 && following <= last; following++) {
        if (following == s + 2 && !skips(labels, following)) continue;
        const emitted = <f64>load<f32>(p + ((<usize>labelAt(labels, following)) << 2));
        sum = logSum(sum, at(beta, following) + emitted);
      }
      store<f64>(next + ((<usize>s) << 3), sum);
    }
    const swapped = beta;
    beta = next;
    next = swapped;
  }
}
