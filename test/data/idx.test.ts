import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gunzip } from "../../src/data/gzip.ts";
import { type IdxArray, idxDataset, readIdx } from "../../src/data/idx.ts";
import { failure } from "./failure.ts";
import { type IdxTypeName, writeIdx } from "./write-idx.ts";

const shapes = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 4 });
const values: Record<IdxTypeName, fc.Arbitrary<number>> = {
  u8: fc.integer({ min: 0, max: 255 }),
  i8: fc.integer({ min: -128, max: 127 }),
  i16: fc.integer({ min: -32768, max: 32767 }),
  i32: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  f32: fc.float(),
  f64: fc.double(),
};
const files = fc.constantFrom(...(Object.keys(values) as IdxTypeName[])).chain((type) =>
  shapes.chain((shape) => {
    const length = shape.reduce((product, size) => product * size, 1);
    return fc
      .array(values[type], { minLength: length, maxLength: length })
      .map((data) => ({ type, shape, data, bytes: writeIdx(type, shape, data) }));
  }),
);

describe("readIdx", () => {
  it("reads back every type and shape, raw and gzipped", async () => {
    await fc.assert(
      fc.asyncProperty(files, fc.boolean(), async ({ shape, data, bytes }, zipped) => {
        const array = await readIdx(zipped ? gzipSync(bytes) : bytes);
        expect(array.shape).toEqual(shape);
        expect(Array.from(array.data)).toEqual(data);
      }),
    );
  });

  it("gives plain arrays for Node's Buffers and for ArrayBuffers", async () => {
    const bytes = writeIdx("u8", [3], [1, 2, 3]);
    for (const source of [Buffer.from(bytes), bytes.slice().buffer]) {
      const { data } = await readIdx(source);
      expect(Object.getPrototypeOf(data)).toBe(Uint8Array.prototype);
      expect(Array.from(data)).toEqual([1, 2, 3]);
    }
  });

  it("gives a typed error for every file that is cut off, raw or gzipped", async () => {
    await fc.assert(
      fc.asyncProperty(files, fc.boolean(), fc.nat(), async ({ bytes }, zipped, cut) => {
        const file = zipped ? gzipSync(bytes) : bytes;
        await failure(() => readIdx(file.subarray(0, cut % file.length)), "DATA_FORMAT");
      }),
    );
  });

  it("gives a typed error for every file that goes on", async () => {
    await fc.assert(
      fc.asyncProperty(files, fc.uint8Array({ minLength: 1, maxLength: 9 }), async ({ bytes }, more) => {
        const message = await failure(() => readIdx(Uint8Array.of(...bytes, ...more)), "DATA_FORMAT");
        expect(message).toContain("too long");
      }),
    );
  });

  it("reads random bytes as IDX or gives a typed error, nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 64 }), async (bytes) => {
        const magic = bytes[0] === 0 && bytes[1] === 0;
        if (!magic) await failure(() => readIdx(bytes), "DATA_FORMAT");
      }),
    );
  });

  it("says what is wrong in one line", async () => {
    const images = writeIdx("u8", [2, 3, 3], new Uint8Array(18));
    const tell = (bytes: Uint8Array): Promise<string> =>
      failure(() => readIdx(bytes, "train.gz"), "DATA_FORMAT");
    expect(await tell(images.subarray(0, 20))).toBe(
      "train.gz: cut off: sizes 2 × 3 × 3 take 34 bytes, it has 20; fetch it again",
    );
    expect(await tell(new TextEncoder().encode("label,pixel1"))).toBe(
      "train.gz: not an IDX file: it starts with 6c 61 62 65; images start with 00 00 08 03, labels with 00 00 08 01",
    );
    expect(await tell(new Uint8Array(0))).toContain("it starts with nothing");
    expect(await tell(images.subarray(0, 9))).toContain("cut off in its header after 9 bytes");
    // sizes whose product overflows 32 bits must not allocate
    expect(await tell(Uint8Array.of(0, 0, 8, 2, 255, 255, 255, 255, 255, 255, 255, 255))).toContain(
      "cut off",
    );
    const zipped = gzipSync(Uint8Array.from({ length: 4000 }, (_, i) => (i * i) >> 4));
    zipped[1000]! ^= 0xff;
    expect(await tell(zipped)).toBe("train.gz: the gzip data is damaged or cut off; fetch the file again");
  });
});

describe("gunzip", () => {
  it("unpacks several members, and trailers that lie about the size", async () => {
    const text = new TextEncoder().encode("seven ".repeat(5000));
    const member = gzipSync(text);
    expect(await gunzip(member, "file")).toEqual(text);
    expect(await gunzip(Buffer.concat([member, gzipSync("!")]), "file")).toEqual(
      Uint8Array.of(...text, "!".charCodeAt(0)),
    );
    const lying = Uint8Array.from(member);
    lying.fill(255, member.length - 4);
    expect(await failure(() => gunzip(lying, "file"), "DATA_FORMAT")).toContain("damaged");
  });
});

describe("idxDataset", () => {
  const images: IdxArray = { shape: [3, 2, 2], data: new Uint8Array(12) };
  const labels: IdxArray = { shape: [3], data: Uint8Array.of(0, 1, 9) };

  it("joins images and labels to [n, h, w, 1]", () => {
    const set = idxDataset(images, labels, { name: "mine" });
    expect(set).toEqual({ name: "mine", shape: [3, 2, 2, 1], x: images.data, y: labels.data });
  });

  it.each<[string, IdxArray, IdxArray, string, string]>([
    [
      "counts that differ",
      images,
      { shape: [2], data: new Uint8Array(2) },
      "SHAPE_MISMATCH",
      "3 images but 2 labels",
    ],
    ["swapped files", labels, images, "DATA_FORMAT", "the images have sizes 3;"],
    ["images for labels", images, images, "DATA_FORMAT", "are the files swapped?"],
    ["no images", { shape: [0, 2, 2], data: new Uint8Array(0) }, labels, "DATA_FORMAT", "none of them 0"],
    ["floats", { shape: [3, 2, 2], data: new Float32Array(12) }, labels, "DATA_FORMAT", "wanted bytes"],
  ])("refuses %s", async (_, x, y, code, message) => {
    expect(await failure(() => idxDataset(x, y), code)).toContain(message);
  });

  it("refuses a label out of range", async () => {
    const run = () => idxDataset(images, labels, { classNames: ["a", "b"] });
    expect(await failure(run, "DATA_FORMAT")).toContain("label 2 is 9 but there are 2 classes");
  });
});

describe("a small file that would become a large one", () => {
  const bomb = (start: Uint8Array): Uint8Array => gzipSync(Buffer.concat([start, Buffer.alloc(30e6)]));
  const header = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 10, 0, 0, 0, 28, 0, 0, 0, 28);

  it.each([
    ["no IDX file", new Uint8Array(4), "IDX file: not an IDX file: it starts with 00 00 00 00"],
    [
      "an IDX file with much behind it",
      header,
      "IDX file: too long: sizes 10 × 28 × 28 take 7856 bytes, it has 11952",
    ],
  ])("is unpacked no further than its header says: %s", async (_, start, wanted) => {
    const packed = bomb(start);
    const before = process.memoryUsage().arrayBuffers;
    expect(await failure(() => readIdx(packed), "DATA_FORMAT")).toContain(wanted);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10e6);
  });

  it("gives the first of its bytes", async () => {
    const packed = bomb(header);
    expect(await gunzip(packed, "file", () => 20)).toEqual(Uint8Array.of(...header, 0, 0, 0, 0));
  });
});
