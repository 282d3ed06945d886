/**
 * Convolution in float64: seven nested loops over NHWC inputs and HWIO kernels.
 * Strides, TensorFlow's padding (the odd row and column go to the bottom and right), dilation and groups.
 */
import { type Activation, activate, activateBackward } from "../activations.ts";
import { type Array64, array64, zerosLike } from "../array64.ts";
import { sumOverRows } from "../matmul.ts";

export type Pair = number | readonly [number, number];
export type Padding = "valid" | "same";

export interface Conv2dAttributes {
  readonly strides?: Pair;
  readonly padding?: Padding;
  readonly dilationRate?: Pair;
  readonly groups?: number;
  readonly activation?: Activation;
}

export const pair = (value: Pair): readonly [number, number] =>
  typeof value === "number" ? [value, value] : value;

/** Output extent, and how many zeros stand before the first row, of one axis. */
export function window(
  extent: number,
  kernel: number,
  stride: number,
  dilation: number,
  padding: Padding,
): { out: number; before: number } {
  const span = (kernel - 1) * dilation + 1;
  if (padding === "valid") return { out: Math.floor((extent - span) / stride) + 1, before: 0 };
  const out = Math.ceil(extent / stride);
  const total = Math.max((out - 1) * stride + span - extent, 0);
  return { out, before: Math.floor(total / 2) };
}

/** The shape of the output: [n, oh, ow, filters]. */
function outputShape(x: Array64, kernel: Array64, attributes: Conv2dAttributes): number[] {
  const { strides = 1, padding = "valid", dilationRate = 1 } = attributes;
  const rows = window(x.shape[1]!, kernel.shape[0]!, pair(strides)[0], pair(dilationRate)[0], padding);
  const columns = window(x.shape[2]!, kernel.shape[1]!, pair(strides)[1], pair(dilationRate)[1], padding);
  return [x.shape[0]!, rows.out, columns.out, kernel.shape[3]!];
}

/**
 * Calls `visit` once for every product the convolution sums: z[output] += x[input] · kernel[weight],
 * all three as row-major positions.
 */
function eachProduct(
  x: Array64,
  kernel: Array64,
  attributes: Conv2dAttributes,
  visit: (output: number, input: number, weight: number) => void,
): void {
  const { strides = 1, padding = "valid", dilationRate = 1, groups = 1 } = attributes;
  const [, height, width, channels] = x.shape as [number, number, number, number];
  const [kernelHeight, kernelWidth, depth, filters] = kernel.shape as [number, number, number, number];
  const [batch, rows, columns] = outputShape(x, kernel, attributes) as [number, number, number, number];
  const [strideHeight, strideWidth] = pair(strides);
  const [dilationHeight, dilationWidth] = pair(dilationRate);
  const top = window(height, kernelHeight, strideHeight, dilationHeight, padding).before;
  const left = window(width, kernelWidth, strideWidth, dilationWidth, padding).before;
  for (let b = 0; b < batch; b++)
    for (let oh = 0; oh < rows; oh++)
      for (let ow = 0; ow < columns; ow++)
        for (let kh = 0; kh < kernelHeight; kh++)
          for (let kw = 0; kw < kernelWidth; kw++) {
            const ih = oh * strideHeight + kh * dilationHeight - top;
            const iw = ow * strideWidth + kw * dilationWidth - left;
            if (ih < 0 || ih >= height || iw < 0 || iw >= width) continue;
            for (let d = 0; d < depth; d++)
              for (let filter = 0; filter < filters; filter++) {
                const group = Math.floor((filter * groups) / filters);
                visit(
                  ((b * rows + oh) * columns + ow) * filters + filter,
                  ((b * height + ih) * width + iw) * channels + group * depth + d,
                  ((kh * kernelWidth + kw) * depth + d) * filters + filter,
                );
              }
          }
}

function preActivation(
  x: Array64,
  kernel: Array64,
  bias: Array64 | null,
  attributes: Conv2dAttributes,
): Array64 {
  const z = array64(outputShape(x, kernel, attributes));
  if (bias) for (let i = 0; i < z.data.length; i++) z.data[i] = bias.data[i % bias.data.length]!;
  eachProduct(x, kernel, attributes, (output, input, weight) => {
    z.data[output]! += x.data[input]! * kernel.data[weight]!;
  });
  return z;
}

/** x [n, h, w, c], kernel [kh, kw, c / groups, filters], bias [filters] → [n, oh, ow, filters] */
export function conv2d(
  x: Array64,
  kernel: Array64,
  bias: Array64 | null,
  attributes: Conv2dAttributes = {},
): Array64 {
  return activate(attributes.activation ?? "linear", preActivation(x, kernel, bias, attributes));
}

/** Each product z += x · kernel sends dz · kernel to dx and dz · x to dkernel. */
export function conv2dBackward(
  dy: Array64,
  x: Array64,
  kernel: Array64,
  bias: Array64 | null,
  attributes: Conv2dAttributes = {},
): { dx: Array64; dkernel: Array64; dbias: Array64 | null } {
  const { activation = "linear" } = attributes;
  const linear = activation === "linear";
  const dz = linear ? dy : activateBackward(activation, dy, preActivation(x, kernel, bias, attributes));
  const dx = zerosLike(x);
  const dkernel = zerosLike(kernel);
  eachProduct(x, kernel, attributes, (output, input, weight) => {
    dx.data[input]! += dz.data[output]! * kernel.data[weight]!;
    dkernel.data[weight]! += dz.data[output]! * x.data[input]!;
  });
  return { dx, dkernel, dbias: bias && sumOverRows(dz) };
}
