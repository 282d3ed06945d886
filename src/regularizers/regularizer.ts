/** What a regularizer is: a penalty on a weight that is added to the loss, l1 · Σ |w| + l2 · Σ w². */
import { penalty } from "../ops/penalty.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** A penalty on the size of a weight's numbers. */
export interface Regularizer {
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
export function penaltyOf({ config }: Regularizer, weight: Tensor): Tensor | undefined {
  return config.l1 === 0 && config.l2 === 0 ? undefined : penalty(weight, config);
}
