/** Numbers kept within limits. */

import { apply, type Op } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import { limit_backward_f32, limit_f32 } from "../kernels/families/arrays.generated.ts";
import type { Tensor } from "../tensor/tensor.ts";

const clipOp: Op<[Tensor], { low: number; high: number }, void> = {
  name: "clip",
  shape: ([x]) => x.shape,
  forward({ kernels, y }, [x], limits) {
    kernels.run(limit_f32, { y: y.pointer, x: x.pointer, n: x.size, ...limits });
  },
  backward({ kernels }, { dy, overwrite }, [x], limits) {
    const dx = overwrite(0);
    if (dx)
      kernels.run(limit_backward_f32, {
        dx: dx.pointer,
        dy: dy.pointer,
        x: x.pointer,
        n: x.size,
        ...limits,
      });
  },
};

/**
 * x kept within limits: y = low where x < low, high where x > high, else x, element by element. dx = dy within the limits and on
 * them, 0 outside. With one limit alone use `maximum` or `minimum` with a number.
 * @param low smallest result, as float32; −Infinity for none
 * @param high largest result; Infinity for none
 * @throws AnygradError INVALID_ARGUMENT where the limits are no numbers or low is above high
 */
export function clip(x: Tensor, low: number, high: number): Tensor {
  if (typeof low !== "number" || typeof high !== "number" || !(low <= high))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `clip: the limits are ${String(low)} and ${String(high)}; pass two numbers, the lower one first`,
    );
  return apply(clipOp, [x], { low, high });
}
