/** Losses by name, as `compile` and saved models give them. Those of classifiers are here, the others are imported when one is named. */
import type { SavedKind } from "../registry.ts";
import {
  binaryCrossentropy,
  categoricalCrossentropy,
  sparseCategoricalCrossentropy,
} from "./crossentropy.ts";
import type { LossFunction } from "./function.ts";
import type * as kinds from "./kinds.ts";
import type { Loss } from "./loss.ts";

export type { LossFunction } from "./function.ts";
export * as losses from "./kinds.ts";
export type { Loss } from "./loss.ts";

/** The names of the losses. */
export type LossName = keyof typeof kinds;
/** A loss, its name, what one is saved as, or a function of your own. */
export type LossLike = LossName | Loss | LossFunction | SavedKind<Loss["config"]>;

const ofClassifiers: Partial<typeof kinds> = {
  sparseCategoricalCrossentropy,
  categoricalCrossentropy,
  binaryCrossentropy,
};

/** A loss from its name, its saved form or a function. @throws AnygradError INVALID_ARGUMENT */
export async function getLoss(like: LossLike): Promise<Loss> {
  const { type, config, call } = Object(like) as Partial<Loss>;
  if (typeof like === "object" && call) return like as Loss;
  const name = config ? type : like;
  return Object.hasOwn(ofClassifiers, name as string)
    ? (ofClassifiers[name as keyof typeof ofClassifiers] as (config?: object) => Loss)(config)
    : (await import("./byName.ts")).lossNamed(name, config);
}

/** Whether a loss is one of the package's, by its name. */
export async function isOurs({ type, custom }: Loss): Promise<boolean> {
  return !custom && (Object.hasOwn(ofClassifiers, type) || (await import("./byName.ts")).isLossName(type));
}
