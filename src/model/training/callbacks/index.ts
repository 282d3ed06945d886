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

/** Every callback. */
export const callbacks: {
  readonly earlyStopping: typeof earlyStopping;
  readonly reduceLearningRateOnPlateau: typeof reduceLearningRateOnPlateau;
  readonly learningRateSchedule: typeof learningRateSchedule;
  readonly csvLog: typeof csvLog;
  readonly recalibrate: typeof recalibrate;
  readonly hooks: typeof hooks;
} = { earlyStopping, reduceLearningRateOnPlateau, learningRateSchedule, csvLog, recalibrate, hooks };
