/**
 * Layers that make one of several: a residual net adds what a block made to what it got, others put channels side by
 * side. Shapes may differ where one has 1, or fewer axes in front, as in Keras: a weight a channel times an image.
 */
import { filled } from "../autograd/constant.ts";
import { AnygradError } from "../errors.ts";
import { concatenatedShape } from "../ops/concatenate.ts";
import * as ops from "../ops/index.ts";
import { broadcastShapes, formatShape, type Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { createLayer, layerOptions } from "./createLayer.ts";
import { exampleAxis } from "./exampleAxis.ts";
import { type Layer, type LayerDefinition, type LayerOptions, SymbolicTensor } from "./layer.ts";
import { alongside, choose, eitherMask, masksOf } from "./masks.ts";

/** With options it gives a layer, with tensors it is applied at once: `add([a, b])` is `add().apply([a, b])`. */
export interface Merging<Options extends LayerOptions = LayerOptions> {
  (options?: Options): Layer;
  (tensors: readonly SymbolicTensor[], options?: Options): SymbolicTensor;
}

/** @throws AnygradError SHAPE_MISMATCH for one input, as a chain gives it */
function checkSeveral(type: string, shapes: readonly Shape[]): void {
  if (shapes.length < 2)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${type}: it got ${shapes.length} tensor${shapes.length === 1 ? "" : "s"}; pass a list of two or more: layers.${type}([a, b])`,
    );
}

/** What makes a layer, in both forms. */
export function merging<Options extends LayerOptions>(make: (options?: Options) => Layer): Merging<Options> {
  function merge(options?: Options): Layer;
  function merge(tensors: readonly SymbolicTensor[], options?: Options): SymbolicTensor;
  function merge(first?: Options | readonly SymbolicTensor[], options?: Options): Layer | SymbolicTensor {
    if (first instanceof SymbolicTensor) return make().apply(first); // says that a list is wanted
    if (Array.isArray(first)) return make(options).apply(first);
    return make(first as Options | undefined);
  }
  return merge;
}

function elementwise(
  type: string,
  keras: string,
  combine: (inputs: readonly Tensor[], masks: readonly (Tensor | undefined)[]) => Tensor,
): Merging {
  const definition: LayerDefinition<object> = {
    type,
    keras,
    traits: { merges: true, combinesMasks: eitherMask },
    outputShape(shapes) {
      checkSeveral(type, shapes);
      return shapes.reduce((a, b) => {
        try {
          return broadcastShapes(a, b, type);
        } catch {
          throw new AnygradError(
            "SHAPE_MISMATCH",
            `${type}: ${formatShape(a)} and ${formatShape(b)} do not fit each other; bring them to one shape, as a conv2d of kernelSize 1 with the filters and strides of the other way does`,
          );
        }
      });
    },
    call: (inputs, { place }) => {
      const masks = masksOf(place).map((mask, i) => mask && alongside(mask, inputs[i]!));
      return combine(aligned(inputs), masks);
    },
  };
  return merging((options) => createLayer(definition, {}, layerOptions(type, options, "")));
}

/** With axes of 1 behind the batch where others have more. */
function aligned(inputs: readonly Tensor[]): Tensor[] {
  const rank = Math.max(...inputs.map(({ shape }) => shape.length));
  return inputs.map((x) => {
    const [n, ...rest] = x.shape;
    return rest.length + 1 === rank
      ? x
      : ops.reshape(x, [n!, ...new Array<number>(rank - x.shape.length).fill(1), ...rest]);
  });
}

const inTurn =
  (op: (a: Tensor, b: Tensor) => Tensor) =>
  (inputs: readonly Tensor[]): Tensor =>
    inputs.reduce((a, b) => op(a, b));

/** The sum of two tensors or more: `add([a, b])`. */
export const add: Merging = elementwise("add", "Add", inTurn(ops.add));

/** The first less the second: `subtract([a, b])`. Of more, all others are subtracted. */
export const subtract: Merging = elementwise("subtract", "Subtract", inTurn(ops.subtract));

/**
 * The larger, or the smaller, of tensors in turn. A step that does not count in one of them is left to the others, as in Keras.
 */
const extreme =
  (op: (a: Tensor, b: Tensor) => Tensor) =>
  (inputs: readonly Tensor[], masks: readonly (Tensor | undefined)[]): Tensor => {
    let [y, mask] = [inputs[0]!, masks[0]];
    inputs.slice(1).forEach((input, i) => {
      const own = masks[i + 1];
      const x = own ? choose(own, input, y) : input;
      if (mask) y = choose(mask, y, x);
      mask = eitherMask([mask, own]);
      y = op(y, x);
    });
    return y;
  };

/** A step that does not count is a factor of 1; where all tensors have a mask, one that counts in none of them is 0. */
function product(inputs: readonly Tensor[], masks: readonly (Tensor | undefined)[]): Tensor {
  const factors = inputs.map((x, i) => (masks[i] ? choose(masks[i], x, 1) : x));
  const y = inTurn(ops.multiply)(factors);
  const counts = eitherMask(masks);
  return counts ? ops.multiply(y, counts) : y;
}

/** The product, element by element. */
export const multiply: Merging = elementwise("multiply", "Multiply", product);

/** The mean, element by element. */
export const average: Merging = elementwise("average", "Average", (inputs) =>
  ops.divide(inTurn(ops.add)(inputs), inputs.length),
);

/** The largest of each place; of equal ones the first takes the gradient. */
export const maximum: Merging = elementwise("maximum", "Maximum", extreme(ops.maximum));

/** The smallest of each place; of equal ones the first takes the gradient. */
export const minimum: Merging = elementwise("minimum", "Minimum", extreme(ops.minimum));

/** Options of {@link concatenate}. */
export interface ConcatenateOptions extends LayerOptions {
  /** Counted with the batch axis, which is 0, as in Keras; default −1: channels, or features. */
  axis?: number;
}

const concatenateDefinition: LayerDefinition<{ axis: number }> = {
  type: "concatenate",
  keras: "Concatenate",
  traits: ({ axis }) => ({
    merges: true,
    combinesMasks: (masks, inputs) => besideMasks(masks, inputs, axis),
  }),
  outputShape(shapes, { axis }) {
    checkSeveral("concatenate", shapes);
    return concatenatedShape(shapes, exampleAxis("concatenate", axis, shapes[0]!));
  },
  call: (inputs, { config }) => ops.concatenate(inputs, config),
};

/** Masks of tensors along the steps stand one behind the other; else a step counts where it does in any of the tensors. */
function besideMasks(
  masks: readonly (Tensor | undefined)[],
  inputs: readonly Tensor[],
  axis: number,
): Tensor | undefined {
  if (axis !== 1 || masks.every((mask) => mask === undefined)) return eitherMask(masks);
  const all = masks.map((mask, i) => {
    const { allocator, shape } = inputs[i]!;
    return mask ?? filled(allocator, shape.slice(0, 2), 1);
  });
  return ops.concatenate(all, { axis: 1 });
}

/** Side by side along an axis: `concatenate([a, b])`. All other axes must be equal. */
export const concatenate: Merging<ConcatenateOptions> = merging((options) => {
  const { axis = -1, ...shared } = layerOptions("concatenate", options, "axis:number");
  return createLayer(concatenateDefinition, { axis }, shared);
});
