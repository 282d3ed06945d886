/** Networks from the editor's layers, and what is told of them while one edits. */
import { type Model, type ModelConfig, modelFromConfig } from "anygrad";
import type { NetworkChoice } from "../recipe/experiment.ts";
import type { LayerRow, NetworkSummary } from "../training/messages.ts";

/** @throws AnygradError where shapes do not fit */
export function networkOf({ layers }: NetworkChoice, inputShape: readonly number[], seed: number): Model {
  return modelFromConfig({
    name: "sequential",
    inputShape: [...inputShape],
    seed,
    layers,
  } as unknown as ModelConfig);
}

export function describeNetwork(
  network: NetworkChoice,
  inputShape: readonly number[],
  outputs: number,
  batchSize: number,
): NetworkSummary {
  try {
    const net = networkOf(network, inputShape, 0);
    const summary = summaryOf(net, batchSize);
    const end = net.outputShape;
    if (end.length === 1 && end[0] === outputs) return summary;
    return { ...summary, error: { layer: network.layers.length - 1, end, outputs } };
  } catch (error) {
    // the layers before the first that does not fit keep their shapes
    for (let count = network.layers.length - 1; count >= 0; count--) {
      const layers = network.layers.slice(0, count);
      const message = error instanceof Error ? error.message : String(error);
      const failed = { layer: count, message: message.replace(/^\w+: /, "") };
      if (count === 0) return { rows: [], parameters: 0, memory: 0, flop: 0, error: failed };
      try {
        return { ...summaryOf(networkOf({ layers }, inputShape, 0), batchSize), error: failed };
      } catch {}
    }
    throw error;
  }
}

export function summaryOf(net: Model, batchSize: number): NetworkSummary {
  const { nodes } = net.graph;
  const rows = nodes.map(
    ({ layer, name, outputShape, weights }): LayerRow => ({
      name,
      type: layer.type,
      outputShape,
      parameters: weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
    }),
  );
  const forward = nodes.reduce((sum, { layer, outputShape, weights }) => {
    const [kernel] = weights;
    if (!kernel || !/^(dense|conv|depthwise)/.test(layer.type)) return sum;
    const places = outputShape.length === 3 ? outputShape[0]! * outputShape[1]! : 1;
    return sum + 2 * places * sizeOf(kernel.shape);
  }, 0);
  return {
    rows,
    parameters: net.parameters.total,
    memory: net.memory({ batchSize }).total,
    flop: 3 * forward, // forward, gradients of the inputs, gradients of the kernels
  };
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
