/** A graph of a file as a model: its inputs, its nodes in turn, its outputs. */

import type { Engine } from "../../autograd/engine.ts";
import { AnygradError, quote } from "../../errors.ts";
import { input, type Model, type Predictions } from "../../model/index.ts";
import { own } from "../own.ts";
import { Budget } from "./budget.ts";
import { GraphBuilder } from "./builder.ts";
import { Constant } from "./constant.ts";
import type { Reading } from "./joined.ts";
import { type Lengths, opened } from "./lengths.ts";
import { type Importer, type Known, Network, type OperatorNode } from "./network.ts";
import { ordered } from "./nodes.ts";
import { operators } from "./operators/index.ts";
import { runNodes, usesOf, work } from "./run.ts";
import { Value } from "./value.ts";

/** What of a file is loaded, and how. */
export interface Wanted {
  readonly engine: Engine | undefined;
  /** Sizes of inputs that the file leaves open; null for the batch and for lengths that stay open. */
  readonly shapes: Readonly<Record<string, readonly (number | null)[]>>;
  /** Inputs that are to be fixed. */
  readonly constants: Readonly<Record<string, number | readonly number[]>>;
  /** The outputs that are wanted. */
  readonly outputs: readonly string[] | undefined;
}

/** An input of a graph. */
export interface GraphInput {
  readonly name: string;
  /** Its sizes, of open ones the names; undefined for what is no tensor. */
  readonly sizes: readonly (number | string)[] | undefined;
}

/** A graph that was read. */
export interface Graph {
  /** What errors begin with: the function that was called. */
  readonly subject: string;
  readonly name: string;
  readonly nodes: readonly OperatorNode[];
  /** Constants by their names. */
  readonly known: Map<string, Known>;
  readonly inputs: readonly GraphInput[];
  readonly outputs: readonly string[];
  /** Bytes of the file and those beside it. */
  readonly bytes: number;
  /** The version of ONNX's operators that the nodes are in. */
  readonly opset: number;
  /** Importers of operators beside those of ONNX. */
  readonly importers: Readonly<Record<string, Importer>>;
  /** Images have their channels second, and are turned where the model takes and gives them. */
  readonly isChannelsFirst: boolean;
}

/** @throws AnygradError */
export async function modelOf<Outputs extends Predictions>(
  graph: Graph,
  wanted: Wanted,
): Promise<Model<Outputs>> {
  const { net, builder } = opened(graph.subject, (lengths) => reading(graph, wanted, lengths));
  await named(graph.subject, () => builder.finish(net, wanted.engine, new Budget(graph.bytes)));
  return net as Model<Outputs>; // the file says how many there are
}

/** The graph as a model. @param lengths gives a size that the file leaves open @throws AnygradError */
function reading(graph: Graph, wanted: Wanted, lengths: Lengths): Reading {
  const { subject, inputs: given } = graph;
  const known = new Map(graph.known);
  const builder = new GraphBuilder();
  const budget = new Budget(graph.bytes);
  const outputs = wantedOutputs(graph, wanted);
  const isGiven = (name: string): boolean => known.has(name) || given.some((each) => each.name === name);
  const order = ordered(subject, graph.nodes, outputs, isGiven);
  const uses = usesOf(order, outputs);
  const used = given.filter(({ name }) => uses.has(name));
  checkNames(subject, "shapes", wanted.shapes, given);
  checkNames(subject, "constants", wanted.constants, given);
  const inputs: Record<string, ReturnType<typeof input>> = {};
  let fixedBatch: number | undefined;
  let isOpen = false;
  const openSize: Lengths = (...size) => {
    isOpen = true;
    return lengths(...size);
  };
  for (const each of used) {
    const constant = own(wanted.constants, each.name);
    if (constant !== undefined) {
      const list = typeof constant === "number" ? [constant] : constant;
      const rank = each.sizes?.length ?? 0;
      known.set(each.name, new Constant(rank === 0 ? [] : [list.length], [...list]));
      continue;
    }
    const isTurned = graph.isChannelsFirst && feedsImages(each.name, uses);
    const shape = own(wanted.shapes, each.name);
    const taken = takenInput(subject, each, shape, builder, { isTurned, fixedBatch, lengths: openSize });
    fixedBatch ??= taken.fixedBatch;
    known.set(each.name, taken.value);
    inputs[taken.name] = taken.value.tensor;
    builder.take(taken.value.tensor);
  }
  const refused = (what: string): AnygradError => new AnygradError("UNSUPPORTED", `${subject}: ${what}`);
  if (Object.keys(inputs).length === 0) throw refused("nothing in the file depends on an input");
  const importers = { ...operators(), ...graph.importers };
  runNodes(new Network({ subject, builder, opset: graph.opset, fixedBatch, isOpen, importers, work, budget }, known, uses), order); // biome-ignore format: one call
  const names = new GraphBuilder(); // layers may have the names of outputs
  const results = outputs.map((name) => {
    const value = known.get(name)!;
    builder.begin(name);
    if (!(value instanceof Value))
      throw refused(`the output ${quote(name)} does not depend on an input; name the others by outputs`);
    if (value.axes.lastIndexOf(value.batchAxis) > 0)
      throw refused(`the output ${quote(name)} joins the examples of a batch with others of its numbers`);
    const isWhole = value.axes.length === value.rank;
    const isTurned = graph.isChannelsFirst && value.isChannelsLast && isWhole;
    const tensor = isTurned ? value.tensor : builder.plain(value).tensor;
    // an input given on as it is
    const isInput = typeof tensor.source === "string";
    return { name: names.name(name), tensor: isInput ? builder.operation("add", [tensor, 0]) : tensor };
  });
  const name = graph.name.replace(/[/\\:]+/g, "_").slice(0, 60) || subject.slice(4).toLowerCase();
  return named(subject, () => ({ net: builder.network(inputs, results, name), builder }));
}

/** Work on a model whose errors are to begin with what was called. */
function named<T>(subject: string, work: () => T): T {
  const renamed = (error: unknown): unknown =>
    error instanceof AnygradError
      ? new AnygradError(error.code, `${subject}: ${error.message}`, { cause: error })
      : error;
  try {
    const made = work();
    return made instanceof Promise
      ? (made.catch((error: unknown) => { throw renamed(error); }) as T) // biome-ignore format: one choice
      : made;
  } catch (error) {
    throw renamed(error);
  }
}

/** @throws AnygradError INVALID_ARGUMENT for an input that is not there */
function checkNames(
  subject: string,
  option: string,
  given: Readonly<Record<string, unknown>>,
  inputs: readonly GraphInput[],
): void {
  const names = inputs.map(({ name }) => name);
  const stranger = Object.keys(given).find((name) => !names.includes(name));
  if (stranger !== undefined)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: ${option} names the input ${quote(stranger)}, but the file has ${listed(names)}`,
    );
}

/** Names for a message, the first of them. */
const listed = (names: readonly string[]): string =>
  `${names.slice(0, 8).map((name) => quote(name)).join(", ")}${names.length > 8 ? `, … (${names.length})` : ""}`; // biome-ignore format: one text

function wantedOutputs({ subject, outputs: names }: Graph, { outputs }: Wanted): string[] {
  const stranger = outputs?.find((name) => !names.includes(name));
  if (stranger !== undefined || outputs?.length === 0)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: outputs is ${quote(outputs)}, but the file has ${listed(names)}`,
    );
  return outputs ? [...outputs] : [...names];
}

/** Operators whose images have their channels second. */
const ofImages = [
  ...["Conv", "ConvTranspose", "MaxPool", "AveragePool", "GlobalAveragePool", "GlobalMaxPool"],
  ...[
    "BatchNormalization",
    "InstanceNormalization",
    "GroupNormalization",
    "Resize",
    "Upsample",
    "DepthToSpace",
  ],
];
/** Operators behind which axes are as before. */
const transparent = [
  "Add",
  "Sub",
  "Mul",
  "Div",
  "Pad",
  "Cast",
  "Identity",
  "Clip",
  "Neg",
  "Relu",
  "Sqrt",
  "Pow",
  "If",
];

/** Whether what a name stands for goes into a layer of images. */
function feedsImages(name: string, uses: ReadonlyMap<string, readonly OperatorNode[]>): boolean {
  const seen = new Set<string>();
  const open = [name];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    for (const { op, outputs } of uses.get(next) ?? []) {
      if (ofImages.includes(op)) return true;
      if (transparent.includes(op)) for (const output of outputs) open.push(output);
    }
  }
  return false;
}

/** An input of the file as one of the model. */
function takenInput(
  subject: string,
  { name, sizes: declared }: GraphInput,
  given: readonly (number | null)[] | undefined,
  builder: GraphBuilder,
  { isTurned, fixedBatch, lengths }: { isTurned: boolean; fixedBatch: number | undefined; lengths: Lengths },
): { name: string; value: Value; fixedBatch: number | undefined } {
  const place = `the input ${quote(name)}`;
  const refused = (what: string): AnygradError =>
    new AnygradError("UNSUPPORTED", `${subject}: ${place} ${what}`);
  if (!declared) throw refused("is no tensor; fix it by constants, or export the model without it");
  if (given && declared.length > 0 && given.length !== declared.length)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: shapes has ${given.length} sizes for ${place}, which has ${declared.length} axes`,
    );
  const sizes = given
    ? given.map((size) => size ?? undefined)
    : declared.map((size) => (typeof size === "number" && size > 0 ? size : undefined));
  const open = sizes.flatMap((size, axis) => (size === undefined ? [axis] : []));
  // states have the batch behind the layers: where another input has said how large it is, on the axis of that size
  const likely = fixedBatch === undefined ? 0 : Math.max(0, sizes.indexOf(fixedBatch));
  const batchAxis = open.length === 1 ? open[0]! : likely;
  if (sizes.length === 0)
    throw refused(
      `is a single number, or of unknown shape; fix it by constants: { ${JSON.stringify(name)}: … } or shapes`,
    );
  const others = sizes.map((_, axis) => axis).filter((axis) => axis !== batchAxis);
  const isImage = isTurned && batchAxis === 0 && (sizes.length === 3 || sizes.length === 4);
  const axes = isImage ? [batchAxis, ...others.slice(1), others[0]!] : [batchAxis, ...others];
  const text = sizes.map((size, axis) => (axis === batchAxis ? null : (size ?? (declared[axis] || "?"))));
  const shape = axes.slice(1).map((axis) => sizes[axis] ?? lengths(name, axis, declared[axis], text));
  const own = builder.name(name);
  const tensor = input({ shape: shape.length > 0 ? shape : [1], name: own });
  const value = new Value(tensor, shape.length > 0 ? axes : [0], sizes.length, undefined, {
    isChannelsLast: isImage,
  });
  return { name: own, value, fixedBatch: open.includes(batchAxis) ? undefined : sizes[batchAxis] };
}
