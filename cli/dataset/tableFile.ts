/**
 * Files of tables: CSV, JSON lines and Parquet. CSV is told apart from lines of a label and pixels; what reads Parquet is loaded where
 * such a file is.
 */
import { Budget } from "../../src/data/raw/budget.ts";
import { firstBytes, followedBy, unpacked } from "../../src/data/raw/bytes.ts";
import { textOf } from "../../src/data/raw/decode.ts";
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
  if (ending === "jsonl" || ending === "ndjson")
    return { kind: "table", source: await jsonRows(bytes, path, budget) };
  if (asTable || ending === "tsv") return { kind: "table", source: bytes };
  const start = await firstBytes(bytes, LOOK_BYTES);
  if (isTable(start, start.length < LOOK_BYTES)) return { kind: "table", source: followedBy(start, bytes) };
  await bytes.return(); // closes the file
  return { kind: "pixels" };
}

async function* chunks(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  yield* source;
}

/** What a row takes as an object, beside its text. */
const costs = { row: 64, field: 24, sign: 2 } as const; // bytes

async function jsonRows(bytes: AsyncIterable<Uint8Array>, path: string, budget: Budget): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  let [text, line] = ["", 0];
  const take = (each: string): void => {
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
    budget.take(costs.row + costs.field * fields + costs.sign * each.length);
    rows.push(row as TableRow);
  };
  for await (const piece of textOf(bytes, path)) {
    budget.read(piece.length);
    const lines = (text + piece).split("\n");
    text = lines.pop()!;
    for (const each of lines) take(each);
    budget.checkRow(text.length, line + 1);
  }
  take(text);
  return rows;
}

async function parquetRows(path: string, budget: Budget): Promise<TableRow[]> {
  const bytes = await createHost().readFile(path);
  if (!bytes) throw new AnygradError("DATA_MISSING", `${path}: no such file; check the path`);
  return (await import("./parquet/rows.ts")).parquetRows(bytes, path, budget);
}
