/** What stays of a run: the object of `--json`, and the files of `--out`. */

import type { Source } from "../cli/dataset/source.ts";
import { dashed } from "../cli/options/arguments.ts";
import { version } from "../cli/process/version.ts";
import { type NetworkCliOptions, networkOptions } from "../cli/training/network.ts";
import type { AugmentationOptions } from "../src/augmentation/options.ts";
import { augmentText } from "../src/augmentation/text.ts";
import type { EngineInfo } from "../src/backend/backend.ts";
import type { History } from "../src/model/index.ts";
import type { Recipe } from "../src/presets/index.ts";
import { machine } from "./machine.ts";

/** The object that `train --json` prints. */
export interface RunRecord extends TrainedRecord {
  readonly test: { readonly loss: number; readonly accuracy: number };
}

/** The same of a run that `--stop-after` has paused: no test before it is over. */
export interface PausedRecord extends TrainedRecord {
  readonly test: null;
}

interface TrainedRecord {
  readonly preset: string;
  readonly dataset: string;
  readonly seed: number;
  readonly engine: EngineInfo;
  readonly params: { readonly total: number; readonly trainable: number; readonly nonTrainable: number };
  readonly history: History;
  /**
   * On the test set after the last epoch, with the run's own weights and moving statistics, where averaged or re-estimated
   * ones are tested and kept. With a validation split the history alone has them.
   */
  readonly raw?: { readonly loss: number; readonly accuracy: number } | undefined;
  /** Of the whole training, the test after each epoch included. */
  readonly seconds: number;
  /** The mean, of training alone. */
  readonly secondsPerEpoch: number;
  /** The median. */
  readonly stepMilliseconds: number;
  /** Hex SHA-256 of the weights. */
  readonly digest: string;
  readonly out: string | null;
}

interface Settings {
  readonly source: Source;
  readonly recipe: Recipe;
  readonly options: NetworkCliOptions & { readonly limit?: number; readonly validationSplit?: number };
}

/** run.json: all settings, so that the run can be repeated and the model used; the history is in its own file. */
export function runJson(record: RunRecord, { source, recipe, options }: Settings): string {
  const { dataset: name, history: _, out: __, ...rest } = record;
  const { normalization } = source.train;
  const run = {
    anygrad: version(),
    command: commandOf(record.preset, { ...options, dataset: name, seed: record.seed }),
    ...rest,
    network: networkOptions(options),
    recipe,
    dataset: {
      name,
      where: source.where,
      train: source.train.shape,
      test: source.test.shape,
      ...(source.validation && {
        validation: source.validation.shape,
        validationSplit: options.validationSplit,
      }),
      limit: options.limit ?? null,
      classNames: source.classNames,
      normalize: recipe.normalize,
      ...(normalization && { normalization }),
    },
    environment: machine(),
  };
  return `${JSON.stringify(run, null, 2)}\n`;
}

const notOfTheResult = ["out", "resume", "stopAfter", "report", "json", "quiet"];

// { batchSize: 32, seed: 1 } → "anygrad train PRESET --batch-size 32 --seed 1"
function commandOf(preset: string, options: object): string {
  const parts = Object.entries(options)
    .filter(([name, value]) => value !== undefined && !notOfTheResult.includes(name))
    .map(([name, value]) => `--${dashed(name)} ${quoted(value)}`);
  return ["anygrad", "train", preset, ...parts].join(" ");
}

/** A call of `anygrad` as it is typed into a shell. */
export function commandLine(args: readonly string[]): string {
  return ["anygrad", ...args.map(quoted)].join(" ");
}

/** As a shell takes it: in quotes where need be. An object is an augmentation. */
export function quoted(value: unknown): string {
  const text = typeof value === "object" ? augmentText(value as AugmentationOptions) : String(value);
  return /^[\w./:,=+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** history.csv: a line an epoch, numbered from 1; numbers in full. */
export function historyCsv(history: History): string {
  const columns = Object.keys(history);
  const lines = history.loss.map((_, epoch) =>
    [epoch + 1, ...columns.map((column) => history[column]?.[epoch] ?? "")].join(","),
  );
  return [["epoch", ...columns].join(","), ...lines, ""].join("\n");
}
