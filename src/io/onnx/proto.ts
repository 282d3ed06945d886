/** The messages of ONNX files (onnx.proto of ONNX 1.20) as plain objects. Fields that nothing here needs are passed over. */
import { AnygradError, reasonOf } from "../../errors.ts";
import { MessageFormat } from "../protobuf/messages.ts";

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

const format = /* @__PURE__ */ new MessageFormat({
  model:
    "1 irVersion int64, 2 producerName string, 3 producerVersion string, 4 domain string, 5 modelVersion int64, 6 docString string, 7 graph graph, 8 opsetImport opset[], 14 metadataProps entry[], 25 functions bytes[]",
  opset: "1 domain string, 2 version int64",
  entry: "1 key string, 2 value string",
  graph:
    "1 node node[], 2 name string, 5 initializer tensor[], 11 input value[], 12 output value[], 15 sparseInitializer bytes[]",
  node: "1 input string[], 2 output string[], 3 name string, 4 opType string, 5 attribute attribute[], 7 domain string",
  attribute:
    "1 name string, 2 f float, 3 i int64, 4 s bytes, 5 t tensor, 6 g graph, 7 floats float[], 8 ints int64[], 9 strings bytes[], 20 type int64, 21 refAttrName string",
  tensor:
    "1 dims int64[], 2 dataType int64, 4 floatData float[], 5 int32Data int64[], 6 stringData bytes[], 7 int64Data int64[], 8 name string, 9 rawData bytes?, 10 doubleData double[], 11 uint64Data uint64[], 13 externalData entry[], 14 dataLocation int64",
  value: "1 name string, 2 type type",
  type: "1 tensorType tensorType",
  tensorType: "1 elemType int64, 2 shape shape",
  shape: "1 dim dim[]",
  dim: "1 dimValue int64?, 2 dimParam string",
});

/**
 * A model file as objects.
 * @throws AnygradError DATA_FORMAT for what is no whole file of ONNX, MEMORY_LIMIT for one of more parts than any model has
 */
export function decodeModel(subject: string, bytes: Uint8Array): ModelProto {
  let model: ModelProto;
  try {
    model = format.decode("model", bytes) as ModelProto;
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
  const startsWithVersion = bytes[0] === 8; // which all exporters write first
  return startsWithVersion && format.isBegun("model", bytes, "graph");
}

function damaged(subject: string, what: string, cause?: unknown): AnygradError {
  return new AnygradError(
    "DATA_FORMAT",
    `${subject}: this is no whole ONNX file: ${what}; download or export it again`,
    { cause },
  );
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
  return format.encode("model", model);
}
