/**
 * Masks of steps. A mask [n, steps] is 0 where a step of a sequence is to be passed over. Layers that make one say so in their
 * traits; whoever wants it looks back through the network for it, and a network without such layers does nothing of it.
 */
import * as ops from "../ops/index.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { CallPlace } from "./layer.ts";

/** Masks that have been made in this step, by the output they belong to. */
const made = new WeakMap<Tensor, Tensor>();

/** The mask of the first input of a layer; undefined where there is none. */
export function maskOf({ nodes, outputs, i }: CallPlace, input: Tensor): Tensor | undefined {
  const from = nodes[i]?.inputs[0] ?? -1;
  return from < 0 ? undefined : maskBehind({ nodes, outputs, input, i: from });
}

/**
 * The mask of what the layer at a place has given. It goes through layers that leave the axis of the steps as it is, and
 * through merging layers whose inputs all have one; a step counts then where it counts in all of them.
 */
export function maskBehind(place: CallPlace): Tensor | undefined {
  const { nodes, outputs, input, i } = place;
  const output = outputs[i]!;
  const known = made.get(output);
  if (known) return known;
  const { layer, inputs } = nodes[i]!;
  const taken = inputs.map((from) => (from < 0 ? input : outputs[from]!));
  const { mask, merges, reversed } = layer.traits ?? {};
  let found: Tensor | undefined;
  if (mask) found = mask(taken[0]!);
  else if (taken[0]!.shape.length > 2 && output.shape.length > 2 && output.shape[1] === taken[0]!.shape[1]) {
    // the further inputs of recurrent layers are states
    const sources = merges && !reversed ? inputs : inputs.slice(0, 1);
    const masks = sources.map((from) => (from < 0 ? undefined : maskBehind({ ...place, i: from })));
    const all = masks.filter((each) => each !== undefined);
    if (all.length === masks.length) found = all.reduce((a, b) => ops.multiply(a, b));
  }
  if (found) made.set(output, found);
  return found;
}
