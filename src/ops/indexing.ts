/** Ops between numbers and indices: one-hot rows, gathered rows, the index of the largest element. */
import { apply, type Op } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import { formatShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { rowsOf } from "./softmax.ts";

/** @throws AnygradError INVALID_ARGUMENT where an index is outside 0 … below − 1 */
export function checkIndices(indices: Tensor, below: number, subject: string): void {
  if (indices.dtype !== "int32")
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: indices are ${indices.dtype}; make them an int32 tensor`,
    );
  const { view } = indices;
  for (let i = 0; i < view.length; i++)
    if (!(view[i]! >= 0 && view[i]! < below))
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `${subject}: index ${i} is ${view[i]} but only 0 to ${below - 1} exist; correct it${subject === "gather" ? "" : ", or give the model more outputs"}`,
      );
}

const oneHotOp: Op<[Tensor], { classes: number; on: number; off: number }, void> = {
  name: "oneHot",
  inputs: [["int32"]],
  shape: ([labels], { classes }) => [...labels.shape, classes],
  forward({ kernels, y }, [labels], { classes, on, off }) {
    kernels.one_hot_f32({ out: y.pointer, labels: labels.pointer, rows: labels.size, classes, on, off });
  },
  backward: "labels are not continuous",
};

/** labels int32 [...] give [..., classes]: `on` at the label, `off` elsewhere. @throws AnygradError INVALID_ARGUMENT */
export function oneHot(
  labels: Tensor,
  classes: number,
  { on = 1, off = 0, subject = "oneHot" }: { on?: number; off?: number; subject?: string } = {},
): Tensor {
  checkIndices(labels, classes, subject);
  return apply(oneHotOp, [labels], { classes, on, off });
}

const gatherOp: Op<[Tensor, Tensor], null, void> = {
  name: "gather",
  inputs: [["float32"], ["int32"]],
  shape: ([x, indices]) => [...indices.shape, ...x.shape.slice(1)],
  forward({ kernels, y }, [x, indices]) {
    kernels.gather_rows_f32({
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
      kernels.gather_rows_backward_f32({
        dx: dx.pointer,
        dy: dy.pointer,
        indices: indices.pointer,
        count: indices.size,
        rows,
        columns: x.size / rows,
      });
  },
};

/** Rows of x [n, ...] by int32 indices [...]; a row taken twice adds up its gradients. */
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
    kernels.argmax_i32({ out: y.pointer, x: x.pointer, ...rowsOf(x) });
  },
  backward: "an index does not change continuously; use softmax in its place",
};

/** The index of the largest element along the last axis, the first of equal ones; int32. */
export function argmax(x: Tensor): Tensor {
  return apply(argmaxOp, [x], null);
}
