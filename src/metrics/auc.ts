/**
 * The area under the ROC curve: the chance that a positive row scores above a negative one, ties counting half.
 *
 * Exact: all scores are kept (4 bytes a row and column) and sorted when the result is asked for, where Keras sums
 * over 200 thresholds. One column scores one decision; more columns are scored one against the rest, and the result
 * is the mean over the columns that saw both kinds of row. Any increasing map of the scores leaves it unchanged, so
 * logits and probabilities give the same.
 * When not: on millions of rows, or where each step must be cheap; then accuracy or F1.
 */

import { AnygradError } from "../errors.ts";
import type { Snapshot } from "../io/snapshot.ts";
import { SnapshotReader } from "../io/snapshotReader.ts";
import { type NoOptions, strictOptions } from "../math/options.ts";
import { builtIn } from "../registry.ts";
import { isPositive } from "./explicitAccuracy.ts";
import { checkBatch, type Metric, type MetricState, type Rows, type Targets } from "./metric.ts";

/** ROC AUC, 0.5 for guessing, 1 for a perfect order; NaN where no column saw both a positive and a negative row. */
export function auc(options?: NoOptions): Metric {
  strictOptions("auc", options, "");
  return { name: "auc", type: "auc", config: {}, create: builtIn(() => new AucState()) };
}

/** The ROC AUC of one decision. `positives[i]` is 0 or 1; `weights` default to 1. NaN without both kinds, or with a NaN score. */
export function rocAuc(
  scores: ArrayLike<number>,
  positives: ArrayLike<number>,
  weights?: ArrayLike<number>,
): number {
  const order = new Uint32Array(scores.length);
  for (let i = 0; i < order.length; i++) {
    if (Number.isNaN(scores[i]!)) return Number.NaN;
    order[i] = i;
  }
  order.sort((a, b) => scores[a]! - scores[b]! || a - b);

  let ordered = 0; // the weight of (positive, negative) pairs in the right order, ties half
  let below = 0; // the weight of negatives with a smaller score
  let positive = 0;
  for (let start = 0; start < order.length; ) {
    const value = scores[order[start]!]!;
    let tiedPositive = 0;
    let tiedNegative = 0;
    let end = start;
    for (; end < order.length && scores[order[end]!]! === value; end++) {
      const i = order[end]!;
      const weight = weights === undefined ? 1 : weights[i]!;
      if (positives[i] === 1) tiedPositive += weight;
      else tiedNegative += weight;
    }
    ordered += tiedPositive * (below + tiedNegative / 2);
    below += tiedNegative;
    positive += tiedPositive;
    start = end;
  }
  return positive > 0 && below > 0 ? ordered / (positive * below) : Number.NaN;
}

class AucState implements MetricState {
  #columns = 0;
  #rows = 0;
  #scores: Float32Array[] = []; // one growing array a column
  #positives: Uint8Array[] = [];
  #weights: Float32Array = new Float32Array(0);

  update(predictions: Rows, targets: Targets, weights?: Float32Array): void {
    checkBatch("auc", predictions, targets, weights);
    const { data, rows, columns } = predictions;
    if (this.#columns !== 0 && this.#columns !== columns)
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `auc: a batch of ${columns} columns after batches of ${this.#columns}; reset the metric in between`,
      );
    this.#reserve(this.#rows + rows, columns);
    for (let column = 0; column < columns; column++) {
      const scores = this.#scores[column]!;
      const positives = this.#positives[column]!;
      for (let row = 0; row < rows; row++) {
        scores[this.#rows + row] = data[row * columns + column]!;
        positives[this.#rows + row] = isPositive("auc", targets, row, column, columns) ? 1 : 0;
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
      const area = rocAuc(scores, this.#positives[column]!, weights);
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
    const state = new SnapshotReader("auc", saved);
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
    throw new AnygradError("DATA_FORMAT", `load: the saved ${name} of auc differ in length; save it again`);
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
