/** Numbers that follow from their place. */

import { count_f32 } from "../kernels/families/arrays.generated.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor, TensorAllocator } from "../tensor/tensor.ts";

/** The numbers 0, 1, 2 … in an array of this shape, written by a kernel, so that a recorded step repeats them. */
export function counted(allocator: TensorAllocator, shape: Shape): Tensor {
  const numbers = allocator.allocate(shape);
  allocator.kernels.run(count_f32, { out: numbers.pointer, n: numbers.size });
  return numbers;
}
