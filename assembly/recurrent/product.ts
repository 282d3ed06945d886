// The products with the recurrent kernel: the same right operand in each step, packed once for a sequence, by the core.

import { gemm_packed_f32, pack_f32 } from "../generated/core";
import { packedBytes } from "../gemm/packed";
import { room } from "./steps";

/** Bytes that products of B[k, n] need. */
export function kernelBytes(n: i32, k: i32): i32 {
  return room(packedBytes(n, k) >> 2);
}

/** Packs the kernel: B[k, n] as it lies in memory, or, transposed, given as [n, k]; its rows are `ld` floats apart. */
export function packKernel(at: usize, kernel: usize, transposed: bool, n: i32, k: i32, ld: i32): void {
  pack_f32(at, kernel, n, k, ld, transposed);
}

/** c[rows, n] = a[rows, k] times the packed kernel, + bias[n] or 0 for none; rows of a and of c are `lda` and `ldc` floats apart. */
export function multiplyKernel(c: usize, a: usize, at: usize, bias: usize, rows: i32, n: i32, k: i32, lda: i32, ldc: i32): void {
  gemm_packed_f32(c, a, at, bias, rows, n, k, lda, ldc);
}
