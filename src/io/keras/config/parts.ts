/** Parts of a model as its file describes them: layers and operations, which are applied to symbolic tensors. */

import { quote } from "../../../errors.ts";
import { type Layer, layers } from "../../../layers/index.ts";
import { SymbolicTensor } from "../../../layers/layer.ts";
import type { Shape } from "../../../tensor/shape.ts";
import { isObject, type JsonObject } from "../../json.ts";
import type { Place } from "./json.ts";
import { layerFrom, typeOf } from "./layers.ts";
import { maskRule } from "./masks.ts";
import { type Argument, type OperationCall, operate } from "./operations.ts";
import { activationFrom, type Origin } from "./values.ts";

/** What all parts of a model share. */
export interface Building {
  readonly origin: Origin;
  /** Names of layers that are taken. */
  readonly names: Set<string>;
  /** The size of batches, where the file fixes it. */
  batchSize: number | undefined;
  /** Tensors with a mask. */
  readonly masks: WeakSet<SymbolicTensor>;
}

/** What the file has weights for: a layer, or a model with layers of its own. */
export interface Entry {
  /** Its name in the file. */
  readonly name: string;
  readonly className: string;
  /** The layer, and the shapes of its inputs; undefined for what has no weights. */
  layer?: Layer;
  shapes?: readonly Shape[];
  /** The layers of a model. */
  readonly inner?: readonly Entry[];
}

/** Stands among arguments for a mask, of which nothing more is known. */
export const mask = "mask";

/** A part that can be applied, several times. */
export interface Part {
  readonly entry: Entry;
  readonly place: Place;
  apply(call: OperationCall): readonly SymbolicTensor[];
}

/** A name for our model: that of the file where it is free. @param within the name of the model that it is a part of */
export function freeName({ names }: Building, name: string, within: string | undefined): string {
  const plain = name.replaceAll("/", "_") || "layer";
  const wanted = names.has(plain) && within ? `${within}_${plain}` : plain;
  let free = wanted;
  for (let count = 1; names.has(free); count++) free = `${wanted}_${count}`;
  names.add(free);
  return free;
}

/** All tensors among arguments, in their order. */
export function tensorsIn(argument: Argument | undefined): SymbolicTensor[] {
  if (argument instanceof SymbolicTensor) return [argument];
  if (Array.isArray(argument)) return (argument as readonly Argument[]).flatMap(tensorsIn);
  if (typeof argument !== "object" || argument === null) return [];
  return Object.values(argument as Record<string, Argument>).flatMap(tensorsIn);
}

export class OperationPart implements Part {
  readonly entry: Entry;
  readonly place: Place;
  readonly #config: JsonObject;
  readonly #building: Building;
  readonly #within: string | undefined;

  constructor(place: Place, entry: Entry, config: JsonObject, building: Building, within?: string) {
    this.place = place;
    this.entry = entry;
    this.#config = config;
    this.#building = building;
    this.#within = within;
  }

  apply(call: OperationCall): readonly SymbolicTensor[] {
    const { name, className } = this.entry;
    const free = freeName(this.#building, name, this.#within);
    return [operate(this.place, className, this.#config, call, free)];
  }
}

/** A sum whose second part has a factor, as Inception-ResNet's class of its own is in keras.applications. */
export class ScaledSumPart implements Part {
  readonly entry: Entry;
  readonly place: Place;
  readonly #scale: number;
  readonly #building: Building;
  readonly #within: string | undefined;

  constructor(place: Place, entry: Entry, { scale }: JsonObject, building: Building, within?: string) {
    if (typeof scale !== "number") throw place.damaged(`its scale is ${quote(scale)}, which is no number`);
    this.place = place;
    this.entry = entry;
    this.#scale = scale;
    this.#building = building;
    this.#within = within;
  }

  apply({ args, named }: OperationCall): readonly SymbolicTensor[] {
    const [x, y, ...others] = [...args, ...(Object.values(named) as Argument[])].flatMap(tensorsIn);
    if (!x || !y || others.length > 0) throw this.place.damaged("it takes two tensors");
    const nameOf = (end: string): string => freeName(this.#building, this.entry.name + end, this.#within);
    return this.place.try(() => {
      const scaled = layers.rescaling({ scale: this.#scale, name: nameOf("_scale") }).apply(y);
      return [layers.add({ name: nameOf("") }).apply([x, scaled])];
    });
  }
}

/** Classes that do something else in training; others are called with what Keras's default for it is. */
const differsInTraining = /Dropout|Noise|Normalization|LSTM|GRU|RNN|Attention|Bidirectional|Random/;
const merging = new Set("add subtract multiply average maximum minimum concatenate".split(" "));

export class LayerPart implements Part {
  readonly entry: Entry;
  readonly place: Place;
  readonly #config: JsonObject;
  readonly #building: Building;
  readonly #within: string | undefined;
  /** Applied behind the layer: its activation, where Keras has a layer for it. */
  #then: Layer | undefined;

  constructor(place: Place, entry: Entry, config: JsonObject, building: Building, within?: string) {
    this.place = place;
    this.entry = entry;
    this.#config = config;
    this.#building = building;
    this.#within = within;
  }

  apply({ args, named }: OperationCall): readonly SymbolicTensor[] {
    const { place, entry } = this;
    const { training, initial_state: states, query, value, key, use_causal_mask: causal, ...others } = named;
    const inputs = [...args.flatMap(tensorsIn), ...[query, value, key, states].flatMap(tensorsIn)];
    if (inputs.length === 0) throw place.damaged("it is applied to no tensor");
    if (training === true && differsInTraining.test(entry.className))
      throw place.unsupported(
        "it is called with training: true, always; call it without in Python, and save the model again",
      );
    for (const [name, given] of Object.entries(others))
      if (given !== null && given !== false && !this.#isMask(name, given, inputs))
        throw place.unsupported(`it is called with ${name}: ${quote(given)}, which anygrad has not`);
    const type = typeOf(entry.className) ?? "";
    entry.layer ??= this.#layer(type, inputs, causal === true);
    entry.shapes ??= inputs.map(({ sizes }) => sizes);
    if (type === "softmax" && this.#building.masks.has(inputs[0]!))
      throw place.unsupported(
        "its input has a mask, which softmax of anygrad does not heed; build the embedding with mask_zero=False",
      );
    const { layer } = entry;
    const outputs = place.try(() =>
      [layer.apply(inputs.length > 1 || merging.has(type) ? inputs : inputs[0]!)].flat(),
    );
    const results = this.#then ? outputs.map((each) => place.try(() => this.#then!.apply(each))) : outputs;
    this.#noteMask(inputs, results);
    return results;
  }

  #layer(type: string, inputs: readonly SymbolicTensor[], causal: boolean): Layer {
    const { place, entry } = this;
    const { origin, batchSize } = this.#building;
    const name = freeName(this.#building, entry.name, this.#within);
    const given: Record<string, unknown> = {};
    let config = this.#config;
    const { activation } = config;
    if (isObject(activation) && typeof activation.class_name === "string" && typeOf(activation.class_name)) {
      if (activationFrom(place, activation, origin) === undefined) {
        const { class_name: className, config: options } = activation;
        this.#then = layerFrom(
          place.in("its activation"),
          className,
          place.object(options, "config of its activation"),
          origin,
          freeName(this.#building, `${name}_activation`, undefined),
        );
        config = { ...config, activation: "linear" };
      }
    }
    // the last axis, counted from the front
    if (type === "softmax" && config.axis === inputs[0]!.shape.length) config = { ...config, axis: -1 };
    if (config.stateful === true) given.batchSize = batchSize;
    if (causal) given.useCausalMask = true;
    if (type === "normalization" && (config.mean ?? null) === null) {
      // its statistics are weights of the file; here is room for them
      const axis = [config.axis].flat()[0];
      const { shape } = inputs[0]!;
      const at = typeof axis === "number" ? (axis < 0 ? shape.length + axis : axis - 1) : undefined;
      const count = at === undefined ? 1 : (shape[at] ?? 1);
      given.mean = Array<number>(count).fill(0);
      given.variance = Array<number>(count).fill(1);
    }
    return layerFrom(place, entry.className, config, origin, name, given);
  }

  /** Whether an argument is the mask that the inputs have by themselves, as Keras 3 writes it. */
  #isMask(name: string, given: Argument | undefined, inputs: readonly SymbolicTensor[]): boolean {
    const isOne = [given].flat().every((each) => each === mask || each === null);
    const isNamed = /^(query_|value_|key_)?mask$/.test(name);
    return isNamed && isOne && inputs.some((each) => this.#building.masks.has(each));
  }

  /** Notes which outputs have a mask here. */
  #noteMask(inputs: readonly SymbolicTensor[], outputs: readonly SymbolicTensor[]): void {
    const { masks } = this.#building;
    const { layer } = this.entry;
    const shapes = inputs.map(({ sizes }) => sizes);
    const masked = inputs.map((each) => masks.has(each));
    for (const output of outputs)
      if (layer && maskRule(layer, shapes, output.sizes, masked)) masks.add(output);
  }
}
