/** Models that predict and are not trained, and how much of a model is lost in smaller files. */
import type { Dataset } from "../../data/dataset.ts";
import { AnygradError, quote } from "../../errors.ts";
import { strictOptions } from "../../math/options.ts";
import type { Model } from "../model.ts";
import type { Prediction, Predictions } from "../predictions/predict.ts";
import type { SeveralSet } from "../training/several/forms.ts";
import type { QuantizationOptions, QuantizationReport } from "./report.ts";

/**
 * A model that predicts what `net` predicts, made for that alone: no memory for gradients or an optimizer, batch normalisations
 * within the kernels of the dense and convolutional layers before them, relu, sigmoid and tanh applied by these layers, dropout and
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
  const { unchanged, completed } = await import("./copied.ts");
  const { folded } = await import("./fold.ts");
  return completed(folded(unchanged(net.state, "forInference")), net);
}

/**
 * What a model loses if its weights are stored in float16 or int8: its scores over data, the size of its file, and what each layer
 * loses by itself. The model stays as it is: `net.save({ weights, keep })` writes such a file, `keep` naming the layers that lose most.
 *
 * @param net a model with weights and a loss
 * @param data as `evaluate` takes it, but no stream: the test set, since it is a choice by its scores
 * @throws AnygradError INVALID_ARGUMENT for no model, streams, and options that `net.save` refuses; NOT_READY without weights or a loss;
 *   SHAPE_MISMATCH, DATA_FORMAT for data that are not the model's; UNSUPPORTED for layers that no file holds; ABORTED
 * @example
 * ```js
 * import { createEngine, datasets, layers, quantizationReport, sequential } from "anygrad";
 *
 * const { train, test } = await datasets.digits({ train: 500, test: 200 });
 * const net = sequential(
 *   [layers.flatten(), layers.dense({ units: 64, activation: "relu" }), layers.dense({ units: 10, activation: "softmax" })],
 *   { inputShape: [28, 28, 1], seed: 1 },
 * );
 * const engine = await createEngine();
 * await net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", metrics: "accuracy", engine });
 * await net.fit(train, { epochs: 5 });
 * const { before, after, drop, layers: each } = await quantizationReport(net, test);
 * console.log(after.bytes / before.bytes < 0.3, drop < 0.02, each.length); // true true 2
 * ```
 */
export async function quantizationReport(
  net: Model<Predictions>,
  data: Dataset | SeveralSet,
  options?: QuantizationOptions,
): Promise<QuantizationReport> {
  const given = strictOptions(
    "quantizationReport",
    options,
    "weights:float16|int8 keep:object perLayer:boolean batchSize:number onProgress:function signal:AbortSignal",
  );
  checkModel("quantizationReport", net);
  if (net.state.compiling) await net.state.compiling;
  return (await import("./quantization.ts")).measured(net, data, given);
}

/** @throws AnygradError INVALID_ARGUMENT for what is no model */
function checkModel(subject: string, net: Model<Predictions>): void {
  if (typeof net?.restore === "function") return;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${subject}: got ${quote(net)}; pass a model, such as await load(bytes) gives`,
  );
}
