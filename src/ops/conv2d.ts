/** 2-D convolution with bias and activation in its epilogue. */
import { apply, type Op } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import type { Conv2dGeometry } from "../kernels/abi.generated.ts";
import type { KernelName } from "../kernels/signatures.ts";
import { formatShape, type Shape } from "../tensor/shape.ts";
import type { Tensor, TensorAllocator } from "../tensor/tensor.ts";
import { type Conv2dAlgorithm, type Conv2dPass, conv2dAlgorithm } from "./conv2dAlgorithm.ts";
import {
  activationBackward,
  activationCode,
  biasGradient,
  checkBias,
  type FusedActivation,
} from "./fusedActivation.ts";
import { type Padding, type Pair, pair, slide } from "./window.ts";

export interface Conv2dAttributes {
  /** Pixels from a window to the next, [height, width] or one number. Default 1. */
  strides?: Pair;
  /** "valid" (default) stays inside the image, "same" keeps its size (divided by the strides). */
  padding?: Padding;
  /** Pixels between the taps of a window. Default 1. */
  dilationRate?: Pair;
  /** Channels are split into as many groups, each with kernels of its own. Default 1. */
  groups?: number;
  activation?: FusedActivation;
}

type Inputs = [x: Tensor, kernel: Tensor, bias?: Tensor];

/** @throws AnygradError SHAPE_MISMATCH, INVALID_ARGUMENT */
export function conv2dGeometry(
  x: Shape,
  kernel: Shape,
  attributes: Omit<Conv2dAttributes, "activation">,
): Conv2dGeometry {
  const { padding = "valid", groups = 1 } = attributes;
  if (x.length !== 4 || kernel.length !== 4)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `conv2d: the input is ${formatShape(x)} and the kernel ${formatShape(kernel)}; wanted [n, height, width, channels] and [height, width, channels / groups, filters]`,
    );
  const [n, h, w, c] = x as [number, number, number, number];
  const [kh, kw, cg, o] = kernel as [number, number, number, number];
  const strides = pair(attributes.strides ?? 1, "conv2d: strides");
  const dilation = pair(attributes.dilationRate ?? 1, "conv2d: dilationRate");
  if (!Number.isInteger(groups) || groups < 1 || c % groups !== 0 || o % groups !== 0)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `conv2d: groups is ${groups} but must divide the ${c} channels and the ${o} filters`,
    );
  if (c / groups !== cg)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `conv2d: the input has ${c} channels but the kernel expects ${cg * groups}; pass an input with ${cg * groups} channels or a kernel of [${kh}, ${kw}, ${c / groups}, ${o}]`,
    );
  const rows = slide(h, kh, strides[0], dilation[0], padding, "conv2d");
  const columns = slide(w, kw, strides[1], dilation[1], padding, "conv2d");
  return {
    n,
    h,
    w,
    c,
    kh,
    kw,
    oh: rows.out,
    ow: columns.out,
    o,
    strideH: strides[0],
    strideW: strides[1],
    dilationH: dilation[0],
    dilationW: dilation[1],
    top: rows.before,
    left: columns.before,
    groups,
  };
}

/** The kernels of each algorithm. */
const kernelsOf = {
  im2col: {
    forward: "conv2d_f32",
    inputGradient: "conv2d_input_gradient_f32",
    kernelGradient: "conv2d_kernel_gradient_f32",
  },
  winograd: {
    forward: "conv2d_winograd_f32",
    inputGradient: "conv2d_winograd_input_gradient_f32",
    kernelGradient: "conv2d_winograd_kernel_gradient_f32",
  },
} as const satisfies Record<Conv2dAlgorithm, Record<Conv2dPass, KernelName>>;

/**
 * The kernel gradient of a batch is the sum of those of groups of images, in order. How many groups there are is a rule of
 * the kernel's own, by the shapes alone: threads may take a group each and change no bit.
 */
function kernelGradient(
  allocator: TensorAllocator,
  dkernel: Tensor,
  x: Tensor,
  dy: Tensor,
  geometry: Conv2dGeometry,
): void {
  const { backend, kernels } = allocator;
  const kernel = kernelsOf[conv2dAlgorithm(geometry, "kernelGradient")].kernelGradient;
  const groups = backend.unitsOf(kernel, { geometry });
  const partials = groups === 1 ? dkernel : allocator.allocate([groups, dkernel.size]);
  kernels[kernel]({ partials: partials.pointer, x: x.pointer, dy: dy.pointer, geometry });
  if (groups === 1) return;
  const { pointer: out, size: inner } = dkernel;
  kernels.sum_f32({ out, x: partials.pointer, outer: 1, reduce: groups, inner });
}

const conv2dOp: Op<Inputs, Conv2dAttributes, Conv2dGeometry> = {
  name: "conv2d",
  shape([x, kernel, bias], attributes) {
    const { n, oh, ow, o } = conv2dGeometry(x.shape, kernel.shape, attributes);
    checkBias("conv2d", bias, o);
    return [n, oh, ow, o];
  },
  forward({ kernels, y }, [x, kernel, bias], attributes) {
    const geometry = conv2dGeometry(x.shape, kernel.shape, attributes);
    kernels[kernelsOf[conv2dAlgorithm(geometry, "forward")].forward]({
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
    const dbias = bias && sink.gradient(2);
    if (dbias) biasGradient(kernels, dbias, dz);
    const dkernel = sink.gradient(1);
    if (dkernel) kernelGradient(allocator, dkernel, x, dz, geometry);
    const dx = sink.gradient(0);
    if (dx)
      kernels[kernelsOf[conv2dAlgorithm(geometry, "inputGradient")].inputGradient]({
        dx: dx.pointer,
        dy: dz.pointer,
        kernel: kernel.pointer,
        geometry,
      });
  },
};

/**
 * @param x [n, h, w, channels]
 * @param kernel [kernel height, kernel width, channels / groups, filters]
 * @param bias [filters], or null for none
 * @returns [n, oh, ow, filters]
 * @throws AnygradError SHAPE_MISMATCH, INVALID_ARGUMENT
 */
export function conv2d(
  x: Tensor,
  kernel: Tensor,
  bias: Tensor | null = null,
  attributes: Conv2dAttributes = {},
): Tensor {
  return apply(conv2dOp, bias ? [x, kernel, bias] : [x, kernel], attributes);
}
