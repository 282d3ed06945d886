/** Average pooling over windows. */
import { apply } from "../autograd/op.ts";
import { average_pool2d_backward_f32, average_pool2d_f32 } from "../kernels/families/images.generated.ts";
import { strictOptions } from "../math/options.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type PoolingAttributes, pooling, poolingNames } from "./pooling2d.ts";

const averageOp = pooling("averagePooling2d", average_pool2d_f32, average_pool2d_backward_f32);

/**
 * The mean of each window, channel by channel. The gradient of a window goes to its pixels in equal shares. Pixels beyond the
 * edge do not count in the mean.
 * @param x images [n, h, w, c]
 * @returns [n, oh, ow, c], where oh is ⌊(h − pool) / stride⌋ + 1 with "valid" and ⌈h / stride⌉ with "same"
 * @throws AnygradError SHAPE_MISMATCH where x is no batch of images or a window does not fit, INVALID_ARGUMENT for a bad
 *   attribute
 */
export function averagePooling2d(x: Tensor, attributes?: PoolingAttributes): Tensor {
  return apply(averageOp, [x], strictOptions("averagePooling2d", attributes, poolingNames));
}
