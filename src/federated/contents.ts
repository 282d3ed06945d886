/** What a message holds, fetched object by object, and what a node answers, pushed so. */
import { AnygradError } from "../errors.ts";
import { backoff, type FleetRequests, Over } from "./requests.ts";
import { wait } from "./wait.ts";
import { encodeMessage, type Message, type Metadata, type ObjectTree } from "./wire/messages.ts";
import { idOf, idsIn, objectOf, objectsIn, partsIn, treeOf } from "./wire/objects.ts";
import { type Records, recordsIn, recordsObject } from "./wire/records.ts";

/** What a node answers: records, or why there are none. */
export type Answer =
  | Partial<Records>
  | { readonly error: { readonly code: number; readonly reason: string } };

/**
 * The records of a message, its objects checked by their names.
 * @throws AnygradError DATA_MISSING, DATA_FORMAT, ABORTED
 */
export async function pullContent(
  requests: FleetRequests,
  nodeId: bigint,
  { runId = 0n, messageId = "" }: Metadata,
  tree: ObjectTree,
  signal: AbortSignal,
): Promise<Records> {
  const node = { nodeId };
  const objects = new Map<string, Uint8Array>();
  for (const objectId of idsIn(tree)) {
    let content: Uint8Array | undefined;
    for (let tries = 0; content === undefined; tries++) {
      const answer = await requests.call("PullObject", { node, runId, objectId });
      if (!answer.found)
        throw new AnygradError("DATA_MISSING", `federate: the object ${objectId} is not there`);
      if (answer.available) content = answer.content ?? new Uint8Array(0);
      else if (tries < 500) await wait(backoff(tries, 10), signal);
      else throw new AnygradError("DATA_MISSING", `federate: the object ${objectId} never came`);
      if (signal.aborted) throw new AnygradError("ABORTED", "federate: the node was stopped");
    }
    if ((await idOf(content as Uint8Array<ArrayBuffer>)) !== objectId)
      throw new AnygradError("DATA_FORMAT", `federate: the object ${objectId} came damaged`);
    objects.set(objectId, content);
  }
  await requests.call("ConfirmMessageReceived", { node, runId, messageObjectId: messageId });
  const { children } = partsIn(objects, tree.objectId, ["Message"]);
  return recordsIn(objects, children[0]);
}

/** Answers a message; of the answer's objects those are sent that the SuperLink does not have. @param seconds that it took */
export async function pushAnswer(
  requests: FleetRequests,
  nodeId: bigint,
  asked: Metadata,
  answer: Answer,
  seconds: number,
): Promise<void> {
  const node = { nodeId };
  const createdAt = Date.now() / 1000;
  const ttl = (asked.createdAt ?? 0) + (asked.ttl ?? 0) - createdAt;
  if (ttl <= 0) throw new Over("the message's time is over");
  const metadata: Metadata = {
    runId: asked.runId,
    srcNodeId: asked.dstNodeId,
    dstNodeId: asked.srcNodeId,
    replyToMessageId: asked.messageId,
    groupId: asked.groupId,
    ttl,
    messageType: asked.messageType,
    createdAt,
    srcTaskId: asked.dstTaskId,
    dstTaskId: asked.srcTaskId,
  };
  const error = "error" in answer ? answer.error : undefined;
  const content = "error" in answer ? [] : [await recordsObject(answer)];
  const object = await objectOf("Message", content, encodeMessage({ metadata, error }));
  const message: Message = {
    metadata: { ...metadata, messageId: object.id },
    ...(error ? { error } : { content: {} }),
  };
  const { objectsToPush, sessionId = "" } = await requests.call("PushMessages", {
    node,
    messages: [message],
    trees: [treeOf(object)],
    runtimes: [seconds],
  });
  const runId = asked.runId ?? 0n;
  const wanted = new Set(objectsToPush);
  for (const [objectId, { bytes }] of objectsIn(object))
    if (wanted.has(objectId))
      await requests.call("PushObject", { node, runId, objectId, content: bytes, sessionId });
}
