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
import { type Merging, merging } from "./merging.ts";

/** What is added to the scores of steps that a query must not see. */
const hidden = -1e9;

/** Scores [..., queries, keys], those of later steps as good as none: a step sees itself and those before it. */
export function causal(scores: Tensor): Tensor {
  const [queries, keys] = scores.shape.slice(-2) as [number, number];
  const seen = ops.greaterEqual(
    counted(scores.allocator, [queries, 1]),
    counted(scores.allocator, [1, keys]),
  );
  return ops.where(seen, scores, ops.add(scores, hidden));
}

/** The values [..., keys, d] by softmax of scores [..., queries, keys]; in training a share of the weights is dropped. */
export function attend(
  scores: Tensor,
  values: Tensor,
  { dropout, training, draw }: { dropout: number; training: boolean; draw: StepDraw },
): Tensor {
  const shares = ops.softmax(scores);
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

/** Arrays that an attention of so many heads keeps, counted in arrays of the output's size. */
export function scoreArrays(heads: number, steps: number, inputs: readonly Shape[], output: Shape): number {
  const [[queries = 1] = [], [keys = queries] = []] = inputs;
  return (steps * heads * keys * queries) / (queries * output.at(-1)!);
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
    traits: ({ useScale, dropout, useCausalMask, scoreMode = type === "attention" ? "dot" : "concat" }) => ({
      merges: {
        handsOver: false,
        arrays: (inputs, output) => {
          const isDot = scoreMode === "dot";
          const steps = 4 + (isDot && useScale ? 3 : 0) + (dropout > 0 ? 1 : 0) + (useCausalMask ? 6 : 0);
          const features = isDot ? 0 : (useScale ? 6 : 3) * inputs[0]!.at(-1)!;
          return 3 + scoreArrays(1, steps + features, inputs, output);
        },
      },
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
    call(inputs, { config, weights, training, draw }) {
      const [query, value = query, key = value] = inputs;
      const scores = score(query, key, weights, config);
      return attend(config.useCausalMask ? causal(scores) : scores, value, {
        dropout: config.dropout,
        training,
        draw,
      });
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
 * of query · keyᵀ weighs the values. Of one tensor it is all three.
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
