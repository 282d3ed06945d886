/**
 * The header of a safetensors file: names, types, shapes and places of its arrays, and texts. Reference: huggingface/safetensors,
 * README, "Format".
 */
import { AnygradError } from "../../errors.ts";
import { sizeOf } from "../../math/shape.ts";
import { bytesOfElement, type ElementType } from "../elements.ts";
import { isObject, measuredJson } from "../json.ts";

/** An array's line in the header. */
export interface HeaderEntry {
  readonly name: string;
  readonly dtype: ElementType;
  readonly shape: readonly number[];
  /** Its first byte in the file, and the one behind its last. */
  readonly from: number;
  readonly to: number;
}

export interface Header {
  readonly entries: readonly HeaderEntry[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** What the header says of an array. */
export interface RawEntry {
  dtype: string;
  shape: readonly number[];
  data_offsets: readonly [number, number];
}

/** The name in the header under which texts stand. */
export const metadataKey = "__metadata__";
/** Bytes of the header's length, with which a file begins. */
export const lengthBytes = 8;
/** The longest header that is read; the reference implementation has this limit, too. */
const longestHeader = 100_000_000; // bytes

/** The names that files have for types of numbers. */
export const dtypes: Readonly<Record<ElementType, string>> = {
  float16: "F16",
  bfloat16: "BF16",
  float32: "F32",
  float64: "F64",
  int8: "I8",
  uint8: "U8",
  int16: "I16",
  uint16: "U16",
  int32: "I32",
  uint32: "U32",
  int64: "I64",
  uint64: "U64",
  bool: "BOOL",
};

/** How long the header is. @param start the first bytes of the file, at least 8 of them @throws AnygradError DATA_FORMAT */
export function headerLength(start: Uint8Array, fileSize: number): number {
  if (start.length < lengthBytes) throw damaged(`it has only ${start.length} bytes`);
  const length = Number(new DataView(start.buffer, start.byteOffset).getBigUint64(0, true));
  if (length > longestHeader || lengthBytes + length > fileSize)
    throw damaged(`its header should have ${length} bytes but the file has ${fileSize}`);
  return length;
}

/** @param text the bytes of the header behind its length @throws AnygradError DATA_FORMAT */
export function readHeader(text: Uint8Array, fileSize: number): Header {
  const header = parse(text);
  const metadata = header.get(metadataKey) ?? {};
  header.delete(metadataKey);
  if (!isTexts(metadata)) throw damaged("its metadata are not texts");
  const start = lengthBytes + text.length;
  const entries = [...header].map(([name, entry]) => readEntry(name, entry, start, fileSize));
  checkCover(entries, start, fileSize);
  return { entries, metadata };
}

/** The header of a whole file. @throws AnygradError DATA_FORMAT */
export function headerOf(file: Uint8Array): Header {
  const end = lengthBytes + headerLength(file.subarray(0, lengthBytes), file.length);
  return readHeader(file.subarray(lengthBytes, end), file.length);
}

function readEntry(name: string, raw: unknown, start: number, fileSize: number): HeaderEntry {
  if (!isEntry(raw)) throw damaged(`its entry "${name}" is no tensor`);
  const dtype = (Object.keys(dtypes) as ElementType[]).find((type) => dtypes[type] === raw.dtype);
  if (!dtype)
    throw damaged(`tensor "${name}" is ${raw.dtype}; known are ${Object.values(dtypes).join(", ")}`);
  const { shape } = raw;
  const [from, to] = raw.data_offsets;
  if (to - from !== bytesOfElement[dtype] * sizeOf(shape) || from < 0 || start + to > fileSize)
    throw damaged(`tensor "${name}" does not lie within its ${fileSize} bytes; it may be truncated`);
  return { name, dtype, shape, from: start + from, to: start + to };
}

/** Requires tensors one behind the other, without gaps, up to the end of the file. @throws AnygradError DATA_FORMAT */
function checkCover(entries: readonly HeaderEntry[], start: number, fileSize: number): void {
  let end = start;
  for (const { from, to } of entries.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    if (from !== end) throw damaged("its tensors overlap or leave gaps");
    end = to;
  }
  if (end !== fileSize) throw damaged(`it has ${fileSize - end} bytes behind its last tensor`);
}

function parse(bytes: Uint8Array): Map<string, unknown> {
  const header = measuredJson(bytes, (reason) => damaged(`its header ${reason}`));
  if (isObject(header)) return new Map(Object.entries(header));
  throw damaged("its header is no JSON object");
}

function isEntry(value: unknown): value is RawEntry {
  if (typeof value !== "object" || value === null) return false;
  const { dtype, shape, data_offsets: offsets } = value as Partial<RawEntry>;
  return (
    typeof dtype === "string" &&
    Array.isArray(shape) &&
    shape.every((n) => Number.isInteger(n) && n >= 0) &&
    Array.isArray(offsets) &&
    offsets.length === 2 &&
    offsets.every(Number.isInteger)
  );
}

function isTexts(value: unknown): value is Record<string, string> {
  return (
    typeof value === "object" && value !== null && Object.values(value).every((v) => typeof v === "string")
  );
}

/** The error for bytes that are no whole file. */
export function damaged(what: string): AnygradError {
  return new AnygradError(
    "DATA_FORMAT",
    `safetensors: this is not a whole safetensors file: ${what}; pass the bytes that save() gave`,
  );
}
