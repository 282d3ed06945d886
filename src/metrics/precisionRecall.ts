/**
 * Precision, recall and F1 as metrics of a run.
 *
 * One label a row (the default): the predicted class is the largest column. With `threshold`, each column is a
 * decision of its own, for several labels a row. An output of one column is a yes or no at 0.5 and scores the yes.
 * For the counts behind the scores, see `ConfusionMatrix`.
 */

import { AnygradError, quote } from "../errors.ts";
import type { Snapshot } from "../io/snapshot.ts";
import { SnapshotReader } from "../io/snapshotReader.ts";
import { checkCount, checkNumber } from "../math/checks.ts";
import { strictOptions } from "../math/options.ts";
import { builtIn } from "../registry.ts";
import { averageScore, type ClassCounts, classScore, type ScoreName } from "./classScores.ts";
import { isPositive } from "./explicitAccuracy.ts";
import {
  checkBatch,
  classesOf,
  type Metric,
  type MetricState,
  predictedClass,
  type Rows,
  type Targets,
  trueClass,
} from "./metric.ts";

/** The options of {@link precision}, {@link recall} and {@link f1}. */
export interface ClassScoreOptions {
  /**
   * "macro" (default): the mean over classes that occur; "micro": over pooled counts; "class": also every class's
   * own score, logged as `f1_0`, `f1_1`, … beside the macro mean.
   */
  readonly average?: "macro" | "micro" | "class";
  /** The score of this class alone, logged as `f1_3`; then `average` has no part in it. */
  readonly classId?: number;
  /** A prediction above it means yes, one decision a column. Default: the largest column (0.5 for one column). */
  readonly threshold?: number;
}

/** Precision: the share of the rows predicted as a class that belong to it. */
export function precision(options?: ClassScoreOptions): Metric {
  return classMetric("precision", options);
}

/** Recall: the share of the rows of a class that are predicted as it. */
export function recall(options?: ClassScoreOptions): Metric {
  return classMetric("recall", options);
}

/** F1: the harmonic mean of precision and recall. */
export function f1(options?: ClassScoreOptions): Metric {
  return classMetric("f1", options);
}

/** `f1` under Keras's name, which it has in logs, too. The mean over classes unless told, where Keras gives a list. */
export function f1Score(options?: ClassScoreOptions): Metric {
  return classMetric("f1Score", options, "f1");
}

function classMetric(
  type: ScoreName | "f1Score",
  given: ClassScoreOptions | undefined,
  score: ScoreName = type as ScoreName,
): Metric {
  const options = strictOptions(type, given, "average classId threshold");
  const { average = "macro", classId, threshold } = options;
  if (average !== "macro" && average !== "micro" && average !== "class")
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${type}: average is ${quote(average)}; pass "macro", "micro" or "class"`,
    );
  if (classId !== undefined) checkCount(`${type}: classId`, classId, 0);
  if (threshold !== undefined) checkNumber(`${type}: threshold`, threshold);
  const name = classId === undefined ? type : `${type}_${classId}`;
  const config: Record<string, unknown> = { average };
  if (classId !== undefined) config.classId = classId;
  if (threshold !== undefined) config.threshold = threshold;
  return { name, type, config, create: builtIn(() => new ScoreOfClasses(type, score, options)) };
}

class ScoreOfClasses implements MetricState {
  /** With the average "class": the mean and every class's own score. */
  readonly results?: () => Record<string, number>;
  readonly #type: string;
  readonly #score: ScoreName;
  readonly #options: ClassScoreOptions;
  #columns = 0;
  #right: Float64Array = new Float64Array(0);
  #predicted: Float64Array = new Float64Array(0);
  #actual: Float64Array = new Float64Array(0);

  constructor(type: string, score: ScoreName, options: ClassScoreOptions) {
    this.#type = type;
    this.#score = score;
    this.#options = options;
    if (options.average === "class" && options.classId === undefined) this.results = () => this.#eachClass();
  }

  update(predictions: Rows, targets: Targets, weights?: Float32Array): void {
    checkBatch(this.#type, predictions, targets, weights);
    if (predictions.columns !== this.#columns) this.#start(predictions.columns);
    const { threshold } = this.#options;
    const decidesEachColumn = threshold !== undefined && predictions.columns > 1;
    for (let row = 0; row < predictions.rows; row++) {
      const weight = weights === undefined ? 1 : weights[row]!;
      if (decidesEachColumn) this.#countColumns(predictions, targets, row, weight, threshold);
      else this.#countRow(predictions, targets, row, weight, threshold);
    }
  }

  result(): number {
    const { average, classId } = this.#options;
    if (this.#columns === 0) return 0;
    if (classId !== undefined) return classScore(this.#score, this.#counts, classId);
    if (this.#columns === 1) return classScore(this.#score, this.#counts, 1);
    return averageScore(this.#score, this.#counts, average === "micro" ? "micro" : "macro");
  }

  #eachClass(): Record<string, number> {
    const scores = Array.from(this.#actual, (_, classId): [string, number] => [
      `${this.#type}_${classId}`,
      classScore(this.#score, this.#counts, classId),
    ]);
    return { [this.#type]: this.result(), ...Object.fromEntries(scores) };
  }

  reset(): void {
    this.#columns = 0;
  }

  save(): Snapshot {
    const counts = { right: [...this.#right], predicted: [...this.#predicted], actual: [...this.#actual] };
    return { columns: this.#columns, ...counts };
  }

  restore(saved: Snapshot): void {
    const state = new SnapshotReader(this.#type, saved);
    this.#columns = state.count("columns");
    this.#right = Float64Array.from(state.numbers("right"));
    this.#predicted = Float64Array.from(state.numbers("predicted"));
    this.#actual = Float64Array.from(state.numbers("actual"));
  }

  get #counts(): ClassCounts {
    return { right: this.#right, predicted: this.#predicted, actual: this.#actual };
  }

  #start(columns: number): void {
    if (this.#columns !== 0)
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `${this.#type}: a batch of ${columns} columns after batches of ${this.#columns}; reset the metric in between`,
      );
    const classes = classesOf(columns);
    const { classId } = this.#options;
    if (classId !== undefined && classId >= classes)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `${this.#type}: classId is ${classId} but the output has classes 0 to ${classes - 1}; pass one of these`,
      );
    this.#columns = columns;
    this.#right = new Float64Array(classes);
    this.#predicted = new Float64Array(classes);
    this.#actual = new Float64Array(classes);
  }

  #countRow(predictions: Rows, targets: Targets, row: number, weight: number, threshold?: number): void {
    const said = predictedClass(predictions, row, threshold);
    const is = trueClass(this.#type, targets, row, predictions.columns);
    this.#count(said, said === is, weight);
    this.#actual[is]! += weight;
  }

  #countColumns(predictions: Rows, targets: Targets, row: number, weight: number, threshold: number): void {
    const { data, columns } = predictions;
    for (let column = 0; column < columns; column++) {
      const is = isPositive(this.#type, targets, row, column, columns);
      if (data[row * columns + column]! > threshold) this.#count(column, is, weight);
      if (is) this.#actual[column]! += weight;
    }
  }

  #count(said: number, isRight: boolean, weight: number): void {
    this.#predicted[said]! += weight;
    if (isRight) this.#right[said]! += weight;
  }
}
