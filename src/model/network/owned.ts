/**
 * The weights that layers have. A layer has one set of them in an engine, whichever models it stands in: what trains one model
 * trains all that share the layer. They lie in blocks, side by side as the first model has laid them, and are given back with
 * the last model that holds them.
 */
import { AnygradError } from "../../errors.ts";
import { formatShape, sameShape } from "../../tensor/shape.ts";
import type { Storage, Tensor, TensorAllocator } from "../../tensor/tensor.ts";
import type { NodeWeight } from "./graph.ts";

/** Memory that the weights of several layers lie in. */
export interface Block {
  /** The memory. */
  readonly storage: Storage;
  /** Layers whose weights lie in it. */
  layers: number;
}

/** The weights of a layer in an engine. */
interface Owned {
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly blocks: readonly Block[];
  /** Models that hold them. */
  models: number;
}

const all = new WeakMap<object, Map<TensorAllocator, Owned>>();

/**
 * A weight that the layer has in the engine already; undefined where it has none.
 * @throws AnygradError SHAPE_MISMATCH where it has another shape than is wanted now
 */
export function ownedWeight(
  allocator: TensorAllocator,
  { owner, type, name, shape }: NodeWeight,
): Tensor | undefined {
  const found = all.get(owner)?.get(allocator)?.tensors.get(name);
  if (found && !sameShape(found.shape, shape))
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `compile: ${type} wants a ${name} of ${formatShape(shape)}, but as a layer of another model it has one of ${formatShape(found.shape)}; make another layer`,
    );
  return found;
}

/** The engine where layers have weights already; undefined where none has. */
export function engineOf(owners: readonly object[]): TensorAllocator | undefined {
  for (const owner of owners) for (const allocator of all.get(owner)?.keys() ?? []) return allocator;
  return undefined;
}

/** Notes that a model holds the weights of a layer; the blocks are those of weights that are new. */
export function hold(
  allocator: TensorAllocator,
  owner: object,
  tensors: ReadonlyMap<string, Tensor>,
  blocks: readonly Block[],
): void {
  const engines = all.get(owner) ?? new Map<TensorAllocator, Owned>();
  all.set(owner, engines);
  const known = engines.get(allocator);
  if (known) known.models++;
  else {
    engines.set(allocator, { tensors, blocks, models: 1 });
    for (const block of blocks) block.layers++;
  }
}

/** Notes that a model does so no more, and gives back what nobody holds. */
export function letGo(allocator: TensorAllocator, owner: object): void {
  const engines = all.get(owner);
  const owned = engines?.get(allocator);
  if (!owned || --owned.models > 0) return;
  engines!.delete(allocator);
  for (const block of owned.blocks) if (--block.layers === 0) allocator.release(block.storage);
}
