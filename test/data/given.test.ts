/** Numbers and targets as users have them: every form is understood, or refused in words about the data. */
import vm from "node:vm";
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { dataset } from "../../src/data/dataset.ts";
import { weightsByIndex } from "../../src/data/given/classWeight.ts";
import { failure } from "./failure.ts";

const engine = await createEngine();
/** Makes a value whose classes are another realm's, as those of jest, an iframe or node:vm. */
const foreign = (code: string): never => vm.runInNewContext(code) as never;
const given = (x: unknown, y: unknown, more: object = {}) => dataset({ x, y, ...more } as never);

describe("x", () => {
  it.each<[string, unknown]>([
    ["Float32Array", Float32Array.of(1, 2, 3, 4)],
    ["Float64Array", Float64Array.of(1, 2, 3, 4)],
    ["Int8Array", Int8Array.of(1, 2, 3, 4)],
    ["Int16Array", Int16Array.of(1, 2, 3, 4)],
    ["Uint16Array", Uint16Array.of(1, 2, 3, 4)],
    ["Int32Array", Int32Array.of(1, 2, 3, 4)],
    ["Uint32Array", Uint32Array.of(1, 2, 3, 4)],
    ["Float32Array of another realm", foreign("Float32Array.of(1, 2, 3, 4)")],
    ["Float64Array of another realm", foreign("Float64Array.of(1, 2, 3, 4)")],
    ["a flat list", [1, 2, 3, 4]],
    ["a tensor", engine.tensor([1, 2, 3, 4], [2, 2])],
    ["{ shape, data }", { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) }],
  ])("as %s", (_, x) => {
    const set = given(x, [0, 1], { shape: [2, 2] });
    expect(set.x).toBeInstanceOf(Float32Array);
    expect([...set.x]).toEqual([1, 2, 3, 4]);
    expect(set.shape).toEqual([2, 2]);
  });

  it.each<[string, unknown, number[]]>([
    [
      "nested lists",
      [
        [1, 2],
        [3, 4],
      ],
      [1, 2, 3, 4],
    ],
    ["nested lists of another realm", foreign("[[1, 2], [3, 4]]"), [1, 2, 3, 4]],
    ["lists of typed arrays", [Float32Array.of(1, 2), Float32Array.of(3, 4)], [1, 2, 3, 4]],
    [
      "lists of typed arrays of another realm",
      foreign("[Float64Array.of(1, 2), Int16Array.of(3, 4)]"),
      [1, 2, 3, 4],
    ],
    ["a list and a typed array", [[1, 2], Float64Array.of(3, 4)], [1, 2, 3, 4]],
    [
      "truth values",
      [
        [true, false],
        [false, true],
      ],
      [1, 0, 0, 1],
    ],
  ])("as %s, which have their own shape", (_, x, wanted) => {
    const set = given(x, [0, 1]);
    expect(set.x).toBeInstanceOf(Float32Array);
    expect([...set.x]).toEqual(wanted);
    expect(set.shape).toEqual([2, 2]);
  });

  it.each<[string, unknown, object]>([
    ["Uint8Array", Uint8Array.of(1, 2, 3, 200), { shape: [2, 2] }],
    ["Uint8ClampedArray, a canvas's pixels", Uint8ClampedArray.of(1, 2, 3, 200), { shape: [2, 2] }],
    ["Node's Buffer", Buffer.from([1, 2, 3, 200]), { shape: [2, 2] }],
    ["Uint8Array of another realm", foreign("Uint8Array.of(1, 2, 3, 200)"), { shape: [2, 2] }],
    ["rows of bytes", [Uint8Array.of(1, 2), Uint8ClampedArray.of(3, 200)], {}],
  ])("as %s stays bytes", (_, x, more) => {
    const set = given(x, [0, 1], more);
    expect(set.x.constructor).toBe(Uint8Array);
    expect([...set.x]).toEqual([1, 2, 3, 200]);
    expect(set.shape).toEqual([2, 2]);
  });

  it("as bytes of another realm is not copied", () => {
    const x: Uint8ClampedArray = foreign("new Uint8ClampedArray(4)");
    expect(given(x, [0, 1], { shape: [2, 2] }).x.buffer).toBe(x.buffer);
  });

  it.each<[string, unknown, string, string]>([
    [
      "null",
      [
        [1, null],
        [2, 3],
      ],
      "DATA_FORMAT",
      "x[0][1] is null; a value is missing: fill it in, or leave the row out",
    ],
    [
      "undefined",
      [
        [1, 2],
        [undefined, 3],
      ],
      "DATA_FORMAT",
      "x[1][0] is undefined; a value is missing",
    ],
    ["a hole", foreign("[[1, , 3], [4, 5, 6]]"), "DATA_FORMAT", "x[0][1] is undefined; a value is missing"],
    ["a missing row", [[1, 2], null], "DATA_FORMAT", "x[1] is null; a value is missing"],
    [
      "a text",
      [
        [1, 2],
        [3, "four"],
      ],
      "DATA_FORMAT",
      'x[1][1] is the text "four"; numbers are wanted',
    ],
    [
      "a number as text",
      [["1", "2"]],
      "DATA_FORMAT",
      'x[0][0] is the text "1"; convert it to a number: Number(text)',
    ],
    ["a big integer", [[1n, 2n]], "DATA_FORMAT", "x[0][0] is 1; convert it to a number: Number(value)"],
    ["an object", [[{ a: 1 }, 2]], "DATA_FORMAT", "x[0][0] is { a }; numbers are wanted"],
    [
      "NaN",
      [
        [1, 2],
        [3, Number.NaN],
      ],
      "DATA_FORMAT",
      "x[1][1] is NaN (row 1, column 1, counted from 0)",
    ],
    [
      "infinity in an image",
      [[[[1], [2]]], [[[3], [-Infinity]]]],
      "DATA_FORMAT",
      "x[1][0][1][0] is -Infinity (row 1, column 1",
    ],
    [
      "NaN in a typed row",
      [Float32Array.of(1, Number.NaN), Float32Array.of(1, 2)],
      "DATA_FORMAT",
      "x[0][1] is NaN",
    ],
    [
      "a short row",
      [[1, 2], [3]],
      "SHAPE_MISMATCH",
      "x is ragged: x[1] is a list of 1 where the first row has a list of 2",
    ],
    ["a short typed row", [Float32Array.of(1, 2), Float32Array.of(3)], "SHAPE_MISMATCH", "x is ragged"],
    ["a number among rows", [[1, 2], 3], "SHAPE_MISMATCH", "x is ragged"],
    ["a list among numbers", [1, [2]], "SHAPE_MISMATCH", "x is ragged"],
    [
      "BigUint64Array",
      new BigUint64Array(4),
      "INVALID_ARGUMENT",
      "x is BigUint64Array(4); numbers of at most 53 bits",
    ],
    ["rows of BigInt64Array", [new BigInt64Array(2)], "INVALID_ARGUMENT", "x is BigInt64Array(2)"],
    [
      "DataView",
      new DataView(new ArrayBuffer(8)),
      "INVALID_ARGUMENT",
      "x is DataView; say what numbers are in it",
    ],
    ["ArrayBuffer", new ArrayBuffer(8), "INVALID_ARGUMENT", "x is ArrayBuffer; say what numbers are in it"],
    ["a Map", new Map([[0, 1]]), "INVALID_ARGUMENT", "x is Map; pass nested arrays"],
    ["a text alone", "data.csv", "INVALID_ARGUMENT", 'x is "data.csv"; pass nested arrays'],
    ["nothing", undefined, "INVALID_ARGUMENT", "x is undefined; pass nested arrays"],
    ["null alone", null, "INVALID_ARGUMENT", "x is null; pass a value"],
  ])("as %s is refused in words", async (_, x, code, wanted) => {
    const message = await failure(() => given(x, [0, 1]), code);
    expect(message).toContain(`dataset: ${wanted}`);
    expect(message.length).toBeLessThanOrEqual(500);
  });

  it("is asked for where there is none", async () => {
    for (const options of [undefined, {}])
      expect(await failure(() => dataset(options as never), "INVALID_ARGUMENT")).toMatch(
        /^dataset: x is undefined; pass nested arrays/,
      );
    expect(await failure(() => dataset(null as never), "INVALID_ARGUMENT")).toMatch(
      /^dataset: got null; pass options by name/,
    );
  });

  it("is refused where its nesting and the shape differ", async () => {
    const message = await failure(
      () =>
        given(
          [
            [1, 2, 3],
            [4, 5, 6],
          ],
          [0, 1, 0],
          { shape: [3, 2] },
        ),
      "SHAPE_MISMATCH",
    );
    expect(message).toContain("in the shape [2, 3], which do not fill the shape [3, 2]");
  });
});

describe("y", () => {
  const x = [[1], [2], [3], [4]];
  it.each<[string, unknown, unknown]>([
    ["negative whole numbers", [-3, -1, 1, 3], Int32Array.of(-3, -1, 1, 3)],
    ["truth values", [true, false, true, true], Int32Array.of(1, 0, 1, 1)],
    ["whole numbers beyond 32 bits", [4e9, 1, 2, 3], Float32Array.of(4e9, 1, 2, 3)],
    ["fractions", [0.5, 1, 2, -1], Float32Array.of(0.5, 1, 2, -1)],
    ["Float64Array", Float64Array.of(0.5, 1, 2, -1), Float32Array.of(0.5, 1, 2, -1)],
    ["Int8Array", Int8Array.of(-1, 1, 2, 3), Int32Array.of(-1, 1, 2, 3)],
    ["flat one-hot bytes", Uint8Array.of(1, 0, 0, 1, 1, 0, 0, 1), Uint8Array.of(1, 0, 0, 1, 1, 0, 0, 1)],
    [
      "lists of truth values",
      [
        [true, false],
        [false, true],
        [true, false],
        [true, true],
      ],
      Float32Array.of(1, 0, 0, 1, 1, 0, 1, 1),
    ],
    [
      "rows of typed arrays",
      [Float32Array.of(1, 0), [0, 1], [1, 0], [1, 1]],
      Float32Array.of(1, 0, 0, 1, 1, 0, 1, 1),
    ],
    ["bytes of another realm", foreign("Uint8Array.of(0, 1, 2, 3)"), Uint8Array.of(0, 1, 2, 3)],
    ["a tensor", engine.tensor([[1], [2], [3], [4.5]]), Float32Array.of(1, 2, 3, 4.5)],
  ])("as %s", (_, y, wanted) => {
    const set = given(x, y);
    expect(set.y).toEqual(wanted);
    expect(set.classNames).toBeUndefined();
  });

  it("as names of classes, which are sorted where they are not given", () => {
    expect(given(x, ["dog", "cat", "dog", "ant"])).toMatchObject({
      y: Int32Array.of(2, 1, 2, 0),
      classNames: ["ant", "cat", "dog"],
    });
    expect(given(x, ["dog", "cat", "dog", "cat"], { classNames: ["dog", "cat", "ant"] })).toMatchObject({
      y: Int32Array.of(0, 1, 0, 1),
      classNames: ["dog", "cat", "ant"],
    });
    expect(given(x, ["7", "3", "3", "7"], { classNames: ["3", "7"] }).y).toEqual(Int32Array.of(1, 0, 0, 1));
  });

  it.each<[string, unknown, string, string, object?]>([
    [
      "numbers as texts",
      ["3", "4", "5", "6"],
      "DATA_FORMAT",
      'y[0] is the text "3"; convert texts to numbers',
    ],
    ["names and numbers", ["a", 1, "b", "a"], "DATA_FORMAT", "y[1] is 1 among names of classes"],
    [
      "an unknown name",
      ["a", "b", "c", "a"],
      "DATA_FORMAT",
      'y[2] is "c" but the classes are ["a", "b"]',
      { classNames: ["a", "b"] },
    ],
    ["null", [0, null, 1, 0], "DATA_FORMAT", "y[1] is null; a value is missing"],
    ["NaN", [0, 1, Number.NaN, 1], "DATA_FORMAT", "y[2] is NaN (row 2, counted from 0)"],
    [
      "NaN in a row",
      [
        [0, 1],
        [1, 1],
        [1, 0],
        [Number.NaN, 2],
      ],
      "DATA_FORMAT",
      "y[3][0] is NaN (row 3, column 0",
    ],
    ["too few", [0, 1], "SHAPE_MISMATCH", "x has 4 examples but y has 2 values"],
    ["too many", [0, 1, 0, 1, 0, 1, 0, 1], "SHAPE_MISMATCH", "x has 4 examples but y has 8 values"],
    ["a Map", new Map(), "INVALID_ARGUMENT", "y is Map; pass nested arrays"],
    ["a text", "cat", "INVALID_ARGUMENT", 'y is "cat"; pass'],
    ["BigInt64Array", new BigInt64Array(4), "INVALID_ARGUMENT", "y is BigInt64Array(4)"],
    ["nothing", undefined, "INVALID_ARGUMENT", "y is undefined"],
    ["class names that are none", [0, 1, 0, 1], "INVALID_ARGUMENT", "classNames is", { classNames: "ab" }],
  ])("as %s is refused in words", async (_, y, code, wanted, more = {}) => {
    const message = await failure(() => given(x, y, more), code);
    expect(message).toContain(`dataset: ${wanted}`);
    expect(message.length).toBeLessThanOrEqual(500);
  });
});

describe("class weights", () => {
  const classNames = ["ant", "cat", "dog"];
  it.each<[string, unknown]>([
    ["an object", { 1: 2, 2: 0.5 }],
    ["an object by name", { cat: 2, dog: 0.5 }],
    ["an object by name and index", { cat: 2, 2: 0.5 }],
    [
      "a Map",
      new Map([
        [1, 2],
        [2, 0.5],
      ]),
    ],
    [
      "a Map by name",
      new Map([
        ["cat", 2],
        ["dog", 0.5],
      ]),
    ],
    ["a Map of another realm", foreign("new Map([[1, 2], [2, 0.5]])")],
  ])("as %s", (_, weights) => {
    expect(weightsByIndex("fit", weights as never, classNames, 3)).toEqual({ 1: 2, 2: 0.5 });
  });

  it("as lists, one a class", () => {
    expect(weightsByIndex("fit", [1, 2, 3], undefined, 3)).toEqual({ 0: 1, 1: 2, 2: 3 });
    expect(weightsByIndex("fit", Float32Array.of(1, 2, 3), undefined, 3)).toEqual({ 0: 1, 1: 2, 2: 3 });
  });

  it("are by name before by index, where names are digits", () => {
    expect(weightsByIndex("fit", { 7: 2 }, ["3", "7"], 2)).toEqual({ 1: 2 });
  });

  it.each<[string, unknown, string]>([
    [
      "a class beyond the last",
      { 3: 1 },
      'there is no class "3"; the classes are 0 to 2 (["ant", "cat", "dog"])',
    ],
    ["a negative class", { "-1": 1 }, 'there is no class "-1"'],
    ["a name that is none", { bird: 2 }, 'there is no class "bird"'],
    ["a fraction", new Map([[0.5, 1]]), "there is no class 0.5"],
    ["too long a list", [1, 1, 1, 1], "there is no class 3"],
    ["one class twice", { cat: 1, 1: 2 }, "has two weights"],
    ["a number", 2, "classWeight is 2; pass a factor for each class"],
  ])("of %s are refused", async (_, weights, wanted) => {
    const message = await failure(
      () => weightsByIndex("fit", weights as never, classNames, 3),
      "INVALID_ARGUMENT",
    );
    expect(message).toContain(wanted);
  });
});
