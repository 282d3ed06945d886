/** The product of two matrices, or of many. */

import { apply, checkTensors, type Op } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import { strictOptions } from "../math/options.ts";
import { formatShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { batchMatmulOp } from "./batchMatmul.ts";
import { gemm, type MatmulAttributes, type ProductSizes } from "./gemm.ts";

/** The sizes of a product. @throws AnygradError SHAPE_MISMATCH where a and b are no matrices, or do not fit each other */
function sizes(a: Tensor, b: Tensor, { transposeA, transposeB }: MatmulAttributes): ProductSizes {
  if (a.shape.length !== 2 || b.shape.length !== 2)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `matmul: the operands are ${formatShape(a.shape)} and ${formatShape(b.shape)}; both must be matrices, so reshape them to two axes or more`,
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

const matmulOp: Op<[Tensor, Tensor], MatmulAttributes, void> = {
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
      else gemm(pass, { transposeB: !transposeB }, da, dy, b, { m, n: k, k: n });
    }
    const db = gradient(1);
    if (db) {
      if (transposeB)
        gemm(pass, { transposeA: true, transposeB: transposeA }, db, dy, a, { m: n, n: k, k: m });
      else gemm(pass, { transposeA: !transposeA }, db, a, dy, { m: k, n, k: m });
    }
  },
};

/**
 * The product of two matrices, y = a · b. Without flags da = dy · bᵀ and db = aᵀ · dy. With more axes than two these are many
 * matrices: the axes before the last two are aligned at the last one and broadcast, so that one matrix may meet a whole batch.
 * @param a [..., m, k], or [..., k, m] with `transposeA`
 * @param b [..., k, n], or [..., n, k] with `transposeB`
 * @returns [..., m, n]
 * @throws AnygradError SHAPE_MISMATCH where they are no matrices, or do not fit each other
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * const a = engine.tensor([[1, 2], [3, 4]]);
 * const b = engine.tensor([[5, 6]]);
 * console.log(ops.matmul(a, b, { transposeB: true }).toArray()); // [[17], [39]]
 * ```
 */
export function matmul(a: Tensor, b: Tensor, options?: Partial<MatmulAttributes>): Tensor {
  const { transposeA = false, transposeB = false } = strictOptions(
    "matmul",
    options,
    "transposeA:boolean transposeB:boolean",
  );
  checkTensors("matmul", a, b);
  const isMany = Math.min(a.shape.length, b.shape.length) >= 2 && a.shape.length + b.shape.length > 4;
  return apply(isMany ? batchMatmulOp : matmulOp, [a, b], { transposeA, transposeB });
}
