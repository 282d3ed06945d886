/** The number that training minimises: the mean loss of a batch, weighted where asked, plus penalties. */
import * as ops from "../../ops/index.ts";
import { penaltyOf } from "../../regularizers/index.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Compiled } from "./context.ts";

/** What the outputs of a batch should be. */
export interface Wanted {
  readonly targets: Tensor;
  /** A factor on the loss of each example, [rows]; undefined: 1. */
  readonly factors: Tensor | undefined;
}

/**
 * @param output the last layer's output, or its logits where the loss is fused
 * @param wanted two of them where examples are mixed: their losses add up
 */
export function objective(
  { loss, fused, parameters }: Compiled,
  output: Tensor,
  wanted: readonly Wanted[],
): Tensor {
  const mean = wanted
    .map(({ targets, factors }) => {
      const losses = loss.call(output, targets, fused);
      return ops.mean(factors ? ops.multiply(losses, factors) : losses);
    })
    .reduce((sum, each) => ops.add(sum, each));
  return parameters.trainable.reduce((sum, { spec, value }) => {
    const penalty = spec.regularizer && penaltyOf(spec.regularizer, value);
    return penalty ? ops.add(sum, penalty) : sum;
  }, mean);
}

/** What metrics see: probabilities, also where the loss took logits. */
export function predictionsOf({ loss, fused }: Compiled, output: Tensor): Tensor {
  if (!fused) return output;
  return loss.fuses === "softmax" ? ops.softmax(output) : ops.sigmoid(output);
}
