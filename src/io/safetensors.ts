/**
 * The safetensors format: a length, a JSON header with names, shapes and offsets, then the numbers. Arrays of type F32 are
 * written and read; other types are refused. Reference: huggingface/safetensors, README, "Format".
 */
import { AnygradError } from "../errors.ts";
import { sizeOf } from "../math/shape.ts";
import type { ArrayFile, ArrayFormat, NamedArray } from "./arrays.ts";

interface HeaderEntry {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

const metadataKey = "__metadata__";
const lengthBytes = 8;
/** The longest header that is read; the reference implementation has this limit, too. */
const longestHeader = 100_000_000; // bytes

/** The bytes of a safetensors file. They depend on the tensors, their order and the metadata alone. */
export function writeSafetensors({ tensors, metadata }: ArrayFile): Uint8Array<ArrayBuffer> {
  const header: [string, HeaderEntry | Readonly<Record<string, string>>][] = [[metadataKey, metadata]];
  let end = 0;
  for (const { name, shape, data } of tensors) {
    header.push([name, { dtype: "F32", shape: [...shape], data_offsets: [end, end + 4 * data.length] }]);
    end += 4 * data.length;
  }
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  // the header is padded with spaces so that the numbers start at a multiple of 8
  const padded = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(lengthBytes + padded + end).fill(0x20, lengthBytes, lengthBytes + padded);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true);
  bytes.set(text, lengthBytes);
  const view = new DataView(bytes.buffer, lengthBytes + padded);
  let at = 0;
  for (const { data } of tensors) for (const value of data) view.setFloat32(4 * at++, value, true);
  return bytes;
}

/**
 * The arrays and texts of a safetensors file.
 * @throws AnygradError DATA_FORMAT for bytes that are no whole file of F32 arrays
 */
export function readSafetensors(bytes: Uint8Array): ArrayFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < lengthBytes) throw damaged(`it has only ${bytes.length} bytes`);
  const length = Number(view.getBigUint64(0, true));
  if (length > longestHeader || lengthBytes + length > bytes.length)
    throw damaged(`its header should have ${length} bytes but the file has ${bytes.length}`);
  const header = parseHeader(bytes.subarray(lengthBytes, lengthBytes + length));
  const metadata = header.get(metadataKey) ?? {};
  header.delete(metadataKey);
  if (!isTexts(metadata)) throw damaged("its metadata are not texts");
  const start = lengthBytes + length;
  const tensors = [...header].map(([name, entry]) => readTensor(view, start, name, entry));
  checkCover([...header.values()].filter(isEntry), bytes.length - start);
  return { tensors, metadata };
}

function readTensor(view: DataView, start: number, name: string, entry: unknown): NamedArray {
  if (!isEntry(entry)) throw damaged(`its entry "${name}" is no tensor`);
  const { dtype, shape, data_offsets: offsets } = entry;
  const [from, to] = offsets;
  if (dtype !== "F32") throw damaged(`tensor "${name}" is ${dtype}; only F32 can be read`);
  const size = sizeOf(shape);
  if (to - from !== 4 * size || from < 0 || start + to > view.byteLength)
    throw damaged(`tensor "${name}" does not lie within its ${view.byteLength} bytes; it may be truncated`);
  const data = Float32Array.from({ length: size }, (_, i) => view.getFloat32(start + from + 4 * i, true));
  return { name, shape, data };
}

/** Requires tensors one behind the other, without gaps, up to the end of the file. @throws AnygradError DATA_FORMAT */
function checkCover(entries: readonly HeaderEntry[], bytes: number): void {
  let end = 0;
  const offsets = entries.map((entry) => entry.data_offsets).sort(([a, b], [c, d]) => a - c || b - d);
  for (const [from, to] of offsets) {
    if (from !== end) throw damaged("its tensors overlap or leave gaps");
    end = to;
  }
  if (end !== bytes) throw damaged(`it has ${bytes - end} bytes behind its last tensor`);
}

function parseHeader(bytes: Uint8Array): Map<string, unknown> {
  try {
    const header: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (typeof header === "object" && header !== null && !Array.isArray(header))
      return new Map(Object.entries(header));
  } catch {
    // the same error as for JSON that is no object
  }
  throw damaged("its header is no JSON object");
}

function isEntry(value: unknown): value is HeaderEntry {
  if (typeof value !== "object" || value === null) return false;
  const { dtype, shape, data_offsets: offsets } = value as Partial<HeaderEntry>;
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

/** The format's line in src/io/formats.ts. A file begins with its header's length; then the header's "{" follows. */
export const safetensors: ArrayFormat = {
  recognizes: (bytes) => bytes[lengthBytes] === 0x7b,
  read: readSafetensors,
  write: writeSafetensors,
};

function damaged(what: string): AnygradError {
  return new AnygradError(
    "DATA_FORMAT",
    `safetensors: this is not a whole safetensors file: ${what}; pass the bytes that save() gave`,
  );
}
