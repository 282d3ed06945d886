/** Axes in another order. */
import { apply, type Op } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import { formatShape, sizeOf, stridesOf } from "../tensor/shape.ts";
import type { Tensor, TensorAllocator } from "../tensor/tensor.ts";

/** y = x with axis i of y being axis axes[i] of x; any rank, the last four axes in one kernel call. */
function permute(allocator: TensorAllocator, y: Tensor, x: Tensor, axes: readonly number[]): void {
  const strides = stridesOf(x.shape);
  const sizes = [1, 1, 1, 1, ...y.shape].slice(-Math.max(4, y.shape.length));
  const steps = [0, 0, 0, 0, ...axes.map((axis) => strides[axis]!)].slice(-sizes.length);
  const outer = sizes.length - 4;
  const inner = sizeOf(sizes.slice(outer));
  const [d0, d1, d2, d3] = sizes.slice(outer) as [number, number, number, number];
  const [s0, s1, s2, s3] = steps.slice(outer) as [number, number, number, number];
  let to = y.pointer;
  const walk = (axis: number, from: number): void => {
    if (axis === outer) {
      allocator.kernels.copy_strided_f32(to, x.pointer + 4 * from, d0, d1, d2, d3, s0, s1, s2, s3);
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

/** @param axes a permutation of the axes; default: reversed @throws AnygradError INVALID_ARGUMENT */
export function transpose(x: Tensor, axes: readonly number[] = x.shape.map((_, i) => i).reverse()): Tensor {
  if ([...axes].sort((a, b) => a - b).some((axis, i) => axis !== i) || axes.length !== x.shape.length)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `transpose: axes ${formatShape(axes)} are no permutation of the ${x.shape.length} axes of ${formatShape(x.shape)}`,
    );
  return apply(transposeOp, [x], axes);
}
