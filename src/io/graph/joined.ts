/**
 * One model of two readings of a graph at different lengths: what differs follows from sizes of other tensors, or it is refused. Sizes become
 * those of a tensor that had the same in both, numbers that are as many as a length says a single one, or the three of a mask.
 */
import { AnygradError, quote } from "../../errors.ts";
import type { SavedLayer } from "../../layers/index.ts";
import type { OperationArgument, OperationSize } from "../../layers/operation.ts";
import type { ExampleShape, Shape } from "../../math/shape.ts";
import { type Model, type ModelConfig, modelFromConfig, type Predictions } from "../../model/index.ts";
import { shapeAt } from "../../model/network/graph.ts";
import type { GraphBuilder } from "./builder.ts";
import { Constant } from "./constant.ts";

/** A graph that was read: a model without weights, and what has them. */
export interface Reading {
  readonly net: Model<Predictions>;
  readonly builder: GraphBuilder;
}

/** What something was in the first reading and in the second. */
type Both<T> = readonly [T, T];

/** Those options that may follow from a length. */
interface Options {
  readonly targetShape?: Shape;
  readonly begin?: number;
  readonly end?: number;
  readonly height?: number;
  readonly width?: number;
  readonly interpolation?: string;
  readonly op?: string;
  readonly arguments?: readonly OperationArgument[];
  readonly attributes?: Readonly<Record<string, readonly (number | null)[]>>;
}

const depends = (what: string): AnygradError =>
  new AnygradError("UNSUPPORTED", `${quote(what)} depends on the length`);

const isEqual = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** @throws AnygradError UNSUPPORTED where a layer or a number depends on the length */
export function joined(one: Reading, other: Reading): Reading {
  const [a, b] = [one.net.getConfig(), other.net.getConfig()];
  if (!isEqual(a.nodes, b.nodes)) throw depends("which layers there are");
  const weights = new Map(
    [...one.builder.weights].flatMap(([name, constant]) => {
      const second = other.builder.weights.get(name)!;
      return isSame(constant, second) ? [] : [[name, [constant, second]] as const];
    }),
  );
  const nodes = a.nodes!.map((node) => ({ ...node, inputs: [...node.inputs] }));
  const layers = a.layers.map((layer, i) => {
    const at = nodes.findIndex((node) => node.layer === i);
    const place = new Place(one.net, other.net, nodes[at]!.inputs, at);
    return joinedLayer(layer, b.layers[i]!, place, (weight, to) => {
      if (to) one.builder.replace(`${layer.name}/${weight}`, to);
      const both = weights.get(`${layer.name}/${weight}`);
      weights.delete(`${layer.name}/${weight}`);
      return both;
    });
  });
  const [unexplained] = weights.keys();
  if (unexplained !== undefined) throw depends(unexplained);
  const net = modelFromConfig({ ...a, inputShape: open(a.inputShape, b.inputShape), layers, nodes, ...joinedEnds(a, b) }); // biome-ignore format: one call
  return { net, builder: one.builder };
}

function isSame(a: Constant, b: Constant): boolean {
  if (a.size !== b.size) return false;
  const [one, other] = [a.floats, b.floats];
  return one.every((n, i) => Object.is(n, other[i]));
}

const open = (m: ExampleShape, n: ExampleShape): ExampleShape =>
  m.map((size, i) => (size === n[i] ? size : null));

const joinedEnds = (a: ModelConfig, b: ModelConfig): Pick<ModelConfig, "ends"> =>
  a.ends
    ? {
        ends: {
          ...a.ends,
          inputs: a.ends.inputs.map((each, i) => ({ ...each, shape: open(each.shape, b.ends!.inputs[i]!.shape) })), // biome-ignore format: one call
        },
      }
    : {};

/** Where a layer stands, and what is known there. */
class Place {
  readonly #nets: Both<Model<Predictions>>;
  /** What feeds the layer; whoever takes a size of another tensor adds it. */
  readonly #inputs: number[];
  readonly #at: number;

  constructor(one: Model<Predictions>, other: Model<Predictions>, inputs: number[], at: number) {
    this.#nets = [one, other];
    this.#inputs = inputs;
    this.#at = at;
  }

  /** The shapes of an example of what feeds the layer. */
  get shapes(): readonly Both<Shape>[] {
    return this.#inputs.map((source) => this.#shapesOf(source));
  }

  #shapesOf(source: number): Both<Shape> {
    return this.#nets.map(({ graph }) => shapeAt(graph, source)) as [Shape, Shape];
  }

  /** A size by what it was: a number, or that of one of these tensors. @param isNear takes those that are always as many more, too */
  #among(sources: readonly number[], [m, n]: Both<number>, isNear = false): OperationSize | undefined {
    if (m === n) return m;
    for (const source of sources) {
      const [one, other] = this.#shapesOf(source);
      const axis = one.findIndex((size, i) => size !== other[i] && m - size === n - other[i]! && (isNear || m === size)); // biome-ignore format: one condition
      if (axis < 0) continue;
      if (!this.#inputs.includes(source)) this.#inputs.push(source);
      return [this.#inputs.indexOf(source), axis + 1, m - one[axis]!];
    }
    return undefined;
  }

  /** By what feeds the layer alone. */
  ownSize(both: Both<number>): OperationSize | undefined {
    return this.#among([...this.#inputs], both);
  }

  /** By inputs of the model: no other rule than this gives the same at two lengths, as halves that are rounded up or down do. */
  givenSize(both: Both<number>): OperationSize | undefined {
    return this.#among(this.#nets[0].graph.inputs.map((_, i) => -1 - i), both, true); // biome-ignore format: one call
  }

  /** By any tensor that is there. */
  size(both: Both<number>): OperationSize | undefined {
    return this.givenSize(both) ?? this.#among(Array.from({ length: this.#at }, (_, node) => node), both); // biome-ignore format: one choice
  }
}

/** What a weight was, where it differs; with another in its place from now on. */
type Differing = (weight: string, to?: Constant) => Both<Constant> | undefined;

/** A layer that does at any length what two do at theirs. @throws AnygradError UNSUPPORTED */
function joinedLayer(layer: SavedLayer, other: SavedLayer, place: Place, differing: Differing): SavedLayer {
  if (isEqual(layer, other)) return layer;
  const [a, b] = [layer.config, other.config] as [Options, Options];
  const refused = depends(layer.name!);
  const known = <Size>(size: Size | undefined): Size => {
    if (size === undefined) throw refused;
    return size;
  };
  const operation = (op: string, attributes: object): SavedLayer => ({
    ...layer,
    type: "operation",
    config: { op, attributes },
  });
  const sizes = (one: Shape, two: Shape): OperationSize[] =>
    one.map((n, i) => known(place.size([n, two[i]!])));
  const [lengths] = place.shapes as [Both<Shape>];
  const fromEnd = (one: number | null | undefined, two: number | null | undefined, axis: number) => {
    if (one === two) return one;
    const [rest, same] = [one! - lengths[0][axis]!, two! - lengths[1][axis]!];
    return rest === same ? rest : undefined;
  };
  if (layer.type === "reshape") {
    const [one, two] = [a.targetShape!, b.targetShape!];
    const targetShape = one.map((n, i) => (n === two[i] ? n : -1));
    return targetShape.filter((n) => n === -1).length > 1
      ? operation("reshape", { shape: sizes(one, two) })
      : { ...layer, config: { ...a, targetShape } };
  }
  if (layer.type === "sequenceRows") {
    const begin = known(fromEnd(a.begin, b.begin, 0));
    const end = a.end === undefined ? undefined : known(fromEnd(a.end, b.end, 0));
    return { ...layer, config: { ...a, begin, ...(end !== undefined && { end }) } };
  }
  if (layer.type === "resizing") {
    const size = (["height", "width"] as const).map((name) => known(place.ownSize([a[name]!, b[name]!])));
    return operation("resize", { size, interpolation: a.interpolation });
  }
  if (layer.type !== "operation" || a.op !== b.op) throw refused;
  const given = a.arguments?.map((each, i) => joinedArgument(each, b.arguments![i]!, i));
  const config = { ...a, ...(given && { arguments: given }) };
  if (isEqual(a.attributes, b.attributes)) return { ...layer, config };
  if (a.op === "broadcastTo" && !given) {
    const [one, two] = [a.attributes!.shape as Shape, b.attributes!.shape as Shape];
    return operation("broadcastTo", { shape: sizes(one, two) });
  }
  if (a.op !== "slice" || given) throw refused;
  const along = (name: "begin" | "end") =>
    a.attributes![name]?.map((n, axis) => {
      const two = b.attributes![name]![axis];
      if (n === null) return n;
      const found = known(fromEnd(n, two, axis - 1) ?? place.givenSize([n, two!]));
      return name === "end" && found === 0 ? null : found; // all that is left
    });
  return operation("slice", { ...a.attributes, begin: along("begin"), end: along("end") });

  function joinedArgument(one: OperationArgument, two: OperationArgument, i: number): OperationArgument {
    if (typeof one !== "object" || typeof two !== "object") {
      if (one === two) return one;
      throw refused;
    }
    const count = a.arguments!.slice(0, i).filter((each) => typeof each === "object").length;
    const name = count === 0 ? "constant" : `constant_${count}`;
    const both = differing(name);
    if (!both) {
      if (isEqual(one, two)) return one;
      throw refused;
    }
    const isWide = one.shape.every((n, axis) => n === two.shape[axis] || isTaken(axis - one.shape.length, [n, two.shape[axis]!])); // biome-ignore format: one condition
    const single = isWide && a.op !== "constant" ? uniform(both) : undefined;
    if (single !== undefined) {
      const shape = one.shape.map(() => 1);
      differing(name, new Constant(shape, Float32Array.of(single)));
      return { ...one, shape };
    }
    const triangle = known(triangleOf(both));
    differing(name, new Constant([3], Float32Array.from(triangle)));
    const ends = [-2, -1].map((end) => known(place.ownSize([one.shape.at(end)!, two.shape.at(end)!])));
    return { ...one, shape: [3], triangle: ends as [OperationSize, OperationSize] };
  }

  /** Whether another argument has a size on this axis, counted from the end: then a constant need not have it. */
  function isTaken(end: number, [m, n]: Both<number>): boolean {
    return place.shapes.some(([one, two]) => one.at(end) === m && two.at(end) === n);
  }
}

/** The number that all are. */
function uniform(both: Both<Constant>): number | undefined {
  const [first] = both[0].floats;
  return both.every(({ floats }) => floats.every((n) => Object.is(n, first))) ? first : undefined;
}

/** The numbers below, on and above the diagonal of a matrix that has no others; it may have axes of size 1 in front. */
function triangleOf(both: Both<Constant>): readonly number[] | undefined {
  const values: (number | undefined)[] = [undefined, undefined, undefined];
  for (const { floats, shape } of both) {
    const columns = shape.at(-1)!;
    if (shape.length < 2 || shape.slice(0, -2).some((n) => n !== 1)) return undefined;
    for (const [i, n] of floats.entries()) {
      const at = Math.sign((i % columns) - Math.floor(i / columns)) + 1;
      values[at] ??= n;
      if (!Object.is(values[at], n)) return undefined;
    }
  }
  return values.map((value) => value ?? 0);
}
