/** How much wasm memory training takes, told before anything is allocated. */
import { lengthened } from "../lengths/network.ts";
import { countParameters, type Graph, shapeAt, weightsOf } from "../network/graph.ts";
import type { ModelState } from "../state.ts";
import { stepBytes } from "./stepBytes.ts";

/** Bytes. */
export interface MemoryEstimate {
  /** The weights. */
  parameters: number;
  /** The trainable weights' gradients. */
  gradients: number;
  /** The optimizer's slots. */
  optimizer: number;
  /** The weights' moving average. */
  average: number;
  /** Outputs of all layers, their gradients, the batch and kernel scratch, for one step. */
  activations: number;
  /** The sum of all. */
  total: number;
}

/** Estimated bytes of a training step, as `net.memory` tells them. */
export function memoryOf(
  { graph: open, compiled, inputs }: ModelState,
  { batchSize = 32, ema = 0, length }: { batchSize?: number; ema?: number; length?: number },
): MemoryEstimate {
  const graph = lengthened("memory", open, length);
  const { total: parameters, trainable } = countParameters(weightsOf(graph));
  const slots = compiled?.updater.optimizer.slots.length ?? 2;
  // pictures are mostly bytes, which become floats in the step
  const areBytes = inputs.normalization !== undefined || graph.inputShape.length === 3;
  const bytes = {
    parameters: 4 * parameters,
    gradients: 4 * trainable,
    optimizer: 4 * slots * trainable,
    average: ema > 0 ? 4 * parameters : 0,
    activations:
      stepBytes(graph, batchSize, areBytes, compiled) + (compiled ? 0 : scratchBytes(graph, batchSize)),
  };
  return { ...bytes, total: Object.values(bytes).reduce((sum, part) => sum + part, 0) };
}

/** What the kernels' packed blocks take at the most, and the block of A alone. */
const maxPacking = 1 << 20; // bytes
const packedA = 1 << 16; // bytes

/** What kernels take while they are at work, where there are none yet that could be asked. */
function scratchBytes(graph: Graph, batchSize: number): number {
  let largest = 0;
  for (const { layer, inputs } of graph.nodes) {
    const scratch = layer.traits?.scratch?.(shapeAt(graph, inputs[0]!), batchSize);
    if (!scratch) continue;
    largest = Math.max(largest, Math.max(scratch.forward, scratch.inputGradient) + scratch.partialGradients);
  }
  const { total } = countParameters(weightsOf(graph));
  return 4 * largest + Math.min(maxPacking, packedA + 4 * total);
}
