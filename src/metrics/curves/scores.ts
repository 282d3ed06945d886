/**
 * The state of the metrics that look at every threshold: all scores are kept, 4 bytes a row and column, and sorted when the result
 * is asked for, where Keras sums over 200 thresholds. One column scores one decision; more columns are scored one against the
 * rest, and the result is the mean over the columns that have one.
 * When not: on millions of rows, or where each step must be cheap; then accuracy or F1.
 */

import { AnygradError } from "../../errors.ts";
import type { Snapshot } from "../../io/snapshot.ts";
import { SnapshotReader } from "../../io/snapshotReader.ts";
import { isPositive } from "../explicitAccuracy.ts";
import { checkBatch, type MetricState, type Rows, type Targets } from "../metric.ts";

/** What one column's scores are worth; NaN where they say nothing. `positives[i]` is 0 or 1. */
export type CurveMeasure = (
  scores: ArrayLike<number>,
  positives: ArrayLike<number>,
  weights: ArrayLike<number>,
) => number;

/** The scores so far, column by column, and the mean of what each is worth. */
export class CurveState implements MetricState {
  readonly #type: string;
  readonly #measure: CurveMeasure;
  #columns = 0;
  #rows = 0;
  #scores: Float32Array[] = []; // one growing array a column
  #positives: Uint8Array[] = [];
  #weights: Float32Array = new Float32Array(0);

  constructor(type: string, measure: CurveMeasure) {
    this.#type = type;
    this.#measure = measure;
  }

  update(predictions: Rows, targets: Targets, weights?: Float32Array): void {
    checkBatch(this.#type, predictions, targets, weights);
    const { data, rows, columns } = predictions;
    if (this.#columns !== 0 && this.#columns !== columns)
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `${this.#type}: a batch of ${columns} columns after batches of ${this.#columns}; reset the metric in between`,
      );
    this.#reserve(this.#rows + rows, columns);
    for (let column = 0; column < columns; column++) {
      const scores = this.#scores[column]!;
      const positives = this.#positives[column]!;
      for (let row = 0; row < rows; row++) {
        scores[this.#rows + row] = data[row * columns + column]!;
        positives[this.#rows + row] = isPositive(this.#type, targets, row, column, columns) ? 1 : 0;
      }
    }
    for (let row = 0; row < rows; row++)
      this.#weights[this.#rows + row] = weights === undefined ? 1 : weights[row]!;
    this.#rows += rows;
  }

  result(): number {
    const weights = this.#weights.subarray(0, this.#rows);
    let sum = 0;
    let defined = 0;
    for (let column = 0; column < this.#columns; column++) {
      const scores = this.#scores[column]!.subarray(0, this.#rows);
      const area = this.#measure(scores, this.#positives[column]!, weights);
      if (Number.isNaN(area)) continue;
      sum += area;
      defined++;
    }
    return defined === 0 ? Number.NaN : sum / defined;
  }

  reset(): void {
    this.#rows = 0;
    this.#columns = 0;
    this.#scores = [];
    this.#positives = [];
    this.#weights = new Float32Array(0);
  }

  save(): Snapshot {
    return {
      scores: this.#scores.map((column) => column.slice(0, this.#rows)),
      positives: this.#positives.map((column) => Float32Array.from(column.subarray(0, this.#rows))),
      weights: this.#weights.slice(0, this.#rows),
    };
  }

  restore(saved: Snapshot): void {
    const state = new SnapshotReader(this.#type, saved);
    this.#weights = state.floats("weights");
    this.#rows = this.#weights.length;
    this.#scores = this.#columnsOf(state, "scores");
    this.#positives = this.#columnsOf(state, "positives").map((column) => Uint8Array.from(column));
    this.#columns = this.#scores.length;
  }

  #columnsOf(state: SnapshotReader, name: string): Float32Array[] {
    const columns = state.list(name);
    if (columns.every((column) => column instanceof Float32Array && column.length === this.#rows))
      return [...columns] as Float32Array[];
    throw new AnygradError(
      "DATA_FORMAT",
      `load: the saved ${name} of ${this.#type} differ in length; save it again`,
    );
  }

  #reserve(rows: number, columns: number): void {
    const isNew = this.#columns === 0;
    this.#columns = columns;
    if (!isNew && rows <= this.#weights.length) return;
    const capacity = Math.max(1024, rows, 2 * this.#weights.length);
    const scores = this.#scores;
    const positives = this.#positives;
    this.#scores = Array.from({ length: columns }, (_, column) =>
      grown(new Float32Array(capacity), scores[column]),
    );
    this.#positives = Array.from({ length: columns }, (_, column) =>
      grown(new Uint8Array(capacity), positives[column]),
    );
    this.#weights = grown(new Float32Array(capacity), this.#weights);
  }
}

function grown<A extends Float32Array | Uint8Array>(larger: A, old: A | undefined): A {
  if (old !== undefined) larger.set(old);
  return larger;
}

/** The weights of true and of false positives where the scores from one on count as positive. */
export interface CurvePoint {
  /** Weight of the positives among them. */
  readonly right: number;
  /** Weight of the negatives among them. */
  readonly wrong: number;
}

/** The points of all thresholds: first none is positive, then a group of equal scores more each time, the largest first. */
export function curveOf(
  scores: ArrayLike<number>,
  positives: ArrayLike<number>,
  weights: ArrayLike<number>,
): readonly CurvePoint[] {
  const order = Uint32Array.from(scores, (_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b);
  let [right, wrong] = [0, 0];
  const points: CurvePoint[] = [{ right, wrong }];
  order.forEach((i, place) => {
    if (positives[i] === 1) right += weights[i]!;
    else wrong += weights[i]!;
    const next = order[place + 1];
    if (next === undefined || scores[next] !== scores[i]) points.push({ right, wrong });
  });
  return points;
}
