/**
 * A node of a federation: joins, shows that it lives, takes a message after the other and answers each, with an error where it cannot do
 * what is asked; waits where the SuperLink is away, and says good-bye at its end.
 */
import { AnygradError, reasonOf } from "../errors.ts";
import { checkNumber } from "../math/checks.ts";
import { strictOptions } from "../math/options.ts";
import { answerOf, type ClientOptions, checkClient } from "./client.ts";
import { type Answer, pullContent, pushAnswer } from "./contents.ts";
import type { FederationEvent } from "./events.ts";
import { type Identity, newIdentity } from "./identity.ts";
import { FleetRequests, Over, Unknown } from "./requests.ts";
import type { SecureAggregation } from "./secure/aggregation.ts";
import type { FleetTransport } from "./transport.ts";
import { randomShare, wait } from "./wait.ts";
import type { Message, Metadata, ObjectTree } from "./wire/messages.ts";
import type { Records } from "./wire/records.ts";

/** Options of {@link federate}. */
export interface FederateOptions extends ClientOptions {
  /** What carries requests to the SuperLink: {@link httpTransport}, or one of your own. */
  readonly transport: FleetTransport;
  /** The node's key pair, where the SuperLink asks for one that it knows. Default: one for this stay, by which it registers itself. */
  readonly identity?: Identity;
  /** Trains only where the server asks by secure aggregation, and answers others by an error. Default false: it does as it is asked. */
  readonly secureAggregation?: boolean;
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

/** The record by which a message belongs to secure aggregation. */
const secureRecord = "secaggplus_configs";

/** Seconds that a good-bye may take. */
const partingPatience = 5;

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
    "transport:object net:object train:object test:object compile:object epochs batchSize seed scores:object layout:keras|pytorch onUnknown:function identity:object secureAggregation:boolean signal:AbortSignal pollSeconds heartbeatSeconds maxWaitSeconds onEvent:function",
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
  readonly #requests: FleetRequests;
  #secure: SecureAggregation | undefined;
  #nodeId = 0n;
  #isIn = false;
  #answered = 0;
  #failed = 0;

  constructor(options: FederateOptions) {
    this.#options = options;
    this.#signal = options.signal ?? new AbortController().signal;
    this.#requests = new FleetRequests(options, this.#signal);
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
      await this.#requests.once("DeactivateNode", { nodeId: this.#nodeId }, signal);
      if (this.#requests.identity!.isOwn)
        await this.#requests.once("UnregisterNode", { nodeId: this.#nodeId }, signal);
      this.#tell({ kind: "left" });
    }
    this.#options.transport.close?.();
  }

  async #join(): Promise<void> {
    const identity = this.#options.identity ?? (await newIdentity());
    this.#requests.identity = identity;
    const { publicKey, isOwn } = identity;
    try {
      if (isOwn) await this.#requests.call("RegisterNode", { publicKey });
      const heartbeatInterval = this.#options.heartbeatSeconds ?? 30;
      const { nodeId = 0n } = await this.#requests.call("ActivateNode", { publicKey, heartbeatInterval });
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
      const answer = await this.#requests.once("SendNodeHeartbeat", request, AbortSignal.any([signal, AbortSignal.timeout(5000)])); // biome-ignore format: one call
      const isUnknown = answer === "unknown" || (typeof answer === "object" && answer.success !== true);
      if (isUnknown && nodeId === this.#nodeId) this.#isIn = false;
    }
  }

  async #pull(): Promise<[Message, ObjectTree] | undefined> {
    const { messages, trees } = await this.#requests.call("PullMessages", { node: { nodeId: this.#nodeId } });
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
      await pushAnswer(this.#requests, this.#nodeId, metadata, answer, seconds);
      if ("error" in answer) {
        this.#failed++;
        this.#tell({ kind: "failed", type, reason: answer.error.reason });
      } else {
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

  async #answer(metadata: Metadata, tree: ObjectTree): Promise<Answer> {
    let records: Records;
    try {
      records = await pullContent(this.#requests, this.#nodeId, metadata, tree, this.#signal);
    } catch (error) {
      if (!(error instanceof AnygradError)) throw error;
      return { error: { code: errorCodes.messageUnavailable, reason: error.message } };
    }
    try {
      return await this.#answerTo(metadata.messageType ?? "", records);
    } catch (error) {
      // whatever it is, also in a callback of the user's own: the server waits for an answer
      const reason = this.#signal.aborted ? "the node was stopped" : reasonOf(error);
      return { error: { code: errorCodes.raised, reason } };
    }
  }

  async #answerTo(type: string, records: Records): Promise<Partial<Records>> {
    const { [secureRecord]: secure, ...configs } = records.configs;
    const plain = (): Promise<Partial<Records>> =>
      answerOf(type, { ...records, configs }, this.#options, this.#signal);
    if (secure) {
      const { SecureAggregation } = await import("./secure/aggregation.ts");
      this.#secure ??= new SecureAggregation();
      return this.#secure.answer(this.#nodeId, secure, secureRecord, plain);
    }
    if (this.#options.secureAggregation && type.split(".")[0] === "train")
      throw new AnygradError(
        "UNSUPPORTED",
        "federate: the server asks for weights in the clear, and this node gives them by secure aggregation alone",
      );
    return plain();
  }

  #tell(event: FederationEvent): void {
    this.#options.onEvent?.(event);
  }
}
