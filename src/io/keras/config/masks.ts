/**
 * The masks of steps that Keras makes of a network by itself. It keeps their operations in the graph of the model, where they make a way
 * to the outputs longer, and with it change the order of layers (`order.ts`). A file does not hold them.
 */
import type { Layer } from "../../../layers/index.ts";
import type { Shape } from "../../../tensor/shape.ts";
import type { Written, WrittenLayer } from "./order.ts";

/** Layers whose place in the graph has the mask of their one tensor. Attention gets its masks when it runs, and has none there. */
const takesMask = new Set(
  "lstm gru simpleRNN bidirectional timeDistributed batchNormalization softmax globalAveragePooling1d".split(
    " ",
  ),
);
/** Layers that copy the mask of their first tensor, which is an operation, too. */
const copiesMask = new Set(["attention", "additiveAttention"]);

/** A place where a layer is applied. */
export interface MaskedCall {
  readonly layer: Layer;
  readonly inputs: readonly Written[];
  readonly inputShapes: readonly Shape[];
  readonly outputShape: Shape;
  /** The masks of the inputs, undefined for one that has none. */
  readonly masks: readonly (Written | undefined)[];
}

/**
 * Whether the output of a layer has a mask, by the rule of src/layers/masks.ts: one that it makes, that of its inputs together, or that
 * of the first.
 */
export function maskRule(
  { traits }: Layer,
  inputs: readonly Shape[],
  output: Shape,
  masked: readonly boolean[],
): "makes" | "combines" | "keeps" | undefined {
  const { mask, combinesMasks, dropsMask } = traits ?? {};
  if (mask) return "makes";
  if (combinesMasks) return masked.some(Boolean) ? "combines" : undefined;
  const stays = output.length > 1 && output[0] === inputs[0]![0] && !dropsMask;
  return stays && masked[0] ? "keeps" : undefined;
}

/** The operations that make masks, as layers of no class. */
export class MaskOperations {
  readonly layers: WrittenLayer[] = [];

  /** The masks that a call has in the graph. */
  takenBy({ layer: { type }, inputs, masks: [mask] }: MaskedCall): readonly Written[] {
    return mask && inputs.length === 1 && takesMask.has(type) ? [mask] : [];
  }

  /** The mask of what a call gives. */
  after({ layer, inputs, inputShapes, outputShape, masks }: MaskedCall): Written | undefined {
    const rule = maskRule(
      layer,
      inputShapes,
      outputShape,
      masks.map((mask) => mask !== undefined),
    );
    const [first] = masks;
    if (rule === "keeps") return copiesMask.has(layer.type) ? this.#add(first!) : first;
    if (rule === "makes") {
      const isEqual = this.#add(inputs[0]!);
      return layer.type === "masking" ? this.#add(isEqual) : isEqual;
    }
    if (rule === undefined) return undefined;
    if (layer.type !== "concatenate")
      return masks.every((mask) => mask !== undefined)
        ? masks.reduce((a, b) => this.#add(a!, b!))
        : undefined;
    // each as large as its input, then side by side, then whether any is there
    const whole = masks.map((mask, i) =>
      mask ? this.#add(this.#add(mask), this.#add(inputs[i]!)) : this.#add(inputs[i]!),
    );
    return this.#add(this.#add(...whole));
  }

  #add(...tensors: readonly Written[]): Written {
    const name = `\0${this.layers.length}`; // no layer has such a name
    this.layers.push({
      name,
      className: "",
      config: {},
      calls: [{ tensors, spread: true, states: [], masks: [], options: {} }],
    });
    return [name, 0, 0];
  }
}
