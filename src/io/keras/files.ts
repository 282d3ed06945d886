/** Files of Keras: which one it is, what describes the model in it, and what holds the weights. */
import { AnygradError, quote } from "../../errors.ts";
import { type Hdf5Group, isHdf5, readHdf5 } from "../hdf5/read.ts";
import { type Json, parseJson } from "../json.ts";
import { isZip, unzip } from "../zip/archive.ts";
import { Place } from "./config/json.ts";
import type { FileWeight } from "./weights.ts";

/** What a file holds. */
export interface KerasFile {
  /** The model's description; undefined for a file of weights alone. */
  readonly described: Json | undefined;
  /** How it was compiled. */
  readonly compiled: Json | undefined;
  /** The version of Keras that wrote it, where the file says it. */
  readonly version: string | undefined;
  /** When it was written, where the file says it, as Keras has it: "2026-11-26@20:12:00". */
  readonly date?: string | undefined;
  /** Weights in groups as Keras 3 has them. */
  readonly root?: Hdf5Group;
  /** Weights by the names of layers, as Keras 2 has them. */
  readonly lists?: ReadonlyMap<string, readonly FileWeight[]>;
}

const weightsFile = "model.weights.h5";

/** @throws AnygradError DATA_FORMAT, UNSUPPORTED, MEMORY_LIMIT */
export function readKerasFile(subject: string, bytes: Uint8Array, maxBytes: number | undefined): KerasFile {
  if (isZip(bytes)) return zipFile(subject, bytes, maxBytes);
  if (!isHdf5(bytes))
    throw new AnygradError(
      "DATA_FORMAT",
      `${subject}: these bytes are neither a .keras nor an .h5 file; pass what model.save("model.keras") wrote in Python`,
    );
  return h5File(subject, readHdf5(subject, bytes, maxBytes));
}

/** A .keras file: an archive of a description and weights. */
function zipFile(subject: string, bytes: Uint8Array, maxBytes: number | undefined): KerasFile {
  const names: string[] = [];
  const files = unzip(subject, bytes, maxBytes, (name) => {
    names.push(name);
    return ["config.json", "metadata.json", weightsFile].includes(name);
  });
  const described = files.get("config.json");
  const weights = files.get(weightsFile);
  if (!described)
    throw new AnygradError(
      "DATA_FORMAT",
      `${subject}: the archive holds ${names.slice(0, 4).map(quote).join(", ") || "nothing"} and no config.json; pass what model.save("model.keras") wrote`,
    );
  if (!weights)
    throw new AnygradError(
      "UNSUPPORTED",
      `${subject}: the archive holds no ${weightsFile} but ${names.slice(0, 4).map(quote).join(", ")}; save the model whole, by model.save("model.keras")`,
    );
  const model = parseJson(subject, "config.json", described);
  const metadata = files.get("metadata.json");
  const about =
    metadata &&
    (parseJson(subject, "metadata.json", metadata) as {
      keras_version?: unknown;
      date_saved?: unknown;
    } | null);
  const { compile_config: compiled } = new Place(subject).object(model, "config.json");
  return {
    described: model,
    compiled,
    version: typeof about?.keras_version === "string" ? about.keras_version : undefined,
    date: typeof about?.date_saved === "string" ? about.date_saved : undefined,
    root: readHdf5(subject, weights, maxBytes),
  };
}

/** An .h5 file: a model of Keras 2, or weights alone. */
function h5File(subject: string, root: Hdf5Group): KerasFile {
  const text = (name: string): Json | undefined => {
    const value = root.attributes.get(name);
    return typeof value === "string" ? parseJson(subject, name, value) : undefined;
  };
  const group = root.groups.get("model_weights") ?? root;
  const version = root.attributes.get("keras_version") ?? group.attributes.get("keras_version");
  const isNew =
    !root.groups.has("model_weights") &&
    !group.attributes.has("layer_names") &&
    !group.attributes.has("layer_names0");
  return {
    described: text("model_config"),
    compiled: text("training_config"),
    version: typeof version === "string" ? version : undefined,
    ...(isNew ? { root } : { lists: listsOf(new Place(subject), group) }),
  };
}

/** The texts of an attribute, which is cut in parts where it is long. */
function textsOf({ attributes }: Hdf5Group, name: string): readonly string[] {
  const whole = attributes.get(name);
  if (Array.isArray(whole)) return whole;
  const all: string[] = [];
  for (let i = 0; attributes.has(name + i); i++) {
    const part = attributes.get(name + i);
    for (const text of Array.isArray(part) ? part : []) all.push(text);
  }
  return all;
}

/** The weights of each layer. @throws AnygradError DATA_FORMAT where one that is listed is missing */
function listsOf(place: Place, group: Hdf5Group): ReadonlyMap<string, readonly FileWeight[]> {
  return new Map(
    textsOf(group, "layer_names").map((layer) => {
      const held = layer.split("/").reduce<Hdf5Group | undefined>((at, part) => at?.groups.get(part), group);
      if (!held) throw place.damaged(`the weights of the layer ${quote(layer)} are missing`);
      const weights = textsOf(held, "weight_names").map((name) => {
        const parts = name.split("/");
        const last = parts.pop()!;
        const array = parts
          .reduce<Hdf5Group | undefined>((at, part) => at?.groups.get(part), held)
          ?.arrays.get(last);
        if (!array) throw place.damaged(`the weight ${quote(name)} of the layer ${quote(layer)} is missing`);
        return { ...array, name };
      });
      return [layer, weights] as const;
    }),
  );
}
