/**
 * Weighted means: of numbers (`Mean`, the running loss of an epoch) and of one number a row (`mean`, what accuracy
 * and the errors are made of, and the shortest way to a metric of your own).
 *
 * When not: a measure that is no mean over rows (precision, AUC) needs a state of its own.
 */
import { AnygradError, quote } from "../errors.ts";
import { type Snapshot, SnapshotReader } from "../io/snapshot.ts";
import { strictOptions } from "../math/options.ts";
import { checkBatch, type Metric, type MetricState, type Rows, type Targets } from "./metric.ts";

/** A running weighted mean in f64; 0 before anything was added, as in Keras. */
export class Mean {
  #sum = 0;
  #weight = 0;

  add(value: number, weight = 1): void {
    this.#sum += value * weight;
    this.#weight += weight;
  }

  result(): number {
    return this.#weight === 0 ? 0 : this.#sum / this.#weight;
  }

  reset(): void {
    this.#sum = 0;
    this.#weight = 0;
  }

  save(): Snapshot {
    return { sum: this.#sum, weight: this.#weight };
  }

  restore(saved: Snapshot): void {
    const state = new SnapshotReader("a mean", saved);
    this.#sum = state.number("sum");
    this.#weight = state.number("weight");
  }
}

/** One row's contribution to a mean. */
export type RowValue = (predictions: Rows, targets: Targets, row: number) => number;

/** The options of {@link mean}. */
export interface MeanOptions {
  /** The key in logs and history. */
  readonly name: string;
  /** The value of one row. */
  readonly of: RowValue;
}

/**
 * A metric of your own: the weighted mean of `of(predictions, targets, row)` over all rows.
 *
 * ```ts
 * metrics.mean({ name: "confidence", of: ({ data, columns }, _, row) =>
 *   Math.max(...data.subarray(row * columns, (row + 1) * columns)) })
 * ```
 */
export function mean(options: MeanOptions): Metric {
  const { name, of } = strictOptions("mean", options, "name of:function");
  if (typeof name !== "string" || name === "")
    throw new AnygradError("INVALID_ARGUMENT", `mean: name is ${quote(name)}; pass the key for the logs`);
  if (typeof of !== "function")
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `mean: of is ${typeof of}; pass a function (predictions, targets, row) => number`,
    );
  return { name, config: {}, create: () => new RowMean(name, of) };
}

/** The state of every metric that is a mean over rows. */
export class RowMean implements MetricState {
  readonly #subject: string;
  readonly #of: RowValue;
  readonly #mean = new Mean();

  constructor(subject: string, of: RowValue) {
    this.#subject = subject;
    this.#of = of;
  }

  update(predictions: Rows, targets: Targets, weights?: Float32Array): void {
    checkBatch(this.#subject, predictions, targets, weights);
    for (let row = 0; row < predictions.rows; row++)
      this.#mean.add(this.#of(predictions, targets, row), weights === undefined ? 1 : weights[row]!);
  }

  result(): number {
    return this.#mean.result();
  }

  reset(): void {
    this.#mean.reset();
  }

  save(): Snapshot {
    return this.#mean.save();
  }

  restore(saved: Snapshot): void {
    this.#mean.restore(saved);
  }
}
