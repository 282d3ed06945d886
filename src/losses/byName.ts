/**
 * The losses as an object, whose keys are their names, and losses that are functions. Training imports this file late: a page
 * downloads no loss that it does not name but those of classifiers. Not a namespace, which would need the bundler's helper for
 * namespaces, in a chunk of its own.
 */
import { kindNamed } from "../registry.ts";
import { type LossFunction, lossOf } from "./function.ts";
import type * as kinds from "./kinds.ts";
import {
  binaryCrossentropy,
  binaryFocalCrossentropy,
  categoricalCrossentropy,
  categoricalFocalCrossentropy,
  categoricalHinge,
  contrastive,
  cosineSimilarity,
  dice,
  hinge,
  huber,
  klDivergence,
  logCosh,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
  poisson,
  sparseCategoricalCrossentropy,
  squaredHinge,
  triplet,
  tversky,
} from "./kinds.ts";
import type { Loss } from "./loss.ts";

const byName: typeof kinds = {
  sparseCategoricalCrossentropy,
  categoricalCrossentropy,
  binaryCrossentropy,
  meanSquaredError,
  meanAbsoluteError,
  huber,
  logCosh,
  meanAbsolutePercentageError,
  meanSquaredLogarithmicError,
  klDivergence,
  poisson,
  binaryFocalCrossentropy,
  categoricalFocalCrossentropy,
  hinge,
  squaredHinge,
  categoricalHinge,
  cosineSimilarity,
  dice,
  tversky,
  contrastive,
  triplet,
};

/** Whether there is a loss of this name. */
export function isLossName(name: string): boolean {
  return Object.hasOwn(byName, name);
}

/** The loss of a name with these options, or of a function of one's own. @throws AnygradError INVALID_ARGUMENT */
export function lossNamed(like: unknown, config: object | undefined): Loss {
  const isOwn = typeof like === "function" && !Object.values<unknown>(byName).includes(like);
  if (isOwn) return lossOf(like as LossFunction);
  // what is saved has its options; each checks its own
  const make = kindNamed("loss", like, byName) as (config?: object) => Loss;
  return make(config);
}
