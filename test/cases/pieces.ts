/** Rows for pieces of arrays, elements by index, comparisons and choices: the ops of the family `arrays`. */
import { applyBinary, applyBinaryBackward, type ComparisonName } from "../reference/elementwise.ts";
import * as twin from "../reference/pieces.ts";
import { type Argument, type Case, type Input, row } from "./case.ts";
import { meetings, notFinite } from "./elementwise.ts";

type Shape = readonly number[];

function slice(shape: Shape, ranges: twin.Ranges): Case {
  return row({
    op: "slice",
    inputs: [{ shape }],
    attributes: ranges,
    reference: ([x]) => twin.slice(x!, ranges),
    referenceBackward: (dy, [x]) => [twin.sliceBackward(dy, x!, ranges)],
    tolerance: 0,
  });
}

function pad(
  shape: Shape,
  padding: readonly (readonly [number, number])[],
  mode: twin.PadMode,
  value?: number,
): Case {
  return row({
    op: "pad",
    inputs: [{ shape }],
    arguments: [padding],
    attributes: value === undefined ? { mode } : { mode, value },
    reference: ([x]) => twin.pad(x!, padding, mode, value),
    referenceBackward: (dy, [x]) => [twin.padBackward(dy, x!, padding, mode)],
    tolerance: 1e-6,
  });
}

const indices = (shape: Shape, below: number): Input => ({ shape, dtype: "int32", range: [0, below] });

function gather(shape: Shape, taken: Shape, axis: number): Case {
  const place = axis < 0 ? axis + shape.length : axis;
  return row({
    op: "gather",
    inputs: [{ shape }, indices(taken, shape[place]!)],
    attributes: { axis },
    reference: ([x, at]) => twin.gather(x!, at!, place),
    referenceBackward: (dy, [x, at]) => [twin.gatherBackward(dy, x!, at!, place), null],
    tolerance: 1e-6,
  });
}

function scatterAdd(shape: Shape, taken: Shape, axis: number): Case {
  const place = axis < 0 ? axis + shape.length : axis;
  const updates = [...shape.slice(0, place), ...taken, ...shape.slice(place + 1)];
  return row({
    op: "scatterAdd",
    inputs: [{ shape }, indices(taken, shape[place]!), { shape: updates }],
    attributes: { axis },
    reference: ([x, at, more]) => twin.scatterAdd(x!, at!, more!, place),
    referenceBackward: (dy, [, at]) => [dy, null, twin.gather(dy, at!, place)],
    tolerance: 1e-6,
  });
}

function takeAlongAxis(shape: Shape, count: number, axis: number): Case {
  const place = axis < 0 ? axis + shape.length : axis;
  const taken = shape.map((n, i) => (i === place ? count : n));
  return row({
    op: "takeAlongAxis",
    inputs: [{ shape }, indices(taken, shape[place]!)],
    attributes: { axis },
    reference: ([x, at]) => twin.takeAlongAxis(x!, at!, place),
    referenceBackward: (dy, [x, at]) => [twin.takeAlongAxisBackward(dy, x!, at!, place), null],
    tolerance: 1e-6,
  });
}

/** Small whole numbers, so that operands are often equal. */
const dice: readonly number[] = [0, 1, 2, -1, 1, 0, -0, 3, 2, 2, 5];

function comparison(op: ComparisonName): Case[] {
  const compared = (inputs: readonly [Argument, Argument], note?: string): Case =>
    row({
      op,
      note,
      inputs,
      reference: ([a, b]) => applyBinary(op, a!, b!),
      tolerance: 0,
      smooth: false,
    });
  const operand = (shape: Shape | number, values: readonly number[]): Argument =>
    typeof shape === "number" ? shape : { shape, values, gradient: false };
  return [
    ...meetings.map(([a, b]) => compared([operand(a, dice), operand(b, [...dice].reverse())])),
    compared([operand([7, 1], notFinite), operand([1, 7], notFinite)], "not finite, every pair"),
    compared(
      [
        operand([49], notFinite),
        operand(
          [49],
          notFinite.flatMap((value) => notFinite.map(() => value)),
        ),
      ],
      "not finite, every pair in one shape",
    ),
  ];
}

function mod(a: Argument, b: Argument, note?: string): Case {
  return row({
    op: "mod",
    note,
    inputs: [a, b],
    reference: ([x, y]) => applyBinary("mod", x!, y!),
    referenceBackward: (dy, [x, y]) => {
      const { da, db } = applyBinaryBackward("mod", dy, x!, y!);
      return [da, db];
    },
    tolerance: 1e-6,
    smooth: false,
  });
}

function where(condition: Shape, a: Shape | number, b: Shape | number): Case {
  const operand = (shape: Shape | number): Argument => (typeof shape === "number" ? shape : { shape });
  return row({
    op: "where",
    inputs: [
      { shape: condition, values: [0, 1, -0, 0.5, Number.NaN, 0, -1], gradient: false },
      operand(a),
      operand(b),
    ],
    reference: ([c, x, y]) => twin.where(c!, x!, y!),
    referenceBackward: (dy, [c, x, y]) => [null, ...twin.whereBackward(dy, c!, x!, y!)],
    tolerance: 1e-6,
  });
}

function clip(input: Input, low: number, high: number, note?: string): Case {
  const limits = [Math.fround(low), Math.fround(high)] as const;
  return row({
    op: "clip",
    note,
    inputs: [input],
    arguments: limits,
    reference: ([x]) => twin.clip(x!, ...limits),
    referenceBackward: (dy, [x]) => [twin.clipBackward(dy, x!, ...limits)],
    tolerance: 0,
    smooth: false,
  });
}

const modes = ["reflect", "symmetric", "edge"] as const;

export const pieceCases: readonly Case[] = [
  slice([1], {}),
  slice([17], { begin: [3] }),
  slice([17], { end: [-3] }),
  slice([17], { begin: [-5], end: [-1] }),
  slice([17], { strides: [3] }),
  slice([17], { strides: [-1] }),
  slice([17], { begin: [15], end: [2], strides: [-4] }),
  slice([5, 7], { begin: [1, 2], end: [4, 7] }),
  slice([5, 7], { begin: [null, 2] }),
  slice([5, 7], { strides: [-1, -2] }),
  slice([5, 7], { begin: [4] }),
  slice([3, 4, 5], { begin: [1, 0, 2], strides: [1, 2, 2] }),
  slice([2, 3, 4, 5], { begin: [0, 1, 1, 1], end: [2, 3, 3, 4] }),
  slice([2, 3, 4, 5], { strides: [1, -1, 1, -1] }),
  slice([2, 3, 2, 3, 2, 3], { strides: [-1, 2, -1, 2, -1, 2] }),
  slice([2, 1, 3, 1, 2, 3, 2], { begin: [1, 0, 1], strides: [1, 1, -1, 1, -1, 2] }),
  slice([130, 140], { begin: [1, 3], strides: [1, 1] }),
  slice([130, 280], { begin: [2], strides: [1, 2] }),

  pad([3], [[2, 1]], "constant"),
  pad([3], [[0, 0]], "constant", 5),
  pad([2, 3], [[1, 0], [2, 3]], "constant", -1.5), // biome-ignore format: a line a row
  pad([2, 5, 4, 3], [[0, 0], [1, 2], [2, 1], [0, 0]], "constant"), // biome-ignore format: a line a row
  pad([3, 40, 130], [[0, 0], [1, 2], [0, 0]], "constant", 0.5), // biome-ignore format: a line a row
  ...modes.flatMap((mode) => [
    pad([4], [[3, 2]], mode),
    pad([5, 6], [[2, 0], [1, 4]], mode), // biome-ignore format: a line a row
    pad([2, 5, 4, 3], [[0, 0], [2, 3], [3, 1], [0, 0]], mode), // biome-ignore format: a line a row
    pad([3, 40, 130], [[0, 0], [7, 9], [0, 0]], mode), // biome-ignore format: a line a row
  ]),
  pad([1, 17], [[4, 5], [0, 0]], "edge"), // biome-ignore format: a line a row
  pad([1], [[1, 1]], "symmetric"),

  gather([5, 7], [3], 1),
  gather([5, 7], [4, 2], -1),
  gather([3, 5, 7], [13], 1),
  gather([3, 5, 7], [2, 3], 1),
  gather([3, 5, 7], [], 1),
  gather([2, 3, 4, 5], [9], 2),
  gather([7, 30, 40], [23], 1),
  gather([3, 9, 700], [23], 1),
  scatterAdd([5], [3], 0),
  scatterAdd([5, 7], [13], 0),
  scatterAdd([5, 7], [13], 1),
  scatterAdd([3, 5, 7], [2, 3], 1),
  scatterAdd([3, 5, 7], [4], -1),
  scatterAdd([2, 30, 300], [40], 1),
  scatterAdd([30, 700], [40], 0),
  takeAlongAxis([5], 3, 0),
  takeAlongAxis([5, 7], 1, -1),
  takeAlongAxis([5, 7], 13, 1),
  takeAlongAxis([5, 7], 3, 0),
  takeAlongAxis([3, 5, 7], 6, 1),
  takeAlongAxis([20, 30, 40], 25, 1),

  ...(["equal", "notEqual", "greater", "greaterEqual", "less", "lessEqual"] as const).flatMap(comparison),

  mod({ shape: [17], range: [-9, 9] }, { shape: [17], range: [0.5, 3] }),
  mod({ shape: [1031], range: [-100, 100] }, { shape: [1031], range: [-3, -0.5] }),
  mod({ shape: [5, 7], range: [-9, 9] }, 2.5),
  mod(7, { shape: [13], range: [1, 3] }),
  mod({ shape: [2, 3, 5], range: [-9, 9] }, { shape: [3, 1], range: [1, 2] }),
  mod({ shape: [7, 1], values: dice }, { shape: [1, 5], values: [1, 2, -1, -3, 0.75] }, "whole numbers"),
  mod(
    { shape: [7, 1], values: notFinite, gradient: false },
    { shape: [1, 7], values: notFinite, gradient: false },
    "not finite, every pair",
  ),
  mod({ shape: [6], values: [1e30, -3e38, 16777217, 1e-30], gradient: false }, 0.3, "large ones"),

  where([1], [1], [1]),
  where([17], [17], [17]),
  where([1031], [1031], [1031]),
  where([5, 7], [5, 7], 0.75),
  where([5, 7], -1.5, [7]),
  where([5, 1], [5, 7], [7]),
  where([7], [5, 7], [5, 1]),
  where([2, 1, 5], [3, 1], [2, 3, 5]),
  where([2, 1, 2, 1, 2, 3], [2, 3, 1, 2, 1, 3], []),

  clip({ shape: [17], range: [-3, 3] }, -1, 2),
  clip({ shape: [3, 5, 7], range: [-3, 3] }, 0, 6),
  clip({ shape: [1031], range: [-3, 3] }, -0.3, 0.3),
  clip({ shape: [23], values: [-1, 2, -2, 3, 0.5] }, -1, 2, "on the limits"),
  clip({ shape: [37], values: notFinite, gradient: false }, -0.5, Number.POSITIVE_INFINITY, "not finite"),
  clip({ shape: [5] }, 1, 1),
];
