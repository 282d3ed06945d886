/**
 * The callbacks by name. The history, and the stop at a loss that is NaN, are built into `fit` and need none.
 *
 * ```ts
 * await net.fit(train, { epochs: 50, validationSplit: 0.1, callbacks: [
 *   callbacks.reduceLearningRateOnPlateau({ patience: 3 }),
 *   callbacks.earlyStopping({ patience: 8 }),
 *   { onEpochEnd: (epoch, logs) => console.log(epoch, logs.val_loss) },
 * ] });
 * ```
 */
import { hooks } from "./callback.ts";
import { csvLog } from "./csvLog.ts";
import { earlyStopping } from "./earlyStopping.ts";
import { learningRateSchedule, reduceLearningRateOnPlateau } from "./learningRate.ts";
import { recalibrate } from "./recalibrate.ts";

export type {
  Callback,
  EpochLogs,
  HookName,
  StepLogs,
  TrainingRun,
} from "./callback.ts";
export type { CsvLogOptions } from "./csvLog.ts";
export type { EarlyStopping, EarlyStoppingOptions } from "./earlyStopping.ts";
export type { ReduceLearningRateOnPlateauOptions } from "./learningRate.ts";
export type { MonitorMode } from "./monitor.ts";

/**
 * Every callback.
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
export const callbacks: {
  readonly earlyStopping: typeof earlyStopping;
  readonly reduceLearningRateOnPlateau: typeof reduceLearningRateOnPlateau;
  readonly learningRateSchedule: typeof learningRateSchedule;
  readonly csvLog: typeof csvLog;
  readonly recalibrate: typeof recalibrate;
  readonly hooks: typeof hooks;
} = { earlyStopping, reduceLearningRateOnPlateau, learningRateSchedule, csvLog, recalibrate, hooks };
