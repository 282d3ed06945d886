/** Running sums and products along axes. */

import { apply, checkTensors, type Op } from "../autograd/op.ts";
import {
  cumulative_sum_f32,
  product_backward_f32,
  product_f32,
} from "../kernels/families/scans.generated.ts";
import { strictOptions } from "../math/options.ts";
import { normalizeAxis } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { around } from "./gather.ts";
import { type ReduceAttributes, reduceAxes, type Span } from "./reduce.ts";
import { reshape } from "./reshape.ts";

/** How a running sum runs. */
interface Running {
  readonly axis: number;
  readonly exclusive: boolean;
  readonly reverse: boolean;
}

const cumsumOp: Op<[Tensor], Running, void> = {
  name: "cumsum",
  shape: ([x]) => x.shape,
  forward({ kernels, y }, [x], { axis, exclusive, reverse }) {
    kernels.run(cumulative_sum_f32, {
      y: y.pointer,
      x: x.pointer,
      ...around(x.shape, axis),
      exclusive: Number(exclusive),
      reverse: Number(reverse),
    });
  },
  backward({ kernels }, { dy, gradient }, [x], { axis, exclusive, reverse }) {
    const dx = gradient(0);
    if (dx)
      kernels.run(cumulative_sum_f32, {
        y: dx.pointer,
        x: dy.pointer,
        ...around(x.shape, axis),
        exclusive: Number(exclusive),
        reverse: Number(!reverse),
      });
  },
};

/**
 * Running sums along an axis: [1, 2, 3] gives [1, 3, 6]. The gradient is the running sum of dy from the other end.
 * @param x [..., n, ...], n along the axis
 * @returns the shape of x; without `axis`, as in Keras, x is taken as a flat list, and so is the result
 * @throws AnygradError INVALID_ARGUMENT for an axis that is not there
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * const x = engine.tensor([1, 2, 3]);
 * console.log(ops.cumsum(x).toArray()); // [1, 3, 6]
 * console.log(ops.cumsum(x, { exclusive: true, reverse: true }).toArray()); // [5, 3, 0]
 * ```
 */
export function cumsum(
  x: Tensor,
  options?: {
    /** The axis; a negative one counts from the last. Default: x is flattened first. */
    axis?: number;
    /** Whether each number is left out of its own sum, so that the first is 0. Default false. */
    exclusive?: boolean;
    /** Whether it runs from the end to the beginning. Default false. */
    reverse?: boolean;
  },
): Tensor {
  checkTensors("cumsum", x);
  const {
    axis,
    exclusive = false,
    reverse = false,
  } = strictOptions("cumsum", options, "axis:number exclusive:boolean reverse:boolean");
  const line = axis === undefined ? reshape(x, [-1]) : x;
  const place = normalizeAxis(axis ?? 0, line.shape.length, "cumsum");
  return apply(cumsumOp, [line], { axis: place, exclusive, reverse });
}

/** A span as the kernels of lines name its sizes. */
const sizesOf = ({ outer, reduce, inner }: Span) => ({ outer, n: reduce, inner });

const prodSpan: Op<[Tensor], Span, void> = {
  name: "prod",
  shape: (_, { outer, inner }) => [outer, inner],
  forward({ kernels, y }, [x], span) {
    kernels.run(product_f32, { y: y.pointer, x: x.pointer, ...sizesOf(span) });
  },
  backward({ kernels }, { dy, gradient }, [x], span) {
    const dx = gradient(0);
    if (dx)
      kernels.run(product_backward_f32, {
        dx: dx.pointer,
        dy: dy.pointer,
        x: x.pointer,
        ...sizesOf(span),
      });
  },
};

/**
 * The product over axes. x [n, c] gives [c] with `axis: 0`, [1, c] with `keepdims: true` too, and a scalar without `axis`. The
 * gradient of an element is dy times the product of all others, zeros among them or not.
 * @throws AnygradError INVALID_ARGUMENT for an axis that x does not have, or that is named twice
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * console.log(ops.prod(engine.tensor([[1, 2], [3, 4]]), { axis: 1 }).toArray()); // [2, 12]
 * ```
 */
export function prod(x: Tensor, attributes?: ReduceAttributes): Tensor {
  return reduceAxes(prodSpan, x, attributes);
}
