/** Metrics of one's own: from a function of a row, or of tensors. Apart from mean.ts, since few pages have one. */
import { AnygradError, quote } from "../errors.ts";
import { strictOptions } from "../math/options.ts";
import { formatShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { Mean, RowMean, type RowValue } from "./mean.ts";
import { checkBatch, type Metric, type MetricState, type Rows, type Targets } from "./metric.ts";

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

/**
 * A metric of your own: of targets and predictions, both in the shape of the output, or the targets [n, ...] of class indices, a
 * value for each example, [n], or for each place, or one for the batch, by ops. It is logged under the function's name.
 */
export type MetricFunction = (yTrue: Tensor, yPred: Tensor) => Tensor;

/** The weighted mean of what the function gives, over all examples; of one value a batch by the batch's size. */
export function metricOfFunction(compute: MetricFunction): Metric {
  const name = compute.name || "metric";
  return { name, config: {}, create: () => stateOfFunction(name, compute) };
}

/** A running weighted mean of what the function gives. */
export function stateOfFunction(name: string, compute: MetricFunction): MetricState {
  return new FunctionMean(name, compute);
}

class FunctionMean extends Mean implements MetricState {
  readonly #name: string;
  readonly #compute: MetricFunction;
  constructor(name: string, compute: MetricFunction) {
    super();
    this.#name = name;
    this.#compute = compute;
  }

  update(predictions: Rows, targets: Targets, weights?: Float32Array): void {
    checkBatch(this.#name, predictions, targets, weights);
    const { like, data, rows } = predictions;
    if (!like)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `${this.#name}: a function is a metric of models only; pass it to compile, or make one with metrics.mean`,
      );
    const yPred = like.allocator.allocate(like.shape);
    yPred.write(data.subarray(0, yPred.size));
    const { labels, dense } = targets;
    const yTrue = labels
      ? like.allocator.allocate(like.shape.slice(0, -1), "int32")
      : like.allocator.allocate(like.shape);
    yTrue.write(labels ?? dense!.subarray(0, yTrue.size));
    const values = this.#compute(yTrue, yPred);
    const size = values?.size;
    const [n] = like.shape;
    if (size !== 1 && size !== n && size !== rows)
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `${this.#name}: the function gave ${values?.shape ? formatShape(values.shape) : quote(values)} where a tensor of a value an example, [${n}], is wanted; take the mean over the other axes, as ops.mean(x, { axis: -1 }) does`,
      );
    const each = rows / size; // rows that a value stands for
    values.view.forEach((value, i) => {
      const weight = weights?.subarray(i * each, (i + 1) * each).reduce((sum, part) => sum + part, 0);
      this.add(value, weight ?? each);
    });
  }
}
