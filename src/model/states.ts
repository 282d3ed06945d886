/** The states that stateful recurrent layers keep from batch to batch. */
import type { Model } from "./model.ts";

/**
 * Makes the states of all stateful recurrent layers zeros, as at the beginning: between sequences that have nothing to do with
 * each other, or at the end of each epoch in a callback.
 * @throws AnygradError NOT_READY before compile
 * @example
 * ```js
 * import { createEngine, layers, resetStates, sequential } from "anygrad";
 *
 * const net = sequential([layers.gru({ units: 2, stateful: true })], { inputShape: [1, 1], seed: 1 });
 * await net.compile({ loss: "meanSquaredError", engine: await createEngine() });
 * const first = (await net.predict([[[1]]])).data;
 * const second = (await net.predict([[[1]]])).data; // goes on where the first has ended
 * resetStates(net);
 * const again = (await net.predict([[[1]]])).data;
 * console.log(second[0] === first[0], again[0] === first[0]); // false true
 * ```
 */
export function resetStates(net: Pick<Model, "layers" | "getWeights" | "setWeights">): void {
  const names = net.layers.flatMap(({ traits }) => traits?.states ?? []);
  const weights = net.getWeights();
  for (const { name, data } of weights)
    if (names.includes(name.slice(name.lastIndexOf("/") + 1))) data.fill(0);
  if (names.length > 0) net.setWeights(weights);
}
