/** A metric of one's own from a function of a row. Apart from mean.ts, since few pages have one. */
import { AnygradError, quote } from "../errors.ts";
import { strictOptions } from "../math/options.ts";
import { RowMean, type RowValue } from "./mean.ts";
import type { Metric } from "./metric.ts";

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
