/**
 * From a data set to the tensors of a batch. Rows are copied into wasm memory as they are stored; Uint8 pixels
 * become floats there, by the normalisation that the model was trained with.
 */
import type { Engine } from "../../autograd/engine.ts";
import type { Dataset, ExampleData, Normalization } from "../../data/dataset.ts";
import type { TargetData } from "../../data/given/targets.ts";
import { AnygradError } from "../../errors.ts";
import { rescale } from "../../ops/rescale.ts";
import type { TypedArray } from "../../tensor/dtype.ts";
import { formatShape, type Shape, sameShape, sizeOf } from "../../tensor/shape.ts";
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

/** @throws AnygradError SHAPE_MISMATCH, DATA_FORMAT where a data set does not fit the model */
export async function checkDataset(
  subject: string,
  { x, shape, y }: Dataset,
  inputShape: Shape,
  outputShape: Shape,
  kind: "labels" | "dense",
): Promise<void> {
  const [n = 0, ...sample] = shape;
  if (n === 0)
    throw new AnygradError("DATA_FORMAT", `${subject}: the data set is empty; pass at least one example`);
  const fits = sample.length === 1 || sameShape(sample, inputShape) || sameShape([...sample, 1], inputShape);
  if (sizeOf(sample) !== sizeOf(inputShape) || !fits)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${subject}: an example has the shape ${formatShape(sample)} but the model takes ${formatShape(inputShape)}; pass inputShape: ${formatShape(sample)} or data of that shape`,
    );
  if (x.length !== sizeOf(shape))
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${subject}: x has ${x.length} numbers but its shape ${formatShape(shape)} wants ${sizeOf(shape)}`,
    );
  await checkFinite(x, shape, `${subject}: x`);
  const classes = outputShape.at(-1) ?? 1;
  const labels = sizeOf(placesOf(outputShape));
  const perRow = kind === "labels" ? labels : sizeOf(outputShape);
  if (y.length !== n * perRow)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      kind === "dense" && y.length === n * labels
        ? `${subject}: y has one label per ${labels === 1 ? "example" : "place of the output"} but this loss wants ${classes} numbers; use sparseCategoricalCrossentropy, or oneHot(y, ${classes})`
        : `${subject}: there are ${n} examples but y has ${y.length} numbers where ${n * perRow} are wanted; pass one ${kind === "dense" ? "row" : labels === 1 ? "class index" : `class index for each of the ${formatShape(placesOf(outputShape))} places`} per example`,
    );
  if (kind === "dense") await checkFinite(y, perRow === 1 ? [n] : [n, perRow], `${subject}: y`);
  for (let i = 0; i < y.length && kind === "labels"; i++)
    if (!(y[i]! >= 0 && y[i]! < classes && Number.isInteger(y[i])))
      throw new AnygradError(
        "DATA_FORMAT",
        `${subject}: label ${i} is ${y[i]} but the model has ${classes} outputs, so 0 to ${classes - 1} are possible; correct the data or give the last layer more units`,
      );
}

/** Looks for NaN and infinities; what tells of their place is imported then. @throws AnygradError DATA_FORMAT */
async function checkFinite(values: Dataset["x"] | Dataset["y"], shape: Shape, name: string): Promise<void> {
  // not by a loop: the engine's own search makes no garbage
  if ([Number.NaN, Infinity, -Infinity].some((value) => values.includes(value)))
    (await import("../../data/given/finite.ts")).checkFinite(values, shape, name);
}
