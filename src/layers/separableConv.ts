/** Separable convolutions: each channel by itself, then all of them mixed, pixel by pixel or step by step. */

import { checkCount } from "../math/checks.ts";
import { checkSequencePadding, type SequencePadding } from "../ops/conv1d.ts";
import * as ops from "../ops/index.ts";
import { checkPadding, type Padding, type Pair, pair, slide } from "../ops/window.ts";
import { applyActivation, splitActivation } from "./activation.ts";
import { imageShape } from "./conv2d.ts";
import { createLayer, layerOptions } from "./createLayer.ts";
import { paddedBefore } from "./depthwiseConv1d.ts";
import type { Layer, LayerDefinition } from "./layer.ts";
import {
  type SeparableConfig,
  type SeparableOptions,
  separable,
  separableNames,
  separableWeights,
} from "./separableOptions.ts";
import { asImages, sequenceShape } from "./sequence.ts";

interface Config extends SeparableConfig {
  filters: number;
  kernelSize: readonly [number, number];
  strides: readonly [number, number];
  padding: Padding;
  dilationRate: readonly [number, number];
  depthMultiplier: number;
}

const type2d = "separableConv2d";

const definition2d: LayerDefinition<Config> = {
  type: type2d,
  keras: "SeparableConv2D",
  outputShape([input], { kernelSize, strides, dilationRate, padding, filters }) {
    const [h, w] = imageShape(type2d, input);
    return [
      slide(h, kernelSize[0], strides[0], dilationRate[0], padding, type2d).out,
      slide(w, kernelSize[1], strides[1], dilationRate[1], padding, type2d).out,
      filters,
    ];
  },
  weights([input], config) {
    const [, , c] = imageShape(type2d, input);
    const { kernelSize, depthMultiplier, filters } = config;
    return separableWeights(
      [...kernelSize, c, depthMultiplier],
      [1, 1, c * depthMultiplier, filters],
      config,
    );
  },
  call([x], { config, weights, logits }) {
    const { strides, padding, dilationRate } = config;
    const { activation, rest } = splitActivation(config.activation, logits);
    const { depthwise_kernel, pointwise_kernel, bias = null } = weights;
    const windows = { strides, padding, dilationRate, activation };
    const y = ops.separableConv2d(x, depthwise_kernel!, pointwise_kernel!, bias, windows);
    return applyActivation(y, rest);
  },
  lastActivation: ({ activation }) => activation,
};

/** Options of {@link separableConv2d}. */
export interface SeparableConv2dOptions extends SeparableOptions {
  /** [height, width] of the window in pixels, or one number for both. */
  kernelSize: Pair;
  /** Default 1. */
  strides?: Pair;
  /** "valid" (default) or "same". */
  padding?: Padding;
  /** Default 1. */
  dilationRate?: Pair;
}

/** [n, h, w, channels] gives [n, oh, ow, filters]. @throws AnygradError INVALID_ARGUMENT */
export function separableConv2d(options: SeparableConv2dOptions): Layer {
  const given = layerOptions(
    type2d,
    options,
    `filters kernelSize strides padding dilationRate depthMultiplier ${separableNames}`,
  );
  const config: Config = {
    filters: checkCount(`${type2d}: filters`, given.filters),
    kernelSize: pair(given.kernelSize, `${type2d}: kernelSize`),
    strides: pair(given.strides ?? 1, `${type2d}: strides`),
    padding: checkPadding(type2d, given.padding),
    dilationRate: pair(given.dilationRate ?? 1, `${type2d}: dilationRate`),
    depthMultiplier: checkCount(`${type2d}: depthMultiplier`, given.depthMultiplier ?? 1),
    ...separable(type2d, given),
  };
  return createLayer(definition2d, config, given);
}

interface Config1d extends SeparableConfig {
  filters: number;
  kernelSize: number;
  strides: number;
  padding: SequencePadding;
  dilationRate: number;
  depthMultiplier: number;
}

const type1d = "separableConv1d";

const definition1d: LayerDefinition<Config1d> = {
  type: type1d,
  keras: "SeparableConv1D",
  traits: { dropsMask: true },
  outputShape([input], { kernelSize, strides, dilationRate, padding, filters }) {
    const [steps] = sequenceShape(type1d, input);
    const before = padding === "causal" ? (kernelSize - 1) * dilationRate : 0;
    const sides = padding === "causal" ? "valid" : padding;
    return [slide(before + steps, kernelSize, strides, dilationRate, sides, type1d).out, filters];
  },
  weights([input], config) {
    const [, c] = sequenceShape(type1d, input);
    const { kernelSize, depthMultiplier, filters } = config;
    return separableWeights([kernelSize, c, depthMultiplier], [1, c * depthMultiplier, filters], config);
  },
  call([x], { config, weights, logits }) {
    const { strides, padding, dilationRate } = config;
    const { activation, rest } = splitActivation(config.activation, logits);
    const [depthwise, pointwise] = [weights.depthwise_kernel!, weights.pointwise_kernel!];
    const whole = paddedBefore(x, config);
    const y = asImages(whole, (images) =>
      ops.separableConv2d(
        images,
        ops.reshape(depthwise, [1, ...depthwise.shape]),
        ops.reshape(pointwise, [1, ...pointwise.shape]),
        weights.bias ?? null,
        {
          strides: [1, strides],
          padding: padding === "causal" ? "valid" : padding,
          dilationRate: [1, dilationRate],
          activation,
        },
      ),
    );
    return applyActivation(y, rest);
  },
  lastActivation: ({ activation }) => activation,
};

/** Options of {@link separableConv1d}. */
export interface SeparableConv1dOptions extends SeparableOptions {
  /** Steps of the window. */
  kernelSize: number;
  /** Default 1. */
  strides?: number;
  /** "valid" (default), "same", or "causal": zeros before the sequence alone. */
  padding?: SequencePadding;
  /** Default 1. */
  dilationRate?: number;
}

/** [n, steps, channels] gives [n, new steps, filters]. @throws AnygradError INVALID_ARGUMENT */
export function separableConv1d(options: SeparableConv1dOptions): Layer {
  const given = layerOptions(
    type1d,
    options,
    `filters kernelSize strides padding dilationRate depthMultiplier ${separableNames}`,
  );
  const config: Config1d = {
    filters: checkCount(`${type1d}: filters`, given.filters),
    kernelSize: checkCount(`${type1d}: kernelSize`, given.kernelSize),
    strides: checkCount(`${type1d}: strides`, given.strides ?? 1),
    padding: checkSequencePadding(type1d, given.padding),
    dilationRate: checkCount(`${type1d}: dilationRate`, given.dilationRate ?? 1),
    depthMultiplier: checkCount(`${type1d}: depthMultiplier`, given.depthMultiplier ?? 1),
    ...separable(type1d, given),
  };
  return createLayer(definition1d, config, given);
}
