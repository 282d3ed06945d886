/** Rows for max, average and global average pooling, and for images of another size. */

import type { Array64 } from "../reference/array64.ts";
import * as twin from "../reference/images/pool.ts";
import type { Interpolation } from "../reference/images/resize.ts";
import * as sizes from "../reference/images/resize.ts";
import { type Case, row } from "./case.ts";

type Shape4 = readonly [number, number, number, number];

const geometries: readonly (readonly [Shape4, twin.PoolAttributes])[] = [
  [[2, 8, 8, 3], {}],
  [[1, 7, 5, 1], {}],
  [[1, 13, 13, 8], { poolSize: 2 }],
  [[2, 7, 9, 4], { poolSize: 3 }],
  [[1, 2, 2, 17], { poolSize: 2 }],
  [[3, 1, 5, 7], { poolSize: [1, 2] }],
  [[1, 6, 7, 5], { poolSize: [2, 3], strides: [1, 2] }],
  ...([2, 3] as const).flatMap((poolSize) =>
    ([1, 2, 3] as const).flatMap((strides) =>
      (["valid", "same"] as const).map((padding): readonly [Shape4, twin.PoolAttributes] => [
        [2, 7, 6, 5],
        { poolSize, strides, padding },
      ]),
    ),
  ),
  [[1, 2, 2, 3], { poolSize: 3, strides: 1, padding: "same" }],
];

export function maximum(
  shape: Shape4,
  attributes: twin.PoolAttributes,
  special: { values?: readonly number[]; note?: string } = {},
): Case {
  const { values, note } = special;
  return row({
    op: "maxPooling2d",
    note,
    inputs: [{ shape, values, distinct: !values }],
    attributes,
    reference: ([x]) => twin.maxPooling2d(x!, attributes),
    referenceBackward: (dy, [x]) => [twin.maxPooling2dBackward(dy, x!, attributes)],
    smooth: !values,
    tolerance: 1e-6,
  });
}

export function average(shape: Shape4, attributes: twin.PoolAttributes): Case {
  return row({
    op: "averagePooling2d",
    inputs: [{ shape }],
    attributes,
    reference: ([x]) => twin.averagePooling2d(x!, attributes),
    referenceBackward: (dy, [x]) => [twin.averagePooling2dBackward(dy, x!, attributes)],
    tolerance: 1e-6,
  });
}

export function globalAverage(shape: Shape4): Case {
  return row({
    op: "globalAveragePooling2d",
    inputs: [{ shape }],
    reference: ([x]) => twin.globalAveragePooling2d(x!),
    referenceBackward: (dy, [x]) => [twin.globalAveragePooling2dBackward(dy, x!)],
    tolerance: 1e-6,
  });
}

function resize(shape: Shape4, size: readonly [number, number], interpolation: Interpolation): Case {
  return row({
    op: "resize",
    inputs: [{ shape }],
    arguments: [size],
    attributes: { interpolation },
    reference: ([x]) => sizes.resize(x!, size, interpolation),
    referenceBackward: (dy, [x]) => [sizes.resizeBackward(dy, x!, size, interpolation)],
    tolerance: 1e-6,
  });
}

const gaps: readonly (readonly [Shape4, twin.PoolAttributes])[] = [
  [[2, 7, 9, 3], { poolSize: 2, strides: 1, dilationRate: 2 }],
  [[1, 9, 8, 5], { poolSize: [2, 3], strides: [1, 2], dilationRate: [3, 1] }],
  [[2, 8, 7, 4], { poolSize: 3, strides: 2, dilationRate: 2, padding: "same" }],
];

/** Rows of a pooling whose windows may have gaps. */
function dilated([shape, attributes]: readonly [Shape4, twin.PoolAttributes]): Case[] {
  const inputs = [{ shape, distinct: true }];
  const largest = { inputs, attributes, reference: ([x]: Array64[]) => twin.maxPooling2d(x!, attributes) };
  const backward = (dy: Array64, [x]: Array64[]) => [twin.maxPooling2dBackward(dy, x!, attributes)];
  return [
    row({
      ...largest,
      op: "maxPoolWithArgmax",
      output: "values",
      note: "values",
      referenceBackward: backward,
    }),
    row({
      ...largest,
      op: "maxPoolWithArgmax",
      output: "indices",
      note: "indices",
      inputs: [{ shape, distinct: true, gradient: false }],
      reference: ([x]) => twin.maxPlaces(x!, attributes),
      tolerance: 0,
    }),
    row({ ...largest, op: "dilatedPooling2d", referenceBackward: backward }),
    row({
      op: "dilatedPooling2d",
      inputs,
      attributes: { ...attributes, type: "average" },
      reference: ([x]) => twin.averagePooling2d(x!, attributes),
      referenceBackward: (dy, [x]) => [twin.averagePooling2dBackward(dy, x!, attributes)],
    }),
  ];
}

export const poolCases: readonly Case[] = [
  ...[...geometries, ...gaps].flatMap(dilated),
  ...(["nearest", "bilinear"] as const).flatMap((interpolation) => [
    resize([1, 2, 3, 1], [4, 6], interpolation),
    resize([2, 5, 4, 3], [5, 7], interpolation),
    resize([2, 7, 6, 5], [3, 2], interpolation),
    resize([1, 1, 1, 4], [3, 5], interpolation),
    resize([3, 8, 8, 17], [16, 11], interpolation),
    resize([2, 3, 4, 2], [3, 4], interpolation),
  ]),
  ...geometries.map(([shape, attributes]) => maximum(shape, attributes)),
  ...geometries.map(([shape, attributes]) => average(shape, attributes)),
  maximum([1, 6, 6, 5], {}, { values: [0], note: "all equal: the first one wins" }),
  maximum([1, 7, 7, 3], { poolSize: 3, strides: 2 }, { values: [1, 0, 1, 1, 0], note: "ties" }),
  maximum([1, 4, 4, 6], {}, { values: [-1, -2, -3.5, -0.25], note: "all negative" }),
  maximum([1, 5, 5, 4], { padding: "same" }, { values: [-1], note: "padding is not zero" }),
  globalAverage([2, 7, 7, 5]),
  globalAverage([1, 1, 1, 3]),
  globalAverage([3, 13, 11, 8]),
  globalAverage([1, 5, 3, 17]),
];
