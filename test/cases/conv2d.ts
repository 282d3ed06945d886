/** Rows for convolution and depthwise convolution: channels, kernels, strides, paddings, dilation, groups, epilogues. */
import { type Conv2dAttributes, conv2d, conv2dBackward } from "../reference/images/conv2d.ts";
import { depthwiseConv2d, depthwiseConv2dBackward } from "../reference/images/depthwise.ts";
import * as derived from "../reference/images/transposed.ts";
import { type Case, row } from "./case.ts";

export type Shape4 = readonly [number, number, number, number];
export type Extents = readonly [number, number];

/** x [n, h, w, c], kernel extents, filters */
export function conv(
  x: Shape4,
  extents: Extents,
  filters: number,
  attributes: Conv2dAttributes = {},
  { bias = true } = {},
): Case {
  const depth = x[3] / (attributes.groups ?? 1);
  return row({
    op: "conv2d",
    inputs: [{ shape: x }, { shape: [...extents, depth, filters] }, bias ? { shape: [filters] } : null],
    attributes,
    reference: ([input, kernel, b]) => conv2d(input!, kernel!, b ?? null, attributes),
    referenceBackward: (dy, [input, kernel, b]) => {
      const { dx, dkernel, dbias } = conv2dBackward(dy, input!, kernel!, b ?? null, attributes);
      return [dx, dkernel, dbias];
    },
  });
}

export function depthwise(
  x: Shape4,
  extents: Extents,
  multiplier: number,
  attributes: Conv2dAttributes = {},
): Case {
  return row({
    op: "depthwiseConv2d",
    inputs: [{ shape: x }, { shape: [...extents, x[3], multiplier] }, { shape: [x[3] * multiplier] }],
    attributes,
    reference: ([input, kernel, b]) => depthwiseConv2d(input!, kernel!, b!, attributes),
    referenceBackward: (dy, [input, kernel, b]) => {
      const { dx, dkernel, dbias } = depthwiseConv2dBackward(dy, input!, kernel!, b!, attributes);
      return [dx, dkernel, dbias];
    },
  });
}

/** x [n, h, w, channels], kernel extents, kernels a channel, filters */
function separable(
  x: Shape4,
  extents: Extents,
  multiplier: number,
  filters: number,
  { activation, ...windows }: Conv2dAttributes = {},
): Case {
  const depth = x[3] * multiplier;
  return row({
    op: "separableConv2d",
    inputs: [
      { shape: x },
      { shape: [...extents, x[3], multiplier] },
      { shape: [1, 1, depth, filters] },
      { shape: [filters] },
    ],
    attributes: { ...windows, ...(activation && { activation }) },
    reference: ([input, own, mixing, b]) =>
      conv2d(depthwiseConv2d(input!, own!, null, windows), mixing!, b!, {
        ...(activation && { activation }),
      }),
    referenceBackward: (dy, [input, own, mixing, b]) => {
      const alone = depthwiseConv2d(input!, own!, null, windows);
      const mixed = conv2dBackward(dy, alone, mixing!, b!, { ...(activation && { activation }) });
      const { dx, dkernel } = depthwiseConv2dBackward(mixed.dx, input!, own!, null, windows);
      return [dx, dkernel, mixed.dkernel, mixed.dbias];
    },
  });
}

/** x [n, steps, channels], steps of the kernel, filters */
function sequences(
  x: readonly [number, number, number],
  k: number,
  filters: number,
  attributes: derived.Conv1dAttributes = {},
): Case {
  const depth = x[2] / (attributes.groups ?? 1);
  return row({
    op: "conv1d",
    inputs: [{ shape: x }, { shape: [k, depth, filters] }, { shape: [filters] }],
    attributes,
    reference: ([input, kernel, b]) => derived.conv1d(input!, kernel!, b!, attributes),
    referenceBackward: (dy, [input, kernel, b]) =>
      derived.conv1dBackward(dy, input!, kernel!, b!, attributes),
  });
}

/** x [n, h, w, channels], kernel extents, filters */
function transposed(
  x: Shape4,
  extents: Extents,
  filters: number,
  attributes: derived.TransposeAttributes = {},
  { bias = true } = {},
): Case {
  return row({
    op: "conv2dTranspose",
    inputs: [{ shape: x }, { shape: [...extents, filters, x[3]] }, bias ? { shape: [filters] } : null],
    attributes,
    reference: ([input, kernel, b]) => derived.conv2dTranspose(input!, kernel!, b ?? null, attributes),
    referenceBackward: (dy, [input, kernel, b]) =>
      derived.conv2dTransposeBackward(dy, input!, kernel!, b ?? null, attributes),
  });
}

const kernels: readonly Extents[] = [
  [1, 1],
  [2, 2],
  [3, 3],
  [5, 5],
  [3, 2],
];
const paddings = ["valid", "same"] as const;
const strides: readonly (number | Extents)[] = [1, 2, 3, [2, 1], [3, 2]];
const activations = ["linear", "relu", "sigmoid", "tanh", "relu6"] as const;

export const convCases: readonly Case[] = [
  sequences([2, 9, 3], 3, 4),
  sequences([1, 7, 1], 2, 1, { strides: 2 }),
  sequences([3, 8, 4], 3, 6, { padding: "same", groups: 2, activation: "relu" }),
  sequences([2, 8, 3], 3, 5, { padding: "causal", dilationRate: 2, activation: "tanh" }),
  sequences([2, 9, 2], 4, 3, { padding: "causal", strides: 2 }),
  sequences([2, 40, 16], 5, 24, { padding: "same" }),
  // Winograd's by the rule of src/ops/conv1d.ts: both kernels, tiles cut at the ends, more tiles than go at a time and than are
  // summed at a time, groups of sequences, every epilogue
  ...([3, 5] as const).flatMap((k) => [
    ...(["valid", "same", "causal"] as const).map((padding) => sequences([2, 43, 24], k, 28, { padding })),
    sequences([33, 26, 28], k, 24, { padding: "same" }),
    sequences([2, 400, 24], k, 24, { padding: "same" }),
  ]),
  ...activations.map((activation) => sequences([1, 25, 24], 3, 24, { padding: "same", activation })),
  transposed([2, 3, 4, 3], [3, 3], 2),
  transposed([1, 4, 3, 2], [3, 3], 5, { strides: 2, padding: "same" }),
  transposed([2, 3, 3, 4], [2, 4], 3, { strides: [3, 2] }, { bias: false }),
  transposed([1, 3, 2, 2], [4, 4], 3, { strides: 2, padding: "same" }),
  transposed([1, 3, 3, 2], [3, 2], 2, { strides: 2, outputPadding: 1 }),
  transposed([1, 4, 4, 3], [3, 3], 2, { dilationRate: 2, padding: "same" }),
  transposed([2, 6, 7, 8], [3, 3], 8, { padding: "same" }),
  transposed([9, 7, 7, 16], [3, 3], 8, { strides: 2, padding: "same" }),
  // every kernel with every padding and stride, on an odd image
  ...kernels.flatMap((extents) =>
    paddings.flatMap((padding) =>
      strides.map((stride) => conv([2, 7, 6, 3], extents, 5, { padding, strides: stride })),
    ),
  ),
  // channels in and filters around the tile's 4 and 8
  ...[1, 3, 4, 7, 8, 32].map((channels) => conv([1, 5, 6, channels], [3, 3], 8, { padding: "same" })),
  ...[1, 3, 4, 7, 8, 9, 17, 32].map((filters) => conv([1, 4, 5, 2], [3, 2], filters, { padding: "valid" })),
  // one row of output, one pixel of output, kernels larger than the image
  conv([1, 3, 9, 4], [3, 3], 4),
  conv([1, 5, 5, 3], [5, 5], 6),
  conv([3, 1, 1, 5], [1, 1], 7),
  conv([1, 2, 2, 3], [5, 5], 4, { padding: "same" }),
  conv([1, 1, 13, 1], [1, 3], 3, { padding: "same" }),
  // depths (kh · kw · c) above the blocks of 256 and 512, and more rows than one block
  conv([1, 6, 6, 32], [3, 4], 7),
  conv([1, 6, 5, 32], [5, 4], 9, { padding: "same" }),
  conv([2, 28, 28, 1], [3, 3], 4, { padding: "same" }),
  conv([1, 12, 11, 32], [3, 2], 40, { padding: "same" }),
  conv([4, 28, 28, 4], [3, 3], 16, { padding: "same" }),
  // Winograd's by the rule of src/ops/conv2dAlgorithm.ts: both kernels, borders that cut tiles, remainders of channels
  // and filters, more tiles than a group and than a block of the kernel gradient's sum, every epilogue
  ...paddings.flatMap((padding) => [
    conv([1, 9, 8, 8], [3, 3], 8, { padding }),
    conv([2, 13, 11, 13], [3, 3], 9, { padding }),
    conv([1, 8, 12, 8], [5, 5], 8, { padding }),
    conv([2, 11, 9, 11], [5, 5], 13, { padding }),
  ]),
  conv([1, 8, 7, 32], [3, 3], 3, { padding: "same" }, { bias: false }),
  conv([1, 8, 8, 8], [5, 5], 1, { padding: "same" }),
  conv([3, 17, 18, 9], [3, 3], 8, { padding: "same" }),
  conv([2, 15, 16, 8], [5, 5], 12, { padding: "same" }),
  ...activations.map((activation) => conv([1, 8, 8, 9], [3, 3], 10, { activation, padding: "same" })),
  // dilation
  ...paddings.flatMap((padding) => [
    conv([2, 9, 8, 2], [3, 3], 4, { padding, dilationRate: 2 }),
    conv([1, 9, 10, 3], [2, 3], 5, { padding, dilationRate: [1, 2] }),
    conv([1, 7, 7, 1], [3, 3], 3, { padding, dilationRate: 3 }),
  ]),
  // groups
  conv([2, 5, 5, 4], [3, 3], 6, { groups: 2, padding: "same" }),
  conv([1, 6, 7, 8], [3, 2], 4, { groups: 4, strides: 2, padding: "same" }),
  conv([1, 5, 5, 7], [3, 3], 14, { groups: 7 }),
  conv([1, 7, 5, 6], [2, 2], 10, { groups: 2, strides: [1, 2] }),
  conv([2, 4, 4, 4], [1, 1], 4, { groups: 4 }),
  conv([1, 8, 7, 4], [3, 3], 4, { groups: 2, dilationRate: 2, padding: "same" }),
  // the epilogue, with and without bias
  ...activations.flatMap((activation) => [
    conv([2, 5, 5, 3], [3, 3], 5, { activation, padding: "same" }),
    conv([1, 6, 5, 4], [2, 2], 8, { activation }, { bias: false }),
    conv([1, 5, 5, 4], [3, 3], 6, { activation, groups: 2 }),
  ]),

  ...[1, 3, 4, 7, 8, 13].map((channels) => depthwise([2, 6, 5, channels], [3, 3], 1, { padding: "same" })),
  ...paddings.flatMap((padding) =>
    strides.map((stride) => depthwise([1, 7, 8, 5], [3, 2], 1, { padding, strides: stride })),
  ),
  depthwise([1, 6, 6, 3], [3, 3], 2),
  depthwise([2, 5, 7, 4], [2, 2], 3, { padding: "same", strides: 2 }),
  depthwise([1, 9, 8, 6], [3, 3], 1, { dilationRate: 2 }),
  depthwise([1, 7, 7, 3], [3, 3], 1, { dilationRate: 2, padding: "same" }),
  depthwise([1, 2, 2, 4], [5, 5], 1, { padding: "same" }),
  // vectors of 16 and of 4 channels and a rest; images of several rows that are walked together, and one row at a time
  ...[16, 20, 37].flatMap((channels) => [
    depthwise([2, 9, 7, channels], [3, 3], 1, { padding: "same" }),
    depthwise([1, 9, 8, channels], [3, 3], 1, { padding: "same", strides: 2 }),
  ]),
  depthwise([1, 6, 90, 32], [3, 7], 1, { padding: "same" }),
  // neighbouring outputs at once: rows shorter and longer than they are, all columns inside and not
  ...[1, 3, 4, 6, 11].flatMap((width) =>
    [3, 5].flatMap((side) =>
      strides.map((stride) =>
        depthwise([1, 6, width, 8], [side, side], 1, { padding: "same", strides: stride }),
      ),
    ),
  ),
  ...[3, 5].map((side) => depthwise([2, 8, 19, 12], [side, side], 1, { strides: 2 })),
  ...activations.map((activation) => depthwise([1, 5, 9, 12], [3, 3], 1, { padding: "same", activation })),
  depthwise([1, 11, 10, 9], [2, 2], 1, { strides: 3 }),
  depthwise([1, 10, 11, 8], [4, 3], 1, { dilationRate: 3 }),
  ...activations.map((activation) => depthwise([1, 5, 5, 6], [3, 3], 1, { activation })),
  separable([2, 5, 6, 3], [3, 3], 1, 4),
  separable([1, 7, 6, 4], [3, 2], 2, 5, { padding: "same", strides: 2 }),
  separable([1, 9, 8, 5], [3, 3], 1, 8, { dilationRate: 2, padding: "same" }),
  ...activations.map((activation) => separable([1, 5, 5, 6], [3, 3], 2, 3, { activation })),
];
