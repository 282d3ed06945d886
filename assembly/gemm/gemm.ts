// Matrix products of dense row-major matrices. The two letters say how A and B lie in memory: n as they are
// multiplied, t transposed. C[m,n] = op(A) op(B) + bias, then the activation (codes in epilogue.ts).
// bias is [n] or 0; lda, ldb, ldc are floats from a row to the next.

import { DepthInner, DepthOuter } from "./matrix";
import { product, product_workspace_bytes } from "./product";

/** The operands' records stand at the start of the workspace. */
const RECORDS: i32 = 64;

export function gemm_workspace_bytes(m: i32, n: i32, k: i32): i32 { return RECORDS + product_workspace_bytes(m, n, k); }

// @ts-ignore: decorator
@inline function gemm<A, B>(c: usize, a: usize, b: usize, bias: usize, workspace: usize, m: i32, n: i32, k: i32, lda: i32, ldb: i32, ldc: i32, activation: i32): void {
  const left = changetype<A>(workspace), right = changetype<B>(workspace + 16);
  left.pointer = a; left.stride = <usize>lda << 2;
  right.pointer = b; right.stride = <usize>ldb << 2;
  product<A, B>(c, left, right, bias, workspace + RECORDS, m, n, k, <usize>ldc << 2, activation);
}

export function gemm_nn_f32(c: usize, a: usize, b: usize, bias: usize, workspace: usize, m: i32, n: i32, k: i32, lda: i32, ldb: i32, ldc: i32, activation: i32): void {
  gemm<DepthInner, DepthOuter>(c, a, b, bias, workspace, m, n, k, lda, ldb, ldc, activation);
}
export function gemm_nt_f32(c: usize, a: usize, b: usize, bias: usize, workspace: usize, m: i32, n: i32, k: i32, lda: i32, ldb: i32, ldc: i32, activation: i32): void {
  gemm<DepthInner, DepthInner>(c, a, b, bias, workspace, m, n, k, lda, ldb, ldc, activation);
}
export function gemm_tn_f32(c: usize, a: usize, b: usize, bias: usize, workspace: usize, m: i32, n: i32, k: i32, lda: i32, ldb: i32, ldc: i32, activation: i32): void {
  gemm<DepthOuter, DepthOuter>(c, a, b, bias, workspace, m, n, k, lda, ldb, ldc, activation);
}
/** Both transposed: on no hot path, but an op that takes both flags needs it. */
export function gemm_tt_f32(c: usize, a: usize, b: usize, bias: usize, workspace: usize, m: i32, n: i32, k: i32, lda: i32, ldb: i32, ldc: i32, activation: i32): void {
  gemm<DepthOuter, DepthInner>(c, a, b, bias, workspace, m, n, k, lda, ldb, ldc, activation);
}
