/** Tables in files of all kinds: Parquet that PyArrow wrote, JSON lines, gzip; and what is no table, in one line. */
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { openTableFile, tableParts } from "../../../cli/dataset/tableFile.ts";
import { readTable } from "../../../src/data/readTable.ts";
import { failure } from "../../data/failure.ts";
import parquet from "../../fixtures/parquet/files.json" with { type: "json" };

const folder = mkdtempSync(join(tmpdir(), "anygrad-tables-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const rows = [
  { size: 0, count: 1, kind: "cat", seen: true },
  { size: 0.5, count: 2, kind: "dog", seen: false },
  { size: 1, count: 3, kind: "cat", seen: true },
  { size: null, count: 4, kind: "dog", seen: false },
  { size: 2, count: 5, kind: "bird", seen: true },
  { size: 2.5, count: 6, kind: "bird", seen: null },
];

/** A null may be left out of a row. */
const plain = (row: object): object =>
  Object.fromEntries(
    ["size", "count", "kind", "seen"].map((name) => {
      const value = (row as Record<string, unknown>)[name] ?? null;
      return [name, typeof value === "bigint" ? Number(value) : value];
    }),
  );

describe("Parquet", () => {
  it.each(["plain", "snappy", "delta", "pages"] as const)("%s is read", async (name) => {
    const path = file(`${name}.parquet`, Buffer.from(parquet[name], "base64"));
    const { source } = await openTableFile(path, true);
    expect((source as object[]).map(plain)).toEqual(rows);
    expect((await readTable(source, { label: "kind", testSplit: 0 })).classNames).toEqual([
      "bird",
      "cat",
      "dog",
    ]);
  });

  it.each<[keyof typeof parquet, (keyof (typeof rows)[number])[]]>([
    ["required", ["count", "kind"]], // no nulls, so no levels; split streams, and a dictionary
    ["prefixes", ["kind"]], // each text as the beginning it shares with the one before
  ])("%s is read", async (name, columns) => {
    const path = file(`${name}.parquet`, Buffer.from(parquet[name], "base64"));
    const { source } = await openTableFile(path, true);
    const wanted = rows.map((row) => plain(Object.fromEntries(columns.map((each) => [each, row[each]]))));
    expect((source as object[]).map(plain)).toEqual(wanted);
  });

  /** As test/fixtures/parquet/make.py has them. */
  const grouped = Array.from({ length: 24 }, (_, i) => ({
    size: i % 5 === 3 || (i >= 7 && i < 14) ? null : i / 2,
    kind: i % 6 === 4 ? null : ["cat", "dog", "bird"][i % 3]!,
  }));
  const groupedRow = ({ size, kind }: { size?: number; kind?: string }) => ({
    size: size ?? null,
    kind: kind ?? null,
  });

  it("groups of rows with dictionaries and nulls are read", async () => {
    const path = file("groups.parquet", Buffer.from(parquet.groups, "base64"));
    const { source } = await openTableFile(path, true);
    expect((source as object[]).map(groupedRow)).toEqual(grouped);
  });

  it("is read in parts, a group of rows each", async () => {
    const path = file("parts.parquet", Buffer.from(parquet.groups, "base64"));
    const [lengths, cells]: [number[], unknown[]] = [[], []];
    for await (const { rows, columns } of tableParts(path, 5, () => true)) {
      lengths.push(rows);
      const column = (name: string) => columns.find((each) => each.name === name);
      for (let row = 0; row < rows; row++)
        cells.push({ size: column("size")?.at(row) ?? null, kind: column("kind")?.at(row) ?? null });
    }
    expect(lengths).toEqual([7, 7, 7, 3]);
    expect(cells).toEqual(grouped);
  });

  it("is read by ranges: a file of more than Node holds at once", async () => {
    const bytes = Buffer.from(parquet.groups, "base64");
    const footer = bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8);
    const path = file("hole.parquet", bytes.subarray(0, footer));
    const handle = openSync(path, "r+"); // between its rows and its footer is a hole, which takes no room on the disk
    writeSync(handle, bytes, footer, bytes.length - footer, 5 * 2 ** 30);
    closeSync(handle);
    const { source } = await openTableFile(path, true, 2 ** 20);
    expect((source as object[]).map(groupedRow)).toEqual(grouped);
    rmSync(path);
  });

  it("is refused wherever it is cut off", async () => {
    const bytes = Buffer.from(parquet.groups, "base64");
    for (let length = 0; length < bytes.length; length += 13) {
      const path = file("cut.parquet", bytes.subarray(0, length));
      const message = await failure(() => openTableFile(path, true), "DATA_FORMAT");
      expect(message).toMatch(/cannot be read as Parquet \(it does not end in PAR1, so it is cut off/);
    }
  });

  it("is refused where there is none", async () => {
    const missing = (path: string) => failure(() => openTableFile(path, true), "DATA_MISSING");
    expect(await missing(join(folder, "none.parquet"))).toMatch(
      /none.parquet: no such file; check the path$/,
    );
    mkdirSync(join(folder, "folder.parquet"));
    expect(await missing(join(folder, "folder.parquet"))).toMatch(/is a folder where a file is wanted/);
  });

  it("decimals are read as numbers", async () => {
    const path = file("decimals.parquet", Buffer.from(parquet.decimals, "base64"));
    const { source } = await openTableFile(path, true);
    expect((source as { price?: number }[]).map(({ price }) => price ?? null)).toEqual([1.25, null, 3.5]);
  });

  it.each<[string, Uint8Array, RegExp]>([
    [
      "another compression",
      Buffer.from(parquet.gzip, "base64"),
      /^.*cannot be read as Parquet \(.*GZIP\); write it anew/,
    ],
    [
      "columns of lists",
      Buffer.from(parquet.nested, "base64"),
      /^.*the column "a" holds lists or objects; wanted numbers/,
    ],
    ["what is none", Buffer.from("nonsense"), /cannot be read as Parquet/],
  ])("%s is refused", async (_, bytes, message) => {
    const path = file("refused.parquet", bytes);
    expect(await failure(() => openTableFile(path, true), "DATA_FORMAT")).toMatch(message);
  });

  it("rows beyond the limit are refused before they are read", async () => {
    const path = file("large.parquet", Buffer.from(parquet.plain, "base64"));
    const open = (): Promise<unknown> => openTableFile(path, true, 500);
    expect(await failure(open, "MEMORY_LIMIT")).toContain("more than 500 bytes");
  });
});

describe("JSON lines", () => {
  const text = rows.map((row) => JSON.stringify(row)).join("\n");

  it.each<[string, string | Uint8Array]>([
    ["rows.jsonl", text],
    ["rows.ndjson", `\ufeff${text}\r\n\r\n`],
    ["rows.jsonl.gz", gzipSync(text)],
  ])("%s is read", async (name, content) => {
    expect((await openTableFile(file(name, content), true)).source).toEqual(rows);
  });

  it.each<[string, string | Uint8Array, string, RegExp]>([
    [
      "nests",
      `{"a":${"[".repeat(300)}`,
      "DATA_FORMAT",
      /: line 1 nests deeper than 200 levels; wanted an object a line/,
    ],
    ["is no JSON", '{"a":1}\n{"a":\n', "DATA_FORMAT", /: line 2 is no JSON/],
    ["is no text", Uint8Array.of(0x7b, 0xff, 0x7d), "DATA_FORMAT", /the bytes are no UTF-8 text/],
    [
      "unpacks to many rows",
      gzipSync('{"a":1}\n'.repeat(2 ** 16)),
      "MEMORY_LIMIT",
      /its rows take more than 1\.0 MiB/,
    ],
    [
      "has a line without an end",
      gzipSync(`{"a":"${"x".repeat(2 ** 19)}`),
      "MEMORY_LIMIT",
      /line 1 has more than 131072 characters/,
    ],
  ])("what %s is refused", async (_, content, code, message) => {
    const path = file(
      typeof content === "string" || code === "DATA_FORMAT" ? "refused.jsonl" : "refused.jsonl.gz",
      content,
    );
    expect(await failure(() => openTableFile(path, true, 2 ** 20), code)).toMatch(message);
  });
});
