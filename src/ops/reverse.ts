/** Axes backwards. */

import { checkTensors } from "../autograd/op.ts";
import { strictOptions } from "../math/options.ts";
import { normalizeAxis } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { slice } from "./slice.ts";

/**
 * x with axes backwards, Keras's `flip`: images [n, h, w, c] with `axis: 2` are mirrored. The gradient is dy backwards.
 * @param options `axis`, one or several, is all by default
 * @throws AnygradError INVALID_ARGUMENT for an axis that is not there
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * const x = engine.tensor([[1, 2], [3, 4]]);
 * console.log(ops.reverse(x, { axis: 1 }).toArray()); // [[2, 1], [4, 3]]
 * console.log(ops.reverse(x).toArray()); // [[4, 3], [2, 1]]
 * ```
 */
export function reverse(
  x: Tensor,
  options?: {
    /** The axis or axes; a negative one counts from the last. Default: all. */
    axis?: number | readonly number[];
  },
): Tensor {
  checkTensors("reverse", x);
  const { axis = x.shape.map((_, i) => i) } = strictOptions("reverse", options, "axis:number|object");
  const rank = x.shape.length;
  const turned = new Set(
    (typeof axis === "number" ? [axis] : axis).map((a) => normalizeAxis(a, rank, "reverse")),
  );
  return slice(x, { strides: x.shape.map((_, i) => (turned.has(i) ? -1 : 1)) });
}
