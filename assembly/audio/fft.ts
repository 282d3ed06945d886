// Discrete Fourier transforms of real rows: by Cooley and Tukey's algorithm where their length is a power of two, by the definition
// where it is short, else by Bluestein's algorithm. Cosines and sines come from a table, so that they are exact to the last bit of a
// float32: n of a turn in n parts and, for Bluestein's algorithm, those of a turn in as many parts as its convolution has places.

import { endOf, MIN_FLOP, unitsOf } from "../range";

/** Whether the work is too little to share. A unit is a row. */
function isSmall(rows: i32, n: i32): bool {
  return 80 * <f64>rows * <f64>n < MIN_FLOP;
}

/** @inline */
function at(p: usize, i: i32): usize {
  return p + ((<usize>i) << 3);
}

/** The longest transform by the definition; from here on Bluestein's three transforms of 2 to 4 n places cost less. */
const SHORT = 32;

/** Whether Bluestein's algorithm does it. */
function isLong(n: i32): bool {
  return n > SHORT && (n & (n - 1)) != 0;
}

/** Complex numbers that z and `other` have room for: n, or the places of Bluestein's convolution. */
function roomFor(n: i32): i32 {
  return isLong(n) ? 1 << (32 - clz(2 * n - 2)) : n;
}

/** What `transform` needs to be done once for a length. */
function prepare(other: usize, table: usize, n: i32): void {
  if (isLong(n)) transformChirp(other, table, n);
}

/** z[n, 2] = Σ z[t] (cos − i sin)(2π k t / n), in place; z and `other` have `roomFor(n)`, and `other` is prepared. */
function transform(z: usize, other: usize, table: usize, n: i32): void {
  if (isLong(n)) bluestein(z, other, table, n);
  else if (n & (n - 1)) naive(z, other, table, n);
  else powerOfTwo(z, table, n);
}

/**
 * With w = e^(−2πi / n) and T(j) = j (j − 1) / 2, k t is T(k + t) − T(k) − T(t). The sum over t of z[t] w^(k t) is then
 * w^(−T(k)) Σ (z[t] w^(−T(t))) w^(T(k + t)): a convolution of z, turned and reversed, with the chirp w^T(j), by powers of two.
 * Source: Bluestein, "A linear filtering approach to the computation of discrete Fourier transform", 1970; with triangular
 * numbers in place of squares no angle is half a step of the table.
 */
function bluestein(z: usize, chirp: usize, table: usize, n: i32): void {
  const places = roomFor(n),
    wide = at(table, n),
    scale = <f32>1 / <f32>places;
  turn(z, table, n, 1);
  // reversed, t to −t: behind all that is still to be read, since there are 2 n − 1 places or more
  for (let t = 1; t < n; t++) store<u64>(at(z, places - t), load<u64>(at(z, t)));
  memory.fill(at(z, 1), 0, (<usize>(places - n)) << 3);
  powerOfTwo(z, wide, places);
  // back by the transform of the conjugate
  for (let i = 0; i < places; i++) {
    const p = at(z, i),
      q = at(chirp, i),
      re = load<f32>(p),
      im = load<f32>(p, 4),
      qr = load<f32>(q),
      qi = load<f32>(q, 4);
    store<f32>(p, re * qr - im * qi);
    store<f32>(p, -(re * qi + im * qr), 4);
  }
  powerOfTwo(z, wide, places);
  for (let k = 0; k < n; k++) store<f32>(at(z, k), -load<f32>(at(z, k), 4), 4);
  turn(z, table, n, scale);
}

/** z[j] = z[j] w^(−T(j)) scale for the n first */
function turn(z: usize, table: usize, n: i32, scale: f32): void {
  for (let j = 0, place = 0; j < n; j++) {
    const w = at(table, place),
      p = at(z, j),
      c = load<f32>(w) * scale,
      s = load<f32>(w, 4) * scale,
      re = load<f32>(p),
      im = load<f32>(p, 4);
    store<f32>(p, re * c - im * s);
    store<f32>(p, re * s + im * c, 4);
    place += j;
    if (place >= n) place -= n;
  }
}

/** The transform of w^T(j) for j from 0 to 2 n − 2 and zeros behind them. */
function transformChirp(chirp: usize, table: usize, n: i32): void {
  const places = roomFor(n);
  memory.fill(chirp, 0, (<usize>places) << 3);
  for (let j = 0, step = 0, place = 0; j < 2 * n - 1; j++) {
    const w = at(table, place);
    store<f32>(at(chirp, j), load<f32>(w));
    store<f32>(at(chirp, j), -load<f32>(w, 4), 4);
    place += step;
    if (place >= n) place -= n;
    if (++step == n) step = 0;
  }
  powerOfTwo(chirp, at(table, n), places);
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
 * table[n, 2] has cosines and sines of 2π t / n; where n is no power of two those of 2π t / m follow, m the power of two
 * from 2 n − 1 on
 */
export function rfft_f32(y: usize, x: usize, table: usize, workspace: usize, rows: i32, samples: i32, n: i32, from: i32, to: i32): void {
  const end = endOf(to, rows, 1, isSmall(rows, n)),
    bins = n / 2 + 1,
    z = workspace,
    other = at(z, roomFor(n));
  prepare(other, table, n);
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
  return 16 * roomFor(n);
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
    other = at(z, roomFor(n));
  prepare(other, table, n);
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
  return 16 * roomFor(n);
}
