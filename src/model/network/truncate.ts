/** A network up to one of its places. */
import { unknownName } from "../../math/options.ts";
import { connect } from "./connect.ts";
import type { Graph } from "./graph.ts";

/** The place of the layer of this name, the last where it stands at several. @throws AnygradError INVALID_ARGUMENT */
export function placeNamed(subject: string, { nodes }: Pick<Graph, "nodes">, name: string): number {
  const at = nodes.findLastIndex((node) => node.name === name);
  if (at >= 0) return at;
  throw unknownName(
    `${subject}: layer`,
    name,
    nodes.map((node) => node.name),
  );
}

/** The network of what a place is made of; the place gives its output. */
export function truncated(graph: Graph, at: number): Graph {
  const { nodes, inputs, forms } = graph;
  const wanted = new Set([at]);
  for (let i = at; i >= 0; i--)
    if (wanted.has(i)) for (const from of nodes[i]!.inputs) if (from >= 0) wanted.add(from);
  const kept = [...wanted].sort((a, b) => a - b);
  const places = new Map(kept.map((old, i) => [old, i]));
  const firsts = new Map<number, number>();
  const moved = kept.map((old, i) => {
    const { layer, inputs: from, first, within } = nodes[old]!;
    if (!firsts.has(first)) firsts.set(first, i);
    return { layer, within, inputs: from.map((each) => places.get(each) ?? each), first: firsts.get(first)! };
  });
  const outputs = [{ name: undefined, node: kept.length - 1 }];
  return connect(moved, { inputs, outputs, forms: { inputs: forms.inputs, outputs: "one" } });
}
