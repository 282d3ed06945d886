/** Dropout: active in training only. */
import { checkNumber, properShare } from "../math/checks.ts";
import * as ops from "../ops/index.ts";
import { createLayer, layerOptions } from "./createLayer.ts";
import type { Layer, LayerDefinition, LayerOptions } from "./layer.ts";

const definition: LayerDefinition<{ rate: number }> = {
  type: "dropout",
  keras: "Dropout",
  traits: ({ rate }) => (rate > 0 ? { differsInTraining: true } : { isView: true }),
  outputShape: ([input]) => input!,
  call: ([x], { config, training, draw }) =>
    training && config.rate > 0 ? ops.dropout(x, { rate: config.rate, ...draw }) : x,
};

/** Sets a share `rate` of the elements to 0 and scales the others by 1 / (1 − rate). */
export function dropout(options: LayerOptions & { rate: number }): Layer {
  const { rate, ...shared } = layerOptions("dropout", options, "rate");
  return createLayer(definition, { rate: checkNumber("dropout: rate", rate, properShare) }, shared);
}
