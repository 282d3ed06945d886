/**
 * From a data set to the tensors of a batch. Rows are copied into wasm memory as they are stored; Uint8 pixels
 * become floats there, by the normalisation that the model was trained with.
 */
import type { Engine } from "../../autograd/engine.ts";
import type { Dataset, Normalization } from "../../data/dataset.ts";
import { rescale } from "../../ops/rescale.ts";
import type { TypedArray } from "../../tensor/dtype.ts";
import type { Shape } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";

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
