/** Rows for sum, mean, max, min and the penalties: single axes, several, all, and lengths beyond one chunk. */
import { type Array64, map } from "../reference/array64.ts";
import * as twin from "../reference/reduce.ts";
import { type Case, row } from "./case.ts";

const reductions: readonly (readonly [readonly number[], twin.ReduceAttributes?])[] = [
  [[]],
  [[1]],
  [[17]],
  [[3, 5, 7]],
  [[5, 7], { axis: 0 }],
  [[5, 7], { axis: 1 }],
  [[5, 7], { axis: -1, keepdims: true }],
  [[5, 7], { axis: [0, 1] }],
  [[5, 7], { keepdims: true }],
  [[1, 13], { axis: 0 }],
  [[13, 1], { axis: 1 }],
  [[3, 5, 7], { axis: 0 }],
  [[3, 5, 7], { axis: 1 }],
  [[3, 5, 7], { axis: 2 }],
  [[3, 5, 7], { axis: [0, 2] }],
  [[3, 5, 7], { axis: [-1, -2], keepdims: true }],
  [[2, 3, 5, 7], { axis: [0, 1, 2] }],
  [[2, 3, 5, 8], { axis: [1, 2] }],
  [[2, 3, 5, 4], { axis: [0, 3], keepdims: true }],
  [[2, 1031], { axis: 1 }],
  [[1031, 3], { axis: 0 }],
  [[8209]],
];

export function reduction(
  op: twin.ReduceName,
  shape: readonly number[],
  attributes?: twin.ReduceAttributes,
): Case {
  const chooses = op === "max" || op === "min";
  return row({
    op,
    inputs: [chooses ? { shape, distinct: true } : { shape, range: [-1, 2] }],
    attributes,
    reference: ([x]) => twin.reduce(op, x!, attributes),
    referenceBackward: (dy, [x]) => [twin.reduceBackward(op, dy, x!, attributes)],
    tolerance: chooses ? 0 : 1e-5,
  });
}

function penalty(shape: readonly number[], factors: { l1?: number; l2?: number }): Case {
  const { l1 = 0, l2 = 0 } = factors;
  const magnitudes = (x: Array64): Array64 => map(x, (value) => l1 * Math.abs(value) + l2 * value * value);
  return row({
    op: "penalty",
    inputs: [{ shape }],
    attributes: factors,
    reference: ([x]) => twin.reduce("sum", magnitudes(x!)),
    referenceBackward: (dy, [x]) => [
      map(x!, (value) => dy.data[0]! * (l1 * Math.sign(value) + 2 * l2 * value)),
    ],
  });
}

export const reduceCases: readonly Case[] = [
  ...(["sum", "mean", "max", "min"] as const).flatMap((op) =>
    reductions.map(([shape, attributes]) => reduction(op, shape, attributes)),
  ),
  ...[[1], [5, 7], [8209]].flatMap((shape) =>
    [{ l1: 0.01 }, { l2: 0.01 }, { l1: 0.5, l2: 0.25 }].map((factors) => penalty(shape, factors)),
  ),
  ...(["max", "min"] as const).map((op) =>
    row({
      op,
      note: "a NaN is seen",
      inputs: [{ shape: [3, 9], values: [1, 2, Number.NaN, 3, 4, 5, 6, 7, 8, 9], gradient: false }],
      attributes: { axis: 1 },
      reference: ([x]) => twin.reduce(op, x!, { axis: 1 }),
      tolerance: 0,
      smooth: false,
    }),
  ),
];
