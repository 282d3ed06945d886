/** What layers of sequences have in common: the shape of an example, and sequences as images of one row. */
import { AnygradError } from "../errors.ts";
import * as ops from "../ops/index.ts";
import { formatShape, type Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** @throws AnygradError SHAPE_MISMATCH where an example is no sequence */
export function sequenceShape(
  subject: string,
  input: Shape | undefined,
): readonly [steps: number, features: number] {
  if (input?.length !== 2)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${subject}: the input of an example is ${formatShape(input ?? [])}; [steps, features] is wanted, so pass such an inputShape or put layers.reshape() before it`,
    );
  const [steps, features] = input;
  return [steps!, features!];
}

/** What `work` makes of sequences [n, steps, features] as images [n, 1, steps, features], as sequences again. */
export function asImages(x: Tensor, work: (images: Tensor) => Tensor): Tensor {
  const [n, steps, features] = x.shape as [number, number, number];
  const y = work(ops.reshape(x, [n, 1, steps, features]));
  return ops.reshape(y, [n, y.shape[2]!, y.shape[3]!]);
}
