/** Parquet files that say of themselves what they do not hold: each kept hyparquet busy for ever, or took gigabytes, or was read wrongly. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { unpackedPage } from "../../../cli/dataset/parquet/compression.ts";
import { checkRuns, checkValues } from "../../../cli/dataset/parquet/encodings.ts";
import { skipStruct } from "../../../cli/dataset/parquet/thrift.ts";
import { openTableFile } from "../../../cli/dataset/tableFile.ts";
import { failure } from "../../data/failure.ts";
import parquet from "../../fixtures/parquet/files.json" with { type: "json" };

const folder = mkdtempSync(join(tmpdir(), "anygrad-parquet-"));
afterAll(() => rmSync(folder, { recursive: true }));

const reader = (...bytes: number[]): { view: DataView<ArrayBuffer>; offset: number } => ({
  view: new DataView(Uint8Array.from(bytes).buffer),
  offset: 0,
});

/** A fixture in which some bytes, the first such behind `after`, are others; a footer that gets longer says it. */
function changed(name: keyof typeof parquet, after: string, from: number[], to: number[]): Buffer {
  const bytes = Buffer.from(parquet[name], "base64");
  const start = bytes.indexOf(after) + after.length;
  const at = bytes.indexOf(Buffer.from(from), start);
  if (at < 0) throw new Error("the fixture has no such bytes");
  const out = Buffer.concat([bytes.subarray(0, at), Buffer.from(to), bytes.subarray(at + from.length)]);
  out.writeUInt32LE(bytes.readUInt32LE(bytes.length - 8) + to.length - from.length, out.length - 8);
  return out;
}

describe("a file", () => {
  it.each<[string, Buffer, RegExp]>([
    // numbers are in zigzag: 12 is 6
    [
      "with more rows in its footer than in its pages",
      changed("required", "schema", [0x16, 12, 0x26, 8], [0x16, 14, 0x26, 8]),
      /a column has 6 values for 7 rows/,
    ],
    [
      "with more values in a page than rows",
      changed("required", "PAR1", [0x15, 12, 0x15, 0x12], [0x15, 14, 0x15, 0x12]),
      /a page has 7 values where 6 rows are to come/,
    ],
    [
      "with fewer values in its pages than rows",
      changed("required", "PAR1", [0x15, 12, 0x15, 0x12], [0x15, 10, 0x15, 0x12]),
      /a column has 5 of 6 rows/,
    ],
    [
      "whose column has less than no fields", // hyparquet looked for places on Earth in a circle
      changed("plain", "schema", [...Buffer.from("size"), 0], [...Buffer.from("size"), 0x15, 1, 0]),
      /the column "size" holds lists or objects/,
    ],
    [
      "whose groups of rows overlap", // 84 bytes of a column become 1400
      changed("groups", "schema", [0x16, 0xa8, 1], [0x16, 0xf0, 21]),
      /its groups of rows overlap/,
    ],
    // a decimal number of 256 KiB took 46 s
    [
      "with a long decimal number in its statistics",
      changed("decimals", "schema", [0x18, 2, 1, 0x5e], [0x18, 0x88, 0x27, ...Array<number>(5000).fill(7)]),
      /a least or greatest value of 5000 bytes/,
    ],
    [
      "with long decimal numbers",
      changed("decimals", "schema", [0x15, 4, 0x15, 2], [0x15, 0xc8, 1, 0x15, 2]),
      /a value of 100 bytes where it has at most 64/,
    ],
  ])("%s is refused", async (_, bytes, message) => {
    const path = join(folder, "hostile.parquet");
    writeFileSync(path, bytes);
    expect(await failure(() => openTableFile(path, true), "DATA_FORMAT")).toMatch(message);
  });
});

describe("runs", () => {
  it.each<[string, number[], number]>([
    ["equal values and a packed group", [12, 1, 3, 0xff], 1],
    ["packed groups with padding that the bytes hold", [7, 0xff, 0xff, 0xff], 1],
    ["no bits, packed", [5], 0],
  ])("%s are let pass", (_, bytes, width) => {
    expect(() => checkRuns(reader(...bytes), width, 10, bytes.length)).not.toThrow();
  });

  it.each<[string, number[], number, RegExp]>([
    ["of more values than are to come", [0xfe, 0xff, 0xff, 0xff, 0x0f, 1], 1, /a run of 2147483647 where 10/],
    ["of more packed groups", [0xff, 0xff, 0xff, 0x7f, 1], 0, /a run of 134217727 where 10/],
    ["of fewer than none", [0xff, 0xff, 0xff, 0xff, 0x0f, 1], 1, /a run of/],
    ["that end too early", [2, 1, 2, 1], 1, /Offset is outside/],
    ["of wide values", [20, 0, 0, 0, 0, 0], 40, /values of 40 bits/],
  ])("%s are refused", (_, bytes, width, message) => {
    expect(() => checkRuns(reader(...bytes), width, 10, bytes.length)).toThrow(message);
  });
});

describe("values", () => {
  const column = { type: "BYTE_ARRAY", typeLength: 0, longest: 99, optional: false } as const;
  const check = (
    encoding: "DELTA_BYTE_ARRAY" | "DELTA_BINARY_PACKED",
    count: number,
    ...bytes: number[]
  ): number => {
    let taken = 0;
    const values = { encoding, count, reader: reader(...bytes), dictionary: false, version2: true };
    checkValues(values, column, (more) => {
      taken += more;
    });
    return taken;
  };
  // a block of 32 values in one part: 3 values of which the first is 0; the least difference, and no bits
  const deltas = (first: number, difference: number): number[] => [32, 1, 3, first, difference, 0];

  it("count what texts with the same beginning take together", () => {
    // prefixes of 0, 2, 4 bytes, and rests of 2 each
    expect(check("DELTA_BYTE_ARRAY", 3, ...deltas(0, 4), ...deltas(4, 0), 1, 2, 3, 4, 5, 6)).toBe(4 + 6);
  });

  it("are no longer than the column's, nor than the page", () => {
    const plain = (...bytes: number[]): void =>
      checkValues(
        { encoding: "PLAIN", count: 2, reader: reader(...bytes), dictionary: false, version2: false },
        column,
        () => {},
      );
    expect(() => plain(1, 0, 0, 0, 97, 2, 0, 0, 0, 98, 99)).not.toThrow();
    expect(() => plain(1, 0, 0, 0, 97, 3, 0, 0, 0, 98, 99)).toThrow(
      "a value of 3 bytes where it has at most 2",
    );
    // each is the one before and two more: the fiftieth has 100
    expect(() => check("DELTA_BYTE_ARRAY", 64, 64, 1, 64, 0, 4, 0, 64, 1, 64, 4, 0, 0)).toThrow(
      "a value of 100 bytes where it has at most 99",
    );
  });

  it.each<[string, number, number[], RegExp]>([
    [
      "of a longer beginning than the text before",
      3,
      [...deltas(0, 8), ...deltas(4, 0)],
      /begins with 4 bytes of one that has 2/,
    ],
    ["of blocks of none", 3, [0, 1, 3, 0, 0, 0], /a block of 0 values in 1 parts/],
    ["of no parts", 3, [32, 0, 3, 0, 0, 0], /a block of 32 values in 0 parts/],
    ["of another count", 4, deltas(0, 0), /3 values where 4 are to come/],
    [
      "of a number without an end",
      3,
      [32, 1, 3, ...Array<number>(20).fill(255)],
      /a number has more than 64 bits/,
    ],
  ])("%s are refused", (_, count, bytes, message) => {
    expect(() => check("DELTA_BYTE_ARRAY", count, ...bytes)).toThrow(message);
  });
});

describe("Snappy", () => {
  it("unpacks literals and copies", () => {
    const packed = Uint8Array.of(6, 1 << 2, 97, 98, ((4 - 4) << 2) | 1, 2);
    expect(Buffer.from(unpackedPage(packed, 6, "SNAPPY")).toString()).toBe("ababab");
  });

  it.each<[string, number[], number, RegExp]>([
    [
      "a literal that goes back to itself",
      [1, 0xfc, 0xfa, 0xff, 0xff, 0xff, 0, 0],
      1,
      /Snappy's last element ends behind/,
    ],
    ["more than it can pack", [1, 0, 97], 2 ** 30, /a page of 3 bytes says it unpacks to 1073741824/],
  ])("%s is refused", (_, bytes, size, message) => {
    expect(() => unpackedPage(Uint8Array.from(bytes), size, "SNAPPY")).toThrow(message);
  });
});

describe("a header", () => {
  it("is walked over", () => {
    // a list of two numbers, a text, a structure of one truth
    const header = reader(0x19, 0x25, 2, 0x80, 1, 0x18, 2, 97, 98, 0x1c, 0x11, 0, 0);
    skipStruct(header);
    expect(header.offset).toBe(13);
  });

  it.each<[string, number[], RegExp]>([
    [
      "a list of 2²⁷ elements",
      [0x19, 0xf5, 0x80, 0x80, 0x80, 0x40],
      /a list of 134217728 elements has 0 bytes/,
    ],
    ["a long text", [0x18, 0x80, 0x80, 0x80, 0x40], /ends before its last field/],
    ["a number of 20 bytes", [0x16, ...Array<number>(20).fill(255)], /more than 64 bits/],
    ["structures without an end", Array<number>(1000).fill(0x1c), /nests deeper than 32 levels/],
    ["lists without an end", Array<number>(1000).fill(0x19), /nests deeper than 32 levels/],
  ])("with %s is refused", (_, bytes, message) => {
    expect(() => skipStruct(reader(...bytes))).toThrow(message);
  });
});
