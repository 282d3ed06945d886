/** Losses that are a mean over the last axis of a function of prediction and target; one loss per example. */
import { apply, type Op } from "../autograd/op.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkTargets } from "./crossentropy.ts";
import { rescale } from "./rescale.ts";
import { rowsOf } from "./softmax.ts";

type Family = "sigmoid_cross_entropy" | "binary_cross_entropy" | "squared_error" | "absolute_error" | "huber";

function rowLoss(
  name: string,
  family: Family,
): (predictions: Tensor, targets: Tensor, delta?: number) => Tensor {
  const op: Op<[Tensor, Tensor], number, void> = {
    name,
    shape: ([p]) => p.shape.slice(0, -1),
    forward({ kernels, y }, [p, targets], delta) {
      kernels[`${family}_f32`]({
        loss: y.pointer,
        p: p.pointer,
        targets: targets.pointer,
        ...rowsOf(p),
        delta,
      });
    },
    backward({ kernels }, { dy, gradient }, [p, targets], delta) {
      const dp = gradient(0);
      if (dp)
        kernels[`${family}_backward_f32`]({
          dp: dp.pointer,
          p: p.pointer,
          targets: targets.pointer,
          dloss: dy.pointer,
          ...rowsOf(p),
          delta,
        });
    },
  };
  return (predictions, targets, delta = 0) => {
    checkTargets(name, predictions, targets);
    return apply(op, [predictions, targets], delta);
  };
}

const fromLogitsOp = rowLoss("binaryCrossentropy", "sigmoid_cross_entropy");
const fromProbabilitiesOp = rowLoss("binaryCrossentropy", "binary_cross_entropy");
const squaredOp = rowLoss("meanSquaredError", "squared_error");
const absoluteOp = rowLoss("meanAbsoluteError", "absolute_error");
const huberOp = rowLoss("huber", "huber");

/** Both [n, k]; label smoothing pulls targets towards 0.5. @throws AnygradError SHAPE_MISMATCH, here and below */
export function binaryCrossentropy(
  predictions: Tensor,
  targets: Tensor,
  { fromLogits = false, labelSmoothing = 0 }: { fromLogits?: boolean; labelSmoothing?: number } = {},
): Tensor {
  const smooth =
    labelSmoothing === 0
      ? targets
      : rescale(targets, { scale: 1 - labelSmoothing, shift: labelSmoothing / 2 });
  return (fromLogits ? fromLogitsOp : fromProbabilitiesOp)(predictions, smooth);
}

export function meanSquaredError(predictions: Tensor, targets: Tensor): Tensor {
  return squaredOp(predictions, targets);
}

export function meanAbsoluteError(predictions: Tensor, targets: Tensor): Tensor {
  return absoluteOp(predictions, targets);
}

/** Quadratic up to `delta` (default 1), then linear (Huber, 1964). */
export function huber(predictions: Tensor, targets: Tensor, { delta = 1 }: { delta?: number } = {}): Tensor {
  return huberOp(predictions, targets, delta);
}
