/**
 * How far numbers are off: mean squared and mean absolute error, root of the mean square, and the share of the variance that is
 * explained. Over columns and then over rows; of a model that was trained on a table, in the unit of its label.
 *
 * The first two are the figures of the losses of these names, but reported beside another loss and without regularisation.
 */
import type { Snapshot } from "../io/snapshot.ts";
import { SnapshotReader } from "../io/snapshotReader.ts";
import { type NoOptions, strictOptions } from "../math/options.ts";
import { builtIn } from "../registry.ts";
import { RowMean, type RowValue } from "./mean.ts";
import { checkBatch, labelAt, type Metric, type MetricState, type Rows, type Targets } from "./metric.ts";

/** The mean of `(prediction - target)²`, in the target's unit squared. */
export function meanSquaredError(options?: NoOptions): Metric {
  return meanDistance("meanSquaredError", square, options);
}

/** `meanSquaredError` under a shorter name in logs. */
export function mse(options?: NoOptions): Metric {
  return meanDistance("mse", square, options);
}

/** The mean of `|prediction - target|`, in the target's unit. */
export function meanAbsoluteError(options?: NoOptions): Metric {
  return meanDistance("meanAbsoluteError", Math.abs, options);
}

/** `meanAbsoluteError` under a shorter name in logs. */
export function mae(options?: NoOptions): Metric {
  return meanDistance("mae", Math.abs, options);
}

/** The square root of the mean squared error, in the target's unit. */
export function rootMeanSquaredError(options?: NoOptions): Metric {
  return rootMeanSquare("rootMeanSquaredError", options);
}

/** `rootMeanSquaredError` under a shorter name in logs. */
export function rmse(options?: NoOptions): Metric {
  return rootMeanSquare("rmse", options);
}

/**
 * The coefficient of determination R²: 1 − the sum of squared errors / that of the targets about their mean. 1 is perfect, 0 as
 * good as the mean always, below 0 worse. Of several columns the mean; of targets that are all alike 1 where they are met, else 0.
 */
export function r2Score(options?: NoOptions): Metric {
  return determination("r2Score", options);
}

/** `r2Score` under a shorter name in logs. */
export function r2(options?: NoOptions): Metric {
  return determination("r2", options);
}

/** The mean of `100 |prediction - target| / |target|`, in percent; targets count as 1e-7 at least. */
export function meanAbsolutePercentageError(options?: NoOptions): Metric {
  return percentage("meanAbsolutePercentageError", options);
}

/** `meanAbsolutePercentageError` under a shorter name in logs. */
export function mape(options?: NoOptions): Metric {
  return percentage("mape", options);
}

/** The cosine of the angle between predicted and wanted row, 1 where they point the same way, -1 opposite ways. */
export function cosineSimilarity(options?: NoOptions): Metric {
  const type = "cosineSimilarity";
  strictOptions(type, options, "");
  const cosine: RowValue = ({ data, columns }, targets, row) => {
    let [both, ofPrediction, ofTarget] = [0, 0, 0];
    for (let column = 0; column < columns; column++) {
      const prediction = data[row * columns + column]!;
      const target = targetValue(type, targets, row, column, columns);
      both += prediction * target;
      ofPrediction += prediction * prediction;
      ofTarget += target * target;
    }
    return both / (Math.max(Math.sqrt(ofPrediction), 1e-7) * Math.max(Math.sqrt(ofTarget), 1e-7));
  };
  return { name: type, type, config: {}, create: builtIn(() => new RowMean(type, cosine)) };
}

function percentage(type: string, options: NoOptions | undefined): Metric {
  const share = (difference: number, target: number): number =>
    (100 * Math.abs(difference)) / Math.max(Math.abs(target), 1e-7);
  return meanDistance(type, share, options);
}

function square(difference: number): number {
  return difference * difference;
}

function meanDistance(
  type: string,
  distance: (difference: number, target: number) => number,
  options: NoOptions | undefined,
): Metric {
  strictOptions(type, options, "");
  return {
    name: type,
    type,
    config: {},
    create: builtIn(() => new RowMean(type, distanceOf(type, distance))),
  };
}

/** The mean over the columns of a row. */
function distanceOf(type: string, distance: (difference: number, target: number) => number): RowValue {
  return ({ data, columns }, targets, row) => {
    let sum = 0;
    for (let column = 0; column < columns; column++) {
      const target = targetValue(type, targets, row, column, columns);
      sum += distance(data[row * columns + column]! - target, target);
    }
    return sum / columns;
  };
}

function rootMeanSquare(type: string, options: NoOptions | undefined): Metric {
  strictOptions(type, options, "");
  return {
    name: type,
    type,
    config: {},
    create: builtIn(() => new RootMean(type, distanceOf(type, square))),
  };
}

class RootMean extends RowMean {
  override result(): number {
    return Math.sqrt(super.result());
  }
}

function determination(type: string, options: NoOptions | undefined): Metric {
  strictOptions(type, options, "");
  return { name: type, type, config: {}, create: builtIn(() => new Determination(type)) };
}

/** Weights so far, and for each column the mean of the targets, the squares about it, and the squared errors. */
class Determination implements MetricState {
  readonly #type: string;
  #weight = 0;
  #means: number[] = [];
  #squares: number[] = [];
  #errors: number[] = [];

  constructor(type: string) {
    this.#type = type;
  }

  update(predictions: Rows, targets: Targets, weights?: Float32Array): void {
    checkBatch(this.#type, predictions, targets, weights);
    const { data, rows, columns } = predictions;
    for (let row = 0; row < rows; row++) {
      const weight = weights === undefined ? 1 : weights[row]!;
      if (weight === 0) continue;
      this.#weight += weight;
      for (let column = 0; column < columns; column++) {
        const target = targetValue(this.#type, targets, row, column, columns);
        // Welford (1962): squares about the mean so far, without the cancellation of a difference of large sums
        const mean = this.#means[column] ?? 0;
        const step = target - mean;
        this.#means[column] = mean + (step * weight) / this.#weight;
        this.#squares[column] =
          (this.#squares[column] ?? 0) + weight * step * (target - this.#means[column]!);
        const error = data[row * columns + column]! - target;
        this.#errors[column] = (this.#errors[column] ?? 0) + weight * error * error;
      }
    }
  }

  result(): number {
    if (this.#errors.length === 0) return 0;
    const scores = this.#errors.map((errors, column) => {
      const squares = this.#squares[column]!;
      if (squares > 0) return 1 - errors / squares;
      return errors === 0 ? 1 : 0;
    });
    return scores.reduce((sum, score) => sum + score, 0) / scores.length;
  }

  reset(): void {
    this.#weight = 0;
    this.#means = [];
    this.#squares = [];
    this.#errors = [];
  }

  save(): Snapshot {
    return {
      weight: this.#weight,
      means: [...this.#means],
      squares: [...this.#squares],
      errors: [...this.#errors],
    };
  }

  restore(saved: Snapshot): void {
    const state = new SnapshotReader("r2", saved);
    this.#weight = state.number("weight");
    this.#means = [...state.numbers("means")];
    this.#squares = [...state.numbers("squares")];
    this.#errors = [...state.numbers("errors")];
  }
}

/** The target's number for one element; a label stands for itself in one column and for its one-hot row in more. */
function targetValue(
  subject: string,
  targets: Targets,
  row: number,
  column: number,
  columns: number,
): number {
  if (targets.labels === undefined) return targets.dense![row * columns + column]!;
  if (columns === 1) return targets.labels[row]!;
  return labelAt(subject, targets.labels, row, columns) === column ? 1 : 0;
}
