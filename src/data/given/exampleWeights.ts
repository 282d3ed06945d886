/** Factors on the losses of examples and of places within them, from what users give: one each, or one a class. */
import { AnygradError } from "../../errors.ts";
import { checkNumber } from "../../math/checks.ts";
import { sizeOf } from "../../math/shape.ts";
import type { Dataset } from "../dataset.ts";
import { type ClassWeight, weightsByIndex } from "./classWeight.ts";

/**
 * The products of class and sample weights, one an example, or, where they differ by place, one for each place of its output.
 *
 * @param kind whether y has class indices, or rows whose largest number says the class
 * @throws AnygradError SHAPE_MISMATCH, INVALID_ARGUMENT
 */
export function exampleWeights(
  subject: string,
  { y, shape }: Dataset,
  options: { readonly classWeight?: ClassWeight; readonly sampleWeight?: ArrayLike<number> },
  kind: "labels" | "dense",
  outputShape: readonly number[],
  classNames: readonly string[] | undefined,
): Float32Array {
  const sampleWeight = flat(subject, options.sampleWeight);
  const classes = Math.max(2, outputShape.at(-1) ?? 1);
  const classWeight =
    options.classWeight && weightsByIndex(subject, options.classWeight, classNames, classes);
  const n = shape[0]!;
  const places = sizeOf(outputShape.slice(0, -1));
  const given = sampleWeight?.length;
  if (given !== undefined && given !== n && given !== n * places)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${subject}: sampleWeight has ${given} numbers but there are ${n} examples; pass one each${places > 1 ? `, or one for each of the ${places} places of each output` : ""}`,
    );
  const weights = new Float32Array(classWeight ? n * places : (given ?? n));
  const columns = kind === "labels" ? 1 : outputShape.at(-1)!;
  for (let i = 0; i < weights.length; i++) {
    const label = classWeight && classAt(y, i, columns);
    const sample =
      given === undefined ? 1 : sampleWeight![given === weights.length ? i : Math.floor(i / places)]!;
    weights[i] =
      checkWeight(`${subject}: sampleWeight ${i}`, sample) *
      (label === undefined
        ? 1
        : checkWeight(`${subject}: classWeight of class ${label}`, classWeight![label] ?? 1));
  }
  return weights;
}

/** Rows of an example's places, as numbers in a row. @throws AnygradError SHAPE_MISMATCH for rows of different lengths */
function flat(
  subject: string,
  given: ArrayLike<number | ArrayLike<number>> | undefined,
): ArrayLike<number> | undefined {
  if (!Array.isArray(given) || typeof Object(given[0]).length !== "number")
    return given as ArrayLike<number> | undefined;
  const rows = given as readonly ArrayLike<number>[];
  const other = rows.findIndex((row) => Object(row).length !== rows[0]!.length);
  if (other >= 0)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${subject}: sampleWeight ${other} has ${Object(rows[other]).length ?? "no"} numbers but the first has ${rows[0]!.length}; pass as many for each example`,
    );
  return rows.flatMap((row) => Array.from(row));
}

/** The class that a row of targets names, as in Keras: its one number, rounded, or the column of its largest, the first of equals. */
function classAt(y: Dataset["y"], row: number, columns: number): number {
  if (columns === 1) return roundHalfToEven(y[row]!);
  let label = 0;
  for (let column = 1; column < columns; column++)
    if (y[row * columns + column]! > y[row * columns + label]!) label = column;
  return label;
}

/** 0.5 is no class 1 but 0, as numpy rounds. */
function roundHalfToEven(value: number): number {
  const nearest = Math.round(value);
  return nearest - value === 0.5 && nearest % 2 !== 0 ? nearest - 1 : nearest;
}

/** @throws AnygradError INVALID_ARGUMENT for what is no number from 0 */
function checkWeight(name: string, weight: number): number {
  return checkNumber(name, weight, { from: 0 });
}
