/** Losses of users' own that have a name and options, and so are saved; a function alone is in function.ts. */
import {
  type ConfigOf,
  type DefinitionOf,
  define,
  type NoTable,
  type OptionTable,
  type OwnDefinition,
  strictDefinition,
} from "../definitions/definition.ts";
import { lossNames } from "../definitions/names.ts";
import { sameShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { noLosses } from "./function.ts";
import type { Loss } from "./loss.ts";

/** What {@link defineLoss} takes. */
export interface OwnLossDefinition<Table extends OptionTable>
  extends OwnDefinition<
    Table,
    (yTrue: Tensor, yPred: Tensor, call: { readonly options: ConfigOf<Table> }) => Tensor
  > {
  /** What the targets are: "dense" (default), numbers in the shape of the outputs, or "labels", class indices (int32). */
  readonly targets?: "dense" | "labels";
}

/**
 * A loss of your own: `call` gives, by ops, the loss of each example, [n], or of each of its places, such as [n, h, w]. Its options
 * are saved with the model.
 * @throws AnygradError INVALID_ARGUMENT for a name that anygrad's own have, and for what is no definition
 * @example
 * ```js
 * import { createEngine, defineLoss, layers, ops, sequential } from "anygrad";
 *
 * const quantile = defineLoss({
 *   name: "quantile",
 *   options: { q: 0.5 },
 *   call(yTrue, yPred, { options: { q } }) {
 *     const error = ops.subtract(yTrue, yPred);
 *     return ops.mean(ops.maximum(ops.multiply(error, q), ops.multiply(error, q - 1)), { axis: -1 });
 *   },
 * });
 * const net = sequential([layers.dense({ units: 1 })], { inputShape: [3], seed: 1 });
 * await net.compile({ optimizer: "adam", loss: quantile({ q: 0.9 }), engine: await createEngine() });
 * console.log(net.isCompiled); // true
 * ```
 */
export function defineLoss<Table extends OptionTable = NoTable>(
  given: OwnLossDefinition<Table>,
): DefinitionOf<Table, object, Loss> {
  const {
    name,
    options,
    targets = "dense",
    call,
  } = strictDefinition("loss", given, "(yTrue, yPred, { options }) => losses", "targets:dense|labels");
  return define({ kind: "loss", taken: lossNames }, { name, options }, (own) => ({
    ...own,
    custom: "loss",
    targets,
    call(predictions: Tensor, wanted: Tensor) {
      const losses = call(wanted, predictions, { options: own.config as ConfigOf<Table> });
      const { shape } = predictions;
      const rank = losses?.shape?.length ?? 0;
      if (
        losses?.allocator &&
        rank > 0 &&
        sameShape(losses.shape, shape.slice(0, rank)) &&
        rank < shape.length
      )
        return losses;
      throw noLosses(name, losses, predictions);
    },
  })) as DefinitionOf<Table, object, Loss>;
}
