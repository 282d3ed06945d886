/** Tables of strangers: what is small may unpack to anything, and is refused before memory is taken for it. */
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { readCsv } from "../../../src/data/csv.ts";
import { namedColumns } from "../../../src/data/raw/rawTable.ts";
import { readTable, type TableSource } from "../../../src/data/table/readTable.ts";
import { failure } from "../failure.ts";

const million = 2 ** 20;

/** A text of as many bytes, packed; its pieces are made one after another. */
function packed(start: string, piece: string, times: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(gzipSync(start + piece.repeat(times)));
}

it.each<[string, TableSource, RegExp]>([
  ["rows", packed("a,b\n", "1,x\n", million / 4), /^t: its rows take more than 1\.0 MiB; read fewer rows by/],
  ["columns", packed("", "a,", million / 16), /^t: its rows take more than 1\.0 MiB/],
  ["blank lines", packed("a,b\n1,2\n", "\n", 2 * million), /^t: its text has more than 1\.0 MiB/],
  ["a line without an end", packed("", "a", million / 4), /^t: line 1 has more than 131072 characters/],
  [
    "a quote without an end",
    packed('a,b\n1,"', "x\n", million / 8),
    /^t: line 2 has more than 131072 characters; see whether a quote/,
  ],
  ["fields without an end", packed("a,b\n1", ",", million / 4), /^t: line 2 has more than 131072 characters/],
  [
    "objects with a name of their own each",
    Array.from({ length: 400 }, (_, i) => ({ [`n${i}`]: 1, y: 2 })),
    /^t: its rows take more/,
  ],
])("%s are refused", async (_, source, message) => {
  const read = readTable(source, { name: "t", maxBytes: million });
  expect(await failure(() => read, "MEMORY_LIMIT")).toMatch(message);
});

it("what is within the limit is read, and a limit of rows comes before it", async () => {
  const rows = packed("a,b\n", "1,x\n2,y\n", 1000);
  expect((await readTable(rows, { maxBytes: million })).rows).toBe(2000);
  const many = packed("a,b\n", "1,x\n2,y\n", million / 8);
  expect((await readTable(many, { limit: 100, maxBytes: million })).rows).toBe(100);
  expect(await failure(() => readTable(rows, { maxBytes: 0 }), "INVALID_ARGUMENT")).toContain("maxBytes");
});

it.each<[string, Uint8Array<ArrayBuffer>, RegExp]>([
  ["rows", packed("", "0,0\n", million / 4), /^p: its rows take more than 1\.0 MiB/],
  ["a row without an end", packed("", "0,", million / 4), /^p: line 1 has more than 131072 characters/],
  ["blank lines", packed("0,0\n", "\n", 2 * million), /^p: its text has more than 1\.0 MiB/],
])("pixels: %s are refused", async (_, bytes, message) => {
  const read = readCsv(bytes, { name: "p", classes: 10, maxBytes: million });
  expect(await failure(() => read, "MEMORY_LIMIT")).toMatch(message);
});

it("names of many columns take time in proportion to their number", () => {
  const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `x${i} (m)`);
  const seconds = (count: number): number => {
    const before = process.cpuUsage();
    expect(namedColumns(names(count), "t")[1]!.name).toBe("x1");
    return process.cpuUsage(before).user / 1e6;
  };
  // 20,000 took 400 million comparisons, which is seconds
  expect(Math.min(seconds(20_000), seconds(20_000))).toBeLessThan(1);
});
