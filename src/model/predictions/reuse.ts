/**
 * Memory of predictions: what a layer has made for itself, and an output that no later layer takes, is free for what comes next. A
 * step of training keeps all of it for its backward pass. A picture of 224 pixels through MobileNetV2 took 16 MB beside the weights
 * instead of 115.
 */
import { align } from "../../memory/heap.ts";
import { isBuiltIn } from "../../registry.ts";
import { sizeOf } from "../../tensor/shape.ts";
import type { Storage, Tensor } from "../../tensor/tensor.ts";
import type { Graph } from "../network/graph.ts";

/** A stretch of memory. */
interface Block {
  offset: number;
  bytes: number;
}

/** The memory of the tensors of one step. */
class StepMemory {
  #free: Block[] = [];
  #used: Storage[] = [];

  /** Memory for a tensor: the smallest stretch that is free again and enough, or fresh memory. */
  readonly take = (bytes: number, generation: number, fresh: () => Storage): Storage => {
    const size = align(bytes);
    let best: Block | undefined;
    for (const block of this.#free)
      if (block.bytes >= size && (!best || block.bytes < best.bytes)) best = block;
    const storage = best ? { offset: best.offset, bytes, generation } : fresh();
    if (best) {
      best.offset += size;
      best.bytes -= size;
    }
    this.#used.push(storage);
    return storage;
  };

  /** Frees all memory in which none of these tensors lies. */
  keep(tensors: readonly Tensor[]): void {
    const pointers = tensors.map(({ pointer }) => pointer);
    const isNeeded = ({ offset, bytes }: Storage): boolean =>
      pointers.some((pointer) => pointer >= offset && pointer < offset + bytes);
    const freed = this.#used.filter((storage) => !isNeeded(storage));
    if (freed.length === 0) return;
    this.#used = this.#used.filter(isNeeded);
    const blocks = freed.map(({ offset, bytes }) => ({ offset, bytes: align(bytes) }));
    const sorted = [...this.#free, ...blocks].sort((a, b) => a.offset - b.offset);
    this.#free = [];
    for (const block of sorted) {
      const last = this.#free.at(-1);
      if (last && last.offset + last.bytes === block.offset) last.bytes += block.bytes;
      else if (block.bytes > 0) this.#free.push(block);
    }
  }
}

/** Runs forward passes of a network. */
type Run = <T>(allocator: Thrifty, work: (graph: Graph) => T) => T;
/** What hands out the memory of tensors. */
interface Thrifty {
  reuse?: StepMemory["take"] | undefined;
}

/** Bytes of the outputs of all layers from which on memory is used again: it costs some microseconds a layer. */
const worthwhile = 1 << 22;

const known = new WeakMap<Graph, (memory: StepMemory) => Graph>();

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
  return (allocator, work) => {
    const memory = new StepMemory();
    allocator.reuse = memory.take;
    try {
      return work(freeing(memory));
    } finally {
      allocator.reuse = undefined;
    }
  };
}

function freed(graph: Graph): (memory: StepMemory) => Graph {
  const { nodes, outputs } = graph;
  /** The last place that takes what a place, or an input, gives. */
  const last = new Map<number, number>();
  nodes.forEach(({ inputs }, i) => {
    for (const at of inputs) last.set(at, i);
  });
  for (const { node } of outputs) last.set(node, nodes.length);
  const isNeeded = (at: number, after: number): boolean => (last.get(at) ?? -1) > after;
  return (memory) => ({
    ...graph,
    nodes: nodes.map((node, i) => ({
      ...node,
      layer: {
        ...node.layer,
        call(inputs, call) {
          const y = node.layer.call(inputs, call);
          const { outputs: all, given } = call.place;
          memory.keep([
            ...given.filter((_, k) => isNeeded(-1 - k, i)),
            ...all.filter((_, at) => isNeeded(at, i)),
            y,
          ]);
          return y;
        },
      },
    })),
  });
}
