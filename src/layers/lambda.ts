/** A function as a layer, without weights: the short form of `defineLayer` for what is not saved. */
import { AnygradError, quote } from "../errors.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { layerOptions } from "./createLayer.ts";
import { ownLayer } from "./defineLayer.ts";
import type { Layer, LayerOptions } from "./layer.ts";

/** Options of {@link lambda}. */
export interface LambdaOptions extends LayerOptions {
  /** The shape of an example's output, or what gives it from that of the input. Default: found by running the function without numbers. */
  outputShape?: Shape | ((shape: Shape) => Shape);
}

/**
 * A function of a tensor as a layer. A file cannot hold it: `net.save` refuses, and says to use `defineLayer`.
 * @param compute by ops, the batch axis in front; it gets the tensor and whether this is a step of training
 * @throws AnygradError INVALID_ARGUMENT for what is no function
 * @example
 * ```js
 * import { layers, ops, sequential } from "anygrad";
 *
 * const energy = layers.lambda((x) => ops.sum(ops.square(x), { axis: -1 }));
 * console.log(sequential([energy], { inputShape: [8, 3] }).outputShape); // [8]
 * ```
 */
export function lambda(
  compute: (x: Tensor, call: { readonly training: boolean }) => Tensor,
  options?: LambdaOptions,
): Layer {
  if (typeof compute !== "function")
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `lambda: it got ${quote(compute)} for a function; pass one of a tensor, such as lambda((x) => ops.square(x), { name })`,
    );
  const { outputShape, ...shared } = layerOptions("lambda", options, "outputShape:object|function");
  return ownLayer(
    {
      name: "lambda",
      keras: "Lambda",
      several: false,
      count: 1,
      weights: () => ({}),
      outputShape:
        outputShape &&
        ((shape) => (typeof outputShape === "function" ? outputShape(shape as Shape) : outputShape)),
      call: (x, { training }) => compute(x as Tensor, { training }),
    },
    {},
    shared,
    { custom: "layer" },
  );
}
