/**
 * From a data set to the tensors of a batch. Rows are copied into wasm memory as they are stored; Uint8 pixels
 * become floats there, by the normalisation that the model was trained with.
 */
import type { Engine } from "../../autograd/engine.ts";
import type { Dataset, Normalization } from "../../data/dataset.ts";
import type { Loss } from "../../losses/index.ts";
import { rescale } from "../../ops/rescale.ts";
import type { TypedArray } from "../../tensor/dtype.ts";
import type { Shape } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Graph } from "../network/graph.ts";

/** The rows of a batch, by their positions in the set. */
export type RowIndices = ArrayLike<number>;

/** The inputs of the rows, float32 [rows, ...sample], one for each input of the network. */
export function inputBatch(
  engine: Engine,
  graph: Pick<Graph, "inputs">,
  x: Dataset["x"],
  rows: RowIndices,
  normalization: Normalization | undefined,
): Tensor[] {
  const stored = storedInputs(engine, graph, x, rows.length);
  fillRows(stored, x, rows);
  return normalized(stored, normalization);
}

/** A place for `n` inputs as the data set stores them, uint8 or float32 [n, ...sample]. */
export function storedInputs(
  engine: Engine,
  { inputs }: Pick<Graph, "inputs">,
  x: Dataset["x"],
  n: number,
): Tensor[] {
  const dtype = x instanceof Uint8Array ? "uint8" : "float32";
  return inputs.map(({ shape }) => engine.allocator.allocate([n, ...shape], dtype));
}

/** Stored inputs as the model takes them. */
export function normalized(
  stored: readonly Tensor[],
  { scale, shift }: Normalization = { scale: 1, shift: 0 },
): Tensor[] {
  return stored.map((each) => (each.dtype === "uint8" ? rescale(each, { scale, shift }) : each));
}

/** The axes of an example's output before its last: what it says at each of these places, one class for instance, has a loss of its own. */
export function placesOf(outputShape: Shape): Shape {
  return outputShape.slice(0, -1);
}

/** What is asked of the targets of an output. */
interface Aim {
  readonly shape: Shape;
  readonly loss: Pick<Loss, "targets">;
}

/** Shape of an example's targets: class indices have that of the output without its last axis, [] or [h, w] for example. */
export function targetShape({ shape, loss }: Aim): Shape {
  return loss.targets === "labels" ? placesOf(shape) : shape;
}

/** A place for `n` targets of each output: class indices, int32, or float32 in the shape of the predictions. */
export function storedTargets(engine: Engine, n: number, aims: readonly Aim[]): Tensor[] {
  return aims.map((aim) =>
    engine.allocator.allocate([n, ...targetShape(aim)], aim.loss.targets === "labels" ? "int32" : "float32"),
  );
}

/** A place for the factors on the losses of `n` examples, which have `each` of them: one, or one at each of their places. */
export function storedFactors(engine: Engine, n: number, each: number, aims: readonly Aim[]): Tensor[] {
  return aims.map(({ shape }) => engine.allocator.allocate(each === 1 ? [n] : [n, ...placesOf(shape)]));
}

/** Fills batches with rows, which they divide among them in their order: the targets of several outputs stand in one row. */
export function fillRows(
  batches: readonly Tensor[],
  from: ArrayLike<number> & TypedArray,
  rows: RowIndices,
): void {
  if (batches.length === 1) {
    copyRows(batches[0]!, from, rows);
    return;
  }
  const width = batches.reduce((sum, { size }) => sum + size, 0) / rows.length;
  let at = 0;
  for (const batch of batches) {
    copyRows(batch, from, rows, at, width);
    at += batch.size / rows.length;
  }
}

/** @param at where its part of a row begins @param width numbers of a whole row */
function copyRows(
  batch: Tensor,
  from: ArrayLike<number> & TypedArray,
  rows: RowIndices,
  at = 0,
  width: number = batch.size / rows.length,
): void {
  const to = batch.view;
  const size = batch.size / rows.length;
  if (size === 1) for (let i = 0; i < rows.length; i++) to[i] = from[rows[i]! * width + at]!;
  else
    for (let i = 0; i < rows.length; i++) {
      const begin = rows[i]! * width + at;
      to.set(from.subarray(begin, begin + size), i * size);
    }
}

/** Positions from, from + 1, … to − 1. */
export function range(from: number, to: number): Int32Array {
  return Int32Array.from({ length: to - from }, (_, i) => from + i);
}
