/** The number that training minimises: the mean loss of a batch, weighted where asked, plus penalties. */
import { AnygradError } from "../../errors.ts";
import * as ops from "../../ops/index.ts";
import { penaltyOf } from "../../regularizers/index.ts";
import { formatShape, sameShape } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Compiled } from "./context.ts";

/** What the outputs of a batch should be; in each list there is one for each output that has a loss. */
export interface Wanted {
  readonly targets: readonly Tensor[];
  /** A factor on each loss, [rows], or one for each place of an example, such as [rows, h, w]; undefined: 1. */
  readonly factors: readonly Tensor[] | undefined;
}

/** What training makes small, and the parts of it. */
export interface Objective {
  readonly total: Tensor;
  /** The losses of the outputs, where there are several, without their weights, as Keras tells them. */
  readonly losses: readonly Tensor[];
}

/**
 * @param outputs those of the network, or their logits where the losses are fused
 * @param wanted two of them where examples are mixed: their losses add up
 * @param penalties what layers add to it
 */
export function objective(
  { heads, parameters }: { heads: Compiled["heads"]; parameters: Pick<Compiled["parameters"], "trainable"> },
  outputs: readonly Tensor[],
  wanted: readonly Wanted[],
  penalties: readonly Tensor[] = [],
): Objective {
  const means = wanted.flatMap(({ targets, factors }) =>
    heads.map(({ loss, fused, output }, k) =>
      ops.mean(weighted(loss.call(outputs[output]!, targets[k]!, fused), factors?.[k])),
    ),
  );
  const shares = means.map((mean, i) => {
    const { weight } = heads[i % heads.length]!;
    return weight === 1 ? mean : ops.multiply(mean, weight);
  });
  const data = [...shares, ...penalties].reduce((sum, each) => ops.add(sum, each));
  const total = parameters.trainable.reduce((sum, { spec, value }) => {
    const penalty = spec.regularizer && penaltyOf(spec.regularizer, value);
    return penalty ? ops.add(sum, penalty) : sum;
  }, data);
  const several = heads.length > 1 ? heads : [];
  const losses = several.map((_, k) =>
    means.filter((_, i) => i % heads.length === k).reduce((sum, each) => ops.add(sum, each)),
  );
  return { total, losses };
}

/** The factor of an example holds for all its losses, such as those of its pixels. @throws AnygradError SHAPE_MISMATCH */
function weighted(losses: Tensor, factors: Tensor | undefined): Tensor {
  if (!factors) return losses;
  const [n = 0] = factors.shape;
  const isEach = sameShape(factors.shape, losses.shape);
  if (!isEach && !(factors.shape.length === 1 && losses.shape[0] === n))
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `fit: the weights of a batch are ${formatShape(factors.shape)} but the loss gives ${formatShape(losses.shape)}; let it give one an example, or one for each place`,
    );
  const each = isEach
    ? factors
    : ops.reshape(
        factors,
        losses.shape.map((_, axis) => (axis === 0 ? n : 1)),
      );
  return ops.multiply(losses, each);
}

/** What metrics see of each output that has a loss: probabilities, also where the loss took logits. */
export function predictionsOf({ heads }: Pick<Compiled, "heads">, outputs: readonly Tensor[]): Tensor[] {
  return heads.map(({ loss, fused, output }) => {
    const given = outputs[output]!;
    if (!fused) return given;
    return loss.fuses === "softmax" ? ops.softmax(given) : ops.sigmoid(given);
  });
}

/** Which steps of each output that has a loss count; undefined where it has no mask. */
export function masksOf(
  { heads }: Pick<Compiled, "heads">,
  outputs: readonly Tensor[],
): (Tensor | undefined)[] {
  return heads.map(({ loss, output }) => loss.mask?.(outputs[output]!));
}
