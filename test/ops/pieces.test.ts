/** Ops of the family `arrays` beyond the case table: what is refused, and what takes part in a gradient. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import type { ErrorCode } from "../../src/errors.ts";
import * as ops from "../../src/ops/index.ts";
import type { Tensor, Variable } from "../../src/tensor/tensor.ts";

const engine = await createEngine({ variant: "simd", threads: 1 });
const zeros = (...shape: number[]): Tensor =>
  engine.tensor(new Float32Array(shape.reduce((a, b) => a * b, 1)), shape);
const whole = (...values: number[]): Tensor =>
  engine.tensor(Int32Array.from(values), [values.length], "int32");

const mistakes: readonly (readonly [string, () => unknown, ErrorCode, RegExp])[] = [
  ["a slice that begins outside", () => ops.slice(zeros(3), { begin: [3] }), "INVALID_ARGUMENT", /^slice: begin\[0\] is 3 but the axis has 3; .* from -3 to 2, or null$/],
  ["a slice that ends outside", () => ops.slice(zeros(2, 3), { end: [null, -4] }), "INVALID_ARGUMENT", /^slice: end\[1\] is -4 but the axis has 3/],
  ["a slice of half an index", () => ops.slice(zeros(3), { begin: [0.5] }), "INVALID_ARGUMENT", /^slice: begin\[0\] is 0[.]5/],
  ["a slice by no step", () => ops.slice(zeros(3), { strides: [0] }), "INVALID_ARGUMENT", /^slice: strides\[0\] is 0; pass a whole number other than 0/],
  ["a slice of more axes than there are", () => ops.slice(zeros(3), { begin: [0, 0] }), "INVALID_ARGUMENT", /^slice: begin is \[0, 0\] but x is \[3\]/],
  ["a slice of nothing", () => ops.slice(zeros(3), { begin: [2], end: [1] }), "SHAPE_MISMATCH", /^slice: nothing is left of axis 0 of \[3\] from 2 to before 1 by 1/],
  ["a slice by another library's names", () => ops.slice(zeros(3), { start: [1] } as never), "INVALID_ARGUMENT", /^slice: "start" is unknown/],
  ["padding of one axis of two", () => ops.pad(zeros(2, 3), [[1, 1]]), "INVALID_ARGUMENT", /^pad: padding is .* and x is \[2, 3\]; pass a pair/],
  ["padding that is negative", () => ops.pad(zeros(2), [[-1, 1]]), "INVALID_ARGUMENT", /^pad: padding is .* whole numbers from 0/],
  ["padding of another mode", () => ops.pad(zeros(2), [[1, 1]], { mode: "replicate" as never }), "INVALID_ARGUMENT", /^pad: mode is "replicate"; pass "constant" or "reflect" or "symmetric" or "edge"/],
  ["a mirror image that is too long", () => ops.pad(zeros(2, 3), [[0, 0], [3, 0]], { mode: "reflect" }), "SHAPE_MISMATCH", /^pad: mode "reflect" gives at most 2 at each end of axis 1 of \[2, 3\], and 3 are wanted/],
  ["an index beyond the axis", () => ops.gather(zeros(2, 3), whole(0, 3), { axis: 1 }), "INVALID_ARGUMENT", /^gather: index 1 is 3 but only 0 to 2 exist; correct it$/],
  ["an axis that is not there", () => ops.gather(zeros(2, 3), whole(0), { axis: 2 }), "INVALID_ARGUMENT", /^gather: axis 2 does not exist/],
  ["indices that are floats", () => ops.scatterAdd(zeros(3), zeros(2), zeros(2)), "INVALID_ARGUMENT", /^scatterAdd: indices are float32/],
  ["updates of another shape", () => ops.scatterAdd(zeros(4, 3), whole(0, 1), zeros(3, 3)), "SHAPE_MISMATCH", /^scatterAdd: updates are \[3, 3\]; .* want \[2, 3\]$/],
  ["a scatter outside", () => ops.scatterAdd(zeros(3), whole(-1), zeros(1)), "INVALID_ARGUMENT", /^scatterAdd: index 0 is -1/],
  ["indices along an axis of another shape", () => ops.takeAlongAxis(zeros(2, 3), engine.tensor(new Int32Array(3), [3, 1], "int32")), "SHAPE_MISMATCH", /^takeAlongAxis: indices are \[3, 1\] and x is \[2, 3\]; all axes but axis 1/],
  ["a comparison of two numbers", () => ops.less(1, 2), "INVALID_ARGUMENT", /^less: no operand is a tensor/],
  ["a comparison of shapes that do not fit", () => ops.equal(zeros(2), zeros(3)), "SHAPE_MISMATCH", /^equal: /],
  ["a choice of shapes that do not fit", () => ops.where(zeros(2), zeros(3), 1), "SHAPE_MISMATCH", /^where: /],
  ["limits the wrong way round", () => ops.clip(zeros(2), 1, -1), "INVALID_ARGUMENT", /^clip: the limits are 1 and -1; pass two numbers, the lower one first/],
  ["a limit that is no number", () => ops.clip(zeros(2), Number.NaN, 1), "INVALID_ARGUMENT", /^clip: the limits are NaN and 1/],
]; // biome-ignore format: a line a mistake

describe("mistakes", () => {
  it.each(mistakes)("%s", (_, work, code, wanted) => {
    try {
      work();
    } catch (error) {
      expect(error).toMatchObject({ code, name: "AnygradError" });
      expect((error as Error).message).toMatch(wanted);
      expect((error as Error).message.length).toBeLessThanOrEqual(500);
      return;
    }
    throw new Error("it went through");
  });
});

describe("a gradient", () => {
  const gradientOf = (compute: (x: Variable) => Tensor, values: number[]): unknown => {
    const x = engine.variable(values);
    return engine.valueAndGrad(() => ops.sum(compute(x)), [x]).gradients[0]!.toArray();
  };

  it("goes through a mask that was computed from the same numbers", () => {
    expect(gradientOf((x) => ops.multiply(x, ops.greater(x, 1)), [0, 1, 2])).toEqual([0, 0, 1]);
    expect(
      gradientOf((x) => ops.where(ops.less(x, 1), ops.multiply(x, 3), ops.square(x)), [0, 1, 2]),
    ).toEqual([3, 2, 4]);
  });

  it("does not go into a condition", () => {
    expect(gradientOf((x) => ops.where(x, x, 7), [0, 5, -2])).toEqual([0, 1, 1]);
    expect(gradientOf((x) => ops.where(x, 1, 2), [0, 5])).toEqual([0, 0]);
  });

  it("is 0 where a function steps", () => {
    expect(gradientOf((x) => ops.add(ops.round(x), ops.add(ops.floor(x), ops.sign(x))), [0.3, -2])).toEqual([
      0, 0,
    ]);
  });

  it("of a comparison is none", () => {
    const x = engine.variable([1, 2]);
    expect(() => engine.valueAndGrad(() => ops.sum(ops.greater(x, 1)), [x])).toThrow(
      /depends on none of the variables/,
    );
  });
});
