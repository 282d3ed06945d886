/** The smallest network that still disagrees: nodes and options are left out as long as the fault stays. */
import type { Engine } from "../../../src/autograd/engine.ts";
import { type Case, caseOf } from "./case.ts";
import { Draws } from "./draws.ts";
import type { Compared } from "./networks.ts";
import { type Node, type Options, type Program, snakeCase } from "./program.ts";

/** Programs that are tried at most: a minute or so. */
const most = 100;

export async function shrunk(
  found: Compared,
  engine: Engine,
  compare: (each: Case) => Promise<Compared>,
): Promise<Compared> {
  let smallest = found;
  let attempts = 0;
  search: while (attempts < most) {
    for (const program of simpler(smallest.each.program)) {
      if (attempts++ === most) break;
      const each = await caseOf(
        program,
        new Draws(attempts, found.each.index),
        found.each.index,
        engine,
      ).catch(
        () => undefined, // it does not fit together
      );
      if (!each) continue;
      const compared = await compare(each);
      if (compared.beyond[0] !== smallest.beyond[0] || sortOf(compared) !== sortOf(smallest)) continue;
      smallest = compared;
      continue search;
    }
    break;
  }
  return smallest;
}

/** An error's first words: another error is another fault. */
function sortOf({ error = "" }: Compared): string {
  return error.slice(0, 30);
}

function* simpler(program: Program): Generator<Program> {
  const { nodes } = program;
  // of a network with more than one way through it nodes are told by their places
  const isWay = !program.second && !program.encoder && !program.ends;
  for (let i = isWay ? nodes.length - 2 : -1; i >= 0; i--) {
    const fewer = without(nodes, i);
    if (fewer) yield { ...program, nodes: fewer };
  }
  for (let i = 0; i < nodes.length; i++)
    for (const name of Object.keys(nodes[i]!.layer.options)) {
      const layer = withoutOption(nodes[i]!, name);
      yield {
        ...program,
        nodes: nodes.map((node, j) => (j === i || node.again === i ? { ...node, layer } : node)),
      };
    }
}

function withoutOption({ layer }: Node, name: string): Node["layer"] {
  const rest = (options: Options, left: string): Options =>
    Object.fromEntries(Object.entries(options).filter(([other]) => other !== left));
  const keras = { ...layer.keras, options: rest(layer.keras.options, snakeCase(name)) };
  return { ...layer, options: rest(layer.options, name), keras };
}

/** The nodes without one: what read it reads its first input. */
function without(nodes: readonly Node[], left: number): Node[] | undefined {
  if (nodes.some(({ again }) => again === left)) return undefined;
  const instead = nodes[left]!.inputs[0]!;
  const moved = (i: number): number => (i === left ? instead : i > left ? i - 1 : i);
  const kept = nodes
    .filter((_, i) => i !== left)
    .map(({ again, ...node }) => ({
      ...node,
      inputs: node.inputs.map(moved),
      ...(again !== undefined && { again: moved(again) }),
    }));
  // a branch that nothing reads goes with what it was for
  const used = new Set(kept.flatMap(({ inputs }) => inputs));
  return kept.every((_, i) => i === kept.length - 1 || used.has(i)) ? kept : undefined;
}
