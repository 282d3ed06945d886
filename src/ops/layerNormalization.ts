/** Layer normalisation over the last axis (Ba et al., arXiv:1607.06450). */

import { apply, type Op } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import { layer_norm_backward_f32, layer_norm_f32 } from "../kernels/families/normalization.generated.ts";
import { strictOptions } from "../math/options.ts";
import { formatShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { rowsOf } from "./softmax.ts";

type Inputs = [x: Tensor, gamma: Tensor, beta: Tensor];

/** Saves [rows, 2] for the backward pass: the mean and 1 / √(variance + epsilon) of each row. */
const layerNormalizationOp: Op<Inputs, number, Tensor> = {
  name: "layerNormalization",
  shape([x, gamma, beta]) {
    const columns = x.shape.at(-1) ?? 1;
    if (gamma.size !== columns || beta.size !== columns)
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `layerNormalization: the last axis of ${formatShape(x.shape)} has ${columns} elements but gamma and beta have ${gamma.size} and ${beta.size}; make them equal`,
      );
    return x.shape;
  },
  forward({ kernels, allocator, y }, [x, gamma, beta], epsilon) {
    const { rows, columns } = rowsOf(x);
    const statistics = allocator.allocate([rows, 2]);
    kernels.run(layer_norm_f32, {
      y: y.pointer,
      statistics: statistics.pointer,
      x: x.pointer,
      gamma: gamma.pointer,
      beta: beta.pointer,
      rows,
      columns,
      epsilon,
    });
    return statistics;
  },
  backward({ kernels, allocator }, { dy, gradient }, [x, gamma, beta], _, statistics) {
    const { rows, columns } = rowsOf(x);
    const dx = gradient(0) ?? allocator.allocate(x.shape);
    const dgamma = gradient(1) ?? allocator.allocate(gamma.shape);
    const dbeta = gradient(2) ?? allocator.allocate(beta.shape);
    kernels.run(layer_norm_backward_f32, {
      dx: dx.pointer,
      dgamma: dgamma.pointer,
      dbeta: dbeta.pointer,
      dy: dy.pointer,
      x: x.pointer,
      gamma: gamma.pointer,
      statistics: statistics.pointer,
      rows,
      columns,
    });
  },
};

/**
 * Layer normalisation (Ba et al., arXiv:1607.06450): y = gamma · (x − mean) / √(variance + epsilon) + beta, with the mean and
 * the biased variance of each row, which is the last axis.
 * @param x [..., c]
 * @param gamma factor of each column, [c]
 * @param beta shift of each column, [c]
 * @returns [..., c]
 * @throws AnygradError SHAPE_MISMATCH where gamma or beta has not c numbers
 */
export function layerNormalization(
  x: Tensor,
  gamma: Tensor,
  beta: Tensor,
  options?: {
    /** Small number that is added to the variance, so that nothing is divided by 0. Default 1e-3. */
    epsilon?: number;
  },
): Tensor {
  const { epsilon = 1e-3 } = strictOptions("layerNormalization", options, "epsilon:number");
  return apply(layerNormalizationOp, [x, gamma, beta], epsilon);
}
