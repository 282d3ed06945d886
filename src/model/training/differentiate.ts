/** A batch through the network and back: what a training step does to a model, but for the optimizer's part. */
import type { Engine } from "../../autograd/engine.ts";
import type { Tape } from "../../autograd/tape.ts";
import { isBuiltIn } from "../../registry.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { type ForwardOptions, forward } from "../network/forward.ts";
import type { Graph } from "../network/graph.ts";
import type { Parameters } from "../network/parameters.ts";
import type { Compiled, TrainingContext } from "./context.ts";
import { masksOf, type Objective, objective, type Wanted } from "./objective.ts";

/** What it needs of a compiled model. */
interface Trained extends Pick<Compiled, "heads" | "fused"> {
  readonly engine: Engine;
  readonly parameters: Pick<Parameters, "all" | "frozen" | "trainable">;
}

/** What it has left beside the gradients. */
export interface Passed {
  readonly loss: Tensor;
  readonly losses: Objective["losses"];
  readonly outputs: readonly Tensor[];
  readonly masks: readonly (Tensor | undefined)[];
}

/** What steps of training work on. */
export interface StepContext extends TrainingContext {
  /** What computes the gradients of a step. Default: `differentiate`. */
  pass?: typeof differentiate;
}

/** Whether all code of a step is of the package, so that nobody keeps a tensor of it or decides by anything but shapes. */
export function isBuilt(graph: Graph, heads: Compiled["heads"]): boolean {
  return [...heads.map(({ loss }) => loss), ...graph.nodes.map(({ layer }) => layer)].every(({ call }) =>
    isBuiltIn(call),
  );
}

/**
 * @param gradients of the trainable weights, which are overwritten
 * @param wanted two of them where examples are mixed
 * @param frees whether memory is freed as soon as the gradient of what lies in it is done
 * @param tape of the trainable weights. Default: one that keeps all values until then
 */
export function differentiate(
  graph: Graph,
  { engine, parameters, heads, fused }: Trained,
  gradients: readonly Tensor[],
  inputs: readonly Tensor[],
  wanted: readonly Wanted[],
  draw: Pick<ForwardOptions, "seed" | "step">,
  frees: boolean,
  tape?: Tape,
): Passed {
  let outputs = inputs;
  let losses: Passed["losses"] = [];
  let masks: Passed["masks"] = [];
  const loss = engine.differentiate(
    () => {
      const penalties: Tensor[] = [];
      outputs = forward(graph, parameters, inputs, { training: true, ...draw, logits: fused, penalties });
      const found = objective({ heads, parameters }, outputs, wanted, penalties);
      masks = masksOf({ heads }, outputs);
      losses = found.losses;
      return found.total;
    },
    parameters.trainable.map(({ value }) => value),
    gradients,
    frees ? () => [...outputs, ...losses, ...masks.flatMap((mask) => mask ?? [])] : undefined,
    tape,
  );
  return { loss, losses, outputs, masks };
}
