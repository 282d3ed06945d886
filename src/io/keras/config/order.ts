/**
 * The order in which Keras keeps the layers of a functional model, whatever order a file lists them in: it numbers the groups of weights
 * by it, so that a second dense layer is `dense_1` there.
 */
import type { Shape } from "../../../tensor/shape.ts";
import type { JsonObject } from "../../json.ts";

/** A tensor: the layer that gives it, which of its calls, and which of the outputs of that call. */
export type Written = readonly [name: string, call: number, output: number];

/** A place of a layer in a model, and what it is applied to: names, calls and outputs, and what the call is given besides. */
export interface WrittenLayer {
  readonly name: string;
  readonly className: string;
  readonly config: JsonObject;
  /** The calls; none for an input, and none in a list of layers. */
  readonly calls: readonly {
    readonly tensors: readonly Written[];
    /** Tensors that are arguments of their own; 0: they are one list. */
    readonly spread: boolean;
    readonly states: readonly Written[];
    /** The masks that Keras gives it, which are not written. */
    readonly masks: readonly Written[];
    readonly options: JsonObject;
  }[];
  /** Shape of its inputs, in Keras 3's description of tensors. */
  readonly shape?: Shape;
}

/**
 * First what is farthest from the outputs, by the longest way that leads there; of layers equally far the one that a search from the
 * outputs, depth first, meets first.
 * @param outputs of the model, in its order
 */
export function inKerasOrder(
  layers: readonly WrittenLayer[],
  outputs: readonly Written[],
): readonly WrittenLayer[] {
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const met = new Map<string, number>();
  const finished = new Set<string>();
  const calls: { layer: WrittenLayer; call: number; from: readonly Written[] }[] = [];
  // a stack of its own: networks are deeper than calls may be
  const waiting: { of: Written; isLeft: boolean }[] = outputs.map((of) => ({ of, isLeft: false })).reverse();
  const keyOf = ([name, call]: Written): string => `${name} ${call}`;
  while (waiting.length > 0) {
    const { of, isLeft } = waiting.pop()!;
    const [name, call] = of;
    const key = keyOf(of);
    if (finished.has(key)) continue;
    const layer = byName.get(name)!;
    const { tensors = [], states = [], masks = [] } = layer.calls[call] ?? {};
    const from = [...tensors, ...states, ...masks];
    if (isLeft) {
      finished.add(key);
      calls.push({ layer, call, from });
      continue;
    }
    if (!met.has(name)) met.set(name, met.size);
    waiting.push({ of, isLeft: true }, ...from.map((each) => ({ of: each, isLeft: false })).reverse());
  }
  const depthOfCall = new Map<string, number>();
  const depths = new Map<string, number>();
  for (const { layer, call, from } of calls.reverse()) {
    const key = keyOf([layer.name, call, 0]);
    const depth = Math.max(depthOfCall.get(key) ?? 0, depths.get(layer.name) ?? 0);
    depthOfCall.set(key, depth);
    depths.set(layer.name, depth);
    for (const each of from)
      depthOfCall.set(keyOf(each), Math.max(depthOfCall.get(keyOf(each)) ?? 0, depth + 1));
  }
  const depthOf = ({ name }: WrittenLayer): number => depths.get(name) ?? 0;
  const indexOf = ({ name }: WrittenLayer): number => met.get(name) ?? met.size;
  return [...layers].sort((a, b) => depthOf(b) - depthOf(a) || indexOf(a) - indexOf(b));
}
