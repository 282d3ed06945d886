/** Regularizers by name, as options and saved models give them. */
import { kindNamed } from "../registry.ts";
import * as kinds from "./kinds.ts";
import type { Regularizer } from "./regularizer.ts";

export * as regularizers from "./kinds.ts";
export { penaltyOf, type Regularizer } from "./regularizer.ts";

/** A regularizer, its name, or what one is saved as. */
export type RegularizerLike = keyof typeof kinds | Regularizer;

/** A regularizer from its name or its saved form. @throws AnygradError INVALID_ARGUMENT */
export function getRegularizer(like: RegularizerLike, subject: string): Regularizer {
  const { config } = Object(like) as Partial<Regularizer>;
  return config ? kinds.l1l2(config) : kindNamed(subject, like, kinds)();
}
