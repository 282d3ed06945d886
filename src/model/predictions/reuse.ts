/**
 * Memory of predictions: what a layer has made for itself, and an output that no later layer takes, is free for what comes next. A
 * step of training keeps all of it for its backward pass. A picture of 224 pixels through MobileNetV2 took 16 MB beside the weights
 * instead of 115.
 */
import { isBuiltIn } from "../../registry.ts";
import { sizeOf } from "../../tensor/shape.ts";
import type { TensorAllocator } from "../../tensor/tensor.ts";
import type { Graph, Node } from "../network/graph.ts";

/** Runs forward passes of a network. */
type Run = <T>(allocator: TensorAllocator, work: (graph: Graph) => T) => T;
/** Bytes of the outputs of all layers from which on memory is used again: it costs some microseconds a layer. */
const worthwhile = 1 << 22;

const known = new WeakMap<Graph, (allocator: TensorAllocator) => Graph>();

/**
 * Runs work on a network for this many examples at once: on one with layers that free what nobody needs any more, where that is much.
 * undefined elsewhere. Networks with masks, which are made of what a layer was given long before, and with code of users, who may keep tensors, stay as
 * they are.
 */
export function thrifty(graph: Graph, examples: number): Run | undefined {
  const { nodes } = graph;
  const floats = nodes.reduce((sum, { outputShape }) => sum + sizeOf(outputShape), 0);
  const isPlain = nodes.every(({ layer }) => !layer.traits?.mask && isBuiltIn(layer.call));
  if (4 * floats * examples < worthwhile || !isPlain) return undefined;
  const freeing = known.get(graph) ?? freed(graph);
  known.set(graph, freeing);
  return (allocator, work) => work(freeing(allocator));
}

function freed(graph: Graph): (allocator: TensorAllocator) => Graph {
  const { nodes, outputs } = graph;
  /** The last place that takes what a place, or an input, gives. */
  const last = new Map<number, number>();
  nodes.forEach(({ inputs }, i) => {
    for (const at of inputs) last.set(at, i);
  });
  for (const { node } of outputs) last.set(node, nodes.length);
  const isNeeded = (at: number, after: number): boolean => (last.get(at) ?? -1) > after;
  return (allocator) => {
    const first = allocator.made.length;
    const freeing = (node: Node, i: number): Node => ({
      ...node,
      layer: {
        ...node.layer,
        call(inputs, call) {
          const y = node.layer.call(inputs, call);
          const { outputs: all, given } = call.place;
          allocator.keep(first, [
            ...given.filter((_, k) => isNeeded(-1 - k, i)),
            ...all.filter((_, at) => isNeeded(at, i)),
            y,
          ]);
          return y;
        },
      },
    });
    return { ...graph, nodes: nodes.map(freeing) };
  };
}
