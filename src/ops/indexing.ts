/** Ops between numbers and int32 indices: one-hot rows, rows by index, the index of the largest element. */

import { apply, type Op } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import {
  argmax_i32,
  gather_rows_backward_f32,
  gather_rows_f32,
  one_hot_f32,
} from "../kernels/abi.generated.ts";
import { strictOptions } from "../math/options.ts";
import { formatShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { rowsOf } from "./softmax.ts";

/**
 * Requires int32 indices from 0 to below − 1.
 * @throws AnygradError INVALID_ARGUMENT, naming the first that is none; it begins with `subject`
 */
export function checkIndices(indices: Tensor, below: number, subject: string): void {
  if (indices.dtype !== "int32")
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: indices are ${indices.dtype}; make them an int32 tensor`,
    );
  const { backend } = indices.allocator;
  backend.kernels.repeat(() => {
    const { i32 } = backend.heap;
    const start = indices.pointer / 4;
    for (let i = 0; i < indices.size; i++) {
      const index = i32[start + i]!;
      if (!(index >= 0 && index < below))
        throw new AnygradError(
          "INVALID_ARGUMENT",
          `${subject}: index ${i} is ${index} but only 0 to ${below - 1} exist; correct it${subject === "gather" ? "" : ", or give the model more outputs"}`,
        );
    }
  });
}

const oneHotOp: Op<[Tensor], { classes: number; on: number; off: number }, void> = {
  name: "oneHot",
  inputs: [["int32"]],
  shape: ([labels], { classes }) => [...labels.shape, classes],
  forward({ kernels, y }, [labels], { classes, on, off }) {
    kernels.run(one_hot_f32, { out: y.pointer, labels: labels.pointer, rows: labels.size, classes, on, off });
  },
  backward: "labels are not continuous",
};

/**
 * Class indices as one-hot rows: `on` at the index, `off` elsewhere. It has no gradient.
 * @param labels class indices from 0 to classes − 1, int32 [...]
 * @param classes length of a row
 * @returns float32 [..., classes]
 * @throws AnygradError INVALID_ARGUMENT for an index outside the classes or labels that are not int32
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * const labels = engine.tensor([2, 0], [2], "int32");
 * console.log(ops.oneHot(labels, 3).toArray()); // [[0, 0, 1], [1, 0, 0]]
 * ```
 */
export function oneHot(
  labels: Tensor,
  classes: number,
  options?: {
    /** Value at the index. Default 1. */
    on?: number;
    /** Value everywhere else. Default 0. */
    off?: number;
    /** What errors begin with. Default "oneHot". */
    subject?: string;
  },
): Tensor {
  const {
    on = 1,
    off = 0,
    subject = "oneHot",
  } = strictOptions("oneHot", options, "on:number off:number subject:string");
  checkIndices(labels, classes, subject);
  return apply(oneHotOp, [labels], { classes, on, off });
}

const gatherOp: Op<[Tensor, Tensor], null, void> = {
  name: "gather",
  inputs: [["float32"], ["int32"]],
  shape: ([x, indices]) => [...indices.shape, ...x.shape.slice(1)],
  forward({ kernels, y }, [x, indices]) {
    kernels.run(gather_rows_f32, {
      out: y.pointer,
      x: x.pointer,
      indices: indices.pointer,
      count: indices.size,
      columns: x.size / x.shape[0]!,
    });
  },
  backward({ kernels }, { dy, gradient }, [x, indices]) {
    const dx = gradient(0);
    const rows = x.shape[0]!;
    if (dx)
      kernels.run(gather_rows_backward_f32, {
        dx: dx.pointer,
        dy: dy.pointer,
        indices: indices.pointer,
        count: indices.size,
        rows,
        columns: x.size / rows,
      });
  },
};

/**
 * Rows of x by index: y[i] = x[indices[i]]. The gradient of a row that is taken more than once is the sum over its copies.
 * @param x [n, ...]
 * @param indices int32 [...] from 0 to n − 1
 * @returns the axes of indices, followed by those of x without its first
 * @throws AnygradError SHAPE_MISMATCH where x is a scalar, INVALID_ARGUMENT for an index outside x or indices that are not
 *   int32
 */
export function gather(x: Tensor, indices: Tensor): Tensor {
  if (x.shape.length === 0)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `gather: x is ${formatShape(x.shape)}; wanted at least one axis`,
    );
  checkIndices(indices, x.shape[0]!, "gather");
  return apply(gatherOp, [x, indices], null);
}

const argmaxOp: Op<[Tensor], null, void> = {
  name: "argmax",
  dtype: "int32",
  shape: ([x]) => x.shape.slice(0, -1),
  forward({ kernels, y }, [x]) {
    kernels.run(argmax_i32, { out: y.pointer, x: x.pointer, ...rowsOf(x) });
  },
  backward: "an index does not change continuously; use softmax in its place",
};

/**
 * The index of the largest element along the last axis, the first of equal ones; 0 where all are NaN. It has no gradient.
 * @param x [..., n]
 * @returns int32 [...]
 */
export function argmax(x: Tensor): Tensor {
  return apply(argmaxOp, [x], null);
}
