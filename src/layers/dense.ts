/** The fully connected layer. */

import { AnygradError } from "../errors.ts";
import { checkCount } from "../math/checks.ts";
import * as ops from "../ops/index.ts";
import { formatShape, type Shape } from "../tensor/shape.ts";
import { activationSteps, applyActivation, splitActivation } from "./activation.ts";
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

function features(input: Shape | undefined): number {
  const [n] = input ?? [];
  if (n === undefined || input!.length !== 1)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `dense: the input of an example is ${formatShape(input ?? [])}; one axis is wanted, so put layers.flatten() before it`,
    );
  return n;
}

const definition: LayerDefinition<Config> = {
  type: "dense",
  keras: "Dense",
  traits: ({ activation }) => ({ steps: activationSteps(activation) }),
  outputShape([input], { units }) {
    features(input);
    return [units];
  },
  weights: ([input], config) => kernelAndBias([features(input), config.units], config.units, config),
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

/** activation(x kernel + bias): [n, features] gives [n, units]. @throws AnygradError INVALID_ARGUMENT */
export function dense(options: DenseOptions): Layer {
  const given = layerOptions("dense", options, `units ${weightedNames}`);
  const units = checkCount("dense: units", given.units);
  return createLayer(definition, { units, ...weighted("dense", given) }, given);
}
