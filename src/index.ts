/**
 * anygrad: trains small neural networks wherever JavaScript runs. Public names only.
 * @module anygrad
 */

export type { AugmentationOptions } from "./augmentation/options.ts";
export type { Engine, TensorData } from "./autograd/engine.ts";
export type { EngineInfo, EngineOptions } from "./backend/backend.ts";
export { defineConstraint } from "./constraints/defineConstraint.ts";
export { type Constraint, constraints } from "./constraints/index.ts";
export { readCsv } from "./data/csv.ts";
export {
  type Dataset,
  dataset,
  type ExampleData,
  type Normalization,
  oneHot,
  type TrainTest,
} from "./data/dataset.ts";
export { datasets } from "./data/datasets.ts";
export type { ClassWeight } from "./data/given/classWeight.ts";
export type { NestedValues, NumberArray, ShapedNumbers } from "./data/given/numbers.ts";
export type { TargetData } from "./data/given/targets.ts";
export { idxDataset, type ReadIdxOptions, readIdx } from "./data/idx.ts";
export type {
  FromImagesOptions,
  ImageDataset,
  ImageProgress,
  UnreadableImage,
} from "./data/images/fromImages.ts";
export type { ImageInput, PixelImage } from "./data/images/image.ts";
export { pixels } from "./data/images/pixels.ts";
export { normalize } from "./data/normalize.ts";
export type { Column, Preparation, TargetColumn, Task } from "./data/preparation.ts";
export { readTable } from "./data/readTable.ts";
export { split, subset, take } from "./data/selection.ts";
export {
  type BucketOptions,
  bucketBySequenceLength,
  type SequenceBatch,
  type SequenceData,
} from "./data/sequences/bucketBySequenceLength.ts";
export {
  type PaddedSequences,
  type PadSequencesOptions,
  padSequences,
} from "./data/sequences/padSequences.ts";
export type { Table, TableOptions, TableRow, TableSource } from "./data/table/readTable.ts";
export type { ConfigOf, CustomKind, Definition, DefinitionOf, OptionsOf } from "./definitions/definition.ts";
export { createEngine } from "./engine/createEngine.ts";
export { AnygradError, type ErrorCode } from "./errors.ts";
export { defineInitializer } from "./initializers/defineInitializer.ts";
export { type Initializer, initializers } from "./initializers/index.ts";
export type { Snapshot } from "./io/snapshot.ts";
export type { Precision, Variant } from "./kernels/variants.ts";
export { defineActivation } from "./layers/defineActivation.ts";
export { defineLayer } from "./layers/defineLayer.ts";
export { type Layer, layers, type SymbolicTensor } from "./layers/index.ts";
export { defineLoss } from "./losses/defineLoss.ts";
export { type Loss, losses } from "./losses/index.ts";
export { defineMetric } from "./metrics/defineMetric.ts";
export { ConfusionMatrix, type Metric, metrics } from "./metrics/index.ts";
export {
  type Augmentation,
  augmentation,
  type Batch,
  type BatchOptions,
  type BatchSource,
  type ByOutput,
  type Callback,
  type ChainItem,
  type Classification,
  type CompileOptions,
  callbacks,
  type EpochLogs,
  type EvaluateOptions,
  type FineTuneOptions,
  type FitOptions,
  fineTune,
  forInference,
  type GivenShape,
  type History,
  input,
  type LayerSensitivity,
  type LoadOptions,
  load,
  type MemoryEstimate,
  type MemoryOptions,
  type Model,
  type ModelConfig,
  type ModelOptions,
  model,
  modelFromConfig,
  type NamedWeight,
  type ParameterCounts,
  type PendingPrediction,
  type PredictInput,
  type Prediction,
  type PredictionOf,
  type Predictions,
  type QuantizationOptions,
  type QuantizationReport,
  quantizationReport,
  type RunPosition,
  resetStates,
  type Sequential,
  type SequentialOptions,
  type SeveralData,
  type SeveralExamples,
  type SeveralSet,
  type SeveralTargets,
  type StepLogs,
  type StoredScores,
  type StreamPosition,
  sequential,
  type Tensors,
  type TrainingRun,
  type TrainStep,
} from "./model/index.ts";
export {
  type LoadVariablesOptions,
  loadVariables,
  type NamedOptimizers,
  type NamedVariables,
  saveVariables,
} from "./model/saving/variables.ts";
export * as ops from "./ops/index.ts";
export { defineOptimizer } from "./optimizers/defineOptimizer.ts";
export { type Optimizer, optimizers } from "./optimizers/index.ts";
export { type Schedule, schedules } from "./optimizers/schedules/index.ts";
export { Updater } from "./optimizers/updater.ts";
export { defineRegularizer } from "./regularizers/defineRegularizer.ts";
export { type Regularizer, regularizers } from "./regularizers/index.ts";
export type { DType } from "./tensor/dtype.ts";
export type { Shape } from "./tensor/shape.ts";
export type { Tensor, Variable } from "./tensor/tensor.ts";
