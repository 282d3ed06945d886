/** Batch and layer normalisation, and the rescaling of inputs. */

import { getInitializer, type Initializer, type InitializerLike } from "../initializers/index.ts";
import { checkNumber, checkPositive } from "../math/checks.ts";
import * as ops from "../ops/index.ts";
import type { Shape } from "../tensor/shape.ts";
import { createLayer, layerOptions } from "./createLayer.ts";
import type { Layer, LayerDefinition, LayerOptions, WeightSpec } from "./layer.ts";

interface AffineConfig {
  epsilon: number;
  betaInitializer: Initializer;
  gammaInitializer: Initializer;
}

/** Options of {@link layerNormalization}. */
export interface LayerNormalizationOptions extends LayerOptions {
  /** Added to the variance. Default 1e-3. */
  epsilon?: number;
  /** Default "zeros". */
  betaInitializer?: InitializerLike;
  /** Default "ones". */
  gammaInitializer?: InitializerLike;
}

/** Options of {@link batchNormalization}. */
export interface BatchNormalizationOptions extends LayerNormalizationOptions {
  /** Share of the old moving statistics that stays. Default 0.99. */
  momentum?: number;
}

const affineNames = "epsilon betaInitializer gammaInitializer";

function affine(subject: string, options: LayerNormalizationOptions): AffineConfig {
  return {
    epsilon: checkPositive(`${subject}: epsilon`, options.epsilon ?? 1e-3),
    betaInitializer: getInitializer(options.betaInitializer ?? "zeros", `${subject}: betaInitializer`),
    gammaInitializer: getInitializer(options.gammaInitializer ?? "ones", `${subject}: gammaInitializer`),
  };
}

/** gamma and beta, one of each per element of the last axis. */
function gammaAndBeta(input: Shape | undefined, config: AffineConfig): WeightSpec[] {
  const shape = [input?.at(-1) ?? 1];
  return [
    { name: "gamma", shape, initializer: config.gammaInitializer },
    { name: "beta", shape, initializer: config.betaInitializer },
  ];
}

interface BatchConfig extends AffineConfig {
  momentum: number;
}

const batchDefinition: LayerDefinition<BatchConfig> = {
  type: "batchNormalization",
  keras: "BatchNormalization",
  traits: {
    takesActivation: "ofNext",
    statistics: { mean: "moving_mean", variance: "moving_variance" },
    gradientInPlace: true,
  },
  outputShape: ([input]) => input!,
  weights([input], config) {
    const shape = [input?.at(-1) ?? 1];
    return [
      ...gammaAndBeta(input, config),
      { name: "moving_mean", shape, initializer: getInitializer("zeros"), trainable: false },
      { name: "moving_variance", shape, initializer: getInitializer("ones"), trainable: false },
    ];
  },
  call: ([x], { config, weights, training, activation, momentum = config.momentum }) =>
    ops.batchNormalization(x, weights.gamma!, weights.beta!, weights.moving_mean!, weights.moving_variance!, {
      training,
      momentum,
      epsilon: config.epsilon,
      activation,
    }),
};

/**
 * Normalises each channel (last axis) by the batch's statistics in training, by moving ones otherwise. A frozen
 * layer uses the moving ones always, as in Keras.
 */
export function batchNormalization(options?: BatchNormalizationOptions): Layer {
  const given = layerOptions("batchNormalization", options, `momentum ${affineNames}`);
  const momentum = given.momentum ?? 0.99;
  checkNumber("batchNormalization: momentum", momentum, { from: 0, to: 1 });
  return createLayer(batchDefinition, { momentum, ...affine("batchNormalization", given) }, given);
}

const layerDefinition: LayerDefinition<AffineConfig> = {
  type: "layerNormalization",
  keras: "LayerNormalization",
  outputShape: ([input]) => input!,
  weights: ([input], config) => gammaAndBeta(input, config),
  call: ([x], { config, weights }) =>
    ops.layerNormalization(x, weights.gamma!, weights.beta!, { epsilon: config.epsilon }),
};

/** Normalises each example over its last axis. */
export function layerNormalization(options?: LayerNormalizationOptions): Layer {
  const given = layerOptions("layerNormalization", options, affineNames);
  return createLayer(layerDefinition, affine("layerNormalization", given), given);
}

const rescalingDefinition: LayerDefinition<{ scale: number; offset: number }> = {
  type: "rescaling",
  keras: "Rescaling",
  traits: { rescales: true },
  outputShape: ([input]) => input!,
  call: ([x], { config }) => ops.rescale(x, { scale: config.scale, shift: config.offset }),
};

/** x · scale + offset. A model that begins with it takes raw pixels: a data set's own normalisation is left out. */
export function rescaling(options: LayerOptions & { scale: number; offset?: number }): Layer {
  const { scale, offset = 0, ...shared } = layerOptions("rescaling", options, "scale offset");
  checkNumber("rescaling: scale", scale, {}, ", such as 1 / 255");
  checkNumber("rescaling: offset", offset);
  return createLayer(rescalingDefinition, { scale, offset }, shared);
}
