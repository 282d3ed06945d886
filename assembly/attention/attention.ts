// Scaled dot-product attention (Vaswani et al., arXiv:1706.03762): y = softmax(scale q kᵀ) v for each head of each example,
// forward and backward. A unit is a head of an example: its scores are made, weighed and multiplied while they lie in the
// second-level cache, and heads are read where they lie between each other, so that nothing is transposed.
//
// Scores lie with the queries side by side, [keys, queries]: what softmax does along the keys it then does for four queries at
// once. All sums have the order of the core's products and of its softmax, so the bits are those of the three ops one by one.

import { gemm_nn_f32, gemm_nn_f32_units, gemm_nn_f32_workspace_bytes, gemm_nt_f32, gemm_tn_f32 } from "../generated/core";
import { endOf, MIN_FLOP, unitsOf } from "../range";
import { causalScores, scaleRow, softmaxColumns, softmaxColumnsBackward, softmaxScratchBytes } from "./softmax";

/** The sizes of an attention: written once per shape by the caller, passed as one pointer. */
@final
@unmanaged
export class AttentionShape {
  /** Examples. */
  n: i32;
  /** Heads, which lie between steps and features of all arrays. */
  heads: i32;
  /** Steps of the queries, and of the keys and values. */
  queries: i32;
  keys: i32;
  /** Features of a query and a key, and of a value. */
  depth: i32;
  valueDepth: i32;
  /** 1 where a query sees no later key. */
  causal: i32;
}

function isSmall(s: AttentionShape): bool {
  return 2 * <f64>s.n * <f64>s.heads * <f64>s.queries * <f64>s.keys * <f64>(s.depth + s.valueDepth) < MIN_FLOP;
}

function headUnits(s: AttentionShape): i32 {
  return unitsOf(s.n * s.heads, 1, isSmall(s));
}

/** The head behind the range's last, counted through the examples. */
function headEnd(s: AttentionShape, to: i32): i32 {
  return endOf(to, s.n * s.heads, 1, isSmall(s));
}

/** Where a head's part of x[n, steps, heads, depth] begins; its rows lie heads · depth floats apart. */
function headOf(x: usize, s: AttentionShape, head: i32, steps: i32, depth: i32): usize {
  const example = head / s.heads;
  return x + ((<usize>((example * steps * s.heads + (head - example * s.heads)) * depth)) << 2);
}

/** Bytes of so many floats, in whole cache lines. */
function room(floats: i32): i32 {
  return (floats * 4 + 63) & ~63;
}

function productBytes(m: i32, n: i32, k: i32): i32 {
  return gemm_nn_f32_workspace_bytes(m, n, k, gemm_nn_f32_units(m, n, k));
}

/** Bytes that the largest of a head's products needs: of scores, of outputs, and of the gradients of either side. */
function productsBytes(s: AttentionShape): i32 {
  const queries = s.queries,
    keys = s.keys,
    wide = max(s.depth, s.valueDepth);
  return max(productBytes(keys, queries, wide), max(productBytes(queries, wide, keys), productBytes(keys, wide, queries)));
}

/** to[queries, depth] = a head's queries times scale */
function scaledQueries(to: usize, q: usize, s: AttentionShape, head: i32, scale: f32): void {
  const depth = s.depth;
  let from = headOf(q, s, head, s.queries, depth);
  for (let i = 0; i < s.queries; i++, to += (<usize>depth) << 2, from += (<usize>(s.heads * depth)) << 2) scaleRow(to, from, depth, scale);
}

/** y[n, queries, heads, valueDepth] = weights v with weights[n, heads, keys, queries] = softmax over the keys of scale q kᵀ; q[n, queries, heads, depth], k[n, keys, heads, depth], v[n, keys, heads, valueDepth] */
export function attention_f32(
  y: usize,
  weights: usize,
  q: usize,
  k: usize,
  v: usize,
  workspace: usize,
  shape: AttentionShape,
  scale: f32,
  from: i32,
  to: i32,
): void {
  const s = shape,
    queries = s.queries,
    keys = s.keys,
    depth = s.depth,
    valueDepth = s.valueDepth,
    row = s.heads * depth,
    valueRow = s.heads * valueDepth,
    scaled = workspace,
    scratch = scaled + room(queries * depth),
    products = scratch + softmaxScratchBytes(queries),
    end = headEnd(s, to);
  for (let head = from; head < end; head++) {
    const w = weights + ((<usize>head * <usize>(keys * queries)) << 2);
    scaledQueries(scaled, q, s, head, scale);
    const scoreUnits = gemm_nn_f32_units(keys, queries, depth);
    gemm_nt_f32(w, headOf(k, s, head, keys, depth), scaled, 0, products, keys, queries, depth, row, depth, queries, 0, 0, scoreUnits);
    if (s.causal) causalScores(w, keys, queries);
    softmaxColumns(w, keys, queries, scratch);
    const out = headOf(y, s, head, queries, valueDepth),
      units = gemm_nn_f32_units(queries, valueDepth, keys);
    gemm_tn_f32(
      out,
      w,
      headOf(v, s, head, keys, valueDepth),
      0,
      products,
      queries,
      valueDepth,
      keys,
      queries,
      valueRow,
      valueRow,
      0,
      0,
      units,
    );
  }
}
export function attention_f32_units(shape: AttentionShape): i32 {
  return headUnits(shape);
}
export function attention_f32_workspace_bytes(shape: AttentionShape, units: i32): i32 {
  const s = shape;
  return room(s.queries * s.depth) + softmaxScratchBytes(s.queries) + productsBytes(s);
}

/** dq, dk, dv, or 0 each, of dy[n, queries, heads, valueDepth] and what the forward pass took and left */
export function attention_backward_f32(
  dq: usize,
  dk: usize,
  dv: usize,
  dy: usize,
  weights: usize,
  q: usize,
  k: usize,
  v: usize,
  workspace: usize,
  shape: AttentionShape,
  scale: f32,
  from: i32,
  to: i32,
): void {
  const s = shape,
    queries = s.queries,
    keys = s.keys,
    depth = s.depth,
    valueDepth = s.valueDepth,
    row = s.heads * depth,
    valueRow = s.heads * valueDepth,
    scaled = workspace,
    scratch = scaled + room(queries * depth),
    d = scratch + softmaxScratchBytes(queries),
    products = d + room(keys * queries),
    scoreUnits = gemm_nn_f32_units(keys, queries, valueDepth),
    end = headEnd(s, to);
  for (let head = from; head < end; head++) {
    const w = weights + ((<usize>head * <usize>(keys * queries)) << 2),
      dOut = headOf(dy, s, head, queries, valueDepth);
    if (dv) {
      const out = headOf(dv, s, head, keys, valueDepth),
        units = gemm_nn_f32_units(keys, valueDepth, queries);
      gemm_nn_f32(out, w, dOut, 0, products, keys, valueDepth, queries, queries, valueRow, valueRow, 0, 0, units);
    }
    if (!dq && !dk) continue;
    const values = headOf(v, s, head, keys, valueDepth);
    gemm_nt_f32(d, values, dOut, 0, products, keys, queries, valueDepth, valueRow, valueRow, queries, 0, 0, scoreUnits);
    softmaxColumnsBackward(d, w, keys, queries, scratch);
    if (dq) {
      let out = headOf(dq, s, head, queries, depth);
      const units = gemm_nn_f32_units(queries, depth, keys);
      gemm_tn_f32(out, d, headOf(k, s, head, keys, depth), 0, products, queries, depth, keys, queries, row, row, 0, 0, units);
      for (let i = 0; i < queries; i++, out += (<usize>row) << 2) scaleRow(out, out, depth, scale);
    }
    if (dk) {
      scaledQueries(scaled, q, s, head, scale);
      const out = headOf(dk, s, head, keys, depth),
        units = gemm_nn_f32_units(keys, depth, queries);
      gemm_nn_f32(out, d, scaled, 0, products, keys, depth, queries, queries, depth, row, 0, 0, units);
    }
  }
}
export function attention_backward_f32_units(shape: AttentionShape): i32 {
  return headUnits(shape);
}
export function attention_backward_f32_workspace_bytes(shape: AttentionShape, units: i32): i32 {
  const s = shape;
  return attention_f32_workspace_bytes(s, units) + room(s.keys * s.queries);
}
