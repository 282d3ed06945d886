/** The number that training minimises: the mean loss of a batch, weighted where asked, plus penalties. */
import * as ops from "../ops/index.ts";
import { penaltyOf } from "../regularizers/index.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Compiled } from "./compiled.ts";

/** @param output the last layer's output, or its logits where the loss is fused @param weights [rows] */
export function objective(
  { loss, fused, parameters }: Compiled,
  output: Tensor,
  targets: Tensor,
  weights?: Tensor,
): Tensor {
  const losses = loss.call(output, targets, fused);
  const mean = ops.mean(weights ? ops.multiply(losses, weights) : losses);
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
