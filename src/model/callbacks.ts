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
import { hooks } from "./callbacks/callback.ts";
import { csvLog } from "./callbacks/csvLog.ts";
import { earlyStopping } from "./callbacks/earlyStopping.ts";
import { learningRateSchedule, reduceLearningRateOnPlateau } from "./callbacks/learningRate.ts";
import { recalibrate } from "./callbacks/recalibrate.ts";

export type {
  Callback,
  EpochLogs,
  HookName,
  NamedWeight,
  StepLogs,
  TrainingRun,
} from "./callbacks/callback.ts";
export type { CsvLogOptions } from "./callbacks/csvLog.ts";
export type { EarlyStopping, EarlyStoppingOptions } from "./callbacks/earlyStopping.ts";
export type { ReduceLearningRateOnPlateauOptions } from "./callbacks/learningRate.ts";
export type { MonitorMode } from "./callbacks/monitor.ts";

/** Every callback. */
export const callbacks: {
  readonly earlyStopping: typeof earlyStopping;
  readonly reduceLearningRateOnPlateau: typeof reduceLearningRateOnPlateau;
  readonly learningRateSchedule: typeof learningRateSchedule;
  readonly csvLog: typeof csvLog;
  readonly recalibrate: typeof recalibrate;
  readonly hooks: typeof hooks;
} = { earlyStopping, reduceLearningRateOnPlateau, learningRateSchedule, csvLog, recalibrate, hooks };
