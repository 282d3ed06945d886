// Products of one row, such as a dense layer's for one example. To pack B would take longer than the product, so that it is read where it
// lies, 16 columns, a cache line, at a time. Elements are summed as in product.ts, depth block by depth block, each in its order: the
// bits are the same. µs before and after (EPYC, Node 20, simd): 128 × 784 59 and 19, 512 × 784 245 and 80 to 128, 10 × 64 1.1 and 0.5.
// Tried: B row by row, its products added to sums in memory: half as fast. Two rows at once: 1.7 times as fast as packing, three 1.2, four slower.

import { loadLanes, madd, RELAXED, SIMD, splat } from "../lanes";
import { KC } from "./blocking";
import { finish } from "./tile";

/** c[n] = a[k] B[k, n] + bias[n], then the activation; ldb is the bytes from a row of B to the next. */
export function rowProduct(c: usize, a: usize, b: usize, bias: usize, n: i32, k: i32, ldb: usize, activation: i32): void {
  for (let p = 0; p < k; p += KC) {
    const depth = min(KC, k - p),
      last = p + depth == k,
      from = last ? bias : 0,
      code = last ? activation : 0;
    let j = 0;
    if (SIMD) {
      for (; j + 16 <= n; j += 16) wide(at(c, j), a, at(b, j), from && at(from, j), depth, ldb, p, code);
      for (; j + 4 <= n; j += 4) narrow<v128>(at(c, j), a, at(b, j), from && at(from, j), depth, ldb, p, code);
    }
    for (; j < n; j++) narrow<f32>(at(c, j), a, at(b, j), from && at(from, j), depth, ldb, p, code);
    a += (<usize>depth) << 2;
    b += <usize>depth * ldb;
  }
}

/** @inline */
function at(p: usize, i: i32): usize {
  return p + ((<usize>i) << 2);
}

/** 16 columns, in four accumulators. */
function wide(c: usize, a: usize, b: usize, bias: usize, depth: i32, ldb: usize, accumulate: i32, activation: i32): void {
  let c0 = f32x4.splat(0),
    c1 = c0,
    c2 = c0,
    c3 = c0;
  for (const last = a + ((<usize>depth) << 2); a < last; a += 4, b += ldb) {
    const x = v128.load_splat<f32>(a);
    c0 = madd<v128>(x, v128.load(b), c0);
    c1 = madd<v128>(x, v128.load(b, 16), c1);
    c2 = madd<v128>(x, v128.load(b, 32), c2);
    c3 = madd<v128>(x, v128.load(b, 48), c3);
  }
  end(c, c0, 0, bias, accumulate, activation);
  end(c, c1, 16, bias, accumulate, activation);
  end(c, c2, 32, bias, accumulate, activation);
  end(c, c3, 48, bias, accumulate, activation);
}

function end(c: usize, sum: v128, place: usize, bias: usize, accumulate: i32, activation: i32): void {
  finish<v128>(c + place, sum, accumulate, bias && bias + place, activation);
}

/** As many columns as T has lanes. Where products are fused a single column's are, too: in a vector. */
function narrow<T>(c: usize, a: usize, b: usize, bias: usize, depth: i32, ldb: usize, accumulate: i32, activation: i32): void {
  let sum = splat<T>(0);
  const last = a + ((<usize>depth) << 2);
  if (RELAXED && !isVector<T>()) {
    let lanes = f32x4.splat(0);
    for (; a < last; a += 4, b += ldb) lanes = madd<v128>(v128.load_splat<f32>(a), v128.load_splat<f32>(b), lanes);
    sum = changetype<T>(f32x4.extract_lane(lanes, 0));
  } else for (; a < last; a += 4, b += ldb) sum = madd<T>(splat<T>(load<f32>(a)), loadLanes<T>(b), sum);
  finish<T>(c, sum, accumulate, bias, activation);
}
