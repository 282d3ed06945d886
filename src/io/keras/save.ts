/** A model as the archive that Keras 3 reads: description, weights, and who wrote it. */
import type { Model } from "../../model/index.ts";
import { type WrittenArray, type WrittenGroup, writeHdf5 } from "../hdf5/write.ts";
import type { JsonObject } from "../json.ts";
import { zip } from "../zip/archive.ts";
import { type Place, snakeCase } from "./config/json.ts";
import { type Dialect, modelTo, type WrittenLayer } from "./config/write.ts";
import { groupNames, groupsWithin } from "./weights.ts";

/** The version of Keras whose form this is; a file must name one. */
const version = "3.0.0";

const keras3: Dialect = {
  isOld: false,
  library: "Keras",
  activation: (name) => (name === "hardSigmoid2" ? undefined : snakeCase(name)),
  has: () => true,
};

/** @throws AnygradError UNSUPPORTED for what Keras has not, NOT_READY without weights */
export function archiveOf(place: Place, net: Model): Uint8Array<ArrayBuffer> {
  const weights = weightsByLayer(net);
  const written = modelTo(place, net, keras3);
  const layers = written.layers.map((layer) => described(layer, weights, net));
  const className = written.isSequential ? "Sequential" : "Functional";
  const config = {
    module: written.isSequential ? "keras" : "keras.src.models.functional",
    class_name: className,
    config: {
      name: net.name,
      trainable: true,
      layers,
      ...(written.isSequential
        ? { build_input_shape: [null, ...net.inputs[0]!.shape] }
        : { input_layers: written.inputs, output_layers: written.outputs }),
    },
    registered_name: className,
    build_config: { input_shape: null },
    compile_config: null,
  };
  const encoder = new TextEncoder();
  return zip(
    {
      "metadata.json": encoder.encode(
        JSON.stringify({ keras_version: version, date_saved: "1980-01-01@00:00:00" }),
      ),
      "config.json": encoder.encode(JSON.stringify(config)),
      "model.weights.h5": writeHdf5({ layers: groupsOf(place, written.layers, net, weights) }),
    },
    false,
  );
}

/** The arrays of each layer, by its name. */
export function weightsByLayer(
  net: Model,
): ReadonlyMap<string, readonly (WrittenArray & { readonly name: string })[]> {
  const byLayer = new Map<string, (WrittenArray & { name: string })[]>();
  for (const { name, shape, data } of net.getWeights()) {
    const [layer = "", weight = ""] = name.split("/");
    byLayer.set(layer, [...(byLayer.get(layer) ?? []), { name: weight, shape, data, dtype: "float32" }]);
  }
  return byLayer;
}

function described(
  { name, className, config, calls }: WrittenLayer,
  weights: ReadonlyMap<string, readonly WrittenArray[]>,
  net: Model,
): JsonObject {
  const tensor = ([layer, call, output]: readonly [string, number, number]): JsonObject => ({
    class_name: "__keras_tensor__",
    config: { shape: [null], dtype: "float32", keras_history: [layer, call, output] },
  });
  // its statistics are options there, where they are not learned anew
  const statistics =
    className === "Normalization"
      ? weights.get(name)!.map(({ data }) => Array.from(data as Float32Array))
      : [];
  const [mean, variance] = statistics;
  const { axis } = (net.layers.find((each) => each.name === name)?.config ?? {}) as { axis?: number | null };
  return {
    module: "keras.layers",
    class_name: className,
    config: { ...config, ...(mean && { axis: axis ?? null, mean, variance: variance! }) },
    registered_name: null,
    name,
    inbound_nodes: calls.map(({ tensors, spread, states, options }) => ({
      args: spread ? tensors.map(tensor) : [tensors.map(tensor)],
      kwargs: { ...options, ...(states.length > 0 && { initial_state: states.map(tensor) }) },
    })),
  };
}

/** The groups that Keras finds a layer's weights in: by its class, numbered, and its parts. */
function groupsOf(
  place: Place,
  written: readonly WrittenLayer[],
  net: Model,
  weights: ReadonlyMap<string, readonly WrittenArray[]>,
): WrittenGroup {
  const kinds = new Map(net.getConfig().layers.map(({ name }, i) => [name!, net.layers[i]!]));
  const names = groupNames(written.map(({ className }) => className));
  const groups: Record<string, WrittenGroup> = {};
  written.forEach(({ name, className }, i) => {
    const arrays = weights.get(name) ?? [];
    const layer = kinds.get(name);
    if (!layer || arrays.length === 0 || className === "Normalization") return;
    const paths = groupsWithin(layer);
    const each = arrays.length / paths.length;
    if (!Number.isInteger(each))
      throw place
        .layer(name, className)
        .unsupported("its two layers have different weights; save a model without it");
    const group: Record<string, unknown> = {};
    paths.forEach((path, p) => {
      const inner = path.reduce<Record<string, unknown>>((at, part) => {
        at[part] ??= {};
        return at[part] as Record<string, unknown>;
      }, group);
      inner.vars = Object.fromEntries(arrays.slice(p * each, (p + 1) * each).map((array, at) => [at, array]));
    });
    groups[names[i]!] = group as WrittenGroup;
  });
  return groups;
}
