/**
 * `--model FILE`: a network of the user's own. A module whose default export is a model, a list of layers or a function of
 * the data that gives one of them; or what `net.getConfig()` gave, as JSON.
 *
 * Whatever comes is taken by its configuration and made anew: the module may have imported another copy of anygrad, whose
 * objects are of other classes, and whatever is trained must be found again in the model file. Layers of one's own come with
 * their definitions; those without one, which no file can hold, are refused.
 */

import { stat } from "node:fs/promises";
import { AnygradError, quote, reasonOf } from "../../src/errors.ts";
import { measuredJson } from "../../src/io/json.ts";
import { type Layer, layers, type SavedLayer } from "../../src/layers/index.ts";
import { type LossLike, losses } from "../../src/losses/index.ts";
import { didYouMean } from "../../src/math/oneOf.ts";
import { type Model, type ModelConfig, modelFromConfig } from "../../src/model/index.ts";
import { shownInput, shownOutput } from "../../src/model/network/graph.ts";
import type { CustomGiven } from "../../src/model/saving/custom.ts";
import type { Recipe, Task } from "../../src/presets/index.ts";
import { createHost } from "../../src/runtime/host.ts";
import { shapeText, takesExamples } from "../models/examples.ts";
import type { SetOptions } from "../options/setOptions.ts";
import { placeOf } from "../process/places.ts";
import { definitionsOf } from "./customFile.ts";
import { importDefault, ofUser, refusal } from "./modelModule.ts";

/** What a network must know of the data: its function gets these under these names. */
export interface DataFacts {
  /** Shape of an example. */
  readonly inputShape: readonly number[];
  /** Number of classes; 1 where numbers are predicted. */
  readonly classes: number;
  readonly task: Task;
  /** Seed of the first weights. */
  readonly seed: number;
}

/** How a network of one's own is trained when nothing else is asked for; its loss follows from its end. */
export const ownRecipe: Recipe = {
  optimizer: "adam",
  learningRate: 1e-3,
  batchSize: 64,
  epochs: 10,
  normalize: "simple",
  loss: "sparseCategoricalCrossentropy",
};

/** Whether an argument means a file and not a preset: no preset's name has such an ending or a stroke. */
export function isModelFile(argument: string): boolean {
  return /[.]([cm]?[jt]s|json)$/i.test(argument) || /[/\\]/.test(argument);
}

/** Whether a model file is what `net.getConfig()` gave. */
export function isJson(path: string): boolean {
  return /[.]json$/i.test(path);
}

/** The loss that fits the last layer of a network of one's own. */
export function ownLoss(net: Model, task: Task): Recipe["loss"] {
  if (task === "regression") return "meanSquaredError";
  return net.layers.at(-1)!.lastActivation === "sigmoid" ? "binaryCrossentropy" : ownRecipe.loss;
}

/** The loss that a trained network without one is scored by; what ends in no activation gives logits. */
export function scoringLoss(net: Model, task: Task): LossLike {
  const type = ownLoss(net, task);
  const isLogits = task === "classification" && net.layers.at(-1)!.lastActivation === "linear";
  return isLogits ? losses.sparseCategoricalCrossentropy({ fromLogits: true }) : type;
}

/**
 * The network of a file, not compiled.
 *
 * @param set options for the file's function, from `--set`
 * @param custom what `--custom` defines, for a network that was saved as JSON
 * @throws AnygradError DATA_MISSING, INVALID_ARGUMENT, SHAPE_MISMATCH
 */
export async function ownNetwork(
  path: string,
  facts: DataFacts,
  set: SetOptions = {},
  custom: readonly CustomGiven[] = [],
): Promise<Model> {
  const bytes = await bytesOf(path);
  const exported = isJson(path) ? parseConfig(path, bytes) : await importDefault(path);
  const made = await networkIn(path, exported, facts, set);
  const list = Array.isArray(made) ? (made.flat(Number.POSITIVE_INFINITY) as unknown[]) : [made];
  const net = modelOf(path, made, facts, [...custom, ...list.flatMap(definitionsOf)]);
  checkSizes(path, net, facts);
  return net;
}

/** Hex SHA-256 of a file. @throws AnygradError DATA_MISSING */
export async function fileDigest(path: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await bytesOf(path)));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function bytesOf(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const wanted = "pass a .mjs, .js or .ts file that exports a network, or the .json of net.getConfig()";
  const place = placeOf(path);
  if ((await stat(place).catch(() => undefined))?.isDirectory())
    throw new AnygradError(
      "DATA_MISSING",
      `${path}: a folder, no file (data are named by --dataset); ${wanted}`,
    );
  const bytes = await createHost().readFile(place);
  if (bytes) return bytes as Uint8Array<ArrayBuffer>;
  throw new AnygradError("DATA_MISSING", `${path}: no file there; ${wanted}`);
}

function parseConfig(path: string, bytes: Uint8Array): unknown {
  const config = measuredJson(bytes, (reason, cause) =>
    refusal(
      path,
      `it ${cause === undefined ? reason : `is no JSON (${reasonOf(cause)})`}; write it by JSON.stringify(net.getConfig())`,
      cause,
    ),
  );
  if (isConfig(config)) return config;
  throw refusal(
    path,
    'it holds no network: "inputShape" and "layers" are wanted; write it by JSON.stringify(net.getConfig())',
  );
}

/** What the export is, or what its function gives. */
async function networkIn(
  path: string,
  exported: unknown,
  facts: DataFacts,
  set: SetOptions,
): Promise<unknown> {
  if (typeof exported !== "function") {
    const [name] = Object.keys(set);
    if (name === undefined) return ofUser(path, async () => exported); // it may be a promise
    throw refusal(
      path,
      `--set ${name}: it exports no function that could take it; export default ({ inputShape, classes, ${name} }) => …`,
    );
  }
  const taken = Object.keys(set).find((name) => Object.hasOwn(facts, name));
  if (taken !== undefined)
    throw refusal(
      path,
      `--set ${taken}: the function gets ${taken} from the data; give the option another name`,
    );
  const asked = new Set<string>();
  const options = new Proxy<object>(
    { ...facts, ...set },
    {
      get(target, name, receiver) {
        if (typeof name === "string") asked.add(name);
        return Reflect.get(target, name, receiver) as unknown;
      },
    },
  );
  const made = await ofUser(path, () => (exported as (options: object) => unknown)(options));
  const unread = Object.keys(set).find((name) => !asked.has(name));
  if (unread === undefined) return made;
  const own = [...asked].filter((name) => !Object.hasOwn(facts, name));
  throw refusal(
    path,
    `--set ${unread}: its function does not read ${unread}; ${didYouMean(unread, own)}it reads ${[...asked].join(", ") || "nothing"}`,
  );
}

function modelOf(path: string, made: unknown, facts: DataFacts, custom: readonly CustomGiven[]): Model {
  const config = configOf(path, made, facts);
  for (const [place, layer] of config.layers.entries()) checkLayer(path, layer, place);
  try {
    return modelFromConfig({ ...config, seed: facts.seed }, { custom });
  } catch (error) {
    if (error instanceof AnygradError && error.code === "NOT_READY")
      throw new AnygradError("NOT_READY", error.message.replace(/^\w+/, path), { cause: error });
    throw refusal(path, reasonOf(error).replace(/^(load|sequential|modelFromConfig): /, ""), error);
  }
}

function configOf(path: string, made: unknown, { inputShape, seed }: DataFacts): ModelConfig {
  if (Array.isArray(made)) {
    const list = made.flat(Number.POSITIVE_INFINITY) as unknown[];
    const chain = list.map((layer) => {
      if (typeof (layer as Partial<Layer> | null)?.toJSON === "function") return asHeld(path, layer as Layer);
      const { type, name, trainable, config } = (layer ?? {}) as SavedLayer;
      return typeof layer === "object" && type !== undefined ? { type, name, trainable, config } : layer;
    }) as ModelConfig["layers"];
    for (const [place, layer] of chain.entries()) checkLayer(path, layer, place);
    return { ...asJson({ name: "sequential", layers: chain }), inputShape: [...inputShape], seed };
  }
  if (isModel(made)) {
    if (!made.isCompiled) return asJson(made.getConfig());
    throw refusal(
      path,
      "its model is compiled; export it before compile: the command line compiles it with --optimizer, --learning-rate and the loss that its last layer asks for",
    );
  }
  if (isConfig(made)) return asJson(made);
  throw refusal(
    path,
    `it gives ${described(made)}; what is wanted is a model of sequential() or model(), a list of layers, or a function that makes one`,
  );
}

/** What a file holds of a layer. @throws AnygradError UNSUPPORTED for a changed copy */
function asHeld(path: string, layer: Layer): SavedLayer {
  try {
    return layer.toJSON();
  } catch (error) {
    throw new AnygradError("UNSUPPORTED", `${path}: ${reasonOf(error)}`, { cause: error });
  }
}

function isModel(value: unknown): value is Pick<Model, "getConfig" | "isCompiled"> {
  return (
    typeof (value as Partial<Model> | undefined)?.getConfig === "function" &&
    "isCompiled" in (value as object)
  );
}

function isConfig(value: unknown): value is ModelConfig {
  const { layers: list, inputShape } = (value ?? {}) as Partial<ModelConfig>;
  return Array.isArray(list) && Array.isArray(inputShape);
}

function asJson<T extends object>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** @throws AnygradError INVALID_ARGUMENT for what is no layer, UNSUPPORTED for one that a model file cannot hold */
function checkLayer(path: string, layer: Partial<ModelConfig["layers"][number]> | null, place: number): void {
  const type = layer?.type;
  if (typeof type !== "string" || typeof layer?.config !== "object")
    throw refusal(
      path,
      `item ${place} of its list is no layer but ${described(layer)}; pass layers as layers.dense({ units: 10 }) makes them`,
    );
  if (Object.hasOwn(layers, type) || layer.custom) return;
  throw new AnygradError(
    "UNSUPPORTED",
    `${path}: layer ${place} is of the type "${type}", which anygrad does not have; the command line keeps networks as files, which hold anygrad's own layers and those that have a definition: make it by defineLayer`,
  );
}

function checkSizes(path: string, net: Model, { inputShape, classes, task }: DataFacts): void {
  const { graph } = net;
  const [side, named] = graph.forms.inputs !== "one" ? ["inputs", graph.inputs] : ["outputs", graph.outputs]; // biome-ignore format: one choice
  if (net.isNamed)
    throw new AnygradError(
      "UNSUPPORTED",
      `${path}: its network has the ${side} ${named
        .slice(0, 8)
        .map(({ name }) => quote(name))
        .join(
          ", ",
        )}, and the command line trains those of one input and one output; train it by net.fit in a program, where writeReport of anygrad/node leaves the folder of a run`,
    );
  if (!takesExamples(net, inputShape))
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${path}: its network takes ${shapeText(shownInput(net.graph))} but an example of the data is ${inputShape.join("×")}; export a function that takes the shape: export default ({ inputShape, classes }) => …`,
    );
  const outputs = shownOutput(net.graph);
  const { lastActivation: last, custom } = net.layers.at(-1)!;
  if (task === "regression") {
    if (["softmax", "sigmoid", "relu"].includes(last))
      throw refusal(
        path,
        `its last activation is ${last}, which keeps numbers of any size from being predicted; end in layers.dense({ units: 1 })`,
      );
    if (String(outputs) === "1") return;
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${path}: its network gives ${shapeText(outputs)} numbers but one is predicted; end in layers.dense({ units: 1 })`,
    );
  }
  if (String(outputs) !== String(classes))
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${path}: its network gives ${shapeText(outputs)} numbers but the data has ${classes} classes; end in layers.dense({ units: ${classes}, activation: "softmax" })`,
    );
  if (last !== "softmax" && last !== "sigmoid" && !custom)
    throw refusal(
      path,
      `its last activation is ${last}, which gives no probabilities; end in layers.dense({ units: ${classes}, activation: "softmax" })`,
    );
}

function described(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "object") {
    if (Object.keys(value).length === 0) return "an empty object";
    const name = Object.getPrototypeOf(value)?.constructor?.name as string | undefined;
    return name === undefined || name === "Object"
      ? `an object with ${Object.keys(value).slice(0, 4).join(", ")}`
      : `an object of the class ${name.slice(0, 40)}`;
  }
  const text = typeof value === "string" ? JSON.stringify(value.slice(0, 40)) : String(value).slice(0, 40);
  return `a ${typeof value}${typeof value === "function" ? "" : `, ${text}`}`;
}
