/** Graphs of other libraries in one form: nodes with names of what they take and give. */
import { AnygradError, quote } from "../../errors.ts";

/** A node of a graph. */
export interface GraphNode {
  /** What it computes, in the words of its library. */
  readonly op: string;
  /** Its name, or what it is called in messages. */
  readonly name: string;
  /** What it takes; an empty text for what is left out. */
  readonly inputs: readonly string[];
  /** What it gives. */
  readonly outputs: readonly string[];
}

/**
 * The nodes that the outputs need, each behind what feeds it.
 * @param isGiven whether a name is an input or a constant
 * @throws AnygradError DATA_FORMAT for a circle, and for a name that nothing gives
 */
export function ordered<Node extends GraphNode>(
  subject: string,
  nodes: readonly Node[],
  outputs: readonly string[],
  isGiven: (name: string) => boolean,
): Node[] {
  const makers = new Map(
    nodes.flatMap((node) => node.outputs.filter(Boolean).map((name) => [name, node] as const)),
  );
  const done = new Set<Node>();
  const open = new Set<Node>();
  const result: Node[] = [];
  const maker = (name: string, by: string): Node | undefined => {
    if (name === "" || isGiven(name)) return undefined;
    const found = makers.get(name);
    if (found) return found;
    throw new AnygradError(
      "DATA_FORMAT",
      `${subject}: ${by} takes ${quote(name)}, which nothing in the file gives; it is damaged`,
    );
  };
  // no recursion: a graph may be deeper than the stack
  const stack = outputs.flatMap((name) => maker(name, "an output") ?? []);
  for (let node = stack.at(-1); node; node = stack.at(-1)) {
    if (done.has(node)) {
      stack.pop();
      continue;
    }
    const place = `the node ${quote(node.name)}`;
    const before = node.inputs.flatMap((name) => maker(name, place) ?? []).filter((each) => !done.has(each));
    if (before.length > 0) {
      open.add(node);
      const circle = before.find((each) => open.has(each));
      if (circle)
        throw new AnygradError(
          "DATA_FORMAT",
          `${subject}: ${place} and ${quote(circle.name)} wait for each other; the file is damaged`,
        );
      for (const each of before) stack.push(each);
      continue;
    }
    open.delete(node);
    done.add(node);
    result.push(node);
    stack.pop();
  }
  return result;
}
