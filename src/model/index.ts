/** Models: how to make them, and the types that training speaks in. */
export { type Augmentation, augmentation } from "../augmentation/augmentation.ts";
export type { Evaluation } from "./evaluation.ts";
export { input, type ModelOptions, model, type PredictionOf, type Tensors } from "./functional.ts";
export { forInference } from "./inference/forInference.ts";
export { quantizationReport } from "./inference/quantizationReport.ts";
export type {
  LayerSensitivity,
  QuantizationOptions,
  QuantizationReport,
  StoredScores,
} from "./inference/report.ts";
export { type LoadOptions, load, modelFromConfig } from "./load.ts";
export type { MemoryEstimate, MemoryOptions } from "./memory/estimate.ts";
export { Model } from "./model.ts";
export type { ParameterCounts } from "./network/graph.ts";
export type { NamedWeight } from "./network/parameters.ts";
export type { Classification } from "./predictions/classify.ts";
export type { PendingPrediction } from "./predictions/pending.ts";
export type { PredictInput, Prediction, Predictions } from "./predictions/predict.ts";
export type { ModelConfig } from "./saving/config.ts";
export type { SaveOptions } from "./saving/saveOptions.ts";
export { type ChainItem, type Sequential, type SequentialOptions, sequential } from "./sequential.ts";
export { resetStates } from "./states.ts";
export {
  type Callback,
  callbacks,
  type EpochLogs,
  type StepLogs,
  type TrainingRun,
} from "./training/callbacks/index.ts";
export type { CompileOptions } from "./training/context.ts";
export type { ByOutput } from "./training/head.ts";
export type { TrainStep } from "./training/loop.ts";
export type { BatchOptions, EvaluateOptions, FitOptions } from "./training/options.ts";
export type { History } from "./training/run/history.ts";
export type { RunPosition } from "./training/run/state.ts";
export type {
  GivenShape,
  SeveralData,
  SeveralExamples,
  SeveralSet,
  SeveralTargets,
} from "./training/several/forms.ts";
export type { Batch, BatchSource, StreamPosition } from "./training/stream/source.ts";
export { type FineTuneOptions, fineTune } from "./tuning/fineTune.ts";
