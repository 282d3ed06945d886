/** The cross-entropy of distributions, one loss per example, differentiable by its targets, too: they may be another network's. */

import { apply, type Op } from "../autograd/op.ts";
import { divide_f32, log_softmax_f32, sum_f32 } from "../kernels/abi.generated.ts";
import { binary_cross_entropy_f32 } from "../kernels/families/losses.generated.ts";
import { strictOptions } from "../math/options.ts";
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
import { checkTargets, constantLike, targetGradient } from "./targetGradient.ts";

/** ln p, times `scale`, as the gradient of targets needs it; written to a tensor like the predictions. */
interface Logarithm {
  readonly scale: number;
  write(out: Tensor, predictions: Tensor): void;
}

/** Applies the op with dt = −ln p · dloss besides. */
function withTargets<Saved>(
  op: Op<CrossentropyInputs, null, Saved>,
  inputs: CrossentropyInputs,
  { scale, write }: Logarithm,
): Tensor {
  const { backward } = op;
  if (typeof backward === "string") return apply(op, inputs, null);
  const both: typeof op = {
    ...op,
    backward(pass, sink, given, attributes, saved) {
      backward(pass, sink, given, attributes, saved);
      targetGradient(sink, -scale, (slope) => write(slope, given[0]));
    },
  };
  return apply(both, inputs, null);
}

/** Where the predictions are logits: of their softmax. */
const ofLogits: Logarithm = {
  scale: 1,
  write({ allocator, pointer: y }, logits) {
    allocator.kernels.run(log_softmax_f32, { y, x: logits.pointer, ...rowsOf(logits) });
  },
};

/** Where they are probabilities, which the loss divides by the sum of their row and clips: minus the binary cross-entropy of each with 1. */
const ofProbabilities: Logarithm = {
  scale: -1,
  write(out, { pointer: x, shape, size }) {
    const { allocator } = out;
    const { rows, columns } = rowsOf(out);
    const totals = allocator.allocate([...shape.slice(0, -1), 1]);
    const q = allocator.allocate(shape);
    allocator.kernels.run(sum_f32, { out: totals.pointer, x, outer: rows, reduce: columns, inner: 1 });
    broadcast(allocator, divide_f32, q.pointer, shape, x, shape, totals.pointer, totals.shape);
    allocator.kernels.run(binary_cross_entropy_f32, {
      loss: out.pointer,
      p: q.pointer,
      targets: constantLike(out, 1).pointer,
      rows: size,
      columns: 1,
      delta: 0,
    });
  },
};

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
    ? withTargets(fromLogitsOp, [predictions, smooth], ofLogits)
    : withTargets(fromProbabilitiesOp, [predictions, smooth], ofProbabilities);
}
