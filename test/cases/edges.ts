/**
 * Rows at the edges of tiles: every remainder of 4 and 8 lanes and of 4 and 6 rows, sizes of 1, primes, one row more
 * than a block. A list of its own, all pairs of sizes in an orthogonal array, too long for finite differences.
 */
import type { Activation } from "../reference/activations.ts";
import type { Conv2dAttributes } from "../reference/images/conv2d.ts";
import { window } from "../reference/images/conv2d.ts";
import { transpose } from "./arrange.ts";
import type { Case } from "./case.ts";
import { conv, depthwise, type Extents } from "./conv2d.ts";
import { dense, matmul } from "./matmul.ts";
import { batch, layer } from "./normalization.ts";
import { pairs } from "./pairs.ts";
import { average, globalAverage, maximum } from "./pool.ts";
import { reduction } from "./reduce.ts";
import { softmaxes, sparse } from "./softmax.ts";

type Padding = "same" | "valid";

const batches = [1, 2, 3, 1, 5, 2, 3];
const extents = [1, 2, 3, 5, 7, 11, 13];
const channels = [1, 3, 4, 5, 7, 8, 13];
const filters = [1, 2, 3, 5, 7, 9, 17];
const windows: readonly Extents[] = [
  [1, 1],
  [2, 2],
  [3, 3],
  [5, 5],
  [3, 2],
  [1, 7],
  [7, 1],
];
const strides: readonly (number | Extents)[] = [1, 2, 3, [2, 1], [1, 2], 1, [3, 5]];
const dilations: readonly (number | Extents)[] = [1, 1, 2, 1, [1, 2], 1, 3];
const paddings: readonly Padding[] = ["same", "valid", "same", "valid", "valid", "same", "same"];
const activations: readonly Activation[] = ["linear", "relu", "sigmoid", "tanh"];

/** The padding asked for where the window stands inside the image, else "same". */
function fitting(
  [h, w]: Extents,
  [kh, kw]: Extents,
  dilation: number | Extents,
  asked: Padding = "same",
): Padding {
  const [dh, dw] = typeof dilation === "number" ? [dilation, dilation] : dilation;
  const fits = window(h, kh, 1, dh, asked).out > 0 && window(w, kw, 1, dw, asked).out > 0;
  return fits ? asked : "same";
}

const places = [0, 1, 2, 3, 4, 5, 6];

const im2col = pairs<[number, number, number, number, number, Extents, number | Extents, number]>(
  batches,
  extents,
  extents,
  channels,
  filters,
  windows,
  strides,
  places,
).map(([n, h, w, c, o, kernel, stride, place], i) => {
  const dilationRate = dilations[place]!;
  const attributes: Conv2dAttributes = {
    strides: stride,
    dilationRate,
    padding: fitting([h, w], kernel, dilationRate, paddings[place]),
    activation: activations[i % 4] as Conv2dAttributes["activation"],
  };
  return conv([n, h, w, c], kernel, o, attributes, { bias: i % 3 > 0 });
});

/** Groups have strides between the channels that a product takes. */
const grouped = pairs<[number, number, number, Extents, number]>(
  [2, 3, 2, 5, 3],
  [1, 3, 4, 5, 7],
  [1, 2, 3, 7, 8],
  [
    [1, 1],
    [2, 2],
    [3, 3],
    [3, 2],
    [5, 5],
  ],
  [3, 5, 6, 7, 8],
).map(([groups, c, o, kernel, h]) =>
  conv([2, h, 7, groups * c], kernel, groups * o, { groups, padding: "same" }),
);

/** Shapes that src/ops/conv2dAlgorithm.ts gives to Winograd in at least one pass. */
const winograd = pairs<[number, number, number, number, number, readonly [3 | 5, Padding]]>(
  [1, 2, 3, 1, 5],
  [4, 7, 8, 11, 13],
  [4, 5, 7, 12, 17],
  [8, 9, 11, 13, 17],
  [1, 3, 5, 7, 8],
  [
    [3, "same"],
    [5, "same"],
    [3, "valid"],
    [5, "same"],
    [3, "same"],
  ],
).map(([n, h, w, c, o, [side, padding]], i) =>
  conv([n, h, w, c], [side, side], o, {
    padding: fitting([h, w], [side, side], 1, padding),
    // an activation that saturates would hide the largest value, by which the error is measured
    activation: activations[i % 2] as Conv2dAttributes["activation"],
  }),
);

const depthwises = pairs<[number, number, number, number, number, Extents, number | Extents, number]>(
  batches,
  extents,
  extents,
  channels,
  [1, 2, 3, 1, 4, 5, 1],
  windows,
  strides,
  places,
).map(([n, h, w, c, multiplier, kernel, stride, place]) => {
  const dilationRate = dilations[place]!;
  const padding = fitting([h, w], kernel, dilationRate, paddings[place]);
  return depthwise([n, h, w, c], kernel, multiplier, { strides: stride, dilationRate, padding });
});

const poolings = pairs<[number, number, number, number, Extents, number | Extents, Padding]>(
  batches,
  extents,
  extents,
  channels,
  windows,
  strides,
  paddings,
).flatMap(([n, h, w, c, poolSize, stride, asked]) => {
  const attributes = { poolSize, strides: stride, padding: fitting([h, w], poolSize, 1, asked) };
  return [maximum([n, h, w, c], attributes), average([n, h, w, c], attributes)];
});

/** Rows and columns of the kernels that work row by row or column by column. */
const sides = [1, 2, 3, 4, 5, 7, 8, 11, 13, 17, 31, 61, 67];
const matrices = pairs<[number, number]>(sides, sides);
const isPrimeOrOne = (n: number): boolean => ![4, 8].includes(n);

const rowwise = matrices
  .filter((sizes) => sizes.every(isPrimeOrOne))
  .flatMap(([rows, columns]) => [
    ...softmaxes({ shape: [rows, columns], range: [-2, 2] }),
    // two numbers normalise to ±1 whatever they are: their gradient is nothing but rounding
    layer({ shape: [rows, columns], range: [-3, 3], gradient: columns !== 2 }),
    batch({ shape: [rows, columns], range: [-3, 3], gradient: rows !== 2 }, { training: rows > 1 }),
    reduction("sum", [rows, columns], { axis: 0 }),
    reduction("sum", [rows, columns], { axis: 1 }),
    reduction("max", [rows, columns], { axis: 0 }),
    reduction("max", [rows, columns], { axis: 1 }),
    transpose([rows, columns]),
    ...(rows > 2 && columns > 1 ? [sparse(rows, columns, { fromLogits: true })] : []),
  ]);

/** 17 sizes, every pair of rows, columns and depth; each product brings its two gradients. */
const sizes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 17, 31, 61, 67, 127, 257];
const products = pairs<[number, number, number]>(sizes, sizes, sizes).map(([m, k, n], i) =>
  i % 2
    ? dense([m, k, n], i % 3 > 0, { activation: activations[i % 4]! })
    : matmul([m, k, n], { transposeA: i % 4 > 1, transposeB: i % 8 > 3 }),
);

function unique(cases: readonly Case[]): readonly Case[] {
  return [...new Map(cases.map((each) => [each.name, each])).values()];
}

export const edgeCases: Readonly<Record<string, readonly Case[]>> = {
  "matrix products": unique(products),
  "convolution by im2col": unique([...im2col, ...grouped]),
  "convolution by Winograd": unique(winograd),
  "depthwise convolution": unique(depthwises),
  pooling: unique([...poolings, ...extents.map((h) => globalAverage([2, h, 3, h]))]),
  "rows and columns": unique(rowwise),
};
