/**
 * Rows of a Parquet file, by hyparquet (MIT, pure JavaScript). It is made for files that are as they should be, so what a file says of
 * itself is checked before hyparquet reads it.
 */
import {
  type FileMetaData,
  parquetMetadata,
  parquetRead,
  parquetReadObjects,
  type SchemaElement,
} from "hyparquet";
import type { Budget } from "../../../src/data/raw/budget.ts";
import type { TableRow } from "../../../src/data/table/readTable.ts";
import { AnygradError, quote, reasonOf } from "../../../src/errors.ts";
import { checkPages, countOf } from "./pages.ts";
import { skipStruct } from "./thrift.ts";

/** What a row takes as an object. */
const costs = { row: 64, field: 24 } as const; // bytes

/** @param path begins errors @throws AnygradError DATA_FORMAT, MEMORY_LIMIT */
export async function parquetRows(bytes: Uint8Array, path: string, budget: Budget): Promise<TableRow[]> {
  try {
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    skipFooter(new DataView(file));
    // where a column of places on Earth may stand in the schema is found by a loop that a wrong number of fields keeps running
    const metadata = parquetMetadata(file, { geoparquet: false });
    const columns = metadata.schema.slice(1);
    // no cell holds these
    const nested = columns.find((each) => each.num_children || each.repetition_type === "REPEATED");
    if (nested)
      throw new AnygradError(
        "DATA_FORMAT",
        `${path}: the column ${quote(nested.name)} holds lists or objects; wanted numbers, texts and true or false, so write their fields as columns`,
      );
    checkGroups(file, metadata, columns, budget);
    // every column by itself first: where two are damaged, or one has no place in the schema, the error of another would be nobody's, which
    // ends the process
    await parquetRead({ file, metadata });
    return (await parquetReadObjects({ file, metadata })) as TableRow[];
  } catch (error) {
    if (error instanceof AnygradError) throw error;
    throw new AnygradError(
      "DATA_FORMAT",
      `${path}: cannot be read as Parquet (${reasonOf(error).slice(0, 120)}); write it anew, with Snappy or without compression`,
      { cause: error },
    );
  }
}

/** The footer stands before its length, of four bytes, and four of the format's mark. */
function skipFooter(view: DataView): void {
  const end = view.byteLength - 8;
  const start = end - (end < 0 ? 0 : view.getUint32(end, true));
  if (start < 0) throw new Error("it has no footer");
  skipStruct({ view, offset: start });
}

/** Every group of rows has every column once, and in it as many values as rows. */
function checkGroups(
  file: ArrayBuffer,
  metadata: FileMetaData,
  schema: readonly SchemaElement[],
  budget: Budget,
): void {
  const elements = new Map(schema.map((element) => [element.name, element]));
  const take = (bytes: number): void => budget.take(bytes);
  for (const group of metadata.row_groups) {
    const rows = countOf(group.num_rows, "rows");
    budget.take(rows * (costs.row + costs.field * group.columns.length));
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
      checkPages(file, { metadata: meta_data, rows, type: meta_data.type, typeLength, optional }, take);
    }
  }
}
