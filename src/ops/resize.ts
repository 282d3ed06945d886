/** Images of another size. */

import { apply, checkTensors, type Op } from "../autograd/op.ts";
import { AnygradError, quote } from "../errors.ts";
import { resize_axis_backward_f32, resize_axis_f32 } from "../kernels/families/resize.generated.ts";
import { strictOptions } from "../math/options.ts";
import { formatShape, sizeOf } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { pair } from "./window.ts";

/** Where the pixels of a resized image come from: "nearest" is one pixel, "bilinear" the four around, by their distance. */
export type Interpolation = "nearest" | "bilinear";

/** @throws AnygradError INVALID_ARGUMENT for another name */
export function checkInterpolation(subject: string, interpolation: Interpolation): Interpolation {
  if (interpolation === "nearest" || interpolation === "bilinear") return interpolation;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${subject}: interpolation is ${quote(interpolation)}; pass "nearest" or "bilinear"`,
  );
}

/** One axis and its new size. */
interface AxisSize {
  readonly axis: number;
  readonly size: number;
  readonly linear: number;
}

/** An array as the kernels see it: the sizes before an axis, of it and behind it. */
function around({ shape }: Tensor, { axis, size, linear }: AxisSize) {
  const inner = sizeOf(shape.slice(axis + 1));
  return { outer: sizeOf(shape.slice(0, axis)), n: shape[axis]!, size, inner, linear };
}

const resizeOp: Op<[Tensor], AxisSize, void> = {
  name: "resize",
  shape: ([x], { axis, size }) => x.shape.map((n, i) => (i === axis ? size : n)),
  forward({ kernels, y }, [x], to) {
    kernels.run(resize_axis_f32, { y: y.pointer, x: x.pointer, ...around(x, to) });
  },
  backward({ kernels }, { dy, gradient }, [x], to) {
    const dx = gradient(0);
    if (dx) kernels.run(resize_axis_backward_f32, { dx: dx.pointer, dy: dy.pointer, ...around(x, to) });
  },
};

/**
 * Images of another size. A pixel of the result lies where its middle falls on the image: place i of an axis at (i + ½) · old / new −
 * ½ (half-pixel centers, as in Keras; no anti-aliasing). The gradient goes back by the same shares.
 * @param x images [n, h, w, c]
 * @param size [height, width] of the result, or one number for both
 * @returns [n, height, width, c]
 * @throws AnygradError SHAPE_MISMATCH where x is no batch of images, INVALID_ARGUMENT for a bad size or interpolation
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * const x = engine.tensor([0, 4], [1, 1, 2, 1]);
 * console.log([...ops.resize(x, [1, 4]).data]); // [0, 1, 3, 4]
 * ```
 */
export function resize(
  x: Tensor,
  size: number | readonly [number, number],
  options?: {
    /** "bilinear" (default) or "nearest". */
    interpolation?: Interpolation;
  },
): Tensor {
  const { interpolation = "bilinear" } = strictOptions("resize", options, "interpolation");
  const linear = checkInterpolation("resize", interpolation) === "bilinear" ? 1 : 0;
  checkTensors("resize", x);
  if (x.shape.length !== 4)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `resize: the input is ${formatShape(x.shape)}; wanted [n, height, width, channels]`,
    );
  return pair(size, "resize: size").reduce<Tensor>(
    (y, pixels, i) =>
      pixels === y.shape[i + 1] ? y : apply(resizeOp, [y], { axis: i + 1, size: pixels, linear }),
    x,
  );
}
