/** Flower's Fleet API over HTTP, as SuperLinks of version 1.42 speak it: a POST of protobuf bytes to an address a method. */
import { AnygradError, quote } from "../errors.ts";
import { strictOptions } from "../math/options.ts";
import { toBase64 } from "./identity.ts";
import { type FleetTransport, type Outcome, toldReason, unavailable } from "./transport.ts";
import type { FleetMethod } from "./wire/messages.ts";

/** The part of `fetch` that the transport needs. */
export type Post = (
  url: string,
  init: {
    readonly method: "POST";
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Uint8Array<ArrayBuffer>;
    readonly signal: AbortSignal;
  },
) => Promise<Pick<Response, "status" | "arrayBuffer">>;

/** Options of {@link httpTransport}. */
export interface HttpTransportOptions {
  /** Address of the SuperLink, or of a bridge to it: "https://fed.example:8000". */
  readonly url: string;
  /** Sends a request: the platform's `fetch`, or one with certificates of its own. */
  readonly fetch: Post;
}

const path = (method: FleetMethod): string =>
  method.replace(/[A-Z]/g, (letter, place) => `${place ? "-" : ""}${letter.toLowerCase()}`);

/**
 * Carries requests by HTTP or HTTPS. A page needs a bridge that answers for its origin, as examples/federated has one: a SuperLink sends no
 * CORS headers.
 * @throws AnygradError INVALID_ARGUMENT
 * @example
 * ```js
 * import { httpTransport } from "anygrad/federated";
 *
 * const transport = httpTransport({ url: "http://127.0.0.1:8000", fetch });
 * console.log(typeof transport.call); // function
 * ```
 */
export function httpTransport(options: HttpTransportOptions): FleetTransport {
  const { url, fetch } = strictOptions("httpTransport", options, "url:string fetch:function");
  if (!/^https?:[/][/][^/]/.test(url ?? "") || typeof fetch !== "function")
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `httpTransport: the url is ${quote(url)}; pass { url: "http://127.0.0.1:8000", fetch }`,
    );
  const base = url.replace(/[/]+$/, "");
  return {
    async call(method, body, { publicKey, timestamp, signature }, signal): Promise<Outcome> {
      try {
        const response = await fetch(`${base}/v1/fleet/${path(method)}`, {
          method: "POST",
          headers: {
            "content-type": "application/protobuf",
            accept: "application/protobuf",
            "flwr-public-key": toBase64(publicKey),
            "flwr-timestamp": timestamp,
            "flwr-signature": toBase64(signature),
          },
          body,
          signal,
        });
        const bytes = new Uint8Array(await response.arrayBuffer());
        if (response.status === 200) return { kind: "answered", bytes };
        const reason = `${toldReason(new TextDecoder().decode(bytes))} (HTTP ${response.status})`;
        return { kind: kindOf(response.status), reason };
      } catch (cause) {
        return unavailable(cause);
      }
    },
  };
}

function kindOf(status: number): "unavailable" | "unknown" | "over" | "refused" {
  if (status === 401) return "unknown";
  if (status === 403) return "over";
  return status === 429 || (status >= 500 && status !== 501) ? "unavailable" : "refused";
}
