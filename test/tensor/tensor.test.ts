/** Tensors as users make and read them: shapes, types, copies, and what does not fit. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import type { ErrorCode } from "../../src/errors.ts";
import { sizeOf, stridesOf } from "../../src/tensor/shape.ts";
import type { NestedNumbers } from "../../src/tensor/tensor.ts";
import { failure } from "../data/failure.ts";

const engine = await createEngine();

describe("a tensor", () => {
  it("takes its shape from nested arrays, a number, or what is said", () => {
    expect(
      engine.tensor([
        [1, 2, 3],
        [4, 5, 6],
      ]).shape,
    ).toEqual([2, 3]);
    expect(engine.tensor([[[1], [2]]]).shape).toEqual([1, 2, 1]);
    expect(engine.tensor(7).shape).toEqual([]);
    expect(engine.tensor([]).shape).toEqual([0]);
    expect(engine.tensor(Float32Array.of(1, 2, 3, 4), [2, 2]).shape).toEqual([2, 2]);
    expect(engine.tensor([1, 2, 3, 4], [4, 1]).toArray()).toEqual([[1], [2], [3], [4]]);
  });

  it("has the type asked for: float32, but uint8 for bytes", () => {
    expect(engine.tensor([1.5]).data).toEqual(Float32Array.of(1.5));
    expect(engine.tensor(Uint8Array.of(255)).data).toEqual(Uint8Array.of(255));
    expect(engine.tensor([1, -2], [2], "int32").data).toEqual(Int32Array.of(1, -2));
    expect(engine.tensor(Uint8Array.of(7), [1], "float32").data).toEqual(Float32Array.of(7));
    expect(engine.tensor([0.1]).item()).toBe(Math.fround(0.1));
  });

  it("gives back nested arrays as it took them, of any depth", () => {
    const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 5 });
    fc.assert(
      fc.property(shapes, fc.integer(), (shape, seed) => {
        let next = seed % 1000;
        const make = (axis: number): NestedNumbers =>
          axis === shape.length ? next++ : Array.from({ length: shape[axis]! }, () => make(axis + 1));
        const nested = make(0);
        const tensor = engine.step(() => {
          const made = engine.tensor(nested);
          return { shape: made.shape, array: made.toArray(), data: made.data };
        });
        expect(tensor.shape).toEqual(shape);
        expect(tensor.array).toEqual(nested);
        expect(tensor.data.length).toBe(sizeOf(shape));
        // element [i, j, …] lies at i · stride₀ + j · stride₁ + …
        const index = shape.map((n, axis) => (Math.abs(seed) + axis) % n);
        const at = index.reduce((sum, i, axis) => sum + i * stridesOf(shape)[axis]!, 0);
        let element: NestedNumbers = nested;
        for (const i of index) element = (element as NestedNumbers[])[i]!;
        expect(tensor.data[at]).toBe(element);
      }),
    );
  });

  it("is copied in and out", () => {
    const values = Float32Array.of(1, 2);
    const tensor = engine.variable(values);
    values[0] = 9;
    const out = tensor.data;
    out[1] = 9;
    expect(tensor.toArray()).toEqual([1, 2]);
  });

  it("keeps every bit: NaNs aside, subnormals, zeros of both signs", () => {
    const bits = Uint32Array.of(1, 0x80000000, 0x7f800000, 0xff7fffff, 0x00400000, 0x3f800001);
    const { data } = engine.tensor(new Float32Array(bits.buffer));
    expect(new Uint32Array(data.buffer)).toEqual(bits);
  });

  it("reshaped is the same memory", () => {
    const variable = engine.variable([1, 2, 3, 4]);
    const square = variable.reshaped([2, 2]);
    variable.assign([5, 6, 7, 8]);
    expect(square.toArray()).toEqual([
      [5, 6],
      [7, 8],
    ]);
  });
});

describe("what does not fit", () => {
  it.each<[string, () => unknown, ErrorCode, RegExp]>([
    [
      "rows of different lengths",
      () => engine.tensor([[1, 2], [3]]),
      "SHAPE_MISMATCH",
      /^tensor: the nested arrays are uneven: \[2, 2\] by the first elements/,
    ],
    [
      "numbers among rows",
      () => engine.tensor([[1, 2], 3]),
      "SHAPE_MISMATCH",
      /^tensor: the nested arrays are uneven/,
    ],
    [
      "rows among numbers",
      () => engine.tensor([1, [2]]),
      "SHAPE_MISMATCH",
      /^tensor: the nested arrays are uneven/,
    ],
    [
      "text",
      () => engine.tensor(JSON.parse('["a"]')),
      "INVALID_ARGUMENT",
      /^tensor: got "a" where a number is wanted/,
    ],
    [
      "too few numbers",
      () => engine.tensor([1, 2, 3], [2, 2]),
      "SHAPE_MISMATCH",
      /^tensor: 3 numbers do not fill the shape \[2, 2\], which wants 4$/,
    ],
    [
      "too many numbers",
      () => engine.variable(new Float32Array(5), [2, 2]),
      "SHAPE_MISMATCH",
      /^tensor: 5 numbers do not fill the shape \[2, 2\], which wants 4$/,
    ],
    [
      "a shape below zero",
      () => engine.tensor([1, 2, 3, 4], [-2, -2]),
      "SHAPE_MISMATCH",
      /^tensor: .*\[-2, -2\]/,
    ],
    ["a shape of fractions", () => engine.tensor([1], [0.5, 2]), "SHAPE_MISMATCH", /^tensor: .*\[0.5, 2\]/],
    [
      "an unknown type",
      () => engine.tensor([1], [1], JSON.parse('"float64"')),
      "INVALID_ARGUMENT",
      /^tensor: dtype: "float64" is unknown; did you mean float32\? There are float32/,
    ],
    [
      "an assignment of too few numbers",
      () => engine.variable([1, 2, 3]).assign([1]),
      "SHAPE_MISMATCH",
      /1 .*3/,
    ],
    [
      "an assignment of too many numbers",
      () => engine.variable([1]).assign([1, 2, 3]),
      "SHAPE_MISMATCH",
      /3 .*1/,
    ],
  ])("%s", async (_, act, code, wanted) => {
    expect(await failure(act, code)).toMatch(wanted);
  });

  it.each<[string, unknown, string]>([
    ["null", null, "null"],
    ["nothing", undefined, "undefined"],
    ["a text", "12", '"12"'],
    ["a BigInt", 1n, "1"],
    ["a BigInt64Array", new BigInt64Array(2), "BigInt64Array(2)"],
    ["BigInts in a list", [1n, 2n], "1"],
    ["null in a list", [1, null], "null"],
    ["a hole in a list", Object.assign([1], { 2: 3 }), "undefined"],
    ["a truth value in a list", [1, true], "true"],
    ["typed arrays in a list", [new Float32Array(2)], "Float32Array(2)"],
    ["an ArrayBuffer", new ArrayBuffer(8), "ArrayBuffer"],
    ["a DataView", new DataView(new ArrayBuffer(8)), "DataView"],
    ["an object", { length: "2" }, "{ length }"],
    ["a function", () => 1, "function"],
  ])("%s is no number", async (_, given, quoted) => {
    for (const act of [
      () => engine.tensor(given as never),
      () => engine.variable(given as never),
      () => engine.variable([1]).assign(given as never),
    ])
      expect(await failure(act, "INVALID_ARGUMENT")).toContain(
        `tensor: got ${quoted} where a number is wanted; pass`,
      );
  });

  it("an assignment of what is no number leaves the numbers as they were", async () => {
    const w = engine.variable([1, 2]);
    await failure(() => w.assign([3, null] as never), "INVALID_ARGUMENT");
    expect(w.toArray()).toEqual([1, 2]);
  });
});
