/** Transposed 2-D convolution: what a convolution does to gradients, forwards. It makes images larger. */

import { apply, checkTensors, type Op } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import type { Conv2dGeometry } from "../kernels/abi.generated.ts";
import { checkCount } from "../math/checks.ts";
import { strictOptions } from "../math/options.ts";
import { formatShape, type Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { add } from "./arithmetic.ts";
import { kernelGradient, passOf } from "./conv2d.ts";
import { checkBias } from "./fusedActivation.ts";
import { bounded, checkPadding, type Padding, type Pair, pair } from "./window.ts";

/** Options of `ops.conv2dTranspose`, with the names and defaults of Keras. */
export interface Conv2dTransposeAttributes {
  /** Pixels of the output from one pixel of the input to the next, one number or [height, width]. Default 1. */
  strides?: Pair;
  /** "valid" (default): the output holds all windows; "same": it has size · stride pixels. */
  padding?: Padding;
  /** Pixels that the output has more than the smallest that fits, one number or [height, width]. Default: by `padding`. */
  outputPadding?: number | readonly [number, number] | undefined;
  /** Pixels of the output from one element of a window to the next, one number or [height, width]. Default 1. */
  dilationRate?: Pair;
}

/** The pixels of an axis of the output, those by which its first window begins before it, and a dilation that means the same. */
function axisOf(
  size: number,
  kernel: number,
  stride: number,
  given: number,
  padding: Padding,
  more: number | undefined,
): readonly [out: number, before: number, dilation: number] {
  const dilation = padding === "same" ? bounded(given, size * stride) : given;
  const extent = (kernel - 1) * dilation + 1;
  const windows = (size - 1) * stride + extent;
  if (padding === "valid") return [windows + (more ?? Math.max(extent, stride) - extent), 0, dilation];
  const out = more === undefined ? size * stride : (size - 1) * stride + (extent % 2) + more;
  return [out, Math.floor(Math.max(0, windows - out) / 2), dilation];
}

/**
 * The convolution whose input gradient it is: h, w are the output's, oh, ow the input's.
 * @param x [n, h, w, channels] @param kernel [kh, kw, filters, channels]
 * @throws AnygradError SHAPE_MISMATCH where they do not fit each other, INVALID_ARGUMENT for a bad attribute
 */
export function conv2dTransposeGeometry(
  x: Shape,
  kernel: Shape,
  attributes: Conv2dTransposeAttributes,
): Conv2dGeometry {
  const [n, oh, ow, o] = x as [number, number, number, number];
  const [kh, kw, c, channels] = kernel as [number, number, number, number];
  if (x.length !== 4 || kernel.length !== 4 || o !== channels)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `conv2dTranspose: the input is ${formatShape(x)} and the kernel ${formatShape(kernel)}; wanted [n, height, width, channels] and [height, width, filters, channels]`,
    );
  const padding = checkPadding("conv2dTranspose", attributes.padding);
  const [strideH, strideW] = pair(attributes.strides ?? 1, "conv2dTranspose: strides");
  const dilations = pair(attributes.dilationRate ?? 1, "conv2dTranspose: dilationRate");
  const { outputPadding } = attributes;
  const more = typeof outputPadding === "number" ? [outputPadding, outputPadding] : outputPadding;
  more?.forEach((pixels, i) => {
    checkCount("conv2dTranspose: outputPadding", pixels, 0);
    const stride = i === 0 ? strideH : strideW;
    if (pixels >= stride)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `conv2dTranspose: outputPadding is ${pixels} but the stride is ${stride}; pass fewer pixels than the stride`,
      );
  });
  const [h, top, dilationH] = axisOf(oh, kh, strideH, dilations[0], padding, more?.[0]);
  const [w, left, dilationW] = axisOf(ow, kw, strideW, dilations[1], padding, more?.[1]);
  return { n, h, w, c, kh, kw, oh, ow, o, strideH, strideW, dilationH, dilationW, top, left, groups: 1 };
}

const conv2dTransposeOp: Op<[x: Tensor, kernel: Tensor], Conv2dTransposeAttributes, Conv2dGeometry> = {
  name: "conv2dTranspose",
  shape([x, kernel], attributes) {
    const { n, h, w, c } = conv2dTransposeGeometry(x.shape, kernel.shape, attributes);
    return [n, h, w, c];
  },
  forward({ kernels, y }, [x, kernel], attributes) {
    const geometry = conv2dTransposeGeometry(x.shape, kernel.shape, attributes);
    kernels.run(passOf(geometry, "inputGradient"), {
      dx: y.pointer,
      dy: x.pointer,
      kernel: kernel.pointer,
      geometry,
    });
    return geometry;
  },
  backward({ kernels, allocator }, { dy, gradient }, [x, kernel], _, geometry) {
    const dkernel = gradient(1);
    if (dkernel) kernelGradient(allocator, dkernel, dy, x, geometry);
    const dx = gradient(0);
    if (dx)
      kernels.run(passOf(geometry, "forward"), {
        y: dx.pointer,
        x: dy.pointer,
        kernel: kernel.pointer,
        bias: 0,
        geometry,
        activation: 0,
      });
  },
};

/**
 * Transposed 2-D convolution, then bias: every pixel of x adds its kernel, times its channels, to the output, windows `strides`
 * pixels apart. It is the gradient of the convolution of the same strides, and makes images larger.
 * @param x images [n, h, w, channels]
 * @param kernel [kh, kw, filters, channels]
 * @param bias [filters], or null (default) for none
 * @returns [n, oh, ow, filters]: with "same" oh = h · stride, with "valid" h · stride + max(kh − stride, 0)
 * @throws AnygradError SHAPE_MISMATCH where the shapes do not fit each other, INVALID_ARGUMENT for a bad attribute
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * const x = engine.tensor([1, 2], [1, 1, 2, 1]);
 * const kernel = engine.tensor([1, 10, 100], [1, 3, 1, 1]);
 * console.log([...ops.conv2dTranspose(x, kernel, null, { strides: 2 }).data].slice(0, 5)); // [1, 10, 102, 20, 200]
 * ```
 */
export function conv2dTranspose(
  x: Tensor,
  kernel: Tensor,
  bias: Tensor | null = null,
  attributes?: Conv2dTransposeAttributes,
): Tensor {
  const given = strictOptions(
    "conv2dTranspose",
    attributes,
    "strides padding outputPadding:number|object dilationRate",
  );
  const y = apply(conv2dTransposeOp, [x, kernel], given);
  if (bias === null) return y;
  checkTensors("conv2dTranspose", x, kernel, bias);
  checkBias("conv2dTranspose", bias, kernel.shape[2]!);
  return add(y, bias);
}
