/**
 * A file in HDF5 and a place in it, from which numbers are read one after the other, lowest byte first. Nothing is read from outside
 * the file, and nothing larger than it is made: what a damaged file says of itself ends in an error.
 */

/** What is wrong with the bytes; `readHdf5` makes the user's error of it. */
export class Damaged extends Error {}

/** What is right and beyond this reader; `readHdf5` makes the user's error of it. */
export class Unsupported extends Error {}

/** The sizes of numbers in a file, by which addresses and lengths are read. */
export interface Sizes {
  /** Bytes of an address. */
  readonly offset: number;
  /** Bytes of a length. */
  readonly length: number;
}

export class Cursor {
  /** The file. */
  readonly bytes: Uint8Array;
  /** Where the next number is read. */
  at: number;
  readonly #view: DataView;
  readonly #sizes: Sizes;
  readonly #end: number;

  /** @param end behind the last byte that may be read */
  constructor(
    bytes: Uint8Array,
    at: number,
    sizes: Sizes = { offset: 8, length: 8 },
    end: number = bytes.length,
    view: DataView = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  ) {
    if (!(at >= 0 && at <= end && end <= bytes.length))
      throw new Damaged(`byte ${at} of ${bytes.length} is wanted`);
    this.bytes = bytes;
    this.at = at;
    this.#sizes = sizes;
    this.#end = end;
    this.#view = view;
  }

  /** A cursor elsewhere in the file. @param size bytes that it may read from there; default to the file's end */
  to(at: number, size: number = this.bytes.length - at): Cursor {
    return new Cursor(this.bytes, at, this.#sizes, at + size, this.#view);
  }

  /** Passes over bytes. @returns the place before them */
  skip(count: number): number {
    const { at } = this;
    if (at + count > this.#end)
      throw new Damaged(`it ends at byte ${this.#end}, within what begins at ${at}`);
    this.at += count;
    return at;
  }

  get left(): number {
    return this.#end - this.at;
  }

  u8(): number {
    return this.#view.getUint8(this.skip(1));
  }

  u16(): number {
    return this.#view.getUint16(this.skip(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.skip(4), true);
  }

  /** A number of so many bytes. @throws Damaged for one that no file is long enough for */
  number(size: number): number {
    const from = this.skip(size);
    const value = this.#valueAt(from, size);
    if (value > Number.MAX_SAFE_INTEGER) throw new Damaged(`a number at byte ${from} is too large`);
    return value;
  }

  /** An address; undefined where there is none. */
  address(): number | undefined {
    const from = this.skip(this.#sizes.offset);
    let at = from;
    while (at < this.at && this.bytes[at] === 255) at++;
    if (at === this.at) return undefined;
    this.at = from;
    return this.number(this.#sizes.offset);
  }

  #valueAt(from: number, size: number): number {
    let value = 0;
    for (let i = size - 1; i >= 0; i--) value = value * 256 + this.bytes[from + i]!;
    return value;
  }

  /** An address that must lead somewhere. */
  place(): number {
    const { at } = this;
    const address = this.address();
    if (address === undefined) throw new Damaged(`an address at byte ${at} is missing`);
    return address;
  }

  length(): number {
    return this.number(this.#sizes.length);
  }

  /** So many bytes, as a view. */
  take(count: number): Uint8Array {
    const from = this.skip(count);
    return this.bytes.subarray(from, from + count);
  }

  /** Four letters that must stand here. */
  signature(wanted: string): this {
    const found = String.fromCharCode(...this.take(4));
    if (found !== wanted) throw new Damaged(`${wanted} is missing at byte ${this.at - 4}`);
    return this;
  }

  /** A text up to a zero. */
  text(): string {
    const end = this.bytes.indexOf(0, this.at);
    if (end < 0 || end >= this.#end) throw new Damaged(`a text at byte ${this.at} has no end`);
    const text = textOf(this.take(end - this.at));
    this.at++;
    return text;
  }
}

const decoder: TextDecoder = /* @__PURE__ */ new TextDecoder();

/** Bytes as a text, up to the first zero. */
export function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return decoder.decode(end < 0 ? bytes : bytes.subarray(0, end));
}
