/** Weights of files of Keras, by the layers that they are of: which array is which weight, in each of the ways in which files name them. */
import { quote } from "../../errors.ts";
import type { Layer, WeightSpec } from "../../layers/index.ts";
import type { Model } from "../../model/index.ts";
import { formatShape, type Shape, sameShape, sizeOf } from "../../tensor/shape.ts";
import { type Elements, type ElementType, floatsOf, Scratch } from "../elements.ts";
import type { Hdf5Array, Hdf5Group } from "../hdf5/read.ts";
import type { Place } from "./config/json.ts";
import type { Entry } from "./config/parts.ts";
import { shapesIn } from "./config/write.ts";

/** An array of a file, and its name there. */
export interface FileWeight {
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: ElementType;
  /** Its numbers, row-major: of the file itself, in `scratch`, or in memory of their own. */
  read(scratch?: Scratch): Elements;
}

/** Where a weight of our model comes from. */
export type Found = ReadonlyMap<string, FileWeight>;

/** What a layer of ours wants, by Keras's name of it. */
interface Wanted {
  /** Its name in our model. */
  readonly full: string;
  readonly spec: WeightSpec;
  readonly trainable: boolean;
  readonly entry: Entry;
}

/** All weights of an entry; of a model within a model in the order in which Keras writes them: first what is learned. */
function wantedOf(entry: Entry): Wanted[] {
  if (entry.inner) {
    const all = entry.inner.flatMap(wantedOf);
    return [...all.filter(({ trainable }) => trainable), ...all.filter(({ trainable }) => !trainable)];
  }
  const { layer, shapes } = entry;
  if (!layer || !shapes) return [];
  return layer.weights(shapes).map((spec) => ({
    full: `${layer.name}/${spec.name}`,
    spec,
    trainable: layer.trainable && (spec.trainable ?? true),
    entry,
  }));
}

/** States that say nothing of what a layer computes: where its random numbers stand, how much a normalization has seen. */
const isState = ({ name, shape }: FileWeight): boolean =>
  /seed_generator|random_generator/.test(name) || (/(^|\/)count(:\d+)?$/.test(name) && shape.length === 0);

/** Whether an array may be a weight; statistics of all numbers have no axis in Keras and one here, factors of channels are a kernel. */
function fits({ layer, className }: Entry, { shape }: WeightSpec, found: FileWeight): boolean {
  if (sameShape(found.shape, shape)) return true;
  const isRearranged = layer?.type === "normalization" || className === "LayerScale";
  return isRearranged && sizeOf(found.shape) === sizeOf(shape);
}

/** Whether a weight of the file has the name of ours: our wrappers have their parts' names in front, and Keras 2 depthwise kernels. */
function isNamed({ name }: WeightSpec, last: string, { layer, className }: Entry): boolean {
  if (className === "LayerScale") return true; // Keras gives it no name
  if (name === last || name.endsWith(`_${last}`)) return true;
  return (
    last === "depthwise_kernel" && name.endsWith("kernel") && layer?.type.startsWith("separable") === false
  );
}

/** kernel of "conv/kernel:0". */
const lastName = (name: string): string => name.slice(name.lastIndexOf("/") + 1).replace(/:\d+$/, "");

/**
 * Weights by names of layers, as Keras 2 has them.
 * @param lists the arrays of each layer at the top
 * @throws AnygradError DATA_FORMAT where something is missing, left over, or of another shape
 */
export function foundByNames(
  place: Place,
  entries: readonly Entry[],
  lists: ReadonlyMap<string, readonly FileWeight[]>,
): Found {
  const found = new Map<string, FileWeight>();
  for (const entry of entries) {
    if (!entry.layer && !entry.inner) continue; // nothing that leads to an output
    findIn(place.layer(entry.name, entry.className), [entry], lists.get(entry.name) ?? [], found);
  }
  return found;
}

/** Weights in one list for all layers, as TensorFlow.js has them. @throws AnygradError as `foundByNames` does */
export function foundInList(place: Place, entries: readonly Entry[], list: readonly FileWeight[]): Found {
  const found = new Map<string, FileWeight>();
  findIn(place, entries, list, found);
  return found;
}

/** Finds first what has the name of its layer, and then, in their order, what has the name of the weight alone. */
function findIn(
  place: Place,
  entries: readonly Entry[],
  list: readonly FileWeight[],
  found: Map<string, FileWeight>,
): void {
  const left = new Set(list.filter((each) => !isState(each)));
  // statistics that are options of the layer have no array
  const wanted = entries
    .flatMap(wantedOf)
    .filter(({ entry }) => left.size > 0 || entry.layer?.type !== "normalization");
  const parts = new Map(list.map(({ name }) => [name, name.split("/")]));
  const take = ({ full, spec, entry }: Wanted, ofLayer: boolean): boolean => {
    for (const each of left) {
      if (!isNamed(spec, lastName(each.name), entry)) continue;
      if (!fits(entry, spec, each) || (ofLayer && !parts.get(each.name)!.includes(entry.name))) continue;
      left.delete(each);
      found.set(full, each);
      return true;
    }
    return false;
  };
  for (const each of wanted.filter((one) => !take(one, true)))
    if (!take(each, false)) {
      const { name, className } = each.entry;
      const own = entries.length > 1 ? place.layer(name, className) : place;
      throw own.damaged(lacking(each.spec, [...left]));
    }
  const [other] = left;
  if (other) throw place.damaged(`the file has weights ${quote(other.name)} that the model has no place for`);
}

function lacking({ name, shape }: WeightSpec, left: readonly FileWeight[]): string {
  const there = left.map((each) => `${each.name} ${formatShape(each.shape)}`).join(", ");
  return `its ${name}, ${formatShape(shape)}, is not among the weights in the file${there ? `: ${there.slice(0, 200)}` : ", which has none of it"}`;
}

/** The groups within that of a layer that its weights are in, in the order of ours. */
export function groupsWithin(layer: Layer): readonly (readonly string[])[] {
  const { layer: wrapped } = layer.config as { layer?: Layer };
  if (layer.type === "bidirectional")
    return ["forward_layer", "backward_layer"].flatMap((way) =>
      groupsWithin(wrapped!).map((path) => [way, ...path]),
    );
  if (layer.type === "timeDistributed") return groupsWithin(wrapped!).map((path) => ["layer", ...path]);
  if (layer.type === "multiHeadAttention")
    return ["query", "key", "value", "output"].map((name) => [`${name}_dense`]);
  return layer.traits?.half ? [["cell"]] : [[]];
}

/** RandomFlip: random_flip, as Keras names groups by classes. */
export function groupName(className: string): string {
  return className
    .replace(/\W+/g, "")
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
}

/** The groups' names of the items of a list, numbered where they repeat. */
export function groupNames(classNames: readonly string[]): string[] {
  const counts = new Map<string, number>();
  return classNames.map((className) => {
    const name = groupName(className);
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    return count === 0 ? name : `${name}_${count}`;
  });
}

/**
 * Weights in the groups of Keras 3: layers/dense/vars/0. Groups are named by classes, in some versions by layers.
 * @param root the group of the model
 * @throws AnygradError DATA_FORMAT
 */
export function foundInGroups(place: Place, entries: readonly Entry[], root: Hdf5Group): Found {
  const found = new Map<string, FileWeight>();
  visitGroups(place, entries, root, found);
  return found;
}

function visitGroups(
  place: Place,
  entries: readonly Entry[],
  root: Hdf5Group,
  found: Map<string, FileWeight>,
): void {
  const container = root.groups.get("layers") ?? root.groups.get("_layer_checkpoint_dependencies");
  const groups = container?.groups ?? new Map<string, Hdf5Group>();
  const byLayer = new Map<string, Hdf5Group>();
  for (const group of groups.values()) {
    const name = group.groups.get("vars")?.attributes.get("name");
    if (typeof name === "string") byLayer.set(name, group);
  }
  const names = groupNames(entries.map(({ className }) => className));
  entries.forEach((entry, i) => {
    const group = byLayer.get(entry.name) ?? groups.get(names[i]!) ?? groups.get(entry.name);
    const own = place.layer(entry.name, entry.className);
    if (entry.inner) {
      if (group) visitGroups(own, entry.inner, group, found);
      else if (wantedOf(entry).length > 0) throw own.damaged("the file has no weights of it");
    } else visitLayer(own, entry, group, found);
  });
}

function visitLayer(
  place: Place,
  entry: Entry,
  group: Hdf5Group | undefined,
  found: Map<string, FileWeight>,
): void {
  const wanted = wantedOf(entry);
  const [{ entry: { layer } = entry } = {}] = wanted;
  if (!layer) return;
  const given = groupsWithin(layer)
    .flatMap((path) => {
      const held = path.reduce<Hdf5Group | undefined>(
        (at, name) => at?.groups.get(name) ?? at?.groups.get(`_${name}`),
        group,
      );
      const vars = held?.groups.get("vars")?.arrays ?? new Map<string, Hdf5Array>();
      return [...vars]
        .sort(([a], [b]) => Number(a) - Number(b))
        .map(([name, array]) => ({ ...array, name: `vars/${name}` }));
    })
    // the count of a normalization stands behind its statistics
    .filter(({ shape }, i) => !(layer.type === "normalization" && i === 2 && shape.length === 0));
  if (given.length === 0 && layer.type === "normalization") return;
  wanted.forEach(({ full, spec }, i) => {
    const one = given[i];
    if (!one || !fits(entry, spec, one)) throw place.damaged(lacking(spec, given.slice(i)));
    found.set(full, one);
  });
  if (given.length > wanted.length)
    throw place.damaged(`the file has ${given.length} weights of it, but it takes ${wanted.length}`);
}

/** What a file may have weights for, of a model of ours. */
export function entriesOf(net: Model): Entry[] {
  const shapes = shapesIn(net);
  const { layers } = net.getConfig();
  return net.layers.map((given, i) => {
    const name = layers[i]!.name!;
    // a layer that was given no name has one in the model
    return { name, className: given.keras, layer: { ...given, name }, shapes: shapes.get(given)! };
  });
}

/** The weights of a file by the names of the model's layers: as they are, or in order where the file has none of these names. */
export function inOrder(
  entries: readonly Entry[],
  lists: ReadonlyMap<string, readonly FileWeight[]>,
): ReadonlyMap<string, readonly FileWeight[]> {
  const own = entries.filter((entry) => wantedOf(entry).length > 0);
  const theirs = [...lists].filter(([, weights]) => weights.length > 0);
  if (own.length !== theirs.length || own.some(({ name }) => lists.has(name))) return lists;
  return new Map(own.map(({ name }, i) => [name, theirs[i]![1]]));
}

/**
 * Writes what was found into a model. Each array is read when it is written, so that they are never all in memory; what is not found
 * stays as it is.
 */
export function writeFound(net: Model, entries: readonly Entry[], found: Found): void {
  const names = new Map<string | undefined, string[]>();
  for (const { entry, full } of entries.flatMap(wantedOf))
    names.set(entry.layer!.name, [...(names.get(entry.layer!.name) ?? []), full]);
  const order = net.layers.flatMap(({ name }) => names.get(name) ?? []);
  const scratch = new Scratch(Math.max(0, ...net.variables.map(({ size }) => 4 * size)));
  for (const [i, variable] of net.variables.entries()) {
    const one = found.get(order[i]!);
    if (one) variable.assign(floatsOf(one.read(scratch)));
  }
}
