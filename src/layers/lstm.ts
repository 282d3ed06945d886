/** Long short-term memory. */
import * as ops from "../ops/index.ts";
import { layerOptions } from "./createLayer.ts";
import { forgetBias } from "./forgetBias.ts";
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
  unitForgetBias: boolean;
}

const kind: RecurrentKind<Config> = {
  type: "lstm",
  keras: "LSTM",
  gates: 4,
  states: ["state_h", "state_c"],
  biasShape: ({ units }) => [4 * units],
  biasInitializer: ({ unitForgetBias, biasInitializer, units }) =>
    unitForgetBias ? forgetBias(biasInitializer, units) : biasInitializer,
  run: (x, weights, options) =>
    ops.lstm(x, weights.kernel!, weights.recurrent_kernel!, weights.bias, options),
};

/** Options of {@link lstm}. */
export interface LstmOptions extends GatedOptions {
  /** Begin with ones in the bias of the forget gate (Jozefowicz et al., 2015). Default true. */
  unitForgetBias?: boolean;
}

/**
 * Long short-term memory (Hochreiter and Schmidhuber, 1997): [n, steps, features] gives the last h, [n, units], or with
 * `returnSequences` all of them, [n, steps, units]. The gates are in Keras's order: input, forget, candidate, output.
 * @throws AnygradError INVALID_ARGUMENT
 * @example
 * ```js
 * import { layers, sequential } from "anygrad";
 *
 * const net = sequential([layers.lstm({ units: 8 }), layers.dense({ units: 1 })], { inputShape: [20, 3] });
 * console.log(net.outputShape, net.parameters.total); // [1] 393
 * ```
 */
export const lstm: RecurrentMaker<LstmOptions> = (options: LstmOptions) => {
  const given = layerOptions(
    "lstm",
    options,
    `${recurrentNames} recurrentActivation unitForgetBias:boolean` as const,
  );
  const config = {
    ...recurrentConfig("lstm", given),
    recurrentActivation: gateActivation("lstm", given),
    unitForgetBias: given.unitForgetBias ?? true,
  };
  return recurrentLayer(kind, config, given);
};
