/**
 * From a data set to the tensors of a batch. Rows are copied into wasm memory as they are stored; Uint8 pixels
 * become floats there, by the normalisation that the model was trained with.
 */
import type { Engine } from "../../autograd/engine.ts";
import type { Dataset, ExampleData, Normalization } from "../../data/dataset.ts";
import type { TargetData } from "../../data/given/targets.ts";
import { rescale } from "../../ops/rescale.ts";
import type { TypedArray } from "../../tensor/dtype.ts";
import { type Shape, sameShape, sizeOf } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** What `fit` takes first: a data set, or examples whose targets are the second argument. */
export type GivenData =
  | Dataset
  | ExampleData
  | { readonly x: ExampleData; readonly shape: readonly number[]; readonly normalization?: Normalization }
  | readonly [ExampleData, TargetData];

/** The rows of a batch, by their positions in the set. */
export type RowIndices = ArrayLike<number>;

/** The inputs of the rows, float32 [rows, ...sample]. */
export function inputBatch(
  engine: Engine,
  x: Dataset["x"],
  rows: RowIndices,
  inputShape: Shape,
  normalization: Normalization | undefined,
): Tensor {
  const stored = storedInputs(engine, x, rows.length, inputShape);
  copyRows(stored, x, rows);
  return normalized(stored, normalization);
}

/** A place for `n` inputs as the data set stores them, uint8 or float32 [n, ...sample]. */
export function storedInputs(engine: Engine, x: Dataset["x"], n: number, inputShape: Shape): Tensor {
  return engine.allocator.allocate([n, ...inputShape], x instanceof Uint8Array ? "uint8" : "float32");
}

/** Stored inputs as the model takes them. */
export function normalized(stored: Tensor, normalization: Normalization | undefined): Tensor {
  if (stored.dtype !== "uint8") return stored;
  const { scale, shift } = normalization ?? { scale: 1, shift: 0 };
  return rescale(stored, { scale, shift });
}

/** The targets of the rows: class indices, int32, or float32 in the shape of the predictions. */
export function targetBatch(
  engine: Engine,
  y: Dataset["y"],
  rows: RowIndices,
  kind: "labels" | "dense",
  outputShape: Shape,
): Tensor {
  const batch = storedTargets(engine, rows.length, kind, outputShape);
  copyRows(batch, y, rows);
  return batch;
}

/** The axes of an example's output before its last: what it says at each of these places, one class for instance, has a loss of its own. */
export function placesOf(outputShape: Shape): Shape {
  return outputShape.slice(0, -1);
}

/** A place for `n` targets; class indices have the shape of the predictions without its last axis, [n] or [n, h, w] for example. */
export function storedTargets(
  engine: Engine,
  n: number,
  kind: "labels" | "dense",
  outputShape: Shape,
): Tensor {
  return kind === "labels"
    ? engine.allocator.allocate([n, ...placesOf(outputShape)], "int32")
    : engine.allocator.allocate([n, ...outputShape]);
}

/** A place for the factors on the losses of `n` examples, which have one each, or one at each of their places. */
export function storedFactors(engine: Engine, n: number, each: number, outputShape: Shape): Tensor {
  return engine.allocator.allocate(each === 1 ? [n] : [n, ...placesOf(outputShape)]);
}

/** Fills a batch with rows of the same size. */
export function copyRows(batch: Tensor, from: ArrayLike<number> & TypedArray, rows: RowIndices): void {
  const to = batch.view;
  const size = batch.size / rows.length;
  if (size === 1) for (let i = 0; i < rows.length; i++) to[i] = from[rows[i]!]!;
  else
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      to.set(from.subarray(row * size, (row + 1) * size), i * size);
    }
}

/** Positions from, from + 1, … to − 1. */
export function range(from: number, to: number): Int32Array {
  return Int32Array.from({ length: to - from }, (_, i) => from + i);
}

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
