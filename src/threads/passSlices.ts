/**
 * How passes over memory are cut into slices: elementwise ones by elements, others by rows, channels or images. What is
 * summed stays whole: sums over rows are cut by channels, a cache line of them at least.
 */

import type { Kernels } from "../kernels/abi.generated.ts";
import { cut, minElements, minSlowElements, type Rule } from "./cut.ts";

/** The first `pointers` arguments step with the elements, argument `count` is their number. */
function elementwise(pointers: number, count: number, bytesOfLast = 4): Rule {
  return (values, threads) => {
    const n = values[count]!;
    if (n < minElements) return undefined;
    return cut(n, threads, 16).map(([start, length]) =>
      values.map((value, i) => {
        if (i === count) return length;
        if (i >= pointers) return value;
        return value + start * (i === pointers - 1 ? bytesOfLast : 4);
      }),
    );
  };
}

/** The first arguments; there may be more. */
type Eight = [number, number, number, number, number, number, number, number];

/**
 * Rows of a matrix. A pointer steps by so many numbers a row: "columns", whose count stands behind that of the rows, or
 * those given. @param least the fewest elements
 */
function byRows(steps: readonly ("columns" | number)[], least: number, unit = 1): Rule {
  const at = steps.length;
  return (values, threads) => {
    const [rows, columns] = [values[at]!, values[at + 1]!];
    if (rows * columns < least) return undefined;
    return cut(rows, threads, unit).map(([start, length]) => {
      const own = values.map((value, i) => {
        if (i >= at) return value;
        return value + 4 * start * (steps[i] === "columns" ? columns : (steps[i] as number));
      });
      own[at] = length;
      return own;
    });
  };
}

/** Channels of rows, whole cache lines of them; behind all pointers stand rows, channels and the numbers from a row to the next. */
function byChannels(pointers: number): Rule {
  return (values, threads) => {
    const [rows, channels] = [values[pointers]!, values[pointers + 1]!];
    if (rows * channels < minElements) return undefined;
    return cut(channels, threads, 16).map(([start, length]) => {
      const own = values.map((value, i) => (i < pointers ? value + 4 * start : value));
      own[pointers + 1] = length;
      return own;
    });
  };
}

/** out x outer reduce inner stride: sums apart, or what lies between the numbers of a sum. */
const sum: Rule = (values, threads) => {
  const [out, x, outer, reduce, inner, stride] = values as Eight;
  if (outer * reduce * inner < minElements) return undefined;
  if (outer > 1)
    return cut(outer, threads, inner < 16 ? 16 : 1).map(([start, length]) => [
      out + 4 * start * inner,
      x + 4 * start * reduce * stride,
      length,
      reduce,
      inner,
      stride,
    ]);
  return cut(inner, threads, 16).map(([start, length]) => [
    out + 4 * start,
    x + 4 * start,
    1,
    reduce,
    length,
    stride,
  ]);
};

/** out x words n first …: the numbers are drawn by their place in the whole. */
const dropout: Rule = (values, threads) => {
  const [out, x, words, n, first] = values as Eight;
  if (n < minSlowElements) return undefined;
  return cut(n, threads, 16).map(([start, length]) => [
    out + 4 * start,
    x + 4 * start,
    words, // only the last slice has a remainder, which is drawn there
    length,
    first + start,
    ...values.slice(5),
  ]);
};

/** out, operands, four extents of out, four strides an operand: the first axis of more than one element. */
function broadcast(operands: number): Rule {
  const at = operands + 1;
  return (values, threads) => {
    const extents = values.slice(at, at + 4);
    const size = extents.reduce((product, extent) => product * extent, 1);
    const axis = extents.findIndex((extent) => extent > 1);
    if (size < minElements || axis < 0) return undefined;
    const inner = size / extents[axis]!;
    return cut(extents[axis]!, threads, inner < 16 ? 16 : 1).map(([start, length]) => {
      const own = [...values];
      own[0] = values[0]! + 4 * start * inner;
      for (let i = 0; i < operands; i++)
        own[1 + i] = values[1 + i]! + 4 * start * values[at + 4 + 4 * i + axis]!;
      own[at + axis] = length;
      return own;
    });
  };
}

/** out x rows columns stride xStride */
const copyRows: Rule = (values, threads) => {
  const [out, x, rows, columns, stride, xStride] = values as Eight;
  if (rows * columns < minElements) return undefined;
  // 16 rows of out: threads never write to one cache line
  return cut(rows, threads, 16).map(([start, length]) => [
    out + 4 * start * stride,
    x + 4 * start * xStride,
    length,
    columns,
    stride,
    xStride,
  ]);
};

/** Pooling, whole images: `out` y x n h w c kh kw oh ow …; the backward pass has four pointers, the forward two. */
function pooling(steps: readonly ("input" | "output")[]): Rule {
  return (values, threads) => {
    const at = steps.length;
    const [n, h, w, c, , , oh, ow] = values.slice(at) as Eight;
    const image = h * w * c;
    if (n * image < minElements || n < 2) return undefined;
    return cut(n, threads, 1).map(([start, length]) => {
      const own = [...values];
      steps.forEach((step, i) => {
        own[i] = values[i]! + 4 * start * (step === "input" ? image : oh * ow * c);
      });
      own[at] = length;
      return own;
    });
  };
}

/** out x parameters field n h w c …: whole images. */
const augmentation: Rule = (values, threads) => {
  const [out, x, parameters, field, n, h, w, c] = values as Eight;
  const image = h * w * c;
  if (n * image < minSlowElements || n < 2) return undefined;
  return cut(n, threads, 1).map(([start, length]) => [
    out + 4 * start * image,
    x + 4 * start * image,
    parameters + 48 * start,
    field && field + 8 * w * start,
    length,
    ...values.slice(5),
  ]);
};

const activations = [
  "relu",
  "leaky_relu",
  "elu",
  "gelu",
  "silu",
  "sigmoid",
  "tanh",
  "softplus",
  "negative",
  "absolute",
  "square",
  "sqrt",
  "exp",
  "log",
] as const;

const rowLosses = [
  "sigmoid_cross_entropy",
  "binary_cross_entropy",
  "squared_error",
  "absolute_error",
  "huber",
] as const;

export const passes: Partial<Record<keyof Kernels, Rule>> = {
  max_pool2d_f32: pooling(["output", "input"]),
  max_pool2d_backward_f32: pooling(["input", "output", "input", "output"]),
  average_pool2d_f32: pooling(["output", "input"]),
  average_pool2d_backward_f32: pooling(["input", "output", "input", "output"]),
  batch_norm_statistics_f32: byChannels(3),
  batch_norm_backward_f32: byChannels(9),
  batch_norm_inference_backward_f32: byChannels(9),
  batch_norm_f32: byRows(["columns", "columns", 0, 0, 0, 0], minElements, 16),
  layer_norm_f32: byRows(["columns", 2, "columns", 0, 0], minElements),
  softmax_f32: byRows(["columns", "columns"], minSlowElements),
  softmax_backward_f32: byRows(["columns", "columns", "columns"], minElements),
  log_softmax_f32: byRows(["columns", "columns"], minSlowElements),
  log_softmax_backward_f32: byRows(["columns", "columns", "columns"], minSlowElements),
  softmax_cross_entropy_f32: byRows([1, "columns", "columns", "columns"], minSlowElements),
  softmax_cross_entropy_backward_f32: byRows(["columns", "columns", "columns", 1], minElements),
  cross_entropy_f32: byRows([1, "columns", "columns"], minSlowElements),
  cross_entropy_backward_f32: byRows(["columns", "columns", "columns", 1], minElements),
  ...Object.fromEntries(
    rowLosses.flatMap((name) => [
      [`${name}_f32`, byRows([1, "columns", "columns"], minElements)],
      [`${name}_backward_f32`, byRows(["columns", "columns", "columns", 1], minElements)],
    ]),
  ),
  sum_f32: sum,
  dropout_f32: dropout,
  augment_images_f32: augmentation,
  copy_strided_f32: broadcast(1),
  copy_rows_f32: copyRows,
  ...Object.fromEntries(
    (["add", "subtract", "multiply", "divide", "maximum", "minimum", "greater"] as const).map((name) => [
      `${name}_f32`,
      broadcast(2),
    ]),
  ),
  clip_f32: elementwise(1, 1),
  scale_shift_f32: elementwise(2, 2),
  add_scaled_f32: elementwise(2, 2),
  rescale_u8_f32: elementwise(2, 2, 1),
  sgd_f32: elementwise(2, 2),
  momentum_f32: elementwise(3, 3),
  rmsprop_f32: elementwise(3, 3),
  adam_f32: elementwise(4, 4),
  lerp_f32: elementwise(2, 2),
  ...Object.fromEntries(
    activations.flatMap((name) => [
      [`${name}_f32`, elementwise(2, 2)],
      [`${name}_backward_f32`, elementwise(4, 4)],
    ]),
  ),
};
