/** The simple recurrent layer. */
import * as ops from "../ops/index.ts";
import { layerOptions } from "./createLayer.ts";
import {
  type RecurrentConfig,
  type RecurrentKind,
  type RecurrentMaker,
  type RecurrentOptions,
  recurrentConfig,
  recurrentLayer,
  recurrentNames,
} from "./recurrent.ts";

const kind: RecurrentKind<RecurrentConfig> = {
  type: "simpleRNN",
  keras: "SimpleRNN",
  gates: 1,
  states: ["state_h"],
  biasShape: ({ units }) => [units],
  run: (x, weights, { recurrentActivation: _, ...options }) =>
    ops.simpleRNN(x, weights.kernel!, weights.recurrent_kernel!, weights.bias, options),
};

/**
 * h = activation(x kernel + h recurrentKernel + bias) step by step: [n, steps, features] gives the last h, [n, units], or with
 * `returnSequences` all of them, [n, steps, units].
 * @throws AnygradError INVALID_ARGUMENT
 */
export const simpleRNN: RecurrentMaker<RecurrentOptions> = (options: RecurrentOptions) => {
  const given = layerOptions("simpleRNN", options, recurrentNames);
  return recurrentLayer(kind, recurrentConfig("simpleRNN", given), given);
};
