/** Attention without weights of its own: each query gets a mean of the values, weighted by how well their keys fit it. */
import { AnygradError, quote } from "../errors.ts";
import { getInitializer } from "../initializers/index.ts";
import { checkNumber, properShare } from "../math/checks.ts";
import { counted } from "../ops/count.ts";
import * as ops from "../ops/index.ts";
import type { StepDraw } from "../ops/random.ts";
import { formatShape, type Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { createLayer, layerOptions } from "./createLayer.ts";
import type { LayerDefinition, LayerOptions, WeightSpec } from "./layer.ts";
import { alongside, masksOf } from "./masks.ts";
import { type Merging, merging } from "./merging.ts";

/** What is added to the scores of steps that a query must not see. */
const hidden = -1e9;

/** Scores [..., queries, keys], those of later steps as good as none: a step sees itself and those before it. */
export function causal(scores: Tensor): Tensor {
  return ops.where(causalMask(scores), scores, ops.add(scores, hidden));
}

/** 1 where a query [queries, keys] sees a key: itself and those before it. */
export function causalMask(scores: Tensor): Tensor {
  const { allocator, shape } = scores;
  const [queries, keys] = shape.slice(-2) as [number, number];
  return ops.greaterEqual(counted(allocator, [queries, 1]), counted(allocator, [1, keys]));
}

/** Scores [..., queries, keys], those where the mask, which broadcasts, is 0 as good as none. */
export function hideMasked(scores: Tensor, mask: Tensor): Tensor {
  return ops.add(scores, ops.multiply(ops.subtract(1, mask), hidden));
}

/**
 * The values [..., keys, d] by softmax of scores [..., queries, keys]; in training a share of the weights is dropped.
 * @param seen 0 where a query must not see a key, whatever else it sees
 */
export function attend(
  scores: Tensor,
  values: Tensor,
  {
    dropout,
    training,
    draw,
    seen,
  }: { dropout: number; training: boolean; draw: StepDraw; seen?: Tensor | undefined },
): Tensor {
  const all = ops.softmax(scores);
  const shares = seen ? ops.multiply(all, seen) : all;
  const kept = training && dropout > 0 ? ops.dropout(shares, { rate: dropout, ...draw }) : shares;
  return ops.matmul(kept, values);
}

/** The shapes of queries, values and keys, all [steps, features]. @throws AnygradError SHAPE_MISMATCH */
export function attended(
  type: string,
  inputs: readonly Shape[],
): readonly [query: Shape, value: Shape, key: Shape] {
  const [query, value = query, key = value] = inputs as [Shape, Shape?, Shape?];
  if (inputs.length === 0 || inputs.length > 3 || inputs.some((shape) => shape.length !== 2))
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${type}: it got ${inputs.map(formatShape).join(" and ") || "nothing"}; pass [query, value] or [query, value, key], each [steps, features]`,
    );
  if (key[0] !== value[0])
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${type}: there are ${value[0]} values and ${key[0]} keys; make them equal`,
    );
  return [query, value, key];
}

interface Config {
  useScale: boolean;
  dropout: number;
  scoreMode?: "dot" | "concat";
  useCausalMask: boolean;
}

/** Options of {@link attention} and {@link additiveAttention}. */
export interface AttentionOptions extends LayerOptions {
  /** Whether scores are multiplied by a learned number, for `additiveAttention` one a feature. Default false; for it true. */
  useScale?: boolean;
  /** Share of the weights that is dropped in training. Default 0. */
  dropout?: number;
  /** Whether a step sees only itself and those before it. Default false. */
  useCausalMask?: boolean;
  /** How `attention` scores: "dot" (default), query · key, or "concat", a learned number times Σ tanh(query + key). */
  scoreMode?: "dot" | "concat";
}

/** Σ tanh(query + key), each feature times `scale`, of every pair. */
function additive(query: Tensor, key: Tensor, inner?: Tensor, outer?: Tensor): Tensor {
  const [n, queries, features] = query.shape as [number, number, number];
  const sum = ops.add(
    ops.reshape(query, [n, queries, 1, features]),
    ops.reshape(key, [n, 1, key.shape[1]!, features]),
  );
  const bent = ops.tanh(inner ? ops.multiply(sum, inner) : sum);
  return ops.sum(outer ? ops.multiply(bent, outer) : bent, { axis: -1 });
}

const scalar = (name: string): WeightSpec => ({ name, shape: [], initializer: getInitializer("ones") });

function kind(
  type: "attention" | "additiveAttention",
  keras: string,
  weights: (config: Config, query: Shape) => readonly WeightSpec[],
  score: (query: Tensor, key: Tensor, weights: Readonly<Record<string, Tensor>>, config: Config) => Tensor,
): Merging<AttentionOptions> {
  const definition: LayerDefinition<Config> = {
    type,
    keras,
    traits: ({ dropout }) => ({
      ...(dropout > 0 && { differsInTraining: true }),
      merges: true,
    }),
    outputShape(inputs) {
      const [query, value, key] = attended(type, inputs);
      if (query[1] !== key[1])
        throw new AnygradError(
          "SHAPE_MISMATCH",
          `${type}: queries have ${query[1]} features and keys ${key[1]}; bring them to one number by layers.dense()`,
        );
      return [query[0]!, value[1]!];
    },
    weights: (inputs, config) => weights(config, inputs[0]!),
    call(inputs, { config, weights, training, draw, place }) {
      const [query, value = query, key = value] = inputs;
      const [queries, values = inputs.length > 1 ? undefined : queries] = masksOf(place);
      const scores = score(query, key, weights, config);
      const [n, keys] = value.shape as [number, number];
      const steps = values && ops.reshape(values, [n, 1, keys]);
      const before = config.useCausalMask ? causalMask(scores) : undefined;
      // both at once: where neither leaves a key, all keys count alike, as in Keras
      const all = steps && before ? ops.multiply(steps, before) : steps;
      const seen = all ? hideMasked(scores, all) : before ? causal(scores) : scores;
      const y = attend(seen, value, {
        dropout: config.dropout,
        training,
        draw,
      });
      return queries ? ops.multiply(y, alongside(queries, y)) : y;
    },
  };
  return merging((options) => {
    const given = layerOptions(type, options, "useScale:boolean dropout useCausalMask:boolean scoreMode");
    const { useScale = type === "additiveAttention", dropout = 0, useCausalMask = false, scoreMode } = given;
    const wrong = type === "attention" ? scoreMode !== "dot" && scoreMode !== "concat" : true;
    if (scoreMode !== undefined && wrong)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `${type}: scoreMode is ${quote(scoreMode)}; ${type === "attention" ? 'pass "dot" or "concat"' : "leave it out: it always adds"}`,
      );
    const config: Config = {
      useScale,
      dropout: checkNumber(`${type}: dropout`, dropout, properShare),
      useCausalMask,
      ...(type === "attention" && { scoreMode: scoreMode ?? "dot" }),
    };
    return createLayer(definition, config, given);
  });
}

/**
 * Dot-product attention (Luong et al., arXiv:1508.04025) of [query, value] or [query, value, key], all [n, steps, features]: softmax
 * of query · keyᵀ weighs the values. Of one tensor it is all three. Values whose steps are masked are not seen, and queries whose are
 * give 0; the mask of the queries is handed on.
 */
export const attention: Merging<AttentionOptions> = kind(
  "attention",
  "Attention",
  ({ useScale, scoreMode }) => [
    ...(useScale ? [scalar("scale")] : []),
    ...(scoreMode === "concat" ? [scalar("concat_score_weight")] : []),
  ],
  (query, key, { scale, concat_score_weight: weight }) => {
    if (weight) return ops.multiply(additive(query, key, scale), weight);
    const scores = ops.matmul(query, key, { transposeB: true });
    return scale ? ops.multiply(scores, scale) : scores;
  },
);

/**
 * Additive attention (Bahdanau et al., arXiv:1409.0473) of [query, value] or [query, value, key]: scores are Σ scale · tanh(query +
 * key), with a learned scale for each feature.
 */
export const additiveAttention: Merging<AttentionOptions> = kind(
  "additiveAttention",
  "AdditiveAttention",
  ({ useScale }, [, features]) =>
    useScale ? [{ name: "scale", shape: [features!], initializer: getInitializer("glorotUniform") }] : [],
  (query, key, { scale }) => additive(query, key, undefined, scale),
);
