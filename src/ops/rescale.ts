/** x · scale + shift, from float32 or from uint8 pixels. */

import { apply, type Op } from "../autograd/op.ts";
import { rescale_u8_f32, scale_shift_f32 } from "../kernels/abi.generated.ts";
import { strictOptions } from "../math/options.ts";
import type { Tensor } from "../tensor/tensor.ts";

const rescaleOp: Op<[Tensor], { scale: number; shift: number }, void> = {
  name: "rescale",
  inputs: [["float32", "uint8"]],
  shape: ([x]) => x.shape,
  forward({ kernels, y }, [x], { scale, shift }) {
    const kernel = x.dtype === "uint8" ? rescale_u8_f32 : scale_shift_f32;
    kernels.run(kernel, { out: y.pointer, x: x.pointer, n: x.size, scale, shift });
  },
  backward({ kernels }, { dy, gradient }, _, { scale }) {
    const dx = gradient(0);
    if (dx) kernels.run(scale_shift_f32, { out: dx.pointer, x: dy.pointer, n: dx.size, scale, shift: 0 });
  },
};

/**
 * y = x · scale + shift, element by element: how stored pixels become the numbers that a network takes. dx = dy · scale for a
 * float32 x; a uint8 x has no gradient.
 * @param x float32 or uint8, any shape
 * @returns float32, the shape of x
 */
export function rescale(
  x: Tensor,
  options?: {
    /** The factor. Default 1. */
    scale?: number;
    /** What is added after the multiplication. Default 0. */
    shift?: number;
  },
): Tensor {
  const { scale = 1, shift = 0 } = strictOptions("rescale", options, "scale:number shift:number");
  return apply(rescaleOp, [x], { scale, shift });
}
