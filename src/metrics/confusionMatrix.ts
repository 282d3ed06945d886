/**
 * The confusion matrix of a classifier: who was taken for whom, the scores of each class, the pairs most confused.
 *
 * A value to be filled and read, not a metric of a run: a run logs single numbers (see precision, recall, f1), a
 * report after it wants the whole table.
 *
 * ```ts
 * const confusion = new ConfusionMatrix({ classNames: ["cat", "dog"] });
 * confusion.add([0, 0, 1], [0, 1, 1]);
 * confusion.matrix;            // [[1, 1], [0, 1]]
 * confusion.mostConfused(1);   // [{ label: 0, predicted: 1, labelName: "cat", predictedName: "dog", count: 1, share: 0.5 }]
 * ```
 */
import { AnygradError } from "../errors.ts";
import { isWithin } from "../math/checks.ts";
import { strictOptions } from "../math/options.ts";
import {
  averageScore,
  type ClassCounts,
  classScore,
  ratio,
  type ScoreAverage,
  type ScoreName,
} from "./classScores.ts";
import {
  checkBatch,
  classesOf,
  predictedClass,
  type Rows,
  rowsIn,
  type Targets,
  trueClass,
} from "./metric.ts";

/** The options of {@link ConfusionMatrix}: the number of classes, their names, or both. */
export interface ConfusionMatrixOptions {
  /** Default: the number of names. */
  readonly classes?: number;
  /** Default: "0", "1", … */
  readonly classNames?: readonly string[];
}

/** One class in the table. */
export interface ClassReport {
  /** The index of the class. */
  readonly classId: number;
  /** Its name. */
  readonly name: string;
  /** The share of the rows predicted as the class that belong to it. */
  readonly precision: number;
  /** The share of its rows that were predicted as it. */
  readonly recall: number;
  /** The harmonic mean of precision and recall. */
  readonly f1: number;
  /** The (weighted) rows of this class. */
  readonly support: number;
}

/** Rows of one class that were taken for another. */
export interface ConfusedPair {
  /** The true class. */
  readonly label: number;
  /** The class that it was taken for. */
  readonly predicted: number;
  /** The name of the true class. */
  readonly labelName: string;
  /** The name of the class that it was taken for. */
  readonly predictedName: string;
  /** The (weighted) rows. */
  readonly count: number;
  /** Their share of the label's rows, 0 to 1. */
  readonly share: number;
}

/** A table of which class was taken for which, to be filled with rows and read as scores. */
export class ConfusionMatrix {
  /** The number of classes. */
  readonly classes: number;
  /** Their names, in order. */
  readonly classNames: readonly string[];
  readonly #counts: Float64Array; // [classes, classes], row = label, column = predicted

  constructor(options: ConfusionMatrixOptions) {
    const given = strictOptions("confusionMatrix", options, "classes classNames:object");
    const { classNames } = given;
    const classes = given.classes ?? classNames?.length;
    if (!isWithin(classes, { whole: true, from: 2 }))
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `confusionMatrix: ${classes === undefined ? "no" : classes} classes; pass { classes: n } with n at least 2, or { classNames }`,
      );
    if (classNames !== undefined && classNames.length !== classes)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `confusionMatrix: ${classNames.length} classNames for ${classes} classes; pass one name a class`,
      );
    this.classes = classes;
    this.classNames = classNames ?? Array.from({ length: classes }, (_, classId) => String(classId));
    this.#counts = new Float64Array(classes * classes);
  }

  /** Counts class indices, `labels[i]` having been taken for `predicted[i]`; `weights` count rows by more or less than 1. */
  add(labels: ArrayLike<number>, predicted: ArrayLike<number>, weights?: ArrayLike<number>): this {
    if (labels.length !== predicted.length)
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `confusionMatrix: ${labels.length} labels but ${predicted.length} predicted classes; pass one of each a row`,
      );
    if (weights !== undefined && weights.length !== labels.length)
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `confusionMatrix: ${weights.length} weights for ${labels.length} rows; pass one weight a row`,
      );
    for (let i = 0; i < labels.length; i++) this.#check("label", labels[i]!, i);
    for (let i = 0; i < predicted.length; i++) this.#check("predicted class", predicted[i]!, i);
    for (let i = 0; i < labels.length; i++)
      this.#counts[labels[i]! * this.classes + predicted[i]!]! += weights === undefined ? 1 : weights[i]!;
    return this;
  }

  /**
   * Counts model outputs: the largest column is the predicted class, or for one column whether it exceeds 0.5.
   * @param outputs rows, or what `net.predict` gives: a row is what its last axis holds, an example's or a pixel's
   */
  addBatch(
    outputs: Rows | { readonly shape: readonly number[]; readonly data: Float32Array },
    targets: Targets,
    weights?: Float32Array,
  ): this {
    const predictions = "rows" in outputs ? outputs : rowsIn(outputs);
    checkBatch("confusionMatrix", predictions, targets, weights);
    const { rows, columns } = predictions;
    if (classesOf(columns) !== this.classes)
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `confusionMatrix: the predictions have ${classesOf(columns)} classes but the matrix has ${this.classes}; make it with { classes: ${classesOf(columns)} }`,
      );
    const labels = new Int32Array(rows);
    const predicted = new Int32Array(rows);
    for (let row = 0; row < rows; row++) {
      labels[row] = trueClass("confusionMatrix", targets, row, columns);
      predicted[row] = predictedClass(predictions, row);
    }
    return this.add(labels, predicted, weights?.subarray(0, rows));
  }

  /** A copy of the counts, `[classes][classes]`: `matrix[label][predicted]`. */
  get matrix(): number[][] {
    return Array.from({ length: this.classes }, (_, label) => Array.from(this.#row(label)));
  }

  /** All (weighted) rows. */
  get total(): number {
    return this.#counts.reduce((sum, count) => sum + count, 0);
  }

  /** The share of rows on the diagonal; 0 for an empty matrix. */
  get accuracy(): number {
    let right = 0;
    for (let classId = 0; classId < this.classes; classId++) right += this.#row(classId)[classId]!;
    return ratio(right, this.total);
  }

  /** The scores of every class, in class order. */
  get perClass(): ClassReport[] {
    const counts = this.#classCounts();
    return this.classNames.map((name, classId) => ({
      classId,
      name,
      precision: classScore("precision", counts, classId),
      recall: classScore("recall", counts, classId),
      f1: classScore("f1", counts, classId),
      support: counts.actual[classId]!,
    }));
  }

  /** One score for all classes: "macro" (default) or "micro", as in the metrics of these names. */
  score(name: ScoreName, average: ScoreAverage = "macro"): number {
    return averageScore(name, this.#classCounts(), average);
  }

  /** The `n` (default 5) cells off the diagonal with the most rows, largest first; of equals the first in reading order. */
  mostConfused(n = 5): ConfusedPair[] {
    const pairs: ConfusedPair[] = [];
    const { actual } = this.#classCounts();
    for (let label = 0; label < this.classes; label++)
      for (let predicted = 0; predicted < this.classes; predicted++) {
        const count = this.#row(label)[predicted]!;
        if (label === predicted || count === 0) continue;
        pairs.push({
          label,
          predicted,
          labelName: this.classNames[label]!,
          predictedName: this.classNames[predicted]!,
          count,
          share: ratio(count, actual[label]!),
        });
      }
    return pairs.sort((a, b) => b.count - a.count).slice(0, n);
  }

  #row(label: number): Float64Array {
    return this.#counts.subarray(label * this.classes, (label + 1) * this.classes);
  }

  #classCounts(): ClassCounts {
    const right = new Float64Array(this.classes);
    const predicted = new Float64Array(this.classes);
    const actual = new Float64Array(this.classes);
    for (let label = 0; label < this.classes; label++) {
      const row = this.#row(label);
      right[label] = row[label]!;
      for (let column = 0; column < this.classes; column++) {
        actual[label]! += row[column]!;
        predicted[column]! += row[column]!;
      }
    }
    return { right, predicted, actual };
  }

  #check(what: string, classId: number, i: number): void {
    if (!(classId >= 0 && classId < this.classes) || classId % 1 !== 0)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `confusionMatrix: ${what} ${classId} at row ${i} but the classes are 0 to ${this.classes - 1}; make the matrix with more classes or mend the data`,
      );
  }
}

/** `new ConfusionMatrix(options)`, for those who stay with `metrics.*`. */
export function confusionMatrix(options: ConfusionMatrixOptions): ConfusionMatrix {
  return new ConfusionMatrix(options);
}
