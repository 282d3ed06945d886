/** Images moved by matrices and displacements, brightened and cut: what augmentation does to a batch. */

import { apply, type Op } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import { formatShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** Numbers that the op takes for each image. */
export const imageParameters = 12;

interface Attributes {
  fill: number;
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
    kernels.augment_images_f32(
      y.pointer,
      x.pointer,
      parameters.pointer,
      field?.pointer ?? 0,
      n,
      h,
      w,
      c,
      2 * w * n,
      fill,
      low,
      high,
    );
  },
  backward: "augmentation changes data, not what is learned; apply it outside of what is differentiated",
};

/**
 * Looks each pixel (oy, ox) up at sx = p0 ox + p1 oy + p2, sy = p3 ox + p4 oy + p5, between pixels by bilinear
 * interpolation and beyond the edge as `fill`; adds p6 and clamps to low … high; sets the rows p7 to p8 − 1 of the columns
 * p9 to p10 − 1 to `fill`.
 * @param x [n, h, w, c]
 * @param parameters [n, 12]: p0 … p10 of each image, the last number is free
 * @param field displacements in pixels, added to sx and sy: [h, n, 2, w], first x, then y; null: none
 * @throws AnygradError SHAPE_MISMATCH
 */
export function augmentImages(
  x: Tensor,
  parameters: Tensor,
  field: Tensor | null = null,
  {
    fill = 0,
    low = Number.NEGATIVE_INFINITY,
    high = Number.POSITIVE_INFINITY,
  }: { fill?: number; low?: number; high?: number } = {},
): Tensor {
  return apply(augmentImagesOp, field ? [x, parameters, field] : [x, parameters], { fill, low, high });
}
