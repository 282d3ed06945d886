/** Where numbers reach a threshold; by kernels of the core alone, so that relu needs no family. */
import { filled } from "../autograd/constant.ts";
import { greater_f32, scale_shift_f32 } from "../kernels/abi.generated.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { broadcast } from "./arithmetic.ts";

/** 1 where x ≥ threshold or is NaN, else 0: a constant for the tape, in the shape of x. */
export function reaches(x: Tensor, threshold: number): Tensor {
  const { allocator, shape } = x;
  const out = allocator.allocate(shape);
  const { pointer } = filled(allocator, [], threshold);
  broadcast(allocator, greater_f32, out.pointer, shape, pointer, [], x.pointer, shape);
  allocator.kernels.run(scale_shift_f32, {
    out: out.pointer,
    x: out.pointer,
    n: out.size,
    scale: -1,
    shift: 1,
  });
  return out;
}
