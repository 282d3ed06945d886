/** What files of Keras and TensorFlow.js say of themselves; their layers need not be known. */
import { bytesOfElement, type ElementType } from "../../../src/io/elements.ts";
import type { Hdf5Group } from "../../../src/io/hdf5/read.ts";
import { isObject, type Json, type JsonObject, parseJson } from "../../../src/io/json.ts";
import { unwrapped } from "../../../src/io/keras/config/json.ts";
import { readKerasFile } from "../../../src/io/keras/files.ts";
import { sizeOf } from "../../../src/math/shape.ts";
import { counted, type End, type FileFacts, type Held } from "./facts.ts";

/** @throws AnygradError DATA_FORMAT, UNSUPPORTED, MEMORY_LIMIT */
export function kerasFacts(bytes: Uint8Array): FileFacts {
  const { described, version, date, root, lists } = readKerasFile("inspect", bytes, undefined);
  const listed = [...(lists ?? [])].flatMap(([, weights]) =>
    weights.map(({ name, dtype, shape }) => heldOf(name, dtype, shape)),
  );
  return {
    version,
    producer: described === undefined && version === undefined ? undefined : "Keras",
    // files of the same bytes for the same model, as anygrad's, are all of the first day of zip archives
    date: date?.startsWith("1980-01-01") ? undefined : date,
    ...networkFacts(described),
    arrays: root ? arraysIn(root) : listed,
  };
}

function heldOf(name: string, dtype: ElementType, shape: readonly number[]): Held {
  return { name, dtype, shape, bytes: bytesOfElement[dtype] * sizeOf(shape) };
}

function arraysIn(group: Hdf5Group, path = ""): Held[] {
  return [
    ...[...group.arrays].map(([name, { dtype, shape }]) => heldOf(path + name, dtype, shape)),
    ...[...group.groups].flatMap(([name, inner]) => arraysIn(inner, `${path}${name}/`)),
  ];
}

/** Layers and ends of a configuration, as far as it is one. */
function networkFacts(described: Json | undefined): Pick<FileFacts, "inputs" | "outputs" | "layers"> {
  if (!isObject(described)) return {};
  const config = described.config ?? null;
  const layers = layersIn(described);
  const first = layers[0] && isObject(layers[0].config) ? layers[0].config : {};
  const entries = layers.filter(({ class_name: name }) => name === "InputLayer");
  const inputs: End[] = entries.map((layer) => inputOf(layer));
  const build = isObject(described.build_config) ? described.build_config.input_shape : undefined;
  const given = isObject(config) ? (config.build_input_shape ?? build) : undefined;
  const shape = shapeOf(first.batch_input_shape ?? given ?? null);
  if (inputs.length === 0 && shape) inputs.push({ name: nameOf(layers[0] ?? {}), shape });
  const outputs =
    isObject(config) && config.output_layers !== undefined
      ? namesIn(config.output_layers)
      : layers.length > 0
        ? [nameOf(layers.at(-1)!)]
        : [];
  return {
    inputs,
    outputs: outputs.map((name) => ({ name })),
    layers: counted(layers.flatMap(typesIn)),
  };
}

/** The layers of a model; Keras 1 had a list in place of an object. */
function layersIn({ config }: JsonObject): readonly JsonObject[] {
  const list = isObject(config) ? config.layers : config;
  return Array.isArray(list) ? (list as readonly Json[]).filter(isObject) : [];
}

/** The class of a layer, of a model within those of its layers. */
function typesIn(layer: JsonObject): string[] {
  const inner = layersIn(layer);
  if (inner.length > 0) return inner.flatMap(typesIn);
  const { registered_name: registered, class_name: name } = layer;
  return [typeof registered === "string" && registered.includes(">") ? registered : String(name)];
}

function nameOf(layer: JsonObject): string {
  const { name, config } = layer;
  const found = name ?? (isObject(config) ? config.name : undefined);
  return typeof found === "string" ? found : "";
}

function inputOf(layer: JsonObject): End {
  const { batch_shape: shape, batch_input_shape: old, dtype } = isObject(layer.config) ? layer.config : {};
  return {
    name: nameOf(layer),
    dtype: typeof dtype === "string" ? dtype : undefined,
    shape: shapeOf(shape ?? old ?? null),
  };
}

function shapeOf(given: Json): readonly (number | null)[] | undefined {
  const shape = unwrapped(given);
  return Array.isArray(shape) && shape.every((n) => n === null || typeof n === "number")
    ? (shape as readonly (number | null)[])
    : undefined;
}

/** Names of layers in whatever lists and records a configuration has of ["name", 0, 0]. */
function namesIn(given: Json): string[] {
  const value = unwrapped(given);
  if (isObject(value)) return Object.values(value).flatMap((each) => namesIn(each ?? null));
  if (!Array.isArray(value)) return [];
  const [first] = value as readonly Json[];
  return typeof first === "string" ? [first] : (value as readonly Json[]).flatMap(namesIn);
}

/** @throws AnygradError DATA_FORMAT */
export function tfjsFacts(bytes: Uint8Array): FileFacts {
  const json = parseJson("inspect", "model.json", bytes);
  const description = isObject(json) ? json : {};
  const { modelTopology, weightsManifest, generatedBy, convertedBy } = description;
  const { userDefinedMetadata: more } = description;
  const signature = description.signature ?? (isObject(more) ? more.signature : undefined);
  const topology: JsonObject = isObject(modelTopology) ? modelTopology : {};
  const groups = (Array.isArray(weightsManifest) ? (weightsManifest as readonly Json[]) : []).filter(
    isObject,
  );
  const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value : []);
  const made = [generatedBy, convertedBy].filter((each) => typeof each === "string" && each !== "");
  const version = topology.keras_version;
  const nodes = listOf(topology.node).filter(isObject);
  const isGraph = Array.isArray(topology.node);
  const ends = isObject(signature) ? signature : {};
  return {
    version: typeof version === "string" ? version : undefined,
    producer: made.join(", ") || undefined,
    ...(isGraph
      ? {
          inputs: graphEnds(ends.inputs, nodes, "Placeholder"),
          outputs: graphEnds(ends.outputs, nodes),
          operators: counted(nodes.map(({ op }) => String(op))),
        }
      : networkFacts(topology.model_config ?? topology)),
    arrays: groups.flatMap((group) => listOf(group.weights).filter(isObject).map(weightOf)),
    beside: groups.flatMap((group) => listOf(group.paths)).map(String),
  };
}

/** Inputs or outputs of a graph model: those of its signature, or the nodes of a kind. */
function graphEnds(given: Json | undefined, nodes: readonly JsonObject[], op?: string): End[] {
  if (!isObject(given))
    return nodes.filter((node) => node.op === op).map(({ name }) => ({ name: String(name) }));
  return Object.entries(given).map(([name, end]) => {
    const { dtype, tensorShape } = isObject(end) ? end : {};
    const dim = isObject(tensorShape) ? tensorShape.dim : undefined;
    const shape = Array.isArray(dim)
      ? (dim as readonly Json[]).map((each) => {
          const size = isObject(each) ? Number(each.size) : -1;
          return size >= 0 ? size : null;
        })
      : undefined;
    return {
      name,
      dtype:
        typeof dtype === "string"
          ? dtype.replace("DT_", "").replace("FLOAT", "float32").toLowerCase()
          : undefined,
      shape,
    };
  });
}

function weightOf({ name, shape, dtype, quantization }: JsonObject): Held {
  const type = String(isObject(quantization) ? quantization.dtype : dtype);
  const sizes = Array.isArray(shape) ? (shape as readonly Json[]).map(Number) : [];
  const bytes = Object.hasOwn(bytesOfElement, type) ? bytesOfElement[type as ElementType] : undefined;
  return { name: String(name), dtype: type, shape: sizes, bytes: bytes && bytes * sizeOf(sizes) };
}
