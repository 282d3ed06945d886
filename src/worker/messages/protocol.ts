/** What page and worker ask of each other. */

import type { AugmentationOptions } from "../../augmentation/options.ts";
import type { EngineInfo, EngineOptions } from "../../backend/backend.ts";
import type { Dataset } from "../../data/dataset.ts";
import type { Datasets } from "../../data/datasets.ts";
import type { DownloadProgress } from "../../data/named/download.ts";
import type { Snapshot } from "../../io/snapshot.ts";
import type {
  EvaluateOptions,
  Evaluation,
  FitOptions,
  ModelConfig,
  PredictInput,
  RunPosition,
  SaveOptions,
  TrainStep,
} from "../../model/index.ts";
import type { NamedWeight } from "../../model/network/parameters.ts";
import type { Predictions } from "../../model/predictions/predict.ts";
import type { GivenWeights, LoadWeightsOptions, WeightsReport } from "../../model/saving/weightsOptions.ts";
import type { EpochLogs, HookName, StepLogs } from "../../model/training/callbacks/index.ts";
import type { BatchOptions } from "../../model/training/options.ts";
import type { EpochHistory } from "../../model/training/run/history.ts";
import type { SeveralSet } from "../../model/training/several/forms.ts";
import type { StreamPosition } from "../../model/training/stream/source.ts";
import type { SentCompileOptions } from "../compileOptions.ts";

/**
 * A data set, to be kept under a number where the page gave it away; one that the worker keeps; or a stream, whose batches
 * the worker asks the page for.
 */
export type SentData =
  | { readonly data: Dataset; readonly keep?: number }
  | { readonly kept: number }
  | { readonly stream: number };

/** A stream of a run. */
export interface StreamAddress {
  readonly run: number;
  /** Its place among the run's streams. */
  readonly stream: number;
}

export interface CompileOrder {
  readonly config: ModelConfig;
  readonly options: SentCompileOptions;
}

/** A run of `fit`, `train` or `evaluate`. */
export interface RunOrder<Options> {
  readonly run: number;
  /** Before it began. */
  readonly aborted: boolean;
  readonly data: SentData;
  readonly options: Options;
}

export interface FitOrder
  extends RunOrder<Omit<FitOptions, "callbacks" | "signal" | "validationData" | "augment">> {
  /** As it was given, where the worker knows the classes of a stream before the page does. */
  readonly validation: SentData | { readonly given: FitOptions["validationData"] } | undefined;
  /** What it was made from: the worker makes it again. */
  readonly augment: AugmentationOptions | undefined;
  /** In its place, of several inputs, those by their names. */
  readonly augments: Readonly<Record<string, AugmentationOptions>> | undefined;
  /** The hooks that each callback on the page has. */
  readonly callbacks: readonly (readonly HookName[])[];
}

/** A callback of a run. */
interface CallbackAddress {
  readonly run: number;
  /** Its place in the list. */
  readonly callback: number;
}

export interface HookCall extends CallbackAddress {
  readonly hook: HookName;
  readonly epoch: number;
  readonly logs: StepLogs | EpochLogs;
  readonly learningRate: number;
  readonly epochs: number;
  readonly stepsPerEpoch: number | undefined;
  /** With all hooks but that of a step. */
  readonly weights: readonly NamedWeight[] | undefined;
}

/** What the hook did to the run. */
export interface HookReply {
  /** The reason to stop, where it asked for that. */
  readonly stop: string | undefined;
  readonly learningRate: number | undefined;
  readonly weights: NamedWeight[] | undefined;
  /** What the callback saved, where it keeps a state. */
  readonly state: Snapshot | undefined;
}

/** A history in two parts: messages leave out what is not enumerable. */
export interface SentHistory {
  readonly logs: EpochHistory;
  readonly stopped: string | undefined;
}

/** What the worker does for the page. */
export interface TrainerMethods {
  /** Comes first. */
  open(order: { engine: EngineOptions; saved: Uint8Array | undefined }): void;
  compile(order: CompileOrder): void;
  engineInfo(nothing: undefined): EngineInfo;
  position(nothing: undefined): RunPosition | undefined;
  classNames(nothing: undefined): readonly string[] | undefined;
  fit(order: FitOrder): SentHistory;
  begin(order: FitOrder): void;
  next(run: number): IteratorResult<TrainStep, SentHistory>;
  leave(run: number): void;
  abort(run: number): void;
  /** Forgets a kept data set. */
  forget(kept: number): void;
  evaluate(order: RunOrder<Omit<EvaluateOptions, "signal">>): Evaluation;
  onBatch(order: {
    task: "trainOnBatch" | "testOnBatch";
    data: Dataset | SeveralSet;
    options: BatchOptions;
  }): Evaluation;
  predict(order: { x: PredictInput; options: { batchSize?: number } }): Predictions;
  getWeights(nothing: undefined): NamedWeight[];
  setWeights(weights: readonly Pick<NamedWeight, "shape" | "data">[]): void;
  loadWeights(order: { source: Uint8Array | GivenWeights; options: LoadWeightsOptions }): WeightsReport;
  digest(nothing: undefined): string;
  save(options: SaveOptions): Uint8Array<ArrayBuffer>;
  dataset(order: { name: Exclude<keyof Datasets, "from">; options: object }): {
    train: Dataset;
    test: Dataset;
  };
}

/** What the page does for the worker. */
export interface PageMethods {
  hook(call: HookCall): HookReply;
  restore(order: CallbackAddress & { readonly state: Snapshot }): void;
  progress(progress: DownloadProgress): void;
  /** The next batch; undefined at the end. With a position it opens the stream there first. */
  nextBatch(order: StreamAddress & { readonly open: StreamPosition | undefined }): unknown;
  closeStream(address: StreamAddress): void;
}
