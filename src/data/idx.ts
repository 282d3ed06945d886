/**
 * The IDX format of the MNIST family: a magic number, the sizes, then the values, all big-endian.
 *
 *     byte 0, 1: zero · byte 2: type of the values · byte 3: number of dimensions d · d × u32: sizes · values
 *
 * LeCun, Cortes, Burges: "The MNIST database of handwritten digits" (1998), section "The IDX file format".
 */
import { AnygradError, quote } from "../errors.ts";
import { type ByteSource, bytesOf, checkBytes } from "../io/source.ts";
import { strictOptions } from "../math/options.ts";
import { sizeOf } from "../math/shape.ts";
import type { Dataset, DatasetOptions } from "./dataset.ts";
import { checkLabels } from "./given/labels.ts";
import { gunzip, isGzip } from "./gzip.ts";
import { printable } from "./printable.ts";

/** The values of an IDX file, as the type that its header names. */
export type IdxData = Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;

/** What an IDX file holds. */
export interface IdxArray {
  /** The size of each axis, outermost first: `[n, height, width]` for images, `[n]` for labels. */
  readonly shape: readonly number[];
  /** Row-major, in the byte order of the machine. */
  readonly data: IdxData;
}

interface IdxType {
  readonly bytes: number;
  readonly make: (length: number) => IdxData;
  readonly read: (view: DataView, at: number) => number;
}

const types: Readonly<Record<number, IdxType>> = {
  8: { bytes: 1, make: (n) => new Uint8Array(n), read: (view, at) => view.getUint8(at) },
  9: { bytes: 1, make: (n) => new Int8Array(n), read: (view, at) => view.getInt8(at) },
  11: { bytes: 2, make: (n) => new Int16Array(n), read: (view, at) => view.getInt16(at) },
  12: { bytes: 4, make: (n) => new Int32Array(n), read: (view, at) => view.getInt32(at) },
  13: { bytes: 4, make: (n) => new Float32Array(n), read: (view, at) => view.getFloat32(at) },
  14: { bytes: 8, make: (n) => new Float64Array(n), read: (view, at) => view.getFloat64(at) },
};

/** The sizes in a header that is whole. */
function shapeIn(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes[3]! }, (_, i) => view.getUint32(4 + 4 * i));
}

/** Bytes behind those that are promised, to see that there are more. */
const SPARE = 4096;

/** How many bytes of an unpacked file are looked at: those that its header promises, and enough to see that there are more. */
function promisedBytes(start: Uint8Array): number {
  const type = types[start[2] ?? 0];
  const header = 4 + 4 * (start[3] ?? 0);
  const promised = type && start.length >= header ? header + sizeOf(shapeIn(start)) * type.bytes : 0;
  return promised + SPARE;
}

/** Options of {@link readIdx}. */
export interface ReadIdxOptions {
  /** What the bytes are, for errors: a file's name. Default "IDX file". */
  readonly name?: string;
  /** The most bytes that the file may have, packed and unpacked; the default is large, for a server should be less. Default 2³¹. */
  readonly maxBytes?: number;
}

/**
 * Reads an IDX file, raw or gzipped. Bytes (the usual case) are a view into what was passed or unpacked.
 *
 * @param source bytes, as a view or ArrayBuffer, a Blob or File, a Response, or a promise of one
 * @param options or the name of the file alone
 * @example
 * ```js
 * import { readIdx } from "anygrad";
 *
 * const { shape, data } = await readIdx(new Uint8Array([0, 0, 8, 1, 0, 0, 0, 3, 7, 2, 1])); // bytes, one axis of 3
 * console.log(shape, data); // [3] Uint8Array(3) [7, 2, 1]
 * ```
 * @throws AnygradError DATA_FORMAT where it is no IDX file, cut off, longer than it says, or damaged gzip; MEMORY_LIMIT for more than `maxBytes`;
 *   DATA_DOWNLOAD for a response that is an error, INVALID_ARGUMENT for what holds no bytes
 */
export async function readIdx(
  source: ByteSource | PromiseLike<ByteSource>,
  options?: string | ReadIdxOptions,
): Promise<IdxArray> {
  const { name: subject = "IDX file", maxBytes } = strictOptions(
    "readIdx",
    typeof options === "string" ? { name: options } : options,
    "name:string maxBytes:number",
  );
  const given = await bytesOf(source, subject, "pass the bytes of a file, a Blob or a Response", maxBytes);
  const wanted = (start: Uint8Array): number => {
    const bytes = promisedBytes(start);
    checkBytes(subject, bytes - SPARE, maxBytes);
    return bytes;
  };
  const bytes = isGzip(given) ? await gunzip(given, subject, wanted) : given;
  const fail = (message: string): AnygradError => new AnygradError("DATA_FORMAT", `${subject}: ${message}`);

  const type = types[bytes[2] ?? 0];
  const dimensions = bytes[3] ?? 0;
  if (bytes.length < 4 || bytes[0] !== 0 || bytes[1] !== 0 || !type || dimensions === 0) {
    const start = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
    throw fail(
      `not an IDX file: it starts with ${start || "nothing"}; images start with 00 00 08 03, labels with 00 00 08 01`,
    );
  }
  const header = 4 + 4 * dimensions;
  if (bytes.length < header) throw fail(`cut off in its header after ${bytes.length} bytes; fetch it again`);

  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = shapeIn(bytes);
  const length = sizeOf(shape);
  const promised = header + length * type.bytes;
  if (bytes.length !== promised) {
    const [fault, advice] =
      bytes.length < promised ? ["cut off", "fetch it again"] : ["too long", "something is appended to it"];
    throw fail(
      `${fault}: sizes ${shape.join(" × ")} take ${promised} bytes, it has ${bytes.length}; ${advice}`,
    );
  }
  if (type.bytes === 1 && bytes[2] === 8) return { shape, data: bytes.subarray(header) };
  const data = type.make(length);
  for (let i = 0; i < length; i++) data[i] = type.read(view, header + i * type.bytes);
  return { shape, data };
}

/**
 * Joins an image file `[n, h, w]` or `[n, h, w, c]` of bytes and a label file `[n]` of whole numbers into a dataset
 * `[n, h, w, c]`. Of a label file `[n, k]`, such as QMNIST's, the first column is taken.
 *
 * @param options name and class names of the set; labels are checked against the number of class names
 * @throws AnygradError SHAPE_MISMATCH where the counts differ, DATA_FORMAT for other types, dimensions or labels out of range
 */
export function idxDataset(
  images: IdxArray,
  labels: IdxArray,
  given?: Pick<DatasetOptions, "name" | "classNames">,
): Dataset {
  const options = strictOptions("idxDataset", given, "name:string classNames:object");
  const subject = options.name ?? "IDX files";
  for (const [what, array] of Object.entries({ images, labels }))
    if (!Array.isArray(Object(array).shape) || !Object(array).data)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `${subject}: the ${what} are ${quote(array)}; pass what await readIdx(bytes) gave`,
      );
  const [n = 0, height = 0, width = 0, channels = 1] = images.shape;
  if (
    !(images.data instanceof Uint8Array) ||
    images.shape.length < 3 ||
    images.shape.length > 4 ||
    images.data.length === 0
  ) {
    throw new AnygradError(
      "DATA_FORMAT",
      `${subject}: the images have sizes ${images.shape.join(" × ")}; wanted bytes of n × height × width, none of them 0`,
    );
  }
  const [count = 0, columns = 1] = labels.shape;
  const { data } = labels;
  if (data instanceof Float32Array || data instanceof Float64Array || labels.shape.length > 2) {
    throw new AnygradError(
      "DATA_FORMAT",
      `${subject}: the labels have sizes ${labels.shape.join(" × ")}; wanted one byte an image (are the files swapped?)`,
    );
  }
  if (count !== n) {
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${subject}: there are ${n} images but ${count} labels; use the label file that belongs to the images`,
    );
  }
  // of several numbers an image, as QMNIST has, the first is the class
  const y =
    data instanceof Uint8Array && columns === 1
      ? data
      : Int32Array.from({ length: n }, (_, i) => data[i * columns]!);
  checkLabels(y, options.classNames?.length, subject);
  return printable({ ...options, x: images.data, y, shape: [n, height, width, channels] });
}
