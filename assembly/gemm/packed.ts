// Products that share their right operand, such as those of the steps of a recurrent layer: it is packed once for all of them.
// Every element is summed as product.ts does it, depth block by depth block: the bits are the same.

import { KC, MC, MR, NC, NR } from "./blocking";
import { Dense } from "./matrix";
import { macro, roundUp } from "./product";

/** Bytes of B[k, n], packed whole. */
export function packed_bytes(n: i32, k: i32): i32 {
  return (roundUp(n, NR) * k) << 2;
}

/** Bytes that a product needs beside its operands: an edge tile, then a packed block of A. */
export function packed_workspace_bytes(k: i32): i32 {
  return (MR * NR + MC * min(KC, k)) << 2;
}

/** Packs B[k, n] in blocks of NC columns, of which each is depth blocks one behind the other. */
export function pack(to: usize, b: Dense, n: i32, k: i32): void {
  for (let j = 0; j < n; j += NC) {
    const columns = min(NC, n - j),
      padded = roundUp(columns, NR);
    for (let p = 0; p < k; p += KC) {
      const depth = min(KC, k - p);
      b.packB(to, p, depth, j, columns);
      to += (<usize>(depth * padded)) << 2;
    }
  }
}

/** C[m, n] = A[m, k] B[k, n] + bias[n], B as `pack` has left it; ldc is the bytes from a row of C to the next. */
export function productOfPacked(c: usize, a: Dense, b: usize, bias: usize, workspace: usize, m: i32, n: i32, k: i32, ldc: usize): void {
  const edge = workspace,
    packedA = edge + ((MR * NR) << 2);
  for (let j = 0; j < n; j += NC) {
    const columns = min(NC, n - j),
      padded = roundUp(columns, NR);
    for (let i = 0; i < m; i += MC) {
      const rows = min(MC, m - i);
      for (let p = 0; p < k; p += KC) {
        const depth = min(KC, k - p);
        a.packA(packedA, i, rows, p, depth);
        macro(
          rows,
          columns,
          depth,
          packedA,
          b + ((<usize>(p * padded)) << 2),
          c + <usize>i * ldc + ((<usize>j) << 2),
          ldc,
          p,
          bias && p + depth == k ? bias + ((<usize>j) << 2) : 0,
          0,
          edge,
        );
      }
    }
    b += (<usize>(k * padded)) << 2;
  }
}
