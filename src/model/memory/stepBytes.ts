/**
 * The memory of a training step, found by making one without numbers: the network, the loss and the gradients of the step itself, on an
 * engine whose kernels do nothing. What allocates in training is counted here, whatever layer or loss it is of.
 */
import { shapeEngine } from "../../autograd/shapeEngine.ts";
import * as ops from "../../ops/index.ts";
import { stepCounter } from "../../ops/random.ts";
import { builtIn } from "../../registry.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { type Graph, weightsOf } from "../network/graph.ts";
import { normalized, storedInputs, storedTargets } from "../training/batches.ts";
import type { Compiled } from "../training/context.ts";
import { differentiate, isBuilt } from "../training/differentiate.ts";
import { predictionsOf } from "../training/objective.ts";

/**
 * Bytes that a step takes beside weights, gradients and the optimizer's slots.
 * @param areBytes whether examples come as bytes
 * @param compiled its losses, and the kernels that say what they need while they are at work. Default: a mean, and nothing
 * @param pass what computes the gradients of the step
 */
export function stepBytes(
  graph: Graph,
  batchSize: number,
  areBytes: boolean,
  compiled: Pick<Compiled, "engine" | "heads" | "fused"> | undefined,
  pass: typeof differentiate = differentiate,
): number {
  const { engine, peakBytes } = shapeEngine(compiled?.engine.allocator.kernels);
  const { allocator } = engine;
  const all = weightsOf(graph).map((spec) => ({ spec, value: allocator.allocate(spec.shape) }));
  const trainable = all.filter(({ spec }) => spec.trainable);
  const frozen = new Set(
    graph.nodes.flatMap(({ layer, weights }, i) => (layer.trainable || weights.length === 0 ? [] : [i])),
  );
  const parameters = { all, trainable, frozen };
  const variables = trainable.map(({ value }) => value);
  const { heads, fused } = compiled ?? { heads: squaresOf(graph), fused: new Set<number>() };
  const trained = { engine, parameters, heads, fused };
  const frees = isBuilt(graph, heads);
  const step = (): void => {
    const x = storedInputs(engine, graph, areBytes ? new Uint8Array(0) : new Float32Array(0), batchSize);
    const targets = storedTargets(engine, batchSize, heads);
    const counter = stepCounter(allocator);
    const inputs = normalized(x);
    const wanted = [{ targets, factors: undefined }];
    const { outputs } = pass(graph, trained, variables, inputs, wanted, { seed: 0, step: counter }, frees);
    predictionsOf({ heads }, outputs);
  };
  try {
    engine.step(step);
  } catch {
    // nothing to learn, or code of users that wants numbers: as far as it came
  }
  return peakBytes();
}

/** What stands for losses that are not known yet: the mean squares of the outputs. */
function squaresOf({ nodes, outputs }: Graph): Compiled["heads"] {
  const call = builtIn((y: Tensor) => ops.multiply(y, y));
  const loss = { targets: "dense", call };
  return outputs.map(
    ({ node }, output) => ({ output, shape: nodes[node]!.outputShape, loss, weight: 1 }) as never,
  );
}
