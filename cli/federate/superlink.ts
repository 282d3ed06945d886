/** How the command line reaches a SuperLink: over HTTP or gRPC, with TLS unless it is told otherwise. */
import { readFile } from "node:fs/promises";
import { request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import { AnygradError, reasonOf } from "../../src/errors.ts";
import {
  type FleetTransport,
  httpTransport,
  type Identity,
  type Post,
  readIdentity,
} from "../../src/federated/index.ts";

/** The options that say where the SuperLink is, and how it is spoken to. */
export interface SuperlinkOptions {
  /** Host and port. */
  readonly superlink: string;
  readonly transport?: "http" | "grpc";
  readonly insecure?: boolean;
  /** A PEM file. */
  readonly rootCertificates?: string;
  /** A file of an OpenSSH key. */
  readonly privateKey?: string;
}

/** The port of Flower's Fleet API over gRPC, which was the only one before 1.40. */
const grpcPort = "9092";

/** @throws AnygradError INVALID_ARGUMENT, DATA_MISSING; UNSUPPORTED where the package for gRPC is missing */
export async function transportTo(options: SuperlinkOptions): Promise<FleetTransport> {
  const { superlink, insecure = false, rootCertificates } = options;
  const port = /^([\w.-]+|\[[\da-fA-F:.]+\]):(\d{1,5})$/.exec(superlink)?.[2];
  if (port === undefined || Number(port) > 65535)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `--superlink: "${superlink.slice(0, 60)}" is no address; pass host and port, as 127.0.0.1:8000`,
    );
  if (insecure && rootCertificates !== undefined)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      "--root-certificates is for TLS, and --insecure goes without; leave one out",
    );
  const certificates =
    rootCertificates === undefined ? undefined : await fileOf("--root-certificates", rootCertificates);
  const kind = options.transport ?? (port === grpcPort ? "grpc" : "http");
  if (kind === "grpc") {
    const { grpcTransport } = await import("./grpc.ts");
    return grpcTransport(superlink, { insecure, certificates });
  }
  return httpTransport({
    url: `${insecure ? "http" : "https"}://${superlink}`,
    fetch: posting(insecure, certificates),
  });
}

/** The key pair of `--private-key`; undefined where there is none. @throws AnygradError as `readIdentity`, INVALID_ARGUMENT, DATA_MISSING */
export async function identityOf({ privateKey, insecure }: SuperlinkOptions): Promise<Identity | undefined> {
  if (privateKey === undefined) return undefined;
  if (insecure)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      "--private-key is for SuperLinks that know their nodes, which speak TLS; leave --insecure out",
    );
  return readIdentity((await fileOf("--private-key", privateKey)).toString("latin1"));
}

async function fileOf(option: string, path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new AnygradError(
      "DATA_MISSING",
      `${option}: ${path} cannot be read (${reasonOf(cause)}); check the path`,
      {
        cause,
      },
    );
  }
}

/** A `fetch` that trusts the given certificates alone. */
function posting(insecure: boolean, ca: Buffer | undefined): Post {
  return (url, { method, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const send = insecure ? plainRequest : secureRequest;
      const sent = send(
        url,
        { method, headers: { ...headers, "content-length": body.length }, signal, ca },
        (answer) => {
          const pieces: Buffer[] = [];
          answer.on("data", (piece: Buffer) => pieces.push(piece));
          answer.on("error", reject);
          answer.on("end", () =>
            resolve({
              status: answer.statusCode ?? 0,
              arrayBuffer: async () => new Uint8Array(Buffer.concat(pieces)).buffer,
            }),
          );
        },
      );
      sent.on("error", (error: NodeJS.ErrnoException) => reject(told(error)));
      sent.end(body);
    });
}

/** What TLS says where the other side has none. */
function told(error: NodeJS.ErrnoException): Error {
  return error.code === "EPROTO"
    ? new Error("it does not speak TLS; pass --insecure where it was started so", { cause: undefined })
    : new Error(error.message || error.code || "no connection");
}
