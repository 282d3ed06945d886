/** A model from its description: sequential and functional ones, also within each other. */
import { AnygradError, quote } from "../../../errors.ts";
import { layers } from "../../../layers/index.ts";
import type { SymbolicTensor } from "../../../layers/layer.ts";
import { input, type Model, model } from "../../../model/index.ts";
import type { ExampleShape } from "../../../tensor/shape.ts";
import { isObject, type Json, type JsonObject } from "../../json.ts";
import { type Call, callsOf, Reference, type Referring, referenceOf } from "./calls.ts";
import type { Place } from "./json.ts";
import { type Argument, isOperation, makesMask, type OperationCall } from "./operations.ts";
import {
  type Building,
  type Entry,
  freeName,
  LayerPart,
  mask,
  OperationPart,
  type Part,
  ScaledSumPart,
  tensorsIn,
} from "./parts.ts";
import type { Origin } from "./values.ts";

/** Shapes of examples, where the file leaves sizes open: of the one input, or by the names of several; null for one that stays open. */
export type InputShapes = ExampleShape | Readonly<Record<string, ExampleShape>>;

/** A model without weights, and what the file has weights for. */
export interface Built {
  readonly net: Model;
  readonly entries: readonly Entry[];
}

const modelClasses = ["Sequential", "Functional", "Model"];
const deepest = 32;

/** @throws AnygradError UNSUPPORTED for what has no place here, DATA_FORMAT for what is no description */
export function networkFrom(place: Place, described: Json, origin: Origin, shapes?: InputShapes): Built {
  const { class_name: className, config } = place.object(described, "the model's description");
  const name = place.string(className, "class_name");
  if (!modelClasses.includes(name))
    throw place.unsupported(
      `the model is of the class ${quote(name)}, whose code the file does not hold; build the same layers by keras.Sequential or keras.Model(inputs, outputs) in Python, and save that`,
    );
  const building: Building = { origin, names: new Set(), batchSize: undefined, masks: new WeakSet() };
  const entry = { name: nameOf(config, "model"), className: name, inner: [] as Entry[] };
  const part = modelPart(place, entry, config, building, 0);
  const begin = part.begin(shapes);
  const open = begin.find(({ tensor }) => tensor.others);
  try {
    return { net: builtOf(place, entry, part, begin), entries: part.entry.inner ?? [] };
  } catch (error) {
    if (!open || !(error instanceof AnygradError)) throw error;
    const message = `${error.message}; the file leaves the size of the input ${quote(open.name)} open, ${quote(open.tensor.shape)}: where the network wants one, say it, as { inputShape: [224, 224, 3] }`;
    throw new AnygradError(error.code, message, { cause: error });
  }
}

/** The model of a description between its inputs and what it makes of them. */
function builtOf(place: Place, entry: Entry, part: ModelPart, begin: readonly Begin[]): Model {
  const outputs = part.run(begin.map(({ tensor }) => tensor));
  const ends = part.outputNames;
  return place.try(() =>
    model({
      name: entry.name,
      inputs: inForm(
        begin.map(({ tensor }) => tensor),
        part.inputNames,
      ),
      outputs: inForm(
        withoutInputs(
          outputs,
          begin.map(({ tensor }) => tensor),
        ),
        ends,
      ),
    }),
  ) as Model;
}

function nameOf(config: Json | undefined, fallback: string): string {
  return isObject(config) && typeof config.name === "string" && config.name !== "" ? config.name : fallback;
}

/** An output that is an input, or another output, becomes one of its own. */
function withoutInputs(
  outputs: readonly SymbolicTensor[],
  inputs: readonly SymbolicTensor[],
): SymbolicTensor[] {
  return outputs.map((tensor, i) =>
    inputs.includes(tensor) || outputs.indexOf(tensor) < i
      ? layers.activation("linear").apply(tensor)
      : tensor,
  );
}

/** One tensor, a list, or a record by names. */
function inForm(
  tensors: readonly SymbolicTensor[],
  names: readonly string[] | undefined,
): SymbolicTensor | readonly SymbolicTensor[] | Record<string, SymbolicTensor> {
  if (names) return Object.fromEntries(tensors.map((tensor, i) => [names[i]!, tensor]));
  return tensors.length === 1 ? tensors[0]! : tensors;
}

/** Where a model begins. */
interface Begin {
  readonly name: string;
  readonly tensor: SymbolicTensor;
}

/** A model as a part of another one, or by itself. */
interface ModelPart extends Part {
  /** The names under which its inputs and outputs are given, where they are. */
  readonly inputNames: readonly string[] | undefined;
  readonly outputNames: readonly string[] | undefined;
  /** Its inputs, made. @param shapes in place of what the file says */
  begin(shapes: InputShapes | undefined): readonly Begin[];
  /** The shapes of its inputs with the batch's axis, as the file has them; undefined where it has none. */
  readonly batchShapes: readonly (Json | undefined)[];
  run(inputs: readonly SymbolicTensor[]): readonly SymbolicTensor[];
}

function modelPart(
  place: Place,
  entry: Entry,
  config: Json | undefined,
  building: Building,
  depth: number,
): ModelPart {
  if (depth > deepest) throw place.damaged(`models are in each other ${depth} deep`);
  const make = entry.className === "Sequential" ? sequentialPart : functionalPart;
  return make(place, entry, config ?? null, building, depth);
}

/** A part from an item of a list of layers. @param within the name of the model in it */
function partFrom(
  place: Place,
  item: JsonObject,
  building: Building,
  depth: number,
  within: string | undefined,
): Part {
  const { class_name: given, config } = item;
  const className = place.string(given, "class_name of a layer");
  const name = typeof item.name === "string" ? item.name : nameOf(config, className);
  const own = place.layer(name, className);
  if (modelClasses.includes(className))
    return modelPart(own, { name, className, inner: [] }, config, building, depth + 1);
  const options = own.object(config ?? {}, "config");
  const isOwn = building.origin.custom.definition("layer", className) !== undefined;
  const isScaledSum = className === "CustomScaleLayer" && "scale" in options && !isOwn;
  const Kind = isOperation(item) ? OperationPart : isScaledSum ? ScaledSumPart : LayerPart;
  return new Kind(own, { name, className }, options, building, within);
}

/** The input of a model of this shape. */
function beginning(
  place: Place,
  name: string,
  batchShape: Json | undefined,
  building: Building,
  wanted: ExampleShape | undefined,
): Begin {
  const known = Array.isArray(batchShape) ? (batchShape as readonly Json[]) : undefined;
  const own = known?.slice(1);
  if (typeof known?.[0] === "number") building.batchSize ??= known[0];
  const shape = own?.every((n) => n === null || typeof n === "number") ? (own as ExampleShape) : undefined;
  const fits = wanted?.length === own?.length && wanted?.every((n, i) => own![i] === null || own![i] === n);
  if (wanted && own && !fits)
    throw place.error(
      "SHAPE_MISMATCH",
      `the input ${quote(name)} takes examples of ${quote(own)}, and no inputShape ${quote(wanted)}`,
    );
  const final = wanted ?? shape;
  if (!final)
    throw place.unsupported(
      `the file does not say the shape of the input ${quote(name)}; say it, as { inputShape: [224, 224, 3] }`,
    );
  const free = freeName(building, name, undefined);
  return { name, tensor: place.try(() => input({ shape: final, name: free })) };
}

/** The shape that was asked for of an input. */
function shapeFor(shapes: InputShapes | undefined, name: string): ExampleShape | undefined {
  return Array.isArray(shapes) ? shapes : (shapes as Record<string, ExampleShape> | undefined)?.[name];
}

/** @throws AnygradError UNSUPPORTED for inputs that are no dense numbers */
function checkInput(
  place: Place,
  { sparse, ragged, dtype, batch_shape, batch_input_shape }: JsonObject,
): Json | undefined {
  if (sparse === true || ragged === true || dtype === "string")
    throw place.unsupported(
      `it takes ${sparse ? "sparse tensors" : ragged ? "ragged tensors" : "texts"}; numbers are what anygrad takes`,
    );
  return batch_shape ?? batch_input_shape;
}

function sequentialPart(
  place: Place,
  entry: Entry,
  config: Json,
  building: Building,
  depth: number,
): ModelPart {
  const described: JsonObject = Array.isArray(config) ? { layers: config } : place.object(config, "config");
  const items = place.list(described.layers, "layers").map((each) => place.object(each, "a layer"));
  const [first] = items;
  const firstConfig = isObject(first?.config) ? first.config : {};
  const isInput = first?.class_name === "InputLayer";
  const parts = (isInput ? items.slice(1) : items).map((item) =>
    partFrom(place, item, building, depth, depth > 0 ? entry.name : undefined),
  );
  if (parts.length === 0) throw place.unsupported("it has no layers");
  // the input counts where weights are found by classes
  if (isInput) (entry.inner as Entry[]).push({ name: nameOf(firstConfig, "input"), className: "InputLayer" });
  for (const part of parts) (entry.inner as Entry[]).push(part.entry);
  const inner = parts[0] && "batchShapes" in parts[0] ? (parts[0] as ModelPart).batchShapes[0] : undefined;
  const batchShape = checkInput(place, firstConfig) ?? described.build_input_shape ?? inner;
  const run = (inputs: readonly SymbolicTensor[]): readonly SymbolicTensor[] => {
    let tensors = inputs;
    for (const part of parts) tensors = part.apply({ args: tensors, named: {} });
    return tensors;
  };
  return {
    entry,
    place,
    inputNames: undefined,
    outputNames: undefined,
    batchShapes: [batchShape],
    run,
    apply: ({ args, named }) => run(args.concat(Object.values(named) as Argument[]).flatMap(tensorsIn)),
    begin(shapes) {
      const name = isInput ? nameOf(firstConfig, "input_layer") : "input_layer";
      return [beginning(place, name, batchShape, building, shapeFor(shapes, name))];
    },
  };
}

/** Inputs or outputs: which tensors, and their names where they are given by name. */
function endsOf(
  place: Place,
  value: Json | undefined,
  what: string,
): { refs: Reference[]; names?: string[] } {
  const one = referenceOf(value);
  if (one) return { refs: [one] };
  const isRecord = isObject(value);
  const list = isRecord ? Object.values(value) : place.list(value, what);
  const refs = list.map((each) => {
    const reference = referenceOf(each as Json);
    if (reference) return reference;
    throw place.unsupported(`${what} has ${quote(each)}, which is no tensor: lists in lists are not read`);
  });
  if (refs.length === 0) throw place.damaged(`${what} is empty`);
  return { refs, ...(isRecord && { names: Object.keys(value) }) };
}

/** A call that waits for its tensors. */
interface Pending {
  readonly part: Part | undefined;
  readonly name: string;
  readonly at: number;
  readonly call: Call;
}

function functionalPart(
  place: Place,
  entry: Entry,
  given: Json,
  building: Building,
  depth: number,
): ModelPart {
  const config = place.object(given, "config");
  const items = place.list(config.layers, "layers").map((each) => place.object(each, "a layer"));
  const within = depth > 0 ? entry.name : undefined;
  const parts = new Map<string, Part | undefined>();
  const shapes = new Map<string, Json | undefined>();
  const pending: Pending[] = [];
  const masks = new Set<string>();
  for (const item of items) {
    const className = place.string(item.class_name, "class_name of a layer");
    const name = typeof item.name === "string" ? item.name : nameOf(item.config, className);
    const own = place.layer(name, className);
    if (parts.has(name)) throw own.damaged("there are two layers of this name");
    const isInput = className === "InputLayer";
    if (isInput) shapes.set(name, checkInput(own, own.object(item.config, "config")));
    const calls = isInput ? [] : callsOf(own, item.inbound_nodes);
    const ofMasks = calls.some(({ args, named }) =>
      referencesIn([args, named]).some(({ layer }) => masks.has(layer)),
    );
    if (isOperation(item) && (makesMask(item) || ofMasks)) masks.add(name);
    const part = isInput || masks.has(name) ? undefined : partFrom(place, item, building, depth, within);
    parts.set(name, part);
    (entry.inner as Entry[]).push(part?.entry ?? { name, className });
    for (const [at, call] of calls.entries()) pending.push({ part, name, at, call });
  }
  const inputs = endsOf(place, config.input_layers, "input_layers");
  const outputs = endsOf(place, config.output_layers, "output_layers");
  const shift = shiftsOf(parts, pending, outputs.refs);

  function run(tensors: readonly SymbolicTensor[]): readonly SymbolicTensor[] {
    if (tensors.length !== inputs.refs.length)
      throw place.damaged(`it takes ${inputs.refs.length} tensors but is applied to ${tensors.length}`);
    const known = new Map<string, readonly SymbolicTensor[]>();
    for (const [i, { layer }] of inputs.refs.entries()) known.set(`${layer} 0`, [tensors[i]!]);
    const key = ({ layer, call }: Reference): string => `${layer} ${call - (shift.get(layer) ?? 0)}`;
    const isThere = (value: Referring): boolean =>
      value instanceof Reference
        ? known.has(key(value))
        : typeof value !== "object" ||
          value === null ||
          Object.values(value as Record<string, Referring>).every(isThere);
    const resolved = (value: Referring): Argument => {
      if (value instanceof Reference) {
        if (masks.has(value.layer)) return mask;
        const tensor = known.get(key(value))?.[value.output];
        if (tensor) return tensor;
        throw place.damaged(`${quote(value.layer)} has no output ${value.output}`);
      }
      if (Array.isArray(value)) return (value as readonly Referring[]).map(resolved);
      if (typeof value !== "object" || value === null) return value as Json;
      const entries = Object.entries(value as Record<string, Referring>);
      return Object.fromEntries(entries.map(([name, each]) => [name, resolved(each)]));
    };
    let waiting = pending;
    while (waiting.length > 0) {
      const left = waiting.filter(({ part, name, at, call }) => {
        if (!isThere(call.args) || !isThere(call.named)) return true;
        // what makes a mask gives no tensor; that it is one is all that is known of it
        if (!part) known.set(`${name} ${at}`, []);
        else known.set(`${name} ${at}`, part.apply(resolvedCall(call, resolved)));
        return false;
      });
      if (left.length === waiting.length) {
        const { name } = left[0]!;
        throw place.damaged(`what leads to the layer ${quote(name)} is a circle, or is not in the file`);
      }
      waiting = left;
    }
    return outputs.refs.map((ref) => tensorsIn(isThere(ref) ? resolved(ref) : undefined)[0] ?? lost(ref));
  }

  const lost = ({ layer }: Reference): never => {
    throw place.damaged(`output_layers names ${quote(layer)}, which gives no tensor`);
  };
  const names = inputs.names ?? inputs.refs.map(({ layer }) => layer);
  const batchShapes = inputs.refs.map(({ layer }) => shapes.get(layer));
  return {
    entry,
    place,
    inputNames: inputs.names,
    outputNames: outputs.names,
    batchShapes,
    run,
    apply: ({ args, named }) => {
      const record = args.length === 1 && isRecordOf(args[0]) ? args[0] : undefined;
      if (record) return run(names.flatMap((name) => tensorsIn(record[name])));
      const { training, mask: _, ...others } = named;
      if (training === true) throw place.unsupported("it is called with training: true, always");
      return run([...args, ...(Object.values(others) as Argument[])].flatMap(tensorsIn));
    },
    begin: (asked) =>
      inputs.refs.map(({ layer }, i) =>
        beginning(
          place,
          layer,
          batchShapes[i],
          building,
          shapeFor(asked, names[i]!) ?? shapeFor(asked, layer),
        ),
      ),
  };
}

const isRecordOf = (value: Argument | undefined): value is Record<string, Argument> =>
  Object.prototype.toString.call(value) === "[object Object]" &&
  tensorsIn(value).length > 0 &&
  !("shape" in (value as object));

function resolvedCall({ args, named }: Call, resolved: (value: Referring) => Argument): OperationCall {
  return {
    args: args.map(resolved),
    named: Object.fromEntries(Object.entries(named).map(([name, each]) => [name, resolved(each)])),
  };
}

/**
 * By how much the numbers of a layer's calls are higher in references than in its list: early versions count the call
 * that has made a model within a model, and do not list it.
 */
function shiftsOf(
  parts: ReadonlyMap<string, Part | undefined>,
  pending: readonly Pending[],
  outputs: readonly Reference[],
): ReadonlyMap<string, number> {
  const highest = new Map<string, number>();
  const all = [...pending.flatMap(({ call }) => referencesIn([call.args, call.named])), ...outputs];
  for (const { layer, call } of all) highest.set(layer, Math.max(highest.get(layer) ?? 0, call));
  const shifts = new Map<string, number>();
  for (const [name, part] of parts) {
    const count = pending.filter((each) => each.name === name).length;
    const most = highest.get(name) ?? 0;
    if (part?.entry.inner && count > 0 && most === count) shifts.set(name, 1);
  }
  return shifts;
}

/** All references among arguments. */
function referencesIn(value: Referring): Reference[] {
  if (value instanceof Reference) return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value as Record<string, Referring>).flatMap(referencesIn);
}
