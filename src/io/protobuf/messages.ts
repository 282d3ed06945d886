/**
 * Messages of protobuf as plain objects, by tables of their fields, over the reader and writer of @bufbuild/protobuf (Apache-2.0 and
 * BSD-3-Clause, 4 kB of it). Fields that a table lacks are passed over. How deep and how many messages may be has bounds, so that
 * hostile bytes end in an error and not in the engine's.
 */
import { BinaryReader, BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { AnygradError } from "../../errors.ts";

/** Whole numbers of 64 bits are numbers by "int64" and "uint64", and bigints, which lose none, by "bigUint64" and "bigSint64". */
type Numeric = "int64" | "uint64" | "bigUint64" | "bigSint64" | "bool" | "float" | "double";
type Scalar = Numeric | "string" | "bytes";

interface Field {
  readonly name: string;
  /** How it is written; the name of a message. */
  readonly kind: string;
  readonly isList: boolean;
  /** Undefined where it is left out, in place of 0 or an empty text. */
  readonly isOptional: boolean;
}

/** Messages within messages: none go deeper, and many thousands would end the stack. */
const deepest = 32;
/** Messages within one: each takes memory of its own, be it of two bytes. */
const mostMessages = 2_000_000;

/** Reads and writes messages of a kind of file or protocol. */
export class MessageFormat<Name extends string = string> {
  readonly #messages: Readonly<Record<Name, string>>;
  /** The fields of each message by their numbers, read from the table once. */
  readonly #fields = new Map<string, ReadonlyMap<number, Field>>();

  /** @param messages the fields of each as "number name kind, …", a list with "[]", one that is undefined where it is left out with "?" */
  constructor(messages: Readonly<Record<Name, string>>) {
    this.#messages = messages;
  }

  /** The bytes of a message; fields that are undefined are left out. */
  encode(name: Name, value: object): Uint8Array<ArrayBuffer> {
    const writer = new BinaryWriter();
    this.#write(writer, name, value as Readonly<Record<string, unknown>>);
    return writer.finish();
  }

  /**
   * A message's fields; lists and numbers that are left out are empty and 0, messages undefined.
   * @throws Error for what is no such message; AnygradError MEMORY_LIMIT for one of more parts than any has
   */
  decode(name: Name, bytes: Uint8Array): unknown {
    return this.#read(name, bytes, 0, { messages: 0 });
  }

  /** Whether bytes begin as the message does: with fields of the table, up to that one; they may be damaged further on. */
  isBegun(name: Name, bytes: Uint8Array, upTo: string): boolean {
    const fields = this.#fieldsOf(name);
    const reader = new BinaryReader(bytes);
    try {
      while (reader.pos < reader.len) {
        const [number, wireType] = reader.tag();
        const field = fields.get(number);
        if (!field || wireOf(field.kind) !== wireType) return false;
        if (field.name === upTo) return true;
        reader.skip(wireType, number);
      }
    } catch {
      // it ends within a field, or is none
    }
    return false;
  }

  #isMessage(kind: string): kind is Name {
    return Object.hasOwn(this.#messages, kind);
  }

  #fieldsOf(message: Name): ReadonlyMap<number, Field> {
    let found = this.#fields.get(message);
    if (!found) {
      const texts = this.#messages[message].split(", ").filter((text) => text !== "");
      found = new Map(
        texts.map((text) => {
          const [number, name, kind] = text.split(" ") as [string, string, string];
          const field = {
            name,
            kind: kind.replace(/\[\]|\?/, ""),
            isList: kind.endsWith("[]"),
            isOptional: kind.endsWith("?"),
          };
          return [Number(number), field];
        }),
      );
      this.#fields.set(message, found);
    }
    return found;
  }

  #write(writer: BinaryWriter, message: Name, parts: Readonly<Record<string, unknown>>): void {
    for (const [number, { name, kind, isList }] of this.#fieldsOf(message)) {
      const value = parts[name];
      if (value === undefined) continue;
      const list = isList ? (value as readonly unknown[]) : [value];
      if (isList && isNumeric(kind)) {
        if (list.length === 0) continue;
        writer.tag(number, WireType.LengthDelimited).fork();
        for (const each of list) writeScalar(writer, kind, each);
        writer.join();
        continue;
      }
      for (const each of list) {
        writer.tag(number, wireOf(kind));
        if (this.#isMessage(kind)) {
          writer.fork();
          this.#write(writer, kind, each as Readonly<Record<string, unknown>>);
          writer.join();
        } else writeScalar(writer, kind as Scalar, each);
      }
    }
  }

  #read(message: Name, bytes: Uint8Array, depth: number, count: { messages: number }): unknown {
    if (depth > deepest) throw new RangeError(`messages lie deeper than ${deepest} within one another`);
    if (++count.messages > mostMessages)
      throw new AnygradError("MEMORY_LIMIT", `there are more than ${mostMessages} parts`);
    const fields = this.#fieldsOf(message);
    const result: Record<string, unknown> = {};
    for (const { name, kind, isList, isOptional } of fields.values())
      result[name] = isList ? [] : isOptional || this.#isMessage(kind) ? undefined : emptyOf(kind as Scalar);
    const reader = new BinaryReader(bytes);
    while (reader.pos < reader.len) {
      const [number, wireType] = reader.tag();
      const field = fields.get(number);
      if (!field) {
        reader.skip(wireType, number);
        continue;
      }
      const { name, kind, isList } = field;
      if (isList && wireType === WireType.LengthDelimited && isNumeric(kind)) {
        const inner = new BinaryReader(reader.bytes());
        const list = result[name] as unknown[];
        while (inner.pos < inner.len) list.push(readScalar(inner, kind));
        continue;
      }
      if (wireType !== wireOf(kind)) throw new TypeError(`the field ${name} is damaged`);
      const value = this.#isMessage(kind)
        ? this.#read(kind, reader.bytes(), depth + 1, count)
        : readScalar(reader, kind as Scalar);
      if (isList) (result[name] as unknown[]).push(value);
      else result[name] = value;
    }
    return result;
  }
}

/** Whether values are numbers, of which lists lie packed. */
const isNumeric = (kind: string): kind is Numeric => wireOf(kind) !== WireType.LengthDelimited;

function wireOf(kind: string): WireType {
  switch (kind) {
    case "int64":
    case "uint64":
    case "bigUint64":
    case "bigSint64":
    case "bool":
      return WireType.Varint;
    case "float":
      return WireType.Bit32;
    case "double":
      return WireType.Bit64;
    default:
      return WireType.LengthDelimited;
  }
}

const noBytes: Uint8Array = /* @__PURE__ */ new Uint8Array(0);

function emptyOf(kind: Scalar): unknown {
  if (kind === "string") return "";
  if (kind === "bytes") return noBytes;
  if (kind === "bool") return false;
  return kind === "bigUint64" || kind === "bigSint64" ? 0n : 0;
}

function readScalar(reader: BinaryReader, kind: Scalar): unknown {
  switch (kind) {
    case "int64":
    case "uint64":
      return Number(reader[kind]());
    case "bigUint64":
      return BigInt(reader.uint64());
    case "bigSint64":
      return BigInt(reader.sint64());
    default:
      return reader[kind]();
  }
}

function writeScalar(writer: BinaryWriter, kind: Scalar, value: unknown): void {
  switch (kind) {
    case "int64":
    case "uint64":
      writer[kind](String(whole(value as number)));
      return;
    case "bigUint64":
      writer.uint64(String(value));
      return;
    case "bigSint64":
      writer.sint64(String(value));
      return;
    default:
      (writer[kind] as (value: unknown) => unknown).call(writer, value);
  }
}

/** Numbers beyond 2⁵³ are ends of ranges: the largest that the format has. */
const whole = (value: number): number | bigint =>
  Number.isSafeInteger(value) ? value : value > 0 ? 9223372036854775807n : -9223372036854775808n;
