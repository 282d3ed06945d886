/** What gradients do not pass. */
import { checkTensors } from "../autograd/op.ts";
import type { Tensor } from "../tensor/tensor.ts";

/**
 * The same numbers as a constant: gradients end here. For targets that one network gives another, labels that are computed, or
 * a part of a network that is not to learn. It copies nothing.
 * @param x any shape, any element type
 * @returns a tensor over the memory of x
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * const w = engine.variable(3);
 * const { gradients } = engine.valueAndGrad(() => ops.multiply(w, ops.stopGradient(w)), [w]);
 * console.log(gradients[0].item()); // 3
 * ```
 */
export function stopGradient(x: Tensor): Tensor {
  checkTensors("stopGradient", x);
  return x.reshaped(x.shape);
}
