/** Separable convolution: a depthwise one, then one of a pixel each, which mixes the channels. */
import { checkTensors } from "../autograd/op.ts";
import { strictOptions } from "../math/options.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { conv2d } from "./conv2d.ts";
import { type DepthwiseConv2dAttributes, depthwiseConv2d } from "./depthwiseConv2d.ts";
import { fusedNames } from "./fusedActivation.ts";

/**
 * Separable 2-D convolution (Chollet, arXiv:1610.02357), then bias and activation: each channel is convolved with `multiplier` kernels of
 * its own, as `depthwiseConv2d` does, and what they give is mixed pixel by pixel. Sizes and padding are those of `conv2d`.
 * @param x images [n, h, w, c]
 * @param depthwiseKernel [kh, kw, c, multiplier]
 * @param pointwiseKernel [1, 1, c · multiplier, filters]
 * @param bias [filters], or null (default) for none
 * @param attributes strides, padding, dilationRate and activation, with the names and defaults of Keras
 * @returns [n, oh, ow, filters]
 * @throws AnygradError SHAPE_MISMATCH where the shapes do not fit each other or a window does not fit the image,
 *   INVALID_ARGUMENT for a bad attribute
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * const x = engine.tensor([1, 2, 3, 4], [1, 2, 2, 1]);
 * const sum = engine.tensor([1, 1, 1, 1], [2, 2, 1, 1]); // over a window of 2 × 2
 * const twice = engine.tensor([1, 10], [1, 1, 1, 2]); // and two filters of it
 * console.log([...ops.separableConv2d(x, sum, twice).data]); // [10, 100]
 * ```
 */
export function separableConv2d(
  x: Tensor,
  depthwiseKernel: Tensor,
  pointwiseKernel: Tensor,
  bias: Tensor | null = null,
  attributes?: DepthwiseConv2dAttributes,
): Tensor {
  checkTensors("separableConv2d", x, depthwiseKernel, pointwiseKernel, ...(bias === null ? [] : [bias]));
  const { activation, ...alone } = strictOptions(
    "separableConv2d",
    attributes,
    `strides padding dilationRate activation:${fusedNames}`,
  );
  return conv2d(depthwiseConv2d(x, depthwiseKernel, null, alone), pointwiseKernel, bias, {
    ...(activation && { activation }),
  });
}
