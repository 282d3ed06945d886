/** Rows for the matrix product and dense: the edges of 4×8 tiles, and depths around the blocks of 256 and 512. */
import * as twin from "../reference/matmul.ts";
import { type Case, row } from "./case.ts";

/** [m, k, n] */
const sizes: readonly (readonly [number, number, number])[] = [
  [1, 1, 1],
  [1, 5, 7],
  [7, 5, 1],
  [3, 1, 3],
  [4, 4, 8],
  [5, 3, 9],
  [8, 8, 8],
  [13, 7, 17],
  [17, 13, 5],
  [4, 256, 8],
  [5, 257, 7],
  [3, 255, 13],
  [1, 512, 10],
  [13, 513, 9],
  [2, 1031, 11],
  [64, 67, 10],
  [67, 31, 71],
  [131, 300, 19],
  [9, 3, 523],
  [257, 5, 3],
  [5, 300, 523],
  [3, 4111, 37],
];

const orientations: readonly twin.MatmulAttributes[] = [
  {},
  { transposeA: true },
  { transposeB: true },
  { transposeA: true, transposeB: true },
];

export function matmul(
  [m, k, n]: readonly [number, number, number],
  attributes: twin.MatmulAttributes,
): Case {
  return row({
    op: "matmul",
    inputs: [
      { shape: attributes.transposeA ? [k, m] : [m, k] },
      { shape: attributes.transposeB ? [n, k] : [k, n] },
    ],
    attributes,
    reference: ([a, b]) => twin.matmul(a!, b!, attributes),
    referenceBackward: (dy, [a, b]) => {
      const { da, db } = twin.matmulBackward(dy, a!, b!, attributes);
      return [da, db];
    },
    tolerance: 5e-6,
  });
}

/** Many products: [m, k, n], and the axes before the matrices of both. */
function batches(
  [m, k, n]: readonly [number, number, number],
  a: readonly number[],
  b: readonly number[],
  attributes: twin.MatmulAttributes = {},
): Case {
  return row({
    op: "matmul",
    inputs: [
      { shape: [...a, ...(attributes.transposeA ? [k, m] : [m, k])] },
      { shape: [...b, ...(attributes.transposeB ? [n, k] : [k, n])] },
    ],
    attributes,
    reference: ([x, y]) => twin.batchMatmul(x!, y!, attributes),
    referenceBackward: (dy, [x, y]) => twin.batchMatmulBackward(dy, x!, y!, attributes),
    tolerance: 5e-6,
  });
}

export function dense(
  [n, k, u]: readonly [number | readonly number[], number, number],
  bias: boolean,
  attributes?: twin.DenseAttributes,
): Case {
  return row({
    op: "dense",
    inputs: [{ shape: [n, k].flat() }, { shape: [k, u] }, bias ? { shape: [u] } : null],
    attributes,
    reference: ([x, kernel, b]) => twin.dense(x!, kernel!, b ?? null, attributes),
    referenceBackward: (dy, [x, kernel, b]) => {
      const { dx, dkernel, dbias } = twin.denseBackward(dy, x!, kernel!, b ?? null, attributes);
      return [dx, dkernel, dbias];
    },
  });
}

export const matmulCases: readonly Case[] = [
  ...sizes.flatMap((size) => orientations.map((attributes) => matmul(size, attributes))),
  ...orientations.flatMap((attributes) => [
    batches([3, 5, 7], [4], [4], attributes),
    batches([17, 9, 13], [2, 3], [2, 3], attributes),
    batches([5, 4, 6], [3], [], attributes),
    batches([5, 4, 6], [], [3], attributes),
    batches([5, 4, 6], [3, 1], [1, 2], attributes),
    batches([2, 3, 4], [2, 1, 3], [4, 1], attributes),
    batches([1, 1, 1], [5], [5], attributes),
    batches([64, 60, 67], [7], [7], attributes),
  ]),
  ...sizes.map((size) => dense(size, true)),
  ...sizes.slice(0, 8).map(([n, k, u]) => dense([[n, 3], k, u], true)),
  ...(["linear", "relu", "sigmoid", "tanh", "relu6"] as const).flatMap((activation) => [
    dense([5, 7, 3], true, { activation }),
    dense([13, 17, 9], false, { activation }),
    dense([33, 300, 17], true, { activation }),
  ]),
];
