/**
 * What users give as data, in any form: which argument is what, whether it is a data set, and whether that fits the model. What
 * makes a data set of other forms, and what refuses one, is imported when it is needed.
 */
import type { Dataset, ExampleData, Normalization } from "../../data/dataset.ts";
import type { TargetData } from "../../data/given/targets.ts";
import { type Shape, sameShape, sizeOf } from "../../tensor/shape.ts";
import { placesOf } from "./batches.ts";

/** Examples with their shape, `[n, …]`, which must be the model's; or `[n, numbers]` of all numbers of an example. */
export interface GivenShape {
  /** The numbers, row-major. */
  readonly x: ExampleData;
  /** The size of each axis. */
  readonly shape: readonly number[];
  /** How Uint8 values become floats, for a model that was trained without. */
  readonly normalization?: Normalization;
}

/** What `fit` takes first: a data set, or examples whose targets are the second argument. */
export type GivenData = Dataset | ExampleData | GivenShape | readonly [ExampleData, TargetData];

/**
 * Targets and options of `fit(data, options)` and `fit(x, y, options)`: the second argument is one or the other. The options
 * are not checked yet.
 */
export function targetsAndOptions<Options extends object>(
  second: unknown,
  third: Options | undefined,
): [y: unknown, options: Options | undefined] {
  const isOptions =
    Object(second) === second &&
    !(Symbol.iterator in (second as object)) &&
    !("data" in (second as object)) &&
    !ArrayBuffer.isView(second);
  return isOptions && third === undefined ? [undefined, second as Options] : [second, third];
}

/**
 * The data set that was given: itself where it is one, else made of x and y. What is needed for that is imported then.
 * @throws AnygradError INVALID_ARGUMENT, SHAPE_MISMATCH, DATA_FORMAT
 */
export async function resolveDataset(
  subject: string,
  given: unknown,
  y: unknown,
  taker: { readonly inputShape: Shape; readonly classNames: readonly string[] | undefined },
): Promise<Dataset> {
  if (y === undefined && isDataset(given)) {
    const { classNames } = given;
    const differ = classNames && taker.classNames && String(classNames) !== String(taker.classNames);
    if (differ) (await import("../../data/given/examples.ts")).checkSameClasses(subject, classNames, taker);
    return given;
  }
  return (await import("../../data/given/examples.ts")).givenDataset(subject, given, y, taker);
}

/** Whether its arrays can be read as they are. */
export function isDataset(given: unknown): given is Dataset {
  const { x, y, shape } = (given ?? {}) as Partial<Dataset>;
  const isInputs = x instanceof Uint8Array || x instanceof Float32Array;
  return (
    isInputs &&
    (y instanceof Uint8Array || y instanceof Int32Array || y instanceof Float32Array) &&
    Array.isArray(shape)
  );
}

/**
 * Whether a data set fits the model; what tells why it does not is imported then.
 *
 * @throws AnygradError SHAPE_MISMATCH, DATA_FORMAT where it does not
 */
export async function checkDataset(
  subject: string,
  data: Dataset,
  inputShape: Shape,
  outputShape: Shape,
  kind: "labels" | "dense",
): Promise<void> {
  const { x, shape, y } = data;
  const [n = 0, ...sample] = shape;
  const size = sizeOf(inputShape);
  const places = placesOf(outputShape);
  const classes = outputShape.at(-1) ?? 1;
  const isClass = (label: number): boolean => label >= 0 && label < classes && Number.isInteger(label);
  const fits =
    n > 0 &&
    (sample.length === 1 || sameShape(sample, inputShape) || sameShape([...sample, 1], inputShape)) &&
    sizeOf(sample) === size &&
    x.length === n * size &&
    y.length === n * sizeOf(kind === "labels" ? places : outputShape) &&
    allFinite(x) &&
    (kind === "labels" ? y.every(isClass) : allFinite(y));
  if (!fits)
    (await import("../../data/given/misfit.ts")).refuse(subject, data, inputShape, outputShape, kind);
}

function allFinite(values: Dataset["x"] | Dataset["y"]): boolean {
  // not by a loop: the engine's own search makes no garbage
  return ![Number.NaN, Infinity, -Infinity].some((value) => values.includes(value));
}
