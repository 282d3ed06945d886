/**
 * Constants and copies, written by kernels. JavaScript could write them, too, but a captured step (src/tensor/stepCapture.ts)
 * replays kernel calls alone.
 */

import { copy_strided_f32, fill_f32 } from "../kernels/abi.generated.ts";
import { stridedShape } from "../tensor/broadcast.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor, TensorAllocator } from "../tensor/tensor.ts";

/** A tensor whose elements are all `value`. */
export function filled(allocator: TensorAllocator, shape: Shape, value: number): Tensor {
  const tensor = allocator.allocate(shape);
  allocator.kernels.run(fill_f32, { out: tensor.pointer, n: tensor.size, value });
  return tensor;
}

/** Copies the elements of `from` to `to`, which has as many. */
export function copy(to: Tensor, from: Tensor): void {
  const row = stridedShape([1, 1, 1, to.size], [0, 0, 0, 1]);
  to.allocator.kernels.run(copy_strided_f32, { out: to.pointer, x: from.pointer, ...row });
}
