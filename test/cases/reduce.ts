/** Rows for sum, mean, max, min, products, lengths and the penalties: single axes, several, all, and lengths beyond one chunk; and for Fourier transforms. */
import { type Array64, map, ravel, sizeOf, unravel } from "../reference/array64.ts";
import * as fourier from "../reference/fourier.ts";
import * as twin from "../reference/reduce.ts";
import { type Case, type Input, row } from "./case.ts";

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
    inputs: [chooses ? { shape, distinct: true } : { shape, range: op === "prod" ? [0.8, 1.2] : [-1, 2] }],
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

function rfft(shape: readonly number[], n: number): Case[] {
  return ([0, 1] as const).map((part) =>
    row({
      op: "rfft",
      output: String(part),
      note: part === 0 ? "real" : "imaginary",
      inputs: [{ shape }],
      attributes: { fftLength: n },
      reference: ([x]) => fourier.rfft(x!, part, n),
      referenceBackward: (dy, [x]) => [fourier.rfftBackward(dy, x!, part, n)],
      tolerance: 2e-6,
    }),
  );
}

const windows = { sequenceLength: 16, sequenceStride: 7 };

/** Rows of what is computed of sound. */
const soundCases: readonly Case[] = [
  ...rfft([16], 16),
  ...rfft([3, 64], 64),
  ...rfft([2, 3, 15], 15),
  ...rfft([2, 10], 16),
  ...rfft([2, 20], 12),
  ...rfft([5], 1),
  ...rfft([2, 33], 33),
  ...rfft([3, 70], 60),
  ...rfft([80], 97),
  ...([0, 1] as const).map((part) =>
    row({
      op: "stft",
      output: String(part),
      note: part === 0 ? "real" : "imaginary",
      inputs: [{ shape: [2, 50], gradient: false }],
      attributes: windows,
      reference: ([x]) => fourier.stft(x!, part, 16, 7, 16),
    }),
  ),
  row({
    op: "melSpectrogram",
    inputs: [{ shape: [2, 50], gradient: false }],
    attributes: { ...windows, bands: 3 },
    reference: ([x]) => fourier.melSpectrogram(x!, 16, 7, 3, 16_000),
  }),
  row({
    op: "melFilterbank",
    onEngine: true,
    inputs: [],
    arguments: [33],
    attributes: { bands: 6 },
    reference: () => fourier.melFilters(33, 6, 16_000, 20, 8000),
  }),
];

function l2Normalize(input: Input, axis: number, epsilon?: number): Case {
  const squares = (x: Array64): Array64 =>
    twin.reduce(
      "sum",
      map(x, (value) => value * value),
      { axis, keepdims: true },
    );
  const least = epsilon ?? 1e-12;
  /** What belongs to each number of x of an array whose axis has size 1. */
  const spread = (x: Array64, one: Array64, value: (one: number, i: number) => number): Array64 =>
    map(x, (_, i) => {
      const index = unravel(x.shape, i).map((at, a) =>
        a === (axis < 0 ? axis + x.shape.length : axis) ? 0 : at,
      );
      return value(one.data[ravel(one.shape, index)]!, i);
    });
  return row({
    op: "l2Normalize",
    inputs: [input],
    attributes: epsilon === undefined ? { axis } : { axis, epsilon },
    reference: ([x]) =>
      spread(x!, squares(x!), (square, i) => x!.data[i]! / Math.sqrt(Math.max(square, least))),
    referenceBackward: (dy, [x]) => {
      const along = twin.reduce(
        "sum",
        map(x!, (value, i) => value * dy.data[i]!),
        { axis, keepdims: true },
      );
      const projected = spread(x!, along, (value) => value);
      return [
        spread(x!, squares(x!), (square, i) =>
          square > least
            ? (dy.data[i]! - (x!.data[i]! * projected.data[i]!) / square) / Math.sqrt(square)
            : dy.data[i]! / Math.sqrt(least),
        ),
      ];
    },
    tolerance: 1e-6,
  });
}

export const reduceCases: readonly Case[] = [
  ...soundCases,
  row({
    op: "prod",
    note: "zeros",
    inputs: [{ shape: [5, 3], values: [2, 0, 0, 3, 4, 0, 0.5, -1] }],
    attributes: { axis: 1 },
    reference: ([x]) => twin.reduce("prod", x!, { axis: 1 }),
    referenceBackward: (dy, [x]) => [twin.reduceBackward("prod", dy, x!, { axis: 1 })],
    tolerance: 1e-6,
  }),
  ...reductions
    .filter(([shape]) => sizeOf(shape) < 2000)
    .map(([shape, attributes]) => reduction("prod", shape, attributes)),
  ...reductions.map(([shape, attributes]) => reduction("logSumExp", shape, attributes)),
  row({
    op: "logSumExp",
    note: "large ones and infinities",
    inputs: [
      {
        shape: [5, 3],
        values: [
          ...[1000, 1001, 999, -1000, -1001, -2000],
          ...[-Infinity, 1, 2, Infinity, 1, 2, -Infinity, -Infinity, -Infinity],
        ],
        gradient: false,
      },
    ],
    attributes: { axis: 1 },
    reference: ([x]) => twin.reduce("logSumExp", x!, { axis: 1 }),
    tolerance: 1e-6,
    elementwise: true,
    smooth: false,
  }),
  l2Normalize({ shape: [7] }, -1),
  l2Normalize({ shape: [5, 7] }, -1),
  l2Normalize({ shape: [5, 7] }, 0),
  l2Normalize({ shape: [3, 4, 5] }, 1),
  l2Normalize({ shape: [5, 7], range: [-0.1, 0.1] }, 1, 0.5),
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
