/** The largest and smallest elements over axes of an array, and the places of the largest. */
import { apply, type Op } from "../autograd/op.ts";
import {
  argmax_i32,
  extreme_backward_f32,
  max_f32,
  min_f32,
} from "../kernels/families/extremes.generated.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type ReduceAttributes, reduceAxes, type Span } from "./reduce.ts";
import { rowsOf } from "./softmax.ts";

/** The largest or smallest element over one span; equal ones share the gradient. */
function extremeSpan(name: "max" | "min", kernel: typeof max_f32): Op<[Tensor], Span, void> {
  return {
    name,
    shape: (_, { outer, inner }) => [outer, inner],
    forward({ kernels, y }, [x], { outer, reduce, inner }) {
      kernels.run(kernel, { out: y.pointer, x: x.pointer, outer, reduce, inner });
    },
    backward({ kernels, y }, { dy, gradient }, [x], { outer, reduce, inner }) {
      const dx = gradient(0);
      if (dx)
        kernels.run(extreme_backward_f32, {
          dx: dx.pointer,
          dy: dy.pointer,
          x: x.pointer,
          y: y.pointer,
          outer,
          reduce,
          inner,
        });
    },
  };
}

const maxSpan = extremeSpan("max", max_f32);
const minSpan = extremeSpan("min", min_f32);

/**
 * The largest element over axes. x [n, c] gives [c] with `axis: 0`, [1, c] with `keepdims: true` too, and a scalar without
 * `axis`; NaN where an element is NaN. The gradient goes to the largest element, in equal shares where several are equal.
 * Axes that are no neighbours are reduced one after another, the last first, and each step shares for itself.
 * @throws AnygradError INVALID_ARGUMENT for an axis that x does not have, or that is named twice
 */
export function max(x: Tensor, attributes?: ReduceAttributes): Tensor {
  return reduceAxes(maxSpan, x, attributes);
}

/**
 * The smallest element over axes. x [n, c] gives [c] with `axis: 0`, [1, c] with `keepdims: true` too, and a scalar without
 * `axis`; NaN where an element is NaN. The gradient goes to the smallest element, in equal shares where several are equal.
 * Axes that are no neighbours are reduced one after another, the last first, and each step shares for itself.
 * @throws AnygradError INVALID_ARGUMENT for an axis that x does not have, or that is named twice
 */
export function min(x: Tensor, attributes?: ReduceAttributes): Tensor {
  return reduceAxes(minSpan, x, attributes);
}

const argmaxOp: Op<[Tensor], null, void> = {
  name: "argmax",
  dtype: "int32",
  shape: ([x]) => x.shape.slice(0, -1),
  forward({ kernels, y }, [x]) {
    kernels.run(argmax_i32, { out: y.pointer, x: x.pointer, ...rowsOf(x) });
  },
  backward: "an index does not change continuously; use softmax in its place",
};

/**
 * The index of the largest element along the last axis, the first of equal ones; 0 where all are NaN. It has no gradient.
 * @param x [..., n]
 * @returns int32 [...]
 */
export function argmax(x: Tensor): Tensor {
  return apply(argmaxOp, [x], null);
}
