/** Graph models: TensorFlow's operations as model.json lists them, with their attributes as JSON has protobuf's. */

import { AnygradError, quote } from "../../errors.ts";
import { type ExampleShape, sizeOf } from "../../math/shape.ts";
import type { ElementType } from "../elements.ts";
import { type GivenAttributes, PlainAttributes } from "../graph/attributes.ts";
import { Constant } from "../graph/constant.ts";
import type { Graph, GraphInput } from "../graph/load.ts";
import type { Known, OperatorNode } from "../graph/network.ts";
import { operatorNames, tensorflow } from "../graph/tensorflow/index.ts";
import { isObject, type Json, type JsonObject } from "../json.ts";
import type { Place } from "../keras/config/json.ts";
import type { FileWeight } from "../keras/weights.ts";
import { own } from "../own.ts";

/** A node of the file. */
interface FileNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly attributes: GivenAttributes;
}

/** Operations of loops and branches, which make circles of a graph. */
const control = ["Enter", "Exit", "Merge", "Switch", "NextIteration", "LoopCond"];

/** @param weights of the manifest @throws AnygradError as `loadTfjs` does */
export function graphOf(place: Place, json: JsonObject, weights: readonly FileWeight[]): Graph {
  const topology = place.object(json.modelTopology, "modelTopology");
  const all = place.list(topology.node, "node").map((each) => nodeOf(place, each));
  const circle = all.find(({ op }) => control.includes(op));
  if (circle)
    throw place.unsupported(
      `the node ${quote(circle.name)} (${circle.op}) is of a loop or a branch, which a network of layers cannot be; export the model without it`,
    );
  const { inputs, outputs } = ends(place, json, all);
  return {
    subject: place.text,
    name: "",
    nodes: operatorsOf(all),
    known: constantsOf(place, all, weights),
    inputs,
    outputs,
    bytes: weights.reduce((sum, { shape }) => sum + 4 * sizeOf(shape), 0),
    opset: 17,
    importers: tensorflow(),
    isChannelsFirst: false,
  };
}

function nodeOf(place: Place, given: Json): FileNode {
  const { name, op, input = [], attr = {} } = place.object(given, "a node");
  const own = place.string(name, "the name of a node");
  const at = place.in(`node ${quote(own)}`);
  const attributes = Object.entries(at.object(attr, "attr")).map(
    ([key, value]) => [key, attributeOf(at, at.object(value, `the attribute ${quote(key)}`))] as const,
  );
  return {
    name: own,
    op: at.string(op, "its operation"),
    inputs: at
      .list(input, "input")
      .map((each) => at.string(each, "an input").replace(/:0$/, ""))
      .filter((each) => !each.startsWith("^")), // an order of running, and no tensor
    attributes: Object.fromEntries(attributes),
  };
}

const elementTypes: Readonly<Record<string, ElementType>> = {
  DT_FLOAT: "float32",
  DT_DOUBLE: "float64",
  DT_HALF: "float16",
  DT_BFLOAT16: "bfloat16",
  DT_INT8: "int8",
  DT_UINT8: "uint8",
  DT_INT16: "int16",
  DT_UINT16: "uint16",
  DT_INT32: "int32",
  DT_INT64: "int64",
  DT_BOOL: "bool",
};

/** An attribute; undefined for what no operation here reads, such as functions. */
function attributeOf(place: Place, value: JsonObject): GivenAttributes[string] {
  if (value.s !== undefined) return textOf(value.s);
  if (value.i !== undefined) return Number(value.i);
  if (value.f !== undefined) return Number(value.f);
  if (value.b !== undefined) return value.b === true ? 1 : 0;
  if (value.type !== undefined) return own(elementTypes, String(value.type)) ?? String(value.type);
  if (value.shape !== undefined) return sizesOf(place, place.object(value.shape, "a shape"));
  if (!isObject(value.list)) return undefined;
  const { s, i, f } = value.list;
  if (s !== undefined) return place.list(s, "a list").map(textOf);
  return place.list(i ?? f ?? [], "a list").map(Number);
}

/** A text: bytes in base64, or in a list. */
function textOf(value: Json): string {
  if (Array.isArray(value)) return value.map((code) => String.fromCharCode(Number(code))).join("");
  try {
    return atob(String(value));
  } catch {
    return String(value); // as older files have it
  }
}

/** The sizes of a shape, −1 for open ones; undefined for one of unknown rank. */
function sizesOf(place: Place, { dim, unknownRank }: JsonObject): number[] | undefined {
  if (unknownRank === true) return undefined;
  return place.list(dim ?? [], "dim").map((each) => Number(place.object(each, "a size").size ?? 0));
}

/** What the graph takes and gives: what its signature says, else what nothing feeds, and what feeds nothing. */
function ends(
  place: Place,
  { signature, userDefinedMetadata }: JsonObject,
  nodes: readonly FileNode[],
): { inputs: readonly GraphInput[]; outputs: readonly string[] } {
  const said = signature ?? (isObject(userDefinedMetadata) ? userDefinedMetadata.signature : undefined);
  const { inputs: given = {}, outputs: wanted = {} } = isObject(said) ? said : {};
  const named = (info: Json | undefined): string =>
    place.string(place.object(info, "the signature").name, "a name of the signature").replace(/:0$/, "");
  const shapes = new Map(
    Object.values(isObject(given) ? given : {}).map((info) => {
      const { tensorShape } = place.object(info, "the signature");
      return [named(info), isObject(tensorShape) ? sizesOf(place, tensorShape) : undefined] as const;
    }),
  );
  const inputs = nodes
    .filter(({ op }) => op === "Placeholder")
    .map(({ name, attributes }) => {
      const sizes = (attributes.shape as number[] | undefined) ?? shapes.get(name) ?? [];
      return { name, sizes: sizes.map((n) => (n >= 0 ? n : "?")) };
    });
  const fed = new Set(nodes.flatMap((each) => each.inputs.map((name) => name.replace(/:\d+$/, ""))));
  const leaves = nodes.filter(
    ({ name, op }) => !fed.has(name) && !["NoOp", "Const", "Placeholder"].includes(op),
  );
  const outputs = Object.values(isObject(wanted) ? wanted : {}).map(named);
  return { inputs, outputs: outputs.length > 0 ? outputs : leaves.map(({ name }) => name) };
}

/** The nodes in our form: what is fused is several, and all outputs have names. */
function operatorsOf(nodes: readonly FileNode[]): OperatorNode[] {
  const most = new Map<string, number>();
  for (const { inputs } of nodes)
    for (const input of inputs) {
      const [, name, i] = /^(.*):(\d+)$/.exec(input) ?? [];
      if (name !== undefined) most.set(name, Math.max(most.get(name) ?? 0, Math.min(Number(i), 2 ** 16)));
    }
  const names = operatorNames();
  const operatorOf = (op: string, { data_format: layout }: GivenAttributes): string =>
    names(op === "BiasAdd" && layout === "NCHW" ? "BiasSecond" : op);
  return nodes
    .filter(({ op }) => op !== "Const" && op !== "Placeholder" && op !== "NoOp")
    .flatMap((node) => {
      const { name, op, attributes } = node;
      const said = Number(attributes.num_split ?? (op === "Unpack" ? attributes.num : undefined) ?? 1);
      const count = Math.max(Math.min(said, 2 ** 16), (most.get(name) ?? 0) + 1);
      const outputs = Array.from({ length: count }, (_, i) => (i === 0 ? name : `${name}:${i}`));
      const base = { name, domain: "", kind: op };
      const plain = { ...base, op: operatorOf(op, attributes), inputs: node.inputs, outputs };
      return own(fusedOps, op) !== undefined
        ? unfused(node, outputs, operatorOf)
        : [{ ...plain, attributes: new PlainAttributes(attributes) }];
    });
}

/** Operations that do others with them, and what they are themselves. */
const fusedOps: Readonly<Record<string, string>> = {
  _FusedConv2D: "Conv2D",
  FusedConv2D: "Conv2D",
  FusedDepthwiseConv2dNative: "DepthwiseConv2dNative",
  _FusedDepthwiseConv2dNative: "DepthwiseConv2dNative",
  _FusedMatMul: "MatMul",
};

/** How many more inputs an operation that is done with another takes. */
const moreInputs: Readonly<Record<string, number>> = { BiasAdd: 1, Prelu: 1, FusedBatchNorm: 4 };

function unfused(
  { name, op, inputs, attributes }: FileNode,
  outputs: readonly string[],
  operatorOf: (op: string, attributes: GivenAttributes) => string,
): OperatorNode[] {
  const given = (attributes.fused_ops ?? []) as readonly string[];
  const list = [fusedOps[op]!, ...given];
  let at = 2;
  return list.map((each, i) => {
    const more = i === 0 ? inputs.slice(0, 2) : inputs.slice(at, at + (own(moreInputs, each) ?? 0));
    if (i > 0) at += more.length;
    const before = `${name}:fused${i - 1}`;
    return {
      name,
      domain: "",
      kind: op,
      op: operatorOf(each, attributes),
      inputs: i === 0 ? more : [before, ...more],
      outputs: i === list.length - 1 ? outputs : [`${name}:fused${i}`],
      attributes: new PlainAttributes({
        ...attributes,
        alpha: attributes.leakyrelu_alpha,
        is_training: 0, // as the normalisation is, where it is one of them
      }),
    };
  });
}

/** The nodes that hold numbers, by the weights of their names. */
function constantsOf(
  place: Place,
  nodes: readonly FileNode[],
  weights: readonly FileWeight[],
): Map<string, Known> {
  const byName = new Map(weights.map((each) => [each.name, each]));
  return new Map(
    nodes
      .filter(({ op }) => op === "Const")
      .map(({ name }) => {
        const weight = byName.get(name);
        if (!weight)
          throw place
            .in(`node ${quote(name)} (Const)`)
            .damaged("the files of weights do not hold its numbers");
        const { shape, dtype } = weight;
        const isWeight = dtype.startsWith("float") && sizeOf(shape) > 1;
        return [name, Constant.lazy({ shape, dtype, read: weight.read }, isWeight)];
      }),
  );
}

/** Shapes by the names of inputs, the batch in front, of those of examples. @throws AnygradError INVALID_ARGUMENT */
export function shapesFor(
  place: Place,
  { inputs }: Graph,
  given: ExampleShape | Readonly<Record<string, ExampleShape>> | undefined,
): Record<string, (number | null)[]> {
  if (!given) return {};
  if (!Array.isArray(given))
    return Object.fromEntries(Object.entries(given).map(([name, shape]) => [name, [null, ...shape]]));
  if (inputs.length === 1) return { [inputs[0]!.name]: [null, ...(given as ExampleShape)] };
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${place.text}: inputShape is one shape, but the model has ${inputs.length} inputs; pass them by their names: ${inputs.map(({ name }) => quote(name)).join(", ")}`,
  );
}
