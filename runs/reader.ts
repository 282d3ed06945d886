/** A run that has ended, read back from the folder that `train --out` filled, and checked. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { AnygradError } from "../src/errors.ts";
import { createHost } from "../src/runtime/host.ts";
import { checkedJson, damaged } from "./check.ts";
import { type Places, placesIn } from "./places.ts";
import {
  type Conditions,
  columns,
  conditions,
  conditionsName,
  fileNames,
  type RunJson,
  runJson,
} from "./schema.ts";
import { type Columns, readTable } from "./table.ts";

/** Labels and predictions of the test set, in its order: classes, or numbers in the label's unit. */
export interface Predictions {
  readonly labels: readonly number[];
  readonly predicted: readonly number[];
  /** One row an example: a probability for each class. */
  readonly probabilities: readonly (readonly number[])[];
  /** Where the examples of a table came from; undefined for other data, and in folders of earlier versions. */
  readonly places?: Places | undefined;
}

export interface FinishedRun {
  /** Path of the folder. */
  readonly path: string;
  readonly settings: RunJson;
  /** One value an epoch. */
  readonly history: Columns;
  /** One value a step. */
  readonly steps: Columns;
  readonly predictions: Predictions;
}

/** The files that are read; all there are but the model and the report. */
const textNames = ["run", "history", "steps", "predictions"] as const;

/** The texts of those files. */
export type RunTexts = Readonly<Record<(typeof textNames)[number], string>>;

/** Whether a run has ended here. */
export async function holdsRun(path: string): Promise<boolean> {
  const kinds = await Promise.all(
    textNames.map((name) => stat(join(path, fileNames[name])).catch(() => undefined)),
  );
  return kinds.every((kind) => kind?.isFile());
}

/** @throws AnygradError DATA_MISSING where a file is not there, DATA_FORMAT where one is damaged or is another run's */
export async function readRunFolder(path: string): Promise<FinishedRun> {
  if (!(await stat(path).catch(() => undefined))?.isDirectory())
    throw new AnygradError(
      "DATA_MISSING",
      `${path}: no folder there; pass the folder of a finished run, as anygrad train --out DIR leaves it`,
    );
  const texts: Partial<Record<keyof RunTexts, string>> = {};
  // one after another: of several that are missing the first is told
  for (const name of textNames) {
    texts[name] = await textOf(join(path, fileNames[name]));
    if (texts[name] === undefined)
      throw new AnygradError(
        "DATA_MISSING",
        `${path}: no ${fileNames[name]} there; pass the folder of a finished run, as anygrad train --out DIR leaves it`,
      );
    if (name === "run") refuseOther(texts.run!, path);
  }
  return parseRun(texts as RunTexts, path);
}

/** A run from code may be of a network whose predictions no report of runs knows. @throws AnygradError UNSUPPORTED */
function refuseOther(run: string, path: string): void {
  const { test } = checkedJson(run, join(path, fileNames.run), runJson);
  if (test.accuracy !== undefined || test.r2 !== undefined) return;
  throw new AnygradError(
    "UNSUPPORTED",
    `${path}: the run of a network that neither tells an example's class nor predicts one number, of which its ${fileNames.report} tells what there is; pass another run`,
  );
}

/**
 * @param path the folder, for messages
 * @throws AnygradError DATA_FORMAT
 */
export function parseRun(texts: RunTexts, path: string): FinishedRun {
  const file = (name: (typeof textNames)[number]): string => join(path, fileNames[name]);
  const settings = checkedJson(texts.run, file("run"), runJson);
  return {
    path,
    settings,
    history: readTable(texts.history, file("history"), columns.history),
    steps: readTable(texts.steps, file("steps"), columns.steps),
    predictions: predictionsOf(texts.predictions, file("predictions"), settings),
  };
}

function predictionsOf(content: string, file: string, { dataset, test }: RunJson): Predictions {
  if (test.r2 !== undefined) return numbersOf(content, file, dataset.test[0] ?? 0);
  const [classes, examples] = [dataset.classNames.length, dataset.test[0] ?? 0];
  const names = Array.from({ length: classes }, (_, classId) => `p${classId}`);
  const table = readTable(content, file, [...columns.predictions, ...names]);
  const { label: labels = [], predicted = [] } = table;
  if (labels.length !== examples)
    throw damaged(file, `${labels.length} examples, but ${fileNames.run} says ${examples}`);
  const stray = [...labels, ...predicted].find(
    (value) => !(Number.isInteger(value) && value >= 0 && value < classes),
  );
  if (stray !== undefined) throw damaged(file, `a class is ${stray}, but there are 0 to ${classes - 1}`);
  const right = labels.filter((label, example) => label === predicted[example]).length;
  if (Math.abs(right / examples - (test.accuracy ?? Number.NaN)) > 1e-9)
    throw damaged(file, `${right} of ${examples} are right, but ${fileNames.run} says ${test.accuracy}`);
  return {
    labels,
    predicted,
    probabilities: labels.map((_, example) => names.map((name) => table[name]![example]!)),
    places: placesIn(table),
  };
}

/** A regression's predictions: labels are the actual numbers, and there are no probabilities. */
function numbersOf(content: string, file: string, examples: number): Predictions {
  const table = readTable(content, file, columns.numbers);
  const { actual: labels = [], predicted = [] } = table;
  if (labels.length !== examples)
    throw damaged(file, `${labels.length} examples, but ${fileNames.run} says ${examples}`);
  if (![...labels, ...predicted].every(Number.isFinite)) throw damaged(file, "a number is missing");
  return { labels, predicted, probabilities: labels.map(() => []), places: placesIn(table) };
}

/** What run.json in a folder says; undefined where there is none. @throws AnygradError DATA_FORMAT */
export async function readRunJson(folder: string): Promise<RunJson | undefined> {
  const file = join(folder, fileNames.run);
  const content = await textOf(file);
  return content === undefined ? undefined : checkedJson(content, file, runJson);
}

/** What `compare` wrote beside a run; undefined where it did not start it. @throws AnygradError DATA_FORMAT */
export async function readConditions(folder: string): Promise<Conditions | undefined> {
  const file = join(folder, conditionsName);
  const content = await textOf(file);
  return content === undefined ? undefined : checkedJson(content, file, conditions);
}

async function textOf(path: string): Promise<string | undefined> {
  const bytes = await createHost().readFile(path);
  return bytes && new TextDecoder().decode(bytes);
}
