/** Multi-head attention, the part of a transformer that looks at other steps (Vaswani et al., arXiv:1706.03762). */
import type { ConstraintLike } from "../constraints/index.ts";
import { getInitializer, type Initializer, type InitializerLike } from "../initializers/index.ts";
import { checkCount, checkNumber, properShare } from "../math/checks.ts";
import * as ops from "../ops/index.ts";
import { getRegularizer, type Regularizer, type RegularizerLike } from "../regularizers/index.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { attend, attended, causal, causalMask, hideMasked } from "./attention.ts";
import { createLayer, layerOptions } from "./createLayer.ts";
import type { Layer, LayerDefinition, LayerOptions, WeightSpec } from "./layer.ts";
import { masksOf } from "./masks.ts";

interface Config {
  numHeads: number;
  keyDim: number;
  valueDim: number;
  dropout: number;
  useBias: boolean;
  useCausalMask: boolean;
  outputShape: number | undefined;
  kernelInitializer: Initializer;
  biasInitializer: Initializer;
  kernelRegularizer: Regularizer | undefined;
  biasRegularizer: Regularizer | undefined;
  kernelConstraint: ConstraintLike | undefined;
  biasConstraint: ConstraintLike | undefined;
}

const type = "multiHeadAttention";

/** A tensor [n, steps, features] by its kernel [features, heads, d], as [n, steps, heads, d]. */
function project(x: Tensor, weights: Readonly<Record<string, Tensor>>, name: string): Tensor {
  const kernel = weights[`${name}_kernel`]!;
  const bias = weights[`${name}_bias`];
  const [features, heads, d] = kernel.shape as [number, number, number];
  const y = ops.dense(
    x,
    ops.reshape(kernel, [features, heads * d]),
    bias ? ops.reshape(bias, [heads * d]) : null,
  );
  const [n, steps] = x.shape as [number, number];
  return ops.reshape(y, [n, steps, heads, d]);
}

/** Steps [n, steps, heads, d] as heads [n, heads, steps, d], and back. */
const swapped = (x: Tensor): Tensor => ops.transpose(x, [0, 2, 1, 3]);

/** Which pairs of steps count, [n, 1, queries, keys], by the masks of query, value and key; undefined where none has one. */
function maskOfScores(
  [query, value, key]: readonly (Tensor | undefined)[],
  { length }: readonly Tensor[],
  scores: Tensor,
  isCausal: boolean,
): Tensor | undefined {
  const [n = 0, , queries = 0, keys = 0] = scores.shape;
  const values = length > 1 ? value : query;
  const parts = [
    query && ops.reshape(query, [n, 1, queries, 1]),
    values && ops.reshape(values, [n, 1, 1, keys]),
    key && ops.reshape(key, [n, 1, 1, keys]),
  ].filter((part) => part !== undefined);
  if (parts.length === 0) return undefined;
  const all = isCausal ? [...parts, causalMask(scores)] : parts;
  return all.reduce((a, b) => ops.multiply(a, b));
}

const definition: LayerDefinition<Config> = {
  type,
  keras: "MultiHeadAttention",
  traits: ({ dropout }) => ({
    ...(dropout > 0 && { differsInTraining: true }),
    merges: true,
  }),
  outputShape(inputs, { outputShape }) {
    const [[steps, features]] = attended(type, inputs) as [Shape, Shape, Shape];
    return [steps!, outputShape ?? features!];
  },
  weights(inputs, config) {
    const [query, value, key] = attended(type, inputs);
    const { numHeads, keyDim, valueDim, useBias, outputShape = query[1]! } = config;
    const pair = (name: string, kernel: Shape, bias: Shape): WeightSpec[] => [
      {
        name: `${name}_kernel`,
        shape: kernel,
        initializer: config.kernelInitializer,
        regularizer: config.kernelRegularizer,
        constraint: config.kernelConstraint,
      },
      ...(useBias
        ? [
            {
              name: `${name}_bias`,
              shape: bias,
              initializer: config.biasInitializer,
              regularizer: config.biasRegularizer,
              constraint: config.biasConstraint,
            },
          ]
        : []),
    ];
    return [
      ...pair("query", [query[1]!, numHeads, keyDim], [numHeads, keyDim]),
      ...pair("key", [key[1]!, numHeads, keyDim], [numHeads, keyDim]),
      ...pair("value", [value[1]!, numHeads, valueDim], [numHeads, valueDim]),
      ...pair("attention_output", [numHeads, valueDim, outputShape], [outputShape]),
    ];
  },
  call(inputs, { config, weights, training, draw, place }) {
    const [query, value = query, key = value] = inputs;
    const { numHeads, keyDim, valueDim, dropout, useCausalMask } = config;
    const q = project(query, weights, "query");
    const k = project(key, weights, "key");
    const v = project(value, weights, "value");
    const [n, steps] = query.shape as [number, number];
    const masks = masksOf(place);
    const isPlain = masks.every((mask) => !mask) && !(training && dropout > 0);
    const composed = (): Tensor => {
      const scaled = ops.multiply(swapped(q), 1 / Math.sqrt(keyDim));
      const scores = ops.matmul(scaled, swapped(k), { transposeB: true });
      const mask = maskOfScores(masks, inputs, scores, useCausalMask);
      const seen = mask ? hideMasked(scores, mask) : useCausalMask ? causal(scores) : scores;
      return swapped(attend(seen, swapped(v), { dropout, training, draw, seen: mask }));
    };
    const heads = isPlain ? ops.dotProductAttention(q, k, v, { useCausalMask }) : composed();
    const joined = ops.reshape(heads, [n, steps, numHeads * valueDim]);
    const kernel = weights.attention_output_kernel!;
    return ops.dense(
      joined,
      ops.reshape(kernel, [numHeads * valueDim, kernel.shape[2]!]),
      weights.attention_output_bias ?? null,
    );
  },
};

/** Options of {@link multiHeadAttention}. */
export interface MultiHeadAttentionOptions extends LayerOptions {
  /** How many attentions look at once. */
  numHeads: number;
  /** Features of a query and a key in each head. */
  keyDim: number;
  /** Features of a value in each head. Default: `keyDim`. */
  valueDim?: number;
  /** Share of the attention's weights that is dropped in training. Default 0. */
  dropout?: number;
  /** Default true. */
  useBias?: boolean;
  /** Whether a step sees only itself and those before it. Default false. */
  useCausalMask?: boolean;
  /** Features of the output. Default: those of the query. */
  outputShape?: number;
  /** Default "glorotUniform". */
  kernelInitializer?: InitializerLike;
  /** Default "zeros". */
  biasInitializer?: InitializerLike;
  /** Penalty on the kernels. Default: none. */
  kernelRegularizer?: RegularizerLike;
  /** Penalty on the biases. Default: none. */
  biasRegularizer?: RegularizerLike;
  /** What holds the kernels within bounds after each step. Default: nothing. */
  kernelConstraint?: ConstraintLike;
  /** What holds the biases within bounds after each step. Default: nothing. */
  biasConstraint?: ConstraintLike;
}

/**
 * Attention of `numHeads` heads. Applied to one tensor [n, steps, features] it looks at itself; to [query, value] or [query, value,
 * key] each step of the query looks at the values. It gives [n, query's steps, features]. Steps that are masked are not seen; the mask
 * of the query is handed on.
 * @throws AnygradError INVALID_ARGUMENT
 * @example
 * ```js
 * import { input, layers, model } from "anygrad";
 *
 * const x = input({ shape: [128, 64] });
 * const attention = layers.multiHeadAttention({ numHeads: 4, keyDim: 16, useCausalMask: true });
 * const y = layers.layerNormalization().apply(layers.add([x, attention.apply(x)]));
 * console.log(model({ inputs: x, outputs: y }).parameters.total); // 16768
 * ```
 */
export function multiHeadAttention(options: MultiHeadAttentionOptions): Layer {
  const given = layerOptions(
    type,
    options,
    "numHeads keyDim valueDim dropout useBias:boolean useCausalMask:boolean outputShape kernelInitializer biasInitializer kernelRegularizer biasRegularizer kernelConstraint:string|object biasConstraint:string|object",
  );
  const keyDim = checkCount(`${type}: keyDim`, given.keyDim);
  const { kernelRegularizer, biasRegularizer, outputShape } = given;
  const config: Config = {
    numHeads: checkCount(`${type}: numHeads`, given.numHeads),
    keyDim,
    valueDim: checkCount(`${type}: valueDim`, given.valueDim ?? keyDim),
    dropout: checkNumber(`${type}: dropout`, given.dropout ?? 0, properShare),
    useBias: given.useBias ?? true,
    useCausalMask: given.useCausalMask ?? false,
    outputShape: outputShape && checkCount(`${type}: outputShape`, outputShape),
    kernelInitializer: getInitializer(
      given.kernelInitializer ?? "glorotUniform",
      `${type}: kernelInitializer`,
    ),
    biasInitializer: getInitializer(given.biasInitializer ?? "zeros", `${type}: biasInitializer`),
    kernelRegularizer: kernelRegularizer && getRegularizer(kernelRegularizer, `${type}: kernelRegularizer`),
    biasRegularizer: biasRegularizer && getRegularizer(biasRegularizer, `${type}: biasRegularizer`),
    kernelConstraint: given.kernelConstraint,
    biasConstraint: given.biasConstraint,
  };
  return createLayer(definition, config, given);
}
