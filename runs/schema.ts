/**
 * What a run leaves in its folder: the names of the files, what each holds and how that is checked when it is read again.
 *
 * A new field of run.json stands here alone: in `result` if `train --json` has it too, else in `runJson` and `runJsonOf`.
 * Fields that a later version adds are optional, so that older folders can still be read.
 */
import type { Dataset, TrainTest } from "../src/data/dataset.ts";
import type { Preparation } from "../src/data/preparation.ts";
import type { History } from "../src/model/index.ts";
import type { Recipe } from "../src/presets/index.ts";
import {
  type Check,
  exactRecord,
  exactText,
  flag,
  list,
  nameText,
  number,
  object,
  optional,
  orNull,
  orText,
  record,
  type TypeOf,
  text,
} from "./check.ts";
import { type Scores, scores } from "./scores.ts";

export type { Scores };

/** Files of a run that has ended. */
export const fileNames = {
  model: "model.safetensors",
  /** The model after its best epoch, of `--keep-best`. */
  best: "best.safetensors",
  history: "history.csv",
  steps: "steps.csv",
  predictions: "predictions.csv",
  run: "run.json",
  /** Layers without weights, of a network of the user's own. */
  network: "network.json",
  report: "report.html",
} as const;

/** What the files of a run that has not begin with; their names tell where it stands. */
export const checkpointPrefix = "checkpoint-";

/** The two files that earlier versions kept in their place. */
export const formerCheckpoint = { state: "checkpoint.safetensors", settings: "checkpoint.json" } as const;

/** Beside a run that `anygrad compare` started. */
export const conditionsName = "conditions.json";

/** The first columns of each table, in their order; others may follow. */
export const columns = {
  /** A line an epoch, from 1; behind these the other logs of the epoch. */
  history: ["epoch", "loss"],
  /** A line a step, from 1, of its batch; behind these the values of the epoch so far, `running_loss` and `running_accuracy`. */
  steps: ["step", "epoch", "loss", "accuracy", "learning_rate"],
  /**
   * A line a test example, from 0; behind these a probability for each class, `p0`, `p1` …, and where a table was read the
   * line of the file, `line` or `first_line` and `last_line` (`row` … of Parquet and JSON lines).
   */
  predictions: ["example", "label", "predicted"],
  /** A line a test example, from 0, where numbers are predicted; behind these the line of the file, as above. */
  numbers: ["example", "actual", "predicted"],
} as const;

/** What run.json and the object of `train --json` have in common. */
const result = {
  preset: nameText,
  seed: number,
  engine: object({
    runtime: text,
    variant: text,
    precision: text,
    threads: number,
    workers: optional(number),
    sharedMemory: optional(flag),
    /** Bytes of wasm memory at the end. */
    memoryBytes: number,
    peakBytes: optional(number),
  }),
  params: object({ total: number, trainable: number, nonTrainable: number }),
  /**
   * On the test set after the last epoch, with the run's own weights and moving statistics, where averaged or re-estimated
   * ones are tested and kept. With a validation split the history alone has them.
   */
  raw: optional(scores),
  /** Seconds of the whole training, the test after each epoch included. */
  seconds: number,
  /** Mean seconds of an epoch, of training alone; null or NaN where no epoch was measured. */
  secondsPerEpoch: orNull(number),
  /** Median milliseconds of a step. */
  stepMilliseconds: number,
  /** Hex SHA-256 of the weights. */
  digest: text,
  /** Why a callback ended the run before its last epoch. */
  stopped: optional(text),
  /** The epoch whose model `--keep-best` has written, from 1, and the score that chose it. */
  best: optional(object({ epoch: number, monitor: text, value: number })),
};

const trainRecord = object({
  ...result,
  dataset: text,
  history: record as Check<History>,
  test: orNull(scores),
  out: orNull(text),
});

/** What `train --json` prints; `test` is null of a run that `--stop-after` has paused: it is tested when it is over. */
export type TrainRecord<Test = Scores | null> = TypeOf<typeof trainRecord> & { readonly test: Test };

export const checkTrainRecord: Check<TrainRecord> = trainRecord;

/** The batch size of a run on a stream of batches. */
export const streamedBatches = "as the stream gives them";

/** A recipe's names are those of the version that wrote it: they are told, and decide nothing. */
const recipe = object({
  optimizer: text,
  learningRate: number,
  batchSize: orText("all", orText(streamedBatches, number)),
  epochs: number,
}) as Check<Recipe>;

const leftOut = object({ what: text, name: text, reason: text });

/** A column that is no input, or a file that could not be read. */
export type LeftOut = TypeOf<typeof leftOut>;

/** run.json: all settings, so that the run can be repeated and the model used; the history is in its own file. */
export const runJson = object({
  /** Version of anygrad that wrote the file. */
  anygrad: nameText,
  /** The command that repeats the run. */
  command: text,
  ...result,
  /** Seed of order, dropout and augmentation, where it is another than that of the weights: of a run from code. */
  trainingSeed: optional(number),
  test: scores,
  /** The scores of each of several outputs, by their names; of a run from code. */
  outputs: optional(record),
  network: record,
  recipe,
  dataset: object({
    name: text,
    /** In the user's words: "built in", a folder, a file. */
    where: text,
    /** Shapes, `[n, ...example]`; empty where the training set is not known, as that of a stream. */
    train: list(number),
    /** What a run on a stream of batches knows of it. */
    stream: optional(object({ stepsPerEpoch: optional(number) })),
    /** Shape of what was held out of the training set, where the run was validated on it. */
    validation: optional(list(number)),
    /** Share of the training set that was held out. */
    validationSplit: optional(number),
    test: list(number),
    /** The inputs of a network that has several: what stands in a row of the sets, in this order. */
    inputs: optional(list(object({ name: nameText, shape: list(number) }))),
    limit: orNull(number),
    classNames: list(nameText),
    normalize: text,
    normalization: optional(object({ scale: number, shift: number })),
    /** What was made of pictures or rows of a table, as the model file has it. */
    preparation: optional(record as Check<Preparation>),
    /** What is predicted, where it is a number. */
    target: optional(object({ name: text, unit: optional(text) })),
    /** How a table was read: the options of `train` that concern it. */
    table: optional(record),
    /** Columns that are no inputs and files that could not be read, each with the reason. */
    leftOut: optional(list(leftOut)),
    /** What was chosen and found while the data were read, as the user was told. */
    notes: optional(list(text)),
  }),
  environment: optional(record),
  /** The options of `train`, by which a run is told from another; earlier versions did not say. */
  options: optional(exactRecord),
});

export type RunJson = TypeOf<typeof runJson>;

/** The values that run.json is made of. */
export interface EndedRun {
  readonly version: string;
  readonly command: string;
  readonly record: TrainRecord<Scores>;
  readonly network: object;
  readonly recipe: Recipe;
  readonly source: TrainTest & {
    readonly validation?: Dataset;
    readonly where: string;
    readonly classNames: readonly string[];
    readonly leftOut?: readonly LeftOut[];
    readonly notes?: readonly string[];
  };
  readonly limit?: number | undefined;
  readonly validationSplit?: number | undefined;
  /** Options by which a table was read. */
  readonly table?: object | undefined;
  /** What it ran on, as machine.ts tells. */
  readonly environment?: object | undefined;
  /** The options of `train`. */
  readonly options?: object | undefined;
}

export function runJsonOf({ version, command, record, network, recipe, source, ...run }: EndedRun): RunJson {
  const { dataset: name, history: _, out: __, ...result } = record;
  const { normalization, preparation } = source.train;
  const target = preparation?.target;
  return {
    anygrad: version,
    command,
    ...result,
    network: { ...network },
    recipe,
    dataset: {
      name,
      where: source.where,
      train: source.train.shape,
      test: source.test.shape,
      ...(source.validation && {
        validation: source.validation.shape,
        validationSplit: run.validationSplit,
      }),
      limit: run.limit ?? null,
      classNames: source.classNames,
      normalize: recipe.normalize,
      ...(normalization && { normalization }),
      ...(preparation && { preparation }),
      ...(target && {
        target: { name: target.name, ...(target.unit !== undefined && { unit: target.unit }) },
      }),
      ...(run.table && { table: { ...run.table } }),
      ...(source.leftOut && source.leftOut.length > 0 && { leftOut: source.leftOut }),
      ...(source.notes && source.notes.length > 0 && { notes: source.notes }),
    },
    environment: { ...run.environment },
    ...(run.options && { options: { ...run.options } }),
  };
}

/** What is sealed with the state of a run: the settings that it began with. */
export const checkpointSettings = object({
  /** Version of anygrad that wrote it; earlier ones did not say. */
  anygrad: optional(text),
  preset: exactText,
  /** What the run began with, as `train` reads its options. */
  options: exactRecord,
  /** What run.json will say of the network. */
  network: optional(exactRecord),
});

/** conditions.json: what a run of `compare` was asked for, and what it shared the machine with. */
export const conditions = object({
  anygrad: text,
  /** Arguments of `train` that decide the result. */
  settings: list(exactText),
  /** SHA-256 of the file that the network came from, where it is the user's own. */
  sha256: optional(text),
  /** Number of runs at a time. */
  jobs: number,
  /** Whether the runs went one after another (`--fair`). */
  fair: flag,
  threads: orText("auto", number),
  /** Load average of the machine over the minute before the run; null where the system has none. */
  loadAverage: orNull(number),
  /** Whether a worker of a queue made the run, on whatever machine it has. */
  queue: optional(flag),
});

export type Conditions = TypeOf<typeof conditions>;
