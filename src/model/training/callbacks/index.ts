/** Callbacks by name, and the types that training speaks in with them. */

export type {
  Callback,
  EpochLogs,
  HookName,
  StepLogs,
  TrainingRun,
  Verbosity,
} from "./callback.ts";
export type { CsvLoggerOptions } from "./csvLogger.ts";
export type { EarlyStopping, EarlyStoppingOptions } from "./earlyStopping.ts";
export * as callbacks from "./kinds.ts";
export type { ReduceLearningRateOnPlateauOptions } from "./learningRate.ts";
export type {
  LearningRateFinder,
  LearningRateFinderOptions,
  TriedRate,
} from "./learningRateFinder.ts";
export type { ModelCheckpointOptions } from "./modelCheckpoint.ts";
export type { MonitorMode } from "./monitor.ts";
export type { ProgressOptions } from "./progress.ts";
