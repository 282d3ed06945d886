/**
 * Models from what `save` and `getConfig` give. Apart from the model: what is saved may name any layer, metric and
 * schedule, and a page that only trains need not download them all.
 */
import type { Engine } from "../autograd/engine.ts";
import { AnygradError } from "../errors.ts";
import { type Layer, layerFromConfig } from "../layers/index.ts";
import { strictOptions } from "../math/options.ts";
import { metricFromConfig } from "../metrics/named.ts";
import { optimizerFromConfig } from "../optimizers/saved.ts";
import { Model } from "./model.ts";
import { chain, checkExampleShape, connect } from "./network/connect.ts";
import type { Place } from "./network/graph.ts";
import { restore } from "./saving/restore.ts";
import { type ModelConfig, readModel } from "./saving/save.ts";
import { checkEngine } from "./training/context.ts";

/**
 * @throws AnygradError DATA_FORMAT for bytes that no `save` wrote, or damaged ones
 * @example
 * ```js
 * import { createEngine, layers, load, sequential } from "anygrad";
 *
 * const engine = await createEngine();
 * const net = sequential([layers.dense({ units: 3 })], { inputShape: [4], seed: 1 });
 * await net.compile({ optimizer: "adam", loss: "meanSquaredError", engine });
 * const again = await load(await net.save(), { engine });
 * console.log((await again.digest()) === (await net.digest())); // true
 * ```
 */
export async function load(bytes: Uint8Array, options?: { engine?: Engine }): Promise<Model> {
  const { engine } = strictOptions("load", options, "engine");
  checkEngine("load", engine);
  const read = await readModel(bytes);
  const { model: saved } = read;
  try {
    const net = modelFromConfig(saved);
    await net.compile({
      optimizer: optimizerFromConfig(saved.optimizer),
      loss: saved.loss,
      metrics: await Promise.all(saved.metrics.map(metricFromConfig)),
      ...(engine && { engine }),
    });
    await net.restore(read, restore);
    return net;
  } catch (error) {
    if (error instanceof AnygradError && ["MEMORY_LIMIT", "UNSUPPORTED", "NOT_READY"].includes(error.code))
      throw error;
    const reason = error instanceof Error ? error.message.replace(/^load: /, "") : String(error);
    throw new AnygradError("DATA_FORMAT", `load: the file does not hold a whole model: ${reason}`, {
      cause: error,
    });
  }
}

/**
 * The network that `net.getConfig()` describes, with new weights: a model to compile.
 *
 * @throws AnygradError DATA_FORMAT for what is no such description, a layer that this version does not know, or
 * connections that lead nowhere; INVALID_ARGUMENT, SHAPE_MISMATCH for layers that do not fit each other
 * @example
 * ```js
 * import { layers, modelFromConfig, sequential } from "anygrad";
 *
 * const net = sequential([layers.dense({ units: 3 })], { inputShape: [4], seed: 1 });
 * const text = JSON.stringify(net.getConfig());
 * console.log(modelFromConfig(JSON.parse(text)).parameters.total); // 15
 * ```
 */
export function modelFromConfig(config: ModelConfig): Model {
  checkConfig(config ?? {});
  const { name, inputShape, seed, nodes, inputName = "input_layer" } = config;
  const layers = config.layers.map(layerFromConfig);
  const graph = nodes
    ? connect(placesOf(nodes, layers), checkExampleShape("load: inputShape", inputShape), inputName)
    : chain(layers, inputShape);
  return new Model(graph, { name, seed });
}

/** What comes from a file may be anything. @throws AnygradError DATA_FORMAT */
function checkConfig({ layers, inputShape, nodes }: ModelConfig): void {
  const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;
  const wrong = !Array.isArray(layers)
    ? "layers is no list"
    : !Array.isArray(inputShape)
      ? "inputShape is no list"
      : !layers.every((layer) => isObject(layer) && isObject(layer.config))
        ? "an item of layers is no layer"
        : nodes !== undefined && !(Array.isArray(nodes) && nodes.every((node) => Array.isArray(node?.inputs)))
          ? "nodes is no list of places"
          : undefined;
  if (wrong !== undefined)
    throw new AnygradError("DATA_FORMAT", `modelFromConfig: ${wrong}; pass what net.getConfig() gave`);
}

function placesOf(nodes: NonNullable<ModelConfig["nodes"]>, layers: readonly Layer[]): Place[] {
  const firsts = new Map<number, number>();
  return nodes.map(({ layer: which, inputs }, i) => {
    const layer = layers[which];
    if (!layer || inputs.length === 0 || !inputs.every((at) => Number.isInteger(at) && at >= -1 && at < i))
      throw new AnygradError(
        "DATA_FORMAT",
        `load: node ${i} is layer ${which} of ${layers.length} with the inputs ${JSON.stringify(inputs)}, which must come before it; save the model again`,
      );
    const first = firsts.get(which) ?? i;
    firsts.set(which, first);
    return { layer, inputs, first };
  });
}
