/**
 * How far numbers are off: the mean squared and the mean absolute error, over columns and then over rows.
 *
 * The same figures as the losses of these names, but reported beside another loss and without regularisation.
 */
import { type NoOptions, strictOptions } from "../math/options.ts";
import { RowMean } from "./mean.ts";
import { type Metric, targetValue } from "./metric.ts";

/** The mean of `(prediction - target)²`, in the target's unit squared. */
export function meanSquaredError(options?: NoOptions): Metric {
  return meanDistance("meanSquaredError", (difference) => difference * difference, options);
}

/** The mean of `|prediction - target|`, in the target's unit. */
export function meanAbsoluteError(options?: NoOptions): Metric {
  return meanDistance("meanAbsoluteError", Math.abs, options);
}

function meanDistance(
  type: string,
  distance: (difference: number) => number,
  options: NoOptions | undefined,
): Metric {
  strictOptions(type, options, "");
  const create = () =>
    new RowMean(type, ({ data, columns }, targets, row) => {
      let sum = 0;
      for (let column = 0; column < columns; column++)
        sum += distance(data[row * columns + column]! - targetValue(type, targets, row, column, columns));
      return sum / columns;
    });
  return { name: type, type, config: {}, create };
}
