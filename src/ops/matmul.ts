/** The product of two matrices. */
import { apply, type Op, type Pass } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import type { Kernels } from "../kernels/abi.generated.ts";
import { formatShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

interface Attributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** c = op(a) op(b) + bias, then an activation; m, n, k are the sizes of the product. */
export function gemm(
  { kernels, scratch }: Pick<Pass, "kernels" | "scratch">,
  { transposeA, transposeB }: Attributes,
  c: Tensor,
  a: Tensor,
  b: Tensor,
  m: number,
  n: number,
  k: number,
  bias = 0,
  activation = 0,
): void {
  const kernel: keyof Kernels = transposeA
    ? transposeB
      ? "gemm_tt_f32"
      : "gemm_tn_f32"
    : transposeB
      ? "gemm_nt_f32"
      : "gemm_nn_f32";
  const lda = transposeA ? m : k;
  const ldb = transposeB ? k : n;
  scratch(kernels.gemm_workspace_bytes(m, n, k), (workspace) => {
    kernels[kernel](c.pointer, a.pointer, b.pointer, bias, workspace, m, n, k, lda, ldb, n, activation);
  });
}

/** Rows, columns and depth of the product. */
function sizes(a: Tensor, b: Tensor, { transposeA, transposeB }: Attributes): [number, number, number] {
  if (a.shape.length !== 2 || b.shape.length !== 2)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `matmul: the operands are ${formatShape(a.shape)} and ${formatShape(b.shape)}; both must be matrices, so reshape them to two axes`,
    );
  const [rowsA, columnsA] = a.shape as [number, number];
  const [rowsB, columnsB] = b.shape as [number, number];
  const [m, k] = transposeA ? [columnsA, rowsA] : [rowsA, columnsA];
  const [depth, n] = transposeB ? [columnsB, rowsB] : [rowsB, columnsB];
  if (k !== depth)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `matmul: ${formatShape(a.shape)}${transposeA ? "ᵀ" : ""} by ${formatShape(b.shape)}${transposeB ? "ᵀ" : ""} does not fit: ${k} columns meet ${depth} rows; make them equal or transpose one`,
    );
  return [m, n, k];
}

const matmulOp: Op<[Tensor, Tensor], Attributes, void> = {
  name: "matmul",
  shape: ([a, b], attributes) => sizes(a, b, attributes).slice(0, 2),
  forward(pass, [a, b], attributes) {
    gemm(pass, attributes, pass.y, a, b, ...sizes(a, b, attributes));
  },
  backward(pass, { dy, gradient }, [a, b], attributes) {
    const { transposeA, transposeB } = attributes;
    const [m, n, k] = sizes(a, b, attributes);
    const da = gradient(0);
    if (da) {
      if (transposeA) gemm(pass, { transposeA: transposeB, transposeB: true }, da, b, dy, k, m, n);
      else gemm(pass, { transposeA: false, transposeB: !transposeB }, da, dy, b, m, k, n);
    }
    const db = gradient(1);
    if (db) {
      if (transposeB) gemm(pass, { transposeA: true, transposeB: transposeA }, db, dy, a, n, k, m);
      else gemm(pass, { transposeA: !transposeA, transposeB: false }, db, a, dy, k, n, m);
    }
  },
};

/**
 * a [m, k] times b [k, n] gives [m, n]; with the flags a is [k, m] or b is [n, k].
 * @throws AnygradError SHAPE_MISMATCH
 */
export function matmul(
  a: Tensor,
  b: Tensor,
  { transposeA = false, transposeB = false }: Partial<Attributes> = {},
): Tensor {
  return apply(matmulOp, [a, b], { transposeA, transposeB });
}
