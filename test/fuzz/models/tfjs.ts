/** `loadTfjs`: layers models and graph models, model.json and the weights behind it. */

import { loadTfjs, saveTfjs } from "../../../src/io/tfjs/index.ts";
import graphs from "../../fixtures/tflite/graphs.json" with { type: "json" };
import { encoded, joined, parts, text } from "../parts.ts";
import type { Target } from "../target.ts";
import { engine, expectSaved, maxBytes, smallModels } from "./saved.ts";

export const target: Target = {
  async seeds() {
    const own = (await smallModels()).map((net) => saveTfjs(net));
    const layersModels = own.map((files) => joined([encoded(files["model.json"]), files["weights.bin"]]));
    const graphModels = graphs
      .map(({ model, weights }) => joined([encoded(JSON.stringify(model)), Buffer.from(weights, "base64")]))
      .sort((a, b) => a.length - b.length);
    return [...layersModels, ...graphModels.slice(0, 6)];
  },
  async read(bytes) {
    const [json, weights] = parts(bytes, 2) as [Uint8Array, Uint8Array];
    const fetchWeights = async () => Uint8Array.from(weights);
    const net = await loadTfjs(text(json), { engine, maxBytes, fetchWeights, onNote: () => {} });
    await expectSaved(net);
  },
  words: [
    "modelTopology",
    "weightsManifest",
    "class_name",
    "batch_input_shape",
    "Const",
    "Conv2D",
    "BiasAdd",
    "dilations",
    "strides",
    "quantization",
  ],
};
