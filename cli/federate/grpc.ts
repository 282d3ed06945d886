/** Flower's Fleet API over gRPC, as SuperLinks before version 1.40 speak it. The package @grpc/grpc-js is the user's to install. */
import type * as Grpc from "@grpc/grpc-js";
import { AnygradError } from "../../src/errors.ts";
import type { FleetTransport, Outcome } from "../../src/federated/index.ts";
import { toldReason } from "../../src/federated/transport.ts";

/** @throws AnygradError UNSUPPORTED where the package is missing */
export async function grpcTransport(
  address: string,
  { insecure, certificates }: { readonly insecure: boolean; readonly certificates: Buffer | undefined },
): Promise<FleetTransport> {
  const { Client, credentials, Metadata, status } = await loaded();
  const channel = insecure ? credentials.createInsecure() : credentials.createSsl(certificates ?? null);
  const client = new Client(address, channel, {
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });
  const kinds: Readonly<Record<number, "unavailable" | "unknown" | "over">> = {
    [status.UNAVAILABLE]: "unavailable",
    [status.DEADLINE_EXCEEDED]: "unavailable",
    [status.CANCELLED]: "unavailable",
    [status.INTERNAL]: "unavailable",
    [status.UNKNOWN]: "unavailable",
    [status.RESOURCE_EXHAUSTED]: "unavailable",
    [status.UNAUTHENTICATED]: "unknown",
    [status.PERMISSION_DENIED]: "over",
  };
  return {
    call: (method, request, { publicKey, timestamp, signature }, signal) =>
      new Promise<Outcome>((resolve) => {
        const metadata = new Metadata();
        metadata.set("flwr-public-key-bin", Buffer.from(publicKey));
        metadata.set("flwr-timestamp", timestamp);
        metadata.set("flwr-signature-bin", Buffer.from(signature));
        const path = `/flwr.proto.Fleet/${method}`;
        const call = client.makeUnaryRequest(path, Buffer.from, plain, request, metadata, (error, bytes) => {
          signal.removeEventListener("abort", cancel);
          if (bytes) return resolve({ kind: "answered", bytes });
          const { code = status.UNKNOWN, details = "no answer" } = error ?? {};
          resolve({
            kind: kinds[code] ?? "refused",
            reason: `${toldReason(details)} (gRPC ${status[code]})`,
          });
        });
        const cancel = (): void => call.cancel();
        signal.addEventListener("abort", cancel);
      }),
    close: () => client.close(),
  };
}

const plain = (bytes: Buffer): Uint8Array => bytes;

async function loaded(): Promise<typeof Grpc> {
  const name: string = "@grpc/grpc-js"; // no bundler takes it along
  try {
    return (await import(name)) as typeof Grpc;
  } catch (cause) {
    throw new AnygradError(
      "UNSUPPORTED",
      "--transport grpc takes the package @grpc/grpc-js, which is not here: npm install @grpc/grpc-js; or pass --transport http, which SuperLinks speak from Flower 1.40 on",
      { cause },
    );
  }
}
