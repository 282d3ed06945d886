/**
 * The pages of a column, before hyparquet reads them: it does as their headers say, and has no bounds of its own. What they say must be
 * numbers, and be held by the bytes; and the values of all are as many as the rows.
 */
import type { ColumnMetaData, DataReader, PageHeader } from "hyparquet";
import { parquetHeader } from "hyparquet/src/column.js";
import { readRleBitPackedHybrid } from "hyparquet/src/encoding.js";
import { unpackedPage } from "./compression.ts";
import { type Column, checkPlain, checkRuns, checkValues } from "./encodings.ts";
import { skipStruct } from "./thrift.ts";

/** A column in a group of rows. */
export interface Chunk extends Column {
  readonly metadata: ColumnMetaData;
  readonly rows: number;
}

/** Some of a file's bytes. */
export interface FilePart {
  /** Their place in the file. */
  readonly start: number;
  readonly bytes: ArrayBuffer;
}

/** Where a column begins in its file: a dictionary stands in front of its values. */
export function startOf({ dictionary_page_offset, data_page_offset }: ColumnMetaData): number {
  return countOf(dictionary_page_offset || data_page_offset, "place");
}

/** @param take counts bytes of memory that pages will take @throws Error for pages that are not as they say */
export function checkPages(file: FilePart, chunk: Chunk, take: (bytes: number) => void): void {
  const start = startOf(chunk.metadata) - file.start;
  const size = Math.min(countOf(chunk.metadata.total_compressed_size, "size"), file.bytes.byteLength - start);
  const reader = { view: new DataView(file.bytes, start, size), offset: 0 };
  let [rows, dictionary] = [0, false];
  while (rows < chunk.rows) {
    if (reader.offset >= size - 1) throw new Error(`a column has ${rows} of ${chunk.rows} rows`);
    skipStruct({ ...reader });
    const header = parquetHeader(reader);
    const packed = countOf(header.compressed_page_size, "size");
    if (packed > size - reader.offset) throw new Error(`a page of ${packed} bytes ends behind its column`);
    const bytes = new Uint8Array(file.bytes, start + reader.offset, packed);
    reader.offset += packed;
    const page = { header, bytes, size: countOf(header.uncompressed_page_size, "size"), dictionary };
    take(page.size);
    if (header.type === "DICTIONARY_PAGE") {
      checkDictionary(page, chunk);
      dictionary = true;
    } else rows += checkData(page, chunk, chunk.rows - rows, take);
  }
}

/** A page as it stands in the file. */
interface Page {
  readonly header: PageHeader;
  readonly bytes: Uint8Array;
  /** Bytes when it is unpacked, with its levels. */
  readonly size: number;
  /** Whether a dictionary came before. */
  readonly dictionary: boolean;
}

function checkDictionary({ header, bytes, size }: Page, chunk: Chunk): void {
  const count = countOf(header.dictionary_page_header?.num_values, "values");
  checkPlain(readerOf(unpackedPage(bytes, size, chunk.metadata.codec)), chunk, count);
}

/** @param most values that it may have @returns its rows */
function checkData(page: Page, chunk: Chunk, most: number, take: (bytes: number) => void): number {
  const { header, dictionary } = page;
  const version2 = header.type === "DATA_PAGE_V2";
  if (!version2 && header.type !== "DATA_PAGE") throw new Error(`a page of the type ${header.type}`);
  const data = version2 ? header.data_page_header_v2 : header.data_page_header;
  const rows = countOf(data?.num_values, "values");
  if (rows > most) throw new Error(`a page has ${rows} values where ${most} rows are to come`);
  const { reader, count } = version2 ? withoutLevels2(page, chunk, rows) : withoutLevels(page, chunk, rows);
  checkValues({ encoding: data!.encoding, reader, count, dictionary, version2 }, chunk, take);
  return rows;
}

/** What is left of a page behind its levels, and how many values that are not null it has. */
interface WithoutLevels {
  readonly reader: DataReader;
  readonly count: number;
}

function withoutLevels({ bytes, size }: Page, { metadata, optional }: Chunk, rows: number): WithoutLevels {
  const reader = readerOf(unpackedPage(bytes, size, metadata.codec));
  if (!optional) return { reader, count: rows };
  const length = reader.view.getUint32(0, true);
  reader.offset = 4;
  return { count: readLevels(reader, rows, length), reader };
}

/** The second version has its levels in front of what is packed. */
function withoutLevels2(page: Page, { metadata, optional }: Chunk, rows: number): WithoutLevels {
  const { bytes, size } = page;
  const header = page.header.data_page_header_v2!;
  const repetition = countOf(header.repetition_levels_byte_length, "levels");
  const definition = countOf(header.definition_levels_byte_length, "levels");
  const levels = repetition + definition;
  if (levels > Math.min(size, bytes.length) || (definition > 0 && !optional))
    throw new Error(`a page of ${bytes.length} bytes has ${levels} of levels`);
  const count = optional ? readLevels({ ...readerOf(bytes), offset: repetition }, rows, definition) : rows;
  const nulls = countOf(header.num_nulls, "nulls");
  if (nulls !== rows - count) throw new Error(`a page has ${rows - count} nulls and says ${nulls}`);
  const rest = bytes.subarray(levels);
  const packed = header.is_compressed !== false && size > levels;
  return { reader: readerOf(packed ? unpackedPage(rest, size - levels, metadata.codec) : rest), count };
}

/** Moves behind the levels, which are 1 for a value and 0 for a null. @returns how many values there are */
function readLevels(reader: DataReader, rows: number, length: number): number {
  checkRuns(reader, 1, rows, reader.offset + length);
  const levels = new Uint8Array(rows);
  readRleBitPackedHybrid(reader, 1, levels, length);
  let count = 0;
  for (const level of levels) if (level === 1) count++;
  return count;
}

function readerOf(bytes: Uint8Array): DataReader {
  return { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
}

/** A number that stands in a header, where any field may be missing or of another type. @throws Error for what is no count */
export function countOf(value: unknown, what: string): number {
  const count = typeof value === "bigint" || typeof value === "number" ? Number(value) : Number.NaN;
  if (!Number.isSafeInteger(count) || count < 0) throw new Error(`the number of its ${what} is none`);
  return count;
}
