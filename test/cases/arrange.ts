/** Rows for the ops that move, select or draw: reshape, transpose, gather, oneHot, argmax, rescale, dropout. */
import * as twin from "../reference/arrange.ts";
import { array64, map } from "../reference/array64.ts";
import {
  type DropoutAttributes,
  multinomial as draws,
  dropout,
  dropoutBackward,
  gumbelAt,
  normalAt,
  type RandomSource,
  uniformAt,
} from "../reference/random.ts";
import { type Case, type Input, type Row, row } from "./case.ts";

function reshape(from: readonly number[], to: readonly number[]): Case {
  return row({
    op: "reshape",
    inputs: [{ shape: from }],
    attributes: to,
    reference: ([x]) => twin.reshape(x!, to),
    referenceBackward: (dy, [x]) => [twin.reshapeBackward(dy, x!)],
    tolerance: 0,
  });
}

function flatten(shape: readonly number[]): Case {
  return row({
    op: "flatten",
    inputs: [{ shape }],
    reference: ([x]) => twin.flatten(x!),
    referenceBackward: (dy, [x]) => [twin.reshapeBackward(dy, x!)],
    tolerance: 0,
  });
}

export function transpose(shape: readonly number[], axes?: readonly number[]): Case {
  return row({
    op: "transpose",
    inputs: [{ shape }],
    attributes: axes,
    reference: ([x]) => twin.transpose(x!, axes),
    referenceBackward: (dy, [x]) => [twin.transposeBackward(dy, x!, axes)],
    tolerance: 0,
  });
}

function concatenate(shapes: readonly (readonly number[])[], axis?: number): Case {
  const rank = shapes[0]!.length;
  const from = axis === undefined ? rank - 1 : axis < 0 ? axis + rank : axis;
  return row({
    op: "concatenate",
    listed: true,
    inputs: shapes.map((shape) => ({ shape })),
    attributes: axis === undefined ? undefined : { axis },
    reference: (inputs) => twin.concatenate(inputs, from),
    referenceBackward: (dy, inputs) => twin.concatenateBackward(dy, inputs, from),
    tolerance: 0,
  });
}

function gather(shape: readonly number[], count: number): Case {
  return row({
    op: "gather",
    inputs: [{ shape }, { shape: [count], dtype: "int32", range: [0, shape[0]!] }],
    reference: ([x, indices]) => twin.gather(x!, indices!),
    referenceBackward: (dy, [x, indices]) => [twin.gatherBackward(dy, x!, indices!), null],
    tolerance: 1e-6,
  });
}

function oneHot(count: number, classes: number): Case {
  return row({
    op: "oneHot",
    inputs: [{ shape: [count], dtype: "int32", range: [0, classes] }],
    attributes: classes,
    reference: ([labels]) => twin.oneHot(labels!, classes),
    tolerance: 0,
    smooth: false,
  });
}

function argmax(input: Input, note?: string): Case {
  return row({
    op: "argmax",
    note,
    inputs: [{ ...input, gradient: false }],
    reference: ([x]) => twin.argmax(x!),
    tolerance: 0,
    smooth: false,
  });
}

function rescale(input: Input, attributes: twin.RescaleAttributes, more: Partial<Row> = {}): Case {
  return row({
    op: "rescale",
    note: input.dtype,
    inputs: [input],
    attributes,
    reference: ([x]) => twin.rescale(x!, attributes),
    referenceBackward: (dy, [x]) => [twin.rescaleBackward(dy, x!, attributes)],
    tolerance: 1e-6,
    ...more,
  });
}

function drop(shape: readonly number[], attributes: DropoutAttributes): Case {
  return row({
    op: "dropout",
    inputs: [{ shape }],
    attributes,
    reference: ([x]) => dropout(x!, attributes),
    referenceBackward: (dy, [x]) => [dropoutBackward(dy, x!, attributes)],
    tolerance: 1e-6,
  });
}

/** Numbers of a source, by a function of the places of its words. */
function drawn(
  op: string,
  shape: readonly number[],
  attributes: RandomSource,
  at: (i: number) => number,
): Case {
  const size = shape.reduce((product, n) => product * n, 1);
  return row({
    op,
    onEngine: true,
    inputs: [],
    arguments: [shape],
    attributes,
    reference: () =>
      array64(
        shape,
        Array.from({ length: size }, (_, i) => at(i)),
      ),
    tolerance: 2e-6,
  });
}

const source: RandomSource = { seed: 2 ** 40 + 3, stream: 5, step: 7 };
const within = { ...source, low: -1, high: 2 };
const around = { ...source, mean: 5, stddev: 2 };

const multinomial = (n: number, classes: number, count: number): Case =>
  row({
    op: "multinomial",
    inputs: [{ shape: [n, classes], range: [-2, 2], gradient: false }],
    arguments: [count],
    attributes: source,
    reference: ([logits]) => draws(logits!, count, source),
    tolerance: 0,
  });

const bernoulli = (shape: readonly number[]): Case =>
  row({
    op: "bernoulli",
    inputs: [{ shape, range: [0, 1], gradient: false }],
    attributes: source,
    reference: ([p]) => map(p!, (chance, i) => Number(uniformAt(source, i) < chance)),
    tolerance: 0,
  });

const bytes = (shape: readonly number[]): Input => ({ shape, dtype: "uint8", range: [0, 256] });

export const arrangeCases: readonly Case[] = [
  drawn("randomUniform", [37], source, (i) => uniformAt(source, i)),
  drawn("randomUniform", [3, 5, 7], within, (i) => 3 * uniformAt(source, i) - 1),
  drawn("randomNormal", [37], source, (i) => normalAt(source, i)),
  drawn("randomNormal", [3, 5, 7], around, (i) => 5 + 2 * normalAt(source, i)),
  drawn("truncatedNormal", [301], around, (i) => 5 + 2 * normalAt(source, i, true)),
  drawn("gumbel", [301], source, (i) => gumbelAt(source, i)),
  bernoulli([37]),
  bernoulli([3, 5, 7]),
  multinomial(1, 3, 17),
  multinomial(5, 7, 3),

  reshape([12], [3, 4]),
  reshape([2, 3, 5], [5, 6]),
  reshape([2, 3, 5], [-1, 3]),
  reshape([1], []),
  flatten([2, 3, 3, 2]),
  flatten([5, 7]),
  flatten([3]),

  row({
    op: "stopGradient",
    inputs: [{ shape: [3, 4], gradient: false }],
    reference: ([x]) => x!,
    tolerance: 0,
  }),

  transpose([1, 13]),
  transpose([5, 7]),
  transpose([33, 65]),
  transpose([2, 3, 5]),
  ...[
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
  ].map((axes) => transpose([3, 4, 5], axes)),
  transpose([2, 3, 4, 5], [0, 3, 1, 2]),
  transpose([2, 3, 4, 5], [0, 2, 3, 1]),
  transpose([2, 3, 4, 5], [3, 1, 0, 2]),

  gather([5, 7], 1),
  gather([5, 7], 13),
  gather([3, 2, 3, 4], 8),
  gather([17, 1], 17),
  oneHot(1, 2),
  oneHot(7, 3),
  oneHot(17, 10),
  oneHot(5, 131),

  ...[1, 2, 3, 4, 5, 8, 10, 13, 17, 131].map((columns) => argmax({ shape: [7, columns], distinct: true })),
  argmax({ shape: [2, 3, 5], distinct: true }),
  argmax({ shape: [17], distinct: true }),
  argmax({ shape: [6, 11], values: [1, 3, 3, 0, 3] }, "ties: the first wins"),
  argmax({ shape: [5, 9], values: [-1, -2, -3, -4, -5, -6, -7] }, "all negative"),

  rescale(bytes([1]), { scale: 1 / 255, shift: 0 }),
  rescale(bytes([3, 5, 7]), { scale: 1 / 255, shift: 0 }),
  rescale(bytes([2, 28, 28, 1]), { scale: 0.0125, shift: -0.4242 }),
  concatenate([[5]]),
  concatenate([[3], [4], [1]]),
  concatenate(
    [
      [5, 3],
      [5, 8],
    ],
    1,
  ),
  concatenate(
    [
      [5, 3],
      [2, 3],
    ],
    0,
  ),
  concatenate([
    [2, 5, 7, 1],
    [2, 5, 7, 4],
    [2, 5, 7, 13],
  ]),
  concatenate(
    [
      [2, 3, 5],
      [2, 1, 5],
      [2, 4, 5],
    ],
    -2,
  ),
  concatenate([
    [31, 67],
    [31, 61],
  ]),

  rescale({ shape: [17] }, { scale: 2, shift: -0.5 }),
  rescale({ shape: [5, 3], range: [0, 255] }, { scale: 1 / 255, shift: 0 }),

  drop([1], { rate: 0.5, seed: 1, stream: 0, step: 0 }),
  drop([3], { rate: 0.5, seed: 2, stream: 0, step: 0 }),
  drop([5, 7], { rate: 0.1, seed: 3, stream: 1, step: 0 }),
  drop([4, 1031], { rate: 0.5, seed: 4, stream: 2, step: 5 }),
  drop([13, 17], { rate: 0.9, seed: 2 ** 32 + 7, stream: 0, step: 1 }),
  drop([13, 17], { rate: 0, seed: 5, stream: 0, step: 1 }),
  drop([9], { rate: 0.3, seed: 5, stream: 4_000_000_000, step: 2 ** 32 + 1 }),
];
