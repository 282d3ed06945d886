/**
 * Depthwise convolution in float64. It is a grouped convolution with one group per channel whose kernel
 * [kh, kw, c, multiplier] is read as [kh, kw, 1, c · multiplier]: the same numbers in the same order.
 */
import { type Array64, array64 } from "../array64.ts";
import { type Conv2dAttributes, conv2d, conv2dBackward } from "./conv2d.ts";

export type DepthwiseAttributes = Omit<Conv2dAttributes, "groups">;

function grouped(kernel: Array64): Array64 {
  const [height, width, channels, multiplier] = kernel.shape as [number, number, number, number];
  return array64([height, width, 1, channels * multiplier], kernel.data);
}

/** x [n, h, w, c], kernel [kh, kw, c, multiplier], bias [c · multiplier] → [n, oh, ow, c · multiplier] */
export function depthwiseConv2d(
  x: Array64,
  kernel: Array64,
  bias: Array64 | null,
  attributes: DepthwiseAttributes = {},
): Array64 {
  return conv2d(x, grouped(kernel), bias, { ...attributes, groups: kernel.shape[2]! });
}

export function depthwiseConv2dBackward(
  dy: Array64,
  x: Array64,
  kernel: Array64,
  bias: Array64 | null,
  attributes: DepthwiseAttributes = {},
): { dx: Array64; dkernel: Array64; dbias: Array64 | null } {
  const options = { ...attributes, groups: kernel.shape[2]! };
  const { dx, dkernel, dbias } = conv2dBackward(dy, x, grouped(kernel), bias, options);
  return { dx, dkernel: array64(kernel.shape, dkernel.data), dbias };
}
