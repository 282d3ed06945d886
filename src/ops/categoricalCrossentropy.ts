/** The cross-entropy of distributions, one loss per example, differentiable by its targets, too: they may be another network's. */

import { apply, type Op } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import { strictOptions } from "../math/options.ts";
import { formatShape, sameShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { divide, maximum, minimum } from "./arithmetic.ts";
import {
  type CrossentropyAttributes,
  type CrossentropyInputs,
  fromLogitsOp,
  fromProbabilitiesOp,
} from "./crossentropy.ts";
import { sum } from "./reduce.ts";
import { rescale } from "./rescale.ts";
import { logSoftmax } from "./softmax.ts";
import { targetGradient } from "./targetGradient.ts";
import { log } from "./unary.ts";

/** The op with dt = −ln p · dloss besides. @param logarithm ln p of the predictions */
function withTargets<Saved>(
  op: Op<CrossentropyInputs, null, Saved>,
  logarithm: (predictions: Tensor) => Tensor,
): Op<CrossentropyInputs, null, Saved> {
  const { backward } = op;
  if (typeof backward === "string") return op;
  return {
    ...op,
    backward(pass, sink, inputs, attributes, saved) {
      backward(pass, sink, inputs, attributes, saved);
      targetGradient(sink, -1, () => logarithm(inputs[0]));
    },
  };
}

const ofLogits = withTargets(fromLogitsOp, logSoftmax);
const ofProbabilities = withTargets(fromProbabilitiesOp, (p) =>
  log(clipped(divide(p, sum(p, { axis: -1, keepdims: true })))),
);

/** Held in [1e-7, 1 − 1e-7], as the losses hold probabilities. */
export function clipped(p: Tensor): Tensor {
  return minimum(maximum(p, 1e-7), 1 - 1e-7);
}

/**
 * Cross-entropy with a distribution as target, one loss per example: −Σ t · ln p over the classes, where p is the softmax of
 * the predictions with `fromLogits`, else each row of them divided by its sum and clipped to [1e-7, 1 − 1e-7], as in Keras.
 * Clipped probabilities take no gradient; dt = −ln p · dloss.
 * @param predictions logits or probabilities, [n, classes]
 * @param targets one-hot rows or probabilities, [n, classes]
 * @returns losses [n]
 * @throws AnygradError SHAPE_MISMATCH where predictions and targets differ in shape
 */
export function categoricalCrossentropy(
  predictions: Tensor,
  targets: Tensor,
  options?: CrossentropyAttributes,
): Tensor {
  const { fromLogits = false, labelSmoothing = 0 } = strictOptions(
    "categoricalCrossentropy",
    options,
    "fromLogits:boolean labelSmoothing:number",
  );
  checkTargets("categoricalCrossentropy", predictions, targets);
  const classes = predictions.shape.at(-1) ?? 1;
  const smooth =
    labelSmoothing === 0
      ? targets
      : rescale(targets, { scale: 1 - labelSmoothing, shift: labelSmoothing / classes });
  return fromLogits
    ? apply(ofLogits, [predictions, smooth], null)
    : apply(ofProbabilities, [predictions, smooth], null);
}

/** Requires targets in the shape of the predictions. @throws AnygradError SHAPE_MISMATCH where they differ */
export function checkTargets(name: string, predictions: Tensor, targets: Tensor): void {
  if (!sameShape(predictions.shape, targets.shape))
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${name}: the predictions are ${formatShape(predictions.shape)} but the targets ${formatShape(targets.shape)}; make them equal`,
    );
}
