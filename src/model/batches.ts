/**
 * From a data set to the tensors of a batch. Rows are copied into wasm memory as they are stored; Uint8 pixels
 * become floats there, by the normalisation that the model was trained with.
 */
import type { Engine } from "../autograd/engine.ts";
import type { Dataset, Normalization } from "../data/dataset.ts";
import { AnygradError } from "../errors.ts";
import { rescale } from "../ops/rescale.ts";
import { formatShape, type Shape, sameShape, sizeOf } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

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
  const size = sizeOf(inputShape);
  const bytes = x instanceof Uint8Array;
  const batch = engine.home.allocate([rows.length, ...inputShape], bytes ? "uint8" : "float32");
  copyRows(batch, x, size, rows);
  if (!bytes) return batch;
  const { scale, shift } = normalization ?? { scale: 1, shift: 0 };
  return rescale(batch, { scale, shift });
}

/** The targets of the rows: int32 [rows], or float32 in the shape of the predictions. */
export function targetBatch(
  engine: Engine,
  y: Dataset["y"],
  rows: RowIndices,
  kind: "labels" | "dense",
  outputShape: Shape,
): Tensor {
  if (kind === "labels") {
    const batch = engine.home.allocate([rows.length], "int32");
    copyRows(batch, y, 1, rows);
    return batch;
  }
  const batch = engine.home.allocate([rows.length, ...outputShape]);
  copyRows(batch, y, sizeOf(outputShape), rows);
  return batch;
}

function copyRows(batch: Tensor, from: Dataset["x"] | Dataset["y"], size: number, rows: RowIndices): void {
  const to = batch.view;
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

/** @throws AnygradError INVALID_ARGUMENT for what is no data set, such as the pair that `datasets.digits()` gives */
export function checkIsDataset(subject: string, data: Dataset): void {
  if (data?.x && data.y && Array.isArray(data.shape)) return;
  const got =
    data === null || typeof data !== "object" ? String(data) : `{ ${Object.keys(data).join(", ")} }`;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${subject}: got ${got} where a data set { x, shape, y } is wanted; pass one, such as data.train, or build it with dataset({ x, y })`,
  );
}

/** @throws AnygradError SHAPE_MISMATCH, DATA_FORMAT where a data set does not fit the model */
export function checkDataset(
  subject: string,
  { x, shape, y }: Dataset,
  inputShape: Shape,
  outputShape: Shape,
  kind: "labels" | "dense",
): void {
  const [n = 0, ...sample] = shape;
  if (n === 0)
    throw new AnygradError("DATA_FORMAT", `${subject}: the data set is empty; pass at least one example`);
  if (sizeOf(sample) !== sizeOf(inputShape) || (sample.length > 1 && !sameShape(sample, inputShape)))
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${subject}: an example has the shape ${formatShape(sample)} but the model takes ${formatShape(inputShape)}; pass inputShape: ${formatShape(sample)} or data of that shape`,
    );
  if (x.length !== sizeOf(shape))
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${subject}: x has ${x.length} numbers but its shape ${formatShape(shape)} wants ${sizeOf(shape)}`,
    );
  const classes = outputShape.at(-1) ?? 1;
  const perRow = kind === "labels" ? 1 : sizeOf(outputShape);
  if (y.length !== n * perRow)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      kind === "dense" && y.length === n
        ? `${subject}: y has one label per example but this loss wants ${perRow} numbers; use sparseCategoricalCrossentropy, or oneHot(y, ${perRow})`
        : `${subject}: there are ${n} examples but y has ${y.length} numbers where ${n * perRow} are wanted; pass one ${kind === "labels" ? "class index" : "row"} per example`,
    );
  if (kind === "labels")
    for (let i = 0; i < n; i++)
      if (!(y[i]! >= 0 && y[i]! < classes && Number.isInteger(y[i])))
        throw new AnygradError(
          "DATA_FORMAT",
          `${subject}: label ${i} is ${y[i]} but the model has ${classes} outputs, so 0 to ${classes - 1} are possible; correct the data or give the last layer more units`,
        );
}
