/** Numbers around an array: a constant, its mirror image or its edge. */

import { apply, checkTensors, type Op } from "../autograd/op.ts";
import { AnygradError, quote } from "../errors.ts";
import { pad_axis_backward_f32, pad_axis_f32 } from "../kernels/families/arrays.generated.ts";
import { strictOptions } from "../math/options.ts";
import { formatShape, sizeOf } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** What stands around the array, by the numbers that the kernels take. */
const modes = { constant: 0, reflect: 1, symmetric: 2, edge: 3 } as const;

/**
 * What `ops.pad` puts around x = [a, b, c]. "constant": a number; "reflect": b a b c, the mirror image in the outermost number;
 * "symmetric": a a b c, behind it; "edge": a a a b c.
 */
export type PadMode = keyof typeof modes;

/** What is added to one axis. */
interface AxisPadding {
  readonly axis: number;
  readonly before: number;
  readonly after: number;
  readonly mode: number;
  readonly value: number;
}

/** What the kernels take of an axis. */
function sizesOf(x: Tensor, { axis, before, after, mode }: AxisPadding) {
  const { shape } = x;
  const outer = sizeOf(shape.slice(0, axis));
  return { outer, n: shape[axis]!, inner: sizeOf(shape.slice(axis + 1)), before, after, mode };
}

const padOp: Op<[Tensor], AxisPadding, void> = {
  name: "pad",
  shape: ([x], { axis, before, after }) => x.shape.map((n, i) => (i === axis ? before + n + after : n)),
  forward({ kernels, y }, [x], padding) {
    kernels.run(pad_axis_f32, {
      y: y.pointer,
      x: x.pointer,
      ...sizesOf(x, padding),
      value: padding.value,
    });
  },
  backward({ kernels }, { dy, gradient }, [x], padding) {
    const dx = gradient(0);
    if (dx) kernels.run(pad_axis_backward_f32, { dx: dx.pointer, dy: dy.pointer, ...sizesOf(x, padding) });
  },
};

/**
 * x with numbers around it. [n, h, w, c] with [[0, 0], [1, 1], [2, 2], [0, 0]] has two rows and four columns more. The gradient of
 * a number is the sum over the places where it stands.
 * @param x any shape
 * @param padding how many before and behind x, a pair for each axis
 * @throws AnygradError INVALID_ARGUMENT for what is no such list and for another mode, SHAPE_MISMATCH where a mirror image would
 *   have to be longer than x
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * const x = engine.tensor([1, 2, 3]);
 * console.log(ops.pad(x, [[2, 1]], { mode: "reflect" }).toArray()); // [3, 2, 1, 2, 3, 2]
 * ```
 */
export function pad(
  x: Tensor,
  padding: readonly (readonly [before: number, after: number])[],
  options?: {
    /** What stands there. Default "constant". */
    mode?: PadMode;
    /** The number of "constant". Default 0. */
    value?: number;
  },
): Tensor {
  checkTensors("pad", x);
  const { mode = "constant", value = 0 } = strictOptions("pad", options, "mode value:number");
  if (!Object.hasOwn(modes, mode))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `pad: mode is ${quote(mode)}; pass ${Object.keys(modes)
        .map((name) => `"${name}"`)
        .join(" or ")}`,
    );
  const isCount = (n: unknown): boolean => Number.isInteger(n) && (n as number) >= 0;
  const isPair = (pair: unknown): boolean => Array.isArray(pair) && pair.length === 2 && pair.every(isCount);
  if (!Array.isArray(padding) || padding.length !== x.shape.length || !padding.every(isPair))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `pad: padding is ${quote(padding)} and x is ${formatShape(x.shape)}; pass a pair [before, after] of whole numbers from 0 for each axis`,
    );
  const reach = { constant: 0, edge: 0, reflect: -1, symmetric: 0 }[mode];
  padding.forEach(([before, after], axis) => {
    const most = x.shape[axis]! + reach;
    if ((mode === "reflect" || mode === "symmetric") && Math.max(before, after) > most)
      throw new AnygradError(
        "SHAPE_MISMATCH",
        `pad: mode "${mode}" gives at most ${most} at each end of axis ${axis} of ${formatShape(x.shape)}, and ${Math.max(before, after)} are wanted; use "edge" or "constant"`,
      );
  });
  return padding.reduce(
    (y, [before, after], axis) =>
      before + after === 0 ? y : apply(padOp, [y], { axis, before, after, mode: modes[mode], value }),
    x,
  );
}
