/**
 * Models of TensorFlow.js: model.json and its files of weights. Layers models are read and written, graph models read.
 * @module anygrad/tfjs
 */
import type { Engine } from "../../autograd/engine.ts";
import { AnygradError, quote } from "../../errors.ts";
import type { Layer } from "../../layers/index.ts";
import { strictOptions } from "../../math/options.ts";
import type { Model, Prediction, Predictions } from "../../model/index.ts";
import { type Custom, CustomKinds } from "../../model/saving/custom.ts";
import { isObject, type JsonObject } from "../json.ts";
import { compiledForUse } from "../keras/config/compiled.ts";
import { Place } from "../keras/config/json.ts";
import { type InputShapes, networkFrom } from "../keras/config/network.ts";
import { type FileWeight, foundInList, writeFound } from "../keras/weights.ts";
import { type FetchWeights, givenOf, type JsonSource, type TfjsFiles } from "./files.ts";
import { filesOf } from "./save.ts";
import { heldWeights, weightsOf } from "./weights.ts";

export type { InputShapes } from "../keras/config/network.ts";
export type { ByteSource } from "../source.ts";
export type { FetchWeights, JsonSource, TfjsFiles } from "./files.ts";

/** Options of {@link loadTfjs}. */
export interface LoadTfjsOptions {
  /** The engine that the model lives in. Default: a new one with default options. */
  readonly engine?: Engine;
  /** Gets a file of weights that was not given, by the path that model.json has: `(path) => fetch(base + path)`. Default: all are given. */
  readonly fetchWeights?: FetchWeights;
  /** Definitions of layers, activations and so on that stand for classes of the file that anygrad has not, by their names. */
  readonly custom?: Custom;
  /** The shape of an example, where the file leaves sizes open and the network needs them; of several inputs by their names. Default: as in the file, open for any. */
  readonly inputShape?: InputShapes;
  /** The most bytes that the weights may unpack to. Default 2³¹. */
  readonly maxBytes?: number;
  /** Is told what was left out of how the model was compiled. Default: a line in the console. */
  readonly onNote?: (note: string) => void;
  /** The names of the outputs of a graph model that are wanted; what the others need is not read. Default: all. */
  readonly outputs?: readonly string[];
}

const subject = "loadTfjs";

/**
 * The model that a model.json describes, weights included; those that are quantised become 32-bit floats. It predicts at once. A layers
 * model is compiled as it was, where anygrad has its loss, optimizer and metrics, and else to be compiled before it is trained, as a
 * graph model is: TensorFlow's operations become layers with the file's weights, `Conv2D` with bias and activation a conv2d, and what is no
 * layer an op (`layers.operation`). Layers, operations and options that anygrad has not are errors that name them.
 *
 * @param source model.json as an object, a text, bytes, a Blob or a Response, with `fetchWeights` for the files that it names; or all
 *   files by their names, `{ "model.json": …, "group1-shard1of1.bin": … }`, or as a list of Files; or what a save handler of
 *   TensorFlow.js gets, `{ modelTopology, weightSpecs, weightData }`
 * @throws AnygradError DATA_FORMAT for a damaged file; DATA_MISSING for files that are named and not given; UNSUPPORTED for what anygrad has
 *   not; MEMORY_LIMIT for weights that unpack to more than `maxBytes`; SHAPE_MISMATCH, DATA_DOWNLOAD,
 *   INVALID_ARGUMENT
 * @example
 * ```js
 * import { createEngine, layers, sequential } from "anygrad";
 * import { loadTfjs, saveTfjs } from "anygrad/tfjs";
 *
 * const engine = await createEngine();
 * const net = sequential([layers.dense({ units: 3, activation: "softmax" })], { inputShape: [4], seed: 1 });
 * await net.build({ engine });
 * const again = await loadTfjs(saveTfjs(net), { engine });
 * console.log((await again.digest()) === (await net.digest())); // true
 * ```
 */
export async function loadTfjs<Outputs extends Predictions = Prediction>(
  source: JsonSource | TfjsFiles | PromiseLike<JsonSource | TfjsFiles>,
  options?: LoadTfjsOptions,
): Promise<Model<Outputs>> {
  const { engine, fetchWeights, custom, inputShape, maxBytes, onNote, outputs } = strictOptions(
    subject,
    options,
    "engine:object fetchWeights:function custom:object inputShape:object maxBytes:number onNote:function outputs:object",
  );
  const place = new Place(subject);
  const origin = { isLegacy: true, custom: new CustomKinds(subject, custom) };
  const { json, file } = await givenOf(source, fetchWeights, maxBytes);
  const { modelTopology: topology, trainingConfig } = json;
  if (!isObject(topology)) throw place.damaged("model.json has no modelTopology");
  const described = topology.model_config ?? topology;
  if (isGraph(json)) {
    const weights = await fileWeights(place, json, file, maxBytes);
    // late: what makes layers of operations is more than all else here
    const [{ graphOf, shapesFor }, { modelOf }] = await Promise.all([
      import("./graph.ts"),
      import("../graph/load.ts"),
    ]);
    const graph = graphOf(place, json, weights);
    const shapes = shapesFor(place, graph, inputShape);
    return modelOf<Outputs>(graph, { engine, shapes, constants: {}, outputs });
  }
  if (outputs)
    throw place.error("INVALID_ARGUMENT", "outputs is for graph models; leave it out of layers models");
  const { net, entries } = networkFrom(place, described, origin, inputShape);
  const weights = await fileWeights(place, json, file, maxBytes);
  const found = foundInList(place, entries, weights);
  const note = onNote ?? ((text: string) => console.warn(`anygrad note: ${subject}: ${text}`));
  for (const layer of net.layers.filter(isBetweenPixels))
    note(
      `layer ${quote(layer.name)} (UpSampling2D) computes as in Keras, between the centres of pixels; TensorFlow.js takes their corners, and gives other numbers`,
    );
  await compiledForUse(
    net,
    trainingConfig ?? topology.training_config,
    origin,
    engine,
    (name) => found.has(name),
    note,
  );
  try {
    writeFound(net, entries, found);
  } catch (error) {
    net.dispose();
    throw error;
  }
  return net as Model<Predictions> as Model<Outputs>; // the file says how many there are
}

/** Whether a layer is one that TensorFlow.js computes otherwise than Keras, whose format the file has. */
function isBetweenPixels({ type, config }: Layer): boolean {
  const { interpolation, size } = config as { interpolation?: string; size?: readonly number[] };
  return type === "upSampling2d" && interpolation === "bilinear" && String(size) !== "1,1";
}

/** Whether model.json describes a graph. */
const isGraph = ({ format, modelTopology }: JsonObject): boolean =>
  format === "graph-model" || (isObject(modelTopology) && "node" in modelTopology);

/** The weights that model.json names, or comes with. */
function fileWeights(
  place: Place,
  json: JsonObject,
  file: FetchWeights,
  maxBytes: number | undefined,
): Promise<FileWeight[]> {
  const { weightsManifest, weightSpecs, weightData } = json as JsonObject & { weightData?: unknown };
  if (weightData === undefined)
    return weightsOf(place, place.list(weightsManifest ?? [], "weightsManifest"), file, maxBytes);
  const held = heldWeights(weightData);
  return weightsOf(place, [{ paths: ["weightData"], weights: weightSpecs ?? [] }], () => held, maxBytes);
}

/** What {@link saveTfjs} gives: files by their names. */
export interface SavedTfjs extends Readonly<Record<string, string | Uint8Array<ArrayBuffer>>> {
  /** The description, JSON. */
  readonly "model.json": string;
  /** The weights, 32-bit floats. */
  readonly "weights.bin": Uint8Array<ArrayBuffer>;
}

/**
 * The model as the files of a layers model, which `tf.loadLayersModel` of TensorFlow.js reads where they are served: layers, connections and
 * weights, not how it was compiled. The same model gives the same files.
 *
 * @throws AnygradError NOT_READY before `build` or `compile`; UNSUPPORTED for a layer or an option that TensorFlow.js has not;
 *   INVALID_ARGUMENT for what is no model
 */
export function saveTfjs(net: Model): SavedTfjs {
  if (typeof net?.getConfig !== "function")
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `saveTfjs: got ${quote(net)}; pass a model, such as sequential, model or load gave`,
    );
  const { json, weights } = filesOf(new Place("saveTfjs"), net);
  return { "model.json": json, "weights.bin": weights };
}
