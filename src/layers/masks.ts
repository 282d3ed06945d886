/**
 * Masks of steps. A mask [n, steps] is 0 where a step of a sequence is to be passed over. Layers that make one say so in their
 * traits; whoever wants it looks back through the network for it, and a network without such layers does nothing of it.
 */
import type { Loss } from "../losses/loss.ts";
import * as ops from "../ops/index.ts";
import { builtIn, isBuiltIn } from "../registry.ts";
import type { Tensor, TensorAllocator } from "../tensor/tensor.ts";
import type { CallPlace, LayerTraits } from "./layer.ts";

/**
 * Masks that have been made in this step, by the output they belong to; undefined for one that has none, which is noted, too: the ways
 * back through a network of many branches are too many to be gone more than once.
 */
const made = new WeakMap<Tensor, Tensor | undefined>();

/** The mask of the first input of the layer at a place; undefined where there is none. */
export function maskOf(place: CallPlace): Tensor | undefined {
  return masksOf(place)[0];
}

/** The masks of all inputs of the layer at a place, undefined of those that have none. */
export function masksOf(place: CallPlace): readonly (Tensor | undefined)[] {
  const { inputs } = place.nodes[place.i] ?? { inputs: [] };
  return inputs.map((from) => (from < 0 ? undefined : maskBehind({ ...place, i: from })));
}

/**
 * The mask of what the layer at a place has given. It goes through layers that leave the axis of the steps as it is, but for
 * those that Keras lets drop it, and by the rule of layers that merge several.
 */
export function maskBehind(place: CallPlace): Tensor | undefined {
  const { nodes, outputs, given, i } = place;
  const output = outputs[i]!;
  if (made.has(output)) return made.get(output);
  const { layer, inputs } = nodes[i]!;
  const taken = inputs.map((from) => (from < 0 ? given[-1 - from]! : outputs[from]!));
  const { mask, combinesMasks, dropsMask } = layer.traits ?? {};
  const staysInPlace = taken[0]!.shape.length > 2 && output.shape[1] === taken[0]!.shape[1];
  let found: Tensor | undefined;
  if (mask) found = mask(taken[0]!);
  else if (output.shape.length > 2 && combinesMasks) found = combinesMasks(masksOf(place), taken);
  else if (output.shape.length > 2 && staysInPlace && !dropsMask) found = maskOf(place);
  made.set(output, found);
  return found;
}

/** A mask [n, steps] with axes of 1 behind it, as many as `x` has: to be multiplied by it. */
export function alongside(mask: Tensor, x: Tensor): Tensor {
  return ops.reshape(mask, [...mask.shape, ...x.shape.slice(2).map(() => 1)]);
}

/** x where the mask is 1, `other` where it is 0. Both must be finite. */
export function choose(mask: Tensor, x: Tensor, other: Tensor | number): Tensor {
  const rest = ops.subtract(1, mask);
  return ops.add(ops.multiply(x, mask), ops.multiply(rest, other));
}

/** The steps that count in any of the inputs, where all of them have a mask. */
export function eitherMask(masks: readonly (Tensor | undefined)[]): Tensor | undefined {
  const all = masks.filter((mask) => mask !== undefined);
  if (all.length === 0 || all.length < masks.length) return undefined;
  const same = all.every(({ shape }) => String(shape) === String(all[0]!.shape));
  return same ? all.reduce((a, b) => ops.maximum(a, b)) : undefined;
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
  const mask = (predictions: Tensor): Tensor | undefined => {
    const network = networks.get(predictions.allocator);
    const i = network?.outputs.indexOf(predictions) ?? -1;
    return i < 0 ? undefined : maskBehind({ ...network!, i });
  };
  const call: Loss["call"] = (predictions, targets, logits) => {
    const losses = loss.call(predictions, targets, logits);
    const counts = mask(predictions);
    const [n, steps] = losses.shape;
    if (!counts || counts.shape[0] !== n || counts.shape[1] !== steps) return losses;
    const share = ops.divide(ops.multiply(counts, counts.size), ops.add(ops.sum(counts), 1e-7));
    return ops.multiply(losses, alongside(share, losses));
  };
  const whole = { ...loss, mask, call: isBuiltIn(loss.call) ? builtIn(call) : call };
  maskedLosses.add(whole);
  return whole;
}
