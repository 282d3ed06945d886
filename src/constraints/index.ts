/** Constraints as users hold them. What they do is imported where a weight has one (apply.ts). */
import type { Definition } from "../definitions/definition.ts";
import type { Constraint, OwnConstraint } from "./constraint.ts";
import type * as kinds from "./kinds.ts";

export type { Constraint, OwnConstraint } from "./constraint.ts";
export * as constraints from "./kinds.ts";

/** A constraint, or the name of one with its default options. */
export type ConstraintLike = keyof typeof kinds | Constraint | OwnConstraint | Definition<[], OwnConstraint>;
