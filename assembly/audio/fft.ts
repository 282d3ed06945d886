// Discrete Fourier transforms of real rows: by Cooley and Tukey's algorithm where their length is a power of two, else by the
// definition. Cosines and sines come from a table, so that they are exact to the last bit of a float32.

import { endOf, MIN_FLOP, unitsOf } from "../range";

/** Whether the work is too little to share. A unit is a row. */
function isSmall(rows: i32, n: i32): bool {
  return 80 * <f64>rows * <f64>n < MIN_FLOP;
}

/** @inline */
function at(p: usize, i: i32): usize {
  return p + ((<usize>i) << 3);
}

/** z[n, 2] = Σ z[t] (cos − i sin)(2π k t / n), in place; `other` has room for as much. */
function transform(z: usize, other: usize, table: usize, n: i32): void {
  if (n & (n - 1)) naive(z, other, table, n);
  else powerOfTwo(z, table, n);
}

function naive(z: usize, sums: usize, table: usize, n: i32): void {
  for (let k = 0; k < n; k++) {
    let re: f32 = 0,
      im: f32 = 0;
    for (let t = 0, place = 0; t < n; t++) {
      const w = at(table, place),
        x = at(z, t);
      re += load<f32>(x) * load<f32>(w) + load<f32>(x, 4) * load<f32>(w, 4);
      im += load<f32>(x, 4) * load<f32>(w) - load<f32>(x) * load<f32>(w, 4);
      place += k;
      if (place >= n) place -= n;
    }
    store<f32>(at(sums, k), re);
    store<f32>(at(sums, k), im, 4);
  }
  memory.copy(z, sums, (<usize>n) << 3);
}

function powerOfTwo(z: usize, table: usize, n: i32): void {
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    const kept = load<u64>(at(z, i));
    store<u64>(at(z, i), load<u64>(at(z, j)));
    store<u64>(at(z, j), kept);
  }
  for (let length = 2; length <= n; length <<= 1) {
    const half = length >> 1,
      step = n / length;
    for (let i = 0; i < n; i += length)
      for (let j = 0; j < half; j++) {
        const w = at(table, j * step),
          c = load<f32>(w),
          s = load<f32>(w, 4),
          p = at(z, i + j),
          q = at(z, i + j + half),
          re = load<f32>(q) * c + load<f32>(q, 4) * s,
          im = load<f32>(q, 4) * c - load<f32>(q) * s,
          pr = load<f32>(p),
          pi = load<f32>(p, 4);
        store<f32>(p, pr + re);
        store<f32>(p, pi + im, 4);
        store<f32>(q, pr - re);
        store<f32>(q, pi - im, 4);
      }
  }
}

/**
 * y[rows, n / 2 + 1, 2] = Σ x[rows, t] (cos, −sin)(2π k t / n) over the first n samples of x[rows, samples], or zeros behind them
 * table[n, 2] has cosines and sines of 2π t / n
 */
export function rfft_f32(y: usize, x: usize, table: usize, workspace: usize, rows: i32, samples: i32, n: i32, from: i32, to: i32): void {
  const end = endOf(to, rows, 1, isSmall(rows, n)),
    bins = n / 2 + 1,
    z = workspace,
    other = at(z, n);
  for (let r = from; r < end; r++) {
    const row = x + ((<usize>r * <usize>samples) << 2);
    for (let t = 0; t < n; t++) {
      store<f32>(at(z, t), t < samples ? load<f32>(row + ((<usize>t) << 2)) : 0);
      store<f32>(at(z, t), 0, 4);
    }
    transform(z, other, table, n);
    memory.copy(at(y, r * bins), z, (<usize>bins) << 3);
  }
}
export function rfft_f32_units(rows: i32, n: i32): i32 {
  return unitsOf(rows, 1, isSmall(rows, n));
}
export function rfft_f32_workspace_bytes(rows: i32, n: i32, units: i32): i32 {
  return 16 * n;
}

/** dx[rows, samples] = Σ dy[rows, k, 0] cos(2π k t / n) − dy[rows, k, 1] sin(2π k t / n) over the bins k */
export function rfft_backward_f32(
  dx: usize,
  dy: usize,
  table: usize,
  workspace: usize,
  rows: i32,
  samples: i32,
  n: i32,
  from: i32,
  to: i32,
): void {
  const end = endOf(to, rows, 1, isSmall(rows, n)),
    bins = n / 2 + 1,
    z = workspace,
    other = at(z, n);
  for (let r = from; r < end; r++) {
    // the real part of the transform of the conjugate
    const row = at(dy, r * bins);
    memory.fill(z, 0, (<usize>n) << 3);
    for (let k = 0; k < bins; k++) {
      store<f32>(at(z, k), load<f32>(at(row, k)));
      store<f32>(at(z, k), -load<f32>(at(row, k), 4), 4);
    }
    transform(z, other, table, n);
    const out = dx + ((<usize>r * <usize>samples) << 2);
    for (let t = 0; t < samples; t++) store<f32>(out + ((<usize>t) << 2), t < n ? load<f32>(at(z, t)) : 0);
  }
}
export function rfft_backward_f32_units(rows: i32, n: i32): i32 {
  return unitsOf(rows, 1, isSmall(rows, n));
}
export function rfft_backward_f32_workspace_bytes(rows: i32, n: i32, units: i32): i32 {
  return 16 * n;
}
