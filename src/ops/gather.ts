/** Elements by index along an axis, and sums into the places that indices name. */

import { copy } from "../autograd/constant.ts";
import { apply, checkTensors, type Op } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import { fill_f32, gather_rows_backward_f32, gather_rows_f32 } from "../kernels/abi.generated.ts";
import {
  add_along_axis_f32,
  add_axis_f32,
  gather_axis_f32,
  take_along_axis_f32,
} from "../kernels/families/arrays.generated.ts";
import { strictOptions } from "../math/options.ts";
import { formatShape, normalizeAxis, type Shape, sameShape, sizeOf } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkIndices } from "./indexing.ts";

/** Options of the ops that work along one axis. */
export interface AxisOptions {
  /** The axis; a negative one counts from the last. */
  axis?: number;
}

/** A shape as the kernels see it: the sizes before an axis and behind it. */
export function around(shape: Shape, axis: number): { outer: number; n: number; inner: number } {
  return { outer: sizeOf(shape.slice(0, axis)), n: shape[axis]!, inner: sizeOf(shape.slice(axis + 1)) };
}

const gatherRowsOp: Op<[Tensor, Tensor], null, void> = {
  name: "gather",
  inputs: [["float32"], ["int32"]],
  shape: ([x, indices]) => [...indices.shape, ...x.shape.slice(1)],
  forward({ kernels, y }, [x, indices]) {
    kernels.run(gather_rows_f32, {
      out: y.pointer,
      x: x.pointer,
      indices: indices.pointer,
      count: indices.size,
      columns: x.size / x.shape[0]!,
    });
  },
  backward({ kernels }, { dy, gradient }, [x, indices]) {
    const dx = gradient(0);
    const rows = x.shape[0]!;
    if (dx)
      kernels.run(gather_rows_backward_f32, {
        dx: dx.pointer,
        dy: dy.pointer,
        indices: indices.pointer,
        count: indices.size,
        rows,
        columns: x.size / rows,
      });
  },
};

const gatherOp: Op<[Tensor, Tensor], number, void> = {
  name: "gather",
  inputs: [["float32"], ["int32"]],
  shape: ([x, indices], axis) => [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)],
  forward({ kernels, y }, [x, indices], axis) {
    const sizes = { ...around(x.shape, axis), count: indices.size };
    kernels.run(gather_axis_f32, { y: y.pointer, x: x.pointer, indices: indices.pointer, ...sizes });
  },
  backward({ kernels }, { dy, gradient }, [x, indices], axis) {
    const dx = gradient(0);
    if (!dx) return;
    kernels.run(fill_f32, { out: dx.pointer, n: dx.size, value: 0 });
    const sizes = { ...around(x.shape, axis), count: indices.size };
    kernels.run(add_axis_f32, { sum: dx.pointer, x: dy.pointer, indices: indices.pointer, ...sizes });
  },
};

/**
 * Slices of x by index along an axis: with `axis: 0` rows, y[i] = x[indices[i]]. The gradient of a slice that is taken more than
 * once is the sum over its copies.
 * @param x [..., n, ...], n along the axis
 * @param indices int32 [...] from 0 to n − 1
 * @param options `axis` is 0 by default
 * @returns the axes of x with those of indices in the place of the axis
 * @throws AnygradError SHAPE_MISMATCH where x is a scalar, INVALID_ARGUMENT for an index outside x, indices that are not
 *   int32 or an axis that is not there
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * const x = engine.tensor([[1, 2, 3], [4, 5, 6]]);
 * const last = engine.tensor([2, 0], [2], "int32");
 * console.log(ops.gather(x, last, { axis: 1 }).toArray()); // [[3, 1], [6, 4]]
 * ```
 */
export function gather(x: Tensor, indices: Tensor, options?: AxisOptions): Tensor {
  const { axis = 0 } = strictOptions("gather", options, "axis:number");
  requireAxes("gather", x, indices);
  const place = normalizeAxis(axis, x.shape.length, "gather");
  checkIndices(indices, x.shape[place]!, "gather");
  return place === 0 ? apply(gatherRowsOp, [x, indices], null) : apply(gatherOp, [x, indices], place);
}

const scatterAddOp: Op<[Tensor, Tensor, Tensor], number, void> = {
  name: "scatterAdd",
  inputs: [["float32"], ["int32"], ["float32"]],
  shape([x, indices, updates], axis) {
    const wanted = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
    if (!sameShape(updates.shape, wanted))
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `scatterAdd: updates are ${formatShape(updates.shape)}; x ${formatShape(x.shape)} and indices ${formatShape(indices.shape)} along axis ${axis} want ${formatShape(wanted)}`,
      );
    return x.shape;
  },
  forward({ kernels, y }, [x, indices, updates], axis) {
    copy(y, x);
    const sizes = { ...around(x.shape, axis), count: indices.size };
    kernels.run(add_axis_f32, { sum: y.pointer, x: updates.pointer, indices: indices.pointer, ...sizes });
  },
  backward({ kernels }, { dy, gradient, pass }, [x, indices], axis) {
    const du = gradient(2);
    const sizes = { ...around(x.shape, axis), count: indices.size };
    if (du)
      kernels.run(gather_axis_f32, { y: du.pointer, x: dy.pointer, indices: indices.pointer, ...sizes });
    pass(0, dy);
  },
};

/**
 * x with updates added to its slices by index along an axis: with `axis: 0`, y[indices[i]] += updates[i]; an index may stand
 * there more than once, and sums are made in the order of the indices. dx = dy, dupdates = the slices of dy by index.
 * @param x [..., n, ...], n along the axis
 * @param indices int32 [...] from 0 to n − 1
 * @param updates what `gather(x, indices, { axis })` gives has this shape
 * @param options `axis` is 0 by default
 * @throws AnygradError SHAPE_MISMATCH where x is a scalar or updates do not fit, INVALID_ARGUMENT for an index outside x,
 *   indices that are not int32 or an axis that is not there
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * const segments = engine.tensor([0, 2, 0], [3], "int32");
 * const sums = ops.scatterAdd(engine.tensor([0, 0, 0]), segments, engine.tensor([1, 10, 100]));
 * console.log(sums.toArray()); // [101, 0, 10]
 * ```
 */
export function scatterAdd(x: Tensor, indices: Tensor, updates: Tensor, options?: AxisOptions): Tensor {
  const { axis = 0 } = strictOptions("scatterAdd", options, "axis:number");
  requireAxes("scatterAdd", x, indices);
  const place = normalizeAxis(axis, x.shape.length, "scatterAdd");
  checkIndices(indices, x.shape[place]!, "scatterAdd");
  return apply(scatterAddOp, [x, indices, updates], place);
}

/** What `takeAlongAxis` does with indices that are known to be right. */
export const takeAlongAxisOp: Op<[Tensor, Tensor], number, void> = {
  name: "takeAlongAxis",
  inputs: [["float32"], ["int32"]],
  shape([x, indices], axis) {
    const fits =
      indices.shape.length === x.shape.length &&
      indices.shape.every((n, i) => i === axis || n === x.shape[i]);
    if (!fits)
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `takeAlongAxis: indices are ${formatShape(indices.shape)} and x is ${formatShape(x.shape)}; all axes but axis ${axis} must be equal`,
      );
    return indices.shape;
  },
  forward({ kernels, y }, [x, indices], axis) {
    const sizes = { ...around(x.shape, axis), count: indices.shape[axis]! };
    kernels.run(take_along_axis_f32, { y: y.pointer, x: x.pointer, indices: indices.pointer, ...sizes });
  },
  backward({ kernels }, { dy, gradient }, [x, indices], axis) {
    const dx = gradient(0);
    if (!dx) return;
    kernels.run(fill_f32, { out: dx.pointer, n: dx.size, value: 0 });
    const sizes = { ...around(x.shape, axis), count: indices.shape[axis]! };
    kernels.run(add_along_axis_f32, { sum: dx.pointer, x: dy.pointer, indices: indices.pointer, ...sizes });
  },
};

/**
 * Elements of x by an index for each: along the last axis, y[r, i] = x[r, indices[r, i]]. So a network's value of the action that
 * was taken is picked out of those of all actions. The gradient of an element that is taken more than once is the sum.
 * @param x [..., n, ...], n along the axis
 * @param indices int32, the shape of x but for the axis, from 0 to n − 1
 * @param options `axis` is −1 by default, the last
 * @returns the shape of indices
 * @throws AnygradError SHAPE_MISMATCH where x is a scalar or the shapes differ elsewhere, INVALID_ARGUMENT for an index outside
 *   x, indices that are not int32 or an axis that is not there
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * const values = engine.tensor([[1, 2, 3], [4, 5, 6]]);
 * const actions = engine.tensor([2, 0], [2, 1], "int32");
 * console.log(ops.takeAlongAxis(values, actions).toArray()); // [[3], [4]]
 * ```
 */
export function takeAlongAxis(x: Tensor, indices: Tensor, options?: AxisOptions): Tensor {
  const { axis = -1 } = strictOptions("takeAlongAxis", options, "axis:number");
  requireAxes("takeAlongAxis", x, indices);
  const place = normalizeAxis(axis, x.shape.length, "takeAlongAxis");
  checkIndices(indices, x.shape[place]!, "takeAlongAxis");
  return apply(takeAlongAxisOp, [x, indices], place);
}

/** @throws AnygradError INVALID_ARGUMENT, SHAPE_MISMATCH where the first input is a scalar */
export function requireAxes(name: string, ...inputs: readonly [Tensor, ...Tensor[]]): void {
  checkTensors(name, ...inputs);
  const [{ shape }] = inputs;
  if (shape.length === 0)
    throw new AnygradError("SHAPE_MISMATCH", `${name}: x is ${formatShape(shape)}; wanted at least one axis`);
}
