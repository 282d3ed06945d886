// Matrix products of dense row-major matrices. The two letters of a name say how A and B lie in memory: n as they are
// multiplied, t transposed. After the product comes the bias, [n] or 0 for none, then the activation (codes in epilogue.ts).
// lda, ldb, ldc are floats from a row in memory to the next.
//
// A unit is 4 rows of C where C has more rows than columns, else 8 columns: every range packs the whole of the other
// operand again, so that is the smaller one. Tiles of 6 rows in the relaxed build do not fit 4 rows, but no tile changes a bit.
//
// Workspace of a range:
//   0         Dense: the range's part of A
//   RIGHT     Dense: the range's part of B
//   RECORDS   the packed blocks of the product (product.ts)

import { endOf, firstOf, MIN_FLOP, unitsOf } from "../range";
import { Dense } from "./matrix";
import { product, product_workspace_bytes } from "./product";
import { rowProduct } from "./row";

/** Rows of C in a unit, where C is cut by rows. */
const ROWS: i32 = 4;
/** Columns of C in a unit, where C is cut by columns: a whole panel of B. */
const COLUMNS: i32 = 8;
const RIGHT: usize = 16;
const RECORDS: i32 = 64;

/** Whether the operations are too few to share. In f64: an i32 would overflow. */
function isSmall(m: i32, n: i32, k: i32): bool {
  return 2 * <f64>m * <f64>n * <f64>k < MIN_FLOP;
}

function unitsOfProduct(m: i32, n: i32, k: i32): i32 {
  const small = isSmall(m, n, k);
  return m > n ? unitsOf(m, ROWS, small) : unitsOf(n, COLUMNS, small);
}

function workspaceBytes(m: i32, n: i32, k: i32, units: i32): i32 {
  return RECORDS + product_workspace_bytes(m > n ? n : endOf(units, n, COLUMNS, isSmall(m, n, k)), k);
}

function gemm(
  transposedA: bool,
  transposedB: bool,
  c: usize,
  a: usize,
  b: usize,
  bias: usize,
  workspace: usize,
  m: i32,
  n: i32,
  k: i32,
  lda: i32,
  ldb: i32,
  ldc: i32,
  activation: i32,
  from: i32,
  to: i32,
): void {
  const left = changetype<Dense>(workspace),
    right = changetype<Dense>(workspace + RIGHT),
    small = isSmall(m, n, k);
  left.pointer = a;
  left.stride = (<usize>lda) << 2;
  left.kContiguous = !transposedA;
  right.pointer = b;
  right.stride = (<usize>ldb) << 2;
  right.kContiguous = transposedB;
  if (m > n) {
    const first = firstOf(from, ROWS);
    left.skip(first);
    c += (<usize>(first * ldc)) << 2;
    m = endOf(to, m, ROWS, small) - first;
  } else {
    const first = firstOf(from, COLUMNS);
    right.skip(first);
    c += (<usize>first) << 2;
    if (bias) bias += (<usize>first) << 2;
    n = endOf(to, n, COLUMNS, small) - first;
  }
  if (m == 1 && !transposedA && !transposedB) rowProduct(c, a, right.pointer, bias, n, k, right.stride, activation);
  else product<Dense, Dense>(c, left, right, bias, workspace + RECORDS, m, n, k, (<usize>ldc) << 2, activation);
}

/** c[m, n] = a[m, k] b[k, n] + bias[n] */
export function gemm_nn_f32(
  c: usize,
  a: usize,
  b: usize,
  bias: usize,
  workspace: usize,
  m: i32,
  n: i32,
  k: i32,
  lda: i32,
  ldb: i32,
  ldc: i32,
  activation: i32,
  from: i32,
  to: i32,
): void {
  gemm(false, false, c, a, b, bias, workspace, m, n, k, lda, ldb, ldc, activation, from, to);
}
export function gemm_nn_f32_units(m: i32, n: i32, k: i32): i32 {
  return unitsOfProduct(m, n, k);
}
export function gemm_nn_f32_workspace_bytes(m: i32, n: i32, k: i32, units: i32): i32 {
  return workspaceBytes(m, n, k, units);
}

/** c[m, n] = a[m, k] b[n, k]ᵀ + bias[n] */
export function gemm_nt_f32(
  c: usize,
  a: usize,
  b: usize,
  bias: usize,
  workspace: usize,
  m: i32,
  n: i32,
  k: i32,
  lda: i32,
  ldb: i32,
  ldc: i32,
  activation: i32,
  from: i32,
  to: i32,
): void {
  gemm(false, true, c, a, b, bias, workspace, m, n, k, lda, ldb, ldc, activation, from, to);
}
export function gemm_nt_f32_units(m: i32, n: i32, k: i32): i32 {
  return unitsOfProduct(m, n, k);
}
export function gemm_nt_f32_workspace_bytes(m: i32, n: i32, k: i32, units: i32): i32 {
  return workspaceBytes(m, n, k, units);
}

/** c[m, n] = a[k, m]ᵀ b[k, n] + bias[n] */
export function gemm_tn_f32(
  c: usize,
  a: usize,
  b: usize,
  bias: usize,
  workspace: usize,
  m: i32,
  n: i32,
  k: i32,
  lda: i32,
  ldb: i32,
  ldc: i32,
  activation: i32,
  from: i32,
  to: i32,
): void {
  gemm(true, false, c, a, b, bias, workspace, m, n, k, lda, ldb, ldc, activation, from, to);
}
export function gemm_tn_f32_units(m: i32, n: i32, k: i32): i32 {
  return unitsOfProduct(m, n, k);
}
export function gemm_tn_f32_workspace_bytes(m: i32, n: i32, k: i32, units: i32): i32 {
  return workspaceBytes(m, n, k, units);
}

/**
 * c[m, n] = a[k, m]ᵀ b[n, k]ᵀ + bias[n]
 *
 * On no hot path, but an op that takes both flags needs it.
 */
export function gemm_tt_f32(
  c: usize,
  a: usize,
  b: usize,
  bias: usize,
  workspace: usize,
  m: i32,
  n: i32,
  k: i32,
  lda: i32,
  ldb: i32,
  ldc: i32,
  activation: i32,
  from: i32,
  to: i32,
): void {
  gemm(true, true, c, a, b, bias, workspace, m, n, k, lda, ldb, ldc, activation, from, to);
}
export function gemm_tt_f32_units(m: i32, n: i32, k: i32): i32 {
  return unitsOfProduct(m, n, k);
}
export function gemm_tt_f32_workspace_bytes(m: i32, n: i32, k: i32, units: i32): i32 {
  return workspaceBytes(m, n, k, units);
}
