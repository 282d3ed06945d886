/**
 * What losses ask of their targets: their shape, and gradients by them, where these are computed from variables: one network learns from another. They are put
 * together from the kernels of the losses: most losses have constant targets, and kernels of their own would be in every page.
 */

import { checkTensors } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import { fill_f32, multiply_f32, scale_shift_f32 } from "../kernels/abi.generated.ts";
import { formatShape, sameShape } from "../tensor/shape.ts";
import type { GradientSink, Tensor } from "../tensor/tensor.ts";
import { broadcast } from "./arithmetic.ts";

/**
 * Writes dt = scale · slope · dloss, for a loss of each row that is linear in its targets, which are input 1. Nothing is
 * computed where the targets are constants.
 * @param write what the loss changes by with each target goes into `slope`
 */
export function targetGradient(
  { dy, gradient }: GradientSink,
  scale: number,
  write: (slope: Tensor) => void,
): void {
  const dt = gradient(1);
  if (!dt) return;
  const { allocator, shape, size: n, pointer: out } = dt;
  const slope = allocator.allocate(shape);
  write(slope);
  allocator.kernels.run(scale_shift_f32, { out, x: slope.pointer, n, scale, shift: 0 });
  broadcast(allocator, multiply_f32, out, shape, out, shape, dy.pointer, [...dy.shape, 1]);
}

/** A tensor like x whose elements are all `value`. */
export function constantLike({ allocator, shape, size: n }: Tensor, value: number): Tensor {
  const tensor = allocator.allocate(shape);
  allocator.kernels.run(fill_f32, { out: tensor.pointer, n, value });
  return tensor;
}

/** Requires targets in the shape of the predictions. @throws AnygradError SHAPE_MISMATCH where they differ */
export function checkTargets(name: string, predictions: Tensor, targets: Tensor): void {
  checkTensors(name, predictions, targets);
  if (!sameShape(predictions.shape, targets.shape))
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${name}: the predictions are ${formatShape(predictions.shape)} but the targets ${formatShape(targets.shape)}; make them equal`,
    );
}
