/**
 * Models from what `save` and `getConfig` give. Apart from the model: what is saved may name any layer, metric and
 * schedule, and a page that only trains need not download them all.
 */
import type { Engine } from "../autograd/engine.ts";
import { AnygradError, quote } from "../errors.ts";
import { type ByteSource, bytesOf } from "../io/source.ts";
import { type Layer, layerFromConfig } from "../layers/index.ts";
import type { Loss, LossLike } from "../losses/index.ts";
import type { Metric } from "../metrics/index.ts";
import { getMetric, metricFromConfig } from "../metrics/named.ts";
import { optimizerFromConfig } from "../optimizers/saved.ts";
import type { SavedKind } from "../registry.ts";
import { Model } from "./model.ts";
import { chain, checkExampleShape, connect } from "./network/connect.ts";
import type { Place } from "./network/graph.ts";
import { restore } from "./saving/restore.ts";
import { type ModelConfig, readModel, type SavedLoss } from "./saving/save.ts";

/** Options of {@link load}. */
export interface LoadOptions {
  /** The engine that the model lives in. Default: a new one with default options. */
  readonly engine?: Engine;
  /**
   * The losses and metrics of your own that the model was compiled with, by their names. They are needed to train and to
   * evaluate; `predict` does without. Default: none.
   */
  readonly custom?: Readonly<Record<string, Loss | Metric>>;
}

/**
 * The model that `net.save()` gave the bytes of.
 *
 * @param source bytes, as a view or ArrayBuffer, a Blob or File, a Response such as `await fetch(url)`, or a promise of one
 * @throws AnygradError DATA_FORMAT for bytes that no `save` wrote, or damaged ones; DATA_DOWNLOAD for a response that is an
 *   error; INVALID_ARGUMENT for what holds no bytes
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
export async function load(
  source: ByteSource | PromiseLike<ByteSource>,
  { engine, custom = {} }: LoadOptions = {},
): Promise<Model> {
  const advice =
    "pass what net.save() gave, or await fetch(url); for a file use loadModel(path) of anygrad/node";
  const read = await readModel(await bytesOf(source, "load", advice));
  const { model: saved } = read;
  try {
    const net = modelFromConfig(saved);
    await net.compile({
      optimizer: optimizerFromConfig(saved.optimizer),
      loss: savedLoss(saved.loss, custom),
      metrics: await Promise.all(saved.metrics.map((metric) => savedMetric(metric, custom))),
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

type Custom = NonNullable<LoadOptions["custom"]>;

/** The loss; where it is one's own and was not passed, one that cannot be computed. */
function savedLoss(saved: SavedLoss, custom: Custom): LossLike {
  const given = customNamed(saved.type, custom);
  if (given) return given as LossLike;
  if (!saved.custom) return saved;
  const absent = absence("loss", saved.type);
  return { type: saved.type, config: saved.config, targets: "dense", absent, call: () => absent("fit") };
}

async function savedMetric(saved: SavedKind | { readonly custom: string }, custom: Custom): Promise<Metric> {
  if (!("custom" in saved)) return (customNamed(saved.type, custom) as Metric) ?? metricFromConfig(saved);
  const given = customNamed(saved.custom, custom);
  if (given) return getMetric(given as Metric);
  const absent = absence("metric", saved.custom);
  return {
    name: saved.custom,
    config: {},
    absent,
    create: () => ({ update: () => absent("fit"), result: () => Number.NaN, reset: () => {} }),
  };
}

function customNamed(name: string, custom: Custom): Loss | Metric | undefined {
  return Object.hasOwn(custom, name) ? custom[name] : undefined;
}

function absence(kind: string, name: string): (action: string) => never {
  return (action) => {
    throw new AnygradError(
      "NOT_READY",
      `${action}: the ${kind} ${quote(name)} is one of your own, which files do not hold; pass it as load(bytes, { custom: { ${JSON.stringify(name)}: ${kind} } }), or compile again`,
    );
  };
}

/** @throws AnygradError DATA_FORMAT for a layer that this version does not know, or connections that lead nowhere */
export function modelFromConfig(config: ModelConfig): Model {
  const { name, inputShape, seed, nodes, inputName = "input_layer" } = config;
  const layers = config.layers.map(layerFromConfig);
  const graph = nodes
    ? connect(placesOf(nodes, layers), checkExampleShape("load: inputShape", inputShape), inputName)
    : chain(layers, inputShape);
  return new Model(graph, { name, seed });
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
