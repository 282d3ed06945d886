/**
 * Which rows are trained on, validated on and tested on, and the examples made of them: a row each, or windows over rows.
 *
 * Rows of a table are drawn with a seed, an equal share of each class. Rows of a series are cut by time: the last of each series
 * are the test, those before them the validation, and no window spans two parts, so that nothing of the test is seen before.
 */
import { AnygradError } from "../../errors.ts";
import type { WindowPreparation } from "../preparation.ts";
import { split } from "../selection.ts";

/** Names of the parts. */
export type PartName = "train" | "validation" | "test";

/** Examples of one part. */
export interface Part {
  /** Positions of the rows of all examples, `[n · steps]`. */
  readonly rows: Int32Array;
  /** What each example is labelled with: a class, or a number. */
  readonly labels: Float64Array;
}

/** Shares of the parts. */
export interface Shares {
  /** Share of all rows. */
  readonly test: number;
  /** Share of the rows that are not tested on. */
  readonly validation: number;
  readonly seed: number;
}

/** @param labels class or number of each row, by its position in the table */
export function rowParts(
  name: string,
  kept: readonly number[],
  labels: Float64Array,
  isClassification: boolean,
  { test, validation, seed }: Shares,
): Record<PartName, Part> {
  const part = (rows: ArrayLike<number>): Part => ({
    rows: Int32Array.from(rows),
    labels: Float64Array.from(rows, (row) => labels[row]!),
  });
  // a data set of row numbers goes through the one function that holds out an equal share of each class,
  // where each has enough
  const divide = (rows: ArrayLike<number>, share: number): [ArrayLike<number>, ArrayLike<number>] => {
    if (share === 0) return [rows, []];
    if (rows.length < 2)
      throw new AnygradError(
        "DATA_FORMAT",
        `${name}: one row alone; at least two are needed, to train and to test`,
      );
    const y = Int32Array.from(rows, (row) => (isClassification ? labels[row]! : 0));
    const least = Math.max(share, 1 / rows.length); // of a few rows one is held out all the same
    const numbered = { x: Float32Array.from(rows), shape: [rows.length, 1], y };
    const { train, test } = split(numbered, least, { seed });
    return [train.x, test.x];
  };
  const [learned, tested] = divide(kept, test);
  const [trained, validated] = divide(learned, validation);
  return { train: part(trained), validation: part(validated), test: part(tested) };
}

/**
 * @param series runs of rows without a gap, in the order of time
 * @param isClassification a window that is labelled by itself has the class of most of its rows, else the number of its last
 * @throws AnygradError DATA_FORMAT where a part is too short for a window
 */
export function windowParts(
  name: string,
  series: readonly (readonly number[])[],
  labels: Float64Array,
  isClassification: boolean,
  window: WindowPreparation,
  { test, validation }: Shares,
): Record<PartName, Part> & { readonly trainRows: Int32Array } {
  const rows: Record<PartName, number[][]> = { train: [], validation: [], test: [] };
  for (const run of series) {
    const tested = run.length - Math.round(run.length * test);
    const trained = tested - Math.round(tested * validation);
    rows.train.push(run.slice(0, trained));
    rows.validation.push(run.slice(trained, tested));
    rows.test.push(run.slice(tested));
  }
  const { steps, stride, horizon } = window;
  const part = (partName: PartName, share: number): Part => {
    const [positions, wanted]: [number[], number[]] = [[], []];
    for (const run of rows[partName])
      for (let from = 0; from + steps + horizon <= run.length; from += stride) {
        const own = run.slice(from, from + steps);
        for (const row of own) positions.push(row);
        wanted.push(
          horizon > 0
            ? labels[run[from + steps - 1 + horizon]!]!
            : isClassification
              ? majority(own.map((row) => labels[row]!))
              : labels[own.at(-1)!]!,
        );
      }
    if (share > 0 && wanted.length === 0) {
      const longest = rows[partName].reduce((most, { length }) => Math.max(most, length), 0);
      throw new AnygradError(
        "DATA_FORMAT",
        `${name}: the ${partName} part has no run of ${steps + horizon} rows, as a window of ${steps} and a horizon of ${horizon} need, but of ${longest} at most; bring a longer series, or take a shorter window or another share`,
      );
    }
    return { rows: Int32Array.from(positions), labels: Float64Array.from(wanted) };
  };
  return {
    train: part("train", 1),
    validation: part("validation", validation),
    test: part("test", test),
    trainRows: Int32Array.from(rows.train.flat()),
  };
}

/** The class that comes most often; of equals the one that comes last. */
function majority(classes: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const each of classes) counts.set(each, (counts.get(each) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return classes.findLast((each) => counts.get(each) === most)!;
}
