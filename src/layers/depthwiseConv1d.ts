/** Depthwise 1-D convolution: every channel has kernels of its own. */

import { filled } from "../autograd/constant.ts";
import { getInitializer } from "../initializers/index.ts";
import { checkCount } from "../math/checks.ts";
import { checkSequencePadding, type SequencePadding } from "../ops/conv1d.ts";
import * as ops from "../ops/index.ts";
import { slide } from "../ops/window.ts";
import { getRegularizer } from "../regularizers/index.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { applyActivation, splitActivation } from "./activation.ts";
import { createLayer, layerOptions } from "./createLayer.ts";
import type { DepthwiseConv2dOptions } from "./depthwiseConv2d.ts";
import type { Layer, LayerDefinition } from "./layer.ts";
import { asImages, sequenceShape } from "./sequence.ts";
import {
  kernelAndBias,
  type WeightedConfig,
  type WeightedOptions,
  weighted,
  weightedNames,
} from "./weighted.ts";

interface Config extends WeightedConfig {
  kernelSize: number;
  strides: number;
  padding: SequencePadding;
  dilationRate: number;
  depthMultiplier: number;
}

/** A sequence with the zeros before it that causal padding wants. */
export function paddedBefore(
  x: Tensor,
  { padding, kernelSize, dilationRate }: Pick<Config, "padding" | "kernelSize" | "dilationRate">,
): Tensor {
  const before = (kernelSize - 1) * dilationRate;
  if (padding !== "causal" || before === 0) return x;
  const [n, , channels] = x.shape as [number, number, number];
  return ops.concatenate([filled(x.allocator, [n, before, channels], 0), x], { axis: 1 });
}

const type = "depthwiseConv1d";

const definition: LayerDefinition<Config> = {
  type,
  keras: "DepthwiseConv1D",
  traits: { dropsMask: true },
  outputShape([input], { kernelSize, strides, dilationRate, padding, depthMultiplier }) {
    const [steps, c] = sequenceShape(type, input);
    const before = padding === "causal" ? (kernelSize - 1) * dilationRate : 0;
    const sides = padding === "causal" ? "valid" : padding;
    return [slide(before + steps, kernelSize, strides, dilationRate, sides, type).out, c * depthMultiplier];
  },
  weights([input], config) {
    const [, c] = sequenceShape(type, input);
    const { kernelSize, depthMultiplier } = config;
    return kernelAndBias([kernelSize, c, depthMultiplier], c * depthMultiplier, config);
  },
  call([x], { config, weights, logits }) {
    const { strides, padding, dilationRate } = config;
    const { activation, rest } = splitActivation(config.activation, logits);
    const kernel = weights.kernel!;
    const y = asImages(paddedBefore(x, config), (images) =>
      ops.depthwiseConv2d(images, ops.reshape(kernel, [1, ...kernel.shape]), weights.bias ?? null, {
        strides: [1, strides],
        padding: padding === "causal" ? "valid" : padding,
        dilationRate: [1, dilationRate],
        activation,
      }),
    );
    return applyActivation(y, rest);
  },
  lastActivation: ({ activation }) => activation,
};

/** Options of {@link depthwiseConv1d}. */
export interface DepthwiseConv1dOptions
  extends Omit<DepthwiseConv2dOptions, "kernelSize" | "strides" | "padding" | "dilationRate"> {
  /** Steps of the window. */
  kernelSize: number;
  /** Default 1. */
  strides?: number;
  /** "valid" (default), "same", or "causal": zeros before the sequence alone. */
  padding?: SequencePadding;
  /** Default 1. */
  dilationRate?: number;
}

/** [n, steps, c] gives [n, new steps, c · depthMultiplier]. @throws AnygradError INVALID_ARGUMENT */
export function depthwiseConv1d(options: DepthwiseConv1dOptions): Layer {
  // a saved layer has the names that all kernels have
  const given = layerOptions(
    type,
    options as DepthwiseConv1dOptions & WeightedOptions,
    `kernelSize strides padding dilationRate depthMultiplier depthwiseInitializer depthwiseRegularizer depthwiseConstraint:string|object ${weightedNames}`,
  );
  const { depthwiseInitializer = "glorotUniform", depthwiseRegularizer, depthwiseConstraint } = given;
  const config: Config = {
    kernelSize: checkCount(`${type}: kernelSize`, given.kernelSize),
    strides: checkCount(`${type}: strides`, given.strides ?? 1),
    padding: checkSequencePadding(type, given.padding),
    dilationRate: checkCount(`${type}: dilationRate`, given.dilationRate ?? 1),
    depthMultiplier: checkCount(`${type}: depthMultiplier`, given.depthMultiplier ?? 1),
    ...weighted(type, {
      kernelInitializer: getInitializer(depthwiseInitializer, `${type}: depthwiseInitializer`),
      ...(depthwiseRegularizer && {
        kernelRegularizer: getRegularizer(depthwiseRegularizer, `${type}: depthwiseRegularizer`),
      }),
      ...(depthwiseConstraint && { kernelConstraint: depthwiseConstraint }),
      ...given,
    }),
  };
  return createLayer(definition, config, given);
}
