/** What an output of several numbers makes of a test set: each number by itself, predicted against actual. */
import { sizeOf } from "../../../src/math/shape.ts";
import { mean } from "../../../src/math/statistics.ts";
import type { TestedOutput } from "./testedOutput.ts";

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

/** Undefined for an output of one number, of more than can be looked at one by one, or of shares of classes. */
export function numbersOutcome({
  shape,
  targets,
  ending,
  n,
  y,
  predicted: data,
}: TestedOutput): readonly OutputNumbers[] | undefined {
  const columns = sizeOf(shape);
  if (targets === "labels" || columns < 2 || columns > MOST_OUTPUTS || y.length !== n * columns)
    return undefined;
  const isShare = Array.from(y).every((value) => value === 0 || value === 1);
  if ((ending === "sigmoid" || ending === "softmax") && isShare) return undefined;
  return Array.from({ length: columns }, (_, output) => {
    const of = (values: ArrayLike<number>): number[] =>
      Array.from({ length: n }, (__, example) => values[example * columns + output]!);
    const [actual, predicted] = [of(y), of(data)];
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
