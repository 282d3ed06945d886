/** The state of the metrics that are read off a table of which class was taken for which. */
import { AnygradError } from "../../errors.ts";
import type { Snapshot } from "../../io/snapshot.ts";
import { SnapshotReader } from "../../io/snapshotReader.ts";
import { checkBatch, type MetricState, type Rows, type Targets } from "../metric.ts";

/** Weights of pairs of a true and a predicted class. */
export interface PairTable {
  /** How many classes there are. */
  readonly classes: number;
  /** [classes, classes], a row a true class. */
  readonly counts: Float64Array;
}

/** Adds the pairs of a batch, each by its weight. */
export type PairReader = (
  predictions: Rows,
  targets: Targets,
  row: number,
  add: (label: number, predicted: number) => void,
) => void;

/** A table that grows batch by batch, and what is read off it. */
export class TableState implements MetricState {
  readonly #type: string;
  readonly #classesOf: (columns: number) => number;
  readonly #read: PairReader;
  readonly #measure: (table: PairTable) => number;
  #classes = 0;
  #counts: Float64Array = new Float64Array(0);

  /** @param classesOf how many classes an output of so many columns has */
  constructor(
    type: string,
    classesOf: (columns: number) => number,
    read: PairReader,
    measure: (table: PairTable) => number,
  ) {
    this.#type = type;
    this.#classesOf = classesOf;
    this.#read = read;
    this.#measure = measure;
  }

  update(predictions: Rows, targets: Targets, weights?: Float32Array): void {
    checkBatch(this.#type, predictions, targets, weights);
    const classes = this.#classesOf(predictions.columns);
    if (classes !== this.#classes) {
      this.#classes = classes;
      this.#counts = new Float64Array(classes * classes);
    }
    for (let row = 0; row < predictions.rows; row++) {
      const weight = weights === undefined ? 1 : weights[row]!;
      this.#read(predictions, targets, row, (label, predicted) => {
        this.#counts[this.#place(label) * classes + this.#place(predicted)]! += weight;
      });
    }
  }

  /** @throws AnygradError INVALID_ARGUMENT */
  #place(classId: number): number {
    if (Number.isInteger(classId) && classId >= 0 && classId < this.#classes) return classId;
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${this.#type}: class ${classId} among ${this.#classes} classes; pass whole numbers from 0 to ${this.#classes - 1}, or numClasses`,
    );
  }

  result(): number {
    return this.#classes === 0 ? 0 : this.#measure({ classes: this.#classes, counts: this.#counts });
  }

  reset(): void {
    this.#counts.fill(0);
  }

  save(): Snapshot {
    return { classes: this.#classes, counts: [...this.#counts] };
  }

  restore(saved: Snapshot): void {
    const state = new SnapshotReader(this.#type, saved);
    this.#classes = state.count("classes");
    this.#counts = Float64Array.from(state.numbers("counts"));
    if (this.#counts.length !== this.#classes * this.#classes)
      throw new AnygradError(
        "DATA_FORMAT",
        `load: the saved table of ${this.#type} is damaged; save it again`,
      );
  }
}
