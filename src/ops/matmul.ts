/** The product of two matrices. */
import { apply, type Op, type Pass } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import { formatShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

interface Attributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** Rows and columns of a product, and its depth. */
interface ProductSizes {
  readonly m: number;
  readonly n: number;
  readonly k: number;
}

/** What a product does in the same pass over its output. */
interface Epilogue {
  /** The address of a number a column, or 0. */
  readonly bias: number;
  /** A code of fusedActivation.ts. */
  readonly activation: number;
}

/** c = op(a) op(b) + bias, then an activation. */
export function gemm(
  { kernels }: Pick<Pass, "kernels">,
  { transposeA, transposeB }: Attributes,
  c: Tensor,
  a: Tensor,
  b: Tensor,
  { m, n, k }: ProductSizes,
  epilogue: Epilogue = { bias: 0, activation: 0 },
): void {
  const kernel = kernels[`gemm_${transposeA ? "t" : "n"}${transposeB ? "t" : "n"}_f32`];
  const [lda, ldb] = [transposeA ? m : k, transposeB ? k : n];
  kernel({ c: c.pointer, a: a.pointer, b: b.pointer, m, n, k, lda, ldb, ldc: n, ...epilogue });
}

function sizes(a: Tensor, b: Tensor, { transposeA, transposeB }: Attributes): ProductSizes {
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
  return { m, n, k };
}

const matmulOp: Op<[Tensor, Tensor], Attributes, void> = {
  name: "matmul",
  shape([a, b], attributes) {
    const { m, n } = sizes(a, b, attributes);
    return [m, n];
  },
  forward(pass, [a, b], attributes) {
    gemm(pass, attributes, pass.y, a, b, sizes(a, b, attributes));
  },
  backward(pass, { dy, gradient }, [a, b], attributes) {
    const { transposeA, transposeB } = attributes;
    const { m, n, k } = sizes(a, b, attributes);
    const da = gradient(0);
    if (da) {
      if (transposeA)
        gemm(pass, { transposeA: transposeB, transposeB: true }, da, b, dy, { m: k, n: m, k: n });
      else gemm(pass, { transposeA: false, transposeB: !transposeB }, da, dy, b, { m, n: k, k: n });
    }
    const db = gradient(1);
    if (db) {
      if (transposeB)
        gemm(pass, { transposeA: true, transposeB: transposeA }, db, dy, a, { m: n, n: k, k: m });
      else gemm(pass, { transposeA: !transposeA, transposeB: false }, db, a, dy, { m: k, n, k: m });
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
