/** Cross-entropies that count less what is right already: for rare classes among many easy examples. */
import { checkNumber, properShare } from "../../math/checks.ts";
import { strictOptions } from "../../math/options.ts";
import * as ops from "../../ops/index.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Loss } from "../loss.ts";
import { axisLast, checkAxis, clip, complement, composed, epsilon, rowMean, rowSum } from "./compose.ts";

/** Options of the focal losses. */
export interface FocalOptions {
  /** Weight of the classes, or, of two classes, of the positive one. Default 0.25. */
  alpha?: number;
  /** How fast examples lose weight as they become right; 0 is the plain cross-entropy. Default 2. */
  gamma?: number;
  /** Are the predictions logits? Default false: probabilities. */
  fromLogits?: boolean;
  /** Share of every target that is spread over the classes. Default 0. */
  labelSmoothing?: number;
  /** The axis of the classes, or of the outputs. Default −1, the last. */
  axis?: number;
}

/** Options of {@link binaryFocalCrossentropy}. */
export interface BinaryFocalOptions extends FocalOptions {
  /** Whether positives are weighed by alpha and negatives by 1 − alpha. Default false: alpha is not used. */
  applyClassBalancing?: boolean;
}

const names = "alpha:number gamma:number fromLogits:boolean labelSmoothing:number axis:number";

function checked(type: string, options: FocalOptions): Required<FocalOptions> {
  const { alpha = 0.25, gamma = 2, fromLogits = false, labelSmoothing = 0, axis = -1 } = options;
  checkNumber(`${type}: alpha`, alpha, { from: 0, to: 1 });
  checkNumber(`${type}: gamma`, gamma, { from: 0 });
  checkNumber(`${type}: labelSmoothing`, labelSmoothing, properShare);
  return { alpha, gamma, fromLogits, labelSmoothing, axis: checkAxis(type, axis) };
}

/**
 * (1 − q)^gamma times the binary cross-entropy, averaged over the outputs, where q is the probability of what is so (Lin et al.,
 * arXiv:1708.02002).
 */
export function binaryFocalCrossentropy(options?: BinaryFocalOptions): Loss {
  const type = "binaryFocalCrossentropy";
  const given = strictOptions(type, options, `${names} applyClassBalancing:boolean`);
  const { alpha, gamma, fromLogits, labelSmoothing, axis } = checked(type, given);
  const { applyClassBalancing = false } = given;
  const config = { applyClassBalancing, alpha, gamma, fromLogits, labelSmoothing, axis };
  return composed(type, config, (predictions, targets) => {
    const p = fromLogits ? ops.sigmoid(predictions) : predictions;
    const t = ops.rescale(targets, { scale: 1 - labelSmoothing, shift: labelSmoothing / 2 });
    const q = clip(p, epsilon, 1 - epsilon);
    const crossentropy = ops.negative(
      ops.add(ops.multiply(t, ops.log(q)), ops.multiply(complement(t), ops.log(complement(q)))),
    );
    // 1 − (t p + (1 − t) (1 − p))
    const wrong = ops.add(ops.multiply(t, complement(p)), ops.multiply(complement(t), p));
    const focal = ops.multiply(power(wrong, gamma), crossentropy);
    const balance = applyClassBalancing && ops.rescale(t, { scale: 2 * alpha - 1, shift: 1 - alpha });
    return rowMean(axisLast(type, balance ? ops.multiply(balance, focal) : focal, axis));
  });
}

/** −Σ alpha (1 − p)^gamma t ln p over the classes; targets are one-hot rows or probabilities (Lin et al., arXiv:1708.02002). */
export function categoricalFocalCrossentropy(options?: FocalOptions): Loss {
  const type = "categoricalFocalCrossentropy";
  const { alpha, gamma, fromLogits, labelSmoothing, axis } = checked(
    type,
    strictOptions(type, options, names),
  );
  return composed(type, { alpha, gamma, fromLogits, labelSmoothing, axis }, (predictions, targets) => {
    const last = axisLast(type, predictions, axis);
    const classes = targets.shape.at(-1)!; // Keras smooths by the last axis, whatever the axis of the classes
    const smooth = ops.rescale(targets, { scale: 1 - labelSmoothing, shift: labelSmoothing / classes });
    const t = axisLast(type, smooth, axis);
    const p = fromLogits ? ops.softmax(last) : last;
    const q = clip(ops.divide(p, ops.sum(p, { axis: -1, keepdims: true })), epsilon, 1 - epsilon);
    const crossentropy = ops.multiply(t, ops.log(q));
    return ops.multiply(rowSum(ops.multiply(power(complement(q), gamma), crossentropy)), -alpha);
  });
}

/**
 * x to the power of `exponent`, for x from 0 on. Whole exponents are products, whose gradient is right at 0, too; others go by
 * the logarithm, and have no gradient at 0.
 */
function power(x: Tensor, exponent: number): Tensor {
  if (exponent === 0) return ops.rescale(x, { scale: 0, shift: 1 });
  if (exponent === 1) return x;
  if (exponent === 2) return ops.square(x);
  if (Number.isInteger(exponent) && exponent < 16) {
    const half = power(x, Math.floor(exponent / 2));
    const whole = ops.square(half);
    return exponent % 2 === 1 ? ops.multiply(whole, x) : whole;
  }
  return ops.exp(ops.multiply(ops.log(ops.maximum(x, 1e-30)), exponent));
}
