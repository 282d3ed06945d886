/** 1-D convolution: a 2-D one over images of one row. */

import { filled } from "../autograd/constant.ts";
import { checkTensors } from "../autograd/op.ts";
import { AnygradError, quote } from "../errors.ts";
import { checkCount } from "../math/checks.ts";
import { strictOptions } from "../math/options.ts";
import { formatShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { concatenate } from "./concatenate.ts";
import { conv2d } from "./conv2d.ts";
import { type FusedActivation, fusedNames } from "./fusedActivation.ts";
import { reshape } from "./reshape.ts";
import type { Padding } from "./window.ts";

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
  const y = conv2d(
    reshape(whole, [n, 1, before + steps, channels]),
    reshape(kernel, [1, k, depth, filters]),
    bias,
    {
      strides: [1, strides],
      padding: chosen === "causal" ? "valid" : chosen,
      dilationRate: [1, dilationRate],
      groups,
      activation,
    },
  );
  return reshape(y, [n, y.shape[2]!, filters]);
}
