/**
 * Batches of sequences that are shorter than the model's, or longer: the same network with the same weights, at their length. What
 * depends on the number of steps, such as a dense layer behind a flattened sequence, is refused.
 */
import { AnygradError, quote } from "../../../errors.ts";
import { formatShape, type Shape, sameShape } from "../../../tensor/shape.ts";
import { connect } from "../../network/connect.ts";
import type { Graph } from "../../network/graph.ts";
import { aimOf, type Compiled, type TrainingContext } from "../context.ts";
import { classesLast } from "../outputs/classAxis.ts";

/** A compiled network at a length of its own. */
export type AtSteps = Pick<TrainingContext, "graph" | "compiled">;

export class OwnSteps {
  readonly #whole: AtSteps;
  readonly #known = new Map<number, AtSteps>();

  constructor(whole: AtSteps) {
    this.#whole = whole;
  }

  /** The network for examples of this shape, with the batch axis. @throws AnygradError INVALID_ARGUMENT, SHAPE_MISMATCH */
  of(subject: string, shape: unknown): AtSteps {
    const { graph, compiled } = this.#whole;
    const [, steps, ...rest] = Array.isArray(shape) ? (shape as Shape) : [];
    const [first] = graph.inputs;
    if (steps === undefined || graph.inputs.length > 1)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `${subject}: ownSteps is for one input, whose x is { shape: [n, steps, …], data }; got ${quote(shape)}`,
      );
    if (steps === first!.shape[0]) return this.#whole;
    const known = this.#known.get(steps);
    if (known) return known;
    const made = atLength(subject, graph, compiled, [
      steps,
      ...(rest.length > 0 ? rest : first!.shape.slice(1)),
    ]);
    this.#known.set(steps, made);
    return made;
  }
}

function atLength(subject: string, graph: Graph, compiled: Compiled, shape: Shape): AtSteps {
  const { nodes, inputs, outputs, forms } = graph;
  const changed = connect(nodes, { inputs: [{ ...inputs[0]!, shape }], outputs, forms });
  changed.nodes.forEach(({ name, weights }, i) => {
    const other = weights.find((spec, w) => !sameShape(spec.shape, nodes[i]!.weights[w]!.shape));
    if (other)
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `${subject}: at ${shape[0]} steps the layer "${name}" wants a ${other.name} of ${formatShape(other.shape)}, so that the network works at ${inputs[0]!.shape[0]} alone; pad all sequences to that, or pool over the steps in place of flattening`,
      );
  });
  const heads = compiled.heads.map((head) => {
    const { outputShape } = changed.nodes[changed.outputs[head.output]!.node]!;
    const { classAxis } = head.loss;
    return {
      ...head,
      shape: classAxis === undefined ? outputShape : classesLast(outputShape, classAxis, []),
    };
  });
  return { graph: changed, compiled: { ...compiled, heads, aim: aimOf(heads) } };
}
