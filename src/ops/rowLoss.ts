/**
 * Losses per example that are means over the last axis: of the squared, absolute or other distance of prediction and target.
 */

import { apply, type Op } from "../autograd/op.ts";
import { add_scaled_f32 } from "../kernels/abi.generated.ts";
import {
  absolute_error_backward_f32,
  absolute_error_f32,
  binary_cross_entropy_backward_f32,
  binary_cross_entropy_f32,
  huber_backward_f32,
  huber_f32,
  sigmoid_cross_entropy_backward_f32,
  sigmoid_cross_entropy_f32,
  squared_error_backward_f32,
  squared_error_f32,
} from "../kernels/families/losses.generated.ts";
import { strictOptions } from "../math/options.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { rescale } from "./rescale.ts";
import { rowsOf } from "./softmax.ts";
import { checkTargets, constantLike, targetGradient } from "./targetGradient.ts";

/** The two kernels of a loss. Only `huber` reads delta. */
interface RowLoss {
  readonly name: string;
  readonly forward: typeof huber_f32;
  readonly backward: typeof huber_backward_f32;
  /**
   * How it depends on its targets. "symmetric": as on its predictions, so that the gradient of targets is that of predictions in
   * their place. "linear": by a slope that is what it gives for 1 less what it gives for 0.
   */
  readonly of: "symmetric" | "linear";
}

/** The losses of the rows. @throws AnygradError SHAPE_MISMATCH */
function rowLoss(
  { name, forward, backward, of }: RowLoss,
  predictions: Tensor,
  targets: Tensor,
  delta = 0,
): Tensor {
  checkTargets(name, predictions, targets);
  const op: Op<[Tensor, Tensor], { delta: number; fromLogits: boolean }, void> = {
    name,
    shape: ([p]) => p.shape.slice(0, -1),
    forward({ kernels, y: { pointer: loss } }, [p, t]) {
      kernels.run(forward, { loss, p: p.pointer, targets: t.pointer, ...rowsOf(p), delta });
    },
    backward({ kernels }, sink, [p, t]) {
      const { dy, gradient } = sink;
      const write = (i: number, by: Tensor, other: Tensor): void => {
        const dp = gradient(i)?.pointer;
        if (dp === undefined) return;
        const given = { p: by.pointer, targets: other.pointer, dloss: dy.pointer };
        kernels.run(backward, { dp, ...given, ...rowsOf(p), delta });
      };
      write(0, p, t);
      if (of === "symmetric") write(1, t, p);
      else
        targetGradient(sink, 1 / rowsOf(p).columns, (slope) => {
          const [one, zero] = [constantLike(t, 1), constantLike(t, 0)];
          const each = { p: p.pointer, rows: p.size, columns: 1, delta };
          kernels.run(forward, { loss: slope.pointer, targets: one.pointer, ...each });
          kernels.run(forward, { loss: one.pointer, targets: zero.pointer, ...each });
          kernels.run(add_scaled_f32, { sum: slope.pointer, x: one.pointer, n: p.size, scale: -1 });
        });
    },
  };
  return apply(op, [predictions, targets], { delta, fromLogits: forward === sigmoid_cross_entropy_f32 });
}

/**
 * Binary cross-entropy, one loss per example: the mean over the k outputs of −t · ln p − (1 − t) · ln(1 − p). With
 * `fromLogits` p is the sigmoid of the predictions, and the loss is computed without rounding p; else p is the predictions
 * clipped to [1e-7, 1 − 1e-7], as in Keras. Clipped probabilities take no gradient; dt = (ln(1 − p) − ln p) / k · dloss.
 * @param predictions logits or probabilities, [n, k]
 * @param targets 0 or 1, or probabilities, [n, k]
 * @returns losses [n]
 * @throws AnygradError SHAPE_MISMATCH where predictions and targets differ in shape
 */
export function binaryCrossentropy(
  predictions: Tensor,
  targets: Tensor,
  options?: {
    /** true: predictions are logits, which go through a sigmoid; false (default): they are probabilities. */
    fromLogits?: boolean;
    /** Share s by which targets move towards 0.5: t becomes t · (1 − s) + s / 2. Default 0. */
    labelSmoothing?: number;
  },
): Tensor {
  const { fromLogits = false, labelSmoothing = 0 } = strictOptions(
    "binaryCrossentropy",
    options,
    "fromLogits:boolean labelSmoothing:number",
  );
  const smooth =
    labelSmoothing === 0
      ? targets
      : rescale(targets, { scale: 1 - labelSmoothing, shift: labelSmoothing / 2 });
  const name = "binaryCrossentropy";
  const loss: RowLoss = fromLogits
    ? {
        name,
        forward: sigmoid_cross_entropy_f32,
        backward: sigmoid_cross_entropy_backward_f32,
        of: "linear",
      }
    : { name, forward: binary_cross_entropy_f32, backward: binary_cross_entropy_backward_f32, of: "linear" };
  return rowLoss(loss, predictions, smooth);
}

/**
 * The squared error, one loss per example: the mean over the last axis of (p − t)²; dp = 2 (p − t) / k · dloss, dt = −dp.
 * @param predictions [n, k]
 * @param targets [n, k]
 * @returns losses [n]
 * @throws AnygradError SHAPE_MISMATCH where predictions and targets differ in shape
 */
export function meanSquaredError(predictions: Tensor, targets: Tensor): Tensor {
  return rowLoss(
    {
      name: "meanSquaredError",
      forward: squared_error_f32,
      backward: squared_error_backward_f32,
      of: "symmetric",
    },
    predictions,
    targets,
  );
}

/**
 * The absolute error, one loss per example: the mean over the last axis of |p − t|; dp = sign(p − t) / k · dloss, 0 where
 * they are equal; dt = −dp.
 * @param predictions [n, k]
 * @param targets [n, k]
 * @returns losses [n]
 * @throws AnygradError SHAPE_MISMATCH where predictions and targets differ in shape
 */
export function meanAbsoluteError(predictions: Tensor, targets: Tensor): Tensor {
  return rowLoss(
    {
      name: "meanAbsoluteError",
      forward: absolute_error_f32,
      backward: absolute_error_backward_f32,
      of: "symmetric",
    },
    predictions,
    targets,
  );
}

/**
 * Huber's loss ("Robust estimation of a location parameter", 1964), one per example: the mean over the last axis of e² / 2
 * where e = |p − t| is at most `delta`, else delta · (e − delta / 2). Large errors count less than in the squared error: dp =
 * (p − t, held in [−delta, delta]) / k · dloss, dt = −dp.
 * @param predictions [n, k]
 * @param targets [n, k]
 * @returns losses [n]
 * @throws AnygradError SHAPE_MISMATCH where predictions and targets differ in shape
 */
export function huber(
  predictions: Tensor,
  targets: Tensor,
  options?: {
    /** The error at which the loss turns from quadratic to linear. Default 1. */
    delta?: number;
  },
): Tensor {
  const { delta = 1 } = strictOptions("huber", options, "delta:number");
  return rowLoss(
    { name: "huber", forward: huber_f32, backward: huber_backward_f32, of: "symmetric" },
    predictions,
    targets,
    delta,
  );
}
