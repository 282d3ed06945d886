/** The order of numbers along an axis. */

import { apply, type Op } from "../autograd/op.ts";
import { AnygradError, quote } from "../errors.ts";
import { order_i32 } from "../kernels/families/scans.generated.ts";
import { strictOptions } from "../math/options.ts";
import { formatShape, normalizeAxis } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { around, requireAxes, takeAlongAxisOp } from "./gather.ts";

/** Options of `ops.sort` and `ops.argsort`. */
export interface SortOptions {
  /** The axis; a negative one counts from the last. Default −1. */
  axis?: number;
  /** Whether the largest comes first. Default false. */
  descending?: boolean;
}

/** How many along which axis, in which order. */
interface Order {
  readonly axis: number;
  readonly count: number;
  readonly descending: boolean;
}

/** A function of the file, for its errors. */
type Name = "sort" | "argsort" | "topK";

/** The op that finds the first in an order. */
function ordering(name: Name): Op<[Tensor], Order, void> {
  return {
    name,
    dtype: "int32",
    shape: ([x], { axis, count }) => x.shape.map((n, i) => (i === axis ? count : n)),
    forward({ kernels, y }, [x], { axis, count, descending }) {
      const sizes = { ...around(x.shape, axis), count, descending: Number(descending) };
      kernels.run(order_i32, { indices: y.pointer, x: x.pointer, ...sizes });
    },
    backward: "an index does not change continuously; use the values of ops.sort or ops.topK",
  };
}

/** Where the first `count` of x in their order stand; all of them by default. */
function indicesOf(name: Name, x: Tensor, { axis = -1, descending = false }: SortOptions, count?: number) {
  requireAxes(name, x);
  const place = normalizeAxis(axis, x.shape.length, name);
  const n = x.shape[place]!;
  const asked = count ?? n;
  if (!Number.isInteger(asked) || asked < 1 || asked > n)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${name}: k is ${quote(asked)} and axis ${place} of ${formatShape(x.shape)} has ${n}; pass a whole number from 1 to ${n}`,
    );
  return { place, indices: apply(ordering(name), [x], { axis: place, count: asked, descending }) };
}

/**
 * The indices that sort x along an axis: `takeAlongAxis(x, argsort(x))` is `sort(x)`. Equal numbers stay in the order of their
 * indices, ascending or descending; a NaN counts as larger than all numbers, and −0 equals 0. It has no gradient.
 * @param x [..., n, ...], n along the axis
 * @returns int32, the shape of x
 * @throws AnygradError SHAPE_MISMATCH where x is a scalar, INVALID_ARGUMENT for an axis that is not there
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * console.log(ops.argsort(engine.tensor([3, 1, 2])).toArray()); // [1, 2, 0]
 * ```
 */
export function argsort(x: Tensor, options?: SortOptions): Tensor {
  return indicesOf("argsort", x, strictOptions("argsort", options, "axis:number descending:boolean")).indices;
}

/**
 * x sorted along an axis, a NaN behind all numbers, or before them where the largest comes first. The gradient of an element goes
 * to where it stood.
 * @param x [..., n, ...], n along the axis
 * @throws AnygradError SHAPE_MISMATCH where x is a scalar, INVALID_ARGUMENT for an axis that is not there
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * const x = engine.tensor([3, 1, 2]);
 * console.log(ops.sort(x).toArray()); // [1, 2, 3]
 * console.log(ops.sort(x, { descending: true }).toArray()); // [3, 2, 1]
 * ```
 */
export function sort(x: Tensor, options?: SortOptions): Tensor {
  const given = strictOptions("sort", options, "axis:number descending:boolean");
  const { place, indices } = indicesOf("sort", x, given);
  return apply(takeAlongAxisOp, [x, indices], place);
}

/** What `ops.topK` gives. */
export interface TopK {
  /** The k largest, the largest first. */
  readonly values: Tensor;
  /** Where they stand along the axis, int32. */
  readonly indices: Tensor;
}

/**
 * The k largest numbers along an axis and where they stand, the largest first, of equal ones that of the lowest index. A NaN counts
 * as larger than all numbers. The gradient of a value goes to where it stood; indices have none.
 * @param x [..., n, ...], n along the axis
 * @param k from 1 to n
 * @returns both [..., k, ...]
 * @throws AnygradError SHAPE_MISMATCH where x is a scalar, INVALID_ARGUMENT for another k or an axis that is not there
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * const { values, indices } = ops.topK(engine.tensor([3, 1, 4, 1, 5]), 2);
 * console.log(values.toArray(), indices.toArray()); // [5, 4] [4, 2]
 * ```
 */
export function topK(
  x: Tensor,
  k: number,
  options?: {
    /** The axis; a negative one counts from the last. Default −1. */
    axis?: number;
    /** false: the k smallest, the smallest first. Default true. */
    largest?: boolean;
  },
): TopK {
  const { axis = -1, largest = true } = strictOptions("topK", options, "axis:number largest:boolean");
  const { place, indices } = indicesOf("topK", x, { axis, descending: largest }, k);
  return { values: apply(takeAlongAxisOp, [x, indices], place), indices };
}
