/** Softmax and its logarithm over the last axis. */

import { apply, type Op } from "../autograd/op.ts";
import {
  log_softmax_backward_f32,
  log_softmax_f32,
  softmax_backward_f32,
  softmax_f32,
} from "../kernels/abi.generated.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** A tensor as rows: its last axis is the columns, all others together the rows. A scalar is one row of one column. */
export function rowsOf(x: Tensor): {
  /** Product of all sizes but the last. */
  rows: number;
  /** Size of the last axis. */
  columns: number;
} {
  const columns = x.shape.at(-1) ?? 1;
  return { rows: x.size / columns, columns };
}

/** The op of a pair of kernels that go row by row. */
function rowwise(
  name: string,
  forward: typeof softmax_f32,
  backward: typeof softmax_backward_f32,
): Op<[Tensor], null, void> {
  return {
    name,
    shape: ([x]) => x.shape,
    forward({ kernels, y }, [x]) {
      kernels.run(forward, { y: y.pointer, x: x.pointer, ...rowsOf(x) });
    },
    backward({ kernels, y }, { dy, gradient }, [x]) {
      const dx = gradient(0);
      if (dx) kernels.run(backward, { dx: dx.pointer, dy: dy.pointer, y: y.pointer, ...rowsOf(x) });
    },
  };
}

const softmaxOp = rowwise("softmax", softmax_f32, softmax_backward_f32);
const logSoftmaxOp = rowwise("logSoftmax", log_softmax_f32, log_softmax_backward_f32);

/**
 * Softmax over the last axis: y = e^x / Σ e^x, numbers from 0 to 1 whose sum is 1; dx = y · (dy − Σ dy · y). The largest x of
 * a row is subtracted first, so that nothing overflows.
 * @param x logits [..., c]
 * @returns probabilities [..., c]
 */
export function softmax(x: Tensor): Tensor {
  return apply(softmaxOp, [x], null);
}

/**
 * The logarithm of the softmax over the last axis: y = x − ln Σ e^x; dx = dy − e^y · Σ dy. The largest x of a row is
 * subtracted first, so that nothing overflows. It stays accurate where the logarithm of a small probability would not.
 * @param x logits [..., c]
 * @returns logarithms of probabilities [..., c]
 */
export function logSoftmax(x: Tensor): Tensor {
  return apply(logSoftmaxOp, [x], null);
}
