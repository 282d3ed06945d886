/** Bad input to an op: a typed error in one line, in the user's words, with the op's name in front. Never a wrong number. */
import { describe, expect, it } from "vitest";
import { createEngine, type Engine } from "../../../src/autograd/engine.ts";
import { AnygradError, type ErrorCode } from "../../../src/errors.ts";
import * as ops from "../../../src/ops/index.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";

const engine = await createEngine({ variant: "simd" });
const zeros = (...shape: number[]): Tensor =>
  engine.tensor(new Float32Array(shape.reduce((a, b) => a * b, 1)), shape);
const labels = (...values: number[]): Tensor =>
  engine.tensor(Int32Array.from(values), [values.length], "int32");
const bytes = (): Tensor => engine.tensor(Uint8Array.of(1, 2, 3, 4), [4], "uint8");

/** What is done, the code, and what the message must mention. */
const mistakes: readonly (readonly [string, () => unknown, ErrorCode, RegExp])[] = [
  ["shapes that do not broadcast", () => ops.add(zeros(2, 3), zeros(2)), "SHAPE_MISMATCH", /^add: .*3.*2/],
  ["two numbers", () => ops.multiply(1, 2), "INVALID_ARGUMENT", /^multiply: /],
  [
    "a vector in a matrix product",
    () => ops.matmul(zeros(3), zeros(3, 2)),
    "SHAPE_MISMATCH",
    /^matmul: .*\[3\]/,
  ],
  [
    "inner extents that differ",
    () => ops.matmul(zeros(2, 3), zeros(4, 2)),
    "SHAPE_MISMATCH",
    /^matmul: .*3.*4/,
  ],
  [
    "features that do not fit",
    () => ops.dense(zeros(2, 3), zeros(4, 2), null),
    "SHAPE_MISMATCH",
    /^dense: .*3.*4/,
  ],
  [
    "images in a dense layer",
    () => ops.dense(zeros(2, 3, 3, 1), zeros(9, 2), null),
    "SHAPE_MISMATCH",
    /^dense: the input has 1 features but the kernel expects 9; /,
  ],
  [
    "a dense bias of another size",
    () => ops.dense(zeros(2, 3), zeros(3, 2), zeros(3)),
    "SHAPE_MISMATCH",
    /^dense: .*bias/,
  ],
  [
    "channels that do not fit",
    () => ops.conv2d(zeros(1, 5, 5, 3), zeros(3, 3, 1, 4), null),
    "SHAPE_MISMATCH",
    /^conv2d: the input has 3 channels but the kernel expects 1/,
  ],
  [
    "an image without channels",
    () => ops.conv2d(zeros(5, 5, 3), zeros(3, 3, 3, 4), null),
    "SHAPE_MISMATCH",
    /^conv2d: /,
  ],
  [
    "a kernel larger than the image",
    () => ops.conv2d(zeros(1, 2, 2, 1), zeros(3, 3, 1, 1), null),
    "SHAPE_MISMATCH",
    /^conv2d: .*3.*2/,
  ],
  [
    "a convolution bias of another size",
    () => ops.conv2d(zeros(1, 5, 5, 1), zeros(3, 3, 1, 4), zeros(3)),
    "SHAPE_MISMATCH",
    /^conv2d: .*bias/,
  ],
  [
    "groups that do not divide",
    () => ops.conv2d(zeros(1, 5, 5, 3), zeros(3, 3, 1, 4), null, { groups: 2 }),
    "INVALID_ARGUMENT",
    /^conv2d: groups is 2/,
  ],
  [
    "a stride of 0",
    () => ops.conv2d(zeros(1, 5, 5, 1), zeros(3, 3, 1, 1), null, { strides: 0 }),
    "INVALID_ARGUMENT",
    /^conv2d: strides is 0/,
  ],
  [
    "a depthwise kernel of other channels",
    () => ops.depthwiseConv2d(zeros(1, 5, 5, 3), zeros(3, 3, 2, 1), null),
    "SHAPE_MISMATCH",
    /^depthwiseConv2d: .*3.*2/,
  ],
  [
    "a depthwise bias of another size",
    () => ops.depthwiseConv2d(zeros(1, 5, 5, 3), zeros(3, 3, 3, 1), zeros(2)),
    "SHAPE_MISMATCH",
    /^depthwiseConv2d: .*bias/,
  ],
  [
    "a pool larger than the image",
    () => ops.maxPooling2d(zeros(1, 1, 4, 1)),
    "SHAPE_MISMATCH",
    /^maxPooling2d: .*2.*1/,
  ],
  [
    "a pool over a matrix",
    () => ops.averagePooling2d(zeros(4, 4)),
    "SHAPE_MISMATCH",
    /^averagePooling2d: .*\[4, 4\]/,
  ],
  [
    "a global pool over a matrix",
    () => ops.globalAveragePooling2d(zeros(4, 4)),
    "SHAPE_MISMATCH",
    /^globalAveragePooling2d: .*\[4, 4\]/,
  ],
  [
    "gamma of another size",
    () => ops.layerNormalization(zeros(2, 3), zeros(2), zeros(2)),
    "SHAPE_MISMATCH",
    /^layerNormalization: .*3.*2/,
  ],
  [
    "statistics of another size",
    () => ops.batchNormalization(zeros(2, 3), zeros(3), zeros(3), zeros(2), zeros(3)),
    "SHAPE_MISMATCH",
    /^batchNormalization: .*3.*2/,
  ],
  [
    "a rate of 1",
    () => ops.dropout(zeros(3), { rate: 1, seed: 1, stream: 0, step: 0 }),
    "INVALID_ARGUMENT",
    /^dropout: rate is 1/,
  ],
  [
    "a negative seed",
    () => ops.dropout(zeros(3), { rate: 0.5, seed: -1, stream: 0, step: 0 }),
    "INVALID_ARGUMENT",
    /seed is -1/,
  ],
  [
    "an axis that does not exist",
    () => ops.sum(zeros(2, 3), { axis: 2 }),
    "INVALID_ARGUMENT",
    /^sum: axis 2/,
  ],
  ["an axis given twice", () => ops.sum(zeros(2, 3), { axis: [1, -1] }), "INVALID_ARGUMENT", /^sum: /],
  [
    "a reshape to another count",
    () => ops.reshape(zeros(2, 3), [4, 2]),
    "SHAPE_MISMATCH",
    /^reshape: 6.*\[4, 2\]/,
  ],
  [
    "a reshape with two open extents",
    () => ops.reshape(zeros(2, 3), [-1, -1]),
    "SHAPE_MISMATCH",
    /^reshape: /,
  ],
  [
    "axes that are no permutation",
    () => ops.transpose(zeros(2, 3), [0, 0]),
    "INVALID_ARGUMENT",
    /^transpose: /,
  ],
  ["a row that does not exist", () => ops.gather(zeros(2, 3), labels(2)), "INVALID_ARGUMENT", /^gather: .*2/],
  ["a label outside the classes", () => ops.oneHot(labels(0, 3), 3), "INVALID_ARGUMENT", /^oneHot: .*3/],
  ["labels that are floats", () => ops.oneHot(zeros(2), 3), "INVALID_ARGUMENT", /^oneHot: .*int32/],
  [
    "as many labels as there are no rows",
    () => ops.sparseCategoricalCrossentropy(zeros(2, 3), labels(0)),
    "SHAPE_MISMATCH",
    /^sparseCategoricalCrossentropy: /,
  ],
  [
    "a label that is no class",
    () => ops.sparseCategoricalCrossentropy(zeros(2, 3), labels(0, 3)),
    "INVALID_ARGUMENT",
    /^sparseCategoricalCrossentropy: .*3/,
  ],
  [
    "targets of another shape",
    () => ops.meanSquaredError(zeros(2, 3), zeros(2, 2)),
    "SHAPE_MISMATCH",
    /^meanSquaredError: /,
  ],
  [
    "targets of another shape",
    () => ops.categoricalCrossentropy(zeros(2, 3), zeros(2)),
    "SHAPE_MISMATCH",
    /^categoricalCrossentropy: /,
  ],
  ["integers where numbers are wanted", () => ops.relu(labels(1, 2)), "INVALID_ARGUMENT", /^relu: .*int32/],
  ["bytes in a sum", () => ops.add(bytes(), 1), "INVALID_ARGUMENT", /^add: .*uint8/],
  ["bytes in a reduction", () => ops.mean(bytes()), "INVALID_ARGUMENT", /^mean: .*uint8/],
  [
    "numbers that do not fill a shape",
    () => engine.tensor([1, 2, 3], [2, 2]),
    "SHAPE_MISMATCH",
    /^tensor: 3 .*\[2, 2\]/,
  ],
  ["nested arrays of uneven rows", () => engine.tensor([[1, 2], [3]]), "SHAPE_MISMATCH", /^tensor: .*uneven/],
];

function caught(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return "no error";
}

describe("a typed error in one line", () => {
  it.each(mistakes)("%s", (_, act, code, message) => {
    const error = caught(act);
    expect(error).toBeInstanceOf(AnygradError);
    const { code: got, message: text } = error as AnygradError;
    expect(text).toMatch(message);
    expect(text).not.toMatch(/\n|undefined|NaN|\[object/);
    expect(got).toBe(code);
  });
});

describe("a gradient that is not defined", () => {
  const scores = engine.variable([
    [1, 2],
    [3, 4],
  ]);
  const codeOf = (act: () => unknown): string => {
    const error = caught(act);
    return error instanceof AnygradError ? error.code : String(error);
  };

  it("through argmax", () => {
    const act = () => engine.valueAndGrad(() => ops.sum(ops.oneHot(ops.argmax(scores), 2)), [scores]);
    expect(codeOf(act)).toBe("NO_GRADIENT");
  });

  it("through the class indices of a loss, unless gradients stop before", () => {
    const labels = () => ops.argmax(scores);
    const act = (of: () => Tensor) => () =>
      engine.valueAndGrad(
        () => ops.mean(ops.sparseCategoricalCrossentropy(scores, of(), { fromLogits: true })),
        [scores],
      );
    expect(codeOf(act(labels))).toBe("NO_GRADIENT");
    expect(String(caught(act(labels)))).toMatch(/pass that through ops\.stopGradient$/);
    const { gradients } = act(() => ops.stopGradient(labels()))() as ReturnType<Engine["valueAndGrad"]>;
    expect(gradients[0]!.toArray()).not.toContain(0);
  });

  it("where the loss depends on no variable at all", () => {
    expect(codeOf(() => engine.valueAndGrad(() => engine.tensor(1), [scores]))).toBe("NO_GRADIENT");
  });
});
