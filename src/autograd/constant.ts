/** Constants and copies, written by kernels: what JavaScript writes itself, a recording of kernel calls does not know. */

import { stridedShape } from "../tensor/broadcast.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor, TensorAllocator } from "../tensor/tensor.ts";

/** A tensor of one number, repeated. */
export function filled(allocator: TensorAllocator, shape: Shape, value: number): Tensor {
  const tensor = allocator.allocate(shape);
  allocator.kernels.fill_f32({ out: tensor.pointer, n: tensor.size, value });
  return tensor;
}

/** to = from, of the same size. */
export function copy(to: Tensor, from: Tensor): void {
  const row = stridedShape([1, 1, 1, to.size], [0, 0, 0, 1]);
  to.allocator.kernels.copy_strided_f32({ out: to.pointer, x: from.pointer, ...row });
}
