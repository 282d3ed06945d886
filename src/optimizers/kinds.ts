/**
 * The optimizers, from the simplest to the most elaborate; Keras's names and defaults.
 * @packageDocumentation
 * @example
 * ```js
 * import { optimizers, schedules } from "anygrad";
 *
 * const learningRate = schedules.cosine({ initialLearningRate: 1e-3, decaySteps: 1000 });
 * console.log(optimizers.adamw({ learningRate, weightDecay: 1e-4 }).schedule.at(500)); // 0.0005
 * ```
 */

// biome-ignore assist/source/organizeImports: the simplest first, as messages list them
export { sgd } from "./sgd.ts";
export { rmsprop } from "./rmsprop.ts";
export { adam, adamw } from "./adam.ts";
export { adagrad, adadelta, adamax, nadam, lion } from "./adaptive.ts";
