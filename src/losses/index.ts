/** Losses by name, as `compile` and saved models give them. */
import type { LossLike } from "./byName.ts";
import type { Loss } from "./loss.ts";
import { sparseCategoricalCrossentropy } from "./sparseCrossentropy.ts";

export type { LossLike, LossName } from "./byName.ts";
export type { LossFunction } from "./function.ts";
export * as losses from "./kinds.ts";
export type { Loss } from "./loss.ts";

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
