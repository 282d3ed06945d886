/** Constants and copies, written by kernels: what JavaScript writes itself, a recording of kernel calls does not know. */

import type { Shape } from "../tensor/shape.ts";
import type { Tensor, TensorAllocator } from "../tensor/tensor.ts";

/** A tensor of one number, repeated. */
export function filled(allocator: TensorAllocator, shape: Shape, value: number): Tensor {
  const tensor = allocator.allocate(shape);
  allocator.kernels.fill_f32(tensor.pointer, tensor.size, value);
  return tensor;
}

/** to = from, of the same size. */
export function copy(to: Tensor, from: Tensor): void {
  to.allocator.kernels.copy_strided_f32(to.pointer, from.pointer, 1, 1, 1, to.size, 0, 0, 0, 1);
}
