/**
 * What augmentation does to a batch of images, in one op: an affine map and displacements, a change of brightness, and a
 * rectangle that is blanked. Which numbers to pass for a rotation, a zoom and so on is decided in src/augmentation.
 */

import { apply, type Op } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import { augment_images_f32 } from "../kernels/families/images.generated.ts";
import { strictOptions } from "../math/options.ts";
import { formatShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** How many numbers `augmentImages` takes for each image. */
export const imageParameters = 12;

interface Attributes {
  /** Value of pixels beyond the edge and in the blanked rectangle. */
  fill: number;
  /** Darkest and brightest value of the result. */
  low: number;
  high: number;
}

type Inputs = [x: Tensor, parameters: Tensor, field?: Tensor];

function wrong(what: string, { shape }: Tensor, wanted: string): AnygradError {
  return new AnygradError(
    "SHAPE_MISMATCH",
    `augmentImages: ${what} is ${formatShape(shape)}; pass ${wanted}`,
  );
}

const augmentImagesOp: Op<Inputs, Attributes, void> = {
  name: "augmentImages",
  shape([x, parameters, field]) {
    const [n = 0, h = 0, w = 0] = x.shape;
    if (x.shape.length !== 4) throw wrong("x", x, "images [n, height, width, channels]");
    if (parameters.size !== n * imageParameters)
      throw wrong("parameters", parameters, `twelve numbers an image, [${n}, ${imageParameters}]`);
    if (field && field.size !== h * n * 2 * w)
      throw wrong("field", field, `two numbers a pixel, [${h}, ${n}, 2, ${w}]`);
    return x.shape;
  },
  forward({ kernels, y }, [x, parameters, field], { fill, low, high }) {
    const [n, h, w, c] = x.shape as [number, number, number, number];
    kernels.run(augment_images_f32, {
      out: y.pointer,
      x: x.pointer,
      parameters: parameters.pointer,
      field: field?.pointer ?? 0,
      n,
      h,
      w,
      c,
      fill,
      low,
      high,
    });
  },
  backward: "augmentation changes data, not what is learned; apply it outside of what is differentiated",
};

/**
 * Moves, brightens and blanks the images of a batch, each by eleven numbers p0 … p10 of its own.
 *
 * Pixel (oy, ox) of the result is pixel (sy, sx) of x, where sx = p0 · ox + p1 · oy + p2 and sy = p3 · ox + p4 · oy + p5, by
 * bilinear interpolation between pixels, and `fill` beyond the edge. Then p6 is added and the sum clamped to `low` … `high`.
 * Last, the rectangle of rows p7 to p8 − 1 and columns p9 to p10 − 1 becomes `fill`. There is no gradient: it
 * changes data, not what is learned.
 *
 * @param x images [n, h, w, c]
 * @param parameters [n, 12]: p0 … p10 of each image; the twelfth number is not used
 * @param field displacements in pixels that are added to sx and sy, [h, n, 2, w], those of x before those of y (which warps
 *   an image elastically); null (default) for none
 * @returns [n, h, w, c]
 * @throws AnygradError SHAPE_MISMATCH where the shapes do not fit
 */
export function augmentImages(
  x: Tensor,
  parameters: Tensor,
  field: Tensor | null = null,
  options?: {
    /** Value of pixels beyond the edge and in the blanked rectangle. Default 0. */
    fill?: number;
    /** Smallest value of a pixel of the result. Default −Infinity. */
    low?: number;
    /** Largest value of a pixel of the result. Default Infinity. */
    high?: number;
  },
): Tensor {
  const {
    fill = 0,
    low = Number.NEGATIVE_INFINITY,
    high = Number.POSITIVE_INFINITY,
  } = strictOptions("augmentImages", options, "fill:number low:number high:number");
  return apply(augmentImagesOp, field === null ? [x, parameters] : [x, parameters, field], {
    fill,
    low,
    high,
  });
}
