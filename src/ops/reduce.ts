/** Sums and means over axes, and what all reductions have in common. */

import { apply, checkTensors, type Op } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import { copy_strided_f32, sum_f32 } from "../kernels/abi.generated.ts";
import { strictOptions } from "../math/options.ts";
import { stridedShape } from "../tensor/broadcast.ts";
import { formatShape, normalizeAxis, sizeOf } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { multiply } from "./arithmetic.ts";
import { reshape } from "./reshape.ts";

/** Options of `ops.sum`, `ops.mean`, `ops.max`, `ops.min`, `ops.prod` and `ops.logSumExp`. */
export interface ReduceAttributes {
  /** The axis or axes to reduce; a negative one counts from the last. Default: all, so that the result is a scalar. */
  axis?: number | readonly number[];
  /** Whether reduced axes stay in the shape, with size 1, so that the result broadcasts against x. Default false. */
  keepdims?: boolean;
}

/** An array as [outer, reduce, inner]: the sizes before, within and behind a run of neighbouring axes that is reduced. */
export interface Span {
  readonly outer: number;
  readonly reduce: number;
  readonly inner: number;
}

/**
 * The sum over one span, [outer, inner]. Like the ops of the other reductions it gives two axes, which `reduceAxes` names
 * again.
 */
function sumSpan(name: "sum" | "mean"): Op<[Tensor], Span, void> {
  return {
    name,
    shape: (_, { outer, inner }) => [outer, inner],
    forward({ kernels, y }, [x], { outer, reduce, inner }) {
      kernels.run(sum_f32, { out: y.pointer, x: x.pointer, outer, reduce, inner });
    },
    backward({ kernels }, { dy, gradient }, _, { outer, reduce, inner }) {
      const dx = gradient(0);
      const repeated = stridedShape([1, outer, reduce, inner], [0, inner, 0, 1]);
      if (dx) kernels.run(copy_strided_f32, { out: dx.pointer, x: dy.pointer, ...repeated });
    },
  };
}

const sumOp = sumSpan("sum");
/** The sum that `mean` divides: errors call it by the name of the op that was asked for. */
const sumOfMean = sumSpan("mean");

/**
 * Reduces x over its axes: each run of neighbouring axes by one kernel, the last run first.
 * @throws AnygradError INVALID_ARGUMENT for an axis that x does not have, or that is named twice
 */
export function reduceAxes(op: Op<[Tensor], Span, void>, x: Tensor, attributes?: ReduceAttributes): Tensor {
  checkTensors(op.name, x);
  const { axis = x.shape.map((_, i) => i), keepdims = false } = strictOptions(
    op.name,
    attributes,
    "axis:number|object keepdims:boolean",
  );
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

/**
 * The sum over axes. x [n, c] gives [c] with `axis: 0`, [1, c] with `keepdims: true` too, and a scalar without `axis`. The
 * gradient of every element is dy of its sum. The order of the additions follows from the shapes alone.
 * @throws AnygradError INVALID_ARGUMENT for an axis that x does not have, or that is named twice
 */
export function sum(x: Tensor, attributes?: ReduceAttributes): Tensor {
  return reduceAxes(sumOp, x, attributes);
}

/**
 * The mean over axes. x [n, c] gives [c] with `axis: 0`, [1, c] with `keepdims: true` too, and a scalar without `axis`. The
 * gradient of every element is dy of its mean, divided by how many elements the mean is taken of.
 * @throws AnygradError INVALID_ARGUMENT for an axis that x does not have, or that is named twice
 */
export function mean(x: Tensor, attributes?: ReduceAttributes): Tensor {
  const total = reduceAxes(sumOfMean, x, attributes);
  return multiply(total, total.size / x.size);
}
