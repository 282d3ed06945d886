/**
 * Files of tables: CSV, JSON lines and Parquet. CSV is told apart from lines of a label and pixels; what reads Parquet is loaded where
 * such a file is.
 */
import { Budget } from "../../src/data/raw/budget.ts";
import { type ByteStream, firstBytes, followedBy, unpacked } from "../../src/data/raw/bytes.ts";
import { textOf } from "../../src/data/raw/decode.ts";
import type { RawTable } from "../../src/data/raw/rawTable.ts";
import { csvParts, rowsTable } from "../../src/data/raw/readRaw.ts";
import { isTable, LOOK_BYTES } from "../../src/data/table/isTable.ts";
import type { TableRow, TableSource } from "../../src/data/table/readTable.ts";
import { AnygradError, reasonOf } from "../../src/errors.ts";
import { isObject, measuredJson } from "../../src/io/json.ts";
import { createHost } from "../../src/runtime/host.ts";

/** What the name of a table's file ends in. */
export const tableEndings: RegExp = /[.](csv|tsv|jsonl|ndjson|parquet)([.]gz)?$/i;

/** A table that was opened. */
export interface OpenedTable {
  readonly kind: "table";
  readonly source: TableSource;
}

/** A file that was opened: a table, or labels and pixels, which another reader opens again. */
export type OpenedFile = OpenedTable | { readonly kind: "pixels" };

/**
 * @param asTable whether the user says that it is a table
 * @param maxBytes that its rows may take, and its text have; default as `readTable` has it
 * @throws AnygradError DATA_MISSING, DATA_FORMAT, MEMORY_LIMIT
 */
export async function openTableFile(path: string, asTable: true, maxBytes?: number): Promise<OpenedTable>;
export async function openTableFile(path: string, asTable: boolean, maxBytes?: number): Promise<OpenedFile>;
export async function openTableFile(path: string, asTable: boolean, maxBytes?: number): Promise<OpenedFile> {
  const [, ending = "csv"] = tableEndings.exec(path.toLowerCase()) ?? [];
  const budget = new Budget(path, maxBytes);
  if (ending === "parquet") return { kind: "table", source: await parquetRows(path, budget) };
  const bytes = unpacked(chunks(await createHost().openFile(path)), path);
  if (ending === "jsonl" || ending === "ndjson") {
    const rows: TableRow[] = [];
    for await (const { row } of jsonRows(bytes, path, budget)) rows.push(row);
    return { kind: "table", source: rows };
  }
  if (asTable || ending === "tsv") return { kind: "table", source: bytes };
  const start = await firstBytes(bytes, LOOK_BYTES);
  if (isTable(start, start.length < LOOK_BYTES)) return { kind: "table", source: followedBy(start, bytes) };
  await bytes.return(); // closes the file
  return { kind: "pixels" };
}

async function* chunks(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  yield* source;
}

/**
 * A table in parts of so many rows or somewhat more, for what needs no more of them at once; Parquet in the groups of rows that it has.
 *
 * @param isWhole whether a part has the columns that are wanted: in JSON lines they come as rows have them, and more rows are read until they
 *   are there
 * @throws AnygradError DATA_MISSING, DATA_FORMAT, MEMORY_LIMIT
 */
export async function* tableParts(
  path: string,
  rows: number,
  isWhole: (part: RawTable) => boolean,
  maxBytes?: number,
): AsyncGenerator<RawTable, void, undefined> {
  const options = { name: path, maxBytes };
  const budget = new Budget(path, maxBytes);
  const before = { rows: 0, headings: new Set<string>() };
  if (!/[.](jsonl|ndjson)([.]gz)?$/i.test(path)) {
    if (!/[.]parquet([.]gz)?$/i.test(path)) {
      const { source } = await openTableFile(path, true, maxBytes);
      yield* csvParts(source as ByteStream, options, rows); // the others have been told apart
      return;
    }
    for await (const part of parquetGroups(path, budget)) {
      yield rowsTable(part, options, before);
      before.rows += part.length;
    }
    return;
  }
  let [part, bytes]: [TableRow[], number] = [[], 0];
  for await (const { row, cost } of jsonRows(
    unpacked(chunks(await createHost().openFile(path)), path),
    path,
    budget,
  )) {
    part.push(row);
    bytes += cost;
    if (part.length % rows !== 0) continue;
    const table = rowsTable(part, options, before);
    if (!isWhole(table)) continue;
    yield table;
    budget.release(bytes);
    before.rows += part.length;
    [part, bytes] = [[], 0];
  }
  if (part.length > 0 || before.rows === 0) yield rowsTable(part, options, before);
}

/** What a row takes as an object, beside its text. */
const costs = { row: 64, field: 24, sign: 2 } as const; // bytes

/** The objects of JSON lines, and what each takes. */
async function* jsonRows(
  bytes: AsyncIterable<Uint8Array>,
  path: string,
  budget: Budget,
): AsyncGenerator<{ readonly row: TableRow; readonly cost: number }, void, undefined> {
  let [text, line] = ["", 0];
  const taken = function* (each: string): Generator<{ row: TableRow; cost: number }> {
    line++;
    if (each.trim() === "") return;
    const row = measuredJson(each, (reason, cause) => {
      const told = cause === undefined ? reason : `is no JSON (${reasonOf(cause).slice(0, 80)})`;
      return new AnygradError(
        "DATA_FORMAT",
        `${path}: line ${line} ${told}; wanted an object a line, such as {"age": 41}`,
        { cause },
      );
    });
    const fields = isObject(row) ? Object.keys(row).length : 0;
    const cost = costs.row + costs.field * fields + costs.sign * each.length;
    budget.take(cost);
    yield { row: row as TableRow, cost };
  };
  for await (const piece of textOf(bytes, path)) {
    budget.read(piece.length);
    const lines = (text + piece).split("\n");
    text = lines.pop()!;
    for (const each of lines) yield* taken(each);
    budget.checkRow(text.length, line + 1);
  }
  yield* taken(text);
}

async function parquetRows(path: string, budget: Budget): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  for await (const group of parquetGroups(path, budget, true)) for (const row of group) rows.push(row);
  return rows;
}

/** @param isKept whether all rows are held at once, in place of those of a group */
async function* parquetGroups(
  path: string,
  budget: Budget,
  isKept = false,
): AsyncGenerator<TableRow[], void, undefined> {
  yield* (await import("./parquet/rows.ts")).parquetGroups(path, budget, isKept);
}
