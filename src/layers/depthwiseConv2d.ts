/** Depthwise 2-D convolution: every channel has kernels of its own. */

import type { ConstraintLike } from "../constraints/index.ts";
import { getInitializer, type InitializerLike } from "../initializers/index.ts";
import { checkCount } from "../math/checks.ts";
import * as ops from "../ops/index.ts";
import { checkPadding, type Padding, type Pair, pair, slide } from "../ops/window.ts";
import { getRegularizer, type RegularizerLike } from "../regularizers/index.ts";
import { applyActivation, splitActivation } from "./activation.ts";
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
  kernelSize: readonly [number, number];
  strides: readonly [number, number];
  padding: Padding;
  dilationRate: readonly [number, number];
  depthMultiplier: number;
}

const definition: LayerDefinition<Config> = {
  type: "depthwiseConv2d",
  keras: "DepthwiseConv2D",
  outputShape([input], { kernelSize, strides, dilationRate, padding, depthMultiplier }) {
    const [h, w, c] = imageShape("depthwiseConv2d", input);
    return [
      slide(h, kernelSize[0], strides[0], dilationRate[0], padding, "depthwiseConv2d").out,
      slide(w, kernelSize[1], strides[1], dilationRate[1], padding, "depthwiseConv2d").out,
      c * depthMultiplier,
    ];
  },
  weights([input], config) {
    const [, , c] = imageShape("depthwiseConv2d", input);
    const { kernelSize, depthMultiplier } = config;
    return kernelAndBias([...kernelSize, c, depthMultiplier], c * depthMultiplier, config);
  },
  call([x], { config, weights, logits }) {
    const { strides, padding, dilationRate } = config;
    const { activation, rest } = splitActivation(config.activation, logits);
    const attributes = { strides, padding, dilationRate, activation };
    const y = ops.depthwiseConv2d(x, weights.kernel!, weights.bias ?? null, attributes);
    return applyActivation(y, rest);
  },
  lastActivation: ({ activation }) => activation,
};

/** Options of {@link depthwiseConv2d}. */
export interface DepthwiseConv2dOptions
  extends Omit<WeightedOptions, "kernelInitializer" | "kernelRegularizer" | "kernelConstraint"> {
  /** [height, width] of the window in pixels, or one number for both. */
  kernelSize: Pair;
  /** Default 1. */
  strides?: Pair;
  /** "valid" (default) or "same". */
  padding?: Padding;
  /** Default 1. */
  dilationRate?: Pair;
  /** Output channels per input channel. Default 1. */
  depthMultiplier?: number;
  /** Default "glorotUniform". */
  depthwiseInitializer?: InitializerLike;
  /** Penalty on the kernel. Default: none. */
  depthwiseRegularizer?: RegularizerLike;
  /** What holds the kernel within bounds after each step. Default: nothing. */
  depthwiseConstraint?: ConstraintLike;
}

/** [n, h, w, c] gives [n, oh, ow, c · depthMultiplier]. @throws AnygradError INVALID_ARGUMENT */
export function depthwiseConv2d(options: DepthwiseConv2dOptions): Layer {
  // a saved layer has the names that all kernels have
  const given = layerOptions(
    "depthwiseConv2d",
    options as DepthwiseConv2dOptions & WeightedOptions,
    `kernelSize strides padding dilationRate depthMultiplier depthwiseInitializer depthwiseRegularizer depthwiseConstraint:string|object ${weightedNames}`,
  );
  const { depthwiseInitializer, depthwiseRegularizer, depthwiseConstraint } = given;
  const config: Config = {
    kernelSize: pair(given.kernelSize, "depthwiseConv2d: kernelSize"),
    strides: pair(given.strides ?? 1, "depthwiseConv2d: strides"),
    padding: checkPadding("depthwiseConv2d", given.padding),
    dilationRate: pair(given.dilationRate ?? 1, "depthwiseConv2d: dilationRate"),
    depthMultiplier: checkCount("depthwiseConv2d: depthMultiplier", given.depthMultiplier ?? 1),
    ...weighted("depthwiseConv2d", {
      kernelInitializer: getInitializer(
        depthwiseInitializer ?? "glorotUniform",
        "depthwiseConv2d: depthwiseInitializer",
      ),
      ...(depthwiseRegularizer && {
        kernelRegularizer: getRegularizer(depthwiseRegularizer, "depthwiseConv2d: depthwiseRegularizer"),
      }),
      ...(depthwiseConstraint && { kernelConstraint: depthwiseConstraint }),
      ...given,
    }),
  };
  return createLayer(definition, config, given);
}
