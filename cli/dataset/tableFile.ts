/**
 * Files of tables: CSV, JSON lines and Parquet. CSV is told apart from lines of a label and pixels; Parquet is read by
 * hyparquet (MIT, pure JavaScript), which is loaded where such a file is read.
 */
import { firstBytes, followedBy, unpacked } from "../../src/data/raw/bytes.ts";
import { isTable, LOOK_BYTES } from "../../src/data/table/isTable.ts";
import type { TableRow, TableSource } from "../../src/data/table/readTable.ts";
import { AnygradError, reasonOf } from "../../src/errors.ts";
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

/** @param asTable whether the user says that it is a table @throws AnygradError DATA_MISSING, DATA_FORMAT */
export async function openTableFile(path: string, asTable: true): Promise<OpenedTable>;
export async function openTableFile(path: string, asTable: boolean): Promise<OpenedFile>;
export async function openTableFile(path: string, asTable: boolean): Promise<OpenedFile> {
  const [, ending = "csv"] = tableEndings.exec(path.toLowerCase()) ?? [];
  if (ending === "parquet") return { kind: "table", source: await parquetRows(path) };
  const bytes = unpacked(chunks(await createHost().openFile(path)), path);
  if (ending === "jsonl" || ending === "ndjson")
    return { kind: "table", source: await jsonRows(bytes, path) };
  if (asTable || ending === "tsv") return { kind: "table", source: bytes };
  const start = await firstBytes(bytes, LOOK_BYTES);
  if (isTable(start, start.length < LOOK_BYTES)) return { kind: "table", source: followedBy(start, bytes) };
  await bytes.return(); // closes the file
  return { kind: "pixels" };
}

async function* chunks(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  yield* source;
}

async function jsonRows(bytes: AsyncIterable<Uint8Array>, path: string): Promise<TableRow[]> {
  const decoder = new TextDecoder();
  const rows: TableRow[] = [];
  let [text, line] = ["", 0];
  const take = (lines: readonly string[]): void => {
    for (const each of lines) {
      line++;
      if (each.trim() === "") continue;
      try {
        rows.push(JSON.parse(each) as TableRow);
      } catch (error) {
        throw new AnygradError(
          "DATA_FORMAT",
          `${path}: line ${line} is no JSON (${reasonOf(error).slice(0, 80)}); wanted an object a line, such as {"age": 41}`,
          { cause: error },
        );
      }
    }
  };
  for await (const chunk of bytes) {
    const lines = (text + decoder.decode(chunk, { stream: true })).split("\n");
    text = lines.pop()!;
    take(lines);
  }
  take([text + decoder.decode()]);
  return rows;
}

async function parquetRows(path: string): Promise<TableRow[]> {
  const bytes = await createHost().readFile(path);
  if (!bytes) throw new AnygradError("DATA_MISSING", `${path}: no such file; check the path`);
  const { parquetReadObjects } = await import("hyparquet");
  try {
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    return (await parquetReadObjects({ file })) as TableRow[];
  } catch (error) {
    throw new AnygradError(
      "DATA_FORMAT",
      `${path}: cannot be read as Parquet (${reasonOf(error).slice(0, 120)}); write it anew, with Snappy or without compression`,
      { cause: error },
    );
  }
}
