/** .npz and .npy: what NumPy wrote is read as it meant it, and what cannot be read says why. */
import { describe, expect, it } from "vitest";
import type { ForeignArray } from "../../src/io/elements.ts";
import { readNpz, writeNpz } from "../../src/io/npz/index.ts";
import { zip } from "../../src/io/zip/archive.ts";
import { failure } from "../data/failure.ts";
import { readFixture } from "../reference/comparison/fixtures.ts";

interface Held {
  shape: number[];
  dtype: string;
  data: number[];
}
const fixture = readFixture<{
  files: Record<string, { bytes: string; arrays: Record<string, Held> }>;
  npy: string;
  refused: Record<string, string>;
}>("npz/npz");
const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, "base64"));
const held = (arrays: Readonly<Record<string, ForeignArray>>): Record<string, Held> =>
  Object.fromEntries(
    Object.entries(arrays).map(([name, { shape, dtype, data }]) => [
      name,
      { shape: [...shape], dtype, data: Array.from(data as Float32Array, Number) },
    ]),
  );

describe("NumPy's files", () => {
  it.each(Object.entries(fixture.files))("%s", async (_, { bytes, arrays }) => {
    expect(held(await readNpz(bytesOf(bytes)))).toEqual(arrays);
  });

  it("of one array", async () => {
    expect(held(await readNpz(new Blob([bytesOf(fixture.npy)])))).toEqual({
      arr_0: fixture.files.plain!.arrays.a,
    });
  });

  it.each([
    ["objects", "holds Python objects, which only Python can read"],
    ["texts", "holds texts"],
    ["complex", "holds complex numbers: save .real and .imag"],
    ["records", "holds records of several types"],
  ])("of %s are refused", async (kind, message) => {
    expect(await failure(() => readNpz(bytesOf(fixture.refused[kind]!)), "DATA_FORMAT")).toContain(message);
  });
});

describe("what was written", () => {
  const arrays = {
    "dense/kernel": { shape: [2, 2], data: Float32Array.of(1, -0, 1e-45, 3.4e38) },
    half: { shape: [2], data: Float32Array.of(1, 0.1), dtype: "float16" as const },
    wide: { shape: [1], data: BigInt64Array.of(-(2n ** 60n)) },
    one: { shape: [], data: Float64Array.of(0.1) },
    none: { shape: [0, 2], data: new Uint8Array(0) },
  };

  it.each([{ compress: false }, { compress: true }])("is read again, %o", async (options) => {
    const again = await readNpz(writeNpz(arrays, options));
    expect(Object.keys(again)).toEqual(Object.keys(arrays));
    for (const [name, { shape, data }] of Object.entries(arrays)) {
      expect(again[name]!.shape).toEqual(shape);
      if (name !== "half") expect(again[name]!.data).toEqual(data);
    }
    expect([...(again.half!.data as Float32Array)]).toEqual([1, 0.0999755859375]);
    expect(again.half!.dtype).toBe("float16");
  });

  it("has the same bytes each time, and the type that was asked for", async () => {
    const list = [{ name: "b", shape: [1], data: Float32Array.of(1) }];
    expect(writeNpz(list)).toEqual(writeNpz(list));
    expect((await readNpz(writeNpz(list, { dtype: "float64" }))).b!.data).toEqual(Float64Array.of(1));
  });

  it.each([
    [{ a: { shape: [2], data: Float32Array.of(1) } }, '"a" has 1 numbers, but the shape [2]'],
    [{ a: { shape: [1], data: [1] } }, "data a typed array"],
    [{ a: { shape: [-1], data: Float32Array.of(1) } }, "pass { shape, data }"],
    [[{ shape: [1], data: Float32Array.of(1) }], "an array has the name undefined"],
    [Float32Array.of(1), "pass arrays by their names"],
    [{ a: { shape: [1], data: Float32Array.of(1), dtype: "bfloat16" } }, "which NumPy has not"],
  ])("is no %o", async (given, message) => {
    expect(await failure(async () => writeNpz(given as never), "INVALID_ARGUMENT")).toContain(message);
  });
});

describe("damaged files", () => {
  const whole = writeNpz({ a: { shape: [3], data: Float32Array.of(1, 2, 3) } });
  const npy = bytesOf(fixture.npy);

  it("that end too early are refused wherever they end", async () => {
    for (let end = 0; end < whole.length; end++)
      expect(await failure(() => readNpz(whole.slice(0, end)), "DATA_FORMAT")).toMatch(/^readNpz: /);
    for (let end = 0; end < npy.length; end++)
      expect(await failure(() => readNpz(npy.slice(0, end)), "DATA_FORMAT")).toMatch(/^readNpz: /);
  });

  const header = (text: string): Uint8Array => {
    const body = new TextEncoder().encode(text);
    return Uint8Array.of(
      0x93,
      0x4e,
      0x55,
      0x4d,
      0x50,
      0x59,
      1,
      0,
      body.length & 255,
      body.length >> 8,
      ...body,
    );
  };
  it.each([
    [
      "a shape larger than the file",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999, 99999999999), }",
      "takes",
    ],
    ["no shape", "{'descr': '<f4', 'fortran_order': False}", "lacks descr, fortran_order or shape"],
    [
      "an unknown type",
      "{'descr': '<f3', 'fortran_order': False, 'shape': (1,), }",
      "numbers of a type that is not known",
    ],
    ["no header", "{", "lacks"],
  ])("with %s", async (_, text, message) => {
    expect(await failure(() => readNpz(header(text) as Uint8Array<ArrayBuffer>), "DATA_FORMAT")).toContain(
      message,
    );
  });

  it("that unpack to more than is wanted", async () => {
    const large = zip({ "a.npy": new Uint8Array(1e6) }, true);
    expect(large.length).toBeLessThan(5000);
    expect(await failure(() => readNpz(large, { maxBytes: 1000 }), "MEMORY_LIMIT")).toContain(
      "raise maxBytes",
    );
  });

  it("that are archives of other programs", async () => {
    const keras = zip({ "config.json": new Uint8Array(2), "model.weights.h5": new Uint8Array(2) }, false);
    expect(await failure(() => readNpz(keras), "DATA_FORMAT")).toContain("loadKeras of anygrad/keras");
  });
});
