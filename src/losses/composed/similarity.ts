/** Losses of likeness: of directions, of regions, and of pairs of embeddings. */
import { filled } from "../../autograd/constant.ts";
import { AnygradError, quote } from "../../errors.ts";
import { checkNumber, checkPositive } from "../../math/checks.ts";
import { strictOptions } from "../../math/options.ts";
import * as ops from "../../ops/index.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Loss } from "../loss.ts";
import { axisLast, checkAxis, complement, composed, epsilon, rowMean, rowSum } from "./compose.ts";

/** Minus the cosine of the angle between prediction and target: −1 where they point the same way, 1 opposite ways. */
export function cosineSimilarity(options?: { axis?: number }): Loss {
  const type = "cosineSimilarity";
  const { axis = -1 } = strictOptions(type, options, "axis:number");
  checkAxis(type, axis);
  return composed(type, { axis }, (p, t) =>
    ops.negative(
      rowSum(ops.multiply(direction(axisLast(type, p, axis)), direction(axisLast(type, t, axis)))),
    ),
  );
}

/** x divided by its length, or by 1e-7 where that is more. */
function direction(x: Tensor): Tensor {
  const squares = ops.sum(ops.square(x), { axis: -1, keepdims: true });
  return ops.divide(x, ops.sqrt(ops.maximum(squares, epsilon * epsilon)));
}

/** Options of {@link dice}. */
export interface RegionOptions {
  /**
   * Axis or axes over which a region lies: [1, 2, 3] gives each image of a batch [n, h, w, c] a loss of its own, [1, 2] each of
   * its channels. Default: all, the batch's too, as in Keras: the whole batch is one region, and each example has its loss.
   */
  axis?: number | readonly number[];
}

/** Options of {@link tversky}. */
export interface TverskyOptions extends RegionOptions {
  /** Weight of what is wanted and was not predicted. Default 0.5. */
  alpha?: number;
  /** Weight of what was predicted and is not wanted. Default 0.5. */
  beta?: number;
}

/** 1 − 2 Σ t p / (Σ t + Σ p): how far predicted regions are from overlapping with the wanted ones (Sørensen and Dice). */
export function dice(options?: RegionOptions): Loss {
  const { axis } = strictOptions("dice", options, "axis:number|object");
  return overRegions("dice", axis, {}, (p, t, sum) =>
    ops.divide(ops.multiply(sum(ops.multiply(t, p)), 2), ops.add(ops.add(sum(t), sum(p)), epsilon)),
  );
}

/** 1 − Σ t p / (Σ t p + alpha Σ t (1 − p) + beta Σ (1 − t) p) (Salehi et al., arXiv:1706.05721). */
export function tversky(options?: TverskyOptions): Loss {
  const {
    alpha = 0.5,
    beta = 0.5,
    axis,
  } = strictOptions("tversky", options, "alpha beta axis:number|object");
  checkNumber("tversky: alpha", alpha, { from: 0 });
  checkNumber("tversky: beta", beta, { from: 0 });
  return overRegions("tversky", axis, { alpha, beta }, (p, t, sum) => {
    const both = sum(ops.multiply(t, p));
    const missed = ops.multiply(sum(ops.multiply(complement(p), t)), alpha);
    const extra = ops.multiply(sum(ops.multiply(p, complement(t))), beta);
    return ops.divide(both, ops.add(ops.add(ops.add(both, missed), extra), epsilon));
  });
}

/** 1 − an index of the overlap, whose sums go over the axes. */
function overRegions(
  type: string,
  axis: number | readonly number[] | undefined,
  config: Loss["config"],
  index: (p: Tensor, t: Tensor, sum: (x: Tensor) => Tensor) => Tensor,
): Loss {
  const axes = axis === undefined ? undefined : [axis].flat().map((each) => checkAxis(type, each));
  if (axes?.length === 0)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${type}: axis is ${quote(axis)}; pass an axis, or leave it out`,
    );
  return composed(type, { ...config, ...(axes && { axis: axes }) }, (p, t) => {
    const lost = complement(index(p, t, (x) => ops.sum(x, axes ? { axis: axes } : {})));
    if (axes) return lost;
    // one loss for all, and each example has it
    const each = ops.rescale(ops.mean(ops.reshape(p, [p.shape[0]!, -1]), { axis: -1 }), { scale: 0 });
    return ops.add(each, lost);
  });
}

/**
 * For the distance p between two embeddings, t p² + (1 − t) max(margin − p, 0)², averaged over the outputs; t is 1 for a pair
 * that belongs together, 0 for another one (Hadsell et al., 2006).
 */
export function contrastive(options?: {
  /** The distance from which on a pair that does not belong together costs nothing. Default 1. */
  margin?: number;
}): Loss {
  const { margin = 1 } = strictOptions("contrastive", options, "margin");
  checkPositive("contrastive: margin", margin);
  return composed("contrastive", { margin }, (p, t) => {
    const near = ops.multiply(t, ops.square(p));
    const far = ops.square(ops.maximum(ops.rescale(p, { scale: -1, shift: margin }), 0));
    return rowMean(ops.add(near, ops.multiply(complement(t), far)));
  });
}

/**
 * max(d(a, b) − d(a, c) + margin, 0) of three embeddings [n, 3, k]: an anchor a, one b that belongs to it and one c that does
 * not, with d the distance (Schroff et al., arXiv:1503.03832). What the targets are does not matter.
 */
export function triplet(options?: {
  /** How much nearer b must be than c. Default 1. */
  margin?: number;
}): Loss {
  const { margin = 1 } = strictOptions("triplet", options, "margin");
  checkPositive("triplet: margin", margin);
  return composed("triplet", { margin }, (p) => {
    const [n, three, k] = p.shape;
    if (p.shape.length !== 3 || three !== 3)
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `triplet: the outputs are [${p.shape.join(", ")}]; pass three embeddings for each example, [n, 3, size]: of an anchor, one like it and one unlike it`,
      );
    const numbers = ops.reshape(ops.transpose(p, [0, 2, 1]), [n! * k!, 3]);
    const distance = (weights: readonly number[]): Tensor => {
      const apart = ops.reshape(ops.dense(numbers, column(p, weights), null), [n!, k!]);
      return ops.sqrt(ops.maximum(rowSum(ops.square(apart)), epsilon * epsilon));
    };
    const away = ops.subtract(distance([1, -1, 0]), distance([1, 0, -1]));
    return ops.maximum(ops.add(away, margin), 0);
  });
}

/** A constant matrix of one column, made by kernels: a recorded step repeats nothing else. */
function column({ allocator }: Tensor, values: readonly number[]): Tensor {
  return ops.concatenate(
    values.map((value) => filled(allocator, [1, 1], value)),
    { axis: 0 },
  );
}
