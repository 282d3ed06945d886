/** What a constraint is: where an update may leave a weight. */
import type { SavedKind } from "../registry.ts";
import type * as kinds from "./kinds.ts";

/** Where an update may leave a weight; `constraints` makes one. It is put into effect after each step of training. */
export type Constraint = SavedKind<Record<string, number | readonly number[]>>;

/** A constraint, or the name of one with its default options. */
export type ConstraintLike = keyof typeof kinds | Constraint;
