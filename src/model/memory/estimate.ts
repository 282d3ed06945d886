/** How much wasm memory training takes, told before anything is allocated. */

import { smallestChunk } from "../../memory/arena.ts";
import { lengthened } from "../lengths/network.ts";
import { countParameters, weightsOf } from "../network/graph.ts";
import type { ModelState } from "../state.ts";
import type { StepContext } from "../training/differentiate.ts";
import { stepBytes } from "./stepBytes.ts";

/** What a step is like whose memory is told. */
export interface MemoryOptions {
  /** Examples a step. Default 32. */
  batchSize?: number;
  /** As `fit` takes it. Default 0. */
  ema?: number;
  /** Length of the examples, of a model that takes any. */
  length?: number;
}

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

/** Estimated bytes of a training step, as `net.memory` tells them. @param pass what computes its gradients */
export function memoryOf(
  { graph: open, compiled, inputs }: ModelState,
  { batchSize = 32, ema = 0, length }: MemoryOptions,
  pass?: StepContext["pass"],
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
    activations: Math.max(smallestChunk, stepBytes(graph, batchSize, areBytes, compiled, pass)),
  };
  return { ...bytes, total: Object.values(bytes).reduce((sum, part) => sum + part, 0) };
}
