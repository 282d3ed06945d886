/** 1-D convolution: of sound, of what sensors measure, of texts. */

import { checkCount } from "../math/checks.ts";
import { checkSequencePadding, type SequencePadding } from "../ops/conv1d.ts";
import { conv2dGeometry } from "../ops/conv2d.ts";
import * as ops from "../ops/index.ts";
import type { Shape } from "../tensor/shape.ts";
import { applyActivation, splitActivation } from "./activation.ts";
import { createLayer, layerOptions } from "./createLayer.ts";
import type { Layer, LayerDefinition } from "./layer.ts";
import { sequenceShape } from "./sequence.ts";
import {
  kernelAndBias,
  type WeightedConfig,
  type WeightedOptions,
  weighted,
  weightedNames,
} from "./weighted.ts";

interface Config extends WeightedConfig {
  filters: number;
  kernelSize: number;
  strides: number;
  padding: SequencePadding;
  dilationRate: number;
  groups: number;
}

/** The convolution of images of one row that it is. */
function geometryOf(n: number, input: Shape | undefined, config: Config) {
  const { kernelSize, strides, padding, dilationRate, groups, filters } = config;
  const [steps, channels] = sequenceShape("conv1d", input);
  const before = padding === "causal" ? (kernelSize - 1) * dilationRate : 0;
  return conv2dGeometry([n, 1, before + steps, channels], [1, kernelSize, channels / groups, filters], {
    strides: [1, strides],
    padding: padding === "causal" ? "valid" : padding,
    dilationRate: [1, dilationRate],
    groups,
  });
}

const definition: LayerDefinition<Config> = {
  type: "conv1d",
  keras: "Conv1D",
  traits: { dropsMask: true },
  outputShape([input], config) {
    const { ow, o } = geometryOf(1, input, config);
    return [ow, o];
  },
  weights([input], config) {
    const [, channels] = sequenceShape("conv1d", input);
    const { kernelSize, groups, filters } = config;
    return kernelAndBias([kernelSize, channels / groups, filters], filters, config);
  },
  call([x], { config, weights, logits }) {
    const { strides, padding, dilationRate, groups } = config;
    const { activation, rest } = splitActivation(config.activation, logits);
    const attributes = { strides, padding, dilationRate, groups, activation };
    return applyActivation(ops.conv1d(x, weights.kernel!, weights.bias ?? null, attributes), rest);
  },
  lastActivation: ({ activation }) => activation,
};

/** Options of {@link conv1d}. */
export interface Conv1dOptions extends WeightedOptions {
  /** Output channels. */
  filters: number;
  /** Steps of the window. */
  kernelSize: number;
  /** Default 1. */
  strides?: number;
  /** "valid" (default), "same", or "causal": zeros before the sequence alone, so that no output sees a later step. */
  padding?: SequencePadding;
  /** Default 1. */
  dilationRate?: number;
  /** Default 1; must divide channels and filters. */
  groups?: number;
}

/**
 * [n, steps, channels] gives [n, new steps, filters]. @throws AnygradError INVALID_ARGUMENT
 * @example
 * ```js
 * import { layers, sequential } from "anygrad";
 *
 * const net = sequential([layers.conv1d({ filters: 8, kernelSize: 5, strides: 2 })], { inputShape: [96, 64] });
 * console.log(net.outputShape); // [46, 8]
 * ```
 */
export function conv1d(options: Conv1dOptions): Layer {
  const given = layerOptions(
    "conv1d",
    options,
    `filters kernelSize strides padding dilationRate groups ${weightedNames}`,
  );
  const config: Config = {
    filters: checkCount("conv1d: filters", given.filters),
    kernelSize: checkCount("conv1d: kernelSize", given.kernelSize),
    strides: checkCount("conv1d: strides", given.strides ?? 1),
    padding: checkSequencePadding("conv1d", given.padding),
    dilationRate: checkCount("conv1d: dilationRate", given.dilationRate ?? 1),
    groups: checkCount("conv1d: groups", given.groups ?? 1),
    ...weighted("conv1d", given),
  };
  return createLayer(definition, config, given);
}
