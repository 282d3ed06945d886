/**
 * The common losses as an object, whose keys are their names; the others are imported where one of them is named. Training imports
 * this file late, where another than `sparseCategoricalCrossentropy` is named: a page downloads no loss that it does not use. Not a
 * namespace, which would need the bundler's helper for namespaces, in a chunk of its own.
 */
import { type Definition, isDefinition } from "../definitions/definition.ts";
import { kindNamed, type SavedKind } from "../registry.ts";
import {
  binaryCrossentropy,
  categoricalCrossentropy,
  sparseCategoricalCrossentropy,
} from "./crossentropy.ts";
import { type LossFunction, lossOf } from "./function.ts";
import type * as kinds from "./kinds.ts";
import type { Loss } from "./loss.ts";
import { huber, meanAbsoluteError, meanSquaredError } from "./regression.ts";

/** The names of the losses. */
export type LossName = keyof typeof kinds;
/** A loss, its name, what one is saved as, or a function of your own. */
export type LossLike = LossName | Loss | LossFunction | Definition<[], Loss> | SavedKind<Loss["config"]>;

const common = {
  sparseCategoricalCrossentropy,
  categoricalCrossentropy,
  binaryCrossentropy,
  meanSquaredError,
  meanAbsoluteError,
  huber,
  mse: meanSquaredError,
  mae: meanAbsoluteError,
  bce: binaryCrossentropy,
};

/** A loss from its name or its saved form, or of a function of your own. @throws AnygradError INVALID_ARGUMENT */
export async function lossNamed(like: LossLike): Promise<Loss> {
  if (isDefinition(like) && like.kind === "loss") return like() as Loss;
  const { type, config } = Object(like) as Partial<Loss>;
  const name: unknown = config ? type : like;
  const known =
    typeof name === "string" ? Object.hasOwn(common, name) : Object.values<unknown>(common).includes(name);
  const all: Partial<typeof kinds> = known
    ? common
    : ({ ...common, ...(await import("./composed/index.ts")).composedLosses } satisfies typeof kinds);
  // a function that makes none of the package's losses is one
  if (typeof name === "function" && !Object.values<unknown>(all).includes(name))
    return lossOf(name as LossFunction);
  // what is saved has its options; each checks its own
  const make = kindNamed("loss", name, all as typeof kinds) as (config?: object) => Loss;
  return make(config);
}
