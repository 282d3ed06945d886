/** Rows for the unary functions, the activations and the broadcasting arithmetic, with the values that break them. */
import {
  applyUnary,
  applyUnaryBackward,
  type UnaryAttributes,
  type UnaryName,
} from "../reference/activations.ts";
import { applyBinary, applyBinaryBackward, type BinaryName } from "../reference/elementwise.ts";
import { type Argument, type Case, type Input, type Row, row } from "./case.ts";

/** Their count is prime to 4: in 37 elements each value meets every lane and the scalar remainder. */
export const notFinite = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, 1, -1];
const extremes = [0, -0, 88, -88, 30, -30, 1e-30, -1e-30, 17, -17, 1];

/** Beside them large numbers of all sizes: on both sides of 2^25, and where of 2 / π whole words count. */
const manyTurns = [
  ...[1e3, -1e4, 1e5, 33554430, 33554432, -33554436, 3e7, 2 ** 30, 1e10, -1e12, 16 * Math.PI, 1e8 * Math.PI],
  ...[
    7.783036240054038e26,
    1.0999068165176027e27,
    -1.1841545724417602e27,
    2 ** 88,
    2 ** 89,
    1e30,
    3.4e38,
    -1e38,
  ],
];

const vectorShapes: readonly (readonly number[])[] = [[1], [3], [4], [5], [8], [13], [17], [3, 5, 7], [1031]];

function unary(op: UnaryName, input: Input, attributes?: UnaryAttributes, more: Partial<Row> = {}): Case {
  return row({
    op,
    inputs: [input],
    attributes,
    reference: ([x]) => applyUnary(op, x!, attributes),
    referenceBackward: (dy, [x]) => [applyUnaryBackward(op, dy, x!, attributes)],
    tolerance: 1e-6,
    ...more,
  });
}

/** The rows of one function: ordinary shapes, the extremes, and what is not finite. */
function unaryRows(
  op: UnaryName,
  { range = [-4, 4], attributes, positive = false, absolute = false }: UnaryOptions = {},
): readonly Case[] {
  const finite = positive ? extremes.filter((value) => value > 0) : extremes;
  return [
    ...vectorShapes.map((shape) => unary(op, { shape, range }, attributes)),
    unary(op, { shape: [37], values: finite }, attributes, {
      note: "extremes",
      elementwise: !absolute,
      smooth: false,
    }),
    unary(op, { shape: [37], values: notFinite, gradient: false }, attributes, {
      note: "not finite",
      elementwise: true,
      smooth: false,
    }),
  ];
}

/** The rows of a function of steps, where finite differences do not hold. */
function stepRows(op: UnaryName): readonly Case[] {
  const exact = { tolerance: 0, smooth: false };
  return [
    ...vectorShapes.map((shape) => unary(op, { shape, range: [-4, 4] }, undefined, exact)),
    unary(
      op,
      { shape: [61], values: [0.5, -0.5, 1.5, -1.5, 2.5, 0.49999997, 8388609, -3e9, 1, 0, -0] },
      undefined,
      {
        note: "halves and large ones",
        ...exact,
      },
    ),
    unary(op, { shape: [37], values: notFinite, gradient: false }, undefined, {
      note: "not finite",
      ...exact,
    }),
  ];
}

interface UnaryOptions {
  readonly range?: readonly [number, number];
  readonly attributes?: UnaryAttributes;
  /** Only positive numbers have a finite value and derivative. */
  readonly positive?: boolean;
  /** The error is small beside 1, not beside the value: e^x − 1 near zero. */
  readonly absolute?: boolean;
}

/** Shapes that meet in every way broadcasting knows; a number stands for itself. */
export const meetings: readonly (readonly [readonly number[] | number, readonly number[] | number])[] = [
  [[17], [17]],
  [
    [3, 5, 7],
    [3, 5, 7],
  ],
  [[1031], [1031]],
  [[13], 0.75],
  [-1.5, [5, 3]],
  [[], [5, 7]],
  [[13], [1]],
  [
    [1, 1],
    [1, 17],
  ],
  [[5, 7], [7]],
  [[8], [3, 8]],
  [
    [5, 7],
    [5, 1],
  ],
  [
    [5, 1],
    [1, 7],
  ],
  [
    [2, 3, 4],
    [3, 1],
  ],
  [
    [2, 1, 4],
    [3, 1],
  ],
  [[2, 3, 5, 7], [7]],
  [
    [2, 3, 5, 7],
    [2, 1, 1, 7],
  ],
  [
    [3, 1, 5, 1],
    [4, 1, 6],
  ],
  [
    [67, 13],
    [1, 13],
  ],
];

function binary(op: BinaryName, inputs: readonly [Argument, Argument], more: Partial<Row> = {}): Case {
  return row({
    op,
    inputs,
    reference: ([a, b]) => applyBinary(op, a!, b!),
    referenceBackward: (dy, [a, b]) => {
      const { da, db } = applyBinaryBackward(op, dy, a!, b!);
      return [da, db];
    },
    tolerance: 1e-6,
    ...more,
  });
}

function binaryRows(op: BinaryName): readonly Case[] {
  const special = { elementwise: true, smooth: false };
  const draw = (shape: readonly number[] | number): Argument =>
    typeof shape === "number" ? shape : { shape, range: op === "divide" ? [0.5, 2] : [-2, 2] };
  const finite = op === "divide" ? extremes.filter((value) => Math.abs(value) >= 1) : extremes;
  return [
    ...meetings.map(([a, b]) => binary(op, [draw(a), draw(b)])),
    binary(
      op,
      [
        { shape: [7, 1], values: notFinite, gradient: false },
        { shape: [1, 7], values: notFinite, gradient: false },
      ],
      { note: "not finite, every pair", ...special },
    ),
    binary(
      op,
      [
        { shape: [49], values: notFinite, gradient: false },
        { shape: [49], values: notFinite.flatMap((value) => notFinite.map(() => value)), gradient: false },
      ],
      { note: "not finite, every pair in one shape", ...special },
    ),
    binary(
      op,
      [
        { shape: [11 * finite.length], values: extremes },
        { shape: [11 * finite.length], values: finite.flatMap((value) => extremes.map(() => value)) },
      ],
      { note: "extremes and ties", ...special },
    ),
  ];
}

const binaryNames = ["add", "subtract", "multiply", "divide", "maximum", "minimum"] as const;

export const elementwiseCases: readonly Case[] = [
  ...unaryRows("relu"),
  ...unaryRows("leakyRelu"),
  ...unaryRows("leakyRelu", { attributes: { negativeSlope: 0.01 } }),
  ...unaryRows("elu", { absolute: true }),
  ...unaryRows("elu", { attributes: { alpha: 0.5 }, absolute: true }),
  ...unaryRows("gelu"),
  ...unaryRows("silu"),
  ...unaryRows("sigmoid"),
  ...unaryRows("tanh", { range: [-2, 2] }),
  ...unaryRows("softplus"),
  ...unaryRows("negative"),
  ...unaryRows("abs"),
  ...unaryRows("square"),
  ...unaryRows("sqrt", { range: [0.1, 9], positive: true }),
  ...unaryRows("exp"),
  ...unaryRows("log", { range: [0.1, 9], positive: true }),
  ...stepRows("sign"),
  ...stepRows("floor"),
  ...stepRows("round"),
  ...unaryRows("sin", { absolute: true }),
  ...unaryRows("cos", { absolute: true }),
  ...["sin" as const, "cos" as const].map((op) =>
    unary(op, { shape: [53], values: manyTurns }, undefined, {
      note: "many turns",
      elementwise: true,
      tolerance: 1e-7,
      smooth: false,
    }),
  ),
  ...unaryRows("tan", { range: [-1.4, 1.4] }),
  ...unaryRows("arcsin", { range: [-0.99, 0.99] }),
  ...unaryRows("arccos", { range: [-0.99, 0.99] }),
  ...unaryRows("arctan"),
  ...unaryRows("sinh"),
  ...unaryRows("cosh"),
  ...unaryRows("arcsinh"),
  ...unaryRows("arccosh", { range: [1.1, 9] }),
  ...unaryRows("arctanh", { range: [-0.95, 0.95] }),
  ...unaryRows("erf"),
  ...unaryRows("relu6", { range: [-8, 8] }),
  ...unaryRows("selu", { absolute: true }),
  ...unaryRows("hardSigmoid", { range: [-5, 5], absolute: true }),
  ...unaryRows("hardSwish", { range: [-5, 5], absolute: true }),
  ...unaryRows("mish"),
  ...unaryRows("softsign"),
  ...binaryNames.flatMap(binaryRows),
];

/** The names of the ops above that take so many inputs. */
export function elementwiseOps(count: 1 | 2): readonly string[] {
  return [...new Set(elementwiseCases.filter(({ inputs }) => inputs.length === count).map(({ op }) => op))];
}
