/** A node's requests to its SuperLink: signed, and repeated where nobody answers. */
import { AnygradError } from "../errors.ts";
import type { FederationEvent } from "./events.ts";
import type { Identity } from "./identity.ts";
import type { FleetTransport, Outcome } from "./transport.ts";
import { randomShare, wait } from "./wait.ts";
import { type Calls, decodeAnswer, encodeRequest, type FleetMethod } from "./wire/messages.ts";

/** The run of a message is over. */
export class Over extends Error {}
/** The SuperLink does not know the node. */
export class Unknown extends Error {}

/** The most seconds between two tries. */
const longestWait = 20;
/** Seconds that a request may take. */
const patience = 120;

/** What requests need of those to whom a node belongs. */
export interface RequestOptions {
  readonly transport: FleetTransport;
  readonly maxWaitSeconds?: number;
  readonly onEvent?: (event: FederationEvent) => void;
}

export class FleetRequests {
  /** Who asks; whoever joins has one. */
  identity: Identity | undefined;
  readonly #options: RequestOptions;
  readonly #signal: AbortSignal;

  constructor(options: RequestOptions, signal: AbortSignal) {
    this.#options = options;
    this.#signal = signal;
  }

  /**
   * A request, again and again where nobody answers.
   * @throws Over, Unknown; AnygradError UNSUPPORTED for one that is refused, DATA_DOWNLOAD where waiting comes to its end
   */
  async call<Name extends FleetMethod>(method: Name, request: Calls[Name][0]): Promise<Calls[Name][1]> {
    const { maxWaitSeconds = Number.POSITIVE_INFINITY, onEvent } = this.#options;
    const start = performance.now();
    for (let tries = 0; ; tries++) {
      // a last answer is given also where the node is leaving
      const outcome = await this.#send(method, request, AbortSignal.timeout(1000 * patience));
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
      onEvent?.({ kind: "waiting", reason, seconds });
      await wait(seconds, this.#signal);
    }
  }

  /** A request that is not repeated. @returns the answer, or why there is none */
  async once<Name extends FleetMethod>(
    method: Name,
    request: Calls[Name][0],
    signal: AbortSignal,
  ): Promise<Calls[Name][1] | string> {
    const outcome = await this.#send(method, request, signal);
    return outcome.kind === "answered" ? decodeAnswer(method, outcome.bytes) : outcome.kind;
  }

  async #send<Name extends FleetMethod>(
    method: Name,
    request: Calls[Name][0],
    signal: AbortSignal,
  ): Promise<Outcome> {
    const proof = await this.identity!.sign();
    return this.#options.transport.call(method, encodeRequest(method, request), proof, signal);
  }
}

/** Seconds before the next try: 1, 2, 4 … up to the longest, a fifth more or less, so that nodes do not come back all at once. */
export function backoff(tries: number, longest: number): number {
  const seconds = tries < 5 ? 2 ** tries : longest;
  return Math.min(seconds, longest) * (0.8 + 0.4 * randomShare());
}
