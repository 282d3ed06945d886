/** Norms of arrays over axes: the logarithm of a sum of exponentials, and vectors of length 1. */

import { checkTensors } from "../autograd/op.ts";
import { strictOptions } from "../math/options.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { add } from "./arithmetic.ts";
import { exp, log, sqrt } from "./elementary.ts";
import { maximum, minimum } from "./extremes.ts";
import { divide, subtract } from "./inverses.ts";
import { max } from "./largest.ts";
import { type ReduceAttributes, sum } from "./reduce.ts";
import { reshape } from "./reshape.ts";
import { stopGradient } from "./stopGradient.ts";
import { square } from "./unary.ts";

/** The largest float32. */
const LARGEST = 3.4028234663852886e38;

/**
 * The logarithm of the sum of e^x over axes: ln Σ e^x. The largest x is subtracted first, so that nothing overflows; −Infinity where
 * all are. x [n, c] gives [n] with `axis: 1`, and a scalar without `axis`. dx = dy · softmax(x).
 * @throws AnygradError INVALID_ARGUMENT for an axis that x does not have, or that is named twice
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * console.log(ops.logSumExp(engine.tensor([1000, 1000])).item().toFixed(3)); // 1000.693
 * ```
 */
export function logSumExp(x: Tensor, attributes?: ReduceAttributes): Tensor {
  checkTensors("logSumExp", x);
  const { axis = x.shape.map((_, i) => i), keepdims = false } = strictOptions(
    "logSumExp",
    attributes,
    "axis:number|object keepdims:boolean",
  );
  // what is subtracted is finite, so that infinities meet only themselves; clip would bring a family of kernels
  const top = max(stopGradient(x), { axis, keepdims: true });
  const largest = minimum(maximum(top, -LARGEST), LARGEST);
  const total = sum(exp(subtract(x, largest)), { axis, keepdims });
  return add(log(total), reshape(largest, total.shape));
}

/**
 * x divided by its Euclidean length along axes: y = x / √max(Σ x², epsilon), vectors of length 1. Vectors shorter than √epsilon
 * stay shorter.
 * @throws AnygradError INVALID_ARGUMENT for an axis that x does not have, or that is named twice
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * console.log(ops.l2Normalize(engine.tensor([0, 4])).toArray()); // [0, 1]
 * ```
 */
export function l2Normalize(
  x: Tensor,
  options?: {
    /** The axis or axes over which the length is taken; a negative one counts from the last. Default −1. */
    axis?: number | readonly number[];
    /** Smallest square of a length that is divided by. Default 1e-12. */
    epsilon?: number;
  },
): Tensor {
  checkTensors("l2Normalize", x);
  const { axis = -1, epsilon = 1e-12 } = strictOptions(
    "l2Normalize",
    options,
    "axis:number|object epsilon:number",
  );
  return divide(x, sqrt(maximum(sum(square(x), { axis, keepdims: true }), epsilon)));
}
