/** Batch normalisation over all axes but the last (Ioffe and Szegedy, arXiv:1502.03167). */
import { apply, type Op } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import { formatShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { activationCode, type FusedActivation } from "./fusedActivation.ts";
import { rowsOf } from "./softmax.ts";

export interface BatchNormalizationAttributes {
  /** With true, statistics are the batch's and the moving ones are updated in place. Default false. */
  training?: boolean;
  /** Share of the old moving statistics that stays. Default 0.99. */
  momentum?: number;
  /** Added to the variance. Default 1e-3. */
  epsilon?: number;
  /** Applied in the same pass. Default "linear". */
  activation?: FusedActivation;
}

type Inputs = [x: Tensor, gamma: Tensor, beta: Tensor, movingMean: Tensor, movingVariance: Tensor];
interface Statistics {
  mean: Tensor;
  variance: Tensor;
}

const batchNormalizationOp: Op<Inputs, Required<BatchNormalizationAttributes>, Statistics> = {
  name: "batchNormalization",
  shape([x, ...parameters]) {
    const channels = x.shape.at(-1) ?? 1;
    for (const parameter of parameters)
      if (parameter.size !== channels)
        throw new AnygradError(
          "SHAPE_MISMATCH",
          `batchNormalization: the input ${formatShape(x.shape)} has ${channels} channels but a parameter has ${parameter.size}; make them equal`,
        );
    return x.shape;
  },
  forward(
    { kernels, allocator, y },
    [x, gamma, beta, movingMean, movingVariance],
    { training, momentum, epsilon, activation },
  ) {
    const { rows, columns: channels } = rowsOf(x);
    let mean = movingMean;
    let variance = movingVariance;
    if (training) {
      mean = allocator.allocate([channels]);
      variance = allocator.allocate([channels]);
      kernels.batch_norm_statistics_f32({
        mean: mean.pointer,
        variance: variance.pointer,
        x: x.pointer,
        rows,
        channels,
      });
      const averages = [
        [movingMean, mean],
        [movingVariance, variance],
      ] as const;
      for (const [moving, batch] of averages)
        kernels.moving_average_f32({ moving: moving.pointer, batch: batch.pointer, n: channels, momentum });
    }
    kernels.batch_norm_f32({
      y: y.pointer,
      x: x.pointer,
      gamma: gamma.pointer,
      beta: beta.pointer,
      mean: mean.pointer,
      variance: variance.pointer,
      rows,
      channels,
      epsilon,
      activation: activationCode[activation],
    });
    return { mean, variance };
  },
  backward(
    { kernels, allocator, y },
    { dy, gradient, overwrite },
    [x, gamma],
    { training, epsilon, activation },
    { mean, variance },
  ) {
    const { rows, columns: channels } = rowsOf(x);
    // one kernel computes all three; what nobody needs goes to scratch
    const dx = overwrite(0) ?? allocator.allocate(x.shape);
    const dgamma = gradient(1) ?? allocator.allocate([channels]);
    const dbeta = gradient(2) ?? allocator.allocate([channels]);
    const kernel = training ? kernels.batch_norm_backward_f32 : kernels.batch_norm_inference_backward_f32;
    kernel({
      dx: dx.pointer,
      dgamma: dgamma.pointer,
      dbeta: dbeta.pointer,
      dy: dy.pointer,
      x: x.pointer,
      y: y.pointer,
      gamma: gamma.pointer,
      mean: mean.pointer,
      variance: variance.pointer,
      rows,
      channels,
      epsilon,
      activation: activationCode[activation],
    });
  },
};

/**
 * activation(gamma (x − mean) / √(variance + epsilon) + beta), per channel (last axis).
 * @param x [..., c]; all parameters are [c]. Variances are biased, as in Keras.
 * @throws AnygradError SHAPE_MISMATCH
 */
export function batchNormalization(
  x: Tensor,
  gamma: Tensor,
  beta: Tensor,
  movingMean: Tensor,
  movingVariance: Tensor,
  {
    training = false,
    momentum = 0.99,
    epsilon = 1e-3,
    activation = "linear",
  }: BatchNormalizationAttributes = {},
): Tensor {
  return apply(batchNormalizationOp, [x, gamma, beta, movingMean, movingVariance], {
    training,
    momentum,
    epsilon,
    activation,
  });
}
