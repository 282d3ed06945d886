/** Sums, means and extremes over axes. */
import { apply, type Op } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import { stridedShape } from "../tensor/broadcast.ts";
import { formatShape, normalizeAxis, sizeOf } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { multiply } from "./arithmetic.ts";
import { reshape } from "./reshape.ts";

export interface ReduceAttributes {
  /** The axes to reduce; default all. */
  axis?: number | readonly number[];
  /** Keep reduced axes with size 1. Default false. */
  keepdims?: boolean;
}

/** Neighbouring axes first … last of x as [outer, reduced, inner]. */
interface Span {
  readonly outer: number;
  readonly reduce: number;
  readonly inner: number;
}

/** sum_f32, max_f32 and min_f32 of one span; the output is flat, [outer, inner]. */
const sumSpan: Op<[Tensor], Span, void> = {
  name: "sum",
  shape: (_, { outer, inner }) => [outer, inner],
  forward({ kernels, y }, [x], { outer, reduce, inner }) {
    kernels.sum_f32({ out: y.pointer, x: x.pointer, outer, reduce, inner });
  },
  backward({ kernels }, { dy, gradient }, _, { outer, reduce, inner }) {
    const dx = gradient(0);
    const repeated = stridedShape([1, outer, reduce, inner], [0, inner, 0, 1]);
    if (dx) kernels.copy_strided_f32({ out: dx.pointer, x: dy.pointer, ...repeated });
  },
};

/** The same sum under the name that users of `mean` know; the division follows. */
const meanSpan: typeof sumSpan = { ...sumSpan, name: "mean" };

function extremeSpan(name: "max" | "min"): Op<[Tensor], Span, void> {
  return {
    name,
    shape: (_, { outer, inner }) => [outer, inner],
    forward({ kernels, y }, [x], { outer, reduce, inner }) {
      kernels[`${name}_f32`]({ out: y.pointer, x: x.pointer, outer, reduce, inner });
    },
    backward({ kernels, y }, { dy, gradient }, [x], { outer, reduce, inner }) {
      const dx = gradient(0);
      if (dx)
        kernels.extreme_backward_f32({
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

const maxSpan = extremeSpan("max");
const minSpan = extremeSpan("min");

/** Reduces runs of neighbouring axes, the last run first. */
function reduceAxes(op: Op<[Tensor], Span, void>, x: Tensor, attributes: ReduceAttributes): Tensor {
  const { axis = x.shape.map((_, i) => i), keepdims = false } = attributes;
  const rank = x.shape.length;
  const axes = (typeof axis === "number" ? [axis] : axis).map((a) => normalizeAxis(a, rank, op.name));
  const chosen = new Set(axes);
  if (chosen.size < axes.length)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${op.name}: axis ${formatShape(typeof axis === "number" ? [axis] : axis)} names an axis twice; name each once`,
    );
  const kept = x.shape.flatMap((n, i) => (chosen.has(i) ? (keepdims ? [1] : []) : [n]));
  let current = x;
  let shape = [...x.shape];
  for (let last = rank - 1; last >= 0; last--) {
    if (!chosen.has(last)) continue;
    let first = last;
    while (first > 0 && chosen.has(first - 1)) first--;
    const span = {
      outer: sizeOf(shape.slice(0, first)),
      reduce: sizeOf(shape.slice(first, last + 1)),
      inner: sizeOf(shape.slice(last + 1)),
    };
    current = apply(op, [current], span);
    shape = [
      ...shape.slice(0, first),
      ...new Array<number>(last + 1 - first).fill(1),
      ...shape.slice(last + 1),
    ];
    last = first;
  }
  return reshape(current, kept);
}

/** @throws AnygradError INVALID_ARGUMENT for an axis that does not exist, here and below */
export function sum(x: Tensor, attributes: ReduceAttributes = {}): Tensor {
  return reduceAxes(sumSpan, x, attributes);
}

export function mean(x: Tensor, attributes: ReduceAttributes = {}): Tensor {
  const total = reduceAxes(meanSpan, x, attributes);
  return multiply(total, total.size / x.size);
}

/** Equal maxima share the gradient evenly. */
export function max(x: Tensor, attributes: ReduceAttributes = {}): Tensor {
  return reduceAxes(maxSpan, x, attributes);
}

/** Equal minima share the gradient evenly. */
export function min(x: Tensor, attributes: ReduceAttributes = {}): Tensor {
  return reduceAxes(minSpan, x, attributes);
}
