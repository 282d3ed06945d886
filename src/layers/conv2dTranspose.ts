/** Transposed 2-D convolution, which makes images larger. */

import { checkCount } from "../math/checks.ts";
import { conv2dTransposeGeometry } from "../ops/conv2dTranspose.ts";
import * as ops from "../ops/index.ts";
import { checkPadding, type Padding, type Pair, pair } from "../ops/window.ts";
import type { Shape } from "../tensor/shape.ts";
import { applyActivation } from "./activation.ts";
import { imageShape } from "./conv2d.ts";
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
  outputPadding: number | readonly [number, number] | undefined;
  dilationRate: readonly [number, number];
}

const type = "conv2dTranspose";

function kernelShape(input: Shape | undefined, { kernelSize, filters }: Config): Shape {
  return [...kernelSize, filters, imageShape(type, input)[2]];
}

const definition: LayerDefinition<Config> = {
  type,
  keras: "Conv2DTranspose",
  outputShape([input], config) {
    const image = imageShape(type, input);
    const { h, w, c } = conv2dTransposeGeometry([1, ...image], kernelShape(input, config), config);
    return [h, w, c];
  },
  weights: ([input], config) => kernelAndBias(kernelShape(input, config), config.filters, config),
  call([x], { config, weights, logits }) {
    const { strides, padding, outputPadding, dilationRate, activation } = config;
    const attributes = { strides, padding, outputPadding, dilationRate };
    const y = ops.conv2dTranspose(x, weights.kernel!, weights.bias ?? null, attributes);
    return logits ? y : applyActivation(y, activation);
  },
  lastActivation: ({ activation }) => activation,
};

/** Options of {@link conv2dTranspose}. */
export interface Conv2dTransposeOptions extends WeightedOptions {
  /** Output channels. */
  filters: number;
  /** [height, width] of the window in pixels, or one number for both. */
  kernelSize: Pair;
  /** Pixels of the output from one pixel of the input to the next. Default 1. */
  strides?: Pair;
  /** "valid" (default), or "same": the output has size · stride pixels. */
  padding?: Padding;
  /** Pixels that the output has more than the smallest that fits, below the stride. Default: by `padding`. */
  outputPadding?: number | readonly [number, number];
  /** Default 1. */
  dilationRate?: Pair;
}

/**
 * [n, h, w, channels] gives [n, oh, ow, filters]: with "same" oh = h · stride. @throws AnygradError INVALID_ARGUMENT
 * @example
 * ```js
 * import { layers, sequential } from "anygrad";
 *
 * const options = { filters: 1, kernelSize: 3, strides: 2, padding: "same" };
 * const net = sequential([layers.conv2dTranspose(options)], { inputShape: [14, 14, 8] });
 * console.log(net.outputShape); // [28, 28, 1]
 * ```
 */
export function conv2dTranspose(options: Conv2dTransposeOptions): Layer {
  const given = layerOptions(
    type,
    options,
    `filters kernelSize strides padding outputPadding:number|object dilationRate ${weightedNames}`,
  );
  const { outputPadding } = given;
  const config: Config = {
    filters: checkCount(`${type}: filters`, given.filters),
    kernelSize: pair(given.kernelSize, `${type}: kernelSize`),
    strides: pair(given.strides ?? 1, `${type}: strides`),
    padding: checkPadding(type, given.padding),
    outputPadding: typeof outputPadding === "object" ? [outputPadding[0], outputPadding[1]] : outputPadding,
    dilationRate: pair(given.dilationRate ?? 1, `${type}: dilationRate`),
    ...weighted(type, given),
  };
  return createLayer(definition, config, given);
}
