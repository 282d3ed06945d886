/**
 * Weighted means: of numbers (`Mean`, the running loss of an epoch) and of one number a row (`mean`, what accuracy
 * and the errors are made of, and the shortest way to a metric of your own).
 *
 * When not: a measure that is no mean over rows (precision, AUC) needs a state of its own.
 */
import { damaged, type Snapshot } from "../io/snapshot.ts";
import { checkBatch, type MetricState, type Rows, type Targets } from "./metric.ts";

/** A running weighted mean in f64; 0 before anything was added, as in Keras. */
export class Mean {
  #sum = 0;
  #weight = 0;

  add(value: number, weight = 1): void {
    this.#sum += value * weight;
    this.#weight += weight;
  }

  /** Takes in another one. */
  addAll(other: Mean): void {
    this.#sum += other.#sum;
    this.#weight += other.#weight;
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
    const { sum, weight } = Object(saved) as { readonly sum?: Snapshot; readonly weight?: Snapshot };
    if (typeof sum !== "number" || typeof weight !== "number")
      throw damaged("of a mean holds no sum and weight that are numbers");
    this.#sum = sum;
    this.#weight = weight;
  }
}

/** One row's contribution to a mean. */
export type RowValue = (predictions: Rows, targets: Targets, row: number) => number;

/** The state of every metric that is a mean over rows. */
export class RowMean extends Mean implements MetricState {
  readonly #subject: string;
  readonly #of: RowValue;
  /** As in a state of any metric; sums of whole numbers are the same in any order. */
  readonly addCounted: ((other: RowMean) => void) | undefined;

  /** @param isWhole whether all rows have whole numbers */
  constructor(subject: string, of: RowValue, isWhole = false) {
    super();
    this.#subject = subject;
    this.#of = of;
    this.addCounted = isWhole ? (other) => this.addAll(other) : undefined;
  }

  update(predictions: Rows, targets: Targets, weights?: Float32Array): void {
    checkBatch(this.#subject, predictions, targets, weights);
    for (let row = 0; row < predictions.rows; row++)
      this.add(this.#of(predictions, targets, row), weights === undefined ? 1 : weights[row]!);
  }
}
