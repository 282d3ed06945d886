/**
 * The messages of ONNX files (onnx.proto of ONNX 1.20) as plain objects, read and written field by field with the wire format of
 * protobuf by the package @bufbuild/protobuf (Apache-2.0 and BSD-3-Clause, 4 kB of it). Fields that nothing here needs are passed over.
 */
import { BinaryReader, BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { AnygradError, reasonOf } from "../../errors.ts";

/** A node of a graph. */
export interface NodeProto {
  input: string[];
  output: string[];
  name: string;
  opType: string;
  domain: string;
  attribute: AttributeProto[];
}

/** An attribute of a node: one of the fields that its type names is set. */
export interface AttributeProto {
  name: string;
  type: number;
  f: number;
  i: number;
  s: Uint8Array;
  t: TensorProto | undefined;
  g: GraphProto | undefined;
  floats: number[];
  ints: number[];
  strings: Uint8Array[];
  refAttrName: string;
}

/** Numbers in a shape. */
export interface TensorProto {
  dims: number[];
  dataType: number;
  name: string;
  rawData: Uint8Array | undefined;
  floatData: number[];
  int32Data: number[];
  int64Data: number[];
  doubleData: number[];
  uint64Data: number[];
  stringData: Uint8Array[];
  externalData: EntryProto[];
  dataLocation: number;
}

/** A key with its value. */
export interface EntryProto {
  key: string;
  value: string;
}

/** A value that has a name: an input, an output. */
export interface ValueInfoProto {
  name: string;
  type: TypeProto | undefined;
}

/** A type; only tensors have `tensorType`. */
export interface TypeProto {
  tensorType: { elemType: number; shape: { dim: DimProto[] } | undefined } | undefined;
}

/** A size: a number, or a name of one that is not fixed. */
export interface DimProto {
  dimValue: number | undefined;
  dimParam: string;
}

/** A graph of nodes in an order in which they can run. */
export interface GraphProto {
  node: NodeProto[];
  name: string;
  initializer: TensorProto[];
  sparseInitializer: Uint8Array[];
  input: ValueInfoProto[];
  output: ValueInfoProto[];
}

/** A whole file. */
export interface ModelProto {
  irVersion: number;
  producerName: string;
  producerVersion: string;
  domain: string;
  modelVersion: number;
  docString: string;
  graph: GraphProto | undefined;
  opsetImport: { domain: string; version: number }[];
  metadataProps: EntryProto[];
  functions: Uint8Array[];
}

type Scalar = "string" | "bytes" | "int64" | "uint64" | "float" | "double";
interface Field {
  readonly name: string;
  /** How it is written; the name of a message. */
  readonly kind: Scalar | keyof typeof messages;
  readonly isList: boolean;
  /** Undefined where a file does not have it, in place of 0 or an empty text. */
  readonly isOptional: boolean;
}

/** Each message's fields as "number name kind", a list with "[]", one that may be left out with "?". */
const messages = {
  model:
    "1 irVersion int64, 2 producerName string, 3 producerVersion string, 4 domain string, 5 modelVersion int64, 6 docString string, 7 graph graph?, 8 opsetImport opset[], 14 metadataProps entry[], 25 functions bytes[]",
  opset: "1 domain string, 2 version int64",
  entry: "1 key string, 2 value string",
  graph:
    "1 node node[], 2 name string, 5 initializer tensor[], 11 input value[], 12 output value[], 15 sparseInitializer bytes[]",
  node: "1 input string[], 2 output string[], 3 name string, 4 opType string, 5 attribute attribute[], 7 domain string",
  attribute:
    "1 name string, 2 f float, 3 i int64, 4 s bytes, 5 t tensor?, 6 g graph?, 7 floats float[], 8 ints int64[], 9 strings bytes[], 20 type int64, 21 refAttrName string",
  tensor:
    "1 dims int64[], 2 dataType int64, 4 floatData float[], 5 int32Data int64[], 6 stringData bytes[], 7 int64Data int64[], 8 name string, 9 rawData bytes?, 10 doubleData double[], 11 uint64Data uint64[], 13 externalData entry[], 14 dataLocation int64",
  value: "1 name string, 2 type type?",
  type: "1 tensorType tensorType?",
  tensorType: "1 elemType int64, 2 shape shape?",
  shape: "1 dim dim[]",
  dim: "1 dimValue int64?, 2 dimParam string",
} as const;

type MessageName = keyof typeof messages;

/** The fields of each message by their numbers, read from the table once. */
const tables = new Map<MessageName, ReadonlyMap<number, Field>>();

function fieldsOf(message: MessageName): ReadonlyMap<number, Field> {
  let found = tables.get(message);
  if (!found) {
    found = new Map(
      messages[message].split(", ").map((text) => {
        const [number, name, kind] = text.split(" ") as [string, string, string];
        const field = {
          name,
          kind: kind.replace(/\[\]|\?/, "") as Field["kind"],
          isList: kind.endsWith("[]"),
          isOptional: kind.endsWith("?"),
        };
        return [Number(number), field];
      }),
    );
    tables.set(message, found);
  }
  return found;
}

const isMessage = (kind: Field["kind"]): kind is MessageName => Object.hasOwn(messages, kind);

/** Graphs within graphs: no exporter goes deeper, and a file of many thousands would end the stack. */
const deepest = 32;
/** Messages of a file: each takes memory of its own, be it of two bytes. */
const mostMessages = 2_000_000;

/** What is known of a file while it is read. */
interface Reading {
  messages: number;
}

/**
 * A model file as objects.
 * @throws AnygradError DATA_FORMAT for what is no whole file of ONNX, MEMORY_LIMIT for one of more parts than any model has
 */
export function decodeModel(subject: string, bytes: Uint8Array): ModelProto {
  let model: ModelProto;
  try {
    model = decode("model", bytes, 0, { messages: 0 }) as ModelProto;
  } catch (cause) {
    if (cause instanceof AnygradError) throw new AnygradError(cause.code, `${subject}: ${cause.message}`);
    throw damaged(subject, reasonOf(cause), cause);
  }
  if (!model.graph || model.irVersion < 1 || model.opsetImport.length === 0)
    throw damaged(subject, "it has no graph, no version or no operator set");
  return model;
}

/** Whether bytes begin as those of an ONNX file do: with a version and fields of this format; it may be damaged further on. */
export function isOnnx(bytes: Uint8Array): boolean {
  if (bytes[0] !== 8) return false; // the version, which all exporters write first
  const fields = fieldsOf("model");
  const reader = new BinaryReader(bytes);
  try {
    while (reader.pos < reader.len) {
      const [number, wireType] = reader.tag();
      const field = fields.get(number);
      if (!field || wireOf(field.kind) !== wireType) return false;
      if (field.name === "graph") return true;
      reader.skip(wireType, number);
    }
  } catch {
    // it ends within a field, or is none
  }
  return false;
}

function damaged(subject: string, what: string, cause?: unknown): AnygradError {
  return new AnygradError(
    "DATA_FORMAT",
    `${subject}: this is no whole ONNX file: ${what}; download or export it again`,
    { cause },
  );
}

function decode(message: MessageName, bytes: Uint8Array, depth: number, reading: Reading): unknown {
  if (depth > deepest) throw new AnygradError("DATA_FORMAT", "graphs lie deeper than 32 within one another");
  if (++reading.messages > mostMessages)
    throw new AnygradError("MEMORY_LIMIT", `the file has more than ${mostMessages} parts`);
  const fields = fieldsOf(message);
  const result: Record<string, unknown> = {};
  for (const { name, kind, isList, isOptional } of fields.values())
    result[name] = isList ? [] : isOptional || isMessage(kind) ? undefined : empty(kind);
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [number, wireType] = reader.tag();
    const field = fields.get(number);
    if (!field) {
      reader.skip(wireType, number);
      continue;
    }
    const { name, kind, isList } = field;
    if (isList && wireType === WireType.LengthDelimited && isNumber(kind)) {
      const packed = reader.bytes();
      const inner = new BinaryReader(packed);
      const list = result[name] as unknown[];
      while (inner.pos < inner.len) list.push(scalar(inner, kind));
      continue;
    }
    checkWire(name, kind, wireType);
    const value = isMessage(kind) ? decode(kind, reader.bytes(), depth + 1, reading) : scalar(reader, kind);
    if (isList) (result[name] as unknown[]).push(value);
    else result[name] = value;
  }
  return result;
}

const isNumber = (kind: Field["kind"]): kind is Scalar =>
  kind === "int64" || kind === "uint64" || kind === "float" || kind === "double";

const noBytes: Uint8Array = /* @__PURE__ */ new Uint8Array(0);

const empty = (kind: Field["kind"]): unknown =>
  isNumber(kind) ? 0 : (kind as string) === "string" ? "" : noBytes;

function wireOf(kind: Field["kind"]): WireType {
  if (kind === "int64" || kind === "uint64") return WireType.Varint;
  return kind === "float" ? WireType.Bit32 : kind === "double" ? WireType.Bit64 : WireType.LengthDelimited;
}

function checkWire(name: string, kind: Field["kind"], wireType: WireType): void {
  if (wireOf(kind) !== wireType)
    throw new AnygradError(
      "DATA_FORMAT",
      `this is no whole ONNX file: the field ${name} is damaged; download or export it again`,
    );
}

function scalar(reader: BinaryReader, kind: Scalar): unknown {
  switch (kind) {
    case "string":
      return reader.string();
    case "bytes":
      return reader.bytes();
    case "int64":
      return Number(reader.int64());
    case "uint64":
      return Number(reader.uint64());
    case "float":
      return reader.float();
    case "double":
      return reader.double();
  }
}

/** A message to be written: of each field what it holds, nothing for those that are left out. */
export type Parts<Message> = {
  [name in keyof Message]?: Message[name] extends (infer Item)[]
    ? Item extends object
      ? readonly (Item extends Uint8Array ? Item : Parts<Item>)[]
      : readonly Item[]
    : NonNullable<Message[name]> extends Uint8Array | number | string
      ? Message[name]
      : Parts<NonNullable<Message[name]>>;
};

/** The bytes of a model. */
export function encodeModel(model: Parts<ModelProto>): Uint8Array<ArrayBuffer> {
  const writer = new BinaryWriter();
  encode(writer, "model", model as Record<string, unknown>);
  return writer.finish();
}

function encode(writer: BinaryWriter, message: MessageName, parts: Record<string, unknown>): void {
  for (const [number, { name, kind, isList }] of fieldsOf(message)) {
    const value = parts[name];
    if (value === undefined) continue;
    const list = isList ? (value as readonly unknown[]) : [value];
    if (isList && isNumber(kind)) {
      if (list.length === 0) continue;
      writer.tag(number, WireType.LengthDelimited).fork();
      for (const each of list) writeScalar(writer, kind, each);
      writer.join();
      continue;
    }
    for (const each of list) {
      writer.tag(number, wireOf(kind));
      if (isMessage(kind)) {
        writer.fork();
        encode(writer, kind, each as Record<string, unknown>);
        writer.join();
      } else writeScalar(writer, kind, each);
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
    case "int64":
      writer.int64(String(whole(value as number)));
      return;
    case "uint64":
      writer.uint64(String(whole(value as number)));
      return;
    case "float":
      writer.float(value as number);
      return;
    case "double":
      writer.double(value as number);
  }
}

/** Numbers beyond 2⁵³ are ends of ranges: the largest that the format has. */
const whole = (value: number): number | bigint =>
  Number.isSafeInteger(value) ? value : value > 0 ? 9223372036854775807n : -9223372036854775808n;
