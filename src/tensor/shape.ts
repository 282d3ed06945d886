/** Arithmetic on the shapes of tensors: broadcasting, strides, axes. */
import { AnygradError } from "../errors.ts";
import { formatShape, type Shape } from "../math/shape.ts";

export { type ExampleShape, formatShape, openShape, type Shape, sameShape, sizeOf } from "../math/shape.ts"; // in src/math since src/data and src/io, which must not import tensors, use them, too

/** How many elements apart two neighbours along each axis are, in a contiguous row-major array: [2, 3] has [3, 1]. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    strides[i] = stride;
    stride *= shape[i]!;
  }
  return strides;
}

/**
 * The shape that two shapes broadcast to by NumPy's rule: they are aligned at the last axis, and an axis of size 1 is
 * repeated.
 * @param subject what the error begins with
 * @throws AnygradError SHAPE_MISMATCH where two sizes differ and neither is 1
 */
export function broadcastShapes(a: Shape, b: Shape, subject: string): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const m = a[i - rank + a.length] ?? 1;
    const n = b[i - rank + b.length] ?? 1;
    if (m !== n && m !== 1 && n !== 1)
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `${subject}: ${formatShape(a)} and ${formatShape(b)} do not broadcast: axis ${i - rank} is ${m} and ${n}; make them equal or 1`,
      );
    return m === 1 ? n : m;
  });
}

/**
 * An axis counted from 0; a negative one counts from the last, which is −1.
 * @param subject what the error begins with
 * @throws AnygradError INVALID_ARGUMENT for an axis that a tensor of this rank does not have
 */
export function normalizeAxis(axis: number, rank: number, subject: string): number {
  const normal = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(axis) || normal < 0 || normal >= rank)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: axis ${axis} does not exist in a tensor of rank ${rank}; use ${-rank} to ${rank - 1}`,
    );
  return normal;
}
