/** Which numbers of a weight belong to which output of its layer: what scales an output scales them, and one scale holds for them. */
import { type Shape, sizeOf } from "../../tensor/shape.ts";

/** A layer, or what a file holds of it. */
interface LayerKind {
  readonly type: string;
  readonly config: object;
}

/** The outputs that a weight has numbers for. The number at i, row-major, is of output ⌊i / inner⌋ mod count. */
export interface OutputChannels {
  /** How many outputs. */
  readonly count: number;
  /** How many numbers of one output stand side by side. */
  readonly inner: number;
  /** The shape of a number for each output that broadcasts over the weight. */
  readonly shape: Shape;
}

/** The layer itself, or of one around it for each step of a sequence the one within, whose weights it has. */
export function innermost<Kind extends LayerKind>(layer: Kind): Kind {
  const { layer: within } = layer.config as { readonly layer?: Kind };
  return layer.type === "timeDistributed" && within ? innermost(within) : layer;
}

/**
 * The outputs of a weight of at least two axes: its last axis; of depthwise kernels the channels and what each of them gives, of
 * queries, keys and values heads and what each has; of transposed convolutions the last axis but one.
 */
export function outputChannels(layer: LayerKind, weight: string, shape: Shape): OutputChannels {
  const { type } = innermost(layer);
  const isPair =
    weight.includes("depthwise") || type.startsWith("depthwise") || /^(query|key|value)_/.test(weight);
  const end = type.endsWith("Transpose") ? shape.length - 1 : shape.length;
  const begin = end - (isPair ? 2 : 1);
  return {
    count: sizeOf(shape.slice(begin, end)),
    inner: sizeOf(shape.slice(end)),
    shape: shape.map((n, axis) => (axis >= begin && axis < end ? n : 1)),
  };
}
