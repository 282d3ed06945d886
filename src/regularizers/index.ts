/** Penalties on weights that are added to the loss: l1 · Σ |w| + l2 · Σ w². */
import { AnygradError } from "../errors.ts";
import { penalty } from "../ops/penalty.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Regularizer } from "./kinds.ts";
import * as kinds from "./kinds.ts";

export type { Regularizer } from "./kinds.ts";
export * as regularizers from "./kinds.ts";

export type RegularizerLike = keyof typeof kinds | Regularizer;

/** A regularizer from its name or its saved form. @throws AnygradError INVALID_ARGUMENT */
export function getRegularizer(like: RegularizerLike): Regularizer {
  if (typeof like === "object") return kinds.l1l2(like.config);
  if (!Object.hasOwn(kinds, like))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `regularizer: ${JSON.stringify(like)} is unknown; use one of ${Object.keys(kinds).join(", ")}`,
    );
  return kinds[like]();
}

/** The penalty as a scalar; undefined where both factors are 0. */
export function penaltyOf({ config }: Regularizer, weight: Tensor): Tensor | undefined {
  return config.l1 === 0 && config.l2 === 0 ? undefined : penalty(weight, config);
}
