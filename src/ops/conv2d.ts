/** 2-D convolution with bias and activation in its epilogue. */
import { apply, type Op } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import type { Kernels } from "../kernels/abi.generated.ts";
import { formatShape, type Shape } from "../tensor/shape.ts";
import type { Tensor, TensorAllocator } from "../tensor/tensor.ts";
import { type Conv2dAlgorithm, type Conv2dPass, conv2dAlgorithm } from "./conv2dAlgorithm.ts";
import { activationBackward, activationCode, checkBias, type FusedActivation } from "./fusedActivation.ts";
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

/** The sizes in the order in which the kernels take them. */
export type Conv2dGeometry = readonly [
  n: number,
  h: number,
  w: number,
  c: number,
  kh: number,
  kw: number,
  oh: number,
  ow: number,
  o: number,
  strideH: number,
  strideW: number,
  dilationH: number,
  dilationW: number,
  top: number,
  left: number,
  groups: number,
];

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
  return [
    ...([n, h, w, c, kh, kw, rows.out, columns.out, o] as const),
    ...strides,
    ...dilation,
    rows.before,
    columns.before,
    groups,
  ];
}

/** The kernels of each algorithm: the pass, and the bytes of its workspace. */
const kernelsOf = {
  im2col: {
    forward: ["conv2d_f32", "conv2d_workspace_bytes"],
    inputGradient: ["conv2d_input_gradient_f32", "conv2d_input_gradient_workspace_bytes"],
    kernelGradient: ["conv2d_kernel_gradient_f32", "conv2d_workspace_bytes"],
  },
  winograd: {
    forward: ["conv2d_winograd_f32", "conv2d_winograd_workspace_bytes"],
    inputGradient: ["conv2d_winograd_input_gradient_f32", "conv2d_winograd_input_gradient_workspace_bytes"],
    kernelGradient: [
      "conv2d_winograd_kernel_gradient_f32",
      "conv2d_winograd_kernel_gradient_workspace_bytes",
    ],
  },
} as const satisfies Record<Conv2dAlgorithm, Record<Conv2dPass, readonly [keyof Kernels, keyof Kernels]>>;

/** Images whose kernel gradients are summed apart, and the most such groups. */
export const imagesPerGroup = 16;
export const maxGroups = 8;
/** Floats of partial gradients that are worth their memory. */
const maxPartials = 1 << 21;

/**
 * The kernel gradient of a batch is the sum of those of groups of images, in order: a rule of the shapes alone, so
 * that threads may take a group each and change no bit.
 */
function kernelGradient(
  allocator: TensorAllocator,
  dkernel: Tensor,
  x: Tensor,
  dy: Tensor,
  g: Conv2dGeometry,
): void {
  const [n, ...rest] = g;
  const [run, bytes] = kernelsOf[conv2dAlgorithm(g, "kernelGradient")].kernelGradient;
  const most = Math.min(maxGroups, Math.floor(n / imagesPerGroup), Math.floor(maxPartials / dkernel.size));
  const images = Math.ceil(n / Math.max(1, most));
  const groups = Math.ceil(n / images);
  const partials = groups === 1 ? dkernel : allocator.allocate([groups, dkernel.size]);
  const each = Math.ceil(allocator.backend.kernels[bytes](images, ...rest) / 64) * 64;
  allocator.scratch(each * groups, (workspace) => {
    const calls = Array.from({ length: groups }, (_, i) => [
      partials.pointer + 4 * i * dkernel.size,
      x.pointer + 4 * ((i * images * x.size) / n),
      dy.pointer + 4 * ((i * images * dy.size) / n),
      workspace + i * each,
      Math.min(images, n - i * images),
      ...rest,
    ]);
    allocator.backend.together(run, calls);
  });
  if (groups > 1)
    allocator.kernels.sum_f32(dkernel.pointer, partials.pointer, 1, groups, dkernel.size, dkernel.size);
}

const conv2dOp: Op<Inputs, Conv2dAttributes, Conv2dGeometry> = {
  name: "conv2d",
  shape([x, kernel, bias], attributes) {
    const [n, , , , , , oh, ow, o] = conv2dGeometry(x.shape, kernel.shape, attributes);
    checkBias("conv2d", bias, o);
    return [n, oh, ow, o];
  },
  forward({ kernels, y, scratch }, [x, kernel, bias], attributes) {
    const g = conv2dGeometry(x.shape, kernel.shape, attributes);
    const code = activationCode[attributes.activation ?? "linear"];
    const [run, bytes] = kernelsOf[conv2dAlgorithm(g, "forward")].forward;
    scratch(kernels[bytes](...g), (workspace) => {
      kernels[run](y.pointer, x.pointer, kernel.pointer, bias?.pointer ?? 0, workspace, ...g, code);
    });
    return g;
  },
  backward({ kernels, allocator, y, scratch }, sink, [x, kernel, bias], { activation = "linear" }, g) {
    const dz = activationBackward(allocator, activation, y, sink);
    const filters = y.shape[3]!;
    const dbias = bias && sink.gradient(2);
    if (dbias) kernels.sum_f32(dbias.pointer, dz.pointer, 1, y.size / filters, filters, filters);
    const dkernel = sink.gradient(1);
    if (dkernel) kernelGradient(allocator, dkernel, x, dz, g);
    const dx = sink.gradient(0);
    if (dx) {
      const [run, bytes] = kernelsOf[conv2dAlgorithm(g, "inputGradient")].inputGradient;
      scratch(kernels[bytes](...g), (workspace) => {
        kernels[run](dx.pointer, dz.pointer, kernel.pointer, workspace, ...g);
      });
    }
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
