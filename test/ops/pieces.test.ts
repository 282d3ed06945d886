/** Ops of arrays, their order and their parts beyond the case table: what is refused, and what takes part in a gradient. */
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
  ["a comparison of two numbers", () => ops.less(1, 2), "INVALID_ARGUMENT", /^less: both operands are numbers/],
  ["a comparison of shapes that do not fit", () => ops.equal(zeros(2), zeros(3)), "SHAPE_MISMATCH", /^equal: /],
  ["a choice of shapes that do not fit", () => ops.where(zeros(2), zeros(3), 1), "SHAPE_MISMATCH", /^where: /],
  ["limits the wrong way round", () => ops.clip(zeros(2), 1, -1), "INVALID_ARGUMENT", /^clip: the limits are 1 and -1; pass two numbers, the lower one first/],
  ["parts that are not equal", () => ops.split(zeros(2, 7), 3, { axis: 1 }), "INVALID_ARGUMENT", /^split: axis 1 has 7, which makes no 3 equal parts; pass a number that divides it, or a list/],
  ["parts by their sizes, as in TensorFlow", () => ops.split(zeros(5), [2, 3, 0]), "INVALID_ARGUMENT", /^split: the cuts are \[2, 3, 0\] and axis 0 of \[5\] has 5; pass increasing indices from 1 to 4 \(of sizes \[a, b, c\] they are \[a, a \+ b\]\)/],
  ["a cut at the end", () => ops.split(zeros(5), [5]), "INVALID_ARGUMENT", /^split: the cuts are \[5\]/],
  ["a split of a scalar", () => ops.split(zeros(), 1), "SHAPE_MISMATCH", /^split: x is \[\]; wanted at least one axis/],
  ["a stack of nothing", () => ops.stack([]), "INVALID_ARGUMENT", /^stack: the list is empty/],
  ["a stack of two shapes", () => ops.stack([zeros(2), zeros(3)]), "SHAPE_MISMATCH", /^stack: \[2\] and \[3\] differ/],
  ["a stack along an axis that is not there", () => ops.stack([zeros(2)], { axis: 2 }), "INVALID_ARGUMENT", /^stack: axis 2 does not exist/],
  ["slices along an axis that is not there", () => ops.unstack(zeros(2), { axis: 1 }), "INVALID_ARGUMENT", /^unstack: axis 1 does not exist/],
  ["a shape that x does not broadcast to", () => ops.broadcastTo(zeros(2, 3), [3]), "SHAPE_MISMATCH", /^broadcastTo: \[2, 3\] does not broadcast to \[3\]/],
  ["tiles of half a time", () => ops.tile(zeros(2), [1.5]), "INVALID_ARGUMENT", /^tile: repeats has 1[.]5; pass whole numbers from 1/],
  ["repeats for another axis", () => ops.repeat(zeros(2, 3), [1, 2], { axis: 1 }), "INVALID_ARGUMENT", /^repeat: 2 repeats for axis 1 of \[2, 3\], which has 3/],
  ["no repeats at all", () => ops.repeat(zeros(2), [0, 0]), "SHAPE_MISMATCH", /^repeat: all repeats are 0/],
  ["an axis to turn that is not there", () => ops.reverse(zeros(2), { axis: [0, 1] }), "INVALID_ARGUMENT", /^reverse: axis 1 does not exist/],
  ["a power of two numbers", () => ops.pow(2, 3), "INVALID_ARGUMENT", /^pow: both operands are numbers/],
  ["a power of shapes that do not fit", () => ops.pow(zeros(2), zeros(3)), "SHAPE_MISMATCH", /^pow: /],
  ["a type that is none", () => ops.cast(zeros(2), "float64" as never), "INVALID_ARGUMENT", /^cast: the type is "float64"; pass "float32", "int32" or "bool"/],
  ["sums along an axis that is not there", () => ops.cumsum(zeros(2), { axis: 1 }), "INVALID_ARGUMENT", /^cumsum: axis 1 does not exist/],
  ["more numbers than there are", () => ops.topK(zeros(2, 3), 4), "INVALID_ARGUMENT", /^topK: k is 4 and axis 1 of \[2, 3\] has 3; pass a whole number from 1 to 3/],
  ["an order of whole numbers", () => ops.sort(whole(1, 2)), "INVALID_ARGUMENT", /^sort: input 0 is int32 but float32 is wanted/],
  ["blocks that do not divide channels", () => ops.depthToSpace(zeros(1, 2, 2, 6), 2), "SHAPE_MISMATCH", /^depthToSpace: the input is \[1, 2, 2, 6\]; .* channels that 4 divides/],
  ["blocks that do not divide an image", () => ops.spaceToDepth(zeros(1, 3, 2, 6), 2), "SHAPE_MISMATCH", /^spaceToDepth: .* height and width that 2 divides/],
  ["blocks of half a pixel", () => ops.spaceToDepth(zeros(1, 2, 2, 1), 0.5), "INVALID_ARGUMENT", /^spaceToDepth: the block size is 0[.]5/],
  ["an equation of another number of tensors", () => ops.einsum("ij,jk->ik", zeros(2, 3)), "INVALID_ARGUMENT", /^einsum: 1 tensors were passed and 2 stand in "ij,jk->ik"/],
  ["an equation of other axes", () => ops.einsum("ij->i", zeros(2, 3, 4)), "SHAPE_MISMATCH", /^einsum: "ij" names 2 axes and the tensor is \[2, 3, 4\]/],
  ["an equation that sizes do not fit", () => ops.einsum("ij,jk->ik", zeros(2, 3), zeros(4, 2)), "SHAPE_MISMATCH", /^einsum: "j" of "ij,jk->ik" has size 3 in one place and 4 in another/],
  ["an equation with an unknown letter", () => ops.einsum("ij->ik", zeros(2, 3)), "INVALID_ARGUMENT", /^einsum: the result names "k", which must be an operand's, once/],
  ["an equation with a digit", () => ops.einsum("i1->i", zeros(2, 3)), "INVALID_ARGUMENT", /^einsum: "1" is no letter/],
  ["an equation that drops what dots stand for", () => ops.einsum("...i->i", zeros(2, 3)), "INVALID_ARGUMENT", /^einsum: the result lacks the "[.]{3}" of the operands/],
  ["an equation that is none", () => ops.einsum(undefined as never, zeros(2)), "INVALID_ARGUMENT", /^einsum: there is no text/],
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

  it("of a power with a number as base or exponent", () => {
    expect(gradientOf((x) => ops.pow(x, 3), [2, -1, 0])).toEqual([12, 3, 0]);
    expect(gradientOf((x) => ops.pow(x, 0), [2, -1, 0])).toEqual([0, 0, 0]);
    expect(gradientOf((x) => ops.pow(0, x), [1, 2])).toEqual([0, 0]);
  });

  it("of the largest goes to where they stood", () => {
    const weights = engine.tensor([10, 1]);
    expect(gradientOf((x) => ops.multiply(ops.topK(x, 2).values, weights), [3, 1, 2])).toEqual([10, 0, 1]);
  });

  it("of all parts of a split is that of the whole", () => {
    expect(
      gradientOf(
        (x) => {
          const [a, b] = ops.split(x, [1]);
          return ops.concatenate([ops.multiply(a!, 2), ops.multiply(b!, 5)]);
        },
        [1, 1, 1],
      ),
    ).toEqual([2, 5, 5]);
  });

  it("of indices is none, by name", () => {
    const x = engine.variable([3, 1, 2]);
    const loss = (): Tensor => ops.sum(ops.cast(ops.argsort(x), "float32"));
    expect(() => engine.valueAndGrad(loss, [x])).toThrow(
      /^cast: it has no gradient|^argsort: it has no gradient/,
    );
    expect(() => engine.valueAndGrad(() => ops.sum(ops.cast(ops.cast(x, "int32"), "float32")), [x])).toThrow(
      /^cast: it has no gradient: whole numbers do not change continuously/,
    );
  });

  it("of a comparison is none", () => {
    const x = engine.variable([1, 2]);
    expect(() => engine.valueAndGrad(() => ops.sum(ops.greater(x, 1)), [x])).toThrow(
      /depends on none of the variables/,
    );
  });
});
