/** Joins arrays along an axis. */

import { apply, checkTensors, type Op } from "../autograd/op.ts";
import { AnygradError, quote } from "../errors.ts";
import { copy_rows_f32 } from "../kernels/abi.generated.ts";
import { strictOptions } from "../math/options.ts";
import { formatShape, normalizeAxis, type Shape, sizeOf } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

/**
 * The shape of arrays joined along `axis`, which is counted from 0; along all others they must have the same sizes.
 * @throws AnygradError SHAPE_MISMATCH where they differ along another axis
 */
export function concatenatedShape(shapes: readonly Shape[], axis: number): Shape {
  const [first, ...others] = shapes as [Shape, ...Shape[]];
  for (const shape of others)
    if (shape.length !== first.length || shape.some((n, i) => i !== axis && n !== first[i]))
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `concatenate: ${formatShape(first)} and ${formatShape(shape)} do not fit along axis ${axis}; make all other axes equal`,
      );
  return first.map((n, i) => (i === axis ? shapes.reduce((sum, shape) => sum + shape[i]!, 0) : n));
}

const concatenateOp: Op<readonly [Tensor, ...Tensor[]], number, void> = {
  name: "concatenate",
  shape: (inputs, axis) =>
    concatenatedShape(
      inputs.map(({ shape }) => shape),
      axis,
    ),
  forward({ kernels, y }, inputs, axis) {
    const [rows, stride] = rowsFrom(y.shape, axis);
    let to = y.pointer;
    for (const { pointer, shape } of inputs) {
      const [, columns] = rowsFrom(shape, axis);
      kernels.run(copy_rows_f32, { out: to, x: pointer, rows, columns, stride, xStride: columns });
      to += 4 * columns;
    }
  },
  backward({ kernels, y }, { dy, gradient }, inputs, axis) {
    const [rows, stride] = rowsFrom(y.shape, axis);
    let from = dy.pointer;
    inputs.forEach(({ shape }, i) => {
      const [, columns] = rowsFrom(shape, axis);
      const dx = gradient(i);
      if (dx)
        kernels.run(copy_rows_f32, {
          out: dx.pointer,
          x: from,
          rows,
          columns,
          stride: columns,
          xStride: stride,
        });
      from += 4 * columns;
    });
  },
};

/**
 * An array as rows that can be copied whole: the sizes before the axis are the rows, the axis and those behind it the
 * columns.
 */
function rowsFrom(shape: Shape, axis: number): [rows: number, columns: number] {
  return [sizeOf(shape.slice(0, axis)), sizeOf(shape.slice(axis))];
}

/**
 * Joins tensors along an axis: [n, 3] and [n, 5] along the last give [n, 8]. The gradient of each is its part of dy.
 * @param tensors one or more, of the same shape but for the size of that axis
 * @throws AnygradError SHAPE_MISMATCH where another axis differs, INVALID_ARGUMENT for an empty list or an axis that is not
 *   there
 */
export function concatenate(
  tensors: readonly Tensor[],
  options?: {
    /** Axis along which they are joined; a negative one counts from the last. Default −1, the last. */
    axis?: number;
  },
): Tensor {
  const { axis = -1 } = strictOptions("concatenate", options, "axis");
  const [first, ...others] = Array.isArray(tensors) ? tensors : [];
  if (!first)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `concatenate: got ${quote(tensors)}; pass a list of at least one tensor`,
    );
  checkTensors("concatenate", first);
  return apply(concatenateOp, [first, ...others], normalizeAxis(axis, first.shape.length, "concatenate"));
}
