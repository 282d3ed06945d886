/** Models: how to make them, and the types that training speaks in. */
export { type Augmentation, augmentation } from "./augmentation.ts";
export {
  type Callback,
  callbacks,
  type EpochLogs,
  type NamedWeight,
  type StepLogs,
  type TrainingRun,
} from "./callbacks.ts";
export type { CompileOptions } from "./compiled.ts";
export { input, type ModelOptions, model } from "./functional.ts";
export type { ParameterCounts } from "./graph.ts";
export type { History } from "./history.ts";
export { load, modelFromConfig } from "./load.ts";
export type { MemoryEstimate } from "./memory.ts";
export { Model, type PredictInput, type Prediction } from "./model.ts";
export type { RunPosition } from "./runState.ts";
export type { ModelConfig, SaveOptions } from "./save.ts";
export { type SequentialOptions, sequential } from "./sequential.ts";
export type { FitOptions, TrainStep } from "./train.ts";
