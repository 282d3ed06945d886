/**
 * A SuperLink in memory: it gives the messages that a test puts there, and keeps what nodes answer; also behind HTTP on loopback, where it may
 * die and come back without its memory.
 */
import { createServer } from "node:http";
import type { FleetTransport, Outcome } from "../../src/federated/transport.ts";
import type { Calls, FleetMethod, Message, ObjectTree } from "../../src/federated/wire/messages.ts";
import { encodeMessage, format, methods } from "../../src/federated/wire/messages.ts";
import { type FlowerObject, objectOf, objectsIn, partsIn, treeOf } from "../../src/federated/wire/objects.ts";
import { type Records, recordsIn, recordsObject } from "../../src/federated/wire/records.ts";

/** What a node answered to a message. */
export interface Reply {
  readonly message: Message;
  /** Undefined where it is an error. */
  readonly records: Records | undefined;
}

export class MemorySuperlink implements FleetTransport {
  /** The methods that were called, in their order. */
  readonly calls: FleetMethod[] = [];
  readonly replies: Reply[] = [];
  /** What the next call of a method comes to, in place of an answer. */
  readonly faults: Partial<Record<FleetMethod, Outcome[]>> = {};
  readonly #objects = new Map<string, Uint8Array>();
  readonly #waiting: { message: Message; tree: ObjectTree }[] = [];
  readonly #pushed: { message: Message; tree: ObjectTree }[] = [];
  #isKnown = false;

  /** Puts a message there for the node. @param damage changes an object on its way */
  async send(
    type: string,
    records: Partial<Records>,
    damage?: (object: FlowerObject) => Uint8Array,
  ): Promise<void> {
    const metadata = {
      runId: 2n ** 63n + 5n,
      srcNodeId: 1n,
      dstNodeId: 2n ** 64n - 3n,
      groupId: "1",
      ttl: 3600,
      messageType: type,
      createdAt: Date.now() / 1000,
    };
    const object = await objectOf("Message", [await recordsObject(records)], encodeMessage({ metadata }));
    for (const [id, each] of objectsIn(object)) this.#objects.set(id, damage?.(each) ?? each.bytes);
    this.#waiting.push({
      message: { metadata: { ...metadata, messageId: object.id }, content: {} },
      tree: treeOf(object),
    });
  }

  async call(method: FleetMethod, request: Uint8Array): Promise<Outcome> {
    this.calls.push(method);
    const fault = this.faults[method]?.shift();
    if (fault) return fault;
    if (method === "RegisterNode") this.#isKnown = true;
    else if (!this.#isKnown) return { kind: "unknown", reason: "Invalid node ID" };
    if (method === "UnregisterNode") this.#isKnown = false;
    const [asked, answered] = methods[method];
    const answer = this.#answer(method, format.decode(asked, request) as Calls[FleetMethod][0]);
    return { kind: "answered", bytes: format.encode(answered, answer) };
  }

  #answer(method: FleetMethod, request: object): object {
    switch (method) {
      case "RegisterNode":
      case "ActivateNode":
        return { nodeId: 2n ** 64n - 3n };
      case "SendNodeHeartbeat":
        return { success: true };
      case "PullMessages": {
        const next = this.#waiting.shift();
        return next ? { messages: [next.message], trees: [next.tree] } : { messages: [], trees: [] };
      }
      case "PullObject": {
        const content = this.#objects.get((request as Calls["PullObject"][0]).objectId);
        return content ? { found: true, available: true, content } : { found: false };
      }
      case "PushMessages": {
        const { messages: pushed, trees } = request as Calls["PushMessages"][0];
        this.#pushed.push({ message: pushed[0]!, tree: trees[0]! });
        const ids = new Set<string>();
        const visit = ({ objectId, children }: ObjectTree): void => {
          ids.add(objectId!);
          children.forEach(visit);
        };
        visit(trees[0]!);
        this.#settle();
        return { objectsToPush: [...ids], sessionId: "session" };
      }
      case "PushObject": {
        const { objectId, content } = request as Calls["PushObject"][0];
        this.#objects.set(objectId, content);
        this.#settle();
        return { stored: true };
      }
      default:
        return {};
    }
  }

  /** What has come whole is a reply. */
  #settle(): void {
    for (const [i, { message, tree }] of [...this.#pushed.entries()].reverse()) {
      if (!this.#objects.has(tree.objectId!)) continue;
      const { children } = partsIn(this.#objects, tree.objectId, ["Message"]);
      const records = message.error ? undefined : recordsIn(this.#objects, children[0]);
      this.#pushed.splice(i, 1);
      this.replies.push({ message, records });
    }
  }
}

/** A SuperLink behind HTTP. */
export interface ServedSuperlink {
  readonly port: number;
  /** Ends it as SIGKILL does: connections break. */
  kill(): Promise<void>;
}

const statuses = { unavailable: 503, unknown: 401, over: 403, refused: 400 } as const;

/** @param port where it listens on loopback. Default: a free one */
export async function serve(superlink: MemorySuperlink, port = 0): Promise<ServedSuperlink> {
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const name = /^[/]v1[/]fleet[/]([a-z-]+)$/.exec(request.url ?? "")?.[1] ?? "";
    const method = `-${name}`.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    if (!(method in methods)) return response.writeHead(404).end();
    const outcome = await superlink.call(method as FleetMethod, Buffer.concat(pieces));
    if (outcome.kind === "answered")
      return response.writeHead(200, { "content-type": "application/protobuf" }).end(outcome.bytes);
    response.writeHead(statuses[outcome.kind]).end(JSON.stringify({ detail: outcome.reason }));
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    port: (server.address() as { port: number }).port,
    async kill() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Resolves when something is so. @throws Error where it is not within so many seconds */
export async function until(isSo: () => boolean, what: string, seconds = 50): Promise<void> {
  for (const start = performance.now(); !isSo(); await new Promise((resolve) => setTimeout(resolve, 20)))
    if (performance.now() - start > 1000 * seconds) throw new Error(`not within ${seconds} s: ${what}`);
}
