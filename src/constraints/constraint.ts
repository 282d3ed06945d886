/** What a constraint is: where an update may leave a weight. */
import type { Own } from "../definitions/definition.ts";
import type { SavedKind } from "../registry.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** Where an update may leave a weight; `constraints` makes one. It is put into effect after each step of training. */
export type Constraint = SavedKind<Record<string, number | readonly number[]>>;

/** A constraint of the user's own, as what `defineConstraint` gives makes it. */
export interface OwnConstraint extends Own {
  readonly custom: "constraint";
  /** The weight within its bounds. */
  call(weight: Tensor): Tensor;
}
