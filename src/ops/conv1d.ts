/** 1-D convolution: a 2-D one over images of one row. */

import { filled } from "../autograd/constant.ts";
import { apply, checkTensors } from "../autograd/op.ts";
import { AnygradError, quote } from "../errors.ts";
import type { Conv2dGeometry } from "../kernels/abi.generated.ts";
import {
  conv1d_winograd_f32,
  conv1d_winograd_input_gradient_f32,
  conv1d_winograd_kernel_gradient_f32,
} from "../kernels/families/conv1d.generated.ts";
import { checkCount } from "../math/checks.ts";
import { strictOptions } from "../math/options.ts";
import { formatShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { concatenate } from "./concatenate.ts";
import { type Choice, convolution, type Passes, passOf } from "./conv2d.ts";
import { type FusedActivation, fusedNames } from "./fusedActivation.ts";
import { reshape } from "./reshape.ts";
import type { Padding } from "./window.ts";

/** Winograd's algorithm over a row; its kernels take what those of a convolution take. */
const winograd: Passes = {
  forward: conv1d_winograd_f32,
  inputGradient: conv1d_winograd_input_gradient_f32,
  kernelGradient: conv1d_winograd_kernel_gradient_f32,
};

/**
 * Least number of channels and of filters, and of outputs of a sequence, with which the products save more than the transforms cost.
 * The number of sequences does not count: one alone is predicted with the same bits as in a batch. Measured: the time by im2col
 * over Winograd's, forward and in a whole step, "same", simd, processor time, medians of 9 interleaved rounds, Xeon, Node 20:
 *
 *     n, outputs, c → o       3 taps         n, outputs, c → o       3 taps         5 taps
 *     32, 96, 64 → 64         1.6  1.5       8, 100, 16 → 16         0.8  1.0       1.2  0.9 (30 outputs)
 *     32, 24, 128 → 128       1.6  1.5       8, 48, 24 → 24          1.3  1.3
 *     8, 48, 32 → 32          1.5  1.3       1, 48, 32 → 32          1.1  1.1       1.2  1.3
 *     8, 14, 128 → 128        1.2  1.1       1, 24, 64 → 64          1.0  0.9       1.6  1.4 (100 outputs)
 *     8, 48, 16 → 64          1.2  1.1       1, 6, 64 → 64           0.6  0.7
 */
const minChannels = 24;
const minOutputs = 24;

/** Whether a pass of a convolution over rows goes by Winograd's algorithm: a rule of the result, by the shapes alone. */
function isByWinograd(geometry: Conv2dGeometry, pass: keyof Passes): boolean {
  const { c, kw, w, ow, o, strideW, dilationW, groups } = geometry;
  if (strideW * dilationW * groups !== 1 || (kw !== 3 && kw !== 5) || c % 4 || o % 4) return false;
  const outputs = pass === "inputGradient" ? w : ow;
  return Math.min(c, o) >= minChannels && outputs >= minOutputs;
}

const choose: Choice = (geometry, pass) =>
  isByWinograd(geometry, pass) ? winograd[pass] : passOf(geometry, pass);

const sequenceOp = convolution(choose);

/** What windows do at the ends of a sequence; "causal": zeros before it alone, so that no output sees a later input. */
export type SequencePadding = Padding | "causal";

/** Options of `ops.conv1d`, with the names and defaults of Keras. */
export interface Conv1dAttributes {
  /** Steps of the input from one window to the next. Default 1. */
  strides?: number;
  /**
   * "valid" (default): windows stay inside the sequence; "same": zeros around it, so that the output is ⌈steps / stride⌉;
   * "causal": zeros before it alone.
   */
  padding?: SequencePadding;
  /** Steps of the input from one element of a window to the next. Default 1. */
  dilationRate?: number;
  /** Number of groups that channels and filters are split into. Default 1. */
  groups?: number;
  /** Activation that is applied to the result in the same op. Default "linear", which is none. */
  activation?: FusedActivation;
}

/** @throws AnygradError INVALID_ARGUMENT for another padding */
export function checkSequencePadding(subject: string, padding: SequencePadding = "valid"): SequencePadding {
  if (padding === "valid" || padding === "same" || padding === "causal") return padding;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${subject}: padding is ${quote(padding)}; pass "valid", "same" or "causal"`,
  );
}

/**
 * 1-D convolution (strictly, cross-correlation), then bias and activation: y[n, o, f] = activation(bias[f] + Σ x[n, o · stride + i ·
 * dilation, c] · kernel[i, c, f]), the sum over i and the channels c of the filter's group.
 * @param x sequences [n, steps, channels]
 * @param kernel [k, channels / groups, filters]
 * @param bias [filters], or null (default) for none
 * @returns [n, o, filters]
 * @throws AnygradError SHAPE_MISMATCH where the shapes do not fit each other or a window does not fit the sequence,
 *   INVALID_ARGUMENT for a bad attribute
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * const x = engine.tensor([1, 2, 4, 8], [1, 4, 1]);
 * const change = engine.tensor([-1, 1], [2, 1, 1]); // this step minus the one before
 * console.log([...ops.conv1d(x, change, null, { padding: "causal" }).data]); // [1, 1, 2, 4]
 * ```
 */
export function conv1d(
  x: Tensor,
  kernel: Tensor,
  bias: Tensor | null = null,
  attributes?: Conv1dAttributes,
): Tensor {
  const {
    strides = 1,
    padding,
    dilationRate = 1,
    groups = 1,
    activation = "linear",
  } = strictOptions(
    "conv1d",
    attributes,
    `strides:number padding dilationRate:number groups:number activation:${fusedNames}`,
  );
  checkTensors("conv1d", x, kernel, ...(bias === null ? [] : [bias]));
  const [n, steps, channels] = x.shape as [number, number, number];
  const [k, depth, filters] = kernel.shape as [number, number, number];
  if (x.shape.length !== 3 || kernel.shape.length !== 3 || depth * groups !== channels)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `conv1d: the input is ${formatShape(x.shape)} and the kernel ${formatShape(kernel.shape)}; wanted [n, steps, channels] and [steps, channels / groups, filters]`,
    );
  const chosen = checkSequencePadding("conv1d", padding);
  checkCount("conv1d: strides", strides);
  checkCount("conv1d: dilationRate", dilationRate);
  const before = chosen === "causal" ? (k - 1) * dilationRate : 0;
  const whole = before ? concatenate([filled(x.allocator, [n, before, channels], 0), x], { axis: 1 }) : x;
  const images = reshape(whole, [n, 1, before + steps, channels]);
  const taps = reshape(kernel, [1, k, depth, filters]);
  const y = apply(sequenceOp, bias === null ? [images, taps] : [images, taps, bias], {
    strides: [1, strides],
    padding: chosen === "causal" ? "valid" : chosen,
    dilationRate: [1, dilationRate],
    groups,
    activation,
  });
  return reshape(y, [n, y.shape[2]!, filters]);
}
