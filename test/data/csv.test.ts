import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CsvOptions, type CsvSource, readCsv } from "../../src/data/csv.ts";
import { AnygradError } from "../../src/errors.ts";
import { failure } from "./failure.ts";

const byte = fc.integer({ min: 0, max: 255 });
const tables = fc.integer({ min: 1, max: 9 }).chain((pixels) =>
  fc.array(fc.array(byte, { minLength: pixels + 1, maxLength: pixels + 1 }), {
    minLength: 1,
    maxLength: 12,
  }),
);

interface Style {
  header: boolean;
  newline: string;
  lastNewline: boolean;
  blank: string;
  mark: boolean;
}
const styles: fc.Arbitrary<Style> = fc.record({
  header: fc.boolean(),
  newline: fc.constantFrom("\n", "\r\n"),
  lastNewline: fc.boolean(),
  blank: fc.constantFrom("", " ", "\t"),
  mark: fc.boolean(),
});

function write(rows: number[][], style: Style): Uint8Array {
  const lines = rows.map((row) => row.join(`,${style.blank}`));
  if (style.header) lines.unshift(["label", ...rows[0]!.slice(1).map((_, i) => `pixel${i}`)].join(","));
  const text = lines.join(style.newline) + (style.lastNewline ? style.newline : "");
  return new TextEncoder().encode((style.mark ? "\ufeff" : "") + text);
}

async function* cut(bytes: Uint8Array, sizes: number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length]!;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

describe("readCsv", () => {
  it("reads back every table, whatever its header, line ends, compression and pieces", async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(tables, styles, fc.boolean(), sizes, async (rows, style, zipped, pieces) => {
        const text = write(rows, style);
        const set = await readCsv(cut(zipped ? gzipSync(text) : text, pieces));
        expect(set.shape).toEqual([rows.length, rows[0]!.length - 1]);
        expect(Array.from(set.y)).toEqual(rows.map((row) => row[0]));
        expect(Array.from(set.x)).toEqual(rows.flatMap((row) => row.slice(1)));
      }),
    );
  });

  it("ends in rows or a typed error wherever the text is cut, always in an error where gzip is cut", async () => {
    await fc.assert(
      fc.asyncProperty(tables, styles, fc.boolean(), fc.nat(), async (rows, style, zipped, at) => {
        const text = write(rows, style);
        const whole = zipped ? gzipSync(text) : text;
        const part = whole.subarray(0, at % whole.length);
        if (zipped) await failure(() => readCsv(part), "DATA_FORMAT");
        else
          await readCsv(part).then(
            (set) =>
              expect(Array.from(set.y.slice(0, -1))).toEqual(
                rows.map((row) => row[0]).slice(0, set.y.length - 1),
              ),
            (error) => expect(error).toBeInstanceOf(AnygradError),
          );
      }),
    );
  });

  it("ends in rows or a typed error for random bytes", async () => {
    const soup = fc
      .array(fc.constantFrom(...'0159,,\n\r x-."\u00e9'), { maxLength: 60 })
      .map((parts) => parts.join(""));
    await fc.assert(
      fc.asyncProperty(soup, async (text) => {
        await readCsv(text).catch((error: unknown) => expect(error).toBeInstanceOf(AnygradError));
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, (text: Uint8Array<ArrayBuffer>) => CsvSource]>([
    ["a string", (text) => new TextDecoder().decode(text)],
    ["bytes", (text) => text],
    ["a blob", (text) => new Blob([text])],
    ["a stream", (text) => new Blob([text]).stream()],
    ["a stream that cannot be iterated, as WebKit's", (text) => notIterable(new Blob([text]).stream())],
    ["pieces", (text) => cut(text, [5])],
  ])("reads %s", async (_, source) => {
    const text = new TextEncoder().encode("1,2,3\n4,5,6\n");
    const set = await readCsv(source(text));
    expect(set).toEqual({
      x: Uint8Array.of(2, 3, 5, 6),
      y: Uint8Array.of(1, 4),
      shape: [2, 2],
      normalization: { scale: 1 / 255, shift: 0 },
    });
  });

  it("reads rows across the borders of its blocks", async () => {
    const rows = 3000; // of 784 pixels: 2.3 MB, three blocks
    const line = (i: number): string =>
      `${i % 10},${Array.from({ length: 784 }, (_, j) => (i * 7 + j) % 256).join(",")}`;
    const set = await readCsv(Array.from({ length: rows }, (_, i) => line(i)).join("\n"), { classes: 10 });
    expect(set.shape).toEqual([rows, 28, 28, 1]);
    let wrong = 0;
    for (let i = 0; i < set.x.length; i++)
      if (set.x[i] !== (Math.floor(i / 784) * 7 + (i % 784)) % 256) wrong++;
    expect(wrong).toBe(0);
  });

  it.each([1, 5])("stops at a limit of %d and lets go of the source", async (limit) => {
    let released = false;
    const endless = async function* (): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield new TextEncoder().encode("1,2\n3,4\n");
      } finally {
        released = true;
      }
    };
    expect((await readCsv(endless(), { limit })).shape).toEqual([limit, 1]);
    expect(released).toBe(true);
    expect((await readCsv(gzipSync("1,2\n".repeat(100_000)), { limit: 3 })).shape).toEqual([3, 1]);
  });

  it("takes a header of numbers, a shape and many classes when told", async () => {
    const set = await readCsv("0,1,2,3,4\n999,1,2,3,4\n", {
      header: true,
      sampleShape: [2, 2, 1],
      classes: 1000,
    });
    expect(set.shape).toEqual([1, 2, 2, 1]);
    expect(Array.from(set.y)).toEqual([999]);
  });

  it("passes on the failure of its source, also through gzip", async () => {
    const broken = async function* (): AsyncGenerator<Uint8Array> {
      yield gzipSync("1,2\n").subarray(0, 12);
      throw new Error("the disk is gone");
    };
    await expect(readCsv(broken())).rejects.toThrow("the disk is gone");
  });

  it.each<[string, string, string, CsvOptions?]>([
    [
      "missing columns",
      "1,2,3\n4,5\n",
      "t.csv: line 2 has 2 columns, the first row has 3; make all rows alike",
    ],
    [
      "too many columns",
      "1,2,3\n4,5,6,7\n",
      "t.csv: line 2 has more than 3 columns, the first row has 3; make all rows alike",
    ],
    [
      "letters",
      "1,2,3\n\n4,x7,6\n",
      't.csv: line 3, column 2 has the character "x"; every value must be a whole number from 0 to 255',
    ],
    [
      "values over 255",
      "1,2,256\n",
      "t.csv: line 1, column 3 is 256; every value must be a whole number from 0 to 255",
    ],
    ["huge values", "1,2,99999999999999999999\n", "line 1, column 3 is over a million"],
    ["negative values", "1,-2\n", 'line 1, column 2 has the character "-"'],
    ["a negative label", "-1,2\n", 'line 1, column 1 has the character "-"'],
    ["fractions", "1,0.5\n", 'line 1, column 2 has the character "."'],
    ["empty fields", "1,,3\n", "line 1, column 2 is empty"],
    ["a comma at the end", "1,2,\n", "line 1, column 3 is empty"],
    ["two numbers in a field", "1,2 3\n", "line 1, column 2 has two numbers with no comma between them"],
    ["a label alone", "1\n2\n", "line 1, column 1 is all there is: a label without pixels"],
    [
      "a bad label",
      "label,a\n3,0\n10,0\n",
      "line 3, column 1 is the label 10, but labels go from 0 to 9",
      { classes: 10 },
    ],
    [
      "a label of no class name",
      "2,0\n",
      "is the label 2, but labels go from 0 to 1",
      { classNames: ["a", "b"] },
    ],
    ["nothing", "", "no rows"],
    ["a header alone", "label,pixel0\n", "no rows"],
    [
      "letters where no header is expected",
      "a,b\n",
      'line 1, column 1 has the character "a"',
      { header: false },
    ],
    ["unprintable bytes", "1,\u0000\n", "line 1, column 2 has the byte 0"],
  ])("refuses %s", async (_, text, message, options = {}) => {
    expect(await failure(() => readCsv(text, { name: "t.csv", ...options }), "DATA_FORMAT")).toContain(
      message,
    );
  });

  it("refuses a sample shape that does not fit, and stops when told", async () => {
    const shape = await failure(() => readCsv("1,2,3\n", { sampleShape: [2, 2] }), "SHAPE_MISMATCH");
    expect(shape).toContain("rows have 2 pixels, which do not fill sampleShape [2, 2]");
    await failure(() => readCsv("1,2\n", { signal: AbortSignal.abort() }), "ABORTED");
    for (const limit of [0, -1, 1.5, Number.NaN])
      await failure(() => readCsv("1,2\n", { limit }), "INVALID_ARGUMENT");
  });
});

function notIterable(stream: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  return Object.defineProperty(stream, Symbol.asyncIterator, { value: undefined });
}
