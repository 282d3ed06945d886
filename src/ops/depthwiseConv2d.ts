/** Depthwise convolution: every channel is convolved with kernels of its own. */
import { apply, type Op } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import type { Conv2dGeometry } from "../kernels/abi.generated.ts";
import {
  depthwise_conv2d_f32,
  depthwise_conv2d_input_gradient_f32,
  depthwise_conv2d_kernel_gradient_f32,
} from "../kernels/families/depthwise.generated.ts";
import { strictOptions } from "../math/options.ts";
import { formatShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import {
  activationBackward,
  activationCode,
  biasGradient,
  checkBias,
  type FusedActivation,
  fusedNames,
} from "./fusedActivation.ts";
import { type Padding, type Pair, pair, slide } from "./window.ts";

/** Options of `ops.depthwiseConv2d`, with the names and defaults of Keras. */
export interface DepthwiseConv2dAttributes {
  /** Pixels of the input from one window to the next, one number or [height, width]. Default 1. */
  strides?: Pair;
  /** "valid" (default): windows stay inside the image; "same": zeros around it, so that the output is ⌈size / stride⌉. */
  padding?: Padding;
  /**
   * Pixels of the input from one element of a window to the next, one number or [height, width]. Default 1: dense windows.
   */
  dilationRate?: Pair;
  /** Activation that is applied to the result in the same op. Default "linear", which is none. */
  activation?: FusedActivation;
}

type Inputs = [x: Tensor, kernel: Tensor, bias?: Tensor];

/**
 * The sizes of the convolution with as many groups as channels, which a depthwise convolution is.
 * @throws AnygradError SHAPE_MISMATCH where x and kernel do not fit each other, INVALID_ARGUMENT for a bad attribute
 */
function depthwiseGeometry([x, kernel]: Inputs, attributes: DepthwiseConv2dAttributes): Conv2dGeometry {
  const { padding = "valid" } = attributes;
  const [n, h, w, c] = x.shape as [number, number, number, number];
  const [kh, kw, channels, multiplier] = kernel.shape as [number, number, number, number];
  if (x.shape.length !== 4 || kernel.shape.length !== 4 || c !== channels)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `depthwiseConv2d: the input is ${formatShape(x.shape)} and the kernel ${formatShape(kernel.shape)}; wanted [n, height, width, channels] and [height, width, channels, multiplier]`,
    );
  const [strideH, strideW] = pair(attributes.strides ?? 1, "depthwiseConv2d: strides");
  const [dilationH, dilationW] = pair(attributes.dilationRate ?? 1, "depthwiseConv2d: dilationRate");
  const rows = slide(h, kh, strideH, dilationH, padding, "depthwiseConv2d");
  const columns = slide(w, kw, strideW, dilationW, padding, "depthwiseConv2d");
  return {
    n,
    h,
    w,
    c,
    kh,
    kw,
    oh: rows.out,
    ow: columns.out,
    o: c * multiplier,
    strideH: rows.stride,
    strideW: columns.stride,
    dilationH: rows.dilation,
    dilationW: columns.dilation,
    top: rows.before,
    left: columns.before,
    groups: c,
  };
}

const depthwiseOp: Op<Inputs, DepthwiseConv2dAttributes, Conv2dGeometry> = {
  name: "depthwiseConv2d",
  shape(inputs, attributes) {
    const { n, oh, ow, o } = depthwiseGeometry(inputs, attributes);
    checkBias("depthwiseConv2d", inputs[2], o);
    return [n, oh, ow, o];
  },
  forward({ kernels, y }, inputs, attributes) {
    const [x, kernel, bias] = inputs;
    const geometry = depthwiseGeometry(inputs, attributes);
    kernels.run(depthwise_conv2d_f32, {
      y: y.pointer,
      x: x.pointer,
      kernel: kernel.pointer,
      bias: bias?.pointer ?? 0,
      geometry,
      activation: activationCode[attributes.activation ?? "linear"],
    });
    return geometry;
  },
  backward({ kernels, allocator, y }, sink, [x, kernel, bias], { activation = "linear" }, geometry) {
    const dz = activationBackward(allocator, activation, y, sink);
    const dy = dz.pointer;
    const dbias = bias && sink.gradient(2);
    if (dbias) biasGradient(kernels, dbias, dz);
    const dkernel = sink.gradient(1);
    if (dkernel)
      kernels.run(depthwise_conv2d_kernel_gradient_f32, {
        dkernel: dkernel.pointer,
        x: x.pointer,
        dy,
        geometry,
      });
    const dx = sink.gradient(0);
    if (dx)
      kernels.run(depthwise_conv2d_input_gradient_f32, {
        dx: dx.pointer,
        dy,
        kernel: kernel.pointer,
        geometry,
      });
  },
};

/**
 * Depthwise 2-D convolution, then bias and activation: each of the c channels is convolved with `multiplier` kernels of its
 * own, and none is mixed with another. Channel i · multiplier + j of the output comes from channel i of the input and
 * kernel[:, :, i, j]. Sizes and padding are those of `conv2d`.
 * @param x images [n, h, w, c]
 * @param kernel [kh, kw, c, multiplier]
 * @param bias [c · multiplier], or null (default) for none
 * @returns [n, oh, ow, c · multiplier]
 * @throws AnygradError SHAPE_MISMATCH where the shapes do not fit each other or a window does not fit the image,
 *   INVALID_ARGUMENT for a bad attribute
 */
export function depthwiseConv2d(
  x: Tensor,
  kernel: Tensor,
  bias: Tensor | null = null,
  attributes?: DepthwiseConv2dAttributes,
): Tensor {
  const given = strictOptions(
    "depthwiseConv2d",
    attributes,
    `strides padding dilationRate activation:${fusedNames}`,
  );
  return apply(depthwiseOp, bias === null ? [x, kernel] : [x, kernel, bias], given);
}
