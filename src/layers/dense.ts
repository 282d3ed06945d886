/** The fully connected layer. */

import { checkCount } from "../math/checks.ts";
import * as ops from "../ops/index.ts";
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
  units: number;
}

const definition: LayerDefinition<Config> = {
  type: "dense",
  keras: "Dense",
  traits: { convolves: false },
  outputShape: ([input], { units }) => [...input!.slice(0, -1), units],
  weights: ([input], config) => kernelAndBias([input!.at(-1)!, config.units], config.units, config),
  call([x], { config, weights, logits }) {
    const { activation, rest } = splitActivation(config.activation, logits);
    return applyActivation(ops.dense(x, weights.kernel!, weights.bias ?? null, { activation }), rest);
  },
  lastActivation: ({ activation }) => activation,
};

/** Options of {@link dense}. */
export interface DenseOptions extends WeightedOptions {
  /** Outputs. */
  units: number;
}

/** activation(x kernel + bias) over the last axis: [n, ..., features] gives [n, ..., units]. @throws AnygradError INVALID_ARGUMENT */
export function dense(options: DenseOptions): Layer {
  const given = layerOptions("dense", options, `units ${weightedNames}`);
  const units = checkCount("dense: units", given.units);
  return createLayer(definition, { units, ...weighted("dense", given) }, given);
}
