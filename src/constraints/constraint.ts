/** What a constraint is: where an update may leave a weight. */
import type { SavedKind } from "../registry.ts";

/** Where an update may leave a weight; `constraints` makes one. It is put into effect after each step of training. */
export type Constraint = SavedKind<Record<string, number | readonly number[]>>;
