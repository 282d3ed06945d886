/** 2-D convolution. */

import { AnygradError } from "../errors.ts";
import { checkCount } from "../math/checks.ts";
import { conv2dGeometry } from "../ops/conv2d.ts";
import * as ops from "../ops/index.ts";
import { checkPadding, type Padding, type Pair, pair } from "../ops/window.ts";
import { formatShape, type Shape } from "../tensor/shape.ts";
import { applyActivation, splitActivation } from "./activation.ts";
import { createLayer, layerOptions } from "./createLayer.ts";
import type { Layer, LayerDefinition } from "./layer.ts";
import {
  kernelAndBias,
  type WeightedConfig,
  type WeightedOptions,
  weighted,
  weightedNames,
} from "./weighted.ts";

interface Config extends WeightedConfig {
  filters: number;
  kernelSize: readonly [number, number];
  strides: readonly [number, number];
  padding: Padding;
  dilationRate: readonly [number, number];
  groups: number;
}

/** @throws AnygradError SHAPE_MISMATCH where an example is no image */
export function imageShape(subject: string, input: Shape | undefined): readonly [number, number, number] {
  if (input?.length !== 3)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${subject}: the input of an example is ${formatShape(input ?? [])}; pass [height, width, channels] as inputShape, or put layers.reshape() before it`,
    );
  const [height, width, channels] = input;
  return [height!, width!, channels!];
}

function kernelShape([, , channels]: readonly [number, number, number], config: Config): Shape {
  return [...config.kernelSize, channels / config.groups, config.filters];
}

const definition: LayerDefinition<Config> = {
  type: "conv2d",
  keras: "Conv2D",
  outputShape([input], config) {
    const image = imageShape("conv2d", input);
    const { oh, ow, o } = conv2dGeometry([1, ...image], kernelShape(image, config), config);
    return [oh, ow, o];
  },
  weights: ([input], config) =>
    kernelAndBias(kernelShape(imageShape("conv2d", input), config), config.filters, config),
  call([x], { config, weights, logits }) {
    const { strides, padding, dilationRate, groups } = config;
    const { activation, rest } = splitActivation(config.activation, logits);
    const attributes = { strides, padding, dilationRate, groups, activation };
    const y = ops.conv2d(x, weights.kernel!, weights.bias ?? null, attributes);
    return applyActivation(y, rest);
  },
  lastActivation: ({ activation }) => activation,
};

/** Options of {@link conv2d}. */
export interface Conv2dOptions extends WeightedOptions {
  /** Output channels. */
  filters: number;
  /** [height, width] of the window in pixels, or one number for both. */
  kernelSize: Pair;
  /** Default 1. */
  strides?: Pair;
  /** "valid" (default) or "same". */
  padding?: Padding;
  /** Default 1. */
  dilationRate?: Pair;
  /** Default 1; must divide channels and filters. */
  groups?: number;
}

/** [n, h, w, channels] gives [n, oh, ow, filters]. @throws AnygradError INVALID_ARGUMENT */
export function conv2d(options: Conv2dOptions): Layer {
  const given = layerOptions(
    "conv2d",
    options,
    `filters kernelSize strides padding dilationRate groups ${weightedNames}`,
  );
  const config: Config = {
    filters: checkCount("conv2d: filters", given.filters),
    kernelSize: pair(given.kernelSize, "conv2d: kernelSize"),
    strides: pair(given.strides ?? 1, "conv2d: strides"),
    padding: checkPadding("conv2d", given.padding),
    dilationRate: pair(given.dilationRate ?? 1, "conv2d: dilationRate"),
    groups: checkCount("conv2d: groups", given.groups ?? 1),
    ...weighted("conv2d", given),
  };
  return createLayer(definition, config, given);
}
