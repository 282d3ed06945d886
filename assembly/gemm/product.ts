// C[m,n] = A[m,k] B[k,n] (+ bias, activation): the blocks around the micro-kernel, after Goto and van de Geijn,
// "Anatomy of high-performance matrix multiplication" (2008), and BLIS. The operands pack themselves (matrix.ts,
// conv2d/im2col.ts), so dense layers and the three passes of a convolution by im2col are this one product; those by Winograd
// (conv2d/winograd/) and depthwise ones are not.
// Tried (EPYC, Node 20, CPU time), no faster: B packed row by row over all panels, its stride a cache line longer; B packed on
// the way by the first tile of each panel (64 × 256 × 5408: 0.75 of 5 ms are packing, and stay so: it waits for memory).
// Tried, not worth it: one level of Strassen and Winograd, 7 products of half the size and 15 additions (EPYC, Node 20, processor time,
// medians of 7): simd 512³ 1.03, 768³ 0.99, 1024³ 1.08 and 1.11, 1536³ 1.01 and 1.11 times as fast, relaxed 1024³ 0.98, 1536³ 1.01.
// It takes 11 more matrices of a quarter, other bits, and sizes that small networks have not.

import { KC, MC, MR, NC, NR, PACKED_B, tileRows } from "./blocking";
import { edgeTile, tile } from "./tile";

/** @inline */
export function roundUp(x: i32, to: i32): i32 {
  return ((x + to - 1) / to) * to;
}

/**
 * Depth of B that is kept packed at once: whole depth blocks, as many as fit for so many columns.
 * @inline
 */
function depthGroup(columns: i32, k: i32): i32 {
  return min(roundUp(k, KC), max(1, PACKED_B / (columns * KC)) * KC);
}

/**
 * Bytes that a product of n columns needs beside its operands: an edge tile, then the packed blocks of A and of B.
 * More columns never need less, though fewer depth blocks of them may fit: B counts its whole depth or PACKED_B floats.
 */
export function product_workspace_bytes(n: i32, k: i32): i32 {
  const columns = min(NC, roundUp(n, NR)),
    depth = roundUp(k, KC);
  const packedB = depth > PACKED_B / columns ? PACKED_B : columns * depth;
  return (MR * NR + MC * min(KC, k) + packedB) << 2;
}

/** What a left operand does: it packs rows i … i + rows − 1, depth k … k + depth − 1, into panels of MR rows. */
declare class LeftOperand {
  packA(to: usize, i: i32, rows: i32, k: i32, depth: i32): void;
}

/** What a right operand does: it packs depth k … k + depth − 1, columns j … j + columns − 1, into panels of NR columns. */
declare class RightOperand {
  packB(to: usize, k: i32, depth: i32, j: i32, columns: i32): void;
}

/** C[m, n] = A[m, k] B[k, n] + bias[n], then the activation; ldc is the bytes from a row of C to the next. */
export function product<A extends LeftOperand, B extends RightOperand>(
  c: usize,
  a: A,
  b: B,
  bias: usize,
  workspace: usize,
  m: i32,
  n: i32,
  k: i32,
  ldc: usize,
  activation: i32,
): void {
  const edge = workspace,
    packedA = edge + ((MR * NR) << 2),
    packedB = packedA + ((<usize>(MC * min(KC, k))) << 2);
  const columns = min(NC, roundUp(n, NR)),
    group = depthGroup(columns, k);
  for (let j = 0; j < n; j += NC) {
    const nc = min(NC, n - j),
      padded = roundUp(nc, NR);
    for (let g = 0; g < k; g += group) {
      const groupEnd = min(k, g + group);
      for (let p = g; p < groupEnd; p += KC) b.packB(packedB + ((<usize>((p - g) * padded)) << 2), p, min(KC, k - p), j, nc);
      for (let i = 0; i < m; i += MC) {
        const mc = min(MC, m - i);
        for (let p = g; p < groupEnd; p += KC) {
          const kc = min(KC, k - p),
            last = p + kc == k;
          a.packA(packedA, i, mc, p, kc);
          macro(
            mc,
            nc,
            kc,
            packedA,
            packedB + ((<usize>((p - g) * padded)) << 2),
            c + <usize>i * ldc + ((<usize>j) << 2),
            ldc,
            p,
            last && bias ? bias + ((<usize>j) << 2) : 0,
            last ? activation : 0,
            edge,
          );
        }
      }
    }
  }
}

/** All tiles of a packed block: the panel of B stays in the first-level cache while the panels of A stream past. */
export function macro(
  mc: i32,
  nc: i32,
  kc: i32,
  a: usize,
  b: usize,
  c: usize,
  ldc: usize,
  accumulate: i32,
  bias: usize,
  activation: i32,
  edge: usize,
): void {
  const panelA: usize = (<usize>(kc * MR)) << 2,
    panelB: usize = (<usize>(kc * NR)) << 2;
  for (let j = 0; j < nc; j += NR, b += panelB, c += NR << 2) {
    const width = min(NR, nc - j),
      columnBias = bias ? bias + ((<usize>j) << 2) : 0;
    let pa = a,
      pc = c;
    for (let i = 0; i < mc; pc += <usize>tileRows(mc - i) * ldc, i += tileRows(mc - i), pa += panelA) {
      const height = min(tileRows(mc - i), mc - i);
      if (width == NR && height == MR) tile(MR, MR, kc, pa, b, pc, ldc, accumulate, columnBias, activation);
      else if (MR > 4 && width == NR && height == 4)
        tile(4, MR, kc, pa, b, pc, ldc, accumulate, columnBias, activation); // of 64 rows the last
      else edgeTile(height, width, kc, pa, b, pc, ldc, accumulate, columnBias, activation, edge);
    }
  }
}
