/** Rows for powers. */
import { applyBinary, applyBinaryBackward } from "../../reference/elementwise.ts";
import { type Argument, type Case, type Row, row } from "../case.ts";
import { meetings, notFinite } from "../elementwise.ts";

function pow(a: Argument, b: Argument, more: Partial<Row> = {}): Case {
  return row({
    op: "pow",
    inputs: [a, b],
    reference: ([x, y]) => applyBinary("pow", x!, y!),
    referenceBackward: (dy, [x, y]) => {
      const { da, db } = applyBinaryBackward("pow", dy, x!, y!);
      return [da, db];
    },
    tolerance: 1e-6,
    ...more,
  });
}

const base = (shape: readonly number[] | number): Argument =>
  typeof shape === "number" ? Math.abs(shape) : { shape, range: [0.3, 3] };
const exponent = (shape: readonly number[] | number): Argument =>
  typeof shape === "number" ? shape : { shape, range: [-3, 3] };

/** Every base with every exponent, one number each way. */
const every = (bases: readonly number[], exponents: readonly number[]): [Argument, Argument] => [
  { shape: [bases.length, 1], values: bases },
  { shape: [1, exponents.length], values: exponents },
];

/** Within an ulp each. */
const exact = { elementwise: true, smooth: false, tolerance: 1e-7 };

export const powerCases: readonly Case[] = [
  ...meetings.map(([a, b]) => pow(base(a), exponent(b))),
  ...[2, 3, 0.5, -1, 0, 1, 1.7].map((b) => pow({ shape: [3, 7], range: [0.2, 4] }, b)),
  ...[2, 3, -1, -2].map((b) => pow({ shape: [17], values: [-3, -1.5, 2, 0.7, -0.2, 1, -1] }, b)),
  pow(
    ...every(
      [1e-38, 1e-20, 0.1, 0.999, 1.001, 7, 1e20, 3e38],
      [-8.5, -2, -1, -0.1, 0.001, 0.5, 1, 1.5, 2, 3, 10],
    ),
    {
      note: "of all sizes",
      referenceBackward: undefined, // which float32 does not hold

      ...exact,
    },
  ),
  pow(...every([-7, -1, -0, 0], [3, 2, 1, -1, -2, 5.5, 16777217, 33554432]), {
    note: "negative bases",
    ...exact,
    referenceBackward: undefined,
  }),
  pow(
    { shape: [7, 1], values: notFinite, gradient: false },
    { shape: [1, 7], values: notFinite, gradient: false },
    { note: "not finite, every pair", ...exact },
  ),
];
