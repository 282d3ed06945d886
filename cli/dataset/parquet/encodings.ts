/**
 * The values of a page in each of Parquet's encodings (parquet-format, Encodings.md). hyparquet trusts the counts that stand in them: a
 * run of two thousand million values, or a block of none, would keep it busy for ever. This walks over the counts, not the values.
 */
import type { DataReader, Encoding, ParquetType } from "hyparquet";
import { deltaBinaryUnpack } from "hyparquet/src/delta.js";
import { readVarInt } from "hyparquet/src/thrift.js";
import { skipNumber } from "./thrift.ts";

/** A column of plain cells. */
export interface Column {
  readonly type: ParquetType;
  /** Bytes of a value, where the type does not say it. */
  readonly typeLength: number;
  /** Bytes that a value may have at the most. */
  readonly longest: number;
  /** Whether there may be nulls. */
  readonly optional: boolean;
}

/** The values of a page that are not null, beginning at the reader's place. */
export interface Values {
  readonly encoding: Encoding;
  readonly reader: DataReader;
  readonly count: number;
  /** Whether a page of the column before it held a dictionary. */
  readonly dictionary: boolean;
  /** Whether it is a page of Parquet's second version, in which a dictionary's indices of no bits are written, too. */
  readonly version2: boolean;
}

/** @param take counts bytes of memory that the values will take beside those of the page @throws Error for counts that the page does not hold */
export function checkValues(values: Values, column: Column, take: (bytes: number) => void): void {
  const { encoding, reader, count } = values;
  if (count === 0) return;
  switch (encoding) {
    case "PLAIN":
    case "BYTE_STREAM_SPLIT":
      checkPlain(reader, column, count);
      break;
    case "RLE":
    case "PLAIN_DICTIONARY":
    case "RLE_DICTIONARY":
      checkIndices(values, column);
      break;
    case "DELTA_BINARY_PACKED":
      checkDeltas(reader, count);
      break;
    case "DELTA_LENGTH_BYTE_ARRAY":
      checkTexts(new Int32Array(count), lengthsOf({ ...reader }, count), column, take);
      break;
    case "DELTA_BYTE_ARRAY": {
      const lengths = { ...reader };
      checkTexts(lengthsOf(lengths, count), lengthsOf(lengths, count), column, take);
      break;
    }
    default:
      throw new Error(`the encoding ${encoding} is not known`);
  }
}

/** Bits of a value, or of its length. */
const bits: Readonly<Partial<Record<ParquetType, number>>> = {
  BOOLEAN: 1,
  INT32: 32,
  INT64: 64,
  INT96: 96,
  FLOAT: 32,
  DOUBLE: 64,
  BYTE_ARRAY: 32,
};

/** @throws Error for fewer bytes than the values take */
export function checkPlain(reader: DataReader, column: Column, count: number): void {
  const { type, typeLength, longest } = column;
  const width = type === "FIXED_LEN_BYTE_ARRAY" ? 8 * typeLength : bits[type];
  if (!width) throw new Error(`values of the type ${type} have no width`);
  checkLength(type === "FIXED_LEN_BYTE_ARRAY" ? typeLength : 0, longest);
  const bytes = reader.view.byteLength - reader.offset;
  if (count * width > 8 * bytes) throw new Error(`a page of ${bytes} bytes says it has ${count} values`);
  if (type !== "BYTE_ARRAY") return;
  const { view } = reader;
  let { offset } = reader;
  for (let i = 0; i < count; i++) {
    const length = view.getUint32(offset, true);
    offset += 4;
    checkLength(length, Math.min(longest, view.byteLength - offset));
    offset += length;
  }
}

function checkIndices({ encoding, reader, count, dictionary, version2 }: Values, { type }: Column): void {
  const { view, offset } = reader;
  if (encoding === "RLE" ? type !== "BOOLEAN" : !dictionary)
    throw new Error(encoding === "RLE" ? `the encoding RLE of ${type}` : "a page has no dictionary");
  if (type === "BOOLEAN") {
    if (version2 && encoding !== "RLE") throw new Error(`the encoding ${encoding} of BOOLEAN`);
    checkRuns({ view, offset: offset + 4 }, 1, count, offset + 4 + view.getUint32(offset, true));
    return;
  }
  const width = view.getUint8(offset);
  if (width > 0 || version2) checkRuns({ view, offset: offset + 1 }, width, count, view.byteLength);
}

/**
 * Runs of equal values and groups of eight packed values: not more than there are values to come, but for the padding of the last group.
 *
 * @param width bits of a value @param end where the runs end at the last
 */
export function checkRuns({ view, offset }: DataReader, width: number, count: number, end: number): void {
  if (width > 32) throw new Error(`values of ${width} bits`);
  if (end > view.byteLength) throw new Error("a page's runs end behind it");
  const reader = { view, offset };
  for (let seen = 0; seen < count; ) {
    const header = readVarInt(reader);
    const [length, coming] = [header >>> 1, count - seen];
    const packed = (header & 1) === 1;
    const room = Math.floor((end - reader.offset) / Math.max(1, width)); // groups that the bytes hold
    if (header < 0 || room < 0 || length > (packed ? Math.max(room, Math.ceil(coming / 8)) : coming))
      throw new Error(`a run of ${length} where ${coming} values are to come`);
    reader.offset += packed ? Math.max(1, length * width) : (width + 7) >> 3; // hyparquet reads a byte of an empty group
    seen += packed ? 8 * length : length;
  }
}

/** Blocks of differences: each has as many as the first numbers say, in bit widths that stand before them. */
function checkDeltas({ view, offset }: DataReader, count: number): void {
  const reader = { view, offset };
  const [block, parts, total] = [readVarInt(reader), readVarInt(reader), readVarInt(reader)];
  const inPart = block / parts;
  if (!(block > 0 && parts > 0 && inPart % 32 === 0))
    throw new Error(`a block of ${block} values in ${parts} parts`);
  if (total !== count) throw new Error(`${total} values where ${count} are to come`);
  skipNumber(reader); // the first value
  for (let seen = 1; seen < count; seen += block) {
    skipNumber(reader); // the least difference
    const widths = reader.offset;
    reader.offset += parts;
    for (let i = 0; i < parts && seen + i * inPart < count; i++) {
      const width = view.getUint8(widths + i);
      if (width > 64) throw new Error(`differences of ${width} bits`);
      reader.offset += (inPart * width) / 8;
    }
  }
}

/** Lengths that stand before the texts. */
function lengthsOf(reader: DataReader, count: number): Int32Array {
  const lengths = new Int32Array(count);
  checkDeltas(reader, count);
  deltaBinaryUnpack(reader, count, lengths);
  return lengths;
}

/** @param prefixes bytes with which each begins as the one before it: together they can be far longer than the page @param rests bytes that follow */
function checkTexts(
  prefixes: Int32Array,
  rests: Int32Array,
  { longest }: Column,
  take: (bytes: number) => void,
): void {
  let length = 0;
  for (let i = 0; i < rests.length; i++) {
    const [prefix, rest] = [prefixes[i]!, rests[i]!];
    if (prefix < 0 || rest < 0 || prefix > length)
      throw new Error(`a text begins with ${prefix} bytes of one that has ${length}, and has ${rest} more`);
    length = prefix + rest;
    checkLength(length, longest);
    if (prefix > 0) take(length);
  }
}

function checkLength(bytes: number, longest: number): void {
  if (bytes > longest) throw new Error(`a value of ${bytes} bytes where it has at most ${longest}`);
}
