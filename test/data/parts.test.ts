/** Tables that are read in parts: rows, places, errors and limits are those of the whole. */
import { describe, expect, it } from "vitest";
import type { RawTable } from "../../src/data/raw/rawTable.ts";
import { csvParts, readRaw, rowsTable } from "../../src/data/raw/readRaw.ts";
import { failure } from "./failure.ts";

const count = 40_000;
const csv = `name,size (cm)\n${Array.from({ length: count }, (_, i) => `n${i % 7},${i / 8}\n`).join("")}`;
/** In pieces that end within rows. */
async function* pieces(text: string): AsyncGenerator<Uint8Array, void, undefined> {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
}

function rowsOf(table: RawTable): string[] {
  return Array.from(
    { length: table.rows },
    (_, row) => `${table.place(row)}: ${table.columns.map((column) => column.at(row))}`,
  );
}

describe("csvParts", () => {
  it("has every row of the whole once, at its line", async () => {
    const parts: RawTable[] = [];
    for await (const part of csvParts(pieces(csv), { name: "t" }, 300)) parts.push(part);
    const whole = await readRaw(pieces(csv), { name: "t" });
    expect(whole.rows).toBe(count);
    expect(parts.length).toBeGreaterThan(1);
    // the first has what the header was found in
    for (const part of parts.slice(1)) expect(part.rows).toBeLessThan(400);
    expect(parts.flatMap(rowsOf)).toEqual(rowsOf(whole));
    for (const part of parts)
      expect(part.columns.map(({ name, unit }) => [name, unit])).toEqual([
        ["name", undefined],
        ["size", "cm"],
      ]);
  });

  it("names the line of a row that is not like the others", async () => {
    const read = async (): Promise<void> => {
      for await (const _ of csvParts(pieces(`${csv}a,b,c\n`), { name: "t" }, 300));
    };
    expect(await failure(read, "DATA_FORMAT")).toContain(`t: line ${count + 2} has 3 fields`);
  });

  it("counts the memory of the part that is held, not of all", async () => {
    const options = { name: "t", maxBytes: csv.length + 20_000 };
    expect(await failure(() => readRaw(pieces(csv), options), "MEMORY_LIMIT")).toContain("its rows take");
    let rows = 0;
    // rows of 24 bytes
    for await (const part of csvParts(pieces(csv), options, 300)) rows += part.rows;
    expect(rows).toBe(count);
  });
});

it("rowsTable goes on with the columns and rows of the parts before", () => {
  const before = { rows: 0, headings: new Set<string>() };
  const first = rowsTable([{ a: 1 }, { a: 2, b: 3 }], { name: "t" }, before);
  before.rows += first.rows;
  const second = rowsTable([{ b: 4 }], { name: "t" }, before);
  expect(rowsOf(second)).toEqual(["row 3: ,4"]);
});
