/**
 * Models of files that leave lengths open. The graph is read at several lengths, as if the file had fixed them: where two readings differ in
 * nothing but the input's shape and what layers make of its length, they are one model that takes any.
 */
import { AnygradError, quote } from "../../errors.ts";
import type { SavedLayer } from "../../layers/index.ts";
import type { ExampleShape, Shape } from "../../math/shape.ts";
import { type Model, type ModelConfig, modelFromConfig, type Predictions } from "../../model/index.ts";
import { shapeAt } from "../../model/network/graph.ts";
import type { GraphBuilder } from "./builder.ts";
import type { Constant } from "./constant.ts";

/**
 * Gives a size that the file leaves open.
 * @param name of the input @param declared what the file calls the size @param text the shape of the input, for a message
 */
export type Lengths = (
  name: string,
  axis: number,
  declared: number | string | undefined,
  text: readonly (number | string | null)[],
) => number;

/** A graph that was read: a model without weights, and what has them. */
export interface Reading {
  readonly net: Model<Predictions>;
  readonly builder: GraphBuilder;
}

/** Lengths of two readings. Many strides divide them; they are larger than what layers commonly cut off, and small beside what a file may hold. */
const pairs: readonly (readonly [number, number])[] = [
  [240, 360],
  [48, 72],
  [1680, 2520],
];

/** What stays the same from one open size to the next, so that two are not taken for one. */
const apart = 24;

/** A size that the file leaves open. */
interface OpenSize {
  readonly name: string;
  readonly axis: number;
  readonly text: readonly (number | string | null)[];
}

/**
 * @param read the graph at given lengths
 * @throws AnygradError UNSUPPORTED where layers need a length that the file leaves open
 */
export function opened(subject: string, read: (lengths: Lengths) => Reading): Reading {
  let first: OpenSize | undefined;
  const at = (i: 0 | 1, pair: readonly [number, number], isApart: boolean): Reading => {
    const known = new Map<string, number>();
    return read((name, axis, declared, text) => {
      first ??= { name, axis, text };
      const key = typeof declared === "string" && declared ? declared : `${name}:${axis}`;
      const length = known.get(key) ?? pair[i] + (isApart ? known.size * apart * (i + 1) : 0);
      known.set(key, length);
      return length;
    });
  };
  let reason: unknown;
  const readings = (): readonly [Reading, Reading?] => {
    for (const pair of pairs)
      for (const isApart of [true, false])
        try {
          const one = at(0, pair, isApart);
          return first ? [one, at(1, pair, isApart)] : [one];
        } catch (error) {
          if (!first || !(error instanceof AnygradError) || error.code === "MEMORY_LIMIT") throw error;
          reason ??= error;
        }
    throw reason;
  };
  try {
    const [one, other] = readings();
    return other ? joined(one, other) : one;
  } catch (error) {
    if (!first || !(error instanceof AnygradError) || error.code === "MEMORY_LIMIT") throw error;
    const { name, text } = first;
    const why = error.message.replace(`${subject}: `, "").replace(/; export the model without it, or name outputs that do not need it$/, ""); // biome-ignore format: one text
    throw new AnygradError(
      "UNSUPPORTED",
      `${subject}: the input ${quote(name)} has sizes that the file leaves open: [${text.map(String).join(", ")}], and not all of the network works at any: ${why.slice(0, 220)}; pass them as shapes: { ${JSON.stringify(name)}: [null, …] }, null for the batch`,
      { cause: error },
    );
  }
}

/** One model of two readings. @throws AnygradError UNSUPPORTED where a layer or a number depends on the length */
function joined(one: Reading, other: Reading): Reading {
  const config = joinedConfig(one.net, other.net);
  for (const [name, constant] of one.builder.weights)
    if (!isSame(constant, other.builder.weights.get(name)!)) throw depends(name);
  return { net: modelFromConfig(config), builder: one.builder };
}

function isSame(a: Constant, b: Constant): boolean {
  if (a.size !== b.size) return false;
  const [one, other] = [a.floats, b.floats];
  return one.every((n, i) => Object.is(n, other[i]));
}

const depends = (what: string): AnygradError =>
  new AnygradError("UNSUPPORTED", `${quote(what)} depends on the length`);

/** The configuration of two models, whose sizes are open where the two differ. @throws AnygradError UNSUPPORTED */
function joinedConfig(one: Model<Predictions>, other: Model<Predictions>): ModelConfig {
  const [a, b] = [one.getConfig(), other.getConfig()];
  if (JSON.stringify(a.nodes) !== JSON.stringify(b.nodes)) throw depends("which layers there are");
  const open = (m: ExampleShape, n: ExampleShape): ExampleShape =>
    m.map((size, i) => (size === n[i] ? size : null));
  const shapesInto = (layer: number): BothShapes => {
    const at = a.nodes!.findIndex((node) => node.layer === layer);
    return [one, other].map(({ graph }) => shapeAt(graph, graph.nodes[at]!.inputs[0]!)) as [Shape, Shape];
  };
  return {
    ...a,
    inputShape: open(a.inputShape, b.inputShape),
    layers: a.layers.map((layer, i) => joinedLayer(layer, b.layers[i]!, shapesInto(i))),
    ...(a.ends && {
      ends: {
        ...a.ends,
        inputs: a.ends.inputs.map((each, i) => ({ ...each, shape: open(each.shape, b.ends!.inputs[i]!.shape) })), // biome-ignore format: one call
      },
    }),
  };
}

/** The shapes of a layer's input in both readings. */
type BothShapes = readonly [Shape, Shape];
/** Those options that may follow from a length. */
interface Options {
  readonly targetShape?: Shape;
  readonly begin?: number;
  readonly end?: number;
  readonly op?: string;
  readonly attributes?: Readonly<Record<string, readonly (number | null)[]>>;
}

/** A layer that does at any length what two do at theirs. @throws AnygradError UNSUPPORTED */
function joinedLayer(layer: SavedLayer, other: SavedLayer, shapes: BothShapes): SavedLayer {
  if (JSON.stringify(layer) === JSON.stringify(other)) return layer;
  const [a, b] = [layer.config, other.config] as [Options, Options];
  const refused = depends(layer.name!);
  const fromEnd = (one: number | null | undefined, two: number | null | undefined, axis: number) => {
    if (one === two) return one;
    const [rest, same] = [one! - shapes[0][axis]!, two! - shapes[1][axis]!];
    if (rest !== same) throw refused;
    return rest;
  };
  if (layer.type === "reshape") {
    const targetShape = a.targetShape!.map((n, i) => (n === b.targetShape![i] ? n : -1));
    if (targetShape.filter((n) => n === -1).length > 1) throw refused;
    return { ...layer, config: { ...a, targetShape } };
  }
  if (layer.type === "sequenceRows") {
    const rows = { begin: fromEnd(a.begin, b.begin, 0), end: fromEnd(a.end, b.end, 0) };
    return { ...layer, config: { ...a, ...rows } };
  }
  if (a.op !== "slice" || b.op !== "slice") throw refused;
  const along = (name: "begin" | "end") =>
    a.attributes![name]?.map((n, axis) => {
      const place = fromEnd(n, b.attributes![name]![axis], axis - 1) ?? null;
      return name === "end" && place === 0 ? null : place; // all that is left
    });
  const attributes = { ...a.attributes, begin: along("begin"), end: along("end") };
  return { ...layer, config: { ...a, attributes } };
}
