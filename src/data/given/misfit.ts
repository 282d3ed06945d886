/** Why a data set or a run does not fit a model. Imported where one does not: a page whose data fit downloads none of this. */
import { AnygradError } from "../../errors.ts";
import { formatShape, type Shape, sameShape, sizeOf } from "../../math/shape.ts";
import type { Dataset } from "../dataset.ts";
import { checkFinite } from "./finite.ts";

/** @throws AnygradError SHAPE_MISMATCH, DATA_FORMAT by the first thing that does not fit */
export function refuse(
  subject: string,
  { x, shape, y }: Dataset,
  inputShape: Shape,
  outputShape: Shape,
  kind: "labels" | "dense",
): void {
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
  checkFinite(x, shape, `${subject}: x`);
  const classes = outputShape.at(-1) ?? 1;
  const places = outputShape.slice(0, -1);
  const labels = sizeOf(places);
  const perRow = kind === "labels" ? labels : sizeOf(outputShape);
  if (y.length !== n * perRow)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      kind === "dense" && y.length === n * labels
        ? `${subject}: y has one label per ${labels === 1 ? "example" : "place of the output"} but this loss wants ${classes} numbers; use sparseCategoricalCrossentropy, or oneHot(y, ${classes})`
        : `${subject}: there are ${n} examples but y has ${y.length} numbers where ${n * perRow} are wanted; pass one ${kind === "dense" ? "row" : labels === 1 ? "class index" : `class index for each of the ${formatShape(places)} places`} per example${labels > 1 && y.length === n ? ", or put layers.flatten() before the last layers" : ""}`,
    );
  if (kind === "dense") checkFinite(y, perRow === 1 ? [n] : [n, perRow], `${subject}: y`);
  for (let i = 0; i < y.length && kind === "labels"; i++)
    if (!(y[i]! >= 0 && y[i]! < classes && Number.isInteger(y[i])))
      throw new AnygradError(
        "DATA_FORMAT",
        `${subject}: label ${i} is ${y[i]} but the model has ${classes} outputs, so 0 to ${classes - 1} are possible; correct the data or give the last layer more units`,
      );
}

/** @param stepsPerEpoch that was given without a stream; undefined: no layer is trainable */
export function refusalOfFit(stepsPerEpoch: number | undefined): AnygradError {
  return new AnygradError(
    "INVALID_ARGUMENT",
    stepsPerEpoch === undefined
      ? "fit: all layers are frozen; set trainable: true on one and compile again"
      : `fit: stepsPerEpoch is ${stepsPerEpoch} but the data are no stream of batches; leave it out, or pass take(data, n) for shorter epochs`,
  );
}
