/** Relu with the options of Keras's layer, and relu whose slope is learned. */
import type { ConstraintLike } from "../constraints/index.ts";
import { getInitializer, type Initializer, type InitializerLike } from "../initializers/index.ts";
import { checkNumber } from "../math/checks.ts";
import * as ops from "../ops/index.ts";
import { reaches } from "../ops/threshold.ts";
import { getRegularizer, type Regularizer, type RegularizerLike } from "../regularizers/index.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { createLayer, layerOptions } from "./createLayer.ts";
import { exampleAxis } from "./exampleAxis.ts";
import type { Layer, LayerDefinition, LayerOptions, LayerTraits } from "./layer.ts";

interface Config {
  maxValue?: number;
  negativeSlope?: number;
  threshold?: number;
}

/** Options of {@link relu}. */
export interface ReluOptions extends LayerOptions {
  /** The largest output. Default: none. */
  maxValue?: number;
  /** Factor below the threshold: y = negativeSlope · (x − threshold). Default 0. */
  negativeSlope?: number;
  /** From here on y = x. Default 0. */
  threshold?: number;
}

/** The activation by that name which it is, if it is one. */
function nameOf({ maxValue, negativeSlope, threshold }: Config): "relu" | "relu6" | undefined {
  if (negativeSlope || threshold) return undefined;
  return maxValue === undefined ? "relu" : maxValue === 6 ? "relu6" : undefined;
}

const definition: LayerDefinition<Config> = {
  type: "relu",
  keras: "ReLU",
  traits: (config): LayerTraits => ({ convolves: false, ...(nameOf(config) && { onlyActivates: true }) }),
  outputShape: ([input]) => input!,
  call([x], { config, logits }) {
    const name = nameOf(config);
    if (name) return logits ? x : name === "relu" ? ops.relu(x) : ops.relu6(x); // not ops[name]: a bundler would keep all
    const { maxValue, negativeSlope = 0, threshold = 0 } = config;
    const y = above(x, negativeSlope, threshold);
    return maxValue === undefined ? y : ops.minimum(y, maxValue);
  },
  lastActivation: (config) => nameOf(config) ?? "linear",
};

/** x from the threshold on, below it slope · (x − threshold). */
function above(x: Tensor, slope: number, threshold: number): Tensor {
  if (threshold === 0) return slope === 0 ? ops.relu(x) : ops.leakyRelu(x, { negativeSlope: slope });
  const upper = ops.multiply(ops.relu(x), reaches(x, threshold));
  return slope === 0
    ? upper
    : ops.add(upper, ops.multiply(ops.minimum(ops.subtract(x, threshold), 0), slope));
}

/** max(x, 0) (Nair and Hinton, 2010). */
export function relu(options?: ReluOptions): Layer {
  const { name, trainable, ...given } = layerOptions("relu", options, "maxValue negativeSlope threshold");
  const config: Config = {};
  for (const key of ["maxValue", "negativeSlope", "threshold"] as const) {
    const value = given[key];
    if (value !== undefined) config[key] = checkNumber(`relu: ${key}`, value, { from: 0 });
  }
  return createLayer(definition, config, {
    ...(name !== undefined && { name }),
    ...(trainable !== undefined && { trainable }),
  });
}

interface PreluConfig {
  alphaInitializer: Initializer;
  alphaRegularizer: Regularizer | undefined;
  alphaConstraint: ConstraintLike | undefined;
  sharedAxes: readonly number[] | undefined;
}

/** Options of {@link prelu}. */
export interface PreluOptions extends LayerOptions {
  /** Default "zeros". */
  alphaInitializer?: InitializerLike;
  /** Penalty on the slopes. Default: none. */
  alphaRegularizer?: RegularizerLike;
  /** What holds the slopes within bounds after each step. Default: nothing. */
  alphaConstraint?: ConstraintLike;
  /** Axes along which one slope holds, counted with the batch axis, which is 0: [1, 2] for one a channel. Default: none. */
  sharedAxes?: readonly number[];
}

const preluDefinition: LayerDefinition<PreluConfig> = {
  type: "prelu",
  keras: "PReLU",
  outputShape: ([input], { sharedAxes }) => {
    for (const axis of sharedAxes ?? []) exampleAxis("prelu", axis, input!);
    return input!;
  },
  weights([input], { sharedAxes = [], alphaInitializer, alphaRegularizer, alphaConstraint }) {
    const shared = sharedAxes.map((axis) => exampleAxis("prelu", axis, input!));
    return [
      {
        name: "alpha",
        shape: input!.map((n, axis) => (shared.includes(axis) ? 1 : n)),
        initializer: alphaInitializer,
        regularizer: alphaRegularizer,
        constraint: alphaConstraint,
      },
    ];
  },
  // relu(x) − alpha · relu(−x)
  call: ([x], { weights }) =>
    ops.subtract(ops.relu(x), ops.multiply(weights.alpha!, ops.relu(ops.negative(x)))),
};

/** x above 0 and alpha · x below, alpha learned (He et al., arXiv:1502.01852). @throws AnygradError INVALID_ARGUMENT */
export function prelu(options?: PreluOptions): Layer {
  const given = layerOptions(
    "prelu",
    options,
    "alphaInitializer alphaRegularizer alphaConstraint:string|object sharedAxes:object",
  );
  const { alphaInitializer = "zeros", alphaRegularizer, alphaConstraint, sharedAxes } = given;
  return createLayer(
    preluDefinition,
    {
      alphaInitializer: getInitializer(alphaInitializer, "prelu: alphaInitializer"),
      alphaRegularizer: alphaRegularizer && getRegularizer(alphaRegularizer, "prelu: alphaRegularizer"),
      alphaConstraint,
      sharedAxes: sharedAxes && [...sharedAxes],
    },
    given,
  );
}
