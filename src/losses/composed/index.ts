/** The losses that are made of ops, or have kernels of their own, by name: imported late, where one of them is named. */
import { ctc } from "./ctc.ts";
import { klDivergence, poisson } from "./divergence.ts";
import { binaryFocalCrossentropy, categoricalFocalCrossentropy } from "./focal.ts";
import { categoricalHinge, hinge, squaredHinge } from "./hinge.ts";
import { logCosh, meanAbsolutePercentageError, meanSquaredLogarithmicError } from "./relative.ts";
import { contrastive, cosineSimilarity, dice, triplet, tversky } from "./similarity.ts";

/** Not a namespace, which would need the bundler's helper for namespaces. */
export const composedLosses = {
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
  ctc,
};
