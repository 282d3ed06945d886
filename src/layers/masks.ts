/**
 * Masks of steps. A mask [n, steps] is 0 where a step of a sequence is to be passed over. Layers that make one say so in their
 * traits; whoever wants it looks back through the network for it, and a network without such layers does nothing of it.
 */
import type { Loss } from "../losses/loss.ts";
import * as ops from "../ops/index.ts";
import { builtIn, isBuiltIn } from "../registry.ts";
import type { Tensor, TensorAllocator } from "../tensor/tensor.ts";
import type { CallPlace, LayerTraits } from "./layer.ts";

/** Masks that have been made in this step, by the output they belong to. */
const made = new WeakMap<Tensor, Tensor>();

/** The mask of the first input of the layer at a place; undefined where there is none. */
export function maskOf(place: CallPlace): Tensor | undefined {
  const from = place.nodes[place.i]?.inputs[0] ?? -1;
  return from < 0 ? undefined : maskBehind({ ...place, i: from });
}

/**
 * The mask of what the layer at a place has given. It goes through layers that leave the axis of the steps as it is, and
 * through merging layers whose inputs all have one; a step counts then where it counts in all of them.
 */
export function maskBehind(place: CallPlace): Tensor | undefined {
  const { nodes, outputs, given, i } = place;
  const output = outputs[i]!;
  const known = made.get(output);
  if (known) return known;
  const { layer, inputs } = nodes[i]!;
  const taken = inputs.map((from) => (from < 0 ? given[-1 - from]! : outputs[from]!));
  const { mask, merges, takesStates } = layer.traits ?? {};
  let found: Tensor | undefined;
  if (mask) found = mask(taken[0]!);
  else if (taken[0]!.shape.length > 2 && output.shape.length > 2 && output.shape[1] === taken[0]!.shape[1]) {
    // the further inputs of recurrent layers are states
    const sources = merges && !takesStates ? inputs : inputs.slice(0, 1);
    const masks = sources.map((from) => (from < 0 ? undefined : maskBehind({ ...place, i: from })));
    const all = masks.filter((each) => each !== undefined);
    if (all.length === masks.length) found = all.reduce((a, b) => ops.multiply(a, b));
  }
  if (found) made.set(output, found);
  return found;
}

/** The network with masks that an engine has run last. */
const networks = new WeakMap<TensorAllocator, CallPlace>();

/** Tells that a layer that makes a mask runs, so that the loss finds the network. */
export function noteMask(place: CallPlace): void {
  networks.set(place.given[0]!.allocator, place);
}

/** The traits of a layer that makes a mask of its input. */
export function masks(mask: (x: Tensor) => Tensor): LayerTraits {
  return { mask, ofLoss: masked };
}

const maskedLosses = new WeakSet<Loss>();

/**
 * The loss with the losses of masked steps left out: its mean is that of the steps that count, as in Keras. Only where an output
 * has a mask, and the loss a number for each step.
 */
function masked(loss: Loss): Loss {
  if (maskedLosses.has(loss)) return loss;
  const call: Loss["call"] = (predictions, targets, logits) => {
    const losses = loss.call(predictions, targets, logits);
    const network = networks.get(predictions.allocator);
    const i = network?.outputs.indexOf(predictions) ?? -1;
    const mask = i < 0 ? undefined : maskBehind({ ...network!, i });
    const [n, steps] = losses.shape;
    if (!mask || mask.shape[0] !== n || mask.shape[1] !== steps) return losses;
    const share = ops.divide(ops.multiply(mask, mask.size), ops.add(ops.sum(mask), 1e-7));
    return ops.multiply(losses, ops.reshape(share, [n!, steps!, ...losses.shape.slice(2).map(() => 1)]));
  };
  const whole = { ...loss, call: isBuiltIn(loss.call) ? builtIn(call) : call };
  maskedLosses.add(whole);
  return whole;
}
