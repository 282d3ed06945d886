/** Whether a data set fits a model; what tells why it does not is imported then. */
import type { Dataset } from "../../data/dataset.ts";
import { type Shape, sameShape, sizeOf } from "../../tensor/shape.ts";
import { placesOf } from "./batches.ts";

/**
 * Whether a data set fits the model; what tells why it does not is imported then.
 *
 * @throws AnygradError SHAPE_MISMATCH, DATA_FORMAT where it does not
 */
export async function checkDataset(
  subject: string,
  data: Dataset,
  inputShape: Shape,
  { kind, shape: outputShape }: { readonly kind: "labels" | "dense"; readonly shape: Shape },
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
