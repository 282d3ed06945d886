/** What a regularizer is: a penalty on a weight that is added to the loss, l1 · Σ |w| + l2 · Σ w². */
import { isOwn, type Own } from "../definitions/definition.ts";
import { penalty } from "../ops/penalty.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** A penalty of the user's own, as what `defineRegularizer` gives makes it. */
export interface OwnRegularizer extends Own {
  readonly custom: "regularizer";
  /** The penalty, a scalar. */
  call(weight: Tensor): Tensor;
}

/** A penalty on a weight that is added to the loss. */
export type Regularizer = SizeRegularizer | OwnRegularizer;

/** A penalty on the size of a weight's numbers. */
export interface SizeRegularizer {
  /** The one kind there is, of which `l1` and `l2` are special cases. */
  readonly type: "l1l2";
  /** The factors on Σ |w| and Σ w². */
  readonly config: {
    /** Factor on Σ |w|. */
    readonly l1: number;
    /** Factor on Σ w². */
    readonly l2: number;
  };
}

/** The penalty as a scalar; undefined where both factors are 0. */
export function penaltyOf(regularizer: Regularizer, weight: Tensor): Tensor | undefined {
  if (isOwn(regularizer)) return (regularizer as OwnRegularizer).call(weight);
  const { config } = regularizer as SizeRegularizer;
  return config.l1 === 0 && config.l2 === 0 ? undefined : penalty(weight, config);
}
