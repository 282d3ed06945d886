// Products of many matrices, each by the core's product of two. A unit is a product, or all where they are little work.

import { gemm_nn_f32, gemm_nn_f32_units, gemm_nn_f32_workspace_bytes } from "../generated/core";
import { gemm_nt_f32, gemm_tn_f32, gemm_tt_f32 } from "../generated/core";
import { endOf, MIN_FLOP, unitsOf } from "../range";

function small(batch: i32, m: i32, n: i32, k: i32): bool {
  return 2.0 * <f64>batch * <f64>m * <f64>n * <f64>k < MIN_FLOP;
}

/**
 * c[batch, m, n] = a[batch, m, k] b[batch, k, n]
 * By the flags a is [batch, k, m] and b [batch, n, k]. The steps are floats from one matrix of a, or b, to the next; 0 repeats it.
 */
export function batch_gemm_f32(
  c: usize,
  a: usize,
  b: usize,
  workspace: usize,
  batch: i32,
  m: i32,
  n: i32,
  k: i32,
  aStep: i32,
  bStep: i32,
  transposeA: i32,
  transposeB: i32,
  from: i32,
  to: i32,
): void {
  const end = endOf(to, batch, 1, small(batch, m, n, k)),
    units = gemm_nn_f32_units(m, n, k),
    lda = transposeA ? m : k,
    ldb = transposeB ? k : n;
  for (let i = from; i < end; i++) {
    const y = c + ((<usize>(i * m * n)) << 2),
      l = a + ((<usize>(i * aStep)) << 2),
      r = b + ((<usize>(i * bStep)) << 2);
    if (transposeA) {
      if (transposeB) gemm_tt_f32(y, l, r, 0, workspace, m, n, k, lda, ldb, n, 0, 0, units);
      else gemm_tn_f32(y, l, r, 0, workspace, m, n, k, lda, ldb, n, 0, 0, units);
    } else if (transposeB) gemm_nt_f32(y, l, r, 0, workspace, m, n, k, lda, ldb, n, 0, 0, units);
    else gemm_nn_f32(y, l, r, 0, workspace, m, n, k, lda, ldb, n, 0, 0, units);
  }
}
export function batch_gemm_f32_units(batch: i32, m: i32, n: i32, k: i32): i32 {
  return unitsOf(batch, 1, small(batch, m, n, k));
}
export function batch_gemm_f32_workspace_bytes(batch: i32, m: i32, n: i32, k: i32, units: i32): i32 {
  return gemm_nn_f32_workspace_bytes(m, n, k, gemm_nn_f32_units(m, n, k));
}
