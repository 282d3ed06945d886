/** What a network that was trained from code makes of a test set: classes and how probable they are, or numbers. */

import type { Predictions } from "../../runs/reader.ts";
import { type Dataset, exampleCount } from "../../src/data/dataset.ts";
import { AnygradError } from "../../src/errors.ts";
import { argmax, type Metric, metrics } from "../../src/metrics/index.ts";
import type { Model } from "../../src/model/index.ts";

/** Labels and predictions of the test set. */
export interface ClassOutcome extends Predictions {
  readonly kind: "classes";
  readonly classNames: readonly string[];
  readonly accuracy: number;
}

/** Numbers in the unit of the label, and how far off they are. */
export interface NumberOutcome extends Predictions {
  readonly kind: "numbers";
  readonly errors: { readonly mae: number; readonly rmse: number; readonly r2: number };
}

export type Outcome = ClassOutcome | NumberOutcome;

/**
 * Undefined for a network that neither tells classes apart nor predicts one number: one of several labels or numbers an
 * example, or of a class a pixel.
 *
 * @throws AnygradError SHAPE_MISMATCH, DATA_FORMAT for a test set that the network does not take
 */
export async function outcomeOf(net: Model, test: Dataset): Promise<Outcome | undefined> {
  return (await classOutcome(net, test)) ?? numberOutcome(net, test);
}

async function numberOutcome(net: Model, test: Dataset): Promise<NumberOutcome | undefined> {
  const n = exampleCount(test);
  if (net.targets === "labels" || net.outputShape.some((length) => length !== 1) || test.y.length !== n)
    return undefined;
  const { target } = test.preparation ?? {};
  const { data } = await net.predict(test);
  const predicted = Array.from(data);
  const labels = Array.from(test.y, (y) => (target ? Math.fround(y * target.deviation + target.mean) : y));
  const rows = { data, rows: n, columns: 1 };
  const score = (metric: Metric): number => {
    const state = metric.create();
    state.update(rows, { dense: Float32Array.from(labels) });
    return state.result();
  };
  const errors = { mae: score(metrics.mae()), rmse: score(metrics.rmse()), r2: score(metrics.r2()) };
  return { kind: "numbers", labels, predicted, probabilities: labels.map(() => []), errors };
}

/**
 * Undefined for a network that tells no classes apart.
 *
 * @throws AnygradError SHAPE_MISMATCH, DATA_FORMAT for a test set that the network does not take
 */
async function classOutcome(net: Model, test: Dataset): Promise<ClassOutcome | undefined> {
  const [columns = 0, ...inner] = net.outputShape;
  const ending = net.layers.at(-1)!.lastActivation;
  const tellsClasses =
    inner.length === 0 && (net.targets === "labels" || ending === "softmax" || ending === "sigmoid");
  const classes = columns === 1 ? 2 : columns;
  const labels = tellsClasses ? labelsOf(test, classes) : undefined;
  if (labels === undefined) return undefined;
  // one sigmoid may also learn a share
  if (columns === 1 && net.targets === "dense" && labels.some((label) => label !== 0 && label !== 1))
    return undefined;
  const stray = labels.find((label) => !(Number.isInteger(label) && label >= 0 && label < classes));
  if (stray !== undefined)
    throw new AnygradError(
      "DATA_FORMAT",
      `report: a label of the test set is ${stray}, but the network tells ${classes} classes apart; pass the data that it was trained for`,
    );
  const { data } = await net.predict(test);
  const probabilities = labels.map((_, example) => {
    const row = Array.from(data.subarray(example * columns, (example + 1) * columns));
    if (columns === 1) return [1 - row[0]!, row[0]!];
    return ending === "softmax" || ending === "sigmoid" ? row : softmax(row);
  });
  const predicted = probabilities.map((row) => argmax(Float32Array.from(row), 0, classes));
  const right = labels.filter((label, example) => label === predicted[example]).length;
  const names = net.classNames ?? test.classNames;
  const classNames = Array.from({ length: classes }, (_, classId) => names?.[classId] ?? String(classId));
  return { kind: "classes", labels, predicted, probabilities, classNames, accuracy: right / labels.length };
}

/** Class indices, also of one-hot rows; undefined where an example has no single class. */
function labelsOf({ y, ...set }: Dataset, classes: number): number[] | undefined {
  const n = exampleCount(set as Dataset);
  if (y.length === n) return Array.from(y);
  if (y.length !== n * classes) return undefined;
  const labels = Array.from({ length: n }, (_, row) => {
    const ones = Array.from(y.subarray(row * classes, (row + 1) * classes));
    return ones.every((value) => value === 0 || value === 1) && ones.indexOf(1) === ones.lastIndexOf(1)
      ? ones.indexOf(1)
      : -1;
  });
  return labels.includes(-1) ? undefined : labels;
}

/** Logits as probabilities, to be shown: nothing is computed further with them. */
function softmax(logits: readonly number[]): number[] {
  const most = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - most));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
