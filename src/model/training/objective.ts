/** The number that training minimises: the mean loss of a batch, weighted where asked, plus penalties. */
import { AnygradError } from "../../errors.ts";
import * as ops from "../../ops/index.ts";
import { penaltyOf } from "../../regularizers/index.ts";
import { formatShape, sameShape } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Compiled } from "./context.ts";

/** What the outputs of a batch should be. */
export interface Wanted {
  readonly targets: Tensor;
  /** A factor on each loss, [rows], or one for each place of an example, such as [rows, h, w]; undefined: 1. */
  readonly factors: Tensor | undefined;
}

/**
 * @param output the last layer's output, or its logits where the loss is fused
 * @param wanted two of them where examples are mixed: their losses add up
 * @param penalties what layers add to it
 */
export function objective(
  { loss, fused, parameters }: Compiled,
  output: Tensor,
  wanted: readonly Wanted[],
  penalties: readonly Tensor[] = [],
): Tensor {
  const mean = [
    ...wanted.map(({ targets, factors }) => ops.mean(weighted(loss.call(output, targets, fused), factors))),
    ...penalties,
  ].reduce((sum, each) => ops.add(sum, each));
  return parameters.trainable.reduce((sum, { spec, value }) => {
    const penalty = spec.regularizer && penaltyOf(spec.regularizer, value);
    return penalty ? ops.add(sum, penalty) : sum;
  }, mean);
}

/** The factor of an example holds for all its losses, such as those of its pixels. @throws AnygradError SHAPE_MISMATCH */
function weighted(losses: Tensor, factors: Tensor | undefined): Tensor {
  if (!factors) return losses;
  const [n = 0] = factors.shape;
  const isEach = sameShape(factors.shape, losses.shape);
  if (!isEach && !(factors.shape.length === 1 && losses.shape[0] === n))
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `fit: the weights of a batch are ${formatShape(factors.shape)} but the loss gives ${formatShape(losses.shape)}; let it give one number an example, or one for each of its places`,
    );
  const each = isEach
    ? factors
    : ops.reshape(
        factors,
        losses.shape.map((_, axis) => (axis === 0 ? n : 1)),
      );
  return ops.multiply(losses, each);
}

/** What metrics see: probabilities, also where the loss took logits. */
export function predictionsOf({ loss, fused }: Compiled, output: Tensor): Tensor {
  if (!fused) return output;
  return loss.fuses === "softmax" ? ops.softmax(output) : ops.sigmoid(output);
}
