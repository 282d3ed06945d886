/** A loss that is a function of tensors: `compile({ loss: (yTrue, yPred) => … })`. */
import { AnygradError, quote } from "../errors.ts";
import { formatShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Loss } from "./loss.ts";

/**
 * A loss of your own: of targets and predictions, both [n, ...outputs], the loss of each example, [n], by ops.
 * @example
 * ```js
 * import { createEngine, layers, ops, sequential } from "anygrad";
 *
 * const net = sequential([layers.dense({ units: 2 })], { inputShape: [3], seed: 1 });
 * const loss = (yTrue, yPred) => ops.mean(ops.square(ops.subtract(yPred, yTrue)), { axis: -1 });
 * await net.compile({ optimizer: "adam", loss, engine: await createEngine() });
 * console.log(net.isCompiled); // true
 * ```
 */
export type LossFunction = (yTrue: Tensor, yPred: Tensor) => Tensor;

/** Its steps are not recorded: a function may look at numbers, and do other things from step to step. */
export function lossOf(compute: LossFunction): Loss {
  return {
    type: compute.name || "loss",
    config: {},
    targets: "dense",
    call(predictions, targets) {
      const losses = compute(targets, predictions);
      const [n] = predictions.shape;
      if (losses?.shape?.length === 1 && losses.shape[0] === n) return losses;
      throw noLosses("loss", losses, predictions);
    },
  };
}

/** The error for what are not the losses of the predictions. */
export function noLosses(name: string, losses: Tensor, { shape: [n] }: Tensor): AnygradError {
  return new AnygradError(
    "SHAPE_MISMATCH",
    `${name}: the function gave ${losses?.shape ? formatShape(losses.shape) : quote(losses)} where a tensor of a loss an example, [${n}], is wanted; take the mean over the other axes, as ops.mean(x, { axis: -1 }) does`,
  );
}
