/** Outputs whose classes lie on another axis than the last. Imported where a loss says so. */
import { AnygradError } from "../../../errors.ts";
import type { Metric } from "../../../metrics/index.ts";
import { formatShape, normalizeAxis, type Shape } from "../../../tensor/shape.ts";

/**
 * The shape of an example's output with its classes last, as labels are counted.
 * @param axis of the classes, with the batch's counted
 * @throws AnygradError INVALID_ARGUMENT where there is no such axis; for metrics, which take the last axis for the classes
 */
export function classesLast(shape: Shape, axis: number, metrics: readonly Metric[]): Shape {
  const at = normalizeAxis(axis, shape.length + 1, "compile: loss: axis") - 1;
  if (at === shape.length - 1) return shape;
  const [metric] = metrics;
  if (metric)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `compile: the metric ${metric.name} takes the last axis of ${formatShape(shape)} for the classes, but the loss has axis ${axis}; leave it out, or end with layers.permute() and a loss over the last axis`,
    );
  return [...shape.filter((_, i) => i !== at), shape[at]!];
}
