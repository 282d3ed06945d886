/** The cross-entropy of distributions, one loss per example, differentiable by its targets, too: they may be another network's. */

import { apply, type Op } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import { binary_cross_entropy_f32, log_softmax_f32, sum_f32 } from "../kernels/abi.generated.ts";
import { strictOptions } from "../math/options.ts";
import { formatShape, sameShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { broadcast } from "./arithmetic.ts";
import {
  type CrossentropyAttributes,
  type CrossentropyInputs,
  fromLogitsOp,
  fromProbabilitiesOp,
} from "./crossentropy.ts";
import { rescale } from "./rescale.ts";
import { rowsOf } from "./softmax.ts";
import { constantLike, targetGradient } from "./targetGradient.ts";

/** The op with dt = −ln p · dloss besides. @param write puts ln p, times `scale`, into a tensor like the predictions */
function withTargets<Saved>(
  op: Op<CrossentropyInputs, null, Saved>,
  scale: number,
  write: (slope: Tensor, predictions: Tensor) => void,
): Op<CrossentropyInputs, null, Saved> {
  const { backward } = op;
  if (typeof backward === "string") return op;
  return {
    ...op,
    backward(pass, sink, inputs, attributes, saved) {
      backward(pass, sink, inputs, attributes, saved);
      targetGradient(sink, -scale, (slope) => write(slope, inputs[0]));
    },
  };
}

const ofLogits = withTargets(fromLogitsOp, 1, (slope, logits) => {
  slope.allocator.kernels.run(log_softmax_f32, { y: slope.pointer, x: logits.pointer, ...rowsOf(logits) });
});

const ofProbabilities = withTargets(fromProbabilitiesOp, -1, (slope, { pointer: p, size }) => {
  const { allocator } = slope;
  const { rows, columns } = rowsOf(slope);
  const totals = allocator.allocate([rows, 1]);
  const q = allocator.allocate([rows, columns]);
  allocator.kernels.run(sum_f32, { out: totals.pointer, x: p, outer: rows, reduce: columns, inner: 1 });
  broadcast(allocator, "divide", q.pointer, q.shape, p, q.shape, totals.pointer, totals.shape);
  // −ln q, clipped as it is in the loss: the binary cross-entropy of each element with 1
  const targets = constantLike(slope, 1).pointer;
  allocator.kernels.run(binary_cross_entropy_f32, {
    loss: slope.pointer,
    p: q.pointer,
    targets,
    rows: size,
    columns: 1,
    delta: 0,
  });
});

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
