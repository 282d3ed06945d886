/** safetensors as the format in which models are saved: a length, a JSON header with names, shapes and offsets, then the numbers. */
import type { ArrayFile, ArrayFormat, NamedArray, WrittenFile } from "../arrays.ts";
import { bytesOfElement, bytesOfElements, elementsOf, elementTypeOf, floatsOf } from "../elements.ts";
import {
  damaged,
  dtypes,
  headerLength,
  lengthBytes,
  metadataKey,
  type RawEntry,
  readHeader,
} from "./header.ts";

/** The bytes of a safetensors file. They depend on the arrays, their order and the metadata alone. */
export function encodeSafetensors({ tensors, metadata }: WrittenFile): Uint8Array<ArrayBuffer> {
  const header: [string, RawEntry | Readonly<Record<string, string>>][] = [[metadataKey, metadata]];
  let end = 0;
  for (const { name, shape, data, dtype = elementTypeOf(data) } of tensors) {
    const to = end + bytesOfElement[dtype] * data.length;
    header.push([name, { dtype: dtypes[dtype], shape: [...shape], data_offsets: [end, to] }]);
    end = to;
  }
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  // the header is padded with spaces so that the numbers start at a multiple of 8
  const padded = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(lengthBytes + padded + end).fill(0x20, lengthBytes, lengthBytes + padded);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true);
  bytes.set(text, lengthBytes);
  let at = lengthBytes + padded;
  for (const { data, dtype = elementTypeOf(data) } of tensors) {
    const part = bytesOfElements(data, dtype);
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/**
 * The arrays, as 32-bit floats, and texts of a safetensors file.
 * @throws AnygradError DATA_FORMAT for bytes that are no whole file
 */
export function decodeSafetensors(bytes: Uint8Array): ArrayFile {
  if (bytes.length < lengthBytes) throw damaged(`it has only ${bytes.length} bytes`);
  const length = headerLength(bytes, bytes.length);
  const { entries, metadata } = readHeader(bytes.subarray(lengthBytes, lengthBytes + length), bytes.length);
  const tensors = entries.map(
    ({ name, shape, dtype, from, to }): NamedArray => ({
      name,
      shape,
      data: floatsOf(elementsOf(dtype, bytes.subarray(from, to))),
    }),
  );
  return { tensors, metadata };
}

/** The format's line in src/io/formats.ts. A file begins with its header's length; then the header's "{" follows. */
export const safetensors: ArrayFormat = {
  recognizes: (bytes) => bytes[lengthBytes] === 0x7b,
  read: decodeSafetensors,
  write: encodeSafetensors,
};
