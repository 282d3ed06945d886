/** Derivatives of what goes row by row: softmax, normalizations, losses. */

import { softplus } from "../ops/activations.ts";
import { add, multiply } from "../ops/arithmetic.ts";
import type { BatchNormalizationAttributes } from "../ops/batchNormalization.ts";
import { exp, log, sqrt } from "../ops/elementary.ts";
import { maximum, minimum } from "../ops/extremes.ts";
import { divide, subtract } from "../ops/inverses.ts";
import { mean, sum } from "../ops/reduce.ts";
import { rescale } from "../ops/rescale.ts";
import { abs, negative } from "../ops/signs.ts";
import { logSoftmax } from "../ops/softmax.ts";
import { relu, relu6, sigmoid, square, tanh } from "../ops/unary.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { attention } from "./attention.ts";
import type { Derivative, Ran } from "./derivative.ts";

const keep = { axis: -1, keepdims: true } as const;

/** The bounds that probabilities are clipped to. */
const probable = (p: Tensor): Tensor => minimum(maximum(p, 1e-7), 1 - 1e-7);

const activations = { linear: (x: Tensor) => x, relu, sigmoid, tanh, relu6 } as const;

/** gamma · (x − mean) / √(variance + epsilon) + beta */
function normalized(
  [x, gamma, beta]: readonly [Tensor, Tensor, Tensor],
  [middle, variance]: readonly [Tensor, Tensor],
  epsilon: number,
): Tensor {
  const deviation = sqrt(rescale(variance, { shift: epsilon }));
  return add(multiply(divide(subtract(x, middle), deviation), gamma), beta);
}

/** Losses that are the mean over the last axis of a function of prediction and target. */
function meanOf(
  loss: (p: Tensor, t: Tensor, ran: Ran<{ delta: number; fromLogits: boolean }>) => Tensor,
): Derivative {
  return {
    composition: (ran: Ran<{ delta: number; fromLogits: boolean }>) => {
      const [p, t] = ran.inputs as [Tensor, Tensor];
      return mean(loss(p, t, ran), { axis: -1 });
    },
  };
}

/** −t ln p − (1 − t) ln(1 − p) */
function binary(p: Tensor, t: Tensor): Tensor {
  const inverse = (x: Tensor): Tensor => rescale(x, { scale: -1, shift: 1 });
  return negative(add(multiply(t, log(p)), multiply(inverse(t), log(inverse(p)))));
}

/** Derivatives by the names of the ops. */
export const rows: Readonly<Record<string, Derivative>> = {
  softmax: {
    gradients: ({ dy, y }) => [() => multiply(y, subtract(dy, sum(multiply(dy, y), keep)))],
  },
  logSoftmax: {
    gradients: ({ dy, y }) => [() => subtract(dy, multiply(exp(y), sum(dy, keep)))],
  },
  dotProductAttention: attention,
  layerNormalization: {
    composition: ({ inputs, attributes: epsilon }: Ran<number>) => {
      const [x, gamma, beta] = inputs as [Tensor, Tensor, Tensor];
      const middle = mean(x, keep);
      return normalized([x, gamma, beta], [middle, mean(square(subtract(x, middle)), keep)], epsilon);
    },
  },
  batchNormalization: {
    composition: ({ inputs, attributes }: Ran<Required<BatchNormalizationAttributes>>) => {
      const [x, gamma, beta, movingMean, movingVariance] = inputs as [Tensor, Tensor, Tensor, Tensor, Tensor];
      const { training, epsilon, activation } = attributes;
      const all = { axis: x.shape.slice(1).map((_, axis) => axis) };
      const middle = training ? mean(x, all) : movingMean;
      const variance = training ? mean(square(subtract(x, middle)), all) : movingVariance;
      return activations[activation](normalized([x, gamma, beta], [middle, variance], epsilon));
    },
  },
  meanSquaredError: meanOf((p, t) => square(subtract(p, t))),
  meanAbsoluteError: meanOf((p, t) => abs(subtract(p, t))),
  huber: meanOf((p, t, { attributes: { delta } }) => {
    const error = subtract(p, t);
    const within = minimum(maximum(error, -delta), delta);
    return multiply(within, subtract(error, rescale(within, { scale: 0.5 })));
  }),
  binaryCrossentropy: meanOf((p, t, { attributes: { fromLogits } }) =>
    fromLogits ? subtract(softplus(p), multiply(p, t)) : binary(probable(p), t),
  ),
  // it saves the probabilities where it was given logits
  categoricalCrossentropy: {
    composition: ({ inputs, saved }) => {
      const [p, t] = inputs as [Tensor, Tensor];
      const logarithms = saved ? logSoftmax(p) : log(probable(divide(p, sum(p, keep))));
      return negative(sum(multiply(t, logarithms), { axis: -1 }));
    },
  },
  // Σ |x| or Σ x²
  penalty: {
    composition: ({ inputs: [x], attributes: kind }: Ran<"l1" | "l2">) =>
      sum((kind === "l1" ? abs : square)(x!)),
  },
};
