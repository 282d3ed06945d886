/**
 * Models from what `save` and `getConfig` give. Apart from the model: what is saved may name any layer, metric and
 * schedule, and a page that only trains need not download them all.
 */
import type { Engine } from "../autograd/engine.ts";
import { AnygradError } from "../errors.ts";
import { layerFromConfig } from "../layers/index.ts";
import { metricFromConfig } from "../metrics/index.ts";
import { optimizerFromConfig } from "../optimizers/saved.ts";
import { chain } from "./graph.ts";
import { Model } from "./model.ts";
import { type ModelConfig, readModel } from "./save.ts";

/** @throws AnygradError DATA_FORMAT for bytes that no `save` wrote, or damaged ones */
export async function load(bytes: Uint8Array, { engine }: { engine?: Engine } = {}): Promise<Model> {
  const read = readModel(bytes);
  const { model: saved } = read;
  try {
    const net = modelFromConfig(saved);
    await net.compile({
      optimizer: optimizerFromConfig(saved.optimizer),
      loss: saved.loss,
      metrics: saved.metrics.map(metricFromConfig),
      ...(engine && { engine }),
    });
    net.restore(read);
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

/** @throws AnygradError DATA_FORMAT for a layer that this version does not know */
export function modelFromConfig({ name, inputShape, seed, layers }: ModelConfig): Model {
  return new Model(chain(layers.map(layerFromConfig), inputShape), { name, seed });
}
