/** A network that takes examples of any length, at the lengths that some have: connected anew, with the same weights. */
import { AnygradError } from "../../errors.ts";
import { checkCount } from "../../math/checks.ts";
import { formatShape, type Shape } from "../../tensor/shape.ts";
import { checkSameWeights, connect } from "../network/connect.ts";
import { type Graph, isOpen, type NetworkInput } from "../network/graph.ts";
import { kept } from "../network/kept.ts";

/** Networks by those that they are of, and by the shapes of their inputs. */
const known = new WeakMap<Graph, Map<string, Graph>>();
/** Lengths that are kept: a server may be asked for ever others. */
const most = 64;

/** @throws AnygradError SHAPE_MISMATCH where layers do not fit these lengths, or want other weights */
export function graphAt(subject: string, graph: Graph, shapes: readonly Shape[]): Graph {
  const graphs = known.get(graph) ?? new Map<string, Graph>();
  known.set(graph, graphs);
  const make = (): Graph => {
    const { nodes, inputs, outputs, forms } = graph;
    const given = inputs.map(({ name }, i) => ({ name, shape: shapes[i]! }));
    const made = connect(nodes, { inputs: given, outputs, forms, anySteps: true });
    const lengths = shapes.map(formatShape).join(" and ");
    const wanted = inputs.map(({ shape }) => formatShape(shape)).join(" and ");
    checkSameWeights(
      graph,
      made,
      (what) =>
      `${subject}: at ${lengths} ${what} of another shape, so that the network works at ${wanted} alone; pad all sequences to that, or pool over the steps in place of flattening`, // biome-ignore format: one text
    );
    return made;
  };
  return kept(graphs, shapes.join("; "), make, most);
}

/** The network at one length of all its inputs, where it takes any. @throws AnygradError INVALID_ARGUMENT where one is open and not said, or said and not open */
export function lengthened(subject: string, graph: Graph, length: number | undefined): Graph {
  if (!isOpen(graph) && length === undefined) return graph;
  if (isOpen(graph) && length !== undefined) {
    checkCount(`${subject}: length`, length);
    const shapes = graph.inputs.map(({ shape, others = shape }) =>
      shape.map((n, i) => (n === others[i] ? n : length)),
    );
    return graphAt(subject, graph, shapes);
  }
  throw new AnygradError(
    "INVALID_ARGUMENT",
    length === undefined
      ? `${subject}: the model takes examples of any length; say one, such as { length: 100 }`
      : `${subject}: length is ${length} but the model takes examples of one length alone; leave it out`,
  );
}

/** Whether an example of this shape goes into an input. */
export function fitsInput({ shape: wanted, others = wanted }: NetworkInput, shape: Shape): boolean {
  return shape.length === wanted.length && wanted.every((n, i) => n === shape[i] || n !== others[i]);
}
