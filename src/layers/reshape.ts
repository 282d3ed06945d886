/** Layers that only give the elements of an example another shape. */
import { AnygradError, quote } from "../errors.ts";
import * as ops from "../ops/index.ts";
import { resolveShape } from "../ops/reshape.ts";
import { type Shape, sizeOf } from "../tensor/shape.ts";
import { createLayer, layerOptions } from "./createLayer.ts";
import type { Layer, LayerDefinition, LayerOptions } from "./layer.ts";

const flattenDefinition: LayerDefinition<object> = {
  type: "flatten",
  keras: "Flatten",
  traits: { isView: true },
  outputShape: ([input]) => [sizeOf(input!)],
  call: ([x]) => ops.flatten(x),
};

/** [n, …] gives [n, features]. */
export function flatten(options?: LayerOptions): Layer {
  return createLayer(flattenDefinition, {}, layerOptions("flatten", options, ""));
}

const reshapeDefinition: LayerDefinition<{ targetShape: Shape }> = {
  type: "reshape",
  keras: "Reshape",
  traits: { isView: true, dropsMask: true },
  outputShape: ([input], { targetShape }) => resolveShape(sizeOf(input!), targetShape),
  call: ([x], { config }) =>
    ops.reshape(x, [x.shape[0]!, ...resolveShape(x.size / x.shape[0]!, config.targetShape)]),
};

/** Gives each example another shape of as many elements. @throws AnygradError INVALID_ARGUMENT */
export function reshape(
  options: LayerOptions & {
    /** Shape of an example, without the batch axis; one axis may be −1. */
    targetShape: Shape;
  },
): Layer {
  const { targetShape, ...shared } = layerOptions("reshape", options, "targetShape");
  if (!Array.isArray(targetShape) || !targetShape.every((n) => n === -1 || (Number.isInteger(n) && n > 0)))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `reshape: targetShape is ${quote(targetShape)}; pass the shape of an example, such as [28, 28, 1]`,
    );
  return createLayer(reshapeDefinition, { targetShape: [...targetShape] }, shared);
}
