// Products that share their right operand, such as those of the steps of a recurrent layer: it is packed once for all of them.
// Every element is summed as product.ts does it, depth block by depth block: the bits are the same. Both kernels are parts of
// others, which share their work between threads themselves.

import { KC, MC, MR, NC, NR } from "./blocking";
import { Dense } from "./matrix";
import { macro, roundUp } from "./product";

/** Bytes of a Dense, the record of the operand that is read. */
const RECORD: usize = 64;
/** Rows of a tile and of a block of A in the build where they are most: families, which have no such build, ask for memory. */
const MOST_MR: i32 = 6;
const MOST_MC: i32 = 66;

/** Bytes before the packed operand, in whole cache lines: the record, an edge tile, and a packed block of A. */
function scratchBytes(k: i32): usize {
  return (RECORD + ((<usize>(MOST_MR * NR + MOST_MC * min(KC, k))) << 2) + 63) & ~63;
}

/** Bytes that the packed B[k, n] takes, with the scratch of its products. */
export function packedBytes(n: i32, k: i32): i32 {
  return <i32>scratchBytes(k) + ((roundUp(n, NR) * k) << 2);
}

/**
 * packed = b[k, n], or b[n, k] where it is transposed, as gemm_packed_f32 walks through it: blocks of columns, of which each is depth blocks one behind the other
 * Serial: kernels do it within a range of theirs.
 */
export function pack_f32(packed: usize, b: usize, n: i32, k: i32, ldb: i32, transposed: i32): void {
  const right = changetype<Dense>(packed);
  right.pointer = b;
  right.stride = (<usize>ldb) << 2;
  right.kContiguous = transposed != 0;
  packed += scratchBytes(k);
  for (let j = 0; j < n; j += NC) {
    const columns = min(NC, n - j),
      padded = roundUp(columns, NR);
    for (let p = 0; p < k; p += KC) {
      const depth = min(KC, k - p);
      right.packB(packed, p, depth, j, columns);
      packed += (<usize>(depth * padded)) << 2;
    }
  }
}

/**
 * c[m, n] = a[m, k] b[k, n] + bias[n], b as pack_f32 has left it, with scratch in front of it
 * Serial: kernels do it within a range of theirs.
 */
export function gemm_packed_f32(c: usize, a: usize, packed: usize, bias: usize, m: i32, n: i32, k: i32, lda: i32, ldc: i32): void {
  const left = changetype<Dense>(packed),
    edge = packed + RECORD,
    packedA = edge + ((MR * NR) << 2),
    step = (<usize>ldc) << 2;
  left.pointer = a;
  left.stride = (<usize>lda) << 2;
  left.kContiguous = true;
  packed += scratchBytes(k);
  for (let j = 0; j < n; j += NC) {
    const columns = min(NC, n - j),
      padded = roundUp(columns, NR);
    for (let i = 0; i < m; i += MC) {
      const rows = min(MC, m - i);
      for (let p = 0; p < k; p += KC) {
        const depth = min(KC, k - p);
        left.packA(packedA, i, rows, p, depth);
        macro(
          rows,
          columns,
          depth,
          packedA,
          packed + ((<usize>(p * padded)) << 2),
          c + <usize>i * step + ((<usize>j) << 2),
          step,
          p,
          bias && p + depth == k ? bias + ((<usize>j) << 2) : 0,
          0,
          edge,
        );
      }
    }
    packed += (<usize>(k * padded)) << 2;
  }
}
