/** x · scale + shift, from float32 or from uint8 pixels. */
import { apply, type Op } from "../autograd/op.ts";
import type { Tensor } from "../tensor/tensor.ts";

const rescaleOp: Op<[Tensor], { scale: number; shift: number }, void> = {
  name: "rescale",
  inputs: [["float32", "uint8"]],
  shape: ([x]) => x.shape,
  forward({ kernels, y }, [x], { scale, shift }) {
    const kernel = x.dtype === "uint8" ? kernels.rescale_u8_f32 : kernels.scale_shift_f32;
    kernel({ out: y.pointer, x: x.pointer, n: x.size, scale, shift });
  },
  backward({ kernels }, { dy, gradient }, _, { scale }) {
    const dx = gradient(0);
    if (dx) kernels.scale_shift_f32({ out: dx.pointer, x: dy.pointer, n: dx.size, scale, shift: 0 });
  },
};

/** @param x float32 or uint8; the result is float32. Defaults: scale 1, shift 0. */
export function rescale(
  x: Tensor,
  { scale = 1, shift = 0 }: { scale?: number; shift?: number } = {},
): Tensor {
  return apply(rescaleOp, [x], { scale, shift });
}
