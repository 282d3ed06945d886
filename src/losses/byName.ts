/**
 * The losses as an object, whose keys are their names. Training imports this file late, where another than
 * `sparseCategoricalCrossentropy` is named: a page downloads no loss that it does not use. Not a namespace, which would need the
 * bundler's helper for namespaces, in a chunk of its own.
 */
import { kindNamed, type SavedKind } from "../registry.ts";
import { type LossFunction, lossOf } from "./function.ts";
import type * as kinds from "./kinds.ts";
import {
  binaryCrossentropy,
  categoricalCrossentropy,
  huber,
  meanAbsoluteError,
  meanSquaredError,
  sparseCategoricalCrossentropy,
} from "./kinds.ts";
import type { Loss } from "./loss.ts";

/** The names of the losses. */
export type LossName = keyof typeof kinds;
/** A loss, its name, what one is saved as, or a function of your own. */
export type LossLike = LossName | Loss | LossFunction | SavedKind<Record<string, number | boolean>>;

const byName: typeof kinds = {
  sparseCategoricalCrossentropy,
  categoricalCrossentropy,
  binaryCrossentropy,
  meanSquaredError,
  meanAbsoluteError,
  huber,
  mse: meanSquaredError,
  mae: meanAbsoluteError,
};

/** Whether it is a function of your own, and none that makes a loss, such as `losses.huber`. */
export function isLossFunction(like: LossLike): like is LossFunction {
  return typeof like === "function" && !Object.values<unknown>(byName).includes(like);
}

/** A loss from its name or its saved form, or of a function. @throws AnygradError INVALID_ARGUMENT */
export function lossNamed(like: LossLike): Loss {
  if (isLossFunction(like)) return lossOf(like);
  const { type, config } = Object(like) as Partial<Loss>;
  // what is saved has its options; each checks its own
  const make = kindNamed("loss", config ? type : like, byName) as (config?: object) => Loss;
  return make(config);
}
