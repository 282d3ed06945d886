/**
 * Flatbuffers, the form of TFLite files: tables whose fields are found by offsets. Every offset is checked before it is followed, and a
 * file that leads to the same bytes over and over is given up.
 */
import { AnygradError } from "../../errors.ts";

/** What is read of a file. */
class Reading {
  readonly view: DataView;
  /** How many bytes may still be read: files have few parts that are read twice. */
  #left: number;

  constructor(bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#left = 16 * bytes.byteLength + 65_536;
  }

  get size(): number {
    return this.view.byteLength;
  }

  /** @throws AnygradError DATA_FORMAT for bytes that are not there */
  check(at: number, bytes: number): void {
    this.#left -= bytes;
    if (this.#left < 0) throw damaged("its parts lie within one another");
    if (at < 0 || at + bytes > this.size)
      throw damaged(`${bytes} bytes at ${at} are beyond its end, ${this.size}`);
  }

  /** Where an offset leads. */
  follow(at: number): number {
    this.check(at, 4);
    return at + this.view.getUint32(at, true);
  }
}

/** @throws AnygradError */
export const damaged = (what: string): AnygradError =>
  new AnygradError("DATA_FORMAT", `the file is damaged: ${what}`);

/** A type of numbers. */
export type NumberKind = "bool" | "byte" | "ubyte" | "ushort" | "int" | "uint" | "float" | "long";

type Reader = readonly [bytes: number, read: (view: DataView, at: number) => number];

/** Numbers of a table or list: how many bytes they have, and what reads them. */
const readers: Readonly<Record<NumberKind, Reader>> = {
  bool: [1, (view, at) => view.getUint8(at)],
  byte: [1, (view, at) => view.getInt8(at)],
  ubyte: [1, (view, at) => view.getUint8(at)],
  ushort: [2, (view, at) => view.getUint16(at, true)],
  int: [4, (view, at) => view.getInt32(at, true)],
  uint: [4, (view, at) => view.getUint32(at, true)],
  float: [4, (view, at) => view.getFloat32(at, true)],
  long: [8, (view, at) => Number(view.getBigInt64(at, true))],
};

/** A table of a file: its fields by their places in the schema. */
export class Table {
  readonly #reading: Reading;
  readonly #at: number;
  readonly #fields: number;
  readonly #count: number;
  readonly #size: number;

  private constructor(reading: Reading, at: number) {
    this.#reading = reading;
    this.#at = at;
    reading.check(at, 4);
    this.#fields = at - reading.view.getInt32(at, true);
    reading.check(this.#fields, 4);
    const bytes = reading.view.getUint16(this.#fields, true);
    this.#size = reading.view.getUint16(this.#fields + 2, true);
    if (bytes < 4 || bytes % 2 !== 0 || this.#size < 4)
      throw damaged(`the table at ${at} has no list of fields`);
    this.#count = (bytes - 4) / 2;
    reading.check(this.#fields, bytes);
    reading.check(at, this.#size);
  }

  /** The outermost table. @throws AnygradError DATA_FORMAT */
  static root(bytes: Uint8Array): Table {
    const reading = new Reading(bytes);
    return new Table(reading, reading.follow(0));
  }

  /** Where a field is, undefined for one that has its default. */
  #place(field: number, bytes: number): number | undefined {
    if (field >= this.#count) return undefined;
    const offset = this.#reading.view.getUint16(this.#fields + 4 + 2 * field, true);
    if (offset === 0) return undefined;
    if (offset + bytes > this.#size)
      throw damaged(`the field ${field} of the table at ${this.#at} is outside of it`);
    return this.#at + offset;
  }

  number(field: number, kind: NumberKind, byDefault: number = 0): number {
    const [bytes, read] = readers[kind];
    const at = this.#place(field, bytes);
    return at === undefined ? byDefault : read(this.#reading.view, at);
  }

  #target(field: number): number | undefined {
    const at = this.#place(field, 4);
    return at === undefined ? undefined : this.#reading.follow(at);
  }

  table(field: number): Table | undefined {
    const at = this.#target(field);
    return at === undefined ? undefined : new Table(this.#reading, at);
  }

  /** Where a list begins, and how many are in it. */
  #list(field: number, bytes: number): { from: number; count: number } | undefined {
    const at = this.#target(field);
    if (at === undefined) return undefined;
    this.#reading.check(at, 4);
    const count = this.#reading.view.getUint32(at, true);
    this.#reading.check(at + 4, count * bytes);
    return { from: at + 4, count };
  }

  numbers(field: number, kind: NumberKind): number[] | undefined {
    const [bytes, read] = readers[kind];
    const list = this.#list(field, bytes);
    return (
      list && Array.from({ length: list.count }, (_, i) => read(this.#reading.view, list.from + bytes * i))
    );
  }

  /** A list of bytes, not copied. */
  bytes(field: number): Uint8Array | undefined {
    const list = this.#list(field, 1);
    const { buffer, byteOffset } = this.#reading.view;
    return list && new Uint8Array(buffer, byteOffset + list.from, list.count);
  }

  text(field: number): string {
    return new TextDecoder().decode(this.bytes(field) ?? new Uint8Array(0));
  }

  tables(field: number): Table[] {
    const list = this.#list(field, 4);
    if (!list) return [];
    return Array.from(
      { length: list.count },
      (_, i) => new Table(this.#reading, this.#reading.follow(list.from + 4 * i)),
    );
  }
}
