/** Axes of examples, as options name them, and work on one of them. */
import { AnygradError } from "../errors.ts";
import * as ops from "../ops/index.ts";
import { normalizeAxis, type Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

/**
 * The axis of an example, from 0, of one that is counted with the batch axis, as Keras counts.
 * @throws AnygradError INVALID_ARGUMENT for an axis that is not there, or the batch's
 */
export function exampleAxis(subject: string, axis: number, { length }: Shape): number {
  const normal = normalizeAxis(axis, length + 1, subject) - 1;
  if (normal >= 0) return normal;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${subject}: axis ${axis} is that of the batch; use 1 to ${length}, or -1 for the last`,
  );
}

/** What `work` makes of x with these axes, counted from 0, behind all others; it must keep the shape. */
export function withAxesLast(x: Tensor, axes: readonly number[], work: (x: Tensor) => Tensor): Tensor {
  const rank = x.shape.length;
  const order = [...x.shape.keys()].filter((axis) => !axes.includes(axis)).concat(axes);
  if (order.every((axis, i) => axis === i)) return work(x);
  const inverse = Array.from({ length: rank }, (_, axis) => order.indexOf(axis));
  return ops.transpose(work(ops.transpose(x, order)), inverse);
}
