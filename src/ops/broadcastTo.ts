/** Arrays repeated: by broadcasting, whole or element by element. */

import { apply, checkTensors, type Op } from "../autograd/op.ts";
import { AnygradError, quote } from "../errors.ts";
import { copy_strided_f32 } from "../kernels/abi.generated.ts";
import { strictOptions } from "../math/options.ts";
import { forOuter, loopOver, stridedShape } from "../tensor/broadcast.ts";
import { broadcastShapes, formatShape, normalizeAxis, type Shape, sameShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { sumTo } from "./arithmetic.ts";
import { concatenate } from "./concatenate.ts";
import { reshape } from "./reshape.ts";
import { slice } from "./slice.ts";

/** Writes y = x, repeated by broadcasting. */
export function copyRepeated(y: Tensor, x: Tensor): void {
  const loop = loopOver(y.shape, x.shape, x.shape);
  const shape = stridedShape(loop.sizes, loop.a);
  forOuter(loop, (to, from) => {
    y.allocator.kernels.run(copy_strided_f32, {
      out: y.pointer + 4 * to,
      x: x.pointer + 4 * from,
      ...shape,
    });
  });
}

const broadcastToOp: Op<[Tensor], Shape, void> = {
  name: "broadcastTo",
  shape: (_, shape) => shape,
  forward({ y }, [x]) {
    copyRepeated(y, x);
  },
  backward({ allocator }, { dy, gradient }) {
    const dx = gradient(0);
    if (dx) sumTo(allocator, dx, dy);
  },
};

/**
 * x repeated to a shape by NumPy's rule: the shapes are aligned at the last axis, and an axis of size 1 is repeated. The gradient
 * is the sum over the repetitions. Arithmetic broadcasts by itself.
 * @param shape of the result
 * @throws AnygradError SHAPE_MISMATCH where x does not broadcast to it
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * console.log(ops.broadcastTo(engine.tensor([1, 2]), [2, 2]).toArray()); // [[1, 2], [1, 2]]
 * ```
 */
export function broadcastTo(x: Tensor, shape: Shape): Tensor {
  checkTensors("broadcastTo", x);
  const isShape = Array.isArray(shape) && shape.every((n) => Number.isSafeInteger(n) && n >= 0);
  if (!isShape || !sameShape(broadcastShapes(x.shape, shape, "broadcastTo"), shape))
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `broadcastTo: ${formatShape(x.shape)} does not broadcast to ${quote(shape)}; each axis must have size 1 or that of the shape`,
    );
  return apply(broadcastToOp, [x], [...shape]);
}

/** x whose axes are repeated in turn: `inside` element by element, else as a whole. */
function repeated(x: Tensor, repeats: readonly number[], inside: boolean): Tensor {
  if (repeats.every((n) => n === 1)) return x;
  const between = x.shape.flatMap((n) => (inside ? [n, 1] : [1, n]));
  const wanted = x.shape.flatMap((n, i) => (inside ? [n, repeats[i]!] : [repeats[i]!, n]));
  return reshape(
    broadcastTo(reshape(x, between), wanted),
    x.shape.map((n, i) => n * repeats[i]!),
  );
}

function checkRepeats(name: string, repeats: readonly unknown[], least: number): void {
  for (const n of repeats)
    if (!Number.isInteger(n) || (n as number) < least)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `${name}: repeats has ${quote(n)}; pass whole numbers from ${least}`,
      );
}

/**
 * x one after another, so often along each axis: [1, 2] with 2 gives [1, 2, 1, 2]. The gradient is the sum over the copies.
 * @param repeats a number an axis, or one for the last. As in NumPy the shorter of shape and list is filled up with 1 in front
 * @throws AnygradError INVALID_ARGUMENT for numbers below 1
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * console.log(ops.tile(engine.tensor([[1, 2]]), [2, 2]).toArray()); // [[1, 2, 1, 2], [1, 2, 1, 2]]
 * ```
 */
export function tile(x: Tensor, repeats: number | readonly number[]): Tensor {
  checkTensors("tile", x);
  const given = Array.isArray(repeats) ? (repeats as readonly number[]) : [repeats as number];
  checkRepeats("tile", given, 1);
  const ones = (n: number): number[] => new Array<number>(Math.max(0, n)).fill(1);
  const rank = x.shape.length;
  const whole = reshape(x, [...ones(given.length - rank), ...x.shape]);
  return repeated(whole, [...ones(rank - given.length), ...given], false);
}

/**
 * Every element of an axis so often in a row: [1, 2] with 2 gives [1, 1, 2, 2]. The gradient is the sum over the copies.
 * @param repeats one number for all, or one for each element of the axis, of which 0 leaves out
 * @param options `axis` is by default none, as in Keras: x is taken as a flat list
 * @throws AnygradError INVALID_ARGUMENT for numbers that are not whole, an axis that is not there or another number of them than the
 *   axis has, SHAPE_MISMATCH where nothing would be left
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * const x = engine.tensor([[1, 2], [3, 4]]);
 * console.log(ops.repeat(x, 2, { axis: 1 }).toArray()); // [[1, 1, 2, 2], [3, 3, 4, 4]]
 * console.log(ops.repeat(x, [1, 2], { axis: 0 }).toArray()); // [[1, 2], [3, 4], [3, 4]]
 * ```
 */
export function repeat(
  x: Tensor,
  repeats: number | readonly number[],
  options?: {
    /** The axis; a negative one counts from the last. Default: x is flattened first. */
    axis?: number;
  },
): Tensor {
  checkTensors("repeat", x);
  const { axis } = strictOptions("repeat", options, "axis:number");
  const whole = axis === undefined || x.shape.length === 0 ? reshape(x, [-1]) : x;
  const place = normalizeAxis(axis ?? 0, whole.shape.length, "repeat");
  if (!Array.isArray(repeats)) {
    checkRepeats("repeat", [repeats], 1);
    return repeated(
      whole,
      whole.shape.map((_, i) => (i === place ? (repeats as number) : 1)),
      true,
    );
  }
  const each = repeats as readonly number[];
  checkRepeats("repeat", each, 0);
  const n = whole.shape[place]!;
  if (each.length !== n)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `repeat: ${each.length} repeats for axis ${place} of ${formatShape(whole.shape)}, which has ${n}; pass one for each, or one number`,
    );
  if (each.every((times) => times === 0))
    throw new AnygradError("SHAPE_MISMATCH", "repeat: all repeats are 0; leave something over");
  const only = (i: number): Tensor =>
    slice(whole, {
      begin: whole.shape.map((_, at) => (at === place ? i : null)),
      end: whole.shape.map((_, at) => (at === place ? i + 1 : null)),
    });
  const parts = each.flatMap((times, i) =>
    times === 0
      ? []
      : [
          broadcastTo(
            only(i),
            whole.shape.map((size, at) => (at === place ? times : size)),
          ),
        ],
  );
  return concatenate(parts, { axis: place });
}
