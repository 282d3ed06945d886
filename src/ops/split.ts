/** An array as several along an axis, and several as one. */

import { checkTensors } from "../autograd/op.ts";
import { AnygradError, quote } from "../errors.ts";
import { strictOptions } from "../math/options.ts";
import { formatShape, normalizeAxis } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { concatenate } from "./concatenate.ts";
import { type AxisOptions, requireAxes } from "./gather.ts";
import { reshape } from "./reshape.ts";
import { slice } from "./slice.ts";

/** The piece of x from `begin` to before `end` along an axis. */
function between(x: Tensor, axis: number, begin: number, end: number): Tensor {
  const only = (index: number) => x.shape.map((_, i) => (i === axis ? index : null));
  return slice(x, { begin: only(begin), end: only(end) });
}

/**
 * The parts of x along an axis. As in Keras and NumPy a number says how many equal parts there are, and a list where the cuts
 * are: of an axis of 6, [2, 5] gives 2, 3 and 1. The gradient of each part is its piece of dx.
 * @param indicesOrSections how many parts, which must fit into the axis; or increasing indices from 1 to below its size
 * @param options `axis` is 0 by default
 * @throws AnygradError INVALID_ARGUMENT for parts that are not equal, cuts that are not there and an axis that is not there,
 *   SHAPE_MISMATCH where x is a scalar
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * const x = engine.tensor([1, 2, 3, 4, 5, 6]);
 * console.log(ops.split(x, 3).map((part) => part.toArray())); // [[1, 2], [3, 4], [5, 6]]
 * console.log(ops.split(x, [1, 3]).map((part) => part.toArray())); // [[1], [2, 3], [4, 5, 6]]
 * ```
 */
export function split(
  x: Tensor,
  indicesOrSections: number | readonly number[],
  options?: AxisOptions,
): Tensor[] {
  const { axis = 0 } = strictOptions("split", options, "axis:number");
  requireAxes("split", x);
  const place = normalizeAxis(axis, x.shape.length, "split");
  const n = x.shape[place]!;
  const cuts = Array.isArray(indicesOrSections)
    ? (indicesOrSections as readonly number[])
    : equalCuts(n, indicesOrSections as number, place);
  const edges = [0, ...cuts, n];
  return edges.slice(1).map((end, i) => {
    const begin = edges[i]!;
    if (!Number.isInteger(end) || end <= begin)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `split: the cuts are ${quote(cuts)} and axis ${place} of ${formatShape(x.shape)} has ${n}; pass increasing indices from 1 to ${n - 1} (of sizes [a, b, c] they are [a, a + b])`,
      );
    return between(x, place, begin, end);
  });
}

function equalCuts(n: number, parts: number, axis: number): number[] {
  if (!Number.isInteger(parts) || parts < 1 || n % parts !== 0)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `split: axis ${axis} has ${n}, which makes no ${quote(parts)} equal parts; pass a number that divides it, or a list of indices to cut at`,
    );
  return Array.from({ length: parts - 1 }, (_, i) => ((i + 1) * n) / parts);
}

/**
 * Tensors of one shape along a new axis: three of [2, 5] give [3, 2, 5]. The gradient of each is its part of dy.
 * @param options `axis`, of the result, is 0 by default; −1 is behind all others
 * @throws AnygradError SHAPE_MISMATCH where shapes differ, INVALID_ARGUMENT for an empty list or an axis that is not there
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * const [a, b] = [engine.tensor([1, 2]), engine.tensor([3, 4])];
 * console.log(ops.stack([a, b]).toArray()); // [[1, 2], [3, 4]]
 * console.log(ops.stack([a, b], { axis: 1 }).toArray()); // [[1, 3], [2, 4]]
 * ```
 */
export function stack(tensors: readonly Tensor[], options?: AxisOptions): Tensor {
  const { axis = 0 } = strictOptions("stack", options, "axis:number");
  const [first] = tensors;
  checkTensors("stack", ...tensors);
  if (!first)
    throw new AnygradError("INVALID_ARGUMENT", "stack: the list is empty; pass at least one tensor");
  const place = normalizeAxis(axis, first.shape.length + 1, "stack");
  for (const { shape } of tensors)
    if (formatShape(shape) !== formatShape(first.shape))
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `stack: ${formatShape(first.shape)} and ${formatShape(shape)} differ; make all shapes equal`,
      );
  const layers = tensors.map((x) => reshape(x, [...x.shape.slice(0, place), 1, ...x.shape.slice(place)]));
  return concatenate(layers, { axis: place });
}

/**
 * The slices of x along an axis, without it: [3, 2, 5] gives three of [2, 5]. The opposite of `stack`.
 * @param options `axis` is 0 by default
 * @throws AnygradError SHAPE_MISMATCH where x is a scalar, INVALID_ARGUMENT for an axis that is not there
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * const x = engine.tensor([[1, 2], [3, 4]]);
 * console.log(ops.unstack(x, { axis: 1 }).map((column) => column.toArray())); // [[1, 3], [2, 4]]
 * ```
 */
export function unstack(x: Tensor, options?: AxisOptions): Tensor[] {
  const { axis = 0 } = strictOptions("unstack", options, "axis:number");
  requireAxes("unstack", x);
  const place = normalizeAxis(axis, x.shape.length, "unstack");
  const rest = x.shape.filter((_, i) => i !== place);
  return Array.from({ length: x.shape[place]! }, (_, i) => reshape(between(x, place, i, i + 1), rest));
}
