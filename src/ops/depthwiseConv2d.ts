/** Depthwise convolution: every channel with kernels of its own. */
import { apply, type Op } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import { formatShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { activationBackward, activationCode, checkBias, type FusedActivation } from "./fusedActivation.ts";
import { type Padding, type Pair, pair, slide } from "./window.ts";

export interface DepthwiseConv2dAttributes {
  /** Default 1. */
  strides?: Pair;
  /** Default "valid". */
  padding?: Padding;
  /** Default 1. */
  dilationRate?: Pair;
  activation?: FusedActivation;
}

type Inputs = [x: Tensor, kernel: Tensor, bias?: Tensor];
type Geometry = readonly [
  n: number,
  h: number,
  w: number,
  c: number,
  kh: number,
  kw: number,
  oh: number,
  ow: number,
  multiplier: number,
  strideH: number,
  strideW: number,
  dilationH: number,
  dilationW: number,
  top: number,
  left: number,
];

function geometry([x, kernel]: Inputs, attributes: DepthwiseConv2dAttributes): Geometry {
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
  return [
    n,
    h,
    w,
    c,
    kh,
    kw,
    rows.out,
    columns.out,
    multiplier,
    strideH,
    strideW,
    dilationH,
    dilationW,
    rows.before,
    columns.before,
  ];
}

const depthwiseOp: Op<Inputs, DepthwiseConv2dAttributes, Geometry> = {
  name: "depthwiseConv2d",
  shape(inputs, attributes) {
    const [n, , , c, , , oh, ow, multiplier] = geometry(inputs, attributes);
    checkBias("depthwiseConv2d", inputs[2], c * multiplier);
    return [n, oh, ow, c * multiplier];
  },
  forward({ kernels, y }, inputs, attributes) {
    const [x, kernel, bias] = inputs;
    const g = geometry(inputs, attributes);
    const code = activationCode[attributes.activation ?? "linear"];
    kernels.depthwise_conv2d_f32(y.pointer, x.pointer, kernel.pointer, bias?.pointer ?? 0, ...g, code);
    return g;
  },
  backward({ kernels, allocator, y, scratch }, sink, [x, kernel, bias], { activation = "linear" }, g) {
    const channels = y.shape[3]!;
    const dz = activationBackward(allocator, activation, y, sink);
    const dbias = bias && sink.gradient(2);
    if (dbias) kernels.sum_f32(dbias.pointer, dz.pointer, 1, y.size / channels, channels, channels);
    const dkernel = sink.gradient(1);
    if (dkernel)
      scratch(4 * channels, (row) => {
        kernels.depthwise_conv2d_kernel_gradient_f32(dkernel.pointer, x.pointer, dz.pointer, row, ...g);
      });
    const dx = sink.gradient(0);
    if (dx) kernels.depthwise_conv2d_input_gradient_f32(dx.pointer, dz.pointer, kernel.pointer, ...g);
  },
};

/**
 * @param x [n, h, w, c]
 * @param kernel [kernel height, kernel width, c, multiplier]
 * @param bias [c · multiplier], or null for none
 * @returns [n, oh, ow, c · multiplier]; output channel c · multiplier + j comes from input channel c
 * @throws AnygradError SHAPE_MISMATCH, INVALID_ARGUMENT
 */
export function depthwiseConv2d(
  x: Tensor,
  kernel: Tensor,
  bias: Tensor | null = null,
  attributes: DepthwiseConv2dAttributes = {},
): Tensor {
  return apply(depthwiseOp, bias ? [x, kernel, bias] : [x, kernel], attributes);
}
