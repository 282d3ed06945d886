/** Rows for batch and layer normalisation. */
import * as twin from "../reference/normalization.ts";
import { type Case, type Input, type Row, row } from "./case.ts";

export function batch(
  x: Input,
  attributes: twin.BatchNormalizationAttributes,
  more: Partial<Row> = {},
): Case {
  const channels = x.shape.at(-1)!;
  return row({
    op: "batchNormalization",
    inputs: [
      x,
      { shape: [channels], range: [0.5, 1.5] },
      { shape: [channels] },
      { shape: [channels], gradient: false },
      { shape: [channels], range: [0.5, 1.5], gradient: false },
    ],
    attributes,
    reference: ([input, gamma, beta, mean, variance]) =>
      twin.batchNormalization(input!, gamma!, beta!, mean!, variance!, attributes),
    referenceBackward: (dy, [input, gamma, beta, mean, variance]) => {
      const { dx, dgamma, dbeta } = twin.batchNormalizationBackward(
        dy,
        input!,
        gamma!,
        beta!,
        mean!,
        variance!,
        attributes,
      );
      return [dx, dgamma, dbeta, null, null];
    },
    ...more,
  });
}

export function layer(
  x: Input,
  attributes?: twin.LayerNormalizationAttributes,
  more: Partial<Row> = {},
): Case {
  const channels = x.shape.at(-1)!;
  return row({
    op: "layerNormalization",
    inputs: [x, { shape: [channels], range: [0.5, 1.5] }, { shape: [channels] }],
    attributes,
    reference: ([input, gamma, beta]) => twin.layerNormalization(input!, gamma!, beta!, attributes),
    referenceBackward: (dy, [input, gamma, beta]) => {
      const { dx, dgamma, dbeta } = twin.layerNormalizationBackward(dy, input!, gamma!, beta!, attributes);
      return [dx, dgamma, dbeta];
    },
    ...more,
  });
}

const shapes: readonly (readonly number[])[] = [
  [3, 1],
  [8, 5],
  [16, 10],
  [3, 17],
  [2, 3, 3, 4],
  [4, 5, 5, 6],
  [2, 7, 5, 13],
  [3, 2, 2, 1],
  [131, 8],
  [2, 23, 19, 3],
];

/** Half a unit in the last place of a float32 mean near 100 is 1.3e-5 of the deviation, 0.29. */
const farFromZero = { note: "far from zero", tolerance: 2e-4 };

export const normalizationCases: readonly Case[] = [
  ...[true, false].flatMap((training) =>
    shapes.map((shape) => batch({ shape, range: [-3, 3] }, { training })),
  ),
  batch({ shape: [9, 7] }, { training: true, epsilon: 1e-5, momentum: 0.9 }),
  batch({ shape: [9, 7] }, { training: false, epsilon: 1e-5 }),
  batch({ shape: [64, 5], range: [100, 101] }, { training: true }, farFromZero),
  ...[true, false].flatMap((training) =>
    (["relu", "sigmoid", "tanh", "relu6"] as const).flatMap((activation) =>
      // one channel; lanes and a remainder; pairs of lanes, lanes and a remainder in more than one piece of rows
      [
        [3, 1],
        [4, 5, 5, 6],
        [71, 23],
      ].map((shape) => batch({ shape }, { training, activation })),
    ),
  ),
  batch({ shape: [1, 6] }, { training: true }, { note: "one row has no variance" }),
  ...shapes.map((shape) => layer({ shape, range: [-3, 3] })),
  layer({ shape: [5, 131] }, { epsilon: 1e-5 }),
  layer({ shape: [3, 9], range: [100, 101] }, undefined, farFromZero),
];
