/** What an output makes of a test set: classes and how probable they are, or numbers. */

import type { Predictions } from "../../../runs/reader.ts";
import { AnygradError, quote } from "../../../src/errors.ts";
import { argmax, type Metric, metrics } from "../../../src/metrics/index.ts";
import type { TestedOutput } from "./testedOutput.ts";

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
 * Undefined for an output that neither tells classes apart nor is one number: of several labels or numbers an
 * example, or of a class a pixel.
 *
 * @param target how the targets of a table were scaled
 * @throws AnygradError DATA_FORMAT for labels that are none of the classes
 */
export function outcomeOf(
  output: TestedOutput,
  target?: { readonly mean: number; readonly deviation: number },
): Outcome | undefined {
  return classOutcome(output) ?? numberOutcome(output, target);
}

function numberOutcome(
  { targets, shape, n, y, predicted: data }: TestedOutput,
  target: { readonly mean: number; readonly deviation: number } | undefined,
): NumberOutcome | undefined {
  if (targets === "labels" || shape.some((length) => length !== 1) || y.length !== n) return undefined;
  const predicted = Array.from(data);
  const labels = Array.from(y, (each) =>
    target ? Math.fround(each * target.deviation + target.mean) : each,
  );
  const rows = { data, rows: n, columns: 1 };
  const score = (metric: Metric): number => {
    const state = metric.create();
    state.update(rows, { dense: Float32Array.from(labels) });
    return state.result();
  };
  const errors = { mae: score(metrics.mae()), rmse: score(metrics.rmse()), r2: score(metrics.r2()) };
  return { kind: "numbers", labels, predicted, probabilities: labels.map(() => []), errors };
}

/** Undefined for an output that tells no classes apart. */
function classOutcome({
  name,
  shape: [columns = 0, ...inner],
  targets,
  ending,
  n,
  y,
  predicted: data,
  classNames: names,
}: TestedOutput): ClassOutcome | undefined {
  const tellsClasses =
    inner.length === 0 && (targets === "labels" || ending === "softmax" || ending === "sigmoid");
  const classes = columns === 1 ? 2 : columns;
  const labels = tellsClasses ? labelsOf(y, n, classes) : undefined;
  if (labels === undefined) return undefined;
  // one sigmoid may also learn a share
  if (columns === 1 && targets === "dense" && labels.some((label) => label !== 0 && label !== 1))
    return undefined;
  const stray = labels.find((label) => !(Number.isInteger(label) && label >= 0 && label < classes));
  if (stray !== undefined)
    throw new AnygradError(
      "DATA_FORMAT",
      `report: a label of the test set is ${stray}, but the output ${quote(name)} tells ${classes} classes apart; pass the data that it was trained for`,
    );
  const probabilities = labels.map((_, example) => {
    const row = Array.from(data.subarray(example * columns, (example + 1) * columns));
    if (columns === 1) return [1 - row[0]!, row[0]!];
    return ending === "softmax" || ending === "sigmoid" ? row : softmax(row);
  });
  const predicted = probabilities.map((row) => argmax(Float32Array.from(row), 0, classes));
  const right = labels.filter((label, example) => label === predicted[example]).length;
  const classNames = Array.from({ length: classes }, (_, classId) => names?.[classId] ?? String(classId));
  return { kind: "classes", labels, predicted, probabilities, classNames, accuracy: right / labels.length };
}

/** Class indices, also of one-hot rows; undefined where one of n examples has no single class. */
export function labelsOf(y: ArrayLike<number>, n: number, classes: number): number[] | undefined {
  if (y.length === n) return Array.from(y);
  if (y.length !== n * classes) return undefined;
  const labels = Array.from({ length: n }, (_, row) => {
    const ones = Array.from({ length: classes }, (__, classId) => y[row * classes + classId]!);
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
