/** Losses by name, as `compile` and saved models give them. */
import { kindNamed, type SavedKind } from "../registry.ts";
import * as kinds from "./kinds.ts";
import type { Loss } from "./loss.ts";

export * as losses from "./kinds.ts";
export type { Loss } from "./loss.ts";

/** The names of the losses. */
export type LossName = keyof typeof kinds;
/** A loss, its name, or what one is saved as. */
export type LossLike = LossName | Loss | SavedKind<Record<string, number | boolean>>;

/** A loss from its name or its saved form. @throws AnygradError INVALID_ARGUMENT */
export function getLoss(like: LossLike): Loss {
  if (typeof like === "object" && "call" in like) return like;
  const { type, config } = typeof like === "string" ? { type: like, config: {} } : like;
  const make: (config: Readonly<Record<string, number | boolean>>) => Loss = kindNamed("loss", type, kinds);
  return make(config);
}
