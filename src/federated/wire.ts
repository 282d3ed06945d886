/**
 * Messages of protobuf as plain objects, by tables of their fields, over the reader and writer of @bufbuild/protobuf. Identifiers
 * are bigints: they use all 64 bits.
 *
 * When not: files of ONNX, whose millions of parts have bounds of their own in src/io/onnx/proto.ts.
 */
import { BinaryReader, BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { AnygradError, reasonOf } from "../errors.ts";

/** How values that are no messages are written. */
type Scalar = "string" | "bytes" | "bool" | "double" | "uint64" | "sint64" | "int64" | "int32";

/** A message's fields by their numbers: `[name, kind]`, a kind that ends with "[]" being a list. */
export type Fields = Readonly<Record<number, readonly [name: string, kind: string]>>;

/** Messages by their names. */
export type Messages = Readonly<Record<string, Fields>>;

/** Trees of objects are five deep. */
const deepest = 32;

const varints = ["bool", "uint64", "sint64", "int64", "int32"];
const isVarint = (kind: string): boolean => varints.includes(kind);
const isNumeric = (kind: string): boolean => isVarint(kind) || kind === "double";

function wireOf(kind: string): WireType {
  if (isVarint(kind)) return WireType.Varint;
  return kind === "double" ? WireType.Bit64 : WireType.LengthDelimited;
}

/** The bytes of a message; fields that are undefined are left out. */
export function encode(messages: Messages, name: string, value: object): Uint8Array<ArrayBuffer> {
  const writer = new BinaryWriter();
  write(writer, messages, name, value as Record<string, unknown>);
  return writer.finish();
}

function write(
  writer: BinaryWriter,
  messages: Messages,
  message: string,
  parts: Record<string, unknown>,
): void {
  for (const [key, [name, kind]] of Object.entries(messages[message]!)) {
    const value = parts[name];
    if (value === undefined) continue;
    const number = Number(key);
    const single = kind.replace("[]", "");
    const values = single === kind ? [value] : (value as readonly unknown[]);
    if (single !== kind && isNumeric(single)) {
      writer.tag(number, WireType.LengthDelimited).fork();
      for (const each of values) writeScalar(writer, single as Scalar, each);
      writer.join();
      continue;
    }
    for (const each of values) {
      writer.tag(number, wireOf(single));
      if (messages[single]) {
        writer.fork();
        write(writer, messages, single, each as Record<string, unknown>);
        writer.join();
      } else writeScalar(writer, single as Scalar, each);
    }
  }
}

function writeScalar(writer: BinaryWriter, kind: Scalar, value: unknown): void {
  switch (kind) {
    case "string":
      writer.string(value as string);
      return;
    case "bytes":
      writer.bytes(value as Uint8Array);
      return;
    case "bool":
      writer.bool(value as boolean);
      return;
    case "double":
      writer.double(value as number);
      return;
    case "int32":
      writer.int32(value as number);
      return;
    default:
      writer[kind](String(value));
  }
}

/**
 * A message's fields; those that it does not have are undefined, lists empty. Fields that the table lacks are passed over.
 * @throws AnygradError DATA_FORMAT for what is no such message
 */
export function decode<Message>(messages: Messages, name: string, bytes: Uint8Array): Message {
  try {
    return read(messages, name, bytes, 0) as Message;
  } catch (cause) {
    throw new AnygradError(
      "DATA_FORMAT",
      `Flower: a message "${name}" cannot be read: ${reasonOf(cause)}; see which versions of Flower are supported`,
      { cause },
    );
  }
}

function read(messages: Messages, message: string, bytes: Uint8Array, depth: number): unknown {
  if (depth > deepest) throw new RangeError(`messages lie deeper than ${deepest} within one another`);
  const fields = messages[message]!;
  const result: Record<string, unknown> = {};
  for (const [name, kind] of Object.values(fields)) if (kind.endsWith("[]")) result[name] = [];
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [number, wireType] = reader.tag();
    const field = fields[number];
    if (!field) {
      reader.skip(wireType, number);
      continue;
    }
    const [name, kind] = field;
    const single = kind.replace("[]", "");
    if (single !== kind && isNumeric(single) && wireType === WireType.LengthDelimited) {
      const inner = new BinaryReader(reader.bytes());
      while (inner.pos < inner.len) (result[name] as unknown[]).push(readScalar(inner, single as Scalar));
      continue;
    }
    if (wireType !== wireOf(single)) throw new TypeError(`its field ${name} is damaged`);
    const value = messages[single]
      ? read(messages, single, reader.bytes(), depth + 1)
      : readScalar(reader, single as Scalar);
    if (single === kind) result[name] = value;
    else (result[name] as unknown[]).push(value);
  }
  return result;
}

function readScalar(reader: BinaryReader, kind: Scalar): unknown {
  switch (kind) {
    case "string":
    case "bool":
    case "double":
    case "int32":
      return reader[kind]();
    case "bytes":
      return reader.bytes();
    default:
      return BigInt(reader[kind]());
  }
}
