/** Other shapes of the same elements; nothing moves. */
import { AnygradError } from "../errors.ts";
import { formatShape, type Shape, sizeOf } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** The shape with its one −1, if it has one, replaced by what is left. @throws AnygradError SHAPE_MISMATCH */
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

/** @param shape as many elements; one axis may be −1 @throws AnygradError SHAPE_MISMATCH */
export function reshape(x: Tensor, shape: Shape): Tensor {
  const y = x.reshaped(resolveShape(x.size, shape));
  const { recorder } = x.allocator;
  if (recorder?.tracks(x))
    recorder.record("reshape", y, [x], ({ dy, pass }) => pass(0, dy.reshaped(x.shape)));
  return y;
}

/** All axes but the first become one: [n, …] gives [n, features]. */
export function flatten(x: Tensor): Tensor {
  return reshape(x, [x.shape[0] ?? 1, -1]);
}
