// Sums of numbers side by side and over rows. The order of every sum is fixed by its length alone:
//  - along memory (inner = 1): 16 running sums over strides of 16, folded 8, 4, 2, 1, then the remainder in order;
//    in pieces of CHUNK elements whose sums are added in order, so that rounding errors stay small
//  - across rows (inner > 1): each column in row order, in pieces of CHUNK_ROWS rows, added in order

import { absolute, add, loadLanes, mul, SIMD, splat, storeLanes, sub } from "../lanes";

const CHUNK: i32 = 4096;
const CHUNK_ROWS: i32 = 256;

declare class Term {
  term<T>(x: T): T;
}

@final
@unmanaged
class Plain {
  @inline term<T>(x: T): T {
    return x;
  }
}
@final
@unmanaged
export class Squared {
  @inline term<T>(x: T): T {
    return mul<T>(x, x);
  }
}
@final
@unmanaged
export class Magnitude {
  @inline term<T>(x: T): T {
    return absolute<T>(x);
  }
}

/**
 * Σ f.term(x[i]) over n side by side.
 * @inline
 */
export function sumOf<F extends Term>(x: usize, n: i32): f32 {
  let total: f32 = 0;
  for (let start = 0; start < n; start += CHUNK) {
    const sum = sumChunk<F>(x + ((<usize>start) << 2), min(CHUNK, n - start));
    total = start ? total + sum : sum;
  }
  return total;
}

/** @inline */
function sumChunk<F extends Term>(x: usize, n: i32): f32 {
  const f = changetype<F>(0);
  const end = x + ((<usize>n) << 2),
    blocks = x + ((<usize>(n & ~15)) << 2);
  let total: f32 = 0;
  if (SIMD) {
    let s0 = f32x4.splat(0),
      s1 = s0,
      s2 = s0,
      s3 = s0;
    for (; x < blocks; x += 64) {
      s0 = f32x4.add(s0, f.term<v128>(v128.load(x)));
      s1 = f32x4.add(s1, f.term<v128>(v128.load(x, 16)));
      s2 = f32x4.add(s2, f.term<v128>(v128.load(x, 32)));
      s3 = f32x4.add(s3, f.term<v128>(v128.load(x, 48)));
    }
    s0 = f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3));
    total = f32x4.extract_lane(s0, 0) + f32x4.extract_lane(s0, 1) + (f32x4.extract_lane(s0, 2) + f32x4.extract_lane(s0, 3));
  } else {
    const l0 = sumLane<F>(x, blocks),
      l1 = sumLane<F>(x + 4, blocks),
      l2 = sumLane<F>(x + 8, blocks),
      l3 = sumLane<F>(x + 12, blocks);
    total = l0 + l1 + (l2 + l3);
    x = blocks;
  }
  for (; x < end; x += 4) total = total + f.term<f32>(load<f32>(x));
  return total;
}

/**
 * One lane of the four vectors above.
 * @inline
 */
function sumLane<F extends Term>(x: usize, end: usize): f32 {
  const f = changetype<F>(0);
  let s0: f32 = 0,
    s1: f32 = 0,
    s2: f32 = 0,
    s3: f32 = 0;
  for (; x < end; x += 64) {
    s0 = s0 + f.term<f32>(load<f32>(x));
    s1 = s1 + f.term<f32>(load<f32>(x, 16));
    s2 = s2 + f.term<f32>(load<f32>(x, 32));
    s3 = s3 + f.term<f32>(load<f32>(x, 48));
  }
  return s0 + s1 + (s2 + s3);
}

export function sumPlain(x: usize, n: i32): f32 {
  return sumOf<Plain>(x, n);
}

declare class TermOfColumn {
  /** What the column's terms are taken around. */
  centre<T>(pointer: usize): T;
  term<T>(x: T, centre: T): T;
}

@final
@unmanaged
class Values {
  @inline centre<T>(_: usize): T {
    return splat<T>(0);
  }
  @inline term<T>(x: T, _: T): T {
    return x;
  }
}
@final
@unmanaged
class SquaredDeviations {
  @inline centre<T>(mean: usize): T {
    return loadLanes<T>(mean);
  }
  @inline term<T>(x: T, mean: T): T {
    const d = sub<T>(x, mean);
    return mul<T>(d, d);
  }
}

/**
 * out[c] = Σ over rows of f.term(x[r, c], centre[c]); `stride` bytes from a row to the next. A piece of rows is walked
 * by cache lines while it is near: [50176, 32] takes 96 µs, 154 with one walk over all rows a line (AMD EPYC, Node 20).
 * @inline
 */
function sumOverRows<F extends TermOfColumn>(out: usize, centre: usize, x: usize, rows: i32, columns: i32, stride: usize): void {
  const f = changetype<F>(0),
    bytes: usize = (<usize>columns) << 2;
  memory.fill(out, 0, bytes);
  for (; rows > 0; rows -= CHUNK_ROWS, x += <usize>CHUNK_ROWS * stride) {
    const count = min(CHUNK_ROWS, rows);
    let c: usize = 0;
    if (SIMD)
      for (; c + 64 <= bytes; c += 64) {
        const m0 = f.centre<v128>(centre + c),
          m1 = f.centre<v128>(centre + c + 16),
          m2 = f.centre<v128>(centre + c + 32),
          m3 = f.centre<v128>(centre + c + 48);
        let s0 = f32x4.splat(0),
          s1 = s0,
          s2 = s0,
          s3 = s0,
          p = x + c;
        for (let r = count; r > 0; r--, p += stride) {
          s0 = f32x4.add(s0, f.term<v128>(v128.load(p), m0));
          s1 = f32x4.add(s1, f.term<v128>(v128.load(p, 16), m1));
          s2 = f32x4.add(s2, f.term<v128>(v128.load(p, 32), m2));
          s3 = f32x4.add(s3, f.term<v128>(v128.load(p, 48), m3));
        }
        const to = out + c;
        v128.store(to, f32x4.add(v128.load(to), s0));
        v128.store(to, f32x4.add(v128.load(to, 16), s1), 16);
        v128.store(to, f32x4.add(v128.load(to, 32), s2), 32);
        v128.store(to, f32x4.add(v128.load(to, 48), s3), 48);
      }
    if (SIMD) for (; c + 16 <= bytes; c += 16) addColumn<F, v128>(out + c, centre + c, x + c, count, stride);
    for (; c < bytes; c += 4) addColumn<F, f32>(out + c, centre + c, x + c, count, stride);
  }
}

/** @inline */
function addColumn<F extends TermOfColumn, T>(out: usize, centre: usize, x: usize, rows: i32, stride: usize): void {
  const f = changetype<F>(0),
    m = f.centre<T>(centre);
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
