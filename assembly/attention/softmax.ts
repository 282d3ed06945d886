// Softmax along the keys of scores [keys, queries], row by row of them, so that the numbers side by side belong to different sums.
// The order of each sum is that of reduction/softmax.ts, whose rows these columns are, and of reduction/sums.ts.

import { add, div, loadLanes, maximum, mul, SIMD, splat, storeLanes, sub } from "../lanes";
import { expOfNegative } from "../math";

/** Keys that are summed in one go, and their running sums (reduction/sums.ts). */
const CHUNK: i32 = 4096;
const RUNNING: i32 = 16;
/** What is added to the score of a key that a query must not see. */
const HIDDEN: f32 = -1e9;

/** y[n] = x[n] * factor */
export function scaleRow(y: usize, x: usize, n: i32, factor: f32): void {
  const end: usize = (<usize>n) << 2;
  let i: usize = 0;
  if (SIMD) for (; i + 16 <= end; i += 16) v128.store(y + i, f32x4.mul(v128.load(x + i), f32x4.splat(factor)));
  for (; i < end; i += 4) store<f32>(y + i, load<f32>(x + i) * factor);
}

/** Hides from each query the keys behind it. */
export function causalScores(x: usize, keys: i32, queries: i32): void {
  for (let key = 0; key < keys; key++, x += (<usize>queries) << 2)
    for (let query = 0, hidden = min(key, queries); query < hidden; query++) {
      const at = x + ((<usize>query) << 2);
      store<f32>(at, load<f32>(at) + HIDDEN);
    }
}

/** Bytes of scratch: rows of the largest of each query, of the sum, and of the running sums. */
export function softmaxScratchBytes(queries: i32): i32 {
  return (queries * (2 + RUNNING) * 4 + 63) & ~63;
}

/** @inline */
function largerOf<T>(best: usize, x: usize): void {
  storeLanes<T>(best, maximum<T>(loadLanes<T>(best), loadLanes<T>(x)));
}

/** @inline */
function exponential<T>(x: usize, shift: usize, sum: usize): void {
  const e = expOfNegative<T>(sub<T>(loadLanes<T>(x), loadLanes<T>(shift)));
  storeLanes<T>(x, e);
  storeLanes<T>(sum, add<T>(loadLanes<T>(sum), e));
}

/**
 * The running sums of a chunk become one: those of a lane of four vectors, then the lanes.
 * @inline
 */
function folded<T>(sums: usize, row: usize): T {
  return add<T>(add<T>(lane<T>(sums, row), lane<T>(sums + row, row)), add<T>(lane<T>(sums + 2 * row, row), lane<T>(sums + 3 * row, row)));
}

/** @inline */
function lane<T>(sums: usize, row: usize): T {
  return add<T>(
    add<T>(loadLanes<T>(sums), loadLanes<T>(sums + 4 * row)),
    add<T>(loadLanes<T>(sums + 8 * row), loadLanes<T>(sums + 12 * row)),
  );
}

/** @inline */
function addTo<T>(total: usize, x: usize): void {
  storeLanes<T>(total, add<T>(loadLanes<T>(total), loadLanes<T>(x)));
}

/** @inline */
function reciprocal<T>(x: usize): void {
  storeLanes<T>(x, div<T>(splat<T>(1), loadLanes<T>(x)));
}

/** @inline */
function multiplyBy<T>(x: usize, factor: usize): void {
  storeLanes<T>(x, mul<T>(loadLanes<T>(x), loadLanes<T>(factor)));
}

/** A row of e^(x − shift), added to a row of sums. */
function exponentialRow(x: usize, shift: usize, sum: usize, row: usize): void {
  let i: usize = 0;
  if (SIMD) for (; i + 16 <= row; i += 16) exponential<v128>(x + i, shift + i, sum + i);
  for (; i < row; i += 4) exponential<f32>(x + i, shift + i, sum + i);
}

/** x[keys] = e^(x − shift), a chunk of keys whose sum goes to sums[0]; the others of the running sums are scratch. */
function exponentialChunk(x: usize, keys: i32, shift: usize, sums: usize, row: usize): void {
  const blocks = keys & ~(RUNNING - 1);
  memory.fill(sums, 0, <usize>RUNNING * row);
  for (let key = 0; key < blocks; key++, x += row) exponentialRow(x, shift, sums + <usize>(key & (RUNNING - 1)) * row, row);
  let i: usize = 0;
  if (SIMD) for (; i + 16 <= row; i += 16) v128.store(sums + i, folded<v128>(sums + i, row));
  for (; i < row; i += 4) store<f32>(sums + i, folded<f32>(sums + i, row));
  for (let key = blocks; key < keys; key++, x += row) exponentialRow(x, shift, sums, row);
}

/** x[keys, queries] becomes e^x / Σ e^x, the sum over the keys; the largest of each query is subtracted first. */
export function softmaxColumns(x: usize, keys: i32, queries: i32, scratch: usize): void {
  const row: usize = (<usize>queries) << 2,
    end = x + <usize>keys * row,
    best = scratch,
    total = scratch + row,
    sums = total + row;
  memory.copy(best, x, row);
  for (let p = x + row; p < end; p += row) {
    let i: usize = 0;
    if (SIMD) for (; i + 16 <= row; i += 16) largerOf<v128>(best + i, p + i);
    for (; i < row; i += 4) largerOf<f32>(best + i, p + i);
  }
  for (let start = 0; start < keys; start += CHUNK) {
    exponentialChunk(x + <usize>start * row, min(CHUNK, keys - start), best, sums, row);
    if (!start) memory.copy(total, sums, row);
    else for (let i: usize = 0; i < row; i += 4) addTo<f32>(total + i, sums + i);
  }
  for (let i: usize = 0; i < row; i += 4) reciprocal<f32>(total + i);
  for (let p = x; p < end; p += row) {
    let i: usize = 0;
    if (SIMD) for (; i + 16 <= row; i += 16) multiplyBy<v128>(p + i, total + i);
    for (; i < row; i += 4) multiplyBy<f32>(p + i, total + i);
  }
}

/** @inline */
function addProduct<T>(sum: usize, a: usize, b: usize): void {
  storeLanes<T>(sum, add<T>(loadLanes<T>(sum), mul<T>(loadLanes<T>(a), loadLanes<T>(b))));
}

/** @inline */
function gradient<T>(d: usize, y: usize, dot: usize): void {
  storeLanes<T>(d, mul<T>(loadLanes<T>(y), sub<T>(loadLanes<T>(d), loadLanes<T>(dot))));
}

/** d[keys, queries], the gradient of the softmax y[keys, queries], becomes that of what it took: y (d − Σ d y), the sum over the keys. */
export function softmaxColumnsBackward(d: usize, y: usize, keys: i32, queries: i32, scratch: usize): void {
  const row: usize = (<usize>queries) << 2,
    end = d + <usize>keys * row,
    dot = scratch;
  memory.fill(dot, 0, row);
  for (let p = d, py = y; p < end; p += row, py += row) {
    let i: usize = 0;
    if (SIMD) for (; i + 16 <= row; i += 16) addProduct<v128>(dot + i, p + i, py + i);
    for (; i < row; i += 4) addProduct<f32>(dot + i, p + i, py + i);
  }
  for (; d < end; d += row, y += row) {
    let i: usize = 0;
    if (SIMD) for (; i + 16 <= row; i += 16) gradient<v128>(d + i, y + i, dot + i);
    for (; i < row; i += 4) gradient<f32>(d + i, y + i, dot + i);
  }
}
