/**
 * The list of learning-rate schedules.
 *
 * ```ts
 * optimizers.sgd({ learningRate: schedules.warmup({
 *   schedule: schedules.cosine({ initialLearningRate: 0.1, decaySteps: 10_000 }), warmupSteps: 500 }) })
 * ```
 *
 * When not: a rate that depends on how the run goes is a callback's work (`reduceLearningRateOnPlateau`).
 * @packageDocumentation
 * @example
 * ```js
 * import { schedules } from "anygrad";
 *
 * const cosine = schedules.cosine({ initialLearningRate: 0.1, decaySteps: 100 });
 * console.log([0, 50, 100].map((step) => cosine.at(step))); // [0.1, 0.05, 0]
 * ```
 */

// biome-ignore assist/source/organizeImports: the simplest first, as messages list them
export { constant, step, piecewiseConstant, exponential, inverseTime, polynomial } from "./decay.ts";
export { cosine, cosineRestarts, oneCycle } from "./cosine.ts";
export { warmup } from "./warmup.ts";
