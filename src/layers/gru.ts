/** The gated recurrent unit. */
import * as ops from "../ops/index.ts";
import { layerOptions } from "./createLayer.ts";
import {
  type GatedOptions,
  gateActivation,
  type RecurrentConfig,
  type RecurrentKind,
  type RecurrentMaker,
  recurrentConfig,
  recurrentLayer,
  recurrentNames,
} from "./recurrent.ts";

interface Config extends RecurrentConfig {
  resetAfter: boolean;
}

const kind: RecurrentKind<Config> = {
  type: "gru",
  keras: "GRU",
  gates: 3,
  states: ["state_h"],
  biasShape: ({ units, resetAfter }) => (resetAfter ? [2, 3 * units] : [3 * units]),
  resetsAfter: ({ resetAfter }) => resetAfter,
  run: (x, weights, options, { resetAfter }) =>
    ops.gru(x, weights.kernel!, weights.recurrent_kernel!, weights.bias, {
      ...options,
      resetAfter,
    }),
};

/** Options of {@link gru}. */
export interface GruOptions extends GatedOptions {
  /** Apply the reset gate behind the product with the recurrent kernel, as cuDNN does; the bias is then [2, 3 · units]. Default true. */
  resetAfter?: boolean;
}

/**
 * The gated recurrent unit (Cho et al., arXiv:1406.1078): [n, steps, features] gives the last h, [n, units], or with
 * `returnSequences` all of them, [n, steps, units]. The gates are in Keras's order: update, reset, candidate.
 * @throws AnygradError INVALID_ARGUMENT
 */
export const gru: RecurrentMaker<GruOptions> = (options: GruOptions) => {
  const given = layerOptions(
    "gru",
    options,
    `${recurrentNames} recurrentActivation resetAfter:boolean` as const,
  );
  const config = {
    ...recurrentConfig("gru", given),
    recurrentActivation: gateActivation("gru", given),
    resetAfter: given.resetAfter ?? true,
  };
  return recurrentLayer(kind, config, given);
};
