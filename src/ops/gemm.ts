/** The kernel call of a matrix product. Apart from the op of it, which also has the product of many: dense layers call the kernel alone. */
import type { Pass } from "../autograd/op.ts";
import { gemm_nn_f32, gemm_nt_f32, gemm_tn_f32, gemm_tt_f32 } from "../kernels/abi.generated.ts";

/** Options of `ops.matmul`. */
export interface MatmulAttributes {
  /** true: a is [k, m] and taken transposed. Default false: a is [m, k]. */
  readonly transposeA: boolean;
  /** true: b is [n, k] and taken transposed. Default false: b is [k, n]. */
  readonly transposeB: boolean;
}

/** Sizes of a product: m rows, n columns, and k terms in each element. */
export interface ProductSizes {
  readonly m: number;
  readonly n: number;
  readonly k: number;
}

/** What is applied to a product while it is written. */
interface Epilogue {
  /** Address of n numbers, one for each column; 0 for none. */
  readonly bias: number;
  /** Number of an activation, from `activationCode`. */
  readonly activation: number;
}

/** Where the numbers of a matrix lie: a tensor, or a piece of one. */
interface Matrix {
  readonly pointer: number;
}

/** Writes c = activation(a · b + bias), a and b transposed where the flags say so. */
export function gemm(
  { kernels }: Pick<Pass, "kernels">,
  { transposeA, transposeB }: Partial<MatmulAttributes>,
  c: Matrix,
  a: Matrix,
  b: Matrix,
  { m, n, k }: ProductSizes,
  { bias, activation }: Epilogue = { bias: 0, activation: 0 },
): void {
  const lda = transposeA ? m : k;
  const ldb = transposeB ? k : n;
  const kernel = transposeA
    ? transposeB
      ? gemm_tt_f32
      : gemm_tn_f32
    : transposeB
      ? gemm_nt_f32
      : gemm_nn_f32;
  kernels.run(kernel, {
    c: c.pointer,
    a: a.pointer,
    b: b.pointer,
    bias,
    m,
    n,
    k,
    lda,
    ldb,
    ldc: n,
    activation,
  });
}
