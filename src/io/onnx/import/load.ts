/** A model of an ONNX file. */
import { AnygradError, quote } from "../../../errors.ts";
import { sizeOf } from "../../../math/shape.ts";
import type { Model, Predictions } from "../../../model/index.ts";
import { Constant } from "../../graph/constant.ts";
import { modelOf as modelOfGraph, type Wanted as WantedOfGraph } from "../../graph/load.ts";
import type { Importer, Known, OperatorNode } from "../../graph/network.ts";
import { runWithin } from "../../graph/run.ts";
import type { GraphProto, ModelProto, NodeProto } from "../proto.ts";
import { constantOf, type External, OnnxAttributes } from "../values.ts";
import { rewritten } from "./patterns.ts";

/** What of a file is loaded, and how. */
export interface Wanted extends WantedOfGraph {
  readonly external: External;
  /** Bytes of the file and those beside it. */
  readonly bytes: number;
}

/** @throws AnygradError */
export async function modelOf<Outputs extends Predictions>(
  file: ModelProto,
  wanted: Wanted,
): Promise<Model<Outputs>> {
  const graph = file.graph!;
  const known = constantsOf(graph, wanted.external);
  checkNames(graph);
  return modelOfGraph<Outputs>(
    {
      subject: "loadOnnx",
      name: graph.name,
      nodes: rewritten(nodesOf(graph), scalarsOf(graph, known)),
      known,
      inputs: graph.input
        .filter(({ name }) => !known.has(name))
        .map(({ name, type }) => ({
          name,
          sizes:
            type?.tensorType &&
            (type.tensorType.shape?.dim ?? []).map(({ dimValue, dimParam }) =>
              dimValue !== undefined && dimValue > 0 ? dimValue : dimParam,
            ),
        })),
      outputs: graph.output.map(({ name }) => name),
      bytes: wanted.bytes,
      opset: file.opsetImport.find(({ domain }) => domain === "" || domain === "ai.onnx")?.version ?? 13,
      importers: { If: branches(wanted.external) },
      isChannelsFirst: true,
    },
    wanted,
  );
}

/** @throws AnygradError DATA_FORMAT where two nodes give one name, or a node that of an input or weights */
function checkNames({ node, input, initializer }: GraphProto): void {
  const given = new Set([...input, ...initializer].map(({ name }) => name));
  for (const name of node.flatMap(({ output }) => output.filter(Boolean))) {
    if (given.has(name))
      throw new AnygradError("DATA_FORMAT", `loadOnnx: ${quote(name)} is given twice; the file is damaged`);
    given.add(name);
  }
}

function constantsOf(graph: GraphProto, external: External): Map<string, Known> {
  if (graph.sparseInitializer.length > 0)
    throw new AnygradError("UNSUPPORTED", "loadOnnx: the file holds sparse weights");
  return new Map(
    graph.initializer.map((tensor) => [
      tensor.name,
      constantOf(tensor, `the weights ${quote(tensor.name)}`, external, true),
    ]),
  );
}

/** Runs that graph of an If which the condition says; it must be known. */
const branches =
  (external: External): Importer =>
  (network) => {
    const condition = network.constant(0).scalar;
    const attributes = network.attributes as OnnxAttributes;
    const branch = attributes.graph(condition ? "then_branch" : "else_branch");
    if (!branch) throw new AnygradError("DATA_FORMAT", "it lacks a branch");
    const constants = constantsOf(branch, external);
    const names = new Map([...network.known, ...constants]);
    const nodes = rewritten(nodesOf(branch), scalarsOf(branch, names));
    const outputs = branch.output.map(({ name }) => name);
    runWithin(network, nodes, outputs, constants).forEach((each, i) => {
      network.set(each, i);
    });
  };

/** The nodes of a graph in our form; those that run graphs within also take what these take from outside. */
function nodesOf(graph: GraphProto): OperatorNode[] {
  return graph.node.map((node, i) => {
    const name = node.name || node.output[0] || `node ${i}`;
    const inner = node.attribute.flatMap(({ g }) => (g ? [...outside(g)] : []));
    return {
      op: node.opType,
      domain: node.domain === "ai.onnx" ? "" : node.domain,
      name,
      inputs: [...node.input, ...inner],
      outputs: node.output,
      attributes: new OnnxAttributes(node, `node ${quote(name)}`),
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
    return constantOf(t, `the constant ${quote(name)}`, () => new Uint8Array(0), false).scalar;
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
