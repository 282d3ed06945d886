/** A model for inference, of one that was trained, loaded or imported. */
import type { Model } from "../model.ts";
import type { Prediction, Predictions } from "../predictions/predict.ts";
import { checkModel, completed, unchanged } from "./copied.ts";
import { folded } from "./fold.ts";

/**
 * A model that predicts what `net` predicts, made for that alone: no memory for gradients or an optimizer, batch normalisations
 * within the kernels of the dense and convolutional layers before them, relu, relu6, sigmoid and tanh applied by these layers, dropout and
 * the like gone. It has layers and weights of its own, in the engine of `net`, which may be trained on or disposed of; layers that are
 * left keep their names. `save` makes a smaller file, and `load` such a model of it.
 *
 * Kernels that hold a normalisation round otherwise: predictions are those of `net` within about 1e-6 of the largest, and have the
 * same bits everywhere. It is evaluated with the loss and the metrics of `net`, without penalties; it cannot be fitted, but
 * `fineTune` can put a new head on it.
 *
 * @param net a model with weights: trained, loaded, or imported from another library. A batch normalisation that follows anything but
 *   such a layer alone, as an addition or an activation, stays one
 * @throws AnygradError INVALID_ARGUMENT for what is no model, NOT_READY for one without weights
 * @example
 * ```js
 * import { createEngine, forInference, layers, sequential } from "anygrad";
 *
 * const net = sequential(
 *   [
 *     layers.conv2d({ filters: 8, kernelSize: 3, useBias: false }),
 *     layers.batchNormalization(),
 *     layers.relu(),
 *     layers.dropout({ rate: 0.5 }),
 *     layers.flatten(),
 *     layers.dense({ units: 10, activation: "softmax" }),
 *   ],
 *   { inputShape: [28, 28, 1], seed: 1 },
 * );
 * await net.build({ engine: await createEngine() });
 * const small = await forInference(net);
 * console.log(small.layers.map(({ type }) => type)); // ['conv2d', 'flatten', 'dense']
 * ```
 */
export async function forInference<Outputs extends Predictions = Prediction>(
  net: Model<Outputs>,
): Promise<Model<Outputs>> {
  checkModel("forInference", net);
  if (net.state.compiling) await net.state.compiling;
  return completed(folded(unchanged(net.state, "forInference")), net);
}
