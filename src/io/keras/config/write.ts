/** Layers and models of ours as Keras's classes and options. */
import { quote } from "../../../errors.ts";
import { type Layer, layerFromConfig, type SavedLayer, type SymbolicTensor } from "../../../layers/index.ts";
import type { Model } from "../../../model/index.ts";
import { shapeAt } from "../../../model/network/graph.ts";
import type { Shape } from "../../../tensor/shape.ts";
import { isObject, type Json, type JsonObject } from "../../json.ts";
import { type Place, snakeCase } from "./json.ts";
import { type MaskedCall, MaskOperations } from "./masks.ts";
import { inKerasOrder, type Written, type WrittenLayer } from "./order.ts";

export type { WrittenLayer } from "./order.ts";

/** In which ways descriptions differ between Keras 3 and what came before, which TensorFlow.js reads. */
export interface Dialect {
  /** Names of Keras 2, and calls as lists. */
  readonly isOld: boolean;
  /** The library, for messages. */
  readonly library: string;
  /** Activations that it has not, or under another name. */
  activation(name: string): string | undefined;
  /** Whether it has a class. */
  has(className: string): boolean;
  /** What it does not do of a layer with these options, if anything. @param input shape of an example */
  lacks?(type: string, config: JsonObject, input: Shape): string | undefined;
  /** The class of an initializer, regularizer or constraint, where it has another name, and its options. */
  kind?(type: string, config: JsonObject): { readonly name: string; readonly config: JsonObject } | undefined;
}

/** What to do about a layer that the library has not: ONNX files hold what layers compute, and no layers. */
const wayOut =
  "export it by saveOnnx of anygrad/onnx (anygrad export --format onnx), which ONNX Runtime runs in pages, too, or save a model without it";

/** Keras has functions of these names, and no layers. */
const functionsAlone = new Set(
  "gelu silu sigmoid tanh softplus logSoftmax relu6 selu hardSigmoid hardSwish mish softsign".split(" "),
);
/** What Keras takes when a layer is called. */
const ofCalls = new Set(["useCausalMask"]);
/** What is ours alone. */
const oursAlone = new Set(["batchSize"]);
const oldNames: Readonly<Record<string, string>> = { negativeSlope: "alpha" };
/** A saved depthwise layer has the names that all kernels have. */
const depthwiseNames: Readonly<Record<string, string>> = {
  kernelInitializer: "depthwise_initializer",
  kernelRegularizer: "depthwise_regularizer",
  kernelConstraint: "depthwise_constraint",
};

const pascalCase = (name: string): string => name[0]!.toUpperCase() + name.slice(1);
/** Classes whose names our types do not give. */
const kindNames: Readonly<Record<string, string>> = { l1l2: "L1L2" };

/** A kind with its options as Keras writes it. */
function kind(dialect: Dialect, module: string, { type, config: given }: JsonObject): JsonObject {
  const { name, config } = dialect.kind?.(String(type), (given ?? {}) as JsonObject) ?? {
    name: String(type),
    config: given,
  };
  const options = Object.entries((config ?? {}) as JsonObject).map(([option, value]) => [
    snakeCase(option),
    typeof value === "string" ? snakeCase(value) : value,
  ]);
  return {
    ...(!dialect.isOld && { module }),
    class_name: kindNames[name] ?? pascalCase(name),
    config: Object.fromEntries(options) as JsonObject,
    ...(!dialect.isOld && { registered_name: null }),
  };
}

/** A layer's class, and its options there. @throws AnygradError UNSUPPORTED for what Keras has not */
export function layerTo(
  place: Place,
  layer: SavedLayer & { readonly keras: string },
  dialect: Dialect,
  input: Shape = [],
): { className: string; config: JsonObject } {
  const { type, name, trainable } = layer;
  const config = layer.config as JsonObject;
  if (layer.custom || ["lambda", "operation", "sequenceRows", "discretization"].includes(type))
    throw place.unsupported(
      `${dialect.library} has no such layer, and a file cannot hold what it does; ${wayOut}`,
    );
  const shared: JsonObject = {
    ...(name !== undefined && { name }),
    ...(!type.startsWith("spatialDropout") && { trainable }), // which Keras 3's do not take
    dtype: "float32",
  };
  if (functionsAlone.has(type))
    return { className: "Activation", config: { ...shared, activation: activationTo(place, type, dialect) } };
  const className = layer.keras;
  if (!dialect.has(className)) throw place.unsupported(`${dialect.library} has no ${className}; ${wayOut}`);
  const lacking = dialect.lacks?.(type, config, input);
  if (lacking !== undefined) throw place.unsupported(`${dialect.library} has no ${lacking}; ${wayOut}`);
  const options: Record<string, Json> = {};
  for (const [option, value] of Object.entries(config)) {
    if (value === undefined || value === null || ofCalls.has(option) || oursAlone.has(option)) continue;
    const own = type.startsWith("depthwise") ? depthwiseNames[option] : undefined;
    const renamed = own ?? (dialect.isOld && type === "leakyRelu" ? oldNames[option] : undefined);
    options[renamed ?? snakeCase(option)] = valueTo(place.in(option), option, value, dialect);
  }
  if (options.return_state === "rows") options.return_state = true;
  if (type === "softmax") options.axis = -1; // the first one is TensorFlow.js's default
  return { className, config: { ...shared, ...options } };
}

function valueTo(place: Place, option: string, value: Json, dialect: Dialect): Json {
  if (option === "activation" || option === "recurrentActivation") return activationTo(place, value, dialect);
  if (isObject(value) && "custom" in value)
    throw place.unsupported(
      `it is ${quote(value.type)}, of your own, which a file of ${dialect.library} cannot hold; ${wayOut}`,
    );
  if (option === "layer" || option === "backwardLayer") return innerTo(place, value, dialect);
  for (const module of ["initializers", "regularizers", "constraints"])
    if (option.endsWith(pascalCase(module.slice(0, -1))))
      return kind(dialect, `keras.${module}`, isObject(value) ? value : { type: value });
  return typeof value === "string" ? snakeCase(value) : value;
}

/** A layer that another wraps. */
function innerTo(place: Place, value: Json, dialect: Dialect): JsonObject {
  const saved = value as unknown as SavedLayer;
  const keras = layerFromConfig(saved).keras;
  const { className, config } = layerTo(place, { ...saved, keras }, dialect);
  return dialect.isOld
    ? { class_name: className, config }
    : { module: "keras.layers", class_name: className, config, registered_name: null };
}

function activationTo(place: Place, value: Json, dialect: Dialect): string {
  const name = typeof value === "string" ? dialect.activation(value) : undefined;
  if (name !== undefined) return name;
  throw place.unsupported(
    `${dialect.library} has no activation ${quote(isObject(value) ? value.type : value)}; ${wayOut}`,
  );
}

/** The shapes of the inputs of each layer of a model, at one of its places. */
export function shapesIn(net: Model): ReadonlyMap<Layer, readonly Shape[]> {
  const shapes = new Map<Layer, readonly Shape[]>();
  const seen = new Set<SymbolicTensor>(net.outputs);
  for (const { source, madeOf } of seen) {
    if (typeof source !== "string")
      shapes.set(
        source,
        madeOf.map(({ sizes }) => sizes),
      );
    for (const each of madeOf) seen.add(each); // which the loop reaches, too
  }
  return shapes;
}

/** A model as layers of Keras, in the order in which Keras keeps them. */
export interface WrittenModel {
  readonly isSequential: boolean;
  readonly layers: readonly WrittenLayer[];
  readonly inputs: Json;
  readonly outputs: Json;
}

/** @throws AnygradError UNSUPPORTED */
export function modelTo(place: Place, net: Model, dialect: Dialect): WrittenModel {
  const { layers, nodes, ends, inputName = "input_layer", inputShape } = net.getConfig();
  const kinds = net.layers;
  const shapes = shapesIn(net);
  const inputs = ends?.inputs ?? [{ name: inputName, shape: inputShape }];
  const taken = new Set(layers.map(({ name }) => name));
  const inputNames = inputs.map(({ name }) => (taken.has(name) ? `${name}_input` : name));
  const stateful = kinds
    .map(({ config }) => (config as { batchSize?: number }).batchSize)
    .find((n) => n !== undefined);
  const written = layers.map((layer, i) => {
    const { keras } = kinds[i]!;
    const own = place.layer(layer.name!, keras);
    const [shape = []] = shapes.get(kinds[i]!) ?? [];
    // the whole shape, with no size left to be worked out
    const config = layer.type === "reshape" ? { targetShape: kinds[i]!.outputShape([shape]) } : layer.config;
    return {
      ...(layer.type === "sequenceRows"
        ? { className: "", config: {} }
        : layerTo(own, { ...layer, config, keras }, dialect, shape)),
      name: layer.name!,
      calls: [] as WrittenLayer["calls"][number][],
    };
  });
  const isSequential = nodes === undefined && !layers.some(({ type }) => type === "sequenceRows");
  const tensors: Written[] = [];
  const operations = new MaskOperations();
  const masks: (Written | undefined)[] = [];
  const places = nodes ?? layers.map((_, i) => ({ layer: i, inputs: [i - 1] }));
  for (const { layer: at, inputs: from } of places) {
    const { type, name, config } = layers[at]!;
    const sources = from.map((each): Written => (each < 0 ? [inputNames[-1 - each]!, 0, 0] : tensors[each]!));
    if (type === "sequenceRows") {
      const own = place.layer(name!, "sequenceRows");
      const whose = places[from[0]!]?.layer ?? at; // none where it takes the input
      const [rows = 0] = kinds[whose]!.outputShape(shapes.get(kinds[whose]!)!);
      const row = rowOf(own, config as { begin: number; end?: number }, layers[whose]!, rows, sources[0]!);
      tensors.push(row);
      masks.push(row[2] === 0 ? masks[from[0]!] : undefined); // states have none
      continue;
    }
    const takesStates = kinds[at]!.traits?.takesStates === true;
    const { useCausalMask } = config as { useCausalMask?: boolean };
    const given = takesStates ? sources.slice(0, 1) : sources;
    const call: MaskedCall = {
      layer: kinds[at]!,
      inputs: sources,
      inputShapes: from.map((each) => shapeAt(net.graph, each)),
      outputShape: shapeAt(net.graph, tensors.length),
      masks: from.map((each) => masks[each]),
    };
    tensors.push([name!, written[at]!.calls.length, 0]);
    written[at]!.calls.push({
      tensors: given,
      spread: type === "multiHeadAttention" || given.length === 1,
      states: takesStates ? sources.slice(1) : [],
      masks: operations.takenBy(call),
      options: useCausalMask ? { use_causal_mask: true } : {},
    });
    masks.push(operations.after(call));
  }
  const begin = inputs.map(
    ({ shape }, i): WrittenLayer => ({
      name: inputNames[i]!,
      className: "InputLayer",
      config: {
        [dialect.isOld ? "batch_input_shape" : "batch_shape"]: [stateful ?? null, ...shape],
        dtype: "float32",
        sparse: false,
        ...(dialect.isOld && { ragged: false }),
        name: inputNames[i]!,
      },
      calls: [],
    }),
  );
  const outputs = ends?.outputs ?? [{ name: "", node: places.length - 1 }];
  const inForm = (form: string | undefined, names: readonly string[], list: readonly Written[]): Json => {
    if (dialect.isOld) return list as unknown as Json;
    if (form === "record")
      return Object.fromEntries(list.map((each, i) => [names[i]!, each])) as unknown as Json;
    return (form === "list" ? list : list[0]!) as unknown as Json;
  };
  const all = [...begin, ...written.filter(({ className }) => className !== "")];
  const last = outputs.map(({ node }) => tensors[node]!);
  return {
    isSequential,
    layers: isSequential
      ? all
      : inKerasOrder(
          [...all, ...operations.layers],
          ends?.forms.outputs === "record" ? byNames(outputs, last) : last,
        ).filter(({ className }) => className !== ""),
    inputs: inForm(
      ends?.forms.inputs,
      inputs.map(({ name }) => name),
      inputNames.map((name) => [name, 0, 0] as const),
    ),
    outputs: inForm(
      ends?.forms.outputs,
      outputs.map(({ name }) => name),
      last,
    ),
  };
}

/** In the order of the names, in which Keras goes through a record. */
function byNames(named: readonly { readonly name: string }[], list: readonly Written[]): readonly Written[] {
  const order = named.map(({ name }, i) => ({ name, tensor: list[i]! }));
  return order.sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ tensor }) => tensor);
}

/** Which of the outputs of a recurrent layer a piece of its rows is: the output, or a state. @param rows that it gives */
function rowOf(
  place: Place,
  { begin, end }: { begin: number; end?: number },
  { type, config }: SavedLayer,
  rows: number,
  [name, call]: Written,
): Written {
  const { returnState, returnSequences } = config as { returnState?: unknown; returnSequences?: boolean };
  const outputs = rows - (type === "lstm" ? 2 : 1);
  const isOutput = begin === 0 && end === (returnSequences ? outputs : undefined);
  if (returnState === "rows" && isOutput) return [name, call, 0];
  if (returnState === "rows" && end === undefined && begin >= outputs)
    return [name, call, begin - outputs + 1];
  throw place.unsupported(`Keras has no layer that takes rows of a sequence; ${wayOut}`);
}
