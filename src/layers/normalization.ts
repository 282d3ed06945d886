/** Batch and layer normalisation, and the rescaling of inputs. */

import { copy, filled } from "../autograd/constant.ts";
import { untracked } from "../autograd/untracked.ts";
import type { ConstraintLike } from "../constraints/index.ts";
import { getInitializer, type Initializer, type InitializerLike } from "../initializers/index.ts";
import { checkNumber, checkPositive } from "../math/checks.ts";
import * as ops from "../ops/index.ts";
import { getRegularizer, type Regularizer, type RegularizerLike } from "../regularizers/index.ts";
import { normalizeAxis, type Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { applyActivation } from "./activation.ts";
import { createLayer, layerOptions } from "./createLayer.ts";
import { exampleAxis, withAxesLast } from "./exampleAxis.ts";
import type { Layer, LayerDefinition, LayerOptions, WeightSpec } from "./layer.ts";
import { alongside, maskOf } from "./masks.ts";

interface AffineConfig {
  epsilon: number;
  center: boolean;
  scale: boolean;
  betaInitializer: Initializer;
  gammaInitializer: Initializer;
  betaRegularizer: Regularizer | undefined;
  gammaRegularizer: Regularizer | undefined;
  betaConstraint: ConstraintLike | undefined;
  gammaConstraint: ConstraintLike | undefined;
}

/** Options of the normalisations that scale and shift what they have normalised. */
export interface AffineOptions extends LayerOptions {
  /** Added to the variance. Default 1e-3. */
  epsilon?: number;
  /** Whether beta is added. Default true. */
  center?: boolean;
  /** Whether gamma multiplies. Default true. */
  scale?: boolean;
  /** Default "zeros". */
  betaInitializer?: InitializerLike;
  /** Default "ones". */
  gammaInitializer?: InitializerLike;
  /** Penalty on beta. Default: none. */
  betaRegularizer?: RegularizerLike;
  /** Penalty on gamma. Default: none. */
  gammaRegularizer?: RegularizerLike;
  /** What holds beta within bounds after each step. Default: nothing. */
  betaConstraint?: ConstraintLike;
  /** What holds gamma within bounds after each step. Default: nothing. */
  gammaConstraint?: ConstraintLike;
}

/** Options of {@link layerNormalization}. */
export interface LayerNormalizationOptions extends AffineOptions {
  /** The axis or axes over which it normalises, counted with the batch axis, which is 0. Default −1, the last. */
  axis?: number | readonly number[];
}

/** Options of {@link batchNormalization}. */
export interface BatchNormalizationOptions extends AffineOptions {
  /** The axis of the channels, counted with the batch axis, which is 0. Default −1, the last. */
  axis?: number;
  /** Share of the old moving statistics that stays. Default 0.99. */
  momentum?: number;
}

export const affineNames =
  "epsilon center:boolean scale:boolean betaInitializer gammaInitializer betaRegularizer gammaRegularizer betaConstraint:string|object gammaConstraint:string|object";

export function affine(subject: string, options: AffineOptions): AffineConfig {
  const { betaRegularizer, gammaRegularizer, betaConstraint, gammaConstraint } = options;
  return {
    epsilon: checkPositive(`${subject}: epsilon`, options.epsilon ?? 1e-3),
    center: options.center ?? true,
    scale: options.scale ?? true,
    betaInitializer: getInitializer(options.betaInitializer ?? "zeros", `${subject}: betaInitializer`),
    gammaInitializer: getInitializer(options.gammaInitializer ?? "ones", `${subject}: gammaInitializer`),
    betaRegularizer: betaRegularizer && getRegularizer(betaRegularizer, `${subject}: betaRegularizer`),
    gammaRegularizer: gammaRegularizer && getRegularizer(gammaRegularizer, `${subject}: gammaRegularizer`),
    betaConstraint,
    gammaConstraint,
  };
}

/** gamma and beta of this shape, where they are wanted. */
export function gammaAndBeta(shape: Shape, config: AffineConfig): WeightSpec[] {
  const spec = (name: "gamma" | "beta"): WeightSpec => ({
    name,
    shape,
    initializer: config[`${name}Initializer`],
    regularizer: config[`${name}Regularizer`],
    constraint: config[`${name}Constraint`],
  });
  return [...(config.scale ? [spec("gamma")] : []), ...(config.center ? [spec("beta")] : [])];
}

/** gamma and beta as the ops take them, [n]: 1 and 0 where the layer has none. */
export function affineOf(
  x: Tensor,
  { gamma, beta }: Readonly<Record<string, Tensor>>,
  n: number,
): readonly [gamma: Tensor, beta: Tensor] {
  const flat = (weight: Tensor): Tensor => (weight.shape.length === 1 ? weight : ops.reshape(weight, [n]));
  return [gamma ? flat(gamma) : filled(x.allocator, [n], 1), beta ? flat(beta) : filled(x.allocator, [n], 0)];
}

interface BatchConfig extends AffineConfig {
  momentum: number;
  axis: number;
}

const batchDefinition: LayerDefinition<BatchConfig> = {
  type: "batchNormalization",
  keras: "BatchNormalization",
  traits: {
    takesActivation: "ofNext",
    convolves: false,
    statistics: { mean: "moving_mean", variance: "moving_variance" },
  },
  outputShape([input], { axis }) {
    exampleAxis("batchNormalization", axis, input!);
    return input!;
  },
  weights([input], config) {
    const shape = [input![exampleAxis("batchNormalization", config.axis, input!)]!];
    return [
      ...gammaAndBeta(shape, config),
      { name: "moving_mean", shape, initializer: getInitializer("zeros"), trainable: false },
      { name: "moving_variance", shape, initializer: getInitializer("ones"), trainable: false },
    ];
  },
  call([x], { config, weights, training, activation, place, momentum = config.momentum }) {
    const { moving_mean: mean, moving_variance: variance } = weights;
    const mask = training ? maskOf(place) : undefined;
    if (mask)
      return applyActivation(maskedNormalization(x, mask, weights, { ...config, momentum }), activation);
    const attributes = { training, momentum, epsilon: config.epsilon, activation };
    return withAxesLast(x, [normalizeAxis(config.axis, x.shape.length, "axis")], (last) =>
      ops.batchNormalization(last, ...affineOf(x, weights, mean!.size), mean!, variance!, attributes),
    );
  },
};

/** By mean and variance of the steps that count alone, as in Keras; the moving ones take these, too. */
function maskedNormalization(
  x: Tensor,
  mask: Tensor,
  { gamma, beta, moving_mean, moving_variance }: Readonly<Record<string, Tensor>>,
  { axis, momentum, epsilon }: BatchConfig,
): Tensor {
  const at = normalizeAxis(axis, x.shape.length, "axis");
  const others = x.shape.flatMap((_, i) => (i === at ? [] : [i]));
  const wide = (channels: Tensor): Tensor =>
    ops.reshape(
      channels,
      x.shape.map((_, i) => (i === at ? channels.size : 1)),
    );
  const counts = ops.multiply(filled(x.allocator, x.shape, 1), alongside(mask, x));
  const of = (values: Tensor): Tensor => ops.sum(values, { axis: others, keepdims: true });
  const n = ops.add(of(counts), 1e-7);
  const mean = ops.divide(of(ops.multiply(x, counts)), n);
  const centred = ops.subtract(x, mean);
  const variance = ops.divide(of(ops.square(ops.multiply(centred, counts))), n);
  untracked(x.allocator, () => {
    for (const [moving, batch] of [
      [moving_mean!, mean],
      [moving_variance!, variance],
    ] as const) {
      const own = ops.reshape(batch, moving.shape);
      copy(moving, ops.add(ops.multiply(moving, momentum), ops.multiply(own, 1 - momentum)));
    }
  });
  const normal = ops.divide(centred, ops.sqrt(ops.add(variance, epsilon)));
  const scaled = gamma ? ops.multiply(normal, wide(gamma)) : normal;
  return beta ? ops.add(scaled, wide(beta)) : scaled;
}

/**
 * Normalises each channel (last axis) by the batch's statistics in training, by moving ones otherwise. A frozen
 * layer uses the moving ones always, as in Keras.
 */
export function batchNormalization(options?: BatchNormalizationOptions): Layer {
  const given = layerOptions("batchNormalization", options, `momentum axis:number ${affineNames}`);
  const { momentum = 0.99, axis = -1 } = given;
  checkNumber("batchNormalization: momentum", momentum, { from: 0, to: 1 });
  return createLayer(batchDefinition, { momentum, axis, ...affine("batchNormalization", given) }, given);
}

interface LayerConfig extends AffineConfig {
  axis: number | readonly number[];
}

/** The axes of an example, from 0, in rising order. */
function axesOf({ axis }: LayerConfig, input: Shape): number[] {
  const axes = [axis].flat().map((each) => exampleAxis("layerNormalization", each, input));
  return axes.sort((a, b) => a - b);
}

const layerDefinition: LayerDefinition<LayerConfig> = {
  type: "layerNormalization",
  keras: "LayerNormalization",
  outputShape([input], config) {
    axesOf(config, input!);
    return input!;
  },
  weights: ([input], config) =>
    gammaAndBeta(
      axesOf(config, input!).map((axis) => input![axis]!),
      config,
    ),
  call([x], { config, weights }) {
    const axes = axesOf(config, x.shape.slice(1)).map((axis) => axis + 1);
    const columns = axes.reduce((product, axis) => product * x.shape[axis]!, 1);
    const { epsilon } = config;
    return withAxesLast(x, axes, (last) => {
      const rows = axes.length === 1 ? last : ops.reshape(last, [last.size / columns, columns]);
      const y = ops.layerNormalization(rows, ...affineOf(x, weights, columns), { epsilon });
      return axes.length === 1 ? y : ops.reshape(y, last.shape);
    });
  },
};

/** Normalises each example over its last axis, or the axes that are named. */
export function layerNormalization(options?: LayerNormalizationOptions): Layer {
  const given = layerOptions("layerNormalization", options, `axis:number|object ${affineNames}`);
  const { axis = -1 } = given;
  const config = {
    axis: typeof axis === "number" ? axis : [...axis],
    ...affine("layerNormalization", given),
  };
  return createLayer(layerDefinition, config, given);
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
