// Sums and extremes. The order of every sum is fixed by its length alone:
//  - along memory (inner = 1): 16 running sums over strides of 16, folded 8, 4, 2, 1, then the remainder in order;
//    in pieces of CHUNK elements whose sums are added in order, so that rounding errors stay small
//  - across rows (inner > 1): each column in row order, in pieces of CHUNK_ROWS rows, added in order

import { absolute, add, loadLanes, mul, SIMD, splat, storeLanes, sub } from "./lanes";

const CHUNK: i32 = 4096;
const CHUNK_ROWS: i32 = 256;

@final @unmanaged export class Plain { @inline term<T>(x: T): T { return x; } }
@final @unmanaged export class Squared { @inline term<T>(x: T): T { return mul<T>(x, x); } }
@final @unmanaged export class Magnitude { @inline term<T>(x: T): T { return absolute<T>(x); } }

/** Σ f.term(x[i]) over n side by side. */
// @ts-ignore: decorator
@inline export function sumOf<F>(x: usize, n: i32): f32 {
  let total: f32 = 0;
  for (let start = 0; start < n; start += CHUNK) {
    const sum = sumChunk<F>(x + (<usize>start << 2), min(CHUNK, n - start));
    total = start ? total + sum : sum;
  }
  return total;
}

// @ts-ignore: decorator
@inline function sumChunk<F>(x: usize, n: i32): f32 {
  const f = changetype<F>(0);
  const end = x + (<usize>n << 2), blocks = x + (<usize>(n & ~15) << 2);
  let total: f32 = 0;
  if (SIMD) {
    let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
    for (; x < blocks; x += 64) {
      s0 = f32x4.add(s0, f.term<v128>(v128.load(x)));
      s1 = f32x4.add(s1, f.term<v128>(v128.load(x, 16)));
      s2 = f32x4.add(s2, f.term<v128>(v128.load(x, 32)));
      s3 = f32x4.add(s3, f.term<v128>(v128.load(x, 48)));
    }
    s0 = f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3));
    total = (f32x4.extract_lane(s0, 0) + f32x4.extract_lane(s0, 1)) + (f32x4.extract_lane(s0, 2) + f32x4.extract_lane(s0, 3));
  } else {
    const l0 = sumLane<F>(x, blocks), l1 = sumLane<F>(x + 4, blocks), l2 = sumLane<F>(x + 8, blocks), l3 = sumLane<F>(x + 12, blocks);
    total = (l0 + l1) + (l2 + l3);
    x = blocks;
  }
  for (; x < end; x += 4) total = total + f.term<f32>(load<f32>(x));
  return total;
}

/** One lane of the four vectors above. */
// @ts-ignore: decorator
@inline function sumLane<F>(x: usize, end: usize): f32 {
  const f = changetype<F>(0);
  let s0: f32 = 0, s1: f32 = 0, s2: f32 = 0, s3: f32 = 0;
  for (; x < end; x += 64) {
    s0 = s0 + f.term<f32>(load<f32>(x));
    s1 = s1 + f.term<f32>(load<f32>(x, 16));
    s2 = s2 + f.term<f32>(load<f32>(x, 32));
    s3 = s3 + f.term<f32>(load<f32>(x, 48));
  }
  return (s0 + s1) + (s2 + s3);
}

export function sumPlain(x: usize, n: i32): f32 { return sumOf<Plain>(x, n); }

@final @unmanaged class Values {
  @inline centre<T>(_: usize): T { return splat<T>(0); }
  @inline term<T>(x: T, _: T): T { return x; }
}
@final @unmanaged class SquaredDeviations {
  @inline centre<T>(mean: usize): T { return loadLanes<T>(mean); }
  @inline term<T>(x: T, mean: T): T { const d = sub<T>(x, mean); return mul<T>(d, d); }
}

/**
 * out[c] = Σ over rows of f.term(x[r, c], centre[c]); `stride` bytes from a row to the next. A piece of rows is walked
 * by cache lines while it is near: [50176, 32] takes 96 µs, 154 with one walk over all rows a line (AMD EPYC, Node 20).
 */
// @ts-ignore: decorator
@inline function sumOverRows<F>(out: usize, centre: usize, x: usize, rows: i32, columns: i32, stride: usize): void {
  const f = changetype<F>(0), bytes: usize = <usize>columns << 2;
  memory.fill(out, 0, bytes);
  for (; rows > 0; rows -= CHUNK_ROWS, x += <usize>CHUNK_ROWS * stride) {
    const count = min(CHUNK_ROWS, rows);
    let c: usize = 0;
    if (SIMD) for (; c + 64 <= bytes; c += 64) {
      const m0 = f.centre<v128>(centre + c), m1 = f.centre<v128>(centre + c + 16), m2 = f.centre<v128>(centre + c + 32), m3 = f.centre<v128>(centre + c + 48);
      let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0, p = x + c;
      for (let r = count; r > 0; r--, p += stride) {
        s0 = f32x4.add(s0, f.term<v128>(v128.load(p), m0)); s1 = f32x4.add(s1, f.term<v128>(v128.load(p, 16), m1));
        s2 = f32x4.add(s2, f.term<v128>(v128.load(p, 32), m2)); s3 = f32x4.add(s3, f.term<v128>(v128.load(p, 48), m3));
      }
      const to = out + c;
      v128.store(to, f32x4.add(v128.load(to), s0)); v128.store(to, f32x4.add(v128.load(to, 16), s1), 16);
      v128.store(to, f32x4.add(v128.load(to, 32), s2), 32); v128.store(to, f32x4.add(v128.load(to, 48), s3), 48);
    }
    if (SIMD) for (; c + 16 <= bytes; c += 16) addColumn<F, v128>(out + c, centre + c, x + c, count, stride);
    for (; c < bytes; c += 4) addColumn<F, f32>(out + c, centre + c, x + c, count, stride);
  }
}

// @ts-ignore: decorator
@inline function addColumn<F, T>(out: usize, centre: usize, x: usize, rows: i32, stride: usize): void {
  const f = changetype<F>(0), m = f.centre<T>(centre);
  let sum = splat<T>(0);
  for (; rows > 0; rows--, x += stride) sum = add<T>(sum, f.term<T>(loadLanes<T>(x), m));
  storeLanes<T>(out, add<T>(loadLanes<T>(out), sum));
}

/** out[c] = Σ over rows of x[r, c] */
export function sumRows(out: usize, x: usize, rows: i32, columns: i32, stride: usize): void {
  sumOverRows<Values>(out, 0, x, rows, columns, stride);
}

/** out[c] = Σ over rows of (x[r, c] − mean[c])² */
export function sumSquaredDeviations(out: usize, mean: usize, x: usize, rows: i32, columns: i32, stride: usize): void {
  sumOverRows<SquaredDeviations>(out, mean, x, rows, columns, stride);
}

/** out[o, i] = Σ_r x[o, r, i]; `stride` numbers from x[o, r, 0] to x[o, r + 1, 0]. */
export function sum_f32(out: usize, x: usize, outer: i32, reduce: i32, inner: i32, stride: i32): void {
  for (let o = 0; o < outer; o++, x += <usize>(reduce * stride) << 2, out += <usize>inner << 2) {
    if (stride == 1) store<f32>(out, sumOf<Plain>(x, reduce));
    else sumRows(out, x, reduce, inner, <usize>stride << 2);
  }
}

/** out[0] = Σ x² (for norms and L2) */
export function sum_squares_f32(out: usize, x: usize, n: i32): void { store<f32>(out, sumOf<Squared>(x, n)); }
/** out[0] = Σ |x| (for L1) */
export function sum_magnitudes_f32(out: usize, x: usize, n: i32): void { store<f32>(out, sumOf<Magnitude>(x, n)); }

/** out[o, i] = max_r x[o, r, i]; a NaN wins. */
export function max_f32(out: usize, x: usize, outer: i32, reduce: i32, inner: i32): void {
  for (let o = 0; o < outer; o++)
    for (let i = 0; i < inner; i++, out += 4) {
      let p = x + (<usize>(o * reduce * inner + i) << 2), best = load<f32>(p);
      for (let r = 1; r < reduce; r++) { p += <usize>inner << 2; best = max<f32>(best, load<f32>(p)); }
      store<f32>(out, best);
    }
}

/** out[o, i] = min_r x[o, r, i]; a NaN wins. */
export function min_f32(out: usize, x: usize, outer: i32, reduce: i32, inner: i32): void {
  for (let o = 0; o < outer; o++)
    for (let i = 0; i < inner; i++, out += 4) {
      let p = x + (<usize>(o * reduce * inner + i) << 2), best = load<f32>(p);
      for (let r = 1; r < reduce; r++) { p += <usize>inner << 2; best = min<f32>(best, load<f32>(p)); }
      store<f32>(out, best);
    }
}

/** The gradient of max_f32 and min_f32: equal extremes share it evenly. */
export function extreme_backward_f32(dx: usize, dy: usize, x: usize, y: usize, outer: i32, reduce: i32, inner: i32): void {
  const step: usize = <usize>inner << 2;
  for (let o = 0; o < outer; o++)
    for (let i = 0; i < inner; i++, y += 4, dy += 4) {
      const at: usize = <usize>(o * reduce * inner + i) << 2, best = load<f32>(y);
      let equals: f32 = 0;
      for (let r = 0, p = x + at; r < reduce; r++, p += step) if (load<f32>(p) == best) equals += 1;
      const share = load<f32>(dy) / equals;
      for (let r = 0, p = at; r < reduce; r++, p += step) store<f32>(dx + p, load<f32>(x + p) == best ? share : 0);
    }
}

/** out[r] = the first index of the largest of x[r, :]; a row of NaN gives 0. */
export function argmax_i32(out: usize, x: usize, rows: i32, columns: i32): void {
  for (let r = 0; r < rows; r++, x += <usize>columns << 2) {
    let best = 0, value = load<f32>(x);
    for (let c = 1; c < columns; c++) {
      const candidate = load<f32>(x + (<usize>c << 2));
      if (candidate > value) { best = c; value = candidate; }
    }
    store<i32>(out + (<usize>r << 2), best);
  }
}
