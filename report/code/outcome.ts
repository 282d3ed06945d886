/** What a network that was trained from code makes of a test set: classes and how probable they are, where it tells classes apart. */

import type { Predictions } from "../../runs/reader.ts";
import { type Dataset, exampleCount } from "../../src/data/dataset.ts";
import { AnygradError } from "../../src/errors.ts";
import { argmax } from "../../src/metrics/index.ts";
import type { Model } from "../../src/model/index.ts";

/** Labels and predictions of the test set. */
export interface ClassOutcome extends Predictions {
  readonly classNames: readonly string[];
  readonly accuracy: number;
}

/**
 * Undefined for a network that tells no classes apart, such as one of a regression, of several labels an example or of a
 * class a pixel.
 *
 * @throws AnygradError SHAPE_MISMATCH, DATA_FORMAT for a test set that the network does not take
 */
export async function classOutcome(net: Model, test: Dataset): Promise<ClassOutcome | undefined> {
  const [columns = 0, ...inner] = net.outputShape;
  const ending = net.layers.at(-1)!.lastActivation;
  const tellsClasses =
    inner.length === 0 && (net.targets === "labels" || ending === "softmax" || ending === "sigmoid");
  const classes = columns === 1 ? 2 : columns;
  const labels = tellsClasses ? labelsOf(test, classes) : undefined;
  if (labels === undefined) return undefined;
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
  return { labels, predicted, probabilities, classNames, accuracy: right / labels.length };
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
