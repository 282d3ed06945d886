/** The losses that are made of ops, or have kernels of their own, by name: imported late, where one of them is named. */
import { ctc } from "./ctc.ts";
import { klDivergence, poisson } from "./divergence.ts";
import { binaryFocalCrossentropy, categoricalFocalCrossentropy } from "./focal.ts";
import { categoricalHinge, hinge, squaredHinge } from "./hinge.ts";
import { logCosh, meanAbsolutePercentageError, meanSquaredLogarithmicError } from "./relative.ts";
import { contrastive, cosineSimilarity, dice, triplet, tversky } from "./similarity.ts";
import { tripletHard, tripletSemiHard } from "./triplets.ts";

/** Not a namespace, which would need the bundler's helper for namespaces. */
export const composedLosses: {
  readonly logCosh: typeof logCosh;
  readonly meanAbsolutePercentageError: typeof meanAbsolutePercentageError;
  readonly meanSquaredLogarithmicError: typeof meanSquaredLogarithmicError;
  readonly klDivergence: typeof klDivergence;
  readonly poisson: typeof poisson;
  readonly binaryFocalCrossentropy: typeof binaryFocalCrossentropy;
  readonly categoricalFocalCrossentropy: typeof categoricalFocalCrossentropy;
  readonly hinge: typeof hinge;
  readonly squaredHinge: typeof squaredHinge;
  readonly categoricalHinge: typeof categoricalHinge;
  readonly cosineSimilarity: typeof cosineSimilarity;
  readonly dice: typeof dice;
  readonly tversky: typeof tversky;
  readonly contrastive: typeof contrastive;
  readonly triplet: typeof triplet;
  readonly tripletHard: typeof tripletHard;
  readonly tripletSemiHard: typeof tripletSemiHard;
  readonly ctc: typeof ctc;
  readonly mape: typeof meanAbsolutePercentageError;
  readonly msle: typeof meanSquaredLogarithmicError;
  readonly kld: typeof klDivergence;
} = {
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
  tripletHard,
  tripletSemiHard,
  ctc,
  mape: meanAbsolutePercentageError,
  msle: meanSquaredLogarithmicError,
  kld: klDivergence,
};
