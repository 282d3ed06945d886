/**
 * Types of the numbers that files of other libraries hold, and how their bytes become typed arrays. Where JavaScript has no
 * array of a type, the next larger one that keeps every value stands for it: half-precision floats become a Float32Array.
 */

/** A type of numbers in a file. */
export type ElementType =
  | "float16"
  | "bfloat16"
  | "float32"
  | "float64"
  | "int8"
  | "uint8"
  | "int16"
  | "uint16"
  | "int32"
  | "uint32"
  | "int64"
  | "uint64"
  | "bool";

/** Numbers as JavaScript holds them; of "bool" a Uint8Array of 0 and 1, of "float16" and "bfloat16" a Float32Array. */
export type Elements =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/** An array of a file of another library. */
export interface ForeignArray {
  /** The size of each axis, outermost first; empty for a single number. */
  readonly shape: readonly number[];
  /** The type of its numbers in the file. */
  readonly dtype: ElementType;
  /** The numbers, row-major. */
  readonly data: Elements;
}

/** Bytes that a number of each type takes in a file. */
export const bytesOfElement: Readonly<Record<ElementType, number>> = {
  float16: 2,
  bfloat16: 2,
  float32: 4,
  float64: 8,
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  int64: 8,
  uint64: 8,
  bool: 1,
};

/** Memory for arrays that are read one after the other, each in the place of the one before: use them before the next. */
export class Scratch {
  readonly #capacity: number;
  #buffer: ArrayBuffer | undefined;

  /** @param capacity bytes of the largest array; larger ones get memory of their own */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** So many bytes, which hold anything. */
  bytes(size: number): Uint8Array<ArrayBuffer> {
    if (size > this.#capacity) return new Uint8Array(size);
    this.#buffer ??= new ArrayBuffer(this.#capacity);
    return new Uint8Array(this.#buffer, 0, size);
  }
}

/** How numbers lie in a file, and where they may go. */
export interface ReadingElements {
  /** Each number's highest byte comes first. Default false. */
  readonly isBigEndian?: boolean;
  /** Where numbers go that cannot stay where they are. Default: memory of their own. */
  readonly scratch?: Scratch | undefined;
}

/** The numbers that these bytes are: a view of them where numbers may lie so, else a copy. */
export function elementsOf(
  type: ElementType,
  bytes: Uint8Array,
  { isBigEndian = false, scratch }: ReadingElements = {},
): Elements {
  const size = bytesOfElement[type];
  const count = bytes.length / size;
  if (!Number.isInteger(count)) throw new RangeError(`${bytes.length} bytes are no whole ${type} numbers`);
  const room = (length: number): Uint8Array => scratch?.bytes(length) ?? new Uint8Array(length);
  if (type === "float16" || type === "bfloat16") {
    const { buffer, byteOffset } = room(4 * count);
    const [high, low] = isBigEndian ? [0, 1] : [1, 0];
    const bitsAt = (i: number): number => (bytes[2 * i + high]! << 8) | bytes[2 * i + low]!;
    if (type === "float16") {
      const values = new Float32Array(buffer, byteOffset, count);
      for (let i = 0; i < count; i++) values[i] = fromFloat16(bitsAt(i));
      return values;
    }
    const bits = new Uint32Array(buffer, byteOffset, count);
    for (let i = 0; i < count; i++) bits[i] = bitsAt(i) << 16;
    return new Float32Array(buffer, byteOffset, count);
  }
  let held = bytes;
  if (isBigEndian || bytes.byteOffset % size !== 0) {
    held = room(bytes.length);
    held.set(bytes);
    if (isBigEndian) swapBytes(held, size);
  }
  return new arrays[type](held.buffer as ArrayBuffer, held.byteOffset, count);
}

/** The numbers that these bytes are, in memory of their own. */
export function copiedElementsOf(type: ElementType, bytes: Uint8Array, isBigEndian?: boolean): Elements {
  return apartFrom(bytes, elementsOf(type, bytes, { isBigEndian: isBigEndian === true }));
}

/** The numbers, copied where they lie in these bytes. */
export const apartFrom = ({ buffer }: Uint8Array, numbers: Elements): Elements =>
  numbers.buffer === buffer ? numbers.slice() : numbers;

/** The arrays that JavaScript has of each type. */
const arrays = {
  float32: Float32Array,
  float64: Float64Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  bool: Uint8Array,
} as const;

function swapBytes(bytes: Uint8Array, size: number): void {
  for (let at = 0; at + size <= bytes.length; at += size) bytes.subarray(at, at + size).reverse();
}

/** The type in which a typed array is written, and of a list of numbers float32. */
export function elementTypeOf(data: Elements): ElementType {
  const name = Object.prototype.toString.call(data).slice(8, -6); // of any realm
  return name.startsWith("Big")
    ? (name.slice(3).toLowerCase() as ElementType)
    : (name.toLowerCase() as ElementType);
}

/** The bytes of these numbers in a file, lowest byte first; half-precision floats are rounded to the nearest, ties to even. */
export function bytesOfElements(data: Elements, type: ElementType): Uint8Array {
  if (type === "float16") return viewOf(Uint16Array.from(data as Float32Array, toFloat16));
  if (type === "bfloat16") return viewOf(Uint16Array.from(data as Float32Array, toBfloat16));
  return viewOf(data);
}

const viewOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** The numbers as 32-bit floats: without a copy where they are that already. */
export function floatsOf(data: Elements): Float32Array {
  if (elementTypeOf(data) === "float32") return data as Float32Array;
  if (typeof data[0] === "bigint")
    return Float32Array.from(data as BigInt64Array as Iterable<bigint>, Number);
  return Float32Array.from(data as Float64Array);
}

/** A half-precision float by its bits (IEEE 754 binary16). */
export function fromFloat16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  if (exponent === 0) return sign * fraction * 5.9604644775390625e-8; // times 2^-24: a subnormal
  // 2^(exponent - 25), exactly, times a fraction that has its leading one
  return exponent < 25
    ? (sign * (1024 + fraction)) / (1 << (25 - exponent))
    : sign * (1024 + fraction) * (1 << (exponent - 25));
}

/** A number as a 32-bit float, and its bits. */
const single: DataView = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(4));

function bitsOf(value: number): number {
  single.setFloat32(0, value);
  return single.getUint32(0);
}

/** The bits of the half-precision float nearest to a number, ties to even. */
export function toFloat16(value: number): number {
  const bits = bitsOf(value);
  const sign = (bits >>> 16) & 0x8000;
  const size = bits & 0x7fffffff;
  if (size > 0x7f800000) return sign | 0x7e00; // NaN
  if (size >= 0x477ff000) return sign | 0x7c00; // rounds to infinity
  if (size < 0x38800000) {
    // a subnormal: 32-bit floats behind one half have just its steps, of 2^-24
    return sign | (bitsOf(Math.abs(single.getFloat32(0)) + 0.5) - 0x3f000000);
  }
  const odd = (size >>> 13) & 1;
  return sign | ((size - 0x38000000 + 0xfff + odd) >>> 13);
}

/** The bits of the bfloat16 nearest to a number, ties to even. */
function toBfloat16(value: number): number {
  const bits = bitsOf(value);
  if ((bits & 0x7fffffff) > 0x7f800000) return (bits >>> 16) | 0x40; // a NaN stays one
  return (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
}
