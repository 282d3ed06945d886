/** Constraints of users' own. */
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
import { formatShape, sameShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { OwnConstraint } from "./constraint.ts";

/**
 * A constraint of your own: `call` gives, by ops, what becomes of a weight after each step of training.
 * @throws AnygradError INVALID_ARGUMENT for a name that anygrad's own have, and for what is no definition
 * @example
 * ```js
 * import { defineConstraint, layers, ops } from "anygrad";
 *
 * const box = defineConstraint({
 *   name: "box",
 *   options: { most: 1 },
 *   call: (w, { options: { most } }) => ops.clip(w, -most, most),
 * });
 * console.log(layers.dense({ units: 3, kernelConstraint: box({ most: 0.5 }) }).type); // dense
 * ```
 */
export function defineConstraint<Table extends OptionTable = NoTable>(
  given: OwnDefinition<Table, (weight: Tensor, call: { readonly options: ConfigOf<Table> }) => Tensor>,
): DefinitionOf<Table, object, OwnConstraint> {
  const { name, options, call } = strictDefinition("constraint", given, "(weight, { options }) => weight");
  const taken = ["nonNeg", "maxNorm", "unitNorm", "minMaxNorm"];
  return define({ kind: "constraint", taken }, { name, options }, (own) => ({
    ...own,
    custom: "constraint",
    call(weight: Tensor) {
      const held = call(weight, { options: own.config as ConfigOf<Table> });
      if (held?.allocator && held.dtype === "float32" && sameShape(held.shape, weight.shape)) return held;
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `${name}: call gave ${held?.shape ? formatShape(held.shape) : quote(held)} for a weight ${formatShape(weight.shape)}; give a tensor of the same shape`,
      );
    },
  })) as DefinitionOf<Table, object, OwnConstraint>;
}
