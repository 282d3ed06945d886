/** Pooling over windows, and over whole images. */
import { apply, type Op } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
import type { PoolGeometry } from "../kernels/abi.generated.ts";
import { formatShape, type Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { mean } from "./reduce.ts";
import { type Padding, type Pair, pair, slide } from "./window.ts";

export interface PoolingAttributes {
  /** Default 2. */
  poolSize?: Pair;
  /** Default: the pool size. */
  strides?: Pair;
  /** Default "valid". */
  padding?: Padding;
}

/** @throws AnygradError SHAPE_MISMATCH, INVALID_ARGUMENT */
export function poolingGeometry(name: string, x: Shape, attributes: PoolingAttributes): PoolGeometry {
  const [n, h, w, c] = x as [number, number, number, number];
  if (x.length !== 4)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${name}: the input is ${formatShape(x)}; wanted [n, height, width, channels]`,
    );
  const poolSize = attributes.poolSize ?? 2;
  const [kh, kw] = pair(poolSize, `${name}: poolSize`);
  const [strideH, strideW] = pair(attributes.strides ?? poolSize, `${name}: strides`);
  const rows = slide(h, kh, strideH, 1, attributes.padding ?? "valid", name);
  const columns = slide(w, kw, strideW, 1, attributes.padding ?? "valid", name);
  return {
    n,
    h,
    w,
    c,
    kh,
    kw,
    oh: rows.out,
    ow: columns.out,
    strideH,
    strideW,
    top: rows.before,
    left: columns.before,
  };
}

/** A kind of pooling: `KIND_pool2d_f32` and its backward. */
function pooling(name: string, kind: "max" | "average"): Op<[Tensor], PoolingAttributes, PoolGeometry> {
  return {
    name,
    shape([x], attributes) {
      const { n, c, oh, ow } = poolingGeometry(name, x.shape, attributes);
      return [n, oh, ow, c];
    },
    forward({ kernels, y }, [x], attributes) {
      const geometry = poolingGeometry(name, x.shape, attributes);
      kernels[`${kind}_pool2d_f32`]({ y: y.pointer, x: x.pointer, geometry });
      return geometry;
    },
    backward({ kernels, y }, { dy, gradient }, [x], _, geometry) {
      const dx = gradient(0);
      if (dx)
        kernels[`${kind}_pool2d_backward_f32`]({
          dx: dx.pointer,
          dy: dy.pointer,
          x: x.pointer,
          y: y.pointer,
          geometry,
        });
    },
  };
}

const maxOp = pooling("maxPooling2d", "max");
const averageOp = pooling("averagePooling2d", "average");

/** The largest value of each window of x [n, h, w, c]; of equal ones the first takes the gradient. */
export function maxPooling2d(x: Tensor, attributes: PoolingAttributes = {}): Tensor {
  return apply(maxOp, [x], attributes);
}

/** The mean of each window of x [n, h, w, c]; padding is not counted. */
export function averagePooling2d(x: Tensor, attributes: PoolingAttributes = {}): Tensor {
  return apply(averageOp, [x], attributes);
}

/** The mean of each channel: x [n, h, w, c] gives [n, c]. */
export function globalAveragePooling2d(x: Tensor): Tensor {
  if (x.shape.length !== 4)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `globalAveragePooling2d: the input is ${formatShape(x.shape)}; wanted [n, height, width, channels]`,
    );
  return mean(x, { axis: [1, 2] });
}
