/** Losses by name, as `compile` and saved models give them. */
import type { SavedKind } from "../registry.ts";
import type { LossFunction } from "./function.ts";
import type * as kinds from "./kinds.ts";
import type { Loss } from "./loss.ts";
import { sparseCategoricalCrossentropy } from "./sparseCrossentropy.ts";

export type { LossFunction } from "./function.ts";
export * as losses from "./kinds.ts";
export type { Loss } from "./loss.ts";

/** The names of the losses. */
export type LossName = keyof typeof kinds;
/** A loss, its name, what one is saved as, or a function of your own. */
export type LossLike = LossName | Loss | LossFunction | SavedKind<Record<string, number | boolean>>;

/**
 * A loss from its name or its saved form, or of a function; itself where it is one. All but one are imported then.
 * @throws AnygradError INVALID_ARGUMENT
 */
export async function getLoss(like: LossLike): Promise<Loss> {
  if (like === "sparseCategoricalCrossentropy") return sparseCategoricalCrossentropy();
  return typeof like === "object" && (like as Loss | null)?.call
    ? (like as Loss)
    : (await import("./byName.ts")).lossNamed(like);
}
