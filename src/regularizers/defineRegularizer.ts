/** Penalties of users' own. */
import {
  type ConfigOf,
  type DefinitionOf,
  define,
  type NoTable,
  type OptionTable,
  type OwnDefinition,
  strictDefinition,
} from "../definitions/definition.ts";
import { AnygradError, quote } from "../errors.ts";
import { formatShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { OwnRegularizer } from "./regularizer.ts";

/**
 * A penalty on weights of your own: `call` gives a scalar by ops, which is added to the loss.
 * @throws AnygradError INVALID_ARGUMENT for a name that anygrad's own have, and for what is no definition
 * @example
 * ```js
 * import { defineRegularizer, layers, ops } from "anygrad";
 *
 * const orthogonal = defineRegularizer({
 *   name: "orthogonal",
 *   options: { factor: 0.01 },
 *   call(w, { options: { factor } }) {
 *     const gram = ops.matmul(w, w, { transposeA: true });
 *     return ops.multiply(ops.subtract(ops.sum(ops.square(gram)), ops.sum(ops.square(w))), factor);
 *   },
 * });
 * console.log(layers.dense({ units: 3, kernelRegularizer: orthogonal({ factor: 0.1 }) }).type); // dense
 * ```
 */
export function defineRegularizer<Table extends OptionTable = NoTable>(
  given: OwnDefinition<Table, (weight: Tensor, call: { readonly options: ConfigOf<Table> }) => Tensor>,
): DefinitionOf<Table, object, OwnRegularizer> {
  const { name, options, call } = strictDefinition("regularizer", given, "(weight, { options }) => scalar");
  return define({ kind: "regularizer", taken: ["l1", "l2", "l1l2"] }, { name, options }, (own) => ({
    ...own,
    custom: "regularizer",
    call(weight: Tensor) {
      weight.allocator.kernels.interrupt(); // what it does may depend on what no capture shows
      const penalty = call(weight, { options: own.config as ConfigOf<Table> });
      if (penalty?.allocator && penalty.shape.length === 0) return penalty;
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `${name}: call gave ${penalty?.shape ? formatShape(penalty.shape) : quote(penalty)}; give one number, as ops.sum does`,
      );
    },
  })) as DefinitionOf<Table, object, OwnRegularizer>;
}
