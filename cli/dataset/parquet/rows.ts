/**
 * Rows of a Parquet file, by hyparquet (MIT, pure JavaScript). It is made for files that are as they should be, so what a file says of
 * itself is checked before hyparquet reads it. The footer is read first, then the bytes of one group of rows at a time.
 */
import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadata,
  parquetRead,
  parquetReadObjects,
  type SchemaElement,
} from "hyparquet";
import { ConvertedTypes } from "hyparquet/src/constants.js";
import { deserializeTCompactProtocol } from "hyparquet/src/thrift.js";
import type { Budget } from "../../../src/data/raw/budget.ts";
import type { TableRow } from "../../../src/data/table/readTable.ts";
import { AnygradError, quote, reasonOf } from "../../../src/errors.ts";
import { openRanges, type RangedFile } from "./file.ts";
import { checkPages, countOf, type FilePart, startOf } from "./pages.ts";
import { skipStruct } from "./thrift.ts";

/** What a decimal number has at the most, of which Parquet's writers need 32: hyparquet reads it in a time that grows with the square of its bytes. */
const decimalBytes = 64;
/** Bytes of a least or greatest value, where a file has decimal numbers; writers leave longer ones out. */
const statisticBytes = 4096;

/** What a row takes as an object. */
const costs = { row: 64, field: 24 } as const; // bytes

/**
 * The rows, a group after the other; one without rows where there is none.
 * @param path begins errors @param isKept whether all are held at once: the budget is for them then, and not for the largest group
 * @throws AnygradError DATA_MISSING, DATA_FORMAT, MEMORY_LIMIT
 */
export async function* parquetGroups(
  path: string,
  budget: Budget,
  isKept: boolean,
): AsyncGenerator<TableRow[], void, undefined> {
  const file = await openRanges(path);
  try {
    const footer = await footerOf(file);
    // where a column of places on Earth may stand in the schema is found by a loop that a wrong number of fields keeps running
    const metadata = parquetMetadata(footer, { geoparquet: false });
    const columns = metadata.schema.slice(1);
    // no cell holds these
    const nested = columns.find((each) => each.num_children || each.repetition_type === "REPEATED");
    if (nested)
      throw new AnygradError(
        "DATA_FORMAT",
        `${path}: the column ${quote(nested.name)} holds lists or objects; wanted numbers, texts and true or false, so write their fields as columns`,
      );
    let [rowStart, bytesRead] = [0, 0];
    for (const group of metadata.row_groups) {
      const part = await groupBytes(file, group);
      bytesRead += part.bytes.byteLength;
      if (bytesRead > file.size) throw new Error("its groups of rows overlap"); // a small file could have all of it read ever again
      const taken = checkGroup(part, group, columns, budget);
      const rowEnd = rowStart + Number(group.num_rows);
      const options = { file: asFile(part, file.size), metadata, rowStart, rowEnd };
      // every column by itself first: where two are damaged, or one has no place in the schema, the error of another would be nobody's, which
      // ends the process
      await parquetRead({ ...options });
      yield (await parquetReadObjects(options)) as TableRow[];
      if (!isKept) budget.release(taken);
      rowStart = rowEnd;
    }
    if (metadata.row_groups.length === 0) yield [];
  } catch (error) {
    if (error instanceof AnygradError) throw error;
    throw new AnygradError(
      "DATA_FORMAT",
      `${path}: cannot be read as Parquet (${reasonOf(error).slice(0, 120)}); write it anew, with Snappy or without compression`,
      { cause: error },
    );
  } finally {
    await file.close();
  }
}

/** What stands behind the footer: its length, of four bytes, and the format's mark. */
const endBytes = 8;

/** The footer and what stands behind it, checked. */
async function footerOf(file: RangedFile): Promise<ArrayBuffer> {
  const end = new DataView(await file.read(Math.max(0, file.size - endBytes), file.size));
  const mark = end.byteLength < endBytes ? "" : String.fromCharCode(...new Uint8Array(end.buffer, 4));
  if (mark !== "PAR1") throw new Error("it does not end in PAR1, so it is cut off or another file");
  const start = file.size - endBytes - end.getUint32(0, true);
  if (start < 0) throw new Error("it has no footer");
  const bytes = await file.read(start, file.size);
  checkFooter(new DataView(bytes));
  return bytes;
}

function checkFooter(view: DataView<ArrayBuffer>): void {
  skipStruct({ view, offset: 0 });
  const footer = deserializeTCompactProtocol({ view, offset: 0 });
  const [schema, groups]: readonly [Footer["field_2"], Footer["field_4"]] = [footer.field_2, footer.field_4];
  if (!schema.some(({ field_6 }) => ConvertedTypes[field_6 ?? -1] === "DECIMAL")) return;
  for (const { field_1: columns } of groups)
    for (const { field_3: metadata } of columns)
      for (const value of Object.values(metadata?.field_12 ?? {}))
        if (value instanceof Uint8Array && value.length > statisticBytes)
          throw new Error(`a least or greatest value of ${value.length} bytes`);
}

/** The part of a footer in which numbers are read, by the numbers of its fields (parquet-format, parquet.thrift). */
interface Footer {
  /** The schema's elements, and the types that they are converted to. */
  readonly field_2: readonly { readonly field_6?: number }[];
  /** The groups of rows, their columns, the columns' metadata and its statistics. */
  readonly field_4: readonly {
    readonly field_1: readonly {
      readonly field_3?: { readonly field_12?: Readonly<Record<string, unknown>> };
    }[];
  }[];
}

type Group = FileMetaData["row_groups"][number];

/** The bytes of a file's group of rows, from its first column to the end of its last. */
async function groupBytes(file: RangedFile, group: Group): Promise<FilePart> {
  let [start, end] = [file.size, 0];
  for (const { meta_data } of group.columns) {
    if (!meta_data) continue;
    const from = startOf(meta_data);
    start = Math.min(start, from);
    end = Math.max(end, from + countOf(meta_data.total_compressed_size, "size"));
  }
  end = Math.min(end, file.size);
  return { start, bytes: start < end ? await file.read(start, end) : new ArrayBuffer(0) };
}

/** The part as hyparquet reads files: by places in the whole one. */
function asFile({ start, bytes }: FilePart, byteLength: number): AsyncBuffer {
  const place = (at: number): number => Math.max(0, at - start);
  return { byteLength, slice: (from, to = byteLength) => bytes.slice(place(from), place(to)) };
}

/** A group of rows has every column once, and in it as many values as rows. @returns the bytes that it takes of the budget */
function checkGroup(file: FilePart, group: Group, schema: readonly SchemaElement[], budget: Budget): number {
  const elements = new Map(schema.map((element) => [element.name, element]));
  let taken = 0;
  const take = (bytes: number): void => {
    taken += bytes;
    budget.take(bytes);
  };
  const rows = countOf(group.num_rows, "rows");
  take(rows * (costs.row + costs.field * group.columns.length));
  const names = new Set(group.columns.map(({ meta_data }) => meta_data?.path_in_schema.join(".")));
  if (names.size !== elements.size || names.size === 0)
    throw new Error(`${elements.size} columns of which ${names.size} have rows`);
  for (const { meta_data } of group.columns) {
    const element = elements.get(meta_data?.path_in_schema.join(".") ?? "");
    if (!meta_data || !element) throw new Error("a column is not in its schema");
    if (countOf(meta_data.num_values, "values") !== rows)
      throw new Error(`a column has ${meta_data.num_values} values for ${rows} rows`);
    const typeLength = countOf(element.type_length ?? 0, "bytes");
    const optional = element.repetition_type !== "REQUIRED";
    const longest = element.converted_type === "DECIMAL" ? decimalBytes : Number.POSITIVE_INFINITY;
    const { type } = meta_data;
    checkPages(file, { metadata: meta_data, rows, type, typeLength, longest, optional }, take);
  }
  return taken;
}
