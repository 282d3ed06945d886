/**
 * The memory of a training step, found by making one without numbers: the network, the loss and the gradients of the step itself, on an
 * engine whose kernels do nothing. What allocates in training is counted here, whatever layer or loss it is of.
 */
import { shapeEngine } from "../../autograd/shapeEngine.ts";
import * as ops from "../../ops/index.ts";
import { stepCounter } from "../../ops/random.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { forward } from "../network/forward.ts";
import { type Graph, weightsOf } from "../network/graph.ts";
import { normalized, storedInputs, storedTargets } from "../training/batches.ts";
import type { Compiled } from "../training/context.ts";
import { objective, predictionsOf } from "../training/objective.ts";

/**
 * Bytes that two steps take at the most: the first takes its memory in pieces, later ones in one.
 * @param areBytes whether examples come as bytes
 * @param compiled its losses, and the kernels that say what they need while they are at work. Default: a mean, and nothing
 */
export function stepBytes(
  graph: Graph,
  batchSize: number,
  areBytes: boolean,
  compiled: Pick<Compiled, "engine" | "heads" | "fused"> | undefined,
): number {
  const { engine, peakBytes } = shapeEngine(compiled?.engine.allocator.kernels);
  const { allocator } = engine;
  const all = weightsOf(graph).map((spec) => ({ spec, value: allocator.allocate(spec.shape) }));
  const trainable = all.filter(({ spec }) => spec.trainable);
  const frozen = new Set(graph.nodes.flatMap(({ layer }, i) => (layer.trainable ? [] : [i])));
  const parameters = { all, trainable, frozen };
  const variables = trainable.map(({ value }) => value);
  const heads = compiled?.heads ?? [];
  const step = (): void => {
    const x = storedInputs(engine, graph, areBytes ? new Uint8Array(0) : new Float32Array(0), batchSize);
    const targets = storedTargets(engine, batchSize, heads);
    const counter = stepCounter(allocator);
    const inputs = normalized(x);
    let outputs: readonly Tensor[] = [];
    engine.differentiate(
      () => {
        const penalties: Tensor[] = [];
        const logits = compiled?.fused ?? new Set<number>();
        outputs = forward(graph, parameters, inputs, {
          training: true,
          seed: 0,
          step: counter,
          logits,
          penalties,
        });
        return heads.length > 0
          ? objective({ heads, parameters }, outputs, [{ targets, factors: undefined }], penalties).total
          : outputs.map((output) => ops.mean(output)).reduce((sum, each) => ops.add(sum, each));
      },
      variables,
      variables,
    );
    predictionsOf({ heads }, outputs);
  };
  // first values are drawn in steps, too, of which the first piece of the memory stays
  for (const { spec } of all) engine.step(() => allocator.allocate(spec.shape));
  try {
    for (let i = 0; i < 2; i++) engine.step(step);
  } catch {
    // nothing to learn, or code of users that wants numbers: as far as it came
  }
  return peakBytes();
}
