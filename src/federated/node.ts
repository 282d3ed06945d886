/**
 * A node of a federation: joins, shows that it lives, takes a message after the other and answers each, with an error where it cannot do
 * what is asked; waits where the SuperLink is away, and says good-bye at its end.
 */
import { AnygradError, reasonOf } from "../errors.ts";
import { checkNumber } from "../math/checks.ts";
import { strictOptions } from "../math/options.ts";
import { answerOf, type ClientOptions, checkClient } from "./client.ts";
import { type Identity, newIdentity } from "./identity.ts";
import {
  type Calls,
  decodeAnswer,
  encodeMessage,
  encodeRequest,
  type FleetMethod,
  type Message,
  type Metadata,
  type ObjectTree,
} from "./messages.ts";
import { idOf, idsIn, objectOf, objectsIn, partsIn, treeOf } from "./objects.ts";
import { type Records, recordsIn, recordsObject } from "./records.ts";
import type { FleetTransport } from "./transport.ts";
import { randomShare, wait } from "./wait.ts";

/** What happens to a node. */
export type FederationEvent =
  | { readonly kind: "joined"; readonly nodeId: bigint }
  | { readonly kind: "received"; readonly type: string; readonly runId: bigint; readonly round: string }
  | {
      readonly kind: "answered";
      readonly type: string;
      readonly runId: bigint;
      readonly round: string;
      readonly seconds: number;
      readonly scores: Readonly<Record<string, number>>;
    }
  | { readonly kind: "failed"; readonly type: string; readonly reason: string }
  | { readonly kind: "dropped"; readonly type: string; readonly reason: string }
  | { readonly kind: "waiting"; readonly reason: string; readonly seconds: number }
  | { readonly kind: "left" };

/** Options of {@link federate}. */
export interface FederateOptions extends ClientOptions {
  /** What carries requests to the SuperLink: {@link httpTransport}, or one of your own. */
  readonly transport: FleetTransport;
  /** The node's key pair, where the SuperLink asks for one that it knows. Default: one for this stay, by which it registers itself. */
  readonly identity?: Identity;
  /** Ends it: a training is stopped and answered by an error, the node leaves. Default: it goes on for good. */
  readonly signal?: AbortSignal;
  /** Seconds between two questions for a message. Default 3, as in Flower. */
  readonly pollSeconds?: number;
  /** Seconds within which the node shows that it lives, 10 to 1800. Default 30. */
  readonly heartbeatSeconds?: number;
  /** Seconds to wait for a SuperLink that does not answer. Default: for good. */
  readonly maxWaitSeconds?: number;
  /** Is told what happens. */
  readonly onEvent?: (event: FederationEvent) => void;
}

/** What a node has done. */
export interface FederationReport {
  /** Messages that it answered by what was asked. */
  readonly answered: number;
  /** Messages that it answered by an error. */
  readonly failed: number;
}

/** Flower's numbers of errors. */
const errorCodes = { raised: 2, messageUnavailable: 3 } as const;

/** The most seconds between two tries. */
const longestWait = 20;
/** Seconds that a request may take, and those of good-bye. */
const patience = 120;
const partingPatience = 5;

/** The run of a message is over. */
class Over extends Error {}
/** The SuperLink does not know the node. */
class Unknown extends Error {}

/**
 * Takes part in a federation of Flower until the signal ends it: trains the model on `train` for each message "train", tests it on `test` for
 * each "evaluate", counts the examples for each "query". The model has the server's last weights, or what it made of them, at the end.
 * @returns how many messages it answered
 * @throws AnygradError INVALID_ARGUMENT; UNSUPPORTED where the SuperLink refuses the node; DATA_DOWNLOAD where it did not answer for
 *   `maxWaitSeconds`. What goes wrong with a message is the server's to know, and is no error here
 * @see https://flower.ai/docs/framework/
 * @example
 * ```js
 * import { createEngine, datasets, layers, sequential } from "anygrad";
 * import { federate, httpTransport } from "anygrad/federated";
 *
 * const engine = await createEngine();
 * const { train, test } = await datasets.digits({ train: 100, test: 20, seed: 1 });
 * const net = sequential([layers.flatten(), layers.dense({ units: 10, activation: "softmax" })], { inputShape: [28, 28, 1], seed: 1 });
 * const compile = { optimizer: "sgd", loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"], engine };
 * const transport = httpTransport({ url: "http://127.0.0.1:9", fetch }); // where no SuperLink is
 * const failed = await federate({ transport, net, compile, train, test, maxWaitSeconds: 0 }).catch((error) => error);
 * console.log(failed.code); // DATA_DOWNLOAD
 * ```
 */
export async function federate(options: FederateOptions): Promise<FederationReport> {
  const given = strictOptions(
    "federate",
    options,
    "transport:object net:object train:object test:object compile:object epochs batchSize seed scores:object layout:keras|pytorch onUnknown:function identity:object signal:AbortSignal pollSeconds heartbeatSeconds maxWaitSeconds onEvent:function",
  );
  checkClient("federate", given);
  if (typeof given.transport?.call !== "function")
    throw new AnygradError(
      "INVALID_ARGUMENT",
      "federate: there is no transport; pass httpTransport({ url, fetch })",
    );
  checkNumber("federate: pollSeconds", given.pollSeconds ?? 3, { above: 0 });
  checkNumber("federate: heartbeatSeconds", given.heartbeatSeconds ?? 30, { from: 10, to: 1800 });
  checkNumber("federate: maxWaitSeconds", given.maxWaitSeconds ?? 0, { from: 0, orInfinity: true });
  if (given.compile && !given.net.isCompiled) await given.net.compile(given.compile);
  const node = new FederationNode(given);
  try {
    await node.run();
  } finally {
    await node.leave();
  }
  return node.report;
}

class FederationNode {
  readonly #options: FederateOptions;
  readonly #signal: AbortSignal;
  /** Ends what runs beside the loop. */
  readonly #end = new AbortController();
  #identity: Identity | undefined;
  #nodeId = 0n;
  #isIn = false;
  #answered = 0;
  #failed = 0;

  constructor(options: FederateOptions) {
    this.#options = options;
    this.#signal = options.signal ?? new AbortController().signal;
  }

  get report(): FederationReport {
    return { answered: this.#answered, failed: this.#failed };
  }

  async run(): Promise<void> {
    const beats = this.#beat();
    try {
      while (!this.#signal.aborted) {
        try {
          if (!this.#isIn) await this.#join();
          const found = await this.#pull();
          if (found) await this.#handle(...found);
          else await wait(this.#options.pollSeconds ?? 3, this.#signal);
        } catch (error) {
          if (!(error instanceof Unknown)) throw error;
          this.#isIn = false; // a SuperLink that was started anew: the node joins once more
        }
      }
    } catch (error) {
      if (!this.#signal.aborted) throw error;
    } finally {
      this.#end.abort();
      await beats;
    }
  }

  /** Good-bye: tried once, since whoever leaves waits for nobody. */
  async leave(): Promise<void> {
    if (this.#isIn) {
      this.#isIn = false;
      const signal = AbortSignal.timeout(1000 * partingPatience);
      await this.#once("DeactivateNode", { nodeId: this.#nodeId }, signal);
      if (this.#identity!.isOwn) await this.#once("UnregisterNode", { nodeId: this.#nodeId }, signal);
      this.#tell({ kind: "left" });
    }
    this.#options.transport.close?.();
  }

  async #join(): Promise<void> {
    this.#identity = this.#options.identity ?? (await newIdentity());
    const { publicKey, isOwn } = this.#identity;
    try {
      if (isOwn) await this.#call("RegisterNode", { publicKey });
      const heartbeatInterval = this.#options.heartbeatSeconds ?? 30;
      const { nodeId = 0n } = await this.#call("ActivateNode", { publicKey, heartbeatInterval });
      this.#nodeId = nodeId;
    } catch (error) {
      if (!(error instanceof Unknown || error instanceof Over)) throw error;
      throw new AnygradError(
        "UNSUPPORTED",
        `federate: the SuperLink does not accept this node: ${error.message}; register its public key there by flwr supernode register, and see that both clocks are right`,
      );
    }
    this.#isIn = true;
    this.#tell({ kind: "joined", nodeId: this.#nodeId });
  }

  /** Shows that the node lives, also while it trains. */
  async #beat(): Promise<void> {
    const interval = this.#options.heartbeatSeconds ?? 30;
    const { signal } = this.#end;
    let nodeId = this.#nodeId;
    while (!signal.aborted) {
      await wait((interval - 5) * (0.7 + 0.2 * randomShare()), signal);
      if (signal.aborted || !this.#isIn) continue;
      nodeId = this.#nodeId;
      const request = { node: { nodeId }, heartbeatInterval: interval };
      const answer = await this.#once("SendNodeHeartbeat", request, AbortSignal.any([signal, AbortSignal.timeout(5000)])); // biome-ignore format: one call
      const isUnknown = answer === "unknown" || (typeof answer === "object" && answer.success !== true);
      if (isUnknown && nodeId === this.#nodeId) this.#isIn = false;
    }
  }

  async #pull(): Promise<[Message, ObjectTree] | undefined> {
    const { messages, trees } = await this.#call("PullMessages", { node: { nodeId: this.#nodeId } });
    const [message] = messages;
    return message && [message, trees[0] ?? { children: [] }];
  }

  /** Answers a message, by an error where something goes wrong with it. */
  async #handle({ metadata = {} }: Message, tree: ObjectTree): Promise<void> {
    const { messageType: type = "", runId = 0n, groupId: round = "" } = metadata;
    this.#tell({ kind: "received", type, runId, round });
    const start = performance.now();
    try {
      const answer = await this.#answer(metadata, tree);
      const seconds = (performance.now() - start) / 1000;
      if ("error" in answer) {
        await this.#reply(metadata, answer, seconds);
        this.#failed++;
        this.#tell({ kind: "failed", type, reason: answer.error.reason });
      } else {
        await this.#reply(metadata, answer, seconds);
        this.#answered++;
        const scores = Object.fromEntries(
          Object.entries(answer.metrics?.metrics ?? {}).map(([name, value]) => [name, Number(value)]),
        );
        this.#tell({ kind: "answered", type, runId, round, seconds, scores });
      }
    } catch (error) {
      const isRefused = error instanceof AnygradError && error.code === "UNSUPPORTED";
      if (!(error instanceof Over || isRefused)) throw error;
      this.#tell({ kind: "dropped", type, reason: error.message });
    }
  }

  async #answer(
    { messageType = "", runId = 0n, messageId = "" }: Metadata,
    tree: ObjectTree,
  ): Promise<Partial<Records> | { error: { code: number; reason: string } }> {
    let records: Records;
    try {
      records = await this.#content(runId, messageId, tree);
    } catch (error) {
      if (!(error instanceof AnygradError)) throw error;
      return { error: { code: errorCodes.messageUnavailable, reason: error.message } };
    }
    try {
      return await answerOf(messageType, records, this.#options, this.#signal);
    } catch (error) {
      // whatever it is, also in a callback of the user's own: the server waits for an answer
      const reason = this.#signal.aborted ? "the node was stopped" : reasonOf(error);
      return { error: { code: errorCodes.raised, reason } };
    }
  }

  /** What a message holds, its objects checked by their names. */
  async #content(runId: bigint, messageId: string, tree: ObjectTree): Promise<Records> {
    const node = { nodeId: this.#nodeId };
    const objects = new Map<string, Uint8Array>();
    for (const objectId of idsIn(tree)) {
      let content: Uint8Array | undefined;
      for (let tries = 0; content === undefined; tries++) {
        const answer = await this.#call("PullObject", { node, runId, objectId });
        if (!answer.found)
          throw new AnygradError("DATA_MISSING", `federate: the object ${objectId} is not there`);
        if (answer.available) content = answer.content ?? new Uint8Array(0);
        else if (tries < 500) await wait(backoff(tries, 10), this.#signal);
        else throw new AnygradError("DATA_MISSING", `federate: the object ${objectId} never came`);
        if (this.#signal.aborted) throw new AnygradError("ABORTED", "federate: the node was stopped");
      }
      if ((await idOf(content as Uint8Array<ArrayBuffer>)) !== objectId)
        throw new AnygradError("DATA_FORMAT", `federate: the object ${objectId} came damaged`);
      objects.set(objectId, content);
    }
    await this.#call("ConfirmMessageReceived", { node, runId, messageObjectId: messageId });
    const { children } = partsIn(objects, tree.objectId, ["Message"]);
    return recordsIn(objects, children[0]);
  }

  async #reply(
    asked: Metadata,
    answer: Partial<Records> | { error: { code: number; reason: string } },
    seconds: number,
  ): Promise<void> {
    const node = { nodeId: this.#nodeId };
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
    const { objectsToPush, sessionId = "" } = await this.#call("PushMessages", {
      node,
      messages: [message],
      trees: [treeOf(object)],
      runtimes: [seconds],
    });
    const wanted = new Set(objectsToPush);
    for (const [objectId, { bytes }] of objectsIn(object))
      if (wanted.has(objectId))
        await this.#call("PushObject", {
          node,
          runId: asked.runId ?? 0n,
          objectId,
          content: bytes,
          sessionId,
        });
  }

  /** A request, again and again where nobody answers. */
  async #call<Name extends FleetMethod>(method: Name, request: Calls[Name][0]): Promise<Calls[Name][1]> {
    const { transport, maxWaitSeconds = Number.POSITIVE_INFINITY } = this.#options;
    const start = performance.now();
    for (let tries = 0; ; tries++) {
      // a last answer is given also where the node is leaving
      const proof = await this.#identity!.sign();
      const signal = AbortSignal.timeout(1000 * patience);
      const outcome = await transport.call(method, encodeRequest(method, request), proof, signal);
      if (outcome.kind === "answered") return decodeAnswer(method, outcome.bytes);
      const { kind, reason } = outcome;
      if (kind === "over") throw new Over(reason);
      if (kind === "unknown") throw new Unknown(reason);
      if (kind === "refused")
        throw new AnygradError("UNSUPPORTED", `federate: the SuperLink refuses ${method}: ${reason}`);
      const waited = (performance.now() - start) / 1000;
      if (this.#signal.aborted || waited >= maxWaitSeconds)
        throw new AnygradError(
          "DATA_DOWNLOAD",
          `federate: the SuperLink does not answer (${reason}); see that it runs at this address, and speaks this transport`,
        );
      const seconds = Number(backoff(tries, longestWait).toFixed(2));
      this.#tell({ kind: "waiting", reason, seconds });
      await wait(seconds, this.#signal);
    }
  }

  /** A request that is not repeated. @returns the answer, or why there is none */
  async #once<Name extends FleetMethod>(
    method: Name,
    request: Calls[Name][0],
    signal: AbortSignal,
  ): Promise<Calls[Name][1] | string> {
    const proof = await this.#identity!.sign();
    const outcome = await this.#options.transport.call(method, encodeRequest(method, request), proof, signal);
    return outcome.kind === "answered" ? decodeAnswer(method, outcome.bytes) : outcome.kind;
  }

  #tell(event: FederationEvent): void {
    this.#options.onEvent?.(event);
  }
}

/** Seconds before the next try: 1, 2, 4 … up to the longest, a fifth more or less, so that nodes do not come back all at once. */
function backoff(tries: number, longest: number): number {
  const seconds = tries < 5 ? 2 ** tries : longest;
  return Math.min(seconds, longest) * (0.8 + 0.4 * randomShare());
}
