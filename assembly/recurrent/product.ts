// The products with the recurrent kernel: the same right operand in each step, packed once for a sequence.

import { Dense } from "../gemm/matrix";
import { pack, packed_bytes, packed_workspace_bytes, productOfPacked } from "../gemm/packed";
import { room } from "./steps";

/** Bytes of a record before the packed kernel: a Dense, for the left operands. */
const RECORD: usize = 64;

/** Bytes that products of B[k, n] need: the packed kernel and a workspace. */
export function kernelBytes(n: i32, k: i32): i32 {
  return <i32>RECORD + room(packed_bytes(n, k) >> 2) + packed_workspace_bytes(k);
}

/** Packs the kernel: B[k, n] as it lies in memory, or, transposed, given as [n, k]; its rows are `ld` floats apart. */
export function packKernel(at: usize, kernel: usize, transposed: bool, n: i32, k: i32, ld: i32): void {
  const right = changetype<Dense>(at);
  right.pointer = kernel;
  right.stride = (<usize>ld) << 2;
  right.kContiguous = transposed;
  pack(at + RECORD, right, n, k);
}

/** c[rows, n] = a[rows, k] times the packed kernel, + bias[n] or 0 for none; rows of a and of c are `lda` and `ldc` floats apart. */
export function multiplyKernel(c: usize, a: usize, at: usize, bias: usize, rows: i32, n: i32, k: i32, lda: i32, ldc: i32): void {
  const left = changetype<Dense>(at),
    packed = at + RECORD;
  left.pointer = a;
  left.stride = (<usize>lda) << 2;
  left.kContiguous = true;
  productOfPacked(c, left, packed, bias, packed + <usize>room(packed_bytes(n, k) >> 2), rows, n, k, (<usize>ldc) << 2);
}
