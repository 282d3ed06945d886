/** A finished run, read back from the folder that `train --out` filled. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Predictions } from "../report/comparison/comparison.ts";
import type { EngineInfo } from "../src/backend/backend.ts";
import { AnygradError } from "../src/errors.ts";
import type { Recipe } from "../src/presets/index.ts";
import { createHost } from "../src/runtime/host.ts";

/** What run.json says of a run; see runRecord.ts, which writes it. */
export interface RunSettings {
  readonly anygrad: string;
  readonly command: string;
  readonly preset: string;
  readonly seed: number;
  readonly engine: EngineInfo;
  readonly params: { readonly total: number; readonly trainable: number; readonly nonTrainable: number };
  readonly test: { readonly loss: number; readonly accuracy: number };
  readonly seconds: number;
  readonly secondsPerEpoch: number;
  readonly stepMilliseconds: number;
  readonly digest: string;
  readonly network: Readonly<Record<string, unknown>>;
  readonly recipe: Recipe & Readonly<Record<string, unknown>>;
  readonly dataset: {
    readonly name: string;
    readonly where: string;
    readonly train: readonly number[];
    readonly test: readonly number[];
    readonly limit: number | null;
    readonly classNames: readonly string[];
  };
}

export interface RunFolder {
  readonly path: string;
  readonly run: RunSettings;
  /** The columns of history.csv but the first: one value an epoch. */
  readonly history: Readonly<Record<string, readonly number[]>>;
  readonly predictions: Predictions;
}

/** Whether a run has ended here: run.json is written last but for nothing that is read back. */
export async function holdsRun(path: string): Promise<boolean> {
  const files = ["run.json", "history.csv", "predictions.csv"];
  const kinds = await Promise.all(files.map((name) => stat(join(path, name)).catch(() => undefined)));
  return kinds.every((kind) => kind?.isFile());
}

/** Errors: DATA_MISSING where a file is not there, DATA_FORMAT where one is damaged or is not this run's. */
export async function readRunFolder(path: string): Promise<RunFolder> {
  if (!(await stat(path).catch(() => undefined))?.isDirectory())
    throw new AnygradError(
      "DATA_MISSING",
      `${path}: no folder there; pass one that anygrad train --out filled`,
    );
  const read = async (name: string): Promise<string> => {
    const bytes = await createHost().readFile(join(path, name));
    if (bytes) return new TextDecoder().decode(bytes);
    throw new AnygradError(
      "DATA_MISSING",
      `${path}: no ${name} there; pass the folder of a run that has ended, trained by this version of anygrad`,
    );
  };
  const run = parseRun(join(path, "run.json"), await read("run.json"));
  const history = parseTable(join(path, "history.csv"), await read("history.csv"));
  delete history.epoch;
  const predictions = parsePredictions(join(path, "predictions.csv"), await read("predictions.csv"), run);
  return { path, run, history, predictions };
}

function parseRun(path: string, text: string): RunSettings {
  try {
    const run = JSON.parse(text) as Partial<RunSettings>;
    const isWhole =
      typeof run.preset === "string" &&
      typeof run.digest === "string" &&
      typeof run.test?.accuracy === "number" &&
      typeof run.params?.total === "number" &&
      typeof run.recipe === "object" &&
      Array.isArray(run.dataset?.test) &&
      Array.isArray(run.dataset.classNames);
    if (isWhole) return run as RunSettings;
  } catch {
    // told below
  }
  throw new AnygradError("DATA_FORMAT", `${path}: not the run.json of anygrad train; train the run again`);
}

// Columns of numbers by their names. Empty cells, of epochs that were not measured, are NaN.
function parseTable(path: string, text: string): Record<string, number[]> {
  const [head = "", ...lines] = text.trimEnd().split("\n");
  const names = head.split(",");
  const columns: number[][] = names.map(() => []);
  lines.forEach((line, row) => {
    const cells = line.split(",");
    if (cells.length !== names.length)
      throw new AnygradError(
        "DATA_FORMAT",
        `${path}: line ${row + 2} has ${cells.length} columns, the first line ${names.length}; train the run again`,
      );
    for (const [column, cell] of cells.entries())
      columns[column]!.push(cell === "" ? Number.NaN : Number(cell));
  });
  return Object.fromEntries(names.map((name, column) => [name, columns[column]!]));
}

function parsePredictions(path: string, text: string, run: RunSettings): Predictions {
  const { example: _, label, predicted, ...rest } = parseTable(path, text);
  const classes = run.dataset.classNames.length;
  const columns = Array.from({ length: classes }, (_, classId) => rest[`p${classId}`]);
  const images = run.dataset.test[0]!;
  const wrong = (what: string): AnygradError =>
    new AnygradError("DATA_FORMAT", `${path}: ${what}; train the run again`);
  if (!label || !predicted || columns.includes(undefined))
    throw wrong(`columns are missing; wanted example, label, predicted, p0 to p${classes - 1}`);
  if (label.length !== images) throw wrong(`${label.length} images, but run.json says ${images}`);
  const isClass = (value: number): boolean => Number.isInteger(value) && value >= 0 && value < classes;
  const stray = [...label, ...predicted].find((value) => !isClass(value));
  if (stray !== undefined) throw wrong(`a class is ${stray}, but there are 0 to ${classes - 1}`);
  const right = label.filter((value, image) => value === predicted[image]).length;
  if (Math.abs(right / images - run.test.accuracy) > 1e-9)
    throw wrong(`${right} of ${images} are right, but run.json says ${run.test.accuracy}`);
  const probabilities = new Float32Array(images * classes);
  columns.forEach((values, classId) => {
    for (let image = 0; image < images; image++) probabilities[image * classes + classId] = values![image]!;
  });
  return { labels: Uint16Array.from(label), predicted: Uint16Array.from(predicted), probabilities };
}
