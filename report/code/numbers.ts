/** What a network that predicts several numbers makes of a test set: each output by itself, predicted against actual. */
import { type Dataset, exampleCount } from "../../src/data/dataset.ts";
import { sizeOf } from "../../src/math/shape.ts";
import { mean } from "../../src/math/statistics.ts";
import type { Model } from "../../src/model/index.ts";

/** One of the numbers that are predicted. */
export interface OutputNumbers {
  /** Its place among the outputs, from 0. */
  readonly output: number;
  readonly actual: readonly number[];
  readonly predicted: readonly number[];
  /** Share of its variance that is predicted; NaN where all actual numbers are equal. */
  readonly r2: number;
  readonly rmse: number;
  readonly mae: number;
}

/** An output for each pixel of a picture is no table of numbers. */
const MOST_OUTPUTS = 16;

/**
 * Undefined for a network that gives one number, more than can be looked at one by one, or shares of classes.
 *
 * @throws AnygradError SHAPE_MISMATCH, DATA_FORMAT for a test set that the network does not take
 */
export async function numbersOutcome(
  net: Model,
  test: Dataset,
): Promise<readonly OutputNumbers[] | undefined> {
  const n = exampleCount(test);
  const columns = sizeOf(net.outputShape);
  const ending = net.layers.at(-1)!.lastActivation;
  if (net.targets === "labels" || columns < 2 || columns > MOST_OUTPUTS || test.y.length !== n * columns)
    return undefined;
  if ((ending === "sigmoid" || ending === "softmax") && test.y.every((y) => y === 0 || y === 1))
    return undefined;
  const { data } = await net.predict(test);
  return Array.from({ length: columns }, (_, output) => {
    const of = (values: ArrayLike<number>): number[] =>
      Array.from({ length: n }, (__, example) => values[example * columns + output]!);
    const [actual, predicted] = [of(test.y), of(data)];
    const errors = actual.map((value, example) => predicted[example]! - value);
    const middle = mean(actual);
    const left = mean(errors.map((error) => error * error));
    const spread = mean(actual.map((value) => (value - middle) * (value - middle)));
    return {
      output,
      actual,
      predicted,
      r2: spread === 0 ? Number.NaN : 1 - left / spread,
      rmse: Math.sqrt(left),
      mae: mean(errors.map(Math.abs)),
    };
  });
}
