/** What losses that are made of ops have in common: their form, bounds, axes and powers. */
import { checkNumber } from "../../math/checks.ts";
import * as ops from "../../ops/index.ts";
import { checkTargets } from "../../ops/targetGradient.ts";
import { builtIn } from "../../registry.ts";
import { normalizeAxis } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Loss } from "../loss.ts";

/** What Keras adds or clips by. */
export const epsilon = 1e-7;

/** A loss of predictions and targets of one shape. */
export function composed(
  type: string,
  config: Loss["config"],
  compute: (predictions: Tensor, targets: Tensor) => Tensor,
): Loss {
  return {
    type,
    config,
    targets: "dense",
    call: builtIn((predictions, targets) => {
      checkTargets(type, predictions, targets);
      return compute(predictions, targets);
    }),
  };
}

/** x held within [low, high], without a gradient outside. */
export function clip(x: Tensor, low: number, high: number): Tensor {
  return ops.minimum(ops.maximum(x, low), high);
}

/** 1 − x. */
export function complement(x: Tensor): Tensor {
  return ops.rescale(x, { scale: -1, shift: 1 });
}

/** The mean over the last axis. */
export function rowMean(x: Tensor): Tensor {
  return ops.mean(x, { axis: -1 });
}

/** The sum over the last axis. */
export function rowSum(x: Tensor): Tensor {
  return ops.sum(x, { axis: -1 });
}

/** x with this axis as its last one, the others in their order. @throws AnygradError INVALID_ARGUMENT */
export function axisLast(subject: string, x: Tensor, axis: number): Tensor {
  const place = normalizeAxis(axis, x.shape.length, subject);
  if (place === x.shape.length - 1) return x;
  const others = x.shape.map((_, i) => i).filter((i) => i !== place);
  return ops.transpose(x, [...others, place]);
}

/** The axis of an option: the batch is no axis of an example. @throws AnygradError INVALID_ARGUMENT */
export function checkAxis(subject: string, axis: number): number {
  const advice = ", an axis that is not the batch's, which is 0";
  checkNumber(`${subject}: axis`, axis, axis < 0 ? { whole: true } : { whole: true, from: 1 }, advice);
  return axis;
}
