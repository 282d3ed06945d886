/** Max pooling over windows, and means over whole images. Means of windows are in averagePooling2d.ts, with kernels of their own. */
import { apply, checkTensors, type Op } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import { max_pool2d_backward_f32, max_pool2d_f32, type PoolGeometry } from "../kernels/abi.generated.ts";
import { strictOptions } from "../math/options.ts";
import { formatShape, type Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { mean } from "./reduce.ts";
import { bounded, type Padding, type Pair, pair, slide } from "./window.ts";

/** Options of `ops.maxPooling2d` and `ops.averagePooling2d`, with the names and defaults of Keras. */
export interface PoolingAttributes {
  /** Pixels of a window, one number or [height, width]. Default 2. */
  poolSize?: Pair;
  /** Pixels of the input from one window to the next, one number or [height, width]. Default: `poolSize`. */
  strides?: Pair;
  /**
   * "valid" (default): windows stay inside the image; "same": they reach over its edges, so that the output is ⌈size /
   * stride⌉.
   */
  padding?: Padding;
}

export const poolingNames = "poolSize strides padding";

/**
 * The sizes of a pooling, as its kernels take them.
 * @param name the op, which errors begin with
 * @param x shape of the input, [n, h, w, c]
 * @throws AnygradError SHAPE_MISMATCH where x is no batch of images or a window does not fit, INVALID_ARGUMENT for a bad
 *   attribute
 */
export function poolingGeometry(name: string, x: Shape, attributes: PoolingAttributes): PoolGeometry {
  const [n, h, w, c] = x as [number, number, number, number];
  if (x.length !== 4)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${name}: the input is ${formatShape(x)}; wanted [n, height, width, channels]`,
    );
  const poolSize = attributes.poolSize ?? 2;
  const [height, width] = pair(poolSize, `${name}: poolSize`);
  const [strideH, strideW] = pair(attributes.strides ?? poolSize, `${name}: strides`);
  const { padding = "valid" } = attributes;
  const [kh, kw] = padding === "same" ? [bounded(height, h), bounded(width, w)] : [height, width];
  const rows = slide(h, kh, strideH, 1, padding, name);
  const columns = slide(w, kw, strideW, 1, padding, name);
  return {
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
    top: rows.before,
    left: columns.before,
  };
}

/** The op for a kind of pooling, of its two kernels. */
export function pooling(
  name: string,
  forward: typeof max_pool2d_f32,
  backward: typeof max_pool2d_backward_f32,
): Op<[Tensor], PoolingAttributes, PoolGeometry> {
  return {
    name,
    shape([x], attributes) {
      const { n, c, oh, ow } = poolingGeometry(name, x.shape, attributes);
      return [n, oh, ow, c];
    },
    forward({ kernels, y }, [x], attributes) {
      const geometry = poolingGeometry(name, x.shape, attributes);
      kernels.run(forward, { y: y.pointer, x: x.pointer, geometry });
      return geometry;
    },
    backward({ kernels, y }, { dy, gradient }, [x], _, geometry) {
      const dx = gradient(0);
      if (dx)
        kernels.run(backward, {
          dx: dx.pointer,
          dy: dy.pointer,
          x: x.pointer,
          y: y.pointer,
          geometry,
        });
    },
  };
}

const maxOp = pooling("maxPooling2d", max_pool2d_f32, max_pool2d_backward_f32);

/**
 * The largest value of each window, channel by channel. The gradient of a window goes to its largest value, to the first, row
 * by row, of equal ones; where windows overlap, gradients add up. Pixels beyond the edge are never the largest.
 * @param x images [n, h, w, c]
 * @returns [n, oh, ow, c], where oh is ⌊(h − pool) / stride⌋ + 1 with "valid" and ⌈h / stride⌉ with "same"
 * @throws AnygradError SHAPE_MISMATCH where x is no batch of images or a window does not fit, INVALID_ARGUMENT for a bad
 *   attribute
 */
export function maxPooling2d(x: Tensor, attributes?: PoolingAttributes): Tensor {
  return apply(maxOp, [x], strictOptions("maxPooling2d", attributes, poolingNames));
}

/**
 * The mean of each channel over the whole image. The gradient goes to all pixels in equal shares.
 * @param x images [n, h, w, c]
 * @returns [n, c]
 * @throws AnygradError SHAPE_MISMATCH where x has not four axes
 */
export function globalAveragePooling2d(x: Tensor): Tensor {
  checkTensors("globalAveragePooling2d", x);
  if (x.shape.length !== 4)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `globalAveragePooling2d: the input is ${formatShape(x.shape)}; wanted [n, height, width, channels]`,
    );
  return mean(x, { axis: [1, 2] });
}
