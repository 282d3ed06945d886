/** Puts the axes of an array in another order. */

import { apply, type Op } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import { copy_strided_f32 } from "../kernels/abi.generated.ts";
import { stridedShape } from "../tensor/broadcast.ts";
import { formatShape, sizeOf, stridesOf } from "../tensor/shape.ts";
import type { Tensor, TensorAllocator } from "../tensor/tensor.ts";

/**
 * Writes y = x where axis i of y is axis axes[i] of x. One kernel call copies the last four axes of y; those before are
 * looped over.
 */
function permute(allocator: TensorAllocator, y: Tensor, x: Tensor, axes: readonly number[]): void {
  const strides = stridesOf(x.shape);
  const sizes = [1, 1, 1, 1, ...y.shape].slice(-Math.max(4, y.shape.length));
  const steps = [0, 0, 0, 0, ...axes.map((axis) => strides[axis]!)].slice(-sizes.length);
  const outer = sizes.length - 4;
  const inner = sizeOf(sizes.slice(outer));
  const shape = stridedShape(sizes, steps);
  let to = y.pointer;
  const walk = (axis: number, from: number): void => {
    if (axis === outer) {
      allocator.kernels.run(copy_strided_f32, { out: to, x: x.pointer + 4 * from, ...shape });
      to += 4 * inner;
    } else for (let i = 0; i < sizes[axis]!; i++) walk(axis + 1, from + i * steps[axis]!);
  };
  walk(0, 0);
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
export function transpose(x: Tensor, axes: readonly number[] = x.shape.map((_, i) => i).reverse()): Tensor {
  if ([...axes].sort((a, b) => a - b).some((axis, i) => axis !== i) || axes.length !== x.shape.length)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `transpose: axes ${formatShape(axes)} are no permutation of the ${x.shape.length} axes of ${formatShape(x.shape)}`,
    );
  return apply(transposeOp, [x], axes);
}
