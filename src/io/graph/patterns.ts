/**
 * Patterns of nodes by which exporters write what has a node of its own elsewhere, as texts: `Mul(x, Sigmoid(x))`. Small letters stand
 * for whatever is there, the same for the same letter; numbers for constants of that value. The operands of Add and Mul may be
 * exchanged.
 */
import type { GraphNode } from "./nodes.ts";

/** A part of a pattern: a letter, a number, or a node with its inputs. */
type Term = string | number | { readonly op: string; readonly inputs: readonly Term[] };

/** What the letters of a pattern stand for, and the nodes that it has. */
export interface Match<Node> {
  readonly letters: ReadonlyMap<string, string>;
  readonly nodes: readonly Node[];
}

/** What is known of a graph: the node that gives a name, and the number that a name stands for. */
export interface Known<Node> {
  maker(name: string): Node | undefined;
  scalar(name: string): number | undefined;
}

const exchangeable = ["Add", "Mul"];

/** The pattern of a text. */
export function pattern(text: string): Term {
  const tokens = text.match(/[A-Za-z]\w*|-?[\d.]+|[(),]/g) ?? [];
  let at = 0;
  const term = (): Term => {
    const token = tokens[at++]!;
    if (/^-?[\d.]/.test(token)) return Number(token);
    if (tokens[at] !== "(") return token;
    const inputs: Term[] = [];
    while (tokens[at++] !== ")") inputs.push(term());
    return { op: token, inputs };
  };
  return term();
}

/** How a node is a pattern; undefined where it is not. */
export function matched<Node extends GraphNode>(
  term: Term,
  node: Node,
  known: Known<Node>,
): Match<Node> | undefined {
  const found = within(term, node.outputs[0]!, { letters: new Map(), nodes: [] }, known);
  return found;
}

function within<Node extends GraphNode>(
  term: Term,
  name: string,
  so: Match<Node>,
  known: Known<Node>,
): Match<Node> | undefined {
  if (typeof term === "string") {
    const before = so.letters.get(term);
    if (before !== undefined) return before === name ? so : undefined;
    return { ...so, letters: new Map([...so.letters, [term, name]]) };
  }
  if (typeof term === "number") {
    const value = known.scalar(name);
    return value !== undefined && Math.abs(value - term) <= 1e-4 * Math.abs(term) ? so : undefined;
  }
  const node = known.maker(name);
  if (node?.op !== term.op) return undefined;
  const given = node.inputs.filter(Boolean);
  const orders =
    exchangeable.includes(term.op) && given.length === 2 ? [given, [...given].reverse()] : [given];
  for (const order of orders) {
    if (order.length < term.inputs.length) continue;
    let match: Match<Node> | undefined = { ...so, nodes: [...so.nodes, node] };
    for (const [i, inner] of term.inputs.entries()) match = match && within(inner, order[i]!, match, known);
    if (match) return match;
  }
  return undefined;
}
