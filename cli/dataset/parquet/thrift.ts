/**
 * Parquet's headers are structures in Thrift's compact protocol. hyparquet takes memory for as many elements as a list says it has, so
 * a file of a kilobyte could ask for gigabytes; this walks over a structure first, and takes none.
 */
import type { DataReader } from "hyparquet";

/** The types of the protocol that Parquet uses. */
const types = {
  stop: 0,
  true: 1,
  false: 2,
  byte: 3,
  int16: 4,
  int32: 5,
  int64: 6,
  double: 7,
  binary: 8,
  list: 9,
  struct: 12,
} as const;

/** Parquet's own headers nest to eight. */
const mostLevels = 32;
/** What 64 bits take at seven a byte. */
const longestNumber = 10;

/** Moves behind a structure. @throws Error where its bytes do not hold what it says */
export function skipStruct(reader: DataReader, levels = 0): void {
  if (levels > mostLevels) throw new Error(`a header nests deeper than ${mostLevels} levels`);
  for (;;) {
    const field = reader.view.getUint8(reader.offset++);
    const type = field & 15;
    if (type === types.stop) return;
    if (field >> 4 === 0) skipNumber(reader);
    if (type !== types.true && type !== types.false) skipElement(reader, type, levels);
  }
}

/** Moves behind a number of any width. @throws Error for one of more than 64 bits, which takes a time that grows with its square */
export function skipNumber(reader: DataReader): void {
  for (let i = 0; i < longestNumber; i++) if (reader.view.getUint8(reader.offset++) < 128) return;
  throw new Error("a number has more than 64 bits");
}

function skipElement(reader: DataReader, type: number, levels: number): void {
  switch (type) {
    case types.true:
    case types.false:
    case types.byte:
      skipBytes(reader, 1);
      break;
    case types.int16:
    case types.int32:
    case types.int64:
      skipNumber(reader);
      break;
    case types.double:
      skipBytes(reader, 8);
      break;
    case types.binary:
      skipBytes(reader, readLength(reader));
      break;
    case types.list:
      skipList(reader, levels);
      break;
    case types.struct:
      skipStruct(reader, levels + 1);
      break;
    default:
      throw new Error(`a header has a field of the type ${type}`);
  }
}

function skipList(reader: DataReader, levels: number): void {
  if (levels > mostLevels) throw new Error(`a header nests deeper than ${mostLevels} levels`);
  const start = reader.view.getUint8(reader.offset++);
  const length = start >> 4 === 15 ? readLength(reader) : start >> 4;
  if (length > left(reader)) throw new Error(`a list of ${length} elements has ${left(reader)} bytes`);
  for (let i = 0; i < length; i++) skipElement(reader, start & 15, levels + 1);
}

function skipBytes(reader: DataReader, bytes: number): void {
  if (bytes > left(reader)) throw new Error("a header ends before its last field");
  reader.offset += bytes;
}

/** A length of 32 bits. */
function readLength(reader: DataReader): number {
  let length = 0;
  for (let place = 1; place < 2 ** 35; place *= 128) {
    const byte = reader.view.getUint8(reader.offset++);
    length += (byte & 127) * place;
    if (byte < 128) return length;
  }
  throw new Error("a length has more than 32 bits");
}

function left({ view, offset }: DataReader): number {
  return view.byteLength - offset;
}
