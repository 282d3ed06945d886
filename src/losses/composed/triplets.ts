/**
 * Triplet losses that find their triplets in the batch: of each anchor, those that belong to it are its examples of the same class
 * (Schroff et al., arXiv:1503.03832). As TensorFlow Addons' TripletSemiHardLoss and TripletHardLoss.
 */
import { filled } from "../../autograd/constant.ts";
import { AnygradError, quote } from "../../errors.ts";
import { fill_f32 } from "../../kernels/abi.generated.ts";
import { checkNumber } from "../../math/checks.ts";
import { strictOptions } from "../../math/options.ts";
import * as ops from "../../ops/index.ts";
import { reaches } from "../../ops/threshold.ts";
import { builtIn } from "../../registry.ts";
import type { Tensor, TensorAllocator } from "../../tensor/tensor.ts";
import type { Loss } from "../loss.ts";
import { complement } from "./compose.ts";

/** How far apart two embeddings are: the length of their difference, its square, or 1 − the cosine of the angle between them. */
export type TripletDistance = "L2" | "squaredL2" | "angular";

/** Options of {@link tripletSemiHard}. */
export interface MinedTripletOptions {
  /** How much farther than one of its class an example of another one should be. Default 1. */
  margin?: number;
  /** Default "L2". */
  distance?: TripletDistance;
}

/** What is known of a batch: the distances [n, n], and which pairs are of one class. */
interface Pairs {
  readonly apart: Tensor;
  /** 1 for two different examples of one class. */
  readonly positive: Tensor;
  /** 1 for two of different classes. */
  readonly other: Tensor;
}

function mined(
  type: string,
  given: MinedTripletOptions,
  config: Loss["config"],
  compute: (pairs: Pairs, margin: number) => Tensor,
): Loss {
  const { margin = 1, distance = "L2" } = given;
  checkNumber(`${type}: margin`, margin, { from: 0 });
  if (!["L2", "squaredL2", "angular"].includes(distance))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${type}: distance is ${quote(distance)}; pass "L2", "squaredL2" or "angular"`,
    );
  return {
    type,
    config: { margin, distance, ...config },
    targets: "labels",
    call: builtIn((predictions, labels) => {
      const { shape, allocator } = predictions;
      if (shape.length !== 2)
        throw new AnygradError(
          "SHAPE_MISMATCH",
          `${type}: the outputs are [${shape.join(", ")}]; end the network with one embedding for each example, [n, size]`,
        );
      const n = shape[0]!;
      const classes = ops.oneHot(labels, shape[1]!);
      const same = products(classes);
      const itself = identity(allocator, n);
      const pairs = { positive: ops.subtract(same, itself), other: complement(same) };
      return compute({ ...pairs, apart: distances(predictions, distance, complement(itself)) }, margin);
    }),
  };
}

/** The distance of each pair of embeddings. @param different 1 for two examples, 0 for one and itself */
function distances(x: Tensor, kind: TripletDistance, different: Tensor): Tensor {
  const squares = ops.sum(ops.square(x), { axis: -1, keepdims: true });
  if (kind === "angular") {
    const unit = ops.divide(x, ops.sqrt(ops.maximum(squares, 1e-12)));
    return ops.maximum(complement(products(unit)), 0);
  }
  const sums = ops.add(squares, ops.transpose(squares));
  const apart = ops.multiply(ops.maximum(ops.subtract(sums, ops.multiply(products(x), 2)), 0), different);
  if (kind === "squaredL2") return apart;
  const some = isGreater(apart, 0); // the root has no slope at 0
  return ops.multiply(ops.sqrt(choose(some, apart, 1)), some);
}

/** The product of each pair of rows, [n, n]. By `dense`, which pages have: this file is imported late, and what it needs is in all of them. */
function products(x: Tensor): Tensor {
  return ops.dense(x, ops.transpose(x), null);
}

/** 1 where row and column are one, else 0. */
function identity(allocator: TensorAllocator, n: number): Tensor {
  const matrix = filled(allocator, [n, n], 0);
  for (let i = 0; i < n; i++)
    allocator.kernels.run(fill_f32, { out: matrix.pointer + 4 * i * (n + 1), n: 1, value: 1 });
  return matrix;
}

/** a where the condition is 1, b where it is 0. */
function choose(condition: Tensor, a: Tensor, b: Tensor | number): Tensor {
  return ops.add(ops.multiply(a, condition), ops.multiply(complement(condition), b));
}

/** 1 where a is greater than b, else 0; without a gradient. */
function isGreater(a: Tensor, b: Tensor | number): Tensor {
  return complement(reaches(ops.subtract(b, a), 0));
}

/** The least of those that count along the last axis; where none does, the largest of all. */
function leastOf(x: Tensor, counts: Tensor): Tensor {
  const most = ops.max(x, { axis: -1, keepdims: true });
  const least = ops.min(ops.multiply(ops.subtract(x, most), counts), { axis: -1, keepdims: true });
  return ops.add(least, most);
}

/** The largest of those that count along the last axis; where none does, the least of all. */
function mostOf(x: Tensor, counts: Tensor): Tensor {
  return ops.negative(leastOf(ops.negative(x), counts));
}

/**
 * The mean of max(d(a, b) − d(a, c) + margin, 0) over all pairs a, b of one class of the batch, where c is the nearest example of
 * another class that is farther than b, or, where none is, the farthest one. Targets are class indices, outputs embeddings [n, size]; the
 * batch's loss is that of each of its examples.
 */
export function tripletSemiHard(options?: MinedTripletOptions): Loss {
  const type = "tripletSemiHard";
  const given = strictOptions(type, options, "margin distance:string");
  return mined(type, given, {}, ({ apart, positive, other }, margin) => {
    const n = apart.shape[0]!;
    // of anchor, positive and negative
    const [positives, negatives] = [ops.reshape(apart, [n, n, 1]), ops.reshape(apart, [n, 1, n])];
    const farther = ops.multiply(isGreater(negatives, positives), ops.reshape(other, [n, 1, n]));
    const some = ops.max(farther, { axis: -1 });
    const outside = ops.reshape(leastOf(negatives, farther), [n, n]);
    const chosen = choose(some, outside, mostOf(apart, other));
    const each = ops.maximum(ops.multiply(ops.add(ops.subtract(apart, chosen), margin), positive), 0);
    const mean = ops.divide(ops.sum(each), ops.maximum(ops.sum(positive), 1));
    return ops.add(ops.rescale(ops.sum(apart, { axis: -1 }), { scale: 0 }), mean); // each example has it
  });
}

/** Options of {@link tripletHard}. */
export interface TripletHardOptions extends MinedTripletOptions {
  /** ln(1 + e^(d(a, b) − d(a, c))) in place of the margin. Default false. */
  soft?: boolean;
}

/**
 * max(d(a, b) − d(a, c) + margin, 0) of each example a of the batch, where b is the farthest example of its class and c the nearest of
 * another one (Hermans et al., arXiv:1703.07737). Targets are class indices, outputs embeddings [n, size].
 */
export function tripletHard(options?: TripletHardOptions): Loss {
  const type = "tripletHard";
  const { soft = false, ...given } = strictOptions(type, options, "margin distance:string soft:boolean");
  return mined(type, given, { soft }, ({ apart, positive, other }, margin) => {
    const n = apart.shape[0]!;
    const ahead = ops.reshape(ops.subtract(mostOf(apart, positive), leastOf(apart, other)), [n]);
    return soft ? ops.softplus(ahead) : ops.maximum(ops.add(ahead, margin), 0);
  });
}
