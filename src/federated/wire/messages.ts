/**
 * What a SuperLink and its nodes say to each other, as Flower defines it: flwr/proto/fleet.proto, message.proto, heartbeat.proto,
 * recorddict.proto and error.proto of Flower 1.42, those fields of them that a node needs.
 */
import { AnygradError, reasonOf } from "../../errors.ts";
import { MessageFormat } from "../../io/protobuf/messages.ts";

/** Identifiers are bigints: they use all 64 bits. */
export const format: MessageFormat = /* @__PURE__ */ new MessageFormat({
  Node: "1 nodeId bigUint64?",
  Error: "1 code bigSint64?, 2 reason string?",
  Metadata:
    "1 runId bigUint64?, 2 messageId string?, 3 srcNodeId bigUint64?, 4 dstNodeId bigUint64?, 5 replyToMessageId string?, 6 groupId string?, 7 ttl double?, 8 messageType string?, 9 createdAt double?, 10 srcTaskId bigUint64?, 11 dstTaskId bigUint64?",
  Message: "1 metadata Metadata, 2 content RecordDict, 3 error Error",
  RecordDict: "", // contents travel as objects of their own, here stands that there is one
  ObjectTree: "1 objectId string?, 2 children ObjectTree[]",
  RegisterNode: "1 publicKey bytes?",
  ActivateNode: "1 publicKey bytes?, 2 heartbeatInterval double?",
  NodeId: "1 nodeId bigUint64?",
  SendNodeHeartbeat: "1 node Node, 2 heartbeatInterval double?",
  HeartbeatAnswer: "1 success bool?",
  PullMessages: "1 node Node",
  PulledMessages: "2 messages Message[], 3 trees ObjectTree[]",
  PushMessages: "1 node Node, 2 messages Message[], 3 trees ObjectTree[], 4 runtimes double[]",
  PushedMessages: "3 objectsToPush string[], 4 sessionId string?",
  PullObject: "1 node Node, 2 runId bigUint64?, 3 objectId string?",
  PulledObject: "1 found bool?, 2 available bool?, 3 content bytes?",
  PushObject: "1 node Node, 2 runId bigUint64?, 3 objectId string?, 4 content bytes?, 5 sessionId string?",
  PushedObject: "1 stored bool?",
  ConfirmMessageReceived: "1 node Node, 2 runId bigUint64?, 3 messageObjectId string?",
  Nothing: "",
  DoubleList: "1 values double[]",
  SintList: "1 values bigSint64[]",
  UintList: "1 values bigUint64[]",
  BoolList: "1 values bool[]",
  StringList: "1 values string[]",
  BytesList: "1 values bytes[]",
  Value:
    "1 double double?, 2 sint64 bigSint64?, 3 uint64 bigUint64?, 4 bool bool?, 5 string string?, 6 bytes bytes?, 21 doubleList DoubleList, 22 sintList SintList, 23 uintList UintList, 24 boolList BoolList, 25 stringList StringList, 26 bytesList BytesList",
  Item: "1 key string?, 2 value Value",
  ValueRecord: "1 items Item[]",
});

/** What is known of a message besides its content. */
export interface Metadata {
  readonly runId?: bigint | undefined;
  readonly messageId?: string | undefined;
  readonly srcNodeId?: bigint | undefined;
  readonly dstNodeId?: bigint | undefined;
  readonly replyToMessageId?: string | undefined;
  readonly groupId?: string | undefined;
  /** Seconds after `createdAt` for which it counts. */
  readonly ttl?: number | undefined;
  /** "train", "evaluate" or "query", a dot and a name of its own may follow. */
  readonly messageType?: string | undefined;
  /** Seconds since 1970. */
  readonly createdAt?: number | undefined;
  readonly srcTaskId?: bigint | undefined;
  readonly dstTaskId?: bigint | undefined;
}

/** What went wrong with a message, as Flower's strategies are told. */
export interface MessageError {
  /** Flower's number of the kind. */
  readonly code?: bigint | number;
  /** What happened, in words. */
  readonly reason?: string;
}

/** A message between a SuperLink and a node. */
export interface Message {
  /** Who sends it to whom, and of what kind it is. */
  readonly metadata?: Metadata;
  /** There where the message has records, which travel as objects. */
  readonly content?: object | undefined;
  /** There where it tells of an error in place of records. */
  readonly error?: MessageError | undefined;
}

/** An object's name, and those of what it is made of. */
export interface ObjectTree {
  /** The object's name, by its content. */
  readonly objectId?: string;
  /** What it is made of. */
  readonly children: readonly ObjectTree[];
}

interface NodeRequest {
  readonly node: { readonly nodeId: bigint };
}

/** What each method of the Fleet API is asked and answers. */
export interface Calls extends Record<FleetMethod, [request: object, answer: object]> {
  RegisterNode: [request: { publicKey: Uint8Array }, answer: { nodeId?: bigint }];
  ActivateNode: [request: { publicKey: Uint8Array; heartbeatInterval: number }, answer: { nodeId?: bigint }];
  DeactivateNode: [request: { nodeId: bigint }, answer: object];
  UnregisterNode: [request: { nodeId: bigint }, answer: object];
  SendNodeHeartbeat: [request: NodeRequest & { heartbeatInterval: number }, answer: { success?: boolean }];
  PullMessages: [request: NodeRequest, answer: { messages: Message[]; trees: ObjectTree[] }];
  PushMessages: [
    request: NodeRequest & { messages: Message[]; trees: ObjectTree[]; runtimes: number[] },
    answer: { objectsToPush: string[]; sessionId?: string },
  ];
  PullObject: [
    request: NodeRequest & { runId: bigint; objectId: string },
    answer: { found?: boolean; available?: boolean; content?: Uint8Array },
  ];
  PushObject: [
    request: NodeRequest & { runId: bigint; objectId: string; content: Uint8Array; sessionId: string },
    answer: { stored?: boolean },
  ];
  ConfirmMessageReceived: [request: NodeRequest & { runId: bigint; messageObjectId: string }, answer: object];
}

/** A method of the Fleet API. */
export type FleetMethod =
  | "RegisterNode"
  | "ActivateNode"
  | "DeactivateNode"
  | "UnregisterNode"
  | "SendNodeHeartbeat"
  | "PullMessages"
  | "PushMessages"
  | "PullObject"
  | "PushObject"
  | "ConfirmMessageReceived";

/** The messages of each method, by their names in the table. */
export const methods: Readonly<Record<FleetMethod, readonly [request: string, answer: string]>> = {
  RegisterNode: ["RegisterNode", "NodeId"],
  ActivateNode: ["ActivateNode", "NodeId"],
  DeactivateNode: ["NodeId", "Nothing"],
  UnregisterNode: ["NodeId", "Nothing"],
  SendNodeHeartbeat: ["SendNodeHeartbeat", "HeartbeatAnswer"],
  PullMessages: ["PullMessages", "PulledMessages"],
  PushMessages: ["PushMessages", "PushedMessages"],
  PullObject: ["PullObject", "PulledObject"],
  PushObject: ["PushObject", "PushedObject"],
  ConfirmMessageReceived: ["ConfirmMessageReceived", "Nothing"],
};

/** The bytes of a question. */
export function encodeRequest<Name extends FleetMethod>(
  method: Name,
  request: Calls[Name][0],
): Uint8Array<ArrayBuffer> {
  return format.encode(methods[method][0], request);
}

function decode<Message>(name: Parameters<typeof format.decode>[0], bytes: Uint8Array): Message {
  try {
    return format.decode(name, bytes) as Message;
  } catch (cause) {
    throw new AnygradError(
      "DATA_FORMAT",
      `Flower: a message "${name}" cannot be read: ${reasonOf(cause)}; see which versions of Flower are supported`,
      { cause },
    );
  }
}

/** What was answered. @throws AnygradError DATA_FORMAT */
export function decodeAnswer<Name extends FleetMethod>(method: Name, bytes: Uint8Array): Calls[Name][1] {
  return decode<Calls[Name][1]>(methods[method][1], bytes);
}

/** What a message says besides its content, as it stands in the object that is the message. */
export function encodeMessage(message: Message): Uint8Array<ArrayBuffer> {
  return format.encode("Message", message);
}

/** A value of a record: one of the fields is there. */
export interface WireValue {
  double?: number;
  sint64?: bigint | number;
  uint64?: bigint | number;
  bool?: boolean;
  string?: string;
  bytes?: Uint8Array;
  doubleList?: { values: readonly number[] };
  sintList?: { values: readonly (bigint | number)[] };
  uintList?: { values: readonly (bigint | number)[] };
  boolList?: { values: readonly boolean[] };
  stringList?: { values: readonly string[] };
  bytesList?: { values: readonly Uint8Array[] };
}

/** The body of a MetricRecord or ConfigRecord. */
export interface ValueRecord {
  readonly items: readonly { readonly key?: string; readonly value?: WireValue }[];
}

export function encodeValues(record: ValueRecord): Uint8Array<ArrayBuffer> {
  return format.encode("ValueRecord", record);
}

/** @throws AnygradError DATA_FORMAT */
export function decodeValues(bytes: Uint8Array): ValueRecord {
  return decode<ValueRecord>("ValueRecord", bytes);
}
