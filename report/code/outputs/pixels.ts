/** What an output that gives a class for every pixel, or every other place of it, makes of a test set. */
import { AnygradError, quote } from "../../../src/errors.ts";
import { sizeOf } from "../../../src/math/shape.ts";
import { argmax, ConfusionMatrix } from "../../../src/metrics/index.ts";
import type { TestedOutput } from "./testedOutput.ts";

/** The classes of all places of all test examples. */
export interface PixelOutcome {
  /** Places of an example, such as `[height, width]`. */
  readonly shape: readonly number[];
  /** "pixel", or "place" of what is no picture. */
  readonly noun: "pixel" | "place";
  /** Class of each place, `[n, ...shape]`. */
  readonly labels: Int32Array;
  /** What it was taken for, `[n, ...shape]`. */
  readonly predicted: Int32Array;
  readonly confusion: ConfusionMatrix;
}

/**
 * Undefined for an output that does not tell a class apart in each of several places.
 *
 * @throws AnygradError DATA_FORMAT for labels that are none of the classes
 */
export function pixelOutcome({
  name,
  shape: all,
  targets,
  ending,
  n,
  y,
  predicted: data,
  classNames: names,
}: TestedOutput): PixelOutcome | undefined {
  const shape = all.slice(0, -1);
  const columns = all.at(-1)!;
  const tellsClasses =
    targets === "labels" || ending === "softmax" || (ending === "sigmoid" && columns === 1);
  if (shape.length === 0 || !tellsClasses) return undefined;
  const places = n * sizeOf(shape);
  const classes = Math.max(2, columns);
  const labels = labelsOf(y, places, classes);
  if (labels === undefined) return undefined;
  const noun = shape.length === 2 ? "pixel" : "place";
  const stray = labels.find((label) => label < 0 || label >= classes);
  if (stray !== undefined)
    throw new AnygradError(
      "DATA_FORMAT",
      `report: the class of a ${noun} of the test set is ${stray}, but the output ${quote(name)} tells ${classes} classes apart; pass the data that it was trained for`,
    );
  const predicted = Int32Array.from({ length: places }, (_, place) =>
    columns === 1 ? Number(data[place]! > 0.5) : argmax(data, place, columns),
  );
  const classNames = Array.from({ length: classes }, (_, classId) => names?.[classId] ?? String(classId));
  const confusion = new ConfusionMatrix({ classNames }).add(labels, predicted);
  return { shape, noun, labels, predicted, confusion };
}

/** A class a place, also of one-hot rows; undefined where a place has no single class. */
function labelsOf(y: ArrayLike<number>, places: number, classes: number): Int32Array | undefined {
  const isWhole = (value: number): boolean => Number.isInteger(value);
  if (y.length === places) return Array.from(y).every(isWhole) ? Int32Array.from(y) : undefined;
  if (y.length !== places * classes) return undefined;
  const labels = new Int32Array(places);
  for (let place = 0; place < places; place++) {
    let [ones, at] = [0, 0];
    for (let classId = 0; classId < classes; classId++) {
      const value = y[place * classes + classId]!;
      if (value !== 0 && value !== 1) return undefined;
      if (value === 1) [ones, at] = [ones + 1, classId];
    }
    if (ones !== 1) return undefined;
    labels[place] = at;
  }
  return labels;
}

/**
 * Intersection over union of each class, in some of the places: those that are the class and are taken for it, of those that
 * are either; NaN for a class that is in neither.
 */
export function intersectionOverUnion(
  labels: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
): number[] {
  const [both, either] = [new Float64Array(classes), new Float64Array(classes)];
  for (let place = 0; place < labels.length; place++) {
    const [label, other] = [labels[place]!, predicted[place]!];
    either[label]!++;
    if (label === other) both[label]!++;
    else either[other]!++;
  }
  return Array.from(both, (count, classId) =>
    either[classId] === 0 ? Number.NaN : count / either[classId]!,
  );
}

/** The mean over the classes that occur. */
export function meanOf(scores: readonly number[]): number {
  const known = scores.filter((score) => !Number.isNaN(score));
  return known.reduce((sum, score) => sum + score, 0) / known.length;
}

/** One test example: how many of its places are right, and the intersection over union of each class. */
export interface PixelScores {
  readonly example: number;
  readonly right: number;
  readonly places: number;
  readonly iou: readonly number[];
}

/** The scores of every test example, in their order. */
export function pixelScores({ shape, labels, predicted, confusion }: PixelOutcome): PixelScores[] {
  const places = sizeOf(shape);
  return Array.from({ length: labels.length / places }, (_, example) => {
    const range = [example * places, (example + 1) * places] as const;
    const [is, taken] = [labels.subarray(...range), predicted.subarray(...range)];
    return {
      example,
      places,
      right: is.reduce((count, label, place) => count + Number(label === taken[place]), 0),
      iou: intersectionOverUnion(is, taken, confusion.classes),
    };
  });
}
