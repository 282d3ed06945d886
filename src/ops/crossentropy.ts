/**
 * Cross-entropies of classes, one loss per example, and the one of class indices. Where the predictions are logits, the softmax
 * is fused with the loss; where they are probabilities, rows are divided by their sum and clipped to [1e-7, 1 − 1e-7], as Keras
 * does on TensorFlow. The one of distributions is in categoricalCrossentropy.ts, apart: most networks have class indices.
 */

import { apply, checkTensors, type Op } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import {
  cross_entropy_backward_f32,
  cross_entropy_f32,
  softmax_cross_entropy_backward_f32,
  softmax_cross_entropy_f32,
} from "../kernels/abi.generated.ts";
import { strictOptions } from "../math/options.ts";
import { formatShape, sameShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { oneHot } from "./indexing.ts";
import { rowsOf } from "./softmax.ts";

/** Options of `ops.categoricalCrossentropy` and `ops.sparseCategoricalCrossentropy`. */
export interface CrossentropyAttributes {
  /** true: predictions are logits, which go through a softmax; false (default): they are probabilities. */
  fromLogits?: boolean;
  /**
   * Share s of every target that is distributed evenly over the classes: t becomes t · (1 − s) + s / classes (Szegedy et al.,
   * arXiv:1512.00567). Default 0.
   */
  labelSmoothing?: number;
}

/** Predictions and targets of one shape, [..., classes]. */
export type CrossentropyInputs = [predictions: Tensor, targets: Tensor];

/**
 * One loss per row. It saves the probabilities for the backward pass, which needs no logarithm: dlogits = (p − t) · dloss.
 */
export const fromLogitsOp: Op<CrossentropyInputs, null, Tensor> = {
  name: "categoricalCrossentropy",
  shape: ([logits]) => logits.shape.slice(0, -1),
  forward({ kernels, allocator, y }, [logits, targets]) {
    const p = allocator.allocate(logits.shape);
    kernels.run(softmax_cross_entropy_f32, {
      loss: y.pointer,
      p: p.pointer,
      logits: logits.pointer,
      targets: targets.pointer,
      ...rowsOf(logits),
    });
    return p;
  },
  backward({ kernels }, { dy, gradient }, [logits, targets], _, p) {
    const dlogits = gradient(0);
    if (dlogits)
      kernels.run(softmax_cross_entropy_backward_f32, {
        dlogits: dlogits.pointer,
        p: p.pointer,
        targets: targets.pointer,
        dloss: dy.pointer,
        ...rowsOf(logits),
      });
  },
};

/** One loss per row; saves nothing. */
export const fromProbabilitiesOp: Op<CrossentropyInputs, null, void> = {
  name: "categoricalCrossentropy",
  shape: ([p]) => p.shape.slice(0, -1),
  forward({ kernels, y }, [p, targets]) {
    kernels.run(cross_entropy_f32, { loss: y.pointer, p: p.pointer, targets: targets.pointer, ...rowsOf(p) });
  },
  backward({ kernels }, { dy, gradient }, [p, targets]) {
    const dp = gradient(0);
    if (dp)
      kernels.run(cross_entropy_backward_f32, {
        dp: dp.pointer,
        p: p.pointer,
        targets: targets.pointer,
        dloss: dy.pointer,
        ...rowsOf(p),
      });
  },
};

/**
 * Cross-entropy with class indices, one loss per example: −ln p[label], where p is the softmax of the predictions with
 * `fromLogits`, else each row of them divided by its sum and clipped to [1e-7, 1 − 1e-7], as in Keras. Clipped probabilities
 * take no gradient, and labels have none.
 * @param predictions logits or probabilities, [n, classes]
 * @param labels class indices from 0, int32 [n]
 * @returns losses [n]
 * @throws AnygradError SHAPE_MISMATCH where there is not one label per row; INVALID_ARGUMENT for a label outside the classes
 *   or labels that are not int32
 */
export function sparseCategoricalCrossentropy(
  predictions: Tensor,
  labels: Tensor,
  options?: CrossentropyAttributes,
): Tensor {
  const { fromLogits = false, labelSmoothing = 0 } = strictOptions(
    "sparseCategoricalCrossentropy",
    options,
    "fromLogits:boolean labelSmoothing:number",
  );
  checkTensors("sparseCategoricalCrossentropy", predictions, labels);
  const classes = predictions.shape.at(-1) ?? 1;
  if (!sameShape(labels.shape, predictions.shape.slice(0, -1)))
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `sparseCategoricalCrossentropy: ${formatShape(labels.shape)} labels do not fit predictions of ${formatShape(predictions.shape)}; wanted one class index per row, or use categoricalCrossentropy for one-hot targets`,
    );
  const off = labelSmoothing / classes;
  const subject = "sparseCategoricalCrossentropy";
  const targets = oneHot(labels, classes, { on: 1 - labelSmoothing + off, off, subject });
  return fromLogits
    ? apply(fromLogitsOp, [predictions, targets], null)
    : apply(fromProbabilitiesOp, [predictions, targets], null);
}
