/** Nodes in turn, each as constants or as layers. */

import { AnygradError, quote, reasonOf } from "../../errors.ts";
import { own } from "../own.ts";
import { type Importer, type Known, Network, type OperatorNode } from "./network.ts";
import { ordered } from "./nodes.ts";
import { folded } from "./operators/fold.ts";

/** The domains whose operators are known by their names. */
const domains = ["", "ai.onnx", "ai.onnx.ml"];
/** Operators that run graphs within, over and over. */
const loops = ["Loop", "Scan", "SequenceMap", "tf.While", "tf.StatelessWhile", "tflite.WHILE"];

/** Does the work of the node whose turn it is. @throws AnygradError UNSUPPORTED for an operator that is not known */
export const work: Importer = (network) => {
  const { node, surroundings } = network;
  if (!domains.includes(node.domain))
    throw new AnygradError(
      "UNSUPPORTED",
      node.domain === "custom"
        ? "it is an operator of its maker's own, whose code the file does not hold"
        : "operators of this domain are another runtime's own",
    );
  if (folded(network)) return;
  const importer = own(surroundings.importers, node.op);
  if (!importer)
    throw new AnygradError(
      "UNSUPPORTED",
      loops.includes(node.op)
        ? "it runs a graph over and over, which a network of layers cannot"
        : "no layer here computes it",
    );
  importer(network);
};

/** Does the work of all nodes, in their order. @throws AnygradError that names the node */
export function runNodes(network: Network, nodes: readonly OperatorNode[]): void {
  for (const node of nodes) if (!network.skipped.has(node.outputs[0]!)) runNode(network, node);
}

function runNode(network: Network, node: OperatorNode): void {
  const { subject } = network.surroundings;
  const kind = node.kind ?? `${node.domain ? `${node.domain}.` : ""}${node.op}`;
  const place = `node ${quote(node.name)} (${kind})`;
  network.begin(node);
  try {
    work(network);
  } catch (error) {
    if (!(error instanceof AnygradError))
      // a node without what its operator needs
      throw new AnygradError(
        "DATA_FORMAT",
        `${subject}: ${place}: it cannot be read (${reasonOf(error).slice(0, 200)}); the file is damaged`,
        { cause: error },
      );
    const advice =
      error.code === "UNSUPPORTED"
        ? "; export the model without it, or name outputs that do not need it"
        : "";
    // an option that a layer refuses stood in the file
    const code = error.code === "INVALID_ARGUMENT" ? "DATA_FORMAT" : error.code;
    throw new AnygradError(
      code,
      `${subject}: ${place}: ${error.message.replace(/^load\w+: /, "")}${advice}`,
      { cause: error },
    );
  }
}

/** What a graph within a node gives, such as a branch of If. @param constants its own */
export function runWithin(
  outer: Network,
  nodes: readonly OperatorNode[],
  outputs: readonly string[],
  constants: ReadonlyMap<string, Known>,
): Known[] {
  const names = new Map([...outer.known, ...constants]);
  const order = ordered(outer.surroundings.subject, nodes, outputs, (name) => names.has(name));
  runNodes(new Network(outer.surroundings, names, usesOf(order, outputs)), order);
  return outputs.map((name) => names.get(name)!);
}

/** Which nodes take each name; outputs of the graph are taken by one of their own. */
export function usesOf(
  nodes: readonly OperatorNode[],
  outputs: readonly string[],
): Map<string, OperatorNode[]> {
  const uses = new Map<string, OperatorNode[]>();
  const output = { op: "output", name: "output", inputs: outputs, outputs: [], domain: "output" };
  for (const node of [...nodes, output as unknown as OperatorNode])
    for (const name of node.inputs) {
      const found = uses.get(name);
      if (found) found.push(node);
      else uses.set(name, [node]);
    }
  return uses;
}
