/**
 * The list of callbacks. The history, and the error at a loss that is NaN, are built into `fit` and need none.
 *
 * ```ts
 * await net.fit(train, { epochs: 50, validationSplit: 0.1, callbacks: [
 *   callbacks.reduceLearningRateOnPlateau({ patience: 3 }),
 *   callbacks.earlyStopping({ patience: 8 }),
 *   { onEpochEnd: (epoch, logs) => console.log(epoch, logs.val_loss) },
 * ] });
 * ```
 * @packageDocumentation
 * @example
 * ```js
 * import { callbacks, createEngine, datasets, layers, sequential } from "anygrad";
 *
 * const { train } = await datasets.digits({ train: 200, test: 1, seed: 1 });
 * const net = sequential([layers.flatten(), layers.dense({ units: 10, activation: "softmax" })],
 *                        { inputShape: [28, 28, 1], seed: 1 });
 * await net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", engine: await createEngine() });
 * const history = await net.fit(train, { epochs: 50, seed: 1, validationSplit: 0.2, callbacks: [
 *   callbacks.earlyStopping({ monitor: "val_loss", minDelta: 0.05, patience: 3 }),
 * ] });
 * console.log(history.loss.length < 50); // true
 * ```
 */
export { hooks } from "./callback.ts";
export { csvLogger } from "./csvLogger.ts";
export { earlyStopping } from "./earlyStopping.ts";
export { learningRateSchedule, reduceLearningRateOnPlateau } from "./learningRate.ts";
export { learningRateFinder } from "./learningRateFinder.ts";
export { modelCheckpoint } from "./modelCheckpoint.ts";
export { progress } from "./progress.ts";
export { recalibrate } from "./recalibrate.ts";
export { terminateOnNaN } from "./terminateOnNaN.ts";
