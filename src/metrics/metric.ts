/**
 * What a metric is, and how it reads a batch: the true class of a row, the predicted class, the numbers of a target.
 *
 * Metrics are plain TypeScript on views of the predictions: sums in f64, row after row, so that a result depends on
 * the order of the data alone and never on the machine. They are compared and printed, not differentiated; for what
 * is minimised see losses.
 */
import type { Definition } from "../definitions/definition.ts";
import { AnygradError } from "../errors.ts";
import type { Snapshot } from "../io/snapshot.ts";
import type { Tensor } from "../tensor/tensor.ts";

/**
 * A batch of predictions, row-major `[rows, columns]`. A row is what the last axis holds: an example, or, where an output has
 * more axes, each of its places, such as a pixel. The data is a view of a step's memory: read it, do not keep it.
 */
export interface Rows {
  /** The numbers, row after row. */
  readonly data: Float32Array;
  /** Rows in the batch: examples, or examples · h · w. */
  readonly rows: number;
  /** Numbers per row. */
  readonly columns: number;
  /** The output that they are of, where there is one. @internal */
  readonly like?: Tensor;
  /** The mean loss of the output in this batch, where a network has several. @internal */
  readonly loss?: number | undefined;
}

/** The targets of a batch: one class index (or number) a row, or dense values `[rows, columns]`. */
export interface Targets {
  /** One class index, or number, a row. */
  readonly labels?: ArrayLike<number>;
  /** As many numbers a row as the predictions have. */
  readonly dense?: Float32Array;
}

/** One metric's running value. */
export interface MetricState {
  /** Takes a batch in; `weights` holds one factor a row, 1 where absent. */
  update(predictions: Rows, targets: Targets, weights?: Float32Array): void;
  /** The value over all batches since the last reset. */
  result(): number;
  /** For a metric of several values (one a class): log names and values, such as `{ f1_0: 0.91, f1_1: 0.88 }`. */
  results?(): Record<string, number>;
  /** Takes in what another state of the same metric counted without weights; only where that gives the same bits. @internal */
  addCounted?(other: MetricState): void;
  /** Forgets all batches. */
  reset(): void;
  /** The state as plain data, so that a run can be saved within an epoch. */
  save?(): Snapshot;
  /** Takes up what `save` gave. */
  restore?(saved: Snapshot): void;
}

/** A metric's description: `create` starts a state, so that training and validation count apart. */
export interface Metric {
  /** The key in logs and history (with `val_` in front for validation). */
  readonly name: string;
  /** The factory in `metrics` that makes it again from `config`; absent for a metric of your own. */
  readonly type?: string;
  /** The factory's options, as JSON can hold them. */
  readonly config: Readonly<Record<string, unknown>>;
  /** It is of the user's own; the definition makes it again from `config`. @internal */
  readonly custom?: "metric";
  /** @internal */
  readonly definition?: Definition;
  /** Throws, where training is asked of a loaded model whose metric is not there. @internal */
  readonly absent?: (action: string) => never;
  /** Where it is weighted: its name where it is not. @internal */
  readonly plainName?: string;
  /** The weights of rows, of those of examples or places and of the mask's, where it counts by them. @internal */
  readonly weigh?: (
    rows: number,
    factors: Float32Array | undefined,
    mask: Float32Array | undefined,
  ) => Float32Array | undefined;
  /** Starts a running value. */
  create(): MetricState;
}

/** Outputs as rows of their last axis. */
export function rowsIn({
  shape,
  data,
}: {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}): Rows {
  const columns = shape.length > 1 ? shape.at(-1)! : 1;
  return { data, rows: data.length / columns, columns };
}

/** Refuses batches whose parts differ in length. `subject` is the metric's name, for the message. */
export function checkBatch(
  subject: string,
  predictions: Rows,
  targets: Targets,
  weights?: Float32Array,
): void {
  const { data, rows, columns } = predictions;
  if (data.length < rows * columns)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${subject}: the predictions hold ${data.length} values but [${rows}, ${columns}] needs ${rows * columns}; pass whole rows`,
    );
  const { labels, dense } = targets;
  if (labels === undefined && dense === undefined)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: the targets are empty; pass { labels } (one a row) or { dense } (one row a row)`,
    );
  if (labels !== undefined && labels.length < rows)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${subject}: ${labels.length} labels for ${rows} rows of predictions; pass one label a row`,
    );
  if (labels === undefined && dense !== undefined && dense.length < rows * columns)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${subject}: the dense targets hold ${dense.length} values but the predictions are [${rows}, ${columns}]; pass ${rows * columns}`,
    );
  if (weights !== undefined && weights.length < rows)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${subject}: ${weights.length} sample weights for ${rows} rows; pass one weight a row`,
    );
}

/** The column of the row's largest value; the first of equals. */
export function argmax(values: Float32Array, row: number, columns: number): number {
  const start = row * columns;
  let best = 0;
  for (let column = 1; column < columns; column++)
    if (values[start + column]! > values[start + best]!) best = column;
  return best;
}

/** The number of classes that an output of this width tells apart: one column is a yes or no. */
export function classesOf(columns: number): number {
  return columns === 1 ? 2 : columns;
}

/** The class that a row of predictions names: its largest column, or for one column whether it exceeds `threshold`. */
export function predictedClass(predictions: Rows, row: number, threshold = 0.5): number {
  const { data, columns } = predictions;
  if (columns === 1) return data[row]! > threshold ? 1 : 0;
  return argmax(data, row, columns);
}

/** The class that a row of targets names. A dense target of one column is class 1 above one half. */
export function trueClass(subject: string, targets: Targets, row: number, columns: number): number {
  if (targets.labels !== undefined) return labelAt(subject, targets.labels, row, columns);
  if (columns === 1) return targets.dense![row]! > 0.5 ? 1 : 0;
  return argmax(targets.dense!, row, columns);
}

/** The label of a row. @throws AnygradError INVALID_ARGUMENT for what is no class of so many columns */
export function labelAt(subject: string, labels: ArrayLike<number>, row: number, columns: number): number {
  const label = labels[row]!;
  const classes = classesOf(columns);
  if (!(label >= 0 && label < classes) || label % 1 !== 0)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: label ${label} at row ${row} of the batch, but an output of ${columns} ${columns === 1 ? "column tells 0 from 1" : `columns has classes 0 to ${classes - 1}`}; ` +
        "pass class indices that fit, or give the last layer one unit a class",
    );
  return label;
}
