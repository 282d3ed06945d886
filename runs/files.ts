/** A finished run as its folder keeps it: settings and results, history, steps and predictions, read and checked. */
import { AnygradError, reasonOf } from "../src/errors.ts";

/** The texts of the files. */
export interface RunTexts {
  /** run.json */
  readonly run: string;
  /** history.csv */
  readonly history: string;
  /** steps.csv */
  readonly steps: string;
  /** predictions.csv */
  readonly predictions: string;
}

/** run.json: what a report shows of it. */
export interface RunSettings {
  readonly anygrad: string;
  readonly command: string;
  readonly preset: string;
  readonly seed: number;
  readonly engine: Readonly<Record<string, string | number | boolean>>;
  readonly params: { readonly total: number; readonly trainable: number; readonly nonTrainable: number };
  readonly test: { readonly loss: number; readonly accuracy: number };
  /** With the run's own weights and statistics, where averaged or re-estimated ones were tested. */
  readonly raw?: { readonly loss: number; readonly accuracy: number };
  readonly seconds: number;
  readonly secondsPerEpoch: number | null;
  readonly stepMilliseconds: number;
  readonly digest: string;
  readonly network: Readonly<Record<string, unknown>>;
  readonly recipe: Readonly<Record<string, unknown>>;
  readonly dataset: {
    readonly name: string;
    readonly where: string;
    readonly train: readonly number[];
    /** Held out of the training set, where the run judged its epochs on it. */
    readonly validation?: readonly number[];
    /** The share that was held out. */
    readonly validationSplit?: number;
    readonly test: readonly number[];
    readonly limit: number | null;
    readonly classNames: readonly string[];
    readonly normalize: string;
  };
  readonly environment?: Readonly<Record<string, string | number>>;
}

/** Columns of numbers by name, all equally long; NaN where a line has none. */
export type Columns = Readonly<Record<string, readonly number[]>>;

export interface FinishedRun {
  readonly settings: RunSettings;
  /** A value an epoch. */
  readonly history: Columns;
  /** A value a step. */
  readonly steps: Columns;
  /** A value, or a row of probabilities, a test example. */
  readonly labels: readonly number[];
  readonly predicted: readonly number[];
  readonly probabilities: readonly (readonly number[])[];
}

/** @param folder for messages. Errors: DATA_FORMAT. */
export function readRunFiles(texts: RunTexts, folder: string): FinishedRun {
  const settings = settingsOf(texts.run, `${folder}/run.json`);
  const predictions = columnsOf(texts.predictions, `${folder}/predictions.csv`, [
    "example",
    "label",
    "predicted",
  ]);
  const { label: labels = [], predicted = [] } = predictions;
  const probabilityColumns = Object.keys(predictions).filter((name) => /^p\d+$/.test(name));
  const classes = settings.dataset.classNames.length;
  if (![...labels, ...predicted].every((label) => Number.isInteger(label) && label >= 0 && label < classes))
    throw damaged(`${folder}/predictions.csv`, `holds a class that is none of the ${classes} of run.json`);
  return {
    settings,
    history: columnsOf(texts.history, `${folder}/history.csv`, ["epoch", "loss"]),
    steps: columnsOf(texts.steps, `${folder}/steps.csv`, [
      "step",
      "epoch",
      "loss",
      "accuracy",
      "learning_rate",
    ]),
    labels,
    predicted,
    probabilities: labels.map((_, example) => probabilityColumns.map((name) => predictions[name]![example]!)),
  };
}

/** Errors: DATA_FORMAT. */
function settingsOf(text: string, file: string): RunSettings {
  let run: Partial<RunSettings>;
  try {
    run = JSON.parse(text) as Partial<RunSettings>;
  } catch (error) {
    throw damaged(file, reasonOf(error));
  }
  const missing = ["command", "preset", "engine", "params", "test", "digest", "recipe", "dataset"].find(
    (name) => !Object.hasOwn(run ?? {}, name),
  );
  if (missing !== undefined) throw damaged(file, `lacks "${missing}"`);
  if (!Array.isArray(run.dataset?.classNames)) throw damaged(file, "lacks the names of the classes");
  const { dataset } = run as RunSettings;
  return { ...(run as RunSettings), dataset: { ...dataset, classNames: dataset.classNames.map(readable) } };
}

/** Errors: DATA_FORMAT. */
function columnsOf(text: string, file: string, wanted: readonly string[]): Columns {
  const [heads = "", ...lines] = text.trimEnd().split(/\r?\n/);
  const names = heads.split(",");
  const missing = wanted.find((name) => !names.includes(name));
  if (missing !== undefined) throw damaged(file, `lacks the column "${missing}"`);
  const columns: number[][] = names.map(() => []);
  for (const [i, line] of lines.entries()) {
    const fields = line.split(",");
    if (fields.length !== names.length)
      throw damaged(file, `line ${i + 2} has ${fields.length} columns, the first ${names.length}`);
    for (const [column, field] of fields.entries())
      columns[column]!.push(field === "" ? Number.NaN : Number(field));
  }
  return Object.fromEntries(names.map((name, column) => [name, columns[column]!]));
}

/** Names come from users' files: what no document may hold, XML's neither, becomes a sign that it may. */
function readable(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that must not get through
  return String(name).replace(/[\u0000-\u001f\u007f\ufffe\uffff]|\p{Cs}/gu, "\ufffd");
}

function damaged(file: string, what: string): AnygradError {
  return new AnygradError("DATA_FORMAT", `${file}: ${what}; bring the file back, or train anew`);
}
