/**
 * Forward passes that are made once and then repeated: batches of one size make the same kernel calls, as steps of training do
 * (tensor/stepCapture.ts). A prediction of one picture spends most of its time in kernels then.
 */
import type { Dataset, Normalization } from "../../data/dataset.ts";
import { isBuiltIn } from "../../registry.ts";
import { StepCapture } from "../../tensor/stepCapture.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { forward } from "../network/forward.ts";
import type { Graph } from "../network/graph.ts";
import { kept } from "../network/kept.ts";
import type { Parameters } from "../network/parameters.ts";
import { normalized, storedInputs } from "../training/batches.ts";
import type { Compiled } from "../training/context.ts";
import { inference } from "../training/evaluate.ts";

/** A pass: what its inputs are stored in, and what it gives. */
type Pass = StepCapture<Tensor[], Tensor[]>;

/** The passes of a network, by what they depend on: whole batches, and what is left. */
interface Passes {
  readonly graph: Graph;
  readonly byKind: Map<string, Pass>;
}

const known = new WeakMap<Parameters, Passes>();
/** Passes that are kept: of a few sizes, since programs may bring ever new ones. */
const mostPasses = 4;

/** The pass of so many examples, stored as those of x. */
export function passFor(
  { engine, parameters }: Pick<Compiled, "engine" | "parameters">,
  graph: Graph,
  { x, normalization }: { readonly x: Dataset["x"]; readonly normalization: Normalization | undefined },
  examples: number,
): Pass {
  let passes = known.get(parameters);
  if (passes?.graph !== graph) {
    passes = { graph, byKind: new Map() };
    known.set(parameters, passes);
  }
  const { byKind } = passes;
  const kind = `${examples} ${x instanceof Uint8Array} ${normalization?.scale} ${normalization?.shift}`;
  const make = (): Pass =>
    new StepCapture(engine.allocator, {
      repeatable: graph.nodes.every(({ layer }) => isBuiltIn(layer.call)),
      lasting: parameters.all.map(({ value }) => value),
      inputs: () => storedInputs(engine, graph, x, examples),
      run: (stored) => forward(graph, parameters, normalized(stored, normalization), inference()),
    });
  return kept(byKind, kind, make, mostPasses);
}
