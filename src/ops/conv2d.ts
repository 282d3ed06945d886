/** 2-D convolution; bias and activation are applied while the output is written. */
import { apply, type Op } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import { type Conv2dGeometry, sum_f32 } from "../kernels/abi.generated.ts";
import {
  conv2d_f32,
  conv2d_input_gradient_f32,
  conv2d_kernel_gradient_f32,
  conv2d_winograd_f32,
  conv2d_winograd_input_gradient_f32,
  conv2d_winograd_kernel_gradient_f32,
} from "../kernels/families/conv2d.generated.ts";
import { strictOptions } from "../math/options.ts";
import { formatShape, type Shape } from "../tensor/shape.ts";
import type { Tensor, TensorAllocator } from "../tensor/tensor.ts";
import { type Conv2dAlgorithm, conv2dAlgorithm } from "./conv2dAlgorithm.ts";
import {
  activationBackward,
  activationCode,
  biasGradient,
  checkBias,
  type FusedActivation,
  fusedNames,
} from "./fusedActivation.ts";
import { gemm } from "./gemm.ts";
import { checkBorders, type Padding, type Pair, pair, slide } from "./window.ts";

/** Options of `ops.conv2d`, with the names and defaults of Keras. */
export interface Conv2dAttributes {
  /** Pixels of the input from one window to the next, one number or [height, width]. Default 1. */
  strides?: Pair;
  /** "valid" (default): windows stay inside the image; "same": zeros around it, so that the output is ⌈size / stride⌉. */
  padding?: Padding;
  /**
   * Pixels of the input from one element of a window to the next, one number or [height, width]. Default 1: dense windows.
   */
  dilationRate?: Pair;
  /** Number of groups that channels and filters are split into; each filter sees the channels of its group. Default 1. */
  groups?: number;
  /** Activation that is applied to the result in the same op. Default "linear", which is none. */
  activation?: FusedActivation;
}

/** What the op takes. */
export type Inputs = [x: Tensor, kernel: Tensor, bias?: Tensor];

/**
 * The sizes of a convolution, as its kernels take them.
 * @param x shape of the input, [n, h, w, channels]
 * @param kernel shape of the kernel, [kh, kw, channels / groups, filters]
 * @throws AnygradError SHAPE_MISMATCH where they do not fit each other, INVALID_ARGUMENT for a bad attribute
 */
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
      `conv2d: the input has ${c} channels but the kernel expects ${cg * groups}; pass as many or a kernel of [${kh}, ${kw}, ${c / groups}, ${o}]`,
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
    strideH: rows.stride,
    strideW: columns.stride,
    dilationH: rows.dilation,
    dilationW: columns.dilation,
    top: rows.before,
    left: columns.before,
    groups,
  };
}

/** The wasm kernels of an algorithm. */
export interface Passes {
  readonly forward: typeof conv2d_f32;
  readonly inputGradient: typeof conv2d_input_gradient_f32;
  readonly kernelGradient: typeof conv2d_kernel_gradient_f32;
}

/** The wasm kernels of each algorithm. */
export const kernelsOf: Readonly<Record<Conv2dAlgorithm, Passes>> = {
  im2col: {
    forward: conv2d_f32,
    inputGradient: conv2d_input_gradient_f32,
    kernelGradient: conv2d_kernel_gradient_f32,
  },
  winograd: {
    forward: conv2d_winograd_f32,
    inputGradient: conv2d_winograd_input_gradient_f32,
    kernelGradient: conv2d_winograd_kernel_gradient_f32,
  },
};

/** Pixels that windows at so many places span. */
const span = (places: number, stride: number, taps: number, dilation: number): number =>
  (places - 1) * stride + (taps - 1) * dilation + 1;

/** The kernel of a pass, which can count what it needs. @throws AnygradError MEMORY_LIMIT */
export function passOf<Pass extends keyof Passes>(geometry: Conv2dGeometry, pass: Pass): Passes[Pass] {
  const algorithm = conv2dAlgorithm(geometry, pass);
  if (algorithm === "im2col") {
    const { n, h, w, c, kh, kw, oh, ow, o, strideH, strideW, dilationH, dilationW } = geometry;
    const numbers =
      pass === "inputGradient"
        ? span(h, 1, kh, dilationH) * span(w, 1, kw, dilationW) * o
        : span(oh, strideH, kh, dilationH) * span(ow, strideW, kw, dilationW) * c;
    checkBorders("conv2d", n * numbers);
  }
  return kernelsOf[algorithm][pass];
}

/** Chooses the kernel of a pass. */
export type Choice = typeof passOf;

/**
 * Writes dkernel. It is the sum, in order, of one gradient per group of images. How many groups there are is decided by the
 * wasm kernel from the shapes alone, so that threads may take a group each without changing a bit. Where windows are single pixels, one
 * group is a product of what lies in memory, which threads share by channels.
 */
export function kernelGradient(
  allocator: TensorAllocator,
  dkernel: Tensor,
  x: Tensor,
  dy: Tensor,
  geometry: Conv2dGeometry,
  choose: Choice = passOf,
): void {
  const { kernels } = allocator;
  const { n, h, w, c, kh, kw, oh, ow, o, groups } = geometry;
  const kernel = choose(geometry, "kernelGradient");
  const imageGroups = kernels.units(kernel, { geometry });
  if (imageGroups * kh * kw * groups === 1 && oh * ow === h * w) {
    gemm(allocator, { transposeA: true }, dkernel, x, dy, { m: c, n: o, k: n * h * w });
    return;
  }
  const partials = imageGroups > 1 ? allocator.allocate([imageGroups, dkernel.size]) : dkernel;
  kernels.run(kernel, { partials: partials.pointer, x: x.pointer, dy: dy.pointer, geometry });
  if (partials === dkernel) return;
  const { pointer: out, size: inner } = dkernel;
  kernels.run(sum_f32, { out, x: partials.pointer, outer: 1, reduce: imageGroups, inner });
}

/** The op, by kernels of a choice. */
export const convolution = (choose: Choice): Op<Inputs, Conv2dAttributes, Conv2dGeometry> => ({
  name: "conv2d",
  shape([x, kernel, bias], attributes) {
    const { n, oh, ow, o } = conv2dGeometry(x.shape, kernel.shape, attributes);
    checkBias("conv2d", bias, o);
    return [n, oh, ow, o];
  },
  forward({ kernels, y }, [x, kernel, bias], attributes) {
    const geometry = conv2dGeometry(x.shape, kernel.shape, attributes);
    kernels.run(choose(geometry, "forward"), {
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
    if (dkernel) kernelGradient(allocator, dkernel, x, dz, geometry, choose);
    const dx = sink.gradient(0);
    if (dx)
      kernels.run(choose(geometry, "inputGradient"), {
        dx: dx.pointer,
        dy: dz.pointer,
        kernel: kernel.pointer,
        geometry,
      });
  },
});

const conv2dOp = convolution(passOf);

/**
 * 2-D convolution (strictly, cross-correlation, as in all deep learning), then bias and activation: y[n, oh, ow, f] =
 * activation(bias[f] + Σ x[n, oh · stride + i · dilation, ow · stride + j · dilation, c] · kernel[i, j, c, f]), the sum over
 * i, j and the channels c of the filter's group.
 *
 * "valid" gives oh = ⌊(h − (kh − 1) · dilation − 1) / stride⌋ + 1. "same" gives oh = ⌈h / stride⌉; of an odd number of zeros
 * the one more is at the bottom and on the right, as in TensorFlow. 3×3 and 5×5 kernels run by Winograd's algorithm
 * (Lavin and Gray, arXiv:1509.09308) where that is faster, others by im2col; the shapes alone decide.
 *
 * @param x images [n, h, w, channels]
 * @param kernel [kh, kw, channels / groups, filters]
 * @param bias [filters], or null (default) for none
 * @returns [n, oh, ow, filters]
 * @throws AnygradError SHAPE_MISMATCH where the shapes do not fit each other or a window does not fit the image,
 *   INVALID_ARGUMENT for a bad attribute
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * engine.step(() => {
 *   const x = engine.tensor([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
 *   const edge = engine.tensor([-1, 1], [1, 2, 1, 1]); // right pixel minus left pixel
 *   const y = ops.conv2d(x, edge, null, { padding: "same" });
 *   console.log(y.shape, y.data); // [1, 3, 3, 1] Float32Array(9) [1, 1, -3, 1, 1, -6, 1, 1, -9]
 * });
 * ```
 */
export function conv2d(
  x: Tensor,
  kernel: Tensor,
  bias: Tensor | null = null,
  attributes?: Conv2dAttributes,
): Tensor {
  const given = strictOptions(
    "conv2d",
    attributes,
    `strides padding dilationRate groups activation:${fusedNames}`,
  );
  return apply(conv2dOp, bias === null ? [x, kernel] : [x, kernel, bias], given);
}
