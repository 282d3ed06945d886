/** Scaled dot-product attention of several heads, its scores never written out of order or twice. */

import { apply, checkTensors, type Op } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import {
  type AttentionShape,
  attention_backward_f32,
  attention_f32,
} from "../kernels/families/attention.generated.ts";
import { checkNumber } from "../math/checks.ts";
import { strictOptions } from "../math/options.ts";
import { formatShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** Options of `ops.dotProductAttention`. */
export interface DotProductAttentionAttributes {
  /** Factor on the scores, query · key. Default 1 / √depth. */
  scale?: number;
  /** Whether a query sees only the keys at its own place and before it. Default false. */
  useCausalMask?: boolean;
}

type Inputs = [query: Tensor, key: Tensor, value: Tensor];

/** The sizes. @throws AnygradError SHAPE_MISMATCH where they do not fit each other */
function attentionShape([query, key, value]: Inputs, useCausalMask: boolean): AttentionShape {
  const shapes = [query, key, value].map(({ shape }) => shape);
  const [[n = 0, queries = 0, heads = 0, depth = 0] = [], [, keys = 0] = [], [, , , valueDepth = 0] = []] =
    shapes;
  const wanted = [
    [n, queries, heads, depth],
    [n, keys, heads, depth],
    [n, keys, heads, valueDepth],
  ];
  if (shapes.some((shape, i) => shape.length !== 4 || shape.some((size, axis) => size !== wanted[i]![axis])))
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `dotProductAttention: it got ${shapes.map(formatShape).join(", ")}; wanted queries [n, queries, heads, depth], keys [n, keys, heads, depth] and values [n, keys, heads, depth of a value]`,
    );
  return { n, heads, queries, keys, depth, valueDepth, causal: Number(useCausalMask) };
}

/** Saves the weights [n, heads, keys, queries]. */
const attentionOp: Op<Inputs, Required<DotProductAttentionAttributes>, Tensor> = {
  name: "dotProductAttention",
  shape(inputs, { useCausalMask }) {
    const { n, queries, heads, valueDepth } = attentionShape(inputs, useCausalMask);
    return [n, queries, heads, valueDepth];
  },
  forward({ kernels, allocator, y }, inputs, { scale, useCausalMask }) {
    const [q, k, v] = inputs;
    const shape = attentionShape(inputs, useCausalMask);
    const weights = allocator.allocate([shape.n, shape.heads, shape.keys, shape.queries]);
    kernels.run(attention_f32, {
      y: y.pointer,
      weights: weights.pointer,
      q: q.pointer,
      k: k.pointer,
      v: v.pointer,
      shape,
      scale,
    });
    return weights;
  },
  backward({ kernels }, { dy, gradient }, inputs, { scale, useCausalMask }, weights) {
    const [q, k, v] = inputs;
    const [dq, dk, dv] = [gradient(0), gradient(1), gradient(2)];
    kernels.run(attention_backward_f32, {
      dq: dq?.pointer ?? 0,
      dk: dk?.pointer ?? 0,
      dv: dv?.pointer ?? 0,
      dy: dy.pointer,
      weights: weights.pointer,
      q: q.pointer,
      k: k.pointer,
      v: v.pointer,
      shape: attentionShape(inputs, useCausalMask),
      scale,
    });
  },
};

/**
 * Scaled dot-product attention (Vaswani et al., arXiv:1706.03762): for each head every query gets the mean of the values, weighted by
 * softmax(scale · query · key) over the keys. As Keras's op of this name, without mask; the bits are those of `matmul`, `softmax` and
 * `matmul` one after the other.
 * @param query [n, queries, heads, depth]
 * @param key [n, keys, heads, depth]
 * @param value [n, keys, heads, depth of a value]
 * @returns [n, queries, heads, depth of a value]
 * @throws AnygradError SHAPE_MISMATCH where the shapes do not fit each other, INVALID_ARGUMENT for a bad option
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * const x = engine.tensor([1, 2, 6], [1, 3, 1, 1]); // three steps of one number
 * const zeros = engine.tensor([0, 0, 0], [1, 3, 1, 1]); // all keys fit as well
 * console.log([...ops.dotProductAttention(x, zeros, x).data]); // [3, 3, 3]
 * console.log([...ops.dotProductAttention(x, zeros, x, { useCausalMask: true }).data]); // [1, 1.5, 3]
 * ```
 */
export function dotProductAttention(
  query: Tensor,
  key: Tensor,
  value: Tensor,
  options?: DotProductAttentionAttributes,
): Tensor {
  checkTensors("dotProductAttention", query, key, value);
  const { scale = 1 / Math.sqrt(query.shape.at(-1) ?? 1), useCausalMask = false } = strictOptions(
    "dotProductAttention",
    options,
    "scale:number useCausalMask:boolean",
  );
  checkNumber("dotProductAttention: scale", scale);
  return apply(attentionOp, [query, key, value], { scale, useCausalMask });
}
