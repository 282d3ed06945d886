/**
 * The constraints: what keeps a weight within bounds, step by step; Keras's names and defaults. Norms are those of the numbers
 * along `axis`: of a dense kernel [inputs, units] along 0, what a unit weighs its inputs by; of a convolution's [h, w, in, out]
 * along [0, 1, 2].
 * @packageDocumentation
 * @example
 * ```js
 * import { constraints, layers } from "anygrad";
 *
 * const kernelConstraint = constraints.maxNorm({ maxValue: 3, axis: [0, 1, 2] });
 * console.log(layers.conv2d({ filters: 8, kernelSize: 3, kernelConstraint, biasConstraint: "nonNeg" }).type); // conv2d
 * ```
 */
import { AnygradError, quote } from "../errors.ts";
import { checkCount, checkNumber } from "../math/checks.ts";
import { type NoOptions, strictOptions } from "../math/options.ts";
import type { Constraint } from "./constraint.ts";

/** Options of the constraints of norms. */
interface NormOptions {
  /** Axis or axes of the weight along which norms are taken. Default 0. */
  axis?: number | readonly number[];
}

/** Negative numbers become 0. */
export function nonNeg(options?: NoOptions): Constraint {
  strictOptions("nonNeg", options, "");
  return { type: "nonNeg", config: {} };
}

/** Norms above maxValue, default 2, are scaled down to it (Srivastava et al., 2014). */
export function maxNorm(options?: NormOptions & { maxValue?: number }): Constraint {
  const { maxValue = 2, axis = 0 } = strictOptions("maxNorm", options, "maxValue axis");
  checkNumber("maxNorm: maxValue", maxValue, { from: 0 });
  return { type: "maxNorm", config: { maxValue, axis: checkAxes("maxNorm", axis) } };
}

/** All norms become 1. */
export function unitNorm(options?: NormOptions): Constraint {
  const { axis = 0 } = strictOptions("unitNorm", options, "axis");
  return { type: "unitNorm", config: { axis: checkAxes("unitNorm", axis) } };
}

/** Norms are brought towards minValue … maxValue, default 0 … 1, by the share `rate`, default 1: all the way. */
export function minMaxNorm(
  options?: NormOptions & { minValue?: number; maxValue?: number; rate?: number },
): Constraint {
  const type = "minMaxNorm";
  const {
    minValue = 0,
    maxValue = 1,
    rate = 1,
    axis = 0,
  } = strictOptions(type, options, "minValue maxValue rate axis");
  checkNumber(`${type}: minValue`, minValue, { from: 0 });
  checkNumber(`${type}: maxValue`, maxValue, { from: minValue });
  checkNumber(`${type}: rate`, rate, { from: 0, to: 1 });
  return { type, config: { minValue, maxValue, rate, axis: checkAxes(type, axis) } };
}

/** @throws AnygradError INVALID_ARGUMENT */
function checkAxes(type: string, axis: number | readonly number[]): number | readonly number[] {
  const axes = [axis].flat();
  for (const each of axes) checkCount(`${type}: axis`, each, 0);
  if (axes.length > 0) return axis;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${type}: axis is ${quote(axis)}; pass an axis of the weight, or several`,
  );
}
