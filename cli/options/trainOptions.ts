/** The options of `train`, which `compare` and `tune` pass on to the runs that they start. */
import { type Command, Option } from "commander";
import { type Interval, intervalOf } from "../../runs/checkpoints/interval.ts";
import { augmentationNames, isKind } from "../../src/augmentation/options.ts";
import { properShare } from "../../src/math/checks.ts";
import { optimizerNames, type RecipeChanges, scheduleNames } from "../../src/presets/index.ts";
import { dashed } from "../process/flags.ts";
import { choice, realNumber, wholeNumber, wordOrCount } from "./arguments.ts";
import { parseAugment } from "./augment.ts";
import type { FineTuneCliOptions } from "./baseOptions.ts";
import { commandLine } from "./commandLine.ts";
import { addImageOptions, type ImageCliOptions } from "./imageOptions.ts";
import { addLogOptions, type LogCliOptions } from "./logOptions.ts";
import { addNetworkOptions, type NetworkCliOptions } from "./networkOptions.ts";
import { type SetOptions, setText } from "./setOptions.ts";
import { type OpenShapes, shapesText } from "./shapes.ts";
import {
  addDataOptions,
  addEngineOptions,
  addOutputOptions,
  addReportOption,
  type DataOptions,
  type EngineCliOptions,
  type OutputOptions,
} from "./sharedOptions.ts";

import { addTableOptions, type TableCliOptions } from "./tableOptions.ts";

/** The options that the user gave; the preset decides the others. */
export interface TrainOptions
  extends FineTuneCliOptions,
    DataOptions,
    ImageCliOptions,
    TableCliOptions,
    NetworkCliOptions,
    RecipeChanges,
    EngineCliOptions,
    LogCliOptions,
    OutputOptions {
  readonly validationSplit?: number;
  readonly seed?: number;
  /** As `fit` takes it. Default false. */
  readonly recompute?: boolean;
  /** As `fit` takes it. Default: whole batches. */
  readonly microBatch?: number;
  readonly out?: string;
  readonly resume?: string;
  readonly stopAfter?: number;
  readonly overwrite?: boolean;
  /** How often a checkpoint is written. Default: at the end of every epoch, and once a minute within. */
  readonly checkpoint?: Interval;
  /** How many of the newest checkpoints stay. Default 2. */
  readonly keep?: number;
  /** Whether the model after the best epoch by validation is written, too. */
  readonly keepBest?: boolean;
  /** Whether report.html and figures are written. Default true. */
  readonly report?: boolean;
}

export function addTrainOptions(command: Command): Command {
  addImageOptions(addDataOptions(command, "digits"))
    .option(
      "--normalize <method>",
      "simple (÷ 255) or standard (mean and deviation of the training set)",
      choice("--normalize", ["simple", "standard"]),
    )
    .option(
      "--validation-split <x>",
      "share of each class of the training set to judge epochs on (default: they are judged on the test set)",
      realNumber("--validation-split", { above: 0, below: 1 }),
    );
  addTableOptions(command);
  addNetworkOptions(command);
  command
    .optionsGroup("Training (default: the preset's recipe):")
    .option("--epochs <n>", "passes over the training set", wholeNumber("--epochs", 1))
    .option("--batch-size <n>", "examples a step, or all", wordOrCount("--batch-size", "all"))
    .option("--optimizer <name>", optimizerNames.join(", "), choice("--optimizer", optimizerNames))
    .option(
      "--learning-rate <x>",
      "of the first step; the highest of a one-cycle schedule",
      realNumber("--learning-rate", { above: 0 }, ", such as 0.001"),
    )
    .option(
      "--schedule <name>",
      "of the learning rate: constant, cosine (down to 0), one-cycle (up, then down)",
      choice("--schedule", scheduleNames),
    )
    .option("--decay <x>", "divide the rate by 1 + x · step", realNumber("--decay", { from: 0 }))
    .option(
      "--weight-decay <x>",
      "pull of all weights towards 0, times the learning rate",
      realNumber("--weight-decay", { from: 0 }),
    )
    .option(
      "--label-smoothing <x>",
      "share of every target that is spread over the classes",
      realNumber("--label-smoothing", properShare),
    )
    .option(
      "--ema <x>",
      "test and keep the moving average of the weights, with this momentum",
      realNumber("--ema", properShare, ", such as 0.999"),
    )
    .option(
      "--recalibrate <n>",
      "batches to re-estimate batch normalisation's statistics over before each test",
      wholeNumber("--recalibrate", 0),
    )
    .option(
      "--augment <kinds>",
      `${augmentationNames.filter(isKind).join(", ")}: shift=2,rotation=10,flip`,
      parseAugment,
    )
    .option(
      "--seed <n>",
      "of weights, order, dropout and augmentation (default: 1)",
      wholeNumber("--seed", 0),
    )
    .option("--recompute", "compute results twice to hold less memory: the same bits, more time")
    .addOption(
      new Option(
        "--micro-batch <n>",
        "compute each batch in parts of n examples to hold less memory: the same bits",
      )
        .argParser(wholeNumber("--micro-batch", 1))
        .conflicts("recompute"),
    )
    .option("--resume <dir>", "go on with the unfinished run in the folder of its --out")
    .option(
      "--stop-after <n>",
      "pause after epoch n of --epochs; --resume goes on",
      wholeNumber("--stop-after", 1),
    )
    .option(
      "--checkpoint <n>",
      "keep the run in --out every n steps, or 30s, 5m (default: at every epoch's end, and once a minute)",
      (text) => intervalOf("--checkpoint", text),
    )
    .option(
      "--keep <n>",
      "checkpoints that stay beside the best by validation (default: 2)",
      wholeNumber("--keep", 1),
    )
    .option("--keep-best", "write the model after the best epoch by validation, too: best.safetensors");
  addEngineOptions(command);
  addOutputOptions(command).option("--out <dir>", "folder for the model, its history and its settings");
  command.option("--overwrite", "let --out take the place of a run of other settings");
  addReportOption(command);
  return addLogOptions(command);
}

/** Options that change nothing of the result: a command that repeats the run leaves them out. */
const withoutEffect: readonly string[] = [
  "out",
  "resume",
  "overwrite",
  "recompute",
  "microBatch",
  "stopAfter",
  "checkpoint",
  "keep",
  "keepBest",
  "log",
  "logEvery",
  "logHistograms",
  "report",
  "cache",
  "json",
  "quiet",
] satisfies (keyof TrainOptions)[];

/** What repeats a run: `{ batchSize: 32, seed: 1 }` → `anygrad train PRESET --batch-size 32 --seed 1`; of a trained model without a preset. */
export function trainCommandLine(preset: string, options: TrainOptions): string {
  const given = Object.entries(options).filter(
    ([name, value]) => value !== undefined && !withoutEffect.includes(name),
  );
  const written = (name: string, value: unknown): unknown => {
    if (name === "shapes") return shapesText(value as OpenShapes);
    return name === "set" ? setText(value as SetOptions) : value;
  };
  return commandLine([
    "train",
    ...(options.from === undefined ? [preset] : []),
    ...given.flatMap(([name, value]) => [`--${dashed(name)}`, written(name, value)]),
  ]);
}
