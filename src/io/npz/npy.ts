/**
 * The .npy format of NumPy: a magic number, a header that is a dictionary in Python's spelling, then the numbers. Reference: NumPy,
 * numpy.lib.format.
 */
import { AnygradError, quote } from "../../errors.ts";
import { sizeOf } from "../../math/shape.ts";
import {
  bytesOfElement,
  bytesOfElements,
  copiedElementsOf,
  type Elements,
  type ElementType,
  type ForeignArray,
} from "../elements.ts";
import type { CheckedArray } from "../given.ts";
import { copyStrided } from "../strided.ts";

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // \x93NUMPY
/** Names of types in headers, behind the order of their bytes. */
const descriptions: Readonly<Record<string, ElementType>> = {
  f2: "float16",
  f4: "float32",
  f8: "float64",
  i1: "int8",
  u1: "uint8",
  i2: "int16",
  u2: "uint16",
  i4: "int32",
  u4: "uint32",
  i8: "int64",
  u8: "uint64",
  b1: "bool",
};

/** Whether these bytes begin as .npy files do. */
export const isNpy = (bytes: Uint8Array): boolean => magic.every((byte, i) => bytes[i] === byte);

/** What the header of a file says. */
export interface NpyHeader {
  /** The order of the bytes and the type, as NumPy spells them: "<f4". */
  readonly description: string;
  /** The type; undefined for what is no number. */
  readonly dtype: ElementType | undefined;
  readonly isFortran: boolean;
  readonly shape: readonly number[];
  /** Where the numbers begin. */
  readonly end: number;
}

/** The header alone. @param name of the file, which errors name @throws AnygradError DATA_FORMAT */
export function npyHeader(name: string, bytes: Uint8Array): NpyHeader {
  if (!isNpy(bytes)) throw wrong(name, "its first bytes are not those of an .npy file");
  const version = bytes[6]!;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isShort = version === 1;
  const start = isShort ? 10 : 12;
  if (version < 1 || version > 3) throw wrong(name, `its version is ${version}, and 1 to 3 are known`);
  if (bytes.length < start) throw wrong(name, `it ends after ${bytes.length} bytes`);
  const end = start + (isShort ? view.getUint16(8, true) : view.getUint32(8, true));
  if (end > bytes.length) throw wrong(name, `its header ends at byte ${end}, the file at ${bytes.length}`);
  const header = readHeader(name, new TextDecoder().decode(bytes.subarray(start, end)));
  const known = "<>|=".includes(header.description[0]!);
  return { ...header, dtype: known ? descriptions[header.description.slice(1)] : undefined, end };
}

/**
 * The array of a file.
 * @param name of the file, which errors name @throws AnygradError DATA_FORMAT
 */
export function decodeNpy(name: string, bytes: Uint8Array): ForeignArray {
  const { description, dtype, isFortran, shape, end } = npyHeader(name, bytes);
  if (!dtype) throw unknownType(name, description);
  const size = sizeOf(shape);
  const wanted = bytesOfElement[dtype] * size;
  if (!Number.isSafeInteger(wanted) || bytes.length - end !== wanted)
    throw wrong(
      name,
      `the shape (${shape.join(", ").slice(0, 60)}) of ${dtype} takes ${wanted} bytes but ${bytes.length - end} follow`,
    );
  const data = copiedElementsOf(dtype, bytes.subarray(end), description[0] === ">");
  return { shape, dtype, data: isFortran && shape.length > 1 ? rowMajor(data, shape) : data };
}

function readHeader(
  name: string,
  header: string,
): { description: string; isFortran: boolean; shape: number[] } {
  const description = /'descr'\s*:\s*(?:'([^']*)'|(\[))/.exec(header);
  if (description?.[2])
    throw wrong(name, "it holds records of several types, which cannot be read; save each field as an array");
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(header)?.[1];
  const sizes = /'shape'\s*:\s*\(([\d,\sL]*)\)/.exec(header)?.[1];
  if (!description?.[1] || order === undefined || sizes === undefined)
    throw wrong(name, `its header ${quote(header.trim())} lacks descr, fortran_order or shape`);
  const shape = (sizes.match(/\d+/g) ?? []).map(Number);
  return { description: description[1], isFortran: order === "True", shape };
}

/** The numbers, of which the first axis lay together, with the last axis together. */
function rowMajor(data: Elements, shape: readonly number[]): Elements {
  const strides = shape.map((_, axis) => sizeOf(shape.slice(0, axis)));
  return copyStrided(data.slice() as Float64Array, data as Float64Array, shape, strides);
}

/** The bytes of a file of version 1. @throws AnygradError INVALID_ARGUMENT for a type that NumPy has not */
export function encodeNpy({ name, shape, data, dtype }: CheckedArray): Uint8Array<ArrayBuffer> {
  const code = Object.keys(descriptions).find((each) => descriptions[each] === dtype);
  if (code === undefined)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `npz: ${quote(name)} is ${dtype}, which NumPy has not; write it as float32, or float16`,
    );
  const order = bytesOfElement[dtype] === 1 ? "|" : "<";
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const text = `{'descr': '${order}${code}', 'fortran_order': False, 'shape': (${sizes}), }`;
  // spaces, so that the numbers begin at a multiple of 64, and a line's end
  const header = new TextEncoder().encode(`${text.padEnd(64 * Math.ceil((text.length + 11) / 64) - 11)}\n`);
  const numbers = bytesOfElements(data, dtype);
  const bytes = new Uint8Array(10 + header.length + numbers.length);
  bytes.set([...magic, 1, 0, header.length & 255, header.length >> 8]);
  bytes.set(header, 10);
  bytes.set(numbers, 10 + header.length);
  return bytes;
}

function unknownType(name: string, description: string): AnygradError {
  const kinds: Readonly<Record<string, string>> = {
    O: "Python objects, which only Python can read: convert them to numbers before np.savez",
    U: "texts: save them in another file, such as JSON",
    S: "texts: save them in another file, such as JSON",
    c: "complex numbers: save .real and .imag as two arrays",
    M: "dates: convert them to numbers",
    m: "times: convert them to numbers",
  };
  const kind = kinds[description[1] ?? ""] ?? "numbers of a type that is not known";
  return wrong(name, `it holds ${kind} (${quote(description)})`);
}

function wrong(name: string, what: string): AnygradError {
  return new AnygradError("DATA_FORMAT", `readNpz: ${quote(name)} cannot be read: ${what}`);
}
