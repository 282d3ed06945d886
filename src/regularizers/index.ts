/** Regularizers by name, as options and saved models give them. */
import { type Definition, isDefinition, isOwn } from "../definitions/definition.ts";
import { kindNamed, type SavedKind } from "../registry.ts";
import * as kinds from "./kinds.ts";
import type { OwnRegularizer, Regularizer } from "./regularizer.ts";

export * as regularizers from "./kinds.ts";
export { type OwnRegularizer, penaltyOf, type Regularizer } from "./regularizer.ts";

/** Factors of a regularizer; one that is left out is 0. */
interface Factors {
  /** Factor of the sum of absolute values. */
  readonly l1?: number;
  /** Factor of the sum of squares. */
  readonly l2?: number;
}

/** A regularizer, its name, its factors, or what one is saved as. A factor that is left out is 0. */
export type RegularizerLike =
  | keyof typeof kinds
  | Regularizer
  | Factors
  | SavedKind<Factors>
  | Definition<[], OwnRegularizer>;

/** A regularizer from its name, its factors or its saved form. @throws AnygradError INVALID_ARGUMENT */
export function getRegularizer(like: RegularizerLike, subject: string): Regularizer {
  if (isOwn(like, "regularizer")) return like as unknown as OwnRegularizer;
  if (isDefinition(like) && like.kind === "regularizer") return like() as OwnRegularizer;
  const { type, config } = Object(like) as Partial<Regularizer>;
  if (typeof like === "object" && !config && type === undefined) return kinds.l1l2(like as object);
  return kindNamed(subject, config ? type : like, kinds)(config);
}
