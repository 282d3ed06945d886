/** A model of an ONNX file: its nodes in turn, each as constants or as layers. */

import type { Engine } from "../../../autograd/engine.ts";
import { AnygradError, quote, reasonOf } from "../../../errors.ts";
import { sizeOf } from "../../../math/shape.ts";
import { input, type Model, type Predictions } from "../../../model/index.ts";
import { GraphBuilder } from "../../graph/builder.ts";
import { Constant } from "../../graph/constant.ts";
import { ordered } from "../../graph/nodes.ts";
import { Value } from "../../graph/value.ts";
import type { GraphProto, ModelProto, NodeProto, ValueInfoProto } from "../proto.ts";
import { Attributes, arrayOf, type External } from "../values.ts";
import { products } from "./dense.ts";
import { elementwise, type Importer } from "./elementwise.ts";
import { folded } from "./fold.ts";
import { imageImporters } from "./images.ts";
import { type Known, Network, type OnnxNode } from "./network.ts";
import { rewritten } from "./patterns.ts";
import { recurrentImporters } from "./recurrent.ts";
import { reductions } from "./reductions.ts";
import { resize } from "./resize.ts";
import { shapes } from "./shapes.ts";

/** What of a file is loaded, and how. */
export interface Wanted {
  readonly engine: Engine | undefined;
  /** Sizes of inputs that the file leaves open; null for the batch. */
  readonly shapes: Readonly<Record<string, readonly (number | null)[]>>;
  /** Inputs that are to be fixed. */
  readonly constants: Readonly<Record<string, number | readonly number[]>>;
  /** The outputs that are wanted. */
  readonly outputs: readonly string[] | undefined;
  readonly external: External;
}

/** The domains whose operators are known by their names. */
const domains = ["", "ai.onnx", "ai.onnx.ml"];
/** Operators that run graphs within, over and over. */
const loops = ["Loop", "Scan", "SequenceMap"];

/** @throws AnygradError */
export async function modelOf<Outputs extends Predictions>(
  file: ModelProto,
  wanted: Wanted,
): Promise<Model<Outputs>> {
  const graph = file.graph!;
  const builder = new GraphBuilder();
  const known = new Map<string, Known>();
  for (const tensor of graph.initializer) {
    const place = `the weights ${quote(tensor.name)}`;
    known.set(tensor.name, Constant.of(arrayOf(tensor, place, wanted.external), true));
  }
  if (graph.sparseInitializer.length > 0) throw unsupported("the file holds sparse weights");
  const given = graph.input.filter(({ name }) => !known.has(name));
  const nodes = rewritten(nodesOf(graph), scalarsOf(graph, known));
  const outputs = wantedOutputs(graph, wanted);
  const isGiven = (name: string): boolean => known.has(name) || given.some((each) => each.name === name);
  const order = ordered("loadOnnx", nodes, outputs, isGiven);
  const uses = usesOf(order, outputs);
  const used = given.filter(({ name }) => uses.has(name));
  checkNames("shapes", wanted.shapes, given);
  checkNames("constants", wanted.constants, given);
  const opset = file.opsetImport.find(({ domain }) => domain === "" || domain === "ai.onnx")?.version ?? 13;
  const inputs: Record<string, ReturnType<typeof input>> = {};
  let fixedBatch: number | undefined;
  for (const each of used) {
    const constant = wanted.constants[each.name];
    if (constant !== undefined) {
      const list = typeof constant === "number" ? [constant] : constant;
      const rank = each.type?.tensorType?.shape?.dim.length ?? 0;
      known.set(each.name, new Constant(rank === 0 ? [] : [list.length], [...list]));
      continue;
    }
    const taken = takenInput(each, wanted.shapes[each.name], builder, uses, fixedBatch);
    fixedBatch ??= taken.fixedBatch;
    known.set(each.name, taken.value);
    inputs[taken.name] = taken.value.tensor;
    builder.take(taken.value.tensor);
  }
  if (Object.keys(inputs).length === 0) throw unsupported("nothing in the file depends on an input");
  const importers = allImporters();
  const run = (list: readonly OnnxNode[], network: Network): void => {
    for (const node of list) runNode(network, node, importers);
  };
  const inline = (inner: GraphProto, outer: Network): Known[] => {
    const names = new Map(outer.known);
    for (const tensor of inner.initializer)
      names.set(
        tensor.name,
        Constant.of(arrayOf(tensor, `the weights ${quote(tensor.name)}`, wanted.external), true),
      );
    const wantedNames = inner.output.map(({ name }) => name);
    const innerNodes = ordered(
      "loadOnnx",
      rewritten(nodesOf(inner), scalarsOf(inner, names)),
      wantedNames,
      (name) => names.has(name),
    );
    const network = new Network(
      { builder, opset, fixedBatch, inline },
      names,
      usesOf(innerNodes, wantedNames),
    );
    run(innerNodes, network);
    return wantedNames.map((name) => names.get(name)!);
  };
  const network = new Network({ builder, opset, fixedBatch, inline }, known, uses);
  run(order, network);
  const results = outputs.map((name) => {
    const value = known.get(name)!;
    builder.begin(name);
    if (!(value instanceof Value))
      throw unsupported(`the output ${quote(name)} does not depend on an input; name the others by outputs`);
    if (value.axes.lastIndexOf(value.batchAxis) > 0)
      throw unsupported(`the output ${quote(name)} joins the examples of a batch with others of its numbers`);
    const isWhole = value.axes.length === value.rank;
    const tensor = value.isChannelsLast && isWhole ? value.tensor : builder.plain(value).tensor;
    // an input given on as it is
    const isInput = typeof tensor.source === "string";
    return { name: builder.name(name), tensor: isInput ? builder.operation("add", [tensor, 0]) : tensor };
  });
  const name = graph.name.replace(/[/\\:]+/g, "_").slice(0, 60) || "onnx";
  try {
    return await builder.finish<Outputs>(inputs, results, name, wanted.engine);
  } catch (error) {
    if (!(error instanceof AnygradError)) throw error;
    throw new AnygradError(error.code, `loadOnnx: ${error.message}`, { cause: error });
  }
}

const unsupported = (what: string): AnygradError => new AnygradError("UNSUPPORTED", `loadOnnx: ${what}`);

/** @throws AnygradError INVALID_ARGUMENT for an input that is not there */
function checkNames(
  option: string,
  given: Readonly<Record<string, unknown>>,
  inputs: readonly ValueInfoProto[],
): void {
  const names = inputs.map(({ name }) => name);
  const stranger = Object.keys(given).find((name) => !names.includes(name));
  if (stranger !== undefined)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `loadOnnx: ${option} names the input ${quote(stranger)}, but the file has ${names.map((name) => quote(name)).join(", ")}`,
    );
}

function wantedOutputs(graph: GraphProto, { outputs }: Wanted): string[] {
  const names = graph.output.map(({ name }) => name);
  const stranger = outputs?.find((name) => !names.includes(name));
  if (stranger !== undefined || outputs?.length === 0)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `loadOnnx: outputs is ${quote(outputs)}, but the file has ${names.map((name) => quote(name)).join(", ")}`,
    );
  return outputs ? [...outputs] : names;
}

/** The nodes of a graph in our form; those that run graphs within also take what these take from outside. */
function nodesOf(graph: GraphProto): OnnxNode[] {
  return graph.node.map((node, i) => {
    const name = node.name || node.output[0] || `node ${i}`;
    const inner = node.attribute.flatMap(({ g }) => (g ? [...outside(g)] : []));
    return {
      op: node.opType,
      domain: node.domain === "ai.onnx" ? "" : node.domain,
      name,
      inputs: [...node.input, ...inner],
      outputs: node.output,
      attributes: new Attributes(node, `node ${quote(name)}`),
    };
  });
}

/** The numbers that names stand for, of those that are constants of one. */
function scalarsOf(
  graph: GraphProto,
  known: ReadonlyMap<string, Known>,
): (name: string) => number | undefined {
  const nodes = new Map(
    graph.node.flatMap((node) => (node.opType === "Constant" ? [[node.output[0]!, node] as const] : [])),
  );
  return (name) => {
    const found = known.get(name);
    if (found) return found instanceof Constant ? found.scalar : undefined;
    const [attribute] = nodes.get(name)?.attribute ?? [];
    const { t } = attribute ?? {};
    if (!t || t.dataLocation === 1 || sizeOf(t.dims) !== 1)
      return attribute?.type === 1 ? attribute.f : undefined;
    return Constant.of(
      arrayOf(t, `the constant ${quote(name)}`, () => new Uint8Array(0)),
      false,
    ).scalar;
  };
}

/** The names that a graph takes from the one around it. */
function outside({ node, initializer, input: own }: GraphProto): Set<string> {
  const inside = new Set([
    ...initializer.map(({ name }) => name),
    ...own.map(({ name }) => name),
    ...node.flatMap((each: NodeProto) => each.output),
  ]);
  const taken = node.flatMap((each) => [
    ...each.input,
    ...each.attribute.flatMap(({ g }) => (g ? [...outside(g)] : [])),
  ]);
  return new Set(taken.filter((name) => name !== "" && !inside.has(name)));
}

/** Which nodes take each name; outputs of the graph are taken by one of their own. */
function usesOf(nodes: readonly OnnxNode[], outputs: readonly string[]): Map<string, OnnxNode[]> {
  const uses = new Map<string, OnnxNode[]>();
  const output = { op: "output", name: "output", inputs: outputs, outputs: [], domain: "output" };
  for (const node of [...nodes, output as unknown as OnnxNode])
    for (const name of node.inputs) uses.set(name, [...(uses.get(name) ?? []), node]);
  return uses;
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
function feedsImages(name: string, uses: ReadonlyMap<string, readonly OnnxNode[]>): boolean {
  const seen = new Set<string>();
  const open = [name];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    for (const { op, outputs } of uses.get(next) ?? []) {
      if (ofImages.includes(op)) return true;
      if (transparent.includes(op)) open.push(...outputs);
    }
  }
  return false;
}

/** An input of the file as one of the model. */
function takenInput(
  { name, type }: ValueInfoProto,
  given: readonly (number | null)[] | undefined,
  builder: GraphBuilder,
  uses: ReadonlyMap<string, readonly OnnxNode[]>,
  fixedBatch: number | undefined,
): { name: string; value: Value; fixedBatch: number | undefined } {
  const dims = type?.tensorType?.shape?.dim;
  const place = `the input ${quote(name)}`;
  if (!type?.tensorType)
    throw unsupported(`${place} is no tensor; fix it by constants, or export the model without it`);
  if (given && dims && given.length !== dims.length)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `loadOnnx: shapes has ${given.length} sizes for ${place}, which has ${dims.length} axes`,
    );
  const declared = (dims ?? []).map(({ dimValue }) =>
    dimValue !== undefined && dimValue > 0 ? dimValue : undefined,
  );
  const sizes = given ? given.map((size) => size ?? undefined) : declared;
  const open = sizes.flatMap((size, axis) => (size === undefined ? [axis] : []));
  // states have the batch behind the layers: where another input has said how large it is, on the axis of that size
  const likely = fixedBatch === undefined ? 0 : Math.max(0, sizes.indexOf(fixedBatch));
  const batchAxis = open.length === 1 ? open[0]! : likely;
  const unknown = open.filter((axis) => axis !== batchAxis);
  if (sizes.length === 0)
    throw unsupported(
      `${place} is a single number, or of unknown shape; fix it by constants: { ${JSON.stringify(name)}: … } or shapes`,
    );
  if (unknown.length > 0) {
    const text = sizes.map((size, axis) =>
      axis === batchAxis ? null : (size ?? (dims?.[axis]?.dimParam || "?")),
    );
    throw unsupported(
      `${place} has sizes that the file leaves open: [${text.join(", ")}]; pass them as shapes: { ${JSON.stringify(name)}: [null, …] }, null for the batch`,
    );
  }
  const others = sizes.map((_, axis) => axis).filter((axis) => axis !== batchAxis);
  const isImage = batchAxis === 0 && (sizes.length === 3 || sizes.length === 4) && feedsImages(name, uses);
  const axes = isImage ? [batchAxis, ...others.slice(1), others[0]!] : [batchAxis, ...others];
  const shape = axes.slice(1).map((axis) => sizes[axis]!);
  const own = builder.name(name);
  const tensor = input({ shape: shape.length > 0 ? shape : [1], name: own });
  const value = new Value(tensor, shape.length > 0 ? axes : [0], sizes.length, undefined, {
    isChannelsLast: isImage,
  });
  return { name: own, value, fixedBatch: open.includes(batchAxis) ? undefined : sizes[batchAxis] };
}

function allImporters(): Readonly<Record<string, Importer>> {
  return {
    ...elementwise(),
    ...shapes,
    ...reductions,
    ...products(),
    ...imageImporters(),
    ...recurrentImporters,
    Resize: resize,
    Upsample: resize,
    If(network) {
      const condition = network.constant(0).scalar;
      const branch = network.attributes.graph(condition ? "then_branch" : "else_branch");
      if (!branch) throw new AnygradError("DATA_FORMAT", "it lacks a branch");
      network.inline(branch, network).forEach((each, i) => {
        network.set(each, i);
      });
    },
  };
}

function runNode(network: Network, node: OnnxNode, importers: Readonly<Record<string, Importer>>): void {
  if (network.skipped.has(node.outputs[0]!)) return;
  const place = `node ${quote(node.name)} (${node.domain ? `${node.domain}.` : ""}${node.op})`;
  network.begin(node);
  try {
    if (!domains.includes(node.domain))
      throw new AnygradError("UNSUPPORTED", "operators of this domain are another runtime's own");
    if (folded(network)) return;
    const importer = importers[node.op];
    if (!importer)
      throw new AnygradError(
        "UNSUPPORTED",
        loops.includes(node.op)
          ? "it runs a graph over and over, which a network of layers cannot"
          : "no layer here computes it",
      );
    importer(network);
  } catch (error) {
    if (!(error instanceof AnygradError))
      // a node without what its operator needs
      throw new AnygradError(
        "DATA_FORMAT",
        `loadOnnx: ${place}: it cannot be read (${reasonOf(error).slice(0, 200)}); the file is damaged`,
        { cause: error },
      );
    const advice =
      error.code === "UNSUPPORTED"
        ? "; export the model without it, or name outputs that do not need it"
        : "";
    // an option that a layer refuses stood in the file
    const code = error.code === "INVALID_ARGUMENT" ? "DATA_FORMAT" : error.code;
    throw new AnygradError(code, `loadOnnx: ${place}: ${error.message.replace(/^load\w+: /, "")}${advice}`, {
      cause: error,
    });
  }
}
