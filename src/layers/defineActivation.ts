/** Activations of users' own. */
import {
  type ConfigOf,
  type DefinitionOf,
  define,
  type NoTable,
  type OptionTable,
  type Own,
  type OwnDefinition,
  strictDefinition,
} from "../definitions/definition.ts";
import { AnygradError, quote } from "../errors.ts";
import { formatShape, sameShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { activationNames, type OwnActivation } from "./activation.ts";

/**
 * An activation of your own, `call` by ops in the shape of x, which layers take where they take the name of one: with its options, or as it is for the defaults.
 * @throws AnygradError INVALID_ARGUMENT for a name that anygrad's own have, and for what is no definition
 * @example
 * ```js
 * import { defineActivation, layers, ops, sequential } from "anygrad";
 *
 * const snake = defineActivation({
 *   name: "snake",
 *   options: { a: 1 },
 *   call: (x, { options: { a } }) => ops.add(x, ops.multiply(ops.square(ops.sin(ops.multiply(x, a))), 1 / a)),
 * });
 * const list = [layers.dense({ units: 8, activation: snake({ a: 2 }) }), layers.activation(snake)];
 * console.log(sequential(list, { inputShape: [4] }).layers[0].lastActivation); // snake
 * ```
 */
export function defineActivation<Table extends OptionTable = NoTable>(
  given: OwnDefinition<Table, (x: Tensor, call: { readonly options: ConfigOf<Table> }) => Tensor>,
): DefinitionOf<Table, object, OwnActivation> {
  const { name, options, call } = strictDefinition("activation", given, "(x, { options }) => tensor");
  return define(
    { kind: "activation", taken: [...activationNames, "swish"] },
    { name, options },
    (own: Own) => ({
      ...own,
      custom: "activation",
      call(x: Tensor) {
        x.allocator.kernels.interrupt(); // what it does may depend on what no capture shows
        const y = call(x, { options: own.config as ConfigOf<Table> });
        if (y?.allocator && sameShape(y.shape, x.shape)) return y;
        throw new AnygradError(
          "SHAPE_MISMATCH",
          `${name}: call gave ${y?.shape ? formatShape(y.shape) : quote(y)} for ${formatShape(x.shape)}; an activation gives a tensor of the same shape`,
        );
      },
    }),
  ) as DefinitionOf<Table, object, OwnActivation>;
}
