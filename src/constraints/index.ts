/** Constraints as users hold them. What they do is imported where a weight has one (apply.ts). */
export type { Constraint, ConstraintLike } from "./constraint.ts";
export * as constraints from "./kinds.ts";
