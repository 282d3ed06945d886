/** Max pooling that tells where the largest pixels are, and pooling over windows with gaps. */

import { apply, checkTensors, type Op } from "../autograd/op.ts";
import { untracked } from "../autograd/untracked.ts";
import { AnygradError, quote } from "../errors.ts";
import type { PoolGeometry } from "../kernels/abi.generated.ts";
import { max_pool2d_places_i32 } from "../kernels/families/images.generated.ts";
import { strictOptions } from "../math/options.ts";
import { sizeOf } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { depthwiseConv2d } from "./depthwiseConv2d.ts";
import { takeAlongAxis } from "./gather.ts";
import { divide } from "./inverses.ts";
import { type PoolingAttributes, poolingGeometry, poolingNames } from "./pooling2d.ts";
import { reshape } from "./reshape.ts";
import { constantLike } from "./targetGradient.ts";
import { type Pair, pair, slide } from "./window.ts";

/** Options of `ops.maxPoolWithArgmax`. */
export interface DilatedPoolingAttributes extends PoolingAttributes {
  /** Pixels of the input from one pixel of a window to the next, one number or [height, width]. Default 1: dense windows. */
  dilationRate?: Pair;
}

const names = `${poolingNames} dilationRate`;

/** The sizes of a pooling whose windows may have gaps. @throws AnygradError SHAPE_MISMATCH, INVALID_ARGUMENT */
function dilatedGeometry(name: string, x: Tensor, { dilationRate = 1, ...dense }: DilatedPoolingAttributes) {
  const [dilationH, dilationW] = pair(dilationRate, `${name}: dilationRate`);
  const padding = dense.padding ?? "valid";
  // dense windows of one pixel fit any image: they check all but what the gaps change
  const { kh, kw, strideH, strideW } = poolingGeometry(name, x.shape, { ...dense, padding: "same" });
  const [n, h, w, c] = x.shape as [number, number, number, number];
  const [spanH, spanW] = [(kh - 1) * dilationH + 1, (kw - 1) * dilationW + 1];
  // else there may be windows of which no pixel is in the image
  if (dilationH * dilationW > 1 && (spanH > h || spanW > w))
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${name}: a window spans ${spanH} × ${spanW} pixels and the image has ${h} × ${w}; take a smaller dilationRate or poolSize`,
    );
  const rows = slide(h, kh, strideH, dilationH, padding, name);
  const columns = slide(w, kw, strideW, dilationW, padding, name);
  const [top, left] = [rows.before, columns.before];
  const geometry: PoolGeometry = {
    n,
    h,
    w,
    c,
    kh,
    kw,
    oh: rows.out,
    ow: columns.out,
    strideH: rows.stride,
    strideW: columns.stride,
    top,
    left,
  };
  return { geometry, dilationH: rows.dilation, dilationW: columns.dilation };
}

const placesOp: Op<[Tensor], ReturnType<typeof dilatedGeometry>, void> = {
  name: "maxPoolWithArgmax",
  dtype: "int32",
  shape: (_, { geometry: { n, oh, ow, c } }) => [n, oh, ow, c],
  forward({ kernels, y }, [x], sizes) {
    kernels.run(max_pool2d_places_i32, { places: y.pointer, x: x.pointer, ...sizes });
  },
  backward: "an index does not change continuously",
};

/**
 * The largest value of each window, channel by channel, and where it is: the first, row by row, of equal ones. Pixels beyond the edge
 * are never the largest. The gradient of a window goes to its largest value; indices have none. Windows may have gaps, by
 * `dilationRate`. Where indices are not needed and windows are dense, `maxPooling2d` is faster.
 * @param x images [n, h, w, c]
 * @returns values [n, oh, ow, c] and int32 indices of that shape: (row · w + column) · c + channel within their image
 * @throws AnygradError SHAPE_MISMATCH where x is no batch of images or a window does not fit, INVALID_ARGUMENT for a bad
 *   attribute
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * const x = engine.tensor([1, 5, 2, 3], [1, 2, 2, 1]);
 * const { values, indices } = ops.maxPoolWithArgmax(x);
 * console.log(values.item(), indices.item()); // 5 1
 * ```
 */
export function maxPoolWithArgmax(
  x: Tensor,
  attributes?: DilatedPoolingAttributes,
): {
  /** The largest values. */
  values: Tensor;
  /** Where they are in their images. */
  indices: Tensor;
} {
  checkTensors("maxPoolWithArgmax", x);
  const sizes = dilatedGeometry(
    "maxPoolWithArgmax",
    x,
    strictOptions("maxPoolWithArgmax", attributes, names),
  );
  const indices = untracked(x.allocator, () => apply(placesOp, [x], sizes));
  const [n] = x.shape as [number];
  const rows = (all: Tensor): Tensor => reshape(all, [n, sizeOf(all.shape.slice(1))]);
  return { values: reshape(takeAlongAxis(rows(x), rows(indices)), indices.shape), indices };
}

/**
 * The largest value or the mean of each window with gaps (atrous pooling), channel by channel: pixels of a window lie
 * `dilationRate` apart. Pixels beyond the edge are never the largest and do not count in the mean.
 * @param x images [n, h, w, c]
 * @returns [n, oh, ow, c]; a window spans (pool − 1) · dilation + 1 pixels
 * @throws AnygradError SHAPE_MISMATCH where x is no batch of images or a window does not fit, INVALID_ARGUMENT for a bad
 *   attribute
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * const x = engine.tensor([1, 9, 3, 5], [1, 1, 4, 1]);
 * const y = ops.dilatedPooling2d(x, { poolSize: [1, 2], strides: 1, dilationRate: [1, 2] });
 * console.log([...y.data]); // [3, 9]
 * ```
 */
export function dilatedPooling2d(
  x: Tensor,
  attributes?: DilatedPoolingAttributes & {
    /** "max" (default) or "average". */
    type?: "max" | "average";
  },
): Tensor {
  checkTensors("dilatedPooling2d", x);
  const { type = "max", ...windows } = strictOptions("dilatedPooling2d", attributes, `type ${names}`);
  if (type === "max") return maxPoolWithArgmax(x, windows).values;
  if (type !== "average")
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `dilatedPooling2d: type is ${quote(type)}; pass "max" or "average"`,
    );
  const { geometry } = dilatedGeometry("dilatedPooling2d", x, windows);
  const { kh, kw, c, strideH, strideW } = geometry;
  const ones = (shape: readonly number[]): Tensor => constantLike(x.allocator.allocate(shape), 1);
  const sums = (images: Tensor): Tensor =>
    depthwiseConv2d(images, ones([kh, kw, c, 1]), null, {
      strides: [strideH, strideW],
      padding: windows.padding ?? "valid",
      dilationRate: windows.dilationRate ?? 1,
    });
  return divide(
    sums(x),
    untracked(x.allocator, () => sums(ones(x.shape))),
  );
}
