/** A piece of an array: a range of each axis, every so many. */

import { apply, checkTensors, type Op } from "../autograd/op.ts";
import { AnygradError, quote } from "../errors.ts";
import { fill_f32 } from "../kernels/abi.generated.ts";
import { paste_strided_f32 } from "../kernels/families/arrays.generated.ts";
import { strictOptions } from "../math/options.ts";
import { formatShape, type Shape, stridesOf } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { copyPiece, type Piece, writePiece } from "./strided.ts";

/** A range of one axis: its first index, how many, and the step from one to the next. */
interface Range {
  readonly first: number;
  readonly count: number;
  readonly step: number;
}

/** The piece of a tensor that has these ranges. */
function pieceOf(tensor: Tensor, ranges: readonly Range[]): Piece {
  const strides = stridesOf(tensor.shape);
  const first = ranges.reduce((sum, range, axis) => sum + range.first * strides[axis]!, 0);
  return {
    pointer: tensor.pointer + 4 * first,
    strides: ranges.map(({ step }, axis) => step * strides[axis]!),
  };
}

const sliceOp: Op<[Tensor], readonly Range[], void> = {
  name: "slice",
  shape: (_, ranges) => ranges.map(({ count }) => count),
  forward({ kernels, y }, [x], ranges) {
    copyPiece(kernels, y.pointer, y.shape, pieceOf(x, ranges));
  },
  backward({ kernels }, { dy, gradient }, _, ranges) {
    const dx = gradient(0);
    if (!dx) return;
    kernels.run(fill_f32, { out: dx.pointer, n: dx.size, value: 0 });
    writePiece(kernels, paste_strided_f32, pieceOf(dx, ranges), dy.shape, dy.pointer);
  },
};

/** Options of `ops.slice`; each is a number for each axis from the first on, and null stands for the default. */
export interface SliceOptions {
  /** First index of each axis; a negative one counts from the end. Default: the first, by a negative stride the last. */
  begin?: readonly (number | null)[];
  /** Index behind the last of each axis; a negative one counts from the end. Default: all that is left. */
  end?: readonly (number | null)[];
  /** From one index to the next; a negative one goes backwards. Default 1. */
  strides?: readonly (number | null)[];
}

/**
 * A piece of x: of each axis the indices from `begin` to before `end`, every `strides`-th. As in NumPy, x[1:, ::-1] is `slice(x, {
 * begin: [1], strides: [1, -1] })`; unlike there, an index outside of x and a piece without elements are errors. Axes that are not
 * named stay whole. The gradient of what is left out is 0.
 * @param x any shape
 * @throws AnygradError INVALID_ARGUMENT for an index that x does not have, a stride of 0 or more numbers than axes,
 *   SHAPE_MISMATCH where nothing would be left
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * const x = engine.tensor([[1, 2, 3], [4, 5, 6]]);
 * console.log(ops.slice(x, { begin: [1], strides: [1, -1] }).toArray()); // [[6, 5, 4]]
 * console.log(ops.slice(x, { begin: [0, -1] }).toArray()); // [[3], [6]]
 * ```
 */
export function slice(x: Tensor, options?: SliceOptions): Tensor {
  checkTensors("slice", x);
  const given = strictOptions("slice", options, "begin:object end:object strides:object");
  for (const name of ["begin", "end", "strides"] as const) {
    const numbers = given[name] ?? [];
    if (!Array.isArray(numbers) || numbers.length > x.shape.length)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `slice: ${name} is ${quote(numbers)} but x is ${formatShape(x.shape)}; pass a list of one number an axis, or fewer`,
      );
  }
  return apply(
    sliceOp,
    [x],
    x.shape.map((_, axis) => rangeOf(x.shape, axis, given)),
  );
}

function rangeOf(shape: Shape, axis: number, { begin, end, strides }: SliceOptions): Range {
  const n = shape[axis]!;
  const step = strides?.[axis] ?? 1;
  if (!Number.isInteger(step) || step === 0)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `slice: strides[${axis}] is ${quote(step)}; pass a whole number other than 0`,
    );
  const index = (name: string, value: number | null | undefined, highest: number): number | undefined => {
    if (value === undefined || value === null) return undefined;
    if (!Number.isInteger(value) || value < -n || value > highest)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `slice: ${name}[${axis}] is ${quote(value)} but the axis has ${n}; pass a whole number from ${-n} to ${highest}, or null`,
      );
    return value < 0 ? value + n : value;
  };
  const first = index("begin", begin?.[axis], n - 1) ?? (step > 0 ? 0 : n - 1);
  const last = index("end", end?.[axis], n) ?? (step > 0 ? n : -1);
  const count = Math.ceil((last - first) / step);
  if (count <= 0)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `slice: nothing is left of axis ${axis} of ${formatShape(shape)} from ${first} to before ${last} by ${step}; change begin, end or strides`,
    );
  return { first, count, step };
}
