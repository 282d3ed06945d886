/** Puts the axes of an array in another order. */

import { apply, checkTensors, type Op } from "../autograd/op.ts";
import { AnygradError, quote } from "../errors.ts";
import { formatShape, stridesOf } from "../tensor/shape.ts";
import type { Tensor, TensorAllocator } from "../tensor/tensor.ts";
import { copyPiece } from "./strided.ts";

/** Writes y = x where axis i of y is axis axes[i] of x. */
function permute({ kernels }: TensorAllocator, y: Tensor, x: Tensor, axes: readonly number[]): void {
  const strides = stridesOf(x.shape);
  copyPiece(kernels, y.pointer, y.shape, { pointer: x.pointer, strides: axes.map((axis) => strides[axis]!) });
}

const transposeOp: Op<[Tensor], readonly number[], void> = {
  name: "transpose",
  shape: ([x], axes) => axes.map((axis) => x.shape[axis]!),
  forward({ allocator, y }, [x], axes) {
    permute(allocator, y, x, axes);
  },
  backward({ allocator }, { dy, gradient }, _, axes) {
    const dx = gradient(0);
    const inverse = axes.map((_, i) => axes.indexOf(i));
    if (dx) permute(allocator, dx, dy, inverse);
  },
};

/**
 * The axes in another order: axis i of the result is axis axes[i] of x. [2, 3, 5] with [0, 2, 1] gives [2, 5, 3].
 * @param x any shape
 * @param axes every axis of x once, from 0. Default: reversed, so that a matrix is transposed
 * @throws AnygradError INVALID_ARGUMENT where `axes` is no permutation of the axes of x
 */
export function transpose(x: Tensor, axes?: readonly number[]): Tensor {
  checkTensors("transpose", x);
  const order = axes ?? x.shape.map((_, i) => i).reverse();
  const isPermutation =
    Array.isArray(order) &&
    order.length === x.shape.length &&
    [...order].sort((a, b) => a - b).every((axis, i) => axis === i);
  if (!isPermutation)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `transpose: axes ${quote(order)} are no permutation of the ${x.shape.length} axes of ${formatShape(x.shape)}`,
    );
  return apply(transposeOp, [x], order);
}
