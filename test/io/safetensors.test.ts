/** safetensors: what is written is what the format's reference says, what is read is checked to the last byte. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ArrayFile } from "../../src/io/arrays.ts";
import { decodeSafetensors, encodeSafetensors } from "../../src/io/safetensors/format.ts";
import { readSafetensors, writeSafetensors } from "../../src/io/safetensors/index.ts";
import { failure } from "../data/failure.ts";

const small: ArrayFile = {
  tensors: [
    { name: "dense/kernel", shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) },
    { name: "dense/bias", shape: [3], data: Float32Array.of(-1, 0, 0.5) },
  ],
  metadata: { format: "test" },
};

/** A file with this header, as any tool may write it. */
function fileOf(header: unknown, data: Uint8Array = new Uint8Array(0)): Uint8Array {
  const text = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

const bits = (data: Float32Array): Uint32Array => new Uint32Array(data.buffer, data.byteOffset, data.length);

const arrays = fc.record({
  shape: fc.array(fc.nat(4), { maxLength: 4 }),
  seed: fc.integer(),
});
const names = fc.uniqueArray(fc.string({ maxLength: 12, unit: "grapheme" }), { minLength: 0, maxLength: 6 });

describe("round trip", () => {
  it("of names, shapes, order, bits and metadata, whatever they are", () => {
    fc.assert(
      fc.property(
        names,
        fc.infiniteStream(arrays),
        fc.dictionary(fc.string(), fc.string()),
        (list, kinds, metadata) => {
          const tensors = list
            .filter((name) => name !== "__metadata__" && !/^(0|[1-9]\d*)$/.test(name)) // numbers: the next test
            .map((name) => {
              const { shape, seed } = kinds.next().value as { shape: number[]; seed: number };
              const size = shape.reduce((a, b) => a * b, 1);
              const data = new Float32Array(
                Uint32Array.from({ length: size }, (_, i) => Math.imul(seed + i, 0x9e3779b1) & 0xff7fffff)
                  .buffer,
              );
              return { name, shape, data };
            });
          const again = decodeSafetensors(encodeSafetensors({ tensors, metadata }));
          expect({ ...again.metadata }).toEqual({ ...metadata });
          expect(again.tensors.map(({ name, shape }) => ({ name, shape }))).toEqual(
            tensors.map(({ name, shape }) => ({ name, shape })),
          );
          again.tensors.forEach(({ data }, i) => {
            expect(bits(data)).toEqual(bits(tensors[i]!.data));
          });
        },
      ),
    );
  });

  it("of names that mean something to JavaScript, though numbers lose their place", () => {
    const own = ["10", "9", "__proto__", "constructor", "toString", "", "a/b", '"', "\u0000"];
    const tensors = own.map((name, i) => ({ name, shape: [1], data: Float32Array.of(i) }));
    const again = decodeSafetensors(encodeSafetensors({ tensors, metadata: { ["__proto__"]: "x" } }));
    expect(again.tensors.toSorted((a, b) => a.data[0]! - b.data[0]!)).toEqual(tensors);
    expect(Object.entries(again.metadata)).toEqual([["__proto__", "x"]]);
  });

  it("of infinities, zeros of both signs and the smallest numbers", () => {
    const data = Float32Array.of(Infinity, -Infinity, 0, -0, 1e-45, -1e-45, 3.4028234e38);
    const { tensors } = decodeSafetensors(
      encodeSafetensors({ tensors: [{ name: "x", shape: [7], data }], metadata: {} }),
    );
    expect(bits(tensors[0]!.data)).toEqual(bits(data));
  });

  it("from a view into a larger buffer, at any offset", () => {
    const bytes = encodeSafetensors(small);
    for (const offset of [0, 1, 2, 3, 5, 8]) {
      const large = new Uint8Array(bytes.length + 20).fill(0xaa);
      large.set(bytes, offset);
      expect(decodeSafetensors(large.subarray(offset, offset + bytes.length))).toEqual(small);
    }
  });
});

describe("the bytes", () => {
  it("are the same for the same tensors", () => {
    expect(encodeSafetensors(small)).toEqual(encodeSafetensors(structuredClone(small)));
  });

  it("are a length, a JSON header padded to eight, and little-endian numbers without gaps", () => {
    const bytes = encodeSafetensors(small);
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    const text = new TextDecoder().decode(bytes.subarray(8, 8 + length));
    expect(JSON.parse(text)).toEqual({
      __metadata__: { format: "test" },
      "dense/kernel": { dtype: "F32", shape: [2, 3], data_offsets: [0, 24] },
      "dense/bias": { dtype: "F32", shape: [3], data_offsets: [24, 36] },
    });
    expect(bytes.length).toBe(8 + length + 36);
    expect([...bytes.subarray(8 + length, 8 + length + 8)]).toEqual([0, 0, 0x80, 0x3f, 0, 0, 0, 0x40]);
  });
});

describe("files of others", () => {
  it("may have no metadata, an unpadded header, scalars, empty tensors and their own order", () => {
    const data = new Uint8Array(new Float32Array([1, 2, 3]).buffer);
    const file = fileOf(
      {
        b: { dtype: "F32", shape: [2], data_offsets: [4, 12] },
        a: { dtype: "F32", shape: [], data_offsets: [0, 4] },
        none: { dtype: "F32", shape: [0, 3], data_offsets: [12, 12] },
      },
      data,
    );
    const { tensors, metadata } = decodeSafetensors(file);
    expect(metadata).toEqual({});
    expect(tensors).toEqual([
      { name: "b", shape: [2], data: Float32Array.of(2, 3) },
      { name: "a", shape: [], data: Float32Array.of(1) },
      { name: "none", shape: [0, 3], data: new Float32Array(0) },
    ]);
  });

  it.each([
    ["F16", [0, 0x3e, 0, 0xc0], [1.5, -2]],
    ["BF16", [0xc0, 0x3f, 0, 0xc0], [1.5, -2]],
    ["F64", [0, 0, 0, 0, 0, 0, 0xf8, 0x3f, 0, 0, 0, 0, 0, 0, 0, 0xc0], [1.5, -2]],
    ["I64", [7, 0, 0, 0, 0, 0, 0, 0, 254, 255, 255, 255, 255, 255, 255, 255], [7, -2]],
    ["U8", [7, 255], [7, 255]],
    ["I16", [7, 0, 254, 255], [7, -2]],
    ["BOOL", [1, 0], [1, 0]],
  ])("may hold %s, which become floats", (dtype, bytes, wanted) => {
    const header = { w: { dtype, shape: [2], data_offsets: [0, bytes.length] } };
    const { tensors } = decodeSafetensors(fileOf(header, Uint8Array.from(bytes)));
    expect(tensors).toEqual([{ name: "w", shape: [2], data: Float32Array.from(wanted) }]);
  });

  it("may hold types that nobody knows here, which are refused by name", async () => {
    const file = fileOf({ w: { dtype: "F8_E4M3", shape: [4], data_offsets: [0, 4] } }, new Uint8Array(4));
    expect(await failure(() => decodeSafetensors(file), "DATA_FORMAT")).toMatch(
      /"w" is F8_E4M3; known are F16/,
    );
  });
});

describe("the public functions", () => {
  const arrays = {
    a: { shape: [2], data: Float32Array.of(1, 0.1) },
    i: { shape: [1], data: Int32Array.of(-7) },
  };

  it("read of a Blob what is asked for", async () => {
    const bytes = writeSafetensors(arrays, { metadata: { made: "by hand" }, dtype: "float16" });
    const reads: [number, number][] = [];
    const blob = new Blob([bytes]);
    const { slice } = blob;
    blob.slice = (from = 0, to = blob.size) => {
      reads.push([from, to]);
      return slice.call(blob, from, to);
    };
    const file = await readSafetensors(blob, { only: ["i"] });
    expect(file).toEqual({ arrays: { i: { ...arrays.i, dtype: "int32" } }, metadata: { made: "by hand" } });
    expect(reads).toEqual([
      [0, 8],
      [8, bytes.length - 8],
      [bytes.length - 4, bytes.length],
    ]);
    const { arrays: all } = await readSafetensors(bytes);
    expect([all.a!.dtype, ...(all.a!.data as Float32Array)]).toEqual(["float16", 1, 0.0999755859375]);
  });

  it("refuse names that are not there, and texts that are none", async () => {
    const bytes = writeSafetensors(arrays);
    expect(await failure(() => readSafetensors(bytes, { only: ["b"] }), "INVALID_ARGUMENT")).toMatch(/"b"/);
    const wrong = { metadata: { n: 1 } } as never;
    expect(await failure(async () => writeSafetensors(arrays, wrong), "INVALID_ARGUMENT")).toMatch(
      /pass texts/,
    );
  });
});

describe("damage", () => {
  const bytes = encodeSafetensors(small);

  it("by a cut at any place is a typed error", async () => {
    for (let length = 0; length < bytes.length; length++)
      expect(await failure(() => decodeSafetensors(bytes.slice(0, length)), "DATA_FORMAT")).toMatch(
        /^safetensors: /,
      );
  });

  it("by bytes too many is a typed error", async () => {
    for (const extra of [1, 4, 100]) {
      const long = new Uint8Array(bytes.length + extra);
      long.set(bytes);
      expect(await failure(() => decodeSafetensors(long), "DATA_FORMAT")).toMatch(/^safetensors: /);
    }
  });

  it("by any changed byte of the header is a typed error or leaves a readable file", async () => {
    const header = bytes.length - 36;
    await fc.assert(
      fc.asyncProperty(fc.nat(header - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const damaged = bytes.slice();
        damaged[at]! ^= change;
        let read: ArrayFile | undefined;
        try {
          read = decodeSafetensors(damaged);
        } catch {
          expect(await failure(() => decodeSafetensors(damaged), "DATA_FORMAT")).toMatch(/^safetensors: /);
        }
        for (const { shape, data } of read?.tensors ?? [])
          expect(data.length).toBe(shape.reduce((a, b) => a * b, 1));
      }),
      { numRuns: 500 },
    );
  });

  it("by random bytes is a typed error", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (noise) => {
        expect(await failure(() => decodeSafetensors(noise), "DATA_FORMAT")).toMatch(/^safetensors: /);
      }),
    );
  });

  const entry = { dtype: "F32", shape: [1], data_offsets: [0, 4] };
  it.each<[string, unknown]>([
    ["a header that is a list", []],
    ["a header that is a number", 5],
    ["a header that is null", "null"],
    ["no JSON", "{,}"],
    ["text that is no UTF-8", `{"${String.fromCharCode(0xd800)}`],
    ["an entry that is null", { w: null }],
    ["an entry that is a number", { w: 1 }],
    ["a shape of fractions", { w: { ...entry, shape: [0.5] } }],
    ["a negative shape", { w: { ...entry, shape: [-1] } }],
    [
      "a shape that multiplies to more than there is",
      { w: { ...entry, shape: [2 ** 31, 2 ** 31, 2 ** 31] } },
    ],
    ["offsets that run backwards", { w: { ...entry, data_offsets: [4, 0] } }],
    ["negative offsets", { w: { ...entry, data_offsets: [-4, 0] } }],
    ["offsets into the header's fractions", { w: { ...entry, data_offsets: [0.5, 4.5] } }],
    ["offsets behind the end", { w: { ...entry, data_offsets: [4, 8] } }],
    ["three offsets", { w: { ...entry, data_offsets: [0, 4, 8] } }],
    ["tensors that overlap", { w: entry, v: entry }],
    ["metadata that is no text", { __metadata__: { format: 1 }, w: entry }],
  ])("%s", async (_, header) => {
    const file = fileOf(header, new Uint8Array(4));
    expect(await failure(() => decodeSafetensors(file), "DATA_FORMAT")).toMatch(/^safetensors: /);
  });

  it("a header said to be longer than any file", async () => {
    const file = fileOf({ w: entry }, new Uint8Array(4));
    new DataView(file.buffer).setBigUint64(0, 2n ** 63n, true);
    await failure(() => decodeSafetensors(file), "DATA_FORMAT");
  });
});
