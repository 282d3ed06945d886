/** The joint norm of tensors as a number, for those who decide by it: a gradient's clipping, a run whose weights grow. */
import { sum_squares_f32 } from "../kernels/abi.generated.ts";
import type { Tensor } from "../tensor/tensor.ts";

/**
 * The root of the sum of all squares. Infinite where that sum is beyond float32, from about 1.8e19 on; NaN or infinite where a
 * number is.
 */
export function jointNorm(tensors: readonly Tensor[]): number {
  let squares = 0;
  for (const { allocator, pointer, size } of tensors)
    allocator.scratch(4, (out) => {
      allocator.kernels.run(sum_squares_f32, { out, x: pointer, n: size });
      squares += allocator.backend.heap.f32[out / 4]!;
    });
  return Math.sqrt(squares);
}
