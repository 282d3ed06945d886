/** What carries a node's requests to a SuperLink: HTTP, gRPC, or a bridge of one's own. */
import { reasonOf } from "../errors.ts";
import type { Proof } from "./identity.ts";
import type { FleetMethod } from "./wire/messages.ts";

/**
 * What became of a request. "unavailable": nobody answered, and may later; "unknown": the SuperLink does not know this node, or not any
 * more; "over": the run that it belongs to is at its end; "refused": anything else.
 */
export type Outcome =
  | {
      /** It was answered. */
      readonly kind: "answered";
      /** The answer's protobuf message. */
      readonly bytes: Uint8Array;
    }
  | {
      /** It was not. */
      readonly kind: "unavailable" | "unknown" | "over" | "refused";
      /** Why, in words. */
      readonly reason: string;
    };

/** Carries requests. */
export interface FleetTransport {
  /**
   * Sends a request of Flower's Fleet API.
   * @param request the bytes of its protobuf message
   * @param proof who sends it
   * @param signal gives up
   * @returns what became of it; it does not throw
   */
  call(
    method: FleetMethod,
    request: Uint8Array<ArrayBuffer>,
    proof: Proof,
    signal: AbortSignal,
  ): Promise<Outcome>;
  /** Closes its connections. */
  close?(): void;
}

/** What a SuperLink says of an error: its text, without the JSON around it. */
export function toldReason(text: string): string {
  try {
    const told = JSON.parse(text) as Record<string, unknown>;
    const said = told.detail ?? told.public_message;
    if (typeof said === "string") return said;
  } catch {
    // plain text
  }
  return text.slice(0, 200);
}

/** A request that nobody answered. @param cause what was thrown */
export function unavailable(cause: unknown): Outcome {
  const inner = (cause as { cause?: unknown } | undefined)?.cause; // fetch says "fetch failed", and why within
  return { kind: "unavailable", reason: reasonOf(inner ?? cause) || "no answer" };
}
