/** Softmax and its logarithm over the last axis. */
import { apply, type Op } from "../autograd/op.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** A tensor as rows over its last axis. */
export function rowsOf(x: Tensor): { rows: number; columns: number } {
  const columns = x.shape.at(-1) ?? 1;
  return { rows: x.size / columns, columns };
}

function rowwise(name: string, family: "softmax" | "log_softmax"): Op<[Tensor], null, void> {
  return {
    name,
    shape: ([x]) => x.shape,
    forward({ kernels, y }, [x]) {
      kernels[`${family}_f32`]({ y: y.pointer, x: x.pointer, ...rowsOf(x) });
    },
    backward({ kernels, y }, { dy, gradient }, [x]) {
      const dx = gradient(0);
      if (dx)
        kernels[`${family}_backward_f32`]({ dx: dx.pointer, dy: dy.pointer, y: y.pointer, ...rowsOf(x) });
    },
  };
}

const softmaxOp = rowwise("softmax", "softmax");
const logSoftmaxOp = rowwise("logSoftmax", "log_softmax");

/** e^x / Σ e^x over the last axis. */
export function softmax(x: Tensor): Tensor {
  return apply(softmaxOp, [x], null);
}

/** x − ln Σ e^x over the last axis. */
export function logSoftmax(x: Tensor): Tensor {
  return apply(logSoftmaxOp, [x], null);
}
