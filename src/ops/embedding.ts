/** Rows of a table by number, and masks of steps. */

import { apply, checkTensors, type Op } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import {
  embedding_backward_f32,
  embedding_f32,
  step_mask_f32,
} from "../kernels/families/arrays.generated.ts";
import { formatShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { stopGradient } from "./stopGradient.ts";

const embeddingOp: Op<[ids: Tensor, table: Tensor], null, void> = {
  name: "embedding",
  shape([ids, table]) {
    if (table.shape.length !== 2)
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `embedding: the table is ${formatShape(table.shape)}; wanted [rows, columns]`,
      );
    return [...ids.shape, table.shape[1]!];
  },
  forward({ kernels, y }, [ids, table]) {
    const [rows, columns] = table.shape as [number, number];
    kernels.run(embedding_f32, {
      y: y.pointer,
      ids: ids.pointer,
      table: table.pointer,
      count: ids.size,
      rows,
      columns,
    });
  },
  backward({ kernels }, { dy, gradient }, [ids, table]) {
    const dtable = gradient(1);
    const [rows, columns] = table.shape as [number, number];
    if (dtable)
      kernels.run(embedding_backward_f32, {
        dtable: dtable.pointer,
        dy: dy.pointer,
        ids: ids.pointer,
        count: ids.size,
        rows,
        columns,
      });
  },
};

/**
 * Rows of a table by number: y[…] = table[ids[…]]. The gradient of a row is the sum over its copies.
 * @param ids numbers from 0 to rows − 1, as floats [...]; one outside gives NaN
 * @param table [rows, columns]
 * @returns [..., columns]
 * @throws AnygradError SHAPE_MISMATCH where the table is no matrix
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * const table = engine.tensor([[1, 2], [3, 4], [5, 6]]);
 * console.log(ops.embedding(engine.tensor([2, 0]), table).toArray()); // [[5, 6], [1, 2]]
 * ```
 */
export function embedding(ids: Tensor, table: Tensor): Tensor {
  checkTensors("embedding", ids);
  return apply(embeddingOp, [stopGradient(ids), table], null);
}

const stepMaskOp: Op<[Tensor], { axes: number; value: number }, void> = {
  name: "stepMask",
  shape: ([x], { axes }) => x.shape.slice(0, axes),
  forward({ kernels, y }, [x], { value }) {
    const columns = x.size / y.size;
    kernels.run(step_mask_f32, { mask: y.pointer, x: x.pointer, rows: y.size, columns, value });
  },
  backward: "a mask is 0 or 1",
};

/** 1 where a number of x behind its first two axes is not `value`, else 0: [n, steps]. Not differentiated. */
export function stepMask(x: Tensor, value: number): Tensor {
  return apply(stepMaskOp, [stopGradient(x)], { axes: 2, value });
}
