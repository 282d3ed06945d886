/** How much wasm memory a training step needs, worked out from shapes before anything is allocated. */
import { sizeOf } from "../../tensor/shape.ts";
import { countParameters, type Graph, shapeAt, weightsOf } from "./graph.ts";

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

/** What the kernels' packed blocks take at the most, and the block of A alone. */
const maxPacking = 1 << 20; // bytes
const packedA = 1 << 16; // bytes
/** A step takes its memory in pieces of at least this much, until it knows how much it needs. */
const piece = 1 << 18; // bytes

/** @param slots arrays that the optimizer keeps per trainable parameter @param averaged whether weights are */
export function estimateMemory(
  graph: Graph,
  batchSize: number,
  slots: number,
  averaged: boolean,
): MemoryEstimate {
  const { total: parameters, trainable } = countParameters(weightsOf(graph));
  let floats = 1.25 * sizeOf(graph.inputShape); // pixels as bytes, and on the network's scale
  let copies = 0;
  let partialGradients = 0;
  const { off, takes } = graph.fusing;
  const learning = new Set<number>(); // nodes whose outputs have gradients
  const handedOver = new Set(
    graph.nodes.flatMap(({ layer, inputs }) => (layer.traits?.merges?.handsOver ? inputs : [])),
  );
  graph.nodes.forEach(({ layer, outputShape, inputs, weights }, i) => {
    const { traits = {} } = layer;
    const hasGradient = inputs.some((input) => learning.has(input));
    if (hasGradient || (layer.trainable && weights.length > 0)) learning.add(i);
    // an activation that a neighbour applies leaves its layer nothing to do
    if (traits.isView || (off.has(i) && traits.onlyActivates)) return;
    const shapes = inputs.map((at) => shapeAt(graph, at));
    const inputShape = shapes[0]!;
    const size = sizeOf(outputShape);
    floats += size + (traits.keeps?.(inputShape) ?? 0);
    // a gradient that two hold is copied before it is changed
    if (handedOver.has(i)) floats += size;
    if (traits.merges) {
      floats += size * traits.merges.arrays(shapes, outputShape);
      return;
    }
    const isLast = graph.outputs.some(({ node }) => node === i); // whose loss mostly takes its logits
    if (traits.steps && !isLast) floats += size * traits.steps;
    if (traits.takesActivation === "ofPrevious" && takes.has(i)) floats += size; // before and after it
    if (hasGradient && !traits.gradientInPlace) floats += sizeOf(inputShape);
    const scratch = traits.scratch?.(inputShape, batchSize);
    if (!scratch) return;
    copies = Math.max(copies, scratch.forward, hasGradient ? scratch.inputGradient : 0);
    partialGradients = Math.max(partialGradients, scratch.partialGradients);
  });
  const step =
    Math.ceil(4 * (batchSize * floats + copies + partialGradients)) +
    Math.min(maxPacking, packedA + 4 * parameters);
  const bytes = {
    parameters: 4 * parameters,
    gradients: 4 * trainable,
    optimizer: 4 * slots * trainable,
    average: averaged ? 4 * parameters : 0,
    activations: Math.max(step, Math.ceil(Math.min(step, 2 * piece) / piece) * piece),
  };
  return { ...bytes, total: Object.values(bytes).reduce((sum, part) => sum + part, 0) };
}
