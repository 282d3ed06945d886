/** Losses by name, as `compile` and saved models give them. */
import { kindNamed, type SavedKind } from "../registry.ts";
import type { LossFunction } from "./function.ts";
import * as kinds from "./kinds.ts";
import type { Loss } from "./loss.ts";

export type { LossFunction } from "./function.ts";
export * as losses from "./kinds.ts";
export type { Loss } from "./loss.ts";

/** The names of the losses. */
export type LossName = keyof typeof kinds;
/** A loss, its name, what one is saved as, or a function of your own. */
export type LossLike = LossName | Loss | LossFunction | SavedKind<Record<string, number | boolean>>;

/** A loss from its name or its saved form. @throws AnygradError INVALID_ARGUMENT */
export function getLoss(like: LossLike): Loss {
  const { type, config, call } = Object(like) as Partial<Loss>;
  if (typeof like === "object" && call) return like as Loss;
  // what is saved has its options; each checks its own
  const make = kindNamed("loss", config ? type : like, kinds) as (config?: object) => Loss;
  return make(config);
}

/** Whether it is a function of your own, and none that makes a loss, such as `losses.huber`. */
export function isLossFunction(like: LossLike): like is LossFunction {
  return typeof like === "function" && !Object.values<unknown>(kinds).includes(like);
}
