/**
 * Batch normalisation over all axes but the last (Ioffe and Szegedy, arXiv:1502.03167), with the activation that follows it.
 */

import { apply, type Op } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import {
  batch_norm_f32,
  batch_norm_gradient_partials_f32,
  batch_norm_input_gradient_f32,
  batch_norm_mean_f32,
  batch_norm_parameter_gradients_f32,
  batch_norm_partials_f32,
  moving_average_f32,
} from "../kernels/families/batchNormalization.generated.ts";
import { strictOptions } from "../math/options.ts";
import { formatShape } from "../tensor/shape.ts";
import type { Again, Tensor } from "../tensor/tensor.ts";
import { activationCode, type FusedActivation, fusedNames } from "./fusedActivation.ts";
import { rowsOf } from "./softmax.ts";

/** Options of `ops.batchNormalization`, with the names and defaults of Keras. */
export interface BatchNormalizationAttributes {
  /**
   * true: normalise by the mean and variance of this batch, and move the moving statistics towards them, in place. false
   * (default): normalise by the moving statistics.
   */
  training?: boolean;
  /** Share of the moving statistics that stays in an update: moving · momentum + batch · (1 − momentum). Default 0.99. */
  momentum?: number;
  /** Small number that is added to the variance, so that nothing is divided by 0. Default 1e-3. */
  epsilon?: number;
  /** Activation that is applied to the result in the same op. Default "linear", which is none. */
  activation?: FusedActivation;
}

type Inputs = [x: Tensor, gamma: Tensor, beta: Tensor, movingMean: Tensor, movingVariance: Tensor];
/** Mean and variance [channels] that the forward pass normalised by, and once more would do so by, leaving the moving ones as they are. */
interface Statistics extends Required<Again> {
  mean: Tensor;
  variance: Tensor;
}

/** Bytes of the sums that blocks of so many rows leave, which are added in order afterwards: those of statistics and of gradients. */
const partialBytes = (rows: number, blockRows: number, channels: number): number =>
  4 * Math.ceil(rows / blockRows) * channels;

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
  forward({ kernels, allocator, scratch, y }, [x, gamma, beta, movingMean, movingVariance], attributes) {
    const { training, momentum, epsilon, activation } = attributes;
    const { rows, columns: channels } = rowsOf(x);
    let mean = movingMean;
    let variance = movingVariance;
    if (training) {
      mean = allocator.allocate([channels]);
      variance = allocator.allocate([channels]);
      const statistics = [
        [mean, 0, movingMean],
        [variance, mean.pointer, movingVariance],
      ] as const;
      scratch(partialBytes(rows, 256, channels), (partials) => {
        for (const [{ pointer: out }, around, { pointer: moving }] of statistics) {
          kernels.run(batch_norm_partials_f32, { partials, x: x.pointer, mean: around, rows, channels });
          kernels.run(batch_norm_mean_f32, { out, partials, rows, channels });
          kernels.run(moving_average_f32, { moving, batch: out, n: channels, momentum });
        }
      });
    }
    kernels.run(batch_norm_f32, {
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
    return { mean, variance, again: [[x, gamma, beta, mean, variance], { ...attributes, training: false }] };
  },
  backward(
    { kernels, allocator, scratch, y },
    { dy, gradient, overwrite },
    [x, gamma],
    { training, epsilon, activation },
    { mean, variance },
  ) {
    const { rows, columns: channels } = rowsOf(x);
    // all three gradients are computed; those that nobody needs are written to temporaries
    const dx = overwrite(0) ?? allocator.allocate(x.shape);
    const dgamma = gradient(1) ?? allocator.allocate([channels]);
    const dbeta = gradient(2) ?? allocator.allocate([channels]);
    const shared = { x: x.pointer, mean: mean.pointer, variance: variance.pointer, rows, channels, epsilon };
    const sums = { dgamma: dgamma.pointer, dbeta: dbeta.pointer };
    const isActivated = activation !== "linear";
    scratch(2 * partialBytes(rows, 32, channels), (partials) => {
      kernels.run(batch_norm_gradient_partials_f32, {
        ...shared,
        partials,
        dx: isActivated ? dx.pointer : 0,
        dy: dy.pointer,
        y: isActivated ? y.pointer : 0,
        activation: activationCode[activation],
      });
      kernels.run(batch_norm_parameter_gradients_f32, { ...shared, ...sums, partials });
    });
    kernels.run(batch_norm_input_gradient_f32, {
      ...shared,
      ...sums,
      dx: dx.pointer,
      dz: isActivated ? dx.pointer : dy.pointer,
      gamma: gamma.pointer,
      training: training ? 1 : 0,
    });
  },
};

/**
 * Batch normalisation (Ioffe and Szegedy, arXiv:1502.03167): y = activation(gamma · (x − mean) / √(variance + epsilon) +
 * beta), a mean and a variance for each channel, which is the last axis. The variance is the biased one, as in Keras.
 *
 * With `training: true` the gradient flows through the statistics of the batch; else they are constants. The moving
 * statistics have no gradient.
 *
 * @param x [..., c]
 * @param gamma factor of each channel, [c]
 * @param beta shift of each channel, [c]
 * @param movingMean moving average of the batches' means, [c]; written to where `training` is true
 * @param movingVariance moving average of the batches' variances, [c]; written to where `training` is true
 * @returns [..., c]
 * @throws AnygradError SHAPE_MISMATCH where a parameter has not one number per channel
 */
export function batchNormalization(
  x: Tensor,
  gamma: Tensor,
  beta: Tensor,
  movingMean: Tensor,
  movingVariance: Tensor,
  options?: BatchNormalizationAttributes,
): Tensor {
  const {
    training = false,
    momentum = 0.99,
    epsilon = 1e-3,
    activation = "linear",
  } = strictOptions(
    "batchNormalization",
    options,
    `training:boolean momentum:number epsilon:number activation:${fusedNames}`,
  );
  return apply(batchNormalizationOp, [x, gamma, beta, movingMean, movingVariance], {
    training,
    momentum,
    epsilon,
    activation,
  });
}
