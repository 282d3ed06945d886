/** Weights from a file of another model, or of another library, into a model by their names. Only `loadWeights` imports this. */
import { AnygradError, quote } from "../../errors.ts";
import { type Elements, elementTypeOf, floatsOf } from "../../io/elements.ts";
import { formatOf } from "../../io/formats.ts";
import { type ByteSource, bytesOf } from "../../io/source.ts";
import { refuseStrangers } from "../../io/strangers.ts";
import { checkOneOf } from "../../math/oneOf.ts";
import { strictOptions } from "../../math/options.ts";
import { formatShape, sameShape, sizeOf } from "../../tensor/shape.ts";
import type { Graph } from "../network/graph.ts";
import type { Compiled } from "../training/context.ts";
import type { FileArray } from "./pytorch.ts";
import { runPrefix, slotPrefix } from "./save.ts";
import {
  type GivenWeights,
  type LoadWeightsOptions,
  type WeightsReport,
  type WeightsSource,
  weightsNames,
} from "./weightsOptions.ts";

/** What fits, and what does not. */
interface Fitted {
  readonly report: WeightsReport;
  /** The numbers of the weights that were found, by their names in the model. */
  readonly weights: ReadonlyMap<string, Float32Array>;
}

/**
 * Overwrites the weights that are found in a file.
 * @throws AnygradError DATA_FORMAT for no such file; INVALID_ARGUMENT, SHAPE_MISMATCH where `strict` and the file has others
 */
export async function loadWeights(
  graph: Graph,
  { parameters, run }: Compiled,
  source: WeightsSource,
  options: LoadWeightsOptions | undefined,
): Promise<WeightsReport> {
  const {
    rename = (name: string): string => name,
    skip = [],
    strict = true,
    layout = "keras",
    match = "name",
    maxBytes,
  } = strictOptions("loadWeights", options, weightsNames);
  checkOneOf("loadWeights: layout", layout, ["keras", "pytorch"]);
  checkOneOf("loadWeights: match", match, ["name", "order"]);
  const arrays = (await arraysOf(source, maxBytes)).filter(
    ({ name }) => !skip.some((each) => isAt(each, name)),
  );
  const renamed = arrays.map((array) => ({ ...array, name: renamedBy(rename, array.name) }));
  const named = match === "order" ? inOrder(graph, renamed) : renamed;
  const turned = layout === "pytorch" ? (await import("./pytorch.ts")).fromPytorch(graph, named) : named;
  const { report, weights } = fitted(graph, turned);
  if (strict) checkWhole(report);
  for (const { spec, value } of parameters.all) {
    const data = weights.get(spec.fullName);
    if (data) value.write(data);
  }
  if (run) run.weights = undefined;
  return report;
}

/** The arrays of whatever was given, in their order. @throws AnygradError */
async function arraysOf(source: WeightsSource, maxBytes: number | undefined): Promise<readonly FileArray[]> {
  const given = isArrays(source) ? source : (source as { arrays?: unknown } | undefined)?.arrays;
  if (isArrays(given)) return Object.entries(given).map(([name, { shape, data }]) => ({ name, shape, data }));
  const bytes = await bytesOf(
    source as ByteSource,
    "loadWeights",
    "pass those of a safetensors file, or the arrays that readNpz of anygrad/npz gave",
    maxBytes,
  );
  const format = await formatOf(bytes);
  if (!format.recognizes(bytes)) refuseStrangers("loadWeights", bytes);
  const { tensors } = format.read(bytes);
  const { restored } = await import("./stored.ts");
  return restored(tensors.filter(({ name }) => !name.startsWith(slotPrefix) && !name.startsWith(runPrefix)));
}

function isArrays(source: unknown): source is GivenWeights {
  const values =
    Object.prototype.toString.call(source) === "[object Object]" && Object.values(source as object);
  return (
    values &&
    values.length > 0 &&
    values.every((each) => Array.isArray(each?.shape) && ArrayBuffer.isView(each?.data))
  );
}

/** Whether a name is this one, lies below it, or fits the expression. */
function isAt(at: string | RegExp, name: string): boolean {
  if (typeof at !== "string") return new RegExp(at.source, at.flags.replace(/[gy]/g, "")).test(name);
  return name === at || (name.startsWith(at) && "/.".includes(name[at.length]!));
}

function renamedBy(rename: NonNullable<LoadWeightsOptions["rename"]>, name: string): string {
  if (typeof rename === "function") {
    const to = rename(name);
    if (typeof to === "string") return to;
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `loadWeights: rename(${quote(name)}) gave ${quote(to)}; return a name, of what is to be left out by skip`,
    );
  }
  // the longest that fits: "features.1" is not "features"
  const from = Object.keys(rename)
    .filter((each) => isAt(each, name))
    .reduce((longest, each) => (each.length > longest.length ? each : longest), "");
  return from === "" ? name : rename[from] + name.slice(from.length);
}

/** The layer that an array's name belongs to: all up to its last "/" or ".". */
export function layerOf(name: string): { layer: string; weight: string } {
  const at = Math.max(name.lastIndexOf("/"), name.lastIndexOf("."));
  return { layer: name.slice(0, Math.max(0, at)), weight: name.slice(at + 1) };
}

/** The arrays under the names of the model's layers: the first layer of the file with the first of the model, and so on. */
function inOrder({ nodes }: Graph, arrays: readonly FileArray[]): readonly FileArray[] {
  const own = nodes.flatMap(({ name, weights, first }, i) =>
    weights.length > 0 && first === i ? [name] : [],
  );
  const theirs = layersOf(arrays);
  if (own.length !== theirs.length)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `loadWeights: the file has ${theirs.length} layers with weights (${theirs.join(", ").slice(0, 120)}) but the model ${own.length} (${own.join(", ").slice(0, 120)}); leave out what is not meant by skip, or match by name with rename`,
    );
  return arrays.map((array) => {
    const { layer, weight } = layerOf(array.name);
    return { ...array, name: `${own[theirs.indexOf(layer)]}/${weight}` };
  });
}

/** The layers of a file in their order. Python's safetensors sorts by type and name: counters stand first there, and 10 before 2. */
function layersOf(arrays: readonly FileArray[]): string[] {
  const counted = arrays.filter(({ name }) => !name.endsWith("num_batches_tracked"));
  const layers = [...new Set(counted.map(({ name }) => layerOf(name).layer))];
  const isSorted = layers.every((layer, i) => i === 0 || layers[i - 1]! < layer);
  const byNumber = (name: string): string => name.replace(/\d+/g, (digits) => digits.padStart(9, "0"));
  return isSorted ? layers.sort((a, b) => (byNumber(a) < byNumber(b) ? -1 : 1)) : layers;
}

function fitted({ nodes }: Graph, arrays: readonly FileArray[]): Fitted {
  const byName = new Map(arrays.map((array) => [array.name, array]));
  const found = new Map<string, Float32Array>();
  const [missing, mismatched] = [[] as string[], [] as WeightsReport["mismatched"][number][]];
  for (const [i, { name, weights, first }] of nodes.entries()) {
    if (first < i) continue;
    for (const { name: weight, shape } of weights) {
      const full = `${name}/${weight}`;
      const array = byName.get(full);
      byName.delete(full);
      if (!array) missing.push(full);
      else if (!sameShape(array.shape, shape) || array.data.length !== sizeOf(shape))
        mismatched.push({ name: full, shape: [...shape], fileShape: [...array.shape] });
      else if (isNumbers(array.data)) found.set(full, floatsOf(array.data));
    }
  }
  return {
    weights: found,
    report: { loaded: [...found.keys()], missing, unexpected: [...byName.keys()], mismatched },
  };
}

/** What `floatsOf` takes; anything else a user gave as numbers is refused. */
function isNumbers(data: Elements): boolean {
  if (/^(float|u?int|bigu?int)\d+$/.test(elementTypeOf(data)) || elementTypeOf(data).includes("int"))
    return true;
  throw new AnygradError("INVALID_ARGUMENT", `loadWeights: got ${quote(data)}; pass typed arrays of numbers`);
}

/** @throws AnygradError where something is left over */
function checkWhole({ missing, unexpected, mismatched }: WeightsReport): void {
  const [wrong] = mismatched;
  if (wrong)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `loadWeights: ${wrong.name} is ${formatShape(wrong.shape)} but ${formatShape(wrong.fileShape)} in the file${mismatched.length > 1 ? `, and ${mismatched.length - 1} others` : ""}; make the layers alike, or load what fits with { strict: false }. Nothing was loaded`,
    );
  const list = (names: readonly string[]): string =>
    names.slice(0, 5).join(", ").slice(0, 150) + (names.length > 5 ? ` and ${names.length - 5} more` : "");
  const faults = [
    ...(missing.length > 0 ? [`the file lacks ${list(missing)}`] : []),
    ...(unexpected.length > 0 ? [`the model lacks ${list(unexpected)}`] : []),
  ];
  if (faults.length > 0)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `loadWeights: ${faults.join("; ")}; say by rename and skip what belongs to what, or load what fits with { strict: false }. Nothing was loaded`,
    );
}
