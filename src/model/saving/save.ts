/** Models as the bytes of a file: the weights as tensors, everything else as JSON in the metadata. */
import type { Normalization } from "../../data/dataset.ts";
import type { Preparation } from "../../data/preparation.ts";
import { AnygradError } from "../../errors.ts";
import type { NamedArray, WrittenFile } from "../../io/arrays.ts";
import { defaultFormat, formatOf } from "../../io/formats.ts";
import { packSnapshot, type Snapshot, unpackSnapshot } from "../../io/snapshot.ts";
import type { Layer, SavedLayer } from "../../layers/index.ts";
import type { Loss } from "../../losses/index.ts";
import type { Metric } from "../../metrics/index.ts";
import { type SavedOptimizer, saveOptimizer } from "../../optimizers/index.ts";
import { isBuiltIn, type SavedKind } from "../../registry.ts";
import type { Shape } from "../../tensor/shape.ts";
import { type Graph, isNamed } from "../network/graph.ts";
import type { Compiled } from "../training/context.ts";
import type { SaveOptions } from "./saveOptions.ts";

/** Counts changes of the form below that older versions cannot read: 1 knows chains only, 2 one input and output, 3 float weights. */
const version = 4;

/** A place in a network that is no list of layers. */
export interface SavedNode {
  /** Position of its layer in `layers`. */
  layer: number;
  /** The places that feed it, all before it; −1 is the input, −2 the second one. */
  inputs: number[];
}

/** Inputs and outputs that data come by, by name or in order. */
export interface SavedEnds {
  /** How both were given. */
  forms: Graph["forms"];
  /** The inputs. */
  inputs: {
    /** Its name. */
    name: string;
    /** Shape of an example. */
    shape: Shape;
  }[];
  /** The outputs, and the places that give them. */
  outputs: {
    /** Its name. */
    name: string;
    /** The place. */
    node: number;
  }[];
}

/** A network as JSON can hold it, without weights. */
export interface ModelConfig {
  /** Its name. */
  name: string;
  /** Shape of an example, without the batch axis; of several inputs that of the row of all their numbers. */
  inputShape: Shape;
  /** Seed of the first weights. */
  seed: number;
  /** Each once, in the order of their first places. */
  layers: SavedLayer[];
  /** Name of the input; with `nodes`, for a network that is no list of layers. */
  inputName?: string;
  /** Which layer stands at each place, and the places that feed it; −1 is the input. */
  nodes?: SavedNode[];
  /** Where it has several inputs or outputs. */
  ends?: SavedEnds;
  /** It is what `forInference` gave; `load` makes such a model of it. */
  inference?: boolean;
}

/** How a model's user puts examples in and reads what comes out; from the training data. */
export interface SavedInputs {
  /** How Uint8 inputs become floats. */
  normalization?: Normalization | undefined;
  /** One name a class. */
  classNames?: readonly string[] | undefined;
  /** What was made of pictures or rows of a table. */
  preparation?: Preparation | undefined;
  /** How the bytes of several inputs become floats, by their names. */
  normalizations?: Readonly<Record<string, Normalization>> | undefined;
}

/** A loss in a file. */
export type SavedLoss = SavedKind<Loss["config"]> & {
  /** It is none of the package's: the file holds its name alone. */
  readonly custom?: true;
};

/** A metric in a file: of one of the user's own its name, and the options of its definition where it has one. */
export type SavedMetric = SavedKind | { readonly custom: string; readonly config?: object };

/** An output and its loss in a file. */
export interface SavedHead {
  /** The output's name. */
  readonly name: string;
  /** Its loss. */
  readonly loss: SavedLoss;
  /** The factor on it. */
  readonly weight: number;
  /** Its metrics. */
  readonly metrics: readonly SavedMetric[];
}

/** What a file holds of a model besides its arrays. */
export interface SavedModel extends ModelConfig, SavedInputs {
  /** The form of this description. */
  version: number;
  /** The optimizer it was compiled with. */
  optimizer: SavedOptimizer;
  /** The loss it was compiled with; of one of one's own the name, by which `load` asks for it. */
  loss?: SavedLoss;
  /** The metrics it was compiled with; of those of one's own the names, by which `load` asks for them. */
  metrics?: SavedMetric[];
  /** In place of both, of several outputs those that have a loss. */
  heads?: SavedHead[];
  /** Optimizer steps done; with it the optimizer's slots are in the file. */
  step?: number;
}

/** Two strokes, so that no weight of a layer named "optimizer" is meant. */
export const slotPrefix = "optimizer//";
export const runPrefix = "run//";

export function configOf(name: string, graph: Graph, seed: number): ModelConfig {
  const { inputShape, inputs, outputs, forms, nodes } = graph;
  const distinct = nodes.filter(({ first }, i) => first === i);
  const layers = distinct.map(({ layer, name: layerName }) => ({ ...layer.toJSON(), name: layerName }));
  const chain = { name, inputShape, seed, layers };
  const inputName = inputs[0]!.name;
  if (inputName === undefined) return chain;
  const places = nodes.map((node) => ({
    layer: distinct.indexOf(nodes[node.first]!),
    inputs: [...node.inputs],
  }));
  if (!isNamed(graph)) return { ...chain, inputName, nodes: places };
  const ends = {
    forms,
    inputs: inputs.map((each) => ({ name: each.name!, shape: each.shape })),
    outputs: [...outputs],
  };
  return { ...chain, nodes: places, ends };
}

/**
 * The model as bytes. What they hold is copied before anything is waited for: training may go on meanwhile.
 *
 * @param layers what the config is of
 * @throws AnygradError NOT_FINITE for weights that are NaN or infinite: they would take the place of good ones
 */
export async function saveModel(
  config: ModelConfig,
  layers: readonly Layer[],
  inputs: SavedInputs,
  { parameters, updater, heads, run }: Compiled,
  options: SaveOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { optimizer = false, weights = "float32", keep } = options;
  const name = parameters.nonFinite();
  if (name !== undefined)
    throw new AnygradError(
      "NOT_FINITE",
      `save: the weights ${name} are NaN or infinite, from which no run goes on; load an earlier file, or train anew with a lower learning rate`,
    );
  const model: SavedModel = {
    version: weights === "int8" ? version : config.ends || heads[0]!.weight !== 1 ? 3 : config.nodes ? 2 : 1,
    ...config,
    ...inputs,
    optimizer: saveOptimizer(updater.optimizer),
    ...savedHeads(heads, config),
    ...(optimizer && { step: updater.step }),
  };
  const slots: NamedArray[] = updater.slots.map((slot, i) => ({
    name: slotPrefix + updater.optimizer.slots[i]!,
    shape: slot.shape,
    data: Float32Array.from(slot.view),
  }));
  const state = optimizer && run ? packSnapshot(run.save()) : undefined;
  const arrays = (state?.arrays ?? []).map((data, i) => ({
    name: runPrefix + i,
    shape: [data.length],
    data: Float32Array.from(data),
  }));
  const read = parameters.read();
  const written =
    weights === "float32" && !keep
      ? read
      : (await import("./stored.ts")).stored(read, config.layers, options);
  const file: WrittenFile = {
    tensors: [...written, ...(optimizer ? slots : []), ...arrays],
    metadata: { format: "anygrad", model: JSON.stringify(model), ...(state && { run: state.json }) },
  };
  if (file.metadata.model!.includes('"custom":"')) (await import("./distinct.ts")).checkDistinct(layers);
  return (await defaultFormat()).write(file);
}

/** Loss and metrics, or those of each output. */
function savedHeads(
  heads: Compiled["heads"],
  { ends }: ModelConfig,
): Pick<SavedModel, "loss" | "metrics" | "heads"> {
  const saved = heads.map(({ name, loss, weight, metrics }) => ({
    name,
    loss: savedLoss(loss),
    weight,
    metrics: metrics.map(savedMetric),
  }));
  const [{ loss, metrics, weight }] = saved as [SavedHead & { metrics: SavedMetric[] }];
  return ends || weight !== 1 ? { heads: saved } : { loss, metrics };
}

function savedMetric({ name, type, config, create, definition }: Metric): SavedMetric {
  if (type !== undefined && isBuiltIn(create)) return { type, config };
  return definition ? { custom: type!, config } : { custom: name };
}

function savedLoss({ type, config, call }: Loss): SavedLoss {
  return isBuiltIn(call) ? { type, config } : { type: type || "loss", config: config ?? {}, custom: true };
}

/** What was read from a file. */
export interface ReadModel {
  /** The description. */
  readonly model: SavedModel;
  /** The weights, by full name. */
  readonly weights: ArrayReader;
  /** The optimizer's, by slot name. */
  readonly slots: ArrayReader;
  /** The run that the model was saved in. */
  readonly run: Snapshot | undefined;
}

/** Arrays to be taken by name, each once: other tools write them in an order of their own. */
class ArrayReader {
  readonly #arrays: Map<string, NamedArray>;

  constructor(arrays: readonly NamedArray[]) {
    this.#arrays = new Map(arrays.map((array) => [array.name, array]));
  }

  /** @throws AnygradError DATA_FORMAT where it is missing or has another size */
  take(name: string, size?: number): NamedArray {
    const array = this.#arrays.get(name);
    if (!array) throw new AnygradError("DATA_FORMAT", `load: the array "${name}" is missing`);
    if (size !== undefined && array.data.length !== size)
      throw new AnygradError(
        "DATA_FORMAT",
        `load: the array "${name}" has ${array.data.length} numbers where ${size} are wanted`,
      );
    this.#arrays.delete(name);
    return array;
  }

  /** @throws AnygradError DATA_FORMAT where an array has not been taken */
  finish(): void {
    const [left] = this.#arrays.keys();
    if (left !== undefined)
      throw new AnygradError("DATA_FORMAT", `load: the array "${left}" belongs to no layer of the model`);
  }
}

/** @throws AnygradError DATA_FORMAT for bytes that no `save` wrote, or a newer version's */
export async function readModel(bytes: Uint8Array): Promise<ReadModel> {
  const { tensors, metadata } = (await formatOf(bytes)).read(bytes);
  if (metadata.format !== "anygrad" || metadata.model === undefined)
    throw new AnygradError(
      "DATA_FORMAT",
      "load: the file holds tensors but no anygrad model; pass bytes that net.save() gave",
    );
  const under = (prefix: string): NamedArray[] =>
    tensors.flatMap((tensor) =>
      tensor.name.startsWith(prefix) ? [{ ...tensor, name: tensor.name.slice(prefix.length) }] : [],
    );
  const isWeight = ({ name }: NamedArray): boolean =>
    !name.startsWith(slotPrefix) && !name.startsWith(runPrefix);
  const arrays: Float32Array[] = [];
  for (const { name, data } of under(runPrefix)) arrays[Number(name)] = data;
  const model = parseModel(metadata.model);
  const weights = tensors.filter(isWeight);
  const { image: _, ...ofTable } = model.preparation ?? {};
  if (Object.keys(ofTable).length > 0)
    (await import("../../data/table/index.ts")).checkTablePreparation(ofTable);
  return {
    model,
    weights: new ArrayReader(model.version < 4 ? weights : (await import("./stored.ts")).restored(weights)),
    slots: new ArrayReader(under(slotPrefix)),
    run: metadata.run === undefined ? undefined : unpackSnapshot({ json: metadata.run, arrays }),
  };
}

const isText = (value: unknown): boolean => typeof value === "string";

/** Checks what nothing later checks: layers, losses and the like check their own options. */
function parseModel(text: string): SavedModel {
  let model: SavedModel;
  try {
    model = JSON.parse(text) as SavedModel;
  } catch (cause) {
    throw new AnygradError("DATA_FORMAT", "load: the model's description is no JSON; save it again", {
      cause,
    });
  }
  if (!Number.isInteger(model?.version))
    throw new AnygradError("DATA_FORMAT", "load: the model's description has no version; save it again");
  if (model.version > version)
    throw new AnygradError(
      "DATA_FORMAT",
      `load: the model was saved in form ${model.version} but this version reads up to ${version}; update anygrad`,
    );
  const { normalization, classNames, preparation, step } = model;
  const sound =
    (step === undefined || (Number.isSafeInteger(step) && step >= 0)) &&
    (normalization === undefined ||
      (Number.isFinite(normalization?.scale) && Number.isFinite(normalization?.shift))) &&
    (classNames === undefined || (Array.isArray(classNames) && classNames.every(isText))) &&
    (preparation === undefined || (typeof preparation === "object" && preparation !== null));
  if (!sound)
    throw new AnygradError(
      "DATA_FORMAT",
      "load: the step, the normalisation or the classes in the model's description is damaged; save it again",
    );
  return model;
}
