/** A layer that puts axes in another order. */
import { AnygradError, quote } from "../errors.ts";
import * as ops from "../ops/index.ts";
import { formatShape } from "../tensor/shape.ts";
import { createLayer, layerOptions } from "./createLayer.ts";
import type { Layer, LayerDefinition, LayerOptions } from "./layer.ts";

const permuteDefinition: LayerDefinition<{ dims: readonly number[] }> = {
  type: "permute",
  keras: "Permute",
  traits: { dropsMask: true },
  outputShape([input], { dims }) {
    if (dims.length !== input!.length)
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `permute: dims ${formatShape(dims)} name ${dims.length} axes but an example is ${formatShape(input!)}; name each of its axes once, from 1`,
      );
    return dims.map((axis) => input![axis - 1]!);
  },
  call: ([x], { config }) => ops.transpose(x, [0, ...config.dims]),
};

/**
 * The axes of examples in another order: [n, 2, 3] with dims [2, 1] gives [n, 3, 2]. @throws AnygradError INVALID_ARGUMENT
 */
export function permute(
  options: LayerOptions & {
    /** Every axis of an example once, counted from 1, as in Keras. */
    dims: readonly number[];
  },
): Layer {
  const { dims, ...shared } = layerOptions("permute", options, "dims");
  if (
    !Array.isArray(dims) ||
    dims.length === 0 ||
    [...dims].sort((a, b) => a - b).some((axis, i) => axis !== i + 1)
  )
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `permute: dims is ${quote(dims)}; pass every axis of an example once, counted from 1, such as [2, 1]`,
    );
  return createLayer(permuteDefinition, { dims: [...dims] }, shared);
}
