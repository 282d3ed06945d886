/** Pooling over windows, and over whole images. */
import { apply, type Op } from "../autograd/op.ts";
import { AnygradError } from "../errors.ts";
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

type Geometry = readonly [
  n: number,
  h: number,
  w: number,
  c: number,
  kh: number,
  kw: number,
  oh: number,
  ow: number,
  strideH: number,
  strideW: number,
  top: number,
  left: number,
];

/** @throws AnygradError SHAPE_MISMATCH, INVALID_ARGUMENT */
export function poolingGeometry(name: string, x: Shape, attributes: PoolingAttributes): Geometry {
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
  return [n, h, w, c, kh, kw, rows.out, columns.out, strideH, strideW, rows.before, columns.before];
}

function outputShape([n, , , c, , , oh, ow]: Geometry): Shape {
  return [n, oh, ow, c];
}

const maxOp: Op<[Tensor], PoolingAttributes, Geometry> = {
  name: "maxPooling2d",
  shape: ([x], attributes) => outputShape(poolingGeometry("maxPooling2d", x.shape, attributes)),
  forward({ kernels, y }, [x], attributes) {
    const g = poolingGeometry("maxPooling2d", x.shape, attributes);
    kernels.max_pool2d_f32(y.pointer, x.pointer, ...g);
    return g;
  },
  backward({ kernels, y }, { dy, gradient }, [x], _, g) {
    const dx = gradient(0);
    if (dx) kernels.max_pool2d_backward_f32(dx.pointer, dy.pointer, x.pointer, y.pointer, ...g);
  },
};

const averageOp: Op<[Tensor], PoolingAttributes, Geometry> = {
  name: "averagePooling2d",
  shape: ([x], attributes) => outputShape(poolingGeometry("averagePooling2d", x.shape, attributes)),
  forward({ kernels, y }, [x], attributes) {
    const g = poolingGeometry("averagePooling2d", x.shape, attributes);
    kernels.average_pool2d_f32(y.pointer, x.pointer, ...g);
    return g;
  },
  backward({ kernels }, { dy, gradient }, _, __, g) {
    const dx = gradient(0);
    if (dx) kernels.average_pool2d_backward_f32(dx.pointer, dy.pointer, ...g);
  },
};

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
