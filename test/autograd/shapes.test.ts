/** Properties of shapes over random arguments: each op's shape and values against the naive rule, misfits against a typed error. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { AnygradError } from "../../src/errors.ts";
import * as ops from "../../src/ops/index.ts";
import type { Variable } from "../../src/tensor/tensor.ts";
import { transpose } from "../reference/arrange.ts";
import { type Array64, array64, map, sizeOf } from "../reference/array64.ts";
import { applyBinary, applyBinaryBackward, broadcastShape } from "../reference/elementwise.ts";
import { reduce } from "../reference/reduce.ts";

const engine = await createEngine({ variant: "simd" });
const runs = { numRuns: 60, seed: 20_260 };

/** Small whole numbers, exact in float32 through sums and products. */
const counting = (shape: readonly number[]): Array64 => map(array64(shape), (_, i) => (i % 7) - 3);
const place = ({ data, shape }: Array64): Variable => engine.variable(Float32Array.from(data), shape);
/** Zeros lose their sign: nobody promises the sign of a product with 0. */
const numbers = ({ data }: { readonly data: ArrayLike<number> }): number[] =>
  Array.from(data, (value) => value + 0);
const extents = (most: { rank: number; extent: number }, least = 0) =>
  fc.array(fc.integer({ min: 1, max: most.extent }), { minLength: least, maxLength: most.rank });

function misfit(act: () => unknown): boolean {
  try {
    act();
    return false;
  } catch (error) {
    expect(error).toBeInstanceOf(AnygradError);
    return (error as AnygradError).code === "SHAPE_MISMATCH";
  }
}

/** Two shapes that broadcast: one common shape, each with some extents replaced by 1 and some leading ones cut. */
const fitting = extents({ rank: 4, extent: 4 }).chain((shape) => {
  const partner = fc
    .tuple(fc.array(fc.boolean(), { minLength: shape.length, maxLength: shape.length }), fc.nat(shape.length))
    .map(([ones, cut]) => shape.map((extent, axis) => (ones[axis] ? 1 : extent)).slice(cut));
  return fc.tuple(partner, partner);
});

describe("broadcasting", () => {
  it("gives the naive rule's shape and numbers, forward and backward", () => {
    fc.assert(
      fc.property(fitting, ([left, right]) => {
        const [a, b] = [counting(left), counting(right)];
        const [ta, tb] = [place(a), place(b)];
        const wanted = applyBinary("multiply", a, b);
        const y = ops.multiply(ta, tb);
        expect(y.shape).toEqual(wanted.shape);
        expect(numbers(y)).toEqual(numbers(wanted));
        const ones = map(wanted, () => 1);
        const { da, db } = applyBinaryBackward("multiply", ones, a, b);
        const { gradients } = engine.valueAndGrad(() => ops.sum(ops.multiply(ta, tb)), [ta, tb]);
        expect(gradients.map(({ shape }) => shape)).toEqual([a.shape, b.shape]);
        expect(numbers(gradients[0]!)).toEqual(numbers(da));
        expect(numbers(gradients[1]!)).toEqual(numbers(db));
      }),
      runs,
    );
  });

  it("refuses what the naive rule refuses, and nothing else", () => {
    const shape = extents({ rank: 3, extent: 3 });
    fc.assert(
      fc.property(shape, shape, (left, right) => {
        const refused = misfit(() => ops.add(place(counting(left)), place(counting(right))));
        expect(refused).toBe(broadcastShape(left, right) === null);
      }),
      runs,
    );
  });
});

describe("shape rules", () => {
  it("reductions over any axes", () => {
    const given = extents({ rank: 4, extent: 4 }, 1).chain((shape) =>
      fc.record({
        shape: fc.constant(shape),
        axis: fc.uniqueArray(fc.integer({ min: -shape.length, max: shape.length - 1 }), {
          minLength: 1,
          selector: (axis) => (axis + shape.length) % shape.length,
        }),
        keepdims: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(given, ({ shape, axis, keepdims }) => {
        const wanted = reduce("sum", counting(shape), { axis, keepdims });
        const y = ops.sum(place(counting(shape)), { axis, keepdims });
        expect(y.shape).toEqual(wanted.shape);
        expect(numbers(y)).toEqual(numbers(wanted));
      }),
      runs,
    );
  });

  it("transpositions by any permutation", () => {
    const given = extents({ rank: 4, extent: 4 }, 1).chain((shape) =>
      fc.tuple(
        fc.constant(shape),
        fc.shuffledSubarray([...shape.keys()], { minLength: shape.length, maxLength: shape.length }),
      ),
    );
    fc.assert(
      fc.property(given, ([shape, axes]) => {
        const x = map(array64(shape), (_, i) => i);
        const wanted = transpose(x, axes);
        const y = ops.transpose(place(x), axes);
        expect(y.shape).toEqual(wanted.shape);
        expect(numbers(y)).toEqual(numbers(wanted));
      }),
      runs,
    );
  });

  it("reshape keeps the numbers, and refuses another count", () => {
    fc.assert(
      fc.property(extents({ rank: 3, extent: 4 }), extents({ rank: 3, extent: 4 }), (from, to) => {
        const x = place(counting(from));
        const refused = misfit(() => expect(numbers(ops.reshape(x, to))).toEqual(numbers(x)));
        expect(refused).toBe(sizeOf(from) !== sizeOf(to));
      }),
      runs,
    );
  });

  it("matrix products refuse inner extents that differ", () => {
    const extent = fc.integer({ min: 1, max: 4 });
    fc.assert(
      fc.property(extent, extent, extent, extent, (m, k, k2, n) => {
        const [a, b] = [place(counting([m, k])), place(counting([k2, n]))];
        const refused = misfit(() => expect(ops.matmul(a, b).shape).toEqual([m, n]));
        expect(refused).toBe(k !== k2);
      }),
      runs,
    );
  });
});
