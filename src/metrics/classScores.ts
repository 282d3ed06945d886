/**
 * Precision, recall and F1 from counts: the one place that knows their formulas and their averages.
 *
 *     precision = right / predicted      recall = right / actual      F1 = 2 right / (predicted + actual)
 *
 * A score whose denominator is 0 is 0, as in Keras and scikit-learn. Averages: "macro" is the plain mean over the
 * classes that occur among labels or predictions (scikit-learn's rule: a class that is in neither says nothing);
 * "micro" pools the counts of all classes first, which for one label a row is the accuracy.
 */

/** The scores that `ConfusionMatrix.score` computes. */
export type ScoreName = "precision" | "recall" | "f1";

/** How the scores of the classes become one number. */
export type ScoreAverage = "macro" | "micro";

/** Weighted counts, one entry a class. */
export interface ClassCounts {
  /** Rows of the class that were predicted as it. */
  readonly right: ArrayLike<number>;
  /** Rows predicted as the class. */
  readonly predicted: ArrayLike<number>;
  /** Rows of the class. */
  readonly actual: ArrayLike<number>;
}

/** The formula of one score. */
export function score(name: ScoreName, right: number, predicted: number, actual: number): number {
  if (name === "precision") return ratio(right, predicted);
  if (name === "recall") return ratio(right, actual);
  return ratio(2 * right, predicted + actual);
}

/** The score of one class. */
export function classScore(name: ScoreName, counts: ClassCounts, classId: number): number {
  return score(name, counts.right[classId]!, counts.predicted[classId]!, counts.actual[classId]!);
}

/** One number for all classes. */
export function averageScore(name: ScoreName, counts: ClassCounts, average: ScoreAverage): number {
  const classes = counts.actual.length;
  if (average === "micro") return score(name, sum(counts.right), sum(counts.predicted), sum(counts.actual));
  let total = 0;
  let present = 0;
  for (let classId = 0; classId < classes; classId++) {
    if (counts.predicted[classId]! + counts.actual[classId]! === 0) continue;
    total += classScore(name, counts, classId);
    present++;
  }
  return ratio(total, present);
}

/** part / whole, and 0 of nothing. */
export function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}
