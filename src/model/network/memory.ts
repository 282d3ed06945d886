/** How much wasm memory a training step needs, worked out from shapes before anything is allocated. */
import { imagesPerGroup, maxGroups } from "../../kernels/abi.generated.ts";
import { sizeOf } from "../../tensor/shape.ts";
import { countParameters, type Graph, weightsOf } from "./graph.ts";

/** Bytes. */
export interface MemoryEstimate {
  parameters: number;
  gradients: number;
  optimizer: number;
  /** The weights' moving average. */
  average: number;
  /** Outputs of all layers, their gradients, the batch and kernel scratch, for one step. */
  activations: number;
  total: number;
}

/** What the kernels' packed blocks take at the most, and the block of A alone. */
const maxPacking = 1 << 20; // bytes
const packedA = 1 << 16; // bytes
/** A step takes its memory in pieces of at least this much, until it knows how much it needs. */
const piece = 1 << 18; // bytes

/** A kernel gradient is summed in groups of images, each with a kernel of its own, and with Winograd's, four times as large. */
const copies = 5;

/** Layers that only give another shape, and layers whose gradient takes the place of their output's. */
const views: ReadonlySet<string> = new Set(["flatten", "reshape"]);
const inPlace: ReadonlySet<string> = new Set([
  "activation",
  "batchNormalization",
  "dropout",
  "relu",
  "sigmoid",
  "tanh",
]);

/** @param slots arrays that the optimizer keeps per trainable parameter @param averaged whether weights are */
export function estimateMemory(
  graph: Graph,
  batchSize: number,
  slots: number,
  averaged: boolean,
): MemoryEstimate {
  const { total: parameters, trainable } = countParameters(weightsOf(graph));
  let floats = 2 * sizeOf(graph.inputShape);
  let scratch = 0;
  let kernel = 0;
  const { off, takes } = graph.fusing;
  graph.nodes.forEach(({ layer, outputShape, inputs, weights }, i) => {
    // an activation that a neighbour applies leaves its layer nothing to do
    if (views.has(layer.type) || (off.has(i) && layer.onlyActivates)) return;
    const input = sizeOf(inputs[0]! < 0 ? graph.inputShape : graph.nodes[inputs[0]!]!.outputShape);
    const size = sizeOf(outputShape);
    floats += size;
    // a gradient that two hold is copied before it is changed
    const consumers = graph.nodes.filter((node) => node.inputs.includes(i));
    if (consumers.some((node) => node.layer.merges?.handsOver)) floats += size;
    if (layer.merges) {
      floats += size * layer.merges.arrays(inputs.length);
      return;
    }
    if (layer.takesActivation === "ofPrevious" && takes.has(i)) floats += size; // before and after it
    if (inputs[0]! >= 0 && !inPlace.has(layer.type)) floats += input; // its gradient
    // convolutions pad their input, or their output's gradient, in scratch
    if (outputShape.length === 3 && weights.length > 0) scratch = Math.max(scratch, input, 1.7 * size);
    for (const { shape } of weights) if (shape.length === 4) kernel = Math.max(kernel, sizeOf(shape));
  });
  const groups = Math.max(1, Math.min(maxGroups, Math.floor(batchSize / imagesPerGroup)));
  const step =
    Math.ceil(4 * (batchSize * (floats + scratch) + groups * copies * kernel)) +
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
