/**
 * Steps that make results twice to hold less: the plan of a network and a batch size, found by steps without numbers. Imported where a
 * run asks for it.
 */
import { ObservingTape } from "../../autograd/observingTape.ts";
import { candidates } from "../../autograd/recomputePlan.ts";
import { type RecomputePlan, RecomputingTape } from "../../autograd/recomputingTape.ts";
import type { Tape } from "../../autograd/tape.ts";
import { AnygradError } from "../../errors.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Graph } from "../network/graph.ts";
import type { Compiled } from "../training/context.ts";
import { differentiate } from "../training/differentiate.ts";
import { stepBytes } from "./stepBytes.ts";

type Pass = typeof differentiate;
type Plans = WeakMap<Graph, Map<number, RecomputePlan>>;

/** Plans of compiled models, by networks, which differ in their lengths, and batch sizes: runs of few steps do not make them again. */
const found = new WeakMap<Compiled, Plans>();

/**
 * `differentiate` with less memory: the same bits.
 * @param compiled the model, whose kernels say what they need; undefined before compile
 * @param plansOf among which the one that takes least is found
 */
export function recomputing(compiled: Compiled | undefined, plansOf: typeof candidates = candidates): Pass {
  const isUsual = compiled !== undefined && plansOf === candidates;
  const plans: Plans = (isUsual ? found.get(compiled) : undefined) ?? new WeakMap();
  if (isUsual) found.set(compiled, plans);
  return (graph, trained, gradients, inputs, wanted, draw) => {
    const variables = trained.parameters.trainable.map(({ value }) => value);
    const n = inputs[0]!.shape[0]!;
    const known = plans.get(graph) ?? new Map<number, RecomputePlan>();
    plans.set(graph, known);
    const plan =
      known.get(n) ?? planFor(graph, n, compiled && { ...trained, engine: compiled.engine }, plansOf);
    known.set(n, plan);
    return differentiate(
      graph,
      trained,
      gradients,
      inputs,
      wanted,
      draw,
      true,
      new RecomputingTape(variables, plan),
    );
  };
}

/**
 * The plan by which a step takes least memory.
 * @throws AnygradError UNSUPPORTED where a step without numbers fails, as code of users may that decides by them
 */
function planFor(
  graph: Graph,
  batchSize: number,
  compiled: Pick<Compiled, "engine" | "heads" | "fused"> | undefined,
  plansOf: typeof candidates,
): RecomputePlan {
  /** Bytes of a step on a tape of this kind, and whether it came to its end. */
  const trial = (
    tapeFor: (variables: readonly Tensor[], targets: readonly Tensor[]) => Tape,
  ): { bytes: number; isWhole: boolean } => {
    let isWhole = false;
    const pass: Pass = (at, trained, gradients, inputs, wanted, draw) => {
      const variables = trained.parameters.trainable.map(({ value }) => value);
      const tape = tapeFor(
        variables,
        wanted.flatMap(({ targets }) => targets),
      );
      const passed = differentiate(at, trained, gradients, inputs, wanted, draw, true, tape);
      isWhole = true;
      return passed;
    };
    return { bytes: stepBytes(graph, batchSize, false, compiled, pass), isWhole };
  };
  let observer: ObservingTape | undefined;
  const seen = trial((variables, targets) => {
    observer = new ObservingTape(variables, targets);
    return observer;
  });
  const observation = observer?.observation;
  if (!observation || !seen.isWhole)
    throw new AnygradError(
      "UNSUPPORTED",
      "fit: recompute: a layer or loss of your own cannot run without numbers, so that there is no plan of what to compute twice; let shapes alone decide what it does, or leave recompute out",
    );
  let best: RecomputePlan = [];
  let least = Number.POSITIVE_INFINITY;
  for (const plan of plansOf(observation)) {
    const { bytes, isWhole } = trial((variables) => new RecomputingTape(variables, plan));
    if (isWhole && bytes < least) [best, least] = [plan, bytes];
  }
  return best;
}
