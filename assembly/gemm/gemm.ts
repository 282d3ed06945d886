// Matrix products of dense row-major matrices. The two letters say how A and B lie in memory: n as they are
// multiplied, t transposed. C[m,n] = op(A) op(B) + bias, then the activation (codes in epilogue.ts).
// bias is [n] or 0; lda, ldb, ldc are floats from a row to the next.

import { DepthInner, DepthOuter } from "./matrix";
import { product, product_workspace_bytes } from "./product";

/** The operands' records stand at the start of the workspace. */
const RECORDS: i32 = 64;

export function gemm_workspace_bytes(m: i32, n: i32, k: i32): i32 { return RECORDS + product_workspace_bytes(m, n, k); }

export function gemm_nn_f32(c: usize, a: usize, b: usize, bias: usize, workspace: usize, m: i32, n: i32, k: i32, lda: i32, ldb: i32, ldc: i32, activation: i32): void {
  const left = changetype<DepthInner>(workspace), right = changetype<DepthOuter>(workspace + 16);
  left.pointer = a; left.stride = <usize>lda << 2;
  right.pointer = b; right.stride = <usize>ldb << 2;
  product<DepthInner, DepthOuter>(c, left, right, bias, workspace + RECORDS, m, n, k, <usize>ldc << 2, activation);
}

export function gemm_nt_f32(c: usize, a: usize, b: usize, bias: usize, workspace: usize, m: i32, n: i32, k: i32, lda: i32, ldb: i32, ldc: i32, activation: i32): void {
  const left = changetype<DepthInner>(workspace), right = changetype<DepthInner>(workspace + 16);
  left.pointer = a; left.stride = <usize>lda << 2;
  right.pointer = b; right.stride = <usize>ldb << 2;
  product<DepthInner, DepthInner>(c, left, right, bias, workspace + RECORDS, m, n, k, <usize>ldc << 2, activation);
}

export function gemm_tn_f32(c: usize, a: usize, b: usize, bias: usize, workspace: usize, m: i32, n: i32, k: i32, lda: i32, ldb: i32, ldc: i32, activation: i32): void {
  const left = changetype<DepthOuter>(workspace), right = changetype<DepthOuter>(workspace + 16);
  left.pointer = a; left.stride = <usize>lda << 2;
  right.pointer = b; right.stride = <usize>ldb << 2;
  product<DepthOuter, DepthOuter>(c, left, right, bias, workspace + RECORDS, m, n, k, <usize>ldc << 2, activation);
}

/** Both transposed: not on any hot path, but an op that takes both flags needs it. */
export function gemm_tt_f32(c: usize, a: usize, b: usize, bias: usize, workspace: usize, m: i32, n: i32, k: i32, lda: i32, ldb: i32, ldc: i32, activation: i32): void {
  const left = changetype<DepthOuter>(workspace), right = changetype<DepthInner>(workspace + 16);
  left.pointer = a; left.stride = <usize>lda << 2;
  right.pointer = b; right.stride = <usize>ldb << 2;
  product<DepthOuter, DepthInner>(c, left, right, bias, workspace + RECORDS, m, n, k, <usize>ldc << 2, activation);
}
