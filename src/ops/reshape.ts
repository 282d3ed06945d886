/** Other shapes of the same elements, over the same memory: nothing is copied. */
import { checkTensors } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import { formatShape, type Shape, sizeOf } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

/**
 * The shape of `size` elements, its one −1, if there is one, replaced by the size that is left.
 * @throws AnygradError SHAPE_MISMATCH
 */
export function resolveShape(size: number, shape: Shape): Shape {
  const known = sizeOf(shape.filter((n) => n !== -1));
  const open = shape.filter((n) => n === -1).length;
  const rest = size / known;
  const resolved = open === 1 && Number.isInteger(rest) ? shape.map((n) => (n === -1 ? rest : n)) : shape;
  if (open > 1 || sizeOf(resolved) !== size)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `reshape: ${size} elements do not fill ${formatShape(shape)}; give a shape of ${size} elements, with at most one -1`,
    );
  return resolved;
}

/**
 * Gives the elements, row-major, another shape. The result lies in the memory of x: nothing is copied.
 * @param shape the new shape, of as many elements as x; one size may be −1, which is what is left
 * @throws AnygradError SHAPE_MISMATCH where x does not fill the shape
 */
export function reshape(x: Tensor, shape: Shape): Tensor {
  checkTensors("reshape", x);
  const y = x.reshaped(resolveShape(x.size, shape));
  const { recorder } = x.allocator;
  if (recorder?.tracks(x))
    recorder.record({
      name: "reshape",
      output: y,
      inputs: [x],
      backward: ({ dy, pass }) => pass(0, dy.reshaped(x.shape)),
    });
  return y;
}

/**
 * Joins all axes but the first: [n, h, w, c] gives [n, h · w · c]. The result lies in the memory of x: nothing is copied.
 * @param x [n, ...]
 * @returns [n, features]; [1, 1] for a scalar
 */
export function flatten(x: Tensor): Tensor {
  checkTensors("flatten", x);
  return reshape(x, [x.shape[0] ?? 1, -1]);
}
