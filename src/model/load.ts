/**
 * Models from what `save` and `getConfig` give. Apart from the model: what is saved may name any layer, metric and
 * schedule, and a page that only trains need not download them all.
 */
import type { Engine } from "../autograd/engine.ts";
import { AnygradError } from "../errors.ts";
import { type ByteSource, bytesOf, largestFile } from "../io/source.ts";
import { type Layer, layerFromConfig } from "../layers/index.ts";
import { getLoss, type Loss, type LossFunction, type LossLike } from "../losses/index.ts";
import { strictOptions } from "../math/options.ts";
import type { Metric, MetricFunction } from "../metrics/index.ts";
import { getMetric, metricFromConfig } from "../metrics/named.ts";
import { optimizerFromConfig } from "../optimizers/saved/restore.ts";
import { noLoss } from "./compile.ts";
import { asInference } from "./inference/inferenceModel.ts";
import { Model } from "./model.ts";
import { connect, type Ends, lengthsToTry } from "./network/connect.ts";
import { type Graph, type Place, weightsOf } from "./network/graph.ts";
import type { Prediction, Predictions } from "./predictions/predict.ts";
import { withAwaited } from "./saving/awaited.ts";
import type { ModelConfig, SavedNode } from "./saving/config.ts";
import { absence, type Custom, CustomKinds } from "./saving/custom.ts";
import { readModel } from "./saving/read.ts";
import { restore } from "./saving/restore.ts";
import type { SavedHead, SavedLoss, SavedMetric, SavedModel } from "./saving/save.ts";
import { Sequential } from "./sequential.ts";
import { ready } from "./state.ts";
import { type CompileOptions, checkEngine } from "./training/context.ts";

/** Options of {@link load}. */
export interface LoadOptions {
  /** The engine that the model lives in. Default: one that all models share that are given none. */
  readonly engine?: Engine;
  /**
   * What is of your own in the model: a list of what `defineLayer` and its like gave. Losses and metrics without a definition, also
   * functions of tensors, go by their names, `{ mine: (yTrue, yPred) => … }`, or in the list by their own. Layers and what they
   * hold are needed at once; losses, metrics and optimizers to train and to evaluate. Default: none.
   */
  readonly custom?: Custom;
  /** The most bytes that the file may have. Default 2³¹. What it takes in memory follows from it: layers want the weights that are there. */
  readonly maxBytes?: number;
}

/** Their types. */
export const loadNames = "engine custom:object maxBytes:number";

/**
 * The model that `net.save()` gave the bytes of.
 *
 * @typeParam Outputs what its `predict` gives, where it has several outputs: `load<{ kind: Prediction; price: Prediction }>(bytes)`
 * @param source bytes, as a view or ArrayBuffer, a Blob or File, a Response such as `await fetch(url)`, or a promise of one
 * @throws AnygradError DATA_FORMAT for bytes that no `save` wrote, or damaged ones; MEMORY_LIMIT for more than `maxBytes`; DATA_DOWNLOAD for a response that is an
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
export async function load<Outputs extends Predictions = Prediction>(
  source: ByteSource | PromiseLike<ByteSource>,
  options?: LoadOptions,
): Promise<Model<Outputs>> {
  const { engine, custom, maxBytes = largestFile } = strictOptions("load", options, loadNames);
  checkEngine("load", engine);
  const own = new CustomKinds("load", custom);
  const advice =
    "pass what net.save() gave, or await fetch(url); for a file use loadModel(path) of anygrad/node";
  const read = await readModel(await bytesOf(source, "load", advice, maxBytes));
  const { model: saved } = read;
  try {
    const plain = configured<Outputs>(saved, own);
    const net = saved.inference ? asInference(plain) : plain;
    const { state } = net;
    // before any memory is taken for them: layers want the weights that the file has
    for (const { fullName, shape } of weightsOf(state.graph)) read.weights.check(fullName, shape);
    const setup: CompileOptions = {
      optimizer: await optimizerFromConfig(
        saved.optimizer,
        own.definition("optimizer", saved.optimizer.type),
        absence("optimizer", saved.optimizer.type),
      ),
      ...(await headsFrom(saved, own)),
      ...(engine && { engine }),
    };
    await withAwaited(
      net,
      () => true,
      () => net.compile(setup),
    );
    await restore(ready(state, "load"), read);
    const { normalization, classNames, preparation, normalizations } = saved;
    state.inputs = { normalization, classNames, preparation, ...(normalizations && { normalizations }) };
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

/** What `compile` takes for the outputs. */
async function headsFrom(
  saved: SavedModel,
  own: CustomKinds,
): Promise<Pick<CompileOptions, "loss" | "lossWeights" | "metrics">> {
  const metricsFrom = (metrics: readonly SavedMetric[]): Promise<Metric[]> =>
    Promise.all(
      metrics.map(async (saved) => {
        const metric = await metricFrom(saved, own);
        if (saved.weighted === undefined) return metric;
        const { weighted } = await import("./training/outputs/weighted.ts"); // late: few models have some
        return weighted(metric, saved.weighted);
      }),
    );
  const { heads = [], loss, metrics, ends } = saved;
  if (loss) return { loss: await lossFrom(loss, own), metrics: await metricsFrom(metrics!) };
  if (!ends || ends.forms.outputs === "one") {
    const [one] = heads;
    const { weight } = one!;
    return {
      loss: await lossFrom(one!.loss, own),
      lossWeights: weight,
      metrics: await metricsFrom(one!.metrics),
    };
  }
  const byName = async <T>(of: (head: SavedHead) => T | Promise<T>): Promise<Record<string, T>> =>
    Object.fromEntries(await Promise.all(heads.map(async (head) => [head.name, await of(head)] as const)));
  return {
    loss: await byName((head) => lossFrom(head.loss, own)),
    lossWeights: await byName(({ weight }) => weight),
    metrics: await byName((head) => metricsFrom(head.metrics)),
  };
}

/** The loss; where it is one's own and was not passed, one that cannot be computed. */
async function lossFrom(saved: SavedLoss, own: CustomKinds): Promise<LossLike> {
  const { type, config } = saved;
  const given = own.definition("loss", type)?.(config) ?? own.loss(type);
  if (given)
    return typeof given === "function"
      ? { ...(await getLoss(given as LossFunction)), type }
      : (given as Loss); // it keeps the name in the file
  if (!saved.custom) return saved;
  if (type === "none") return noLoss();
  const missing = absence("loss", type);
  return { type, config, targets: "dense", absent: missing, call: () => missing("fit") };
}

async function metricFrom(saved: SavedMetric, own: CustomKinds): Promise<Metric> {
  const name = "custom" in saved ? saved.custom : saved.type;
  const given = own.definition("metric", name)?.(saved.config as object) ?? own.metric(name);
  if (given)
    return typeof given === "function"
      ? { ...(await getMetric(given as MetricFunction)), name }
      : (given as Metric);
  if (!("custom" in saved)) return metricFromConfig(saved);
  const missing = absence("metric", name);
  return {
    name,
    config: { ...saved.config },
    absent: missing,
    create: () => ({ update: () => missing("fit"), result: () => Number.NaN, reset: () => {} }),
  };
}

/**
 * The network that `net.getConfig()` describes, with new weights: a model to compile.
 *
 * @throws AnygradError DATA_FORMAT for what is no such description, a layer that this version does not know, or
 * connections that lead nowhere; INVALID_ARGUMENT, SHAPE_MISMATCH for layers that do not fit each other; NOT_READY where
 * `custom` lacks a definition
 * @param options.custom what is of your own in the network, as `load` takes it
 * @example
 * ```js
 * import { layers, modelFromConfig, sequential } from "anygrad";
 *
 * const net = sequential([layers.dense({ units: 3 })], { inputShape: [4], seed: 1 });
 * const text = JSON.stringify(net.getConfig());
 * console.log(modelFromConfig(JSON.parse(text)).parameters.total); // 15
 * ```
 */
export function modelFromConfig<Outputs extends Predictions = Prediction>(
  config: ModelConfig,
  options?: { readonly custom?: Custom },
): Model<Outputs> {
  const { custom } = strictOptions("modelFromConfig", options, "custom:object");
  return configured(config, new CustomKinds("modelFromConfig", custom));
}

function configured<Outputs extends Predictions>(config: ModelConfig, own: CustomKinds): Model<Outputs> {
  checkConfig(config ?? {});
  own.checkLayers(config.layers);
  const { name, inputShape, seed, nodes } = config;
  const layers = config.layers.map((layer) => layerFromConfig(layer, own.find));
  // the caller says which form its outputs have
  if (!nodes)
    return new Sequential(layers, { inputShape, name, seed }) as Model<Predictions> as Model<Outputs>;
  return new Model<Outputs>(graphOf(config, nodes, layers), { name, seed });
}

/** A network that is no list of layers. @throws AnygradError DATA_FORMAT, INVALID_ARGUMENT, SHAPE_MISMATCH */
function graphOf(
  { inputShape, inputName = "input_layer", ends }: ModelConfig,
  nodes: readonly SavedNode[],
  layers: readonly Layer[],
): Graph {
  const checked = ends ?? {
    forms: { inputs: "one", outputs: "one" },
    inputs: [{ name: inputName, shape: inputShape }],
    outputs: [{ name: undefined, node: nodes.length - 1 }],
  };
  const places = placesOf(nodes, layers, checked.inputs.length);
  const inputs = checked.inputs.map(({ name, shape }) => {
    const { sizes, others } = lengthsToTry("load: inputShape", shape);
    return { name, shape: sizes, others };
  });
  const lost = checked.outputs.find(({ node }) => !places[node]);
  if (lost)
    throw new AnygradError(
      "DATA_FORMAT",
      `load: an output is node ${lost.node} of ${nodes.length}; save the model again`,
    );
  return connect(places, { ...checked, inputs } as Ends);
}

/** What comes from a file may be anything. @throws AnygradError DATA_FORMAT */
function checkConfig({ layers, inputShape, nodes, ends }: ModelConfig): void {
  const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;
  const wrong = !Array.isArray(layers)
    ? "layers is no list"
    : layers.length === 0
      ? "layers is an empty list"
      : !Array.isArray(inputShape)
        ? "inputShape is no list"
        : !layers.every((layer) => isObject(layer) && isObject(layer.config))
          ? "an item of layers is no layer"
          : nodes !== undefined &&
              !(Array.isArray(nodes) && nodes.every((node) => Array.isArray(node?.inputs)))
            ? "nodes is no list of places"
            : ends !== undefined &&
                ![ends?.inputs, ends?.outputs].every(
                  (list) => Array.isArray(list) && list.length > 0 && list.every(isObject),
                )
              ? "ends has no inputs or no outputs"
              : undefined;
  if (wrong !== undefined)
    throw new AnygradError("DATA_FORMAT", `modelFromConfig: ${wrong}; pass what net.getConfig() gave`);
}

function placesOf(nodes: readonly SavedNode[], layers: readonly Layer[], entries: number): Place[] {
  const firsts = new Map<number, number>();
  return nodes.map(({ layer: which, inputs }, i) => {
    const layer = layers[which];
    if (
      !layer ||
      inputs.length === 0 ||
      !inputs.every((at) => Number.isInteger(at) && at >= -entries && at < i)
    )
      throw new AnygradError(
        "DATA_FORMAT",
        `load: node ${i} is layer ${which} of ${layers.length} with the inputs ${JSON.stringify(inputs)}, which must come before it; save the model again`,
      );
    const first = firsts.get(which) ?? i;
    firsts.set(which, first);
    return { layer, inputs, first };
  });
}
