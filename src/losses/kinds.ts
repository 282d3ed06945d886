/**
 * Losses under Keras's names. A loss maps predictions and targets to one number per example; the mean over the
 * batch (weighted where weights are given) is the training loop's business.
 * @packageDocumentation
 * @example
 * ```js
 * import { createEngine, layers, losses, sequential } from "anygrad";
 *
 * const net = sequential([layers.dense({ units: 10 })], { inputShape: [784], seed: 1 });
 * const loss = losses.sparseCategoricalCrossentropy({ fromLogits: true, labelSmoothing: 0.1 });
 * await net.compile({ optimizer: "adam", loss, engine: await createEngine() });
 * console.log(net.isCompiled); // true
 * ```
 */

// biome-ignore assist/source/organizeImports: those of classifiers first, the commonest at the top, as messages list them
export {
  sparseCategoricalCrossentropy,
  categoricalCrossentropy,
  binaryCrossentropy,
} from "./crossentropy.ts";
export { meanSquaredError, meanAbsoluteError, huber } from "./regression.ts";
export { logCosh, meanAbsolutePercentageError, meanSquaredLogarithmicError } from "./composed/relative.ts";
export { klDivergence, poisson } from "./composed/divergence.ts";
export { binaryFocalCrossentropy, categoricalFocalCrossentropy } from "./composed/focal.ts";
export { hinge, squaredHinge, categoricalHinge } from "./composed/hinge.ts";
export { cosineSimilarity, dice, tversky, contrastive, triplet } from "./composed/similarity.ts";
export { tripletHard, tripletSemiHard } from "./composed/triplets.ts";
export { ctc } from "./composed/ctc.ts";
// Keras's short names
export { binaryCrossentropy as bce } from "./crossentropy.ts";
export {
  meanAbsolutePercentageError as mape,
  meanSquaredLogarithmicError as msle,
} from "./composed/relative.ts";
export { klDivergence as kld } from "./composed/divergence.ts";
export { meanSquaredError as mse, meanAbsoluteError as mae } from "./regression.ts";
