/** Convolutions that are others in disguise, in float64: of sequences, images of one row; transposed, the gradient of another. */
import type { Activation } from "../activations.ts";
import { type Array64, array64, map } from "../array64.ts";
import { sumOverRows } from "../matmul.ts";
import { type Conv2dAttributes, conv2d, conv2dBackward, type Pair, pair } from "./conv2d.ts";

export interface Conv1dAttributes {
  readonly strides?: number;
  readonly padding?: "valid" | "same" | "causal";
  readonly dilationRate?: number;
  readonly groups?: number;
  readonly activation?: Activation;
}

/** Sequences [n, steps, c] as images, with the zeros before them that causal padding wants. */
function asImages(x: Array64, before: number): Array64 {
  const [n, steps, c] = x.shape as [number, number, number];
  const images = array64([n, 1, before + steps, c]);
  for (let i = 0; i < n; i++)
    images.data.set(x.data.slice(i * steps * c, (i + 1) * steps * c), (i * (before + steps) + before) * c);
  return images;
}

function images(
  x: Array64,
  kernel: Array64,
  { strides = 1, padding = "valid", dilationRate = 1, groups = 1, activation = "linear" }: Conv1dAttributes,
): { x: Array64; kernel: Array64; before: number; attributes: Conv2dAttributes } {
  const before = padding === "causal" ? (kernel.shape[0]! - 1) * dilationRate : 0;
  return {
    x: asImages(x, before),
    kernel: array64([1, ...kernel.shape], kernel.data),
    before,
    attributes: {
      strides: [1, strides],
      padding: padding === "causal" ? "valid" : padding,
      dilationRate: [1, dilationRate],
      groups,
      activation,
    },
  };
}

export function conv1d(x: Array64, kernel: Array64, bias: Array64, given: Conv1dAttributes): Array64 {
  const as = images(x, kernel, given);
  const y = conv2d(as.x, as.kernel, bias, as.attributes);
  return array64([y.shape[0]!, y.shape[2]!, y.shape[3]!], y.data);
}

export function conv1dBackward(
  dy: Array64,
  x: Array64,
  kernel: Array64,
  bias: Array64,
  given: Conv1dAttributes,
): (Array64 | null)[] {
  const as = images(x, kernel, given);
  const [n, steps, filters] = dy.shape as [number, number, number];
  const grown = array64([n, 1, steps, filters], dy.data);
  const { dx, dkernel, dbias } = conv2dBackward(grown, as.x, as.kernel, bias, as.attributes);
  const whole = as.x.shape[2]! * as.x.shape[3]!;
  const before = as.before * as.x.shape[3]!;
  const kept = dx.data.filter((_, i) => i % whole >= before);
  return [array64(x.shape, kept), array64(kernel.shape, dkernel.data), dbias];
}

export interface TransposeAttributes {
  readonly strides?: Pair;
  readonly padding?: "valid" | "same";
  readonly outputPadding?: number;
  readonly dilationRate?: Pair;
}

/** Zeros in the shape of the output: the input of the convolution whose gradient it is. */
function outputOf(x: Array64, kernel: Array64, attributes: TransposeAttributes): Array64 {
  const { strides = 1, padding = "valid", dilationRate = 1, outputPadding } = attributes;
  const extent = (axis: 0 | 1): number => {
    const [size, stride] = [x.shape[axis + 1]!, pair(strides)[axis]];
    const span = (kernel.shape[axis]! - 1) * pair(dilationRate)[axis] + 1;
    if (padding === "same") return size * stride;
    return (size - 1) * stride + span + (outputPadding ?? Math.max(span, stride) - span);
  };
  return array64([x.shape[0]!, extent(0), extent(1), kernel.shape[2]!]);
}

/** x [n, h, w, channels], kernel [kh, kw, filters, channels] */
export function conv2dTranspose(
  x: Array64,
  kernel: Array64,
  bias: Array64 | null,
  attributes: TransposeAttributes,
): Array64 {
  const { dx } = conv2dBackward(x, outputOf(x, kernel, attributes), kernel, null, plain(attributes));
  return bias ? map(dx, (value, i) => value + bias.data[i % bias.data.length]!) : dx;
}

export function conv2dTransposeBackward(
  dy: Array64,
  x: Array64,
  kernel: Array64,
  bias: Array64 | null,
  attributes: TransposeAttributes,
): (Array64 | null)[] {
  const { dkernel } = conv2dBackward(x, dy, kernel, null, plain(attributes));
  return [conv2d(dy, kernel, null, plain(attributes)), dkernel, bias && sumOverRows(dy)];
}

const plain = ({ outputPadding: _, ...attributes }: TransposeAttributes): Conv2dAttributes => attributes;
