/** Rows for softmax, logSoftmax and the losses. */

import { type Array64, map } from "../reference/array64.ts";
import * as twin from "../reference/softmax.ts";
import * as losses from "../reference/training/losses.ts";
import { type Case, type Input, type Row, row } from "./case.ts";

export function softmaxes(input: Input, more: Partial<Row> = {}): readonly Case[] {
  const common = { inputs: [input], ...more };
  return [
    row({
      op: "softmax",
      reference: ([x]) => twin.softmax(x!),
      referenceBackward: (dy, [x]) => [twin.softmaxBackward(dy, x!)],
      ...common,
    }),
    row({
      op: "logSoftmax",
      reference: ([x]) => twin.logSoftmax(x!),
      referenceBackward: (dy, [x]) => [twin.logSoftmaxBackward(dy, x!)],
      ...common,
    }),
  ];
}

const [n, probabilities] = [7, [0.02, 0.98]] as const;
const classCounts = [1, 2, 3, 5, 8, 10, 13, 17, 131] as const;
const attributeSets: readonly losses.CrossentropyAttributes[] = [
  { fromLogits: true },
  { fromLogits: true, labelSmoothing: 0.1 },
  {},
  { labelSmoothing: 0.1 },
];

/** Logits reach far, probabilities are rows that need not sum to one. */
function prediction(shape: readonly number[], { fromLogits }: losses.CrossentropyAttributes): Input {
  return { shape, range: fromLogits ? [-5, 5] : probabilities };
}

export function sparse(rows: number, classes: number, attributes: losses.CrossentropyAttributes): Case {
  const dense = (labels: { data: Float64Array; shape: number[] }) => losses.oneHotTargets(labels, classes);
  return row({
    op: "sparseCategoricalCrossentropy",
    inputs: [prediction([rows, classes], attributes), { shape: [rows], dtype: "int32", range: [0, classes] }],
    attributes,
    reference: ([p, labels]) => losses.categoricalCrossentropy(p!, dense(labels!), attributes),
    referenceBackward: (dy, [p, labels]) => [
      losses.categoricalCrossentropyBackward(dy, p!, dense(labels!), attributes),
      null,
    ],
  });
}

const targetsOf = (shape: readonly number[]): Input => ({ shape, range: [0, 1] });

function categorical(rows: number, classes: number, attributes: losses.CrossentropyAttributes): Case {
  return row({
    op: "categoricalCrossentropy",
    inputs: [prediction([rows, classes], attributes), targetsOf([rows, classes])],
    attributes,
    reference: ([p, targets]) => losses.categoricalCrossentropy(p!, targets!, attributes),
    referenceBackward: (dy, [p, targets]) => [
      losses.categoricalCrossentropyBackward(dy, p!, targets!, attributes),
      losses.categoricalCrossentropyBackwardTargets(dy, p!, attributes),
    ],
  });
}

function binary(
  rows: number,
  columns: number,
  attributes: losses.CrossentropyAttributes,
  more: Partial<Row> = {},
): Case {
  return row({
    op: "binaryCrossentropy",
    inputs: [prediction([rows, columns], attributes), targetsOf([rows, columns])],
    attributes,
    reference: ([p, targets]) => losses.binaryCrossentropy(p!, targets!, attributes),
    referenceBackward: (dy, [p, targets]) => [
      losses.binaryCrossentropyBackward(dy, p!, targets!, attributes),
      losses.binaryCrossentropyBackwardTargets(dy, p!, attributes),
    ],
    ...more,
  });
}

function regressions(rows: number, columns: number): readonly Case[] {
  const inputs = [{ shape: [rows, columns], range: [-3, 3] }, { shape: [rows, columns] }] as const;
  const opposite = (dp: Array64): Array64[] => [dp, map(dp, (value) => -value)];
  return [
    row({
      op: "meanSquaredError",
      inputs,
      reference: ([p, targets]) => losses.meanSquaredError(p!, targets!),
      referenceBackward: (dy, [p, targets]) => opposite(losses.meanSquaredErrorBackward(dy, p!, targets!)),
    }),
    row({
      op: "meanAbsoluteError",
      inputs,
      reference: ([p, targets]) => losses.meanAbsoluteError(p!, targets!),
      referenceBackward: (dy, [p, targets]) => opposite(losses.meanAbsoluteErrorBackward(dy, p!, targets!)),
    }),
    ...[undefined, { delta: 0.5 }].map((attributes) =>
      row({
        op: "huber",
        inputs,
        attributes,
        reference: ([p, targets]) => losses.huber(p!, targets!, attributes),
        referenceBackward: (dy, [p, targets]) => opposite(losses.huberBackward(dy, p!, targets!, attributes)),
      }),
    ),
  ];
}

export const softmaxCases: readonly Case[] = [
  ...classCounts.flatMap((columns) => softmaxes({ shape: [5, columns], range: [-5, 5] })),
  ...softmaxes({ shape: [1, 1009], range: [-3, 3] }),
  ...softmaxes({ shape: [17] }),
  ...softmaxes({ shape: [2, 3, 7], range: [-20, 20] }),
  ...softmaxes({ shape: [67, 10], range: [-5, 5] }),
  ...softmaxes({ shape: [5, 7], values: [88, -88, 0, 30, -30, 88] }, { note: "far apart" }),
  ...softmaxes(
    { shape: [3, 5], values: [1, Number.NEGATIVE_INFINITY, 2, 3], gradient: false },
    { note: "masked with −Infinity", smooth: false },
  ),
  ...softmaxes(
    { shape: [3, 5], values: [1, Number.NaN, 2, 3, 0, 5, 6, 7, 8, 9], gradient: false },
    { note: "a row with NaN", smooth: false },
  ),

  ...attributeSets.flatMap((attributes) => [
    ...classCounts.slice(1).map((classes) => sparse(n, classes, attributes)),
    sparse(1, 10, attributes),
    sparse(64, 10, attributes),
    categorical(n, 10, attributes),
    categorical(1, 3, attributes),
    categorical(17, 13, attributes),
    binary(n, 1, attributes),
    binary(1, 5, attributes),
    binary(17, 13, attributes),
  ]),
  binary(
    3,
    7,
    { fromLogits: true },
    {
      note: "extremes",
      inputs: [{ shape: [3, 7], values: [88, -88, 0, 30, -30] }, targetsOf([3, 7])],
    },
  ),
  binary(
    3,
    7,
    {},
    {
      note: "outside the clip",
      inputs: [{ shape: [3, 7], values: [0, 1, 0.5, -0.25, 1.5] }, targetsOf([3, 7])],
      smooth: false,
    },
  ),
  ...regressions(1, 1),
  ...regressions(5, 4),
  ...regressions(17, 13),
  ...regressions(3, 131),
];
