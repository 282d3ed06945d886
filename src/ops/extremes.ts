/** Larger and smaller elements: of two arrays, and over axes of one. */
import type { Op, Pass } from "../autograd/op.ts";
import {
  extreme_backward_f32,
  greater_f32,
  max_f32,
  maximum_f32,
  min_f32,
  minimum_f32,
  multiply_f32,
  scale_shift_f32,
} from "../kernels/abi.generated.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { binary, broadcast, type Factor, type Operand } from "./arithmetic.ts";
import { type ReduceAttributes, reduceAxes, type Span } from "./reduce.ts";

/** 1 where a > b, else 0, in the shape of y. */
function mask({ allocator, y }: Pass, a: Factor, b: Factor): Factor {
  const won = allocator.allocate(y.shape);
  broadcast(allocator, greater_f32, won.pointer, y.shape, a.pointer, a.shape, b.pointer, b.shape);
  return won;
}

/**
 * The larger of a and b, element by element. The gradient goes to the larger one, and to a where they are equal.
 * Shapes broadcast by NumPy's rule: they are aligned at the last axis, and an axis of size 1 is repeated. The gradient of an
 * operand that was repeated is summed over the repeated axes.
 * @throws AnygradError SHAPE_MISMATCH where the shapes do not broadcast, INVALID_ARGUMENT where both operands are numbers
 */
export const maximum: (a: Operand, b: Operand) => Tensor = binary("maximum", maximum_f32, (pass, a, b) => {
  const right = mask(pass, b, a);
  return [[[multiply_f32, complement(pass, right)]], [[multiply_f32, right]]];
});

/**
 * The smaller of a and b, element by element. The gradient goes to the smaller one, and to a where they are equal.
 * Shapes broadcast by NumPy's rule: they are aligned at the last axis, and an axis of size 1 is repeated. The gradient of an
 * operand that was repeated is summed over the repeated axes.
 * @throws AnygradError SHAPE_MISMATCH where the shapes do not broadcast, INVALID_ARGUMENT where both operands are numbers
 */
export const minimum: (a: Operand, b: Operand) => Tensor = binary("minimum", minimum_f32, (pass, a, b) => {
  const right = mask(pass, a, b);
  return [[[multiply_f32, complement(pass, right)]], [[multiply_f32, right]]];
});

/** 1 − won, in the shape of y. */
function complement({ allocator, y }: Pass, won: Factor): Factor {
  const lost = allocator.allocate(y.shape);
  allocator.kernels.run(scale_shift_f32, {
    out: lost.pointer,
    x: won.pointer,
    n: y.size,
    scale: -1,
    shift: 1,
  });
  return lost;
}

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
