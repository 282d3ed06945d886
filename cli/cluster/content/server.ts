/**
 * Serves contents to other machines over HTTP: those that were named, by their SHA-256, and nothing else that lies on the disk. Takes and
 * serves checkpoints, as many as there is room for.
 *
 * Who knows the address may read and bring contents: a random token is part of it. It is loopback unless another one is given; what is sent
 * is not encrypted, so that the address is to be one of a network that is trusted.
 */
import { randomBytes, timingSafeEqual } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { hostname } from "node:os";
import { pipeline } from "node:stream/promises";
import { AnygradError, codeOf, quote } from "../../../src/errors.ts";
import type { ContentFolder } from "./contentFolder.ts";
import { type Content, isHash, isSize } from "./manifest.ts";

/** Where the bytes of a content are: in a file, or here. */
export interface ServedContent extends Content {
  readonly from: { readonly path: string } | { readonly text: string };
}

export interface ContentServer {
  /** `http://HOST:PORT/TOKEN`: to be told to workers alone. */
  readonly address: string;
  /** Ends all connections. */
  close(): Promise<void>;
}

/** Host and port of `--share`. */
export interface Listening {
  readonly host: string;
  /** 0: one that is free. */
  readonly port: number;
}

/** Milliseconds without a byte after which a connection is closed. */
const IDLE_MILLISECONDS = 60_000;

/**
 * @param files contents that are read, by their hashes
 * @param folder where checkpoints are kept
 * @throws AnygradError INVALID_ARGUMENT for an address that is not this machine's, or is taken
 */
export async function serveContents(
  files: ReadonlyMap<string, ServedContent>,
  folder: ContentFolder,
  { host, port }: Listening = { host: "127.0.0.1", port: 0 },
): Promise<ContentServer> {
  const token = randomBytes(24).toString("base64url");
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    respond(request, response, { token, files, folder }).catch(() => response.destroy());
  };
  const server = createServer({ requestTimeout: 0, headersTimeout: 10_000, keepAliveTimeout: 30_000 });
  server.timeout = IDLE_MILLISECONDS;
  server.on("request", answer).on("checkContinue", answer);
  await listen(server, { host, port });
  server.unref(); // the sweep is what the process lives for
  const told = host === "0.0.0.0" || host === "::" ? hostname() : host;
  const shown = told.includes(":") ? `[${told}]` : told;
  return {
    address: `http://${shown}:${(server.address() as AddressInfo).port}/${token}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * @param text HOST, HOST:PORT, [IPv6]:PORT or [IPv6]
 * @throws AnygradError INVALID_ARGUMENT
 */
export function parseListening(text: string): Listening {
  const [, six, four, port = "0"] = /^(?:\[([0-9a-f:.]+)\]|([^:/\s[\]]+))(?::(\d{1,5}))?$/i.exec(text) ?? [];
  const host = six ?? four;
  if (host === undefined || Number(port) > 65_535)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `--share is ${quote(text)}; pass an address of this machine that workers reach, such as 192.168.1.5:7070, or a folder that they see, such as /mnt/shared`,
    );
  return { host, port: Number(port) };
}

function listen(server: Server, { host, port }: Listening): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => {
      const code = codeOf(error);
      const what =
        code === "EADDRINUSE"
          ? "is in use; pass another port, or none"
          : `cannot be listened on (${code}); pass an address of this machine`;
      reject(
        new AnygradError("INVALID_ARGUMENT", `--share: ${host}${port > 0 ? `:${port}` : ""} ${what}`, {
          cause: error,
        }),
      );
    });
    server.listen({ host, port }, resolve);
  });
}

interface Served {
  readonly token: string;
  readonly files: ReadonlyMap<string, ServedContent>;
  readonly folder: ContentFolder;
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  { token, files, folder }: Served,
): Promise<void> {
  const [, given = "", sha256 = "", ...rest] = (request.url ?? "").split("/");
  // without the token nothing is told, not even what could be asked
  if (!isToken(given, token) || !isHash(sha256) || rest.length > 0) return end(response, 404);
  const { method } = request;
  if (method === "PUT") return take(request, response, sha256, folder);
  if (method !== "GET" && method !== "HEAD") return end(response, 405, { allow: "GET, HEAD, PUT" });
  const kept = await folder.find(sha256);
  const content = files.get(sha256) ?? (kept && { sha256, bytes: kept.bytes, from: { path: kept.path } });
  if (!content) return end(response, 404);
  await send(request, response, content);
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  { bytes, from }: ServedContent,
): Promise<void> {
  const { range } = request.headers;
  const [, start] = /^bytes=(\d{1,15})-$/.exec(range ?? "") ?? [];
  const first = start === undefined ? 0 : Number(start);
  if (start !== undefined && first >= bytes)
    return end(response, 416, { "content-range": `bytes */${bytes}` });
  // a file that has changed since has other bytes than its name says
  if ("path" in from && (await stat(from.path).catch(() => undefined))?.size !== bytes)
    return end(response, 404);
  response.writeHead(start === undefined ? 200 : 206, {
    "content-type": "application/octet-stream",
    "content-length": bytes - first,
    "accept-ranges": "bytes",
    ...(start !== undefined && { "content-range": `bytes ${first}-${bytes - 1}/${bytes}` }),
  });
  if (request.method === "HEAD") return void response.end();
  if ("text" in from) return void response.end(Buffer.from(from.text).subarray(first));
  if (bytes === 0) return void response.end();
  await pipeline(
    createReadStream(from.path, { start: first, end: bytes - 1, highWaterMark: 1 << 18 }),
    response,
  );
}

/** Keeps a checkpoint; its bytes are asked for when it is clear that they are wanted. */
async function take(
  request: IncomingMessage,
  response: ServerResponse,
  sha256: string,
  folder: ContentFolder,
): Promise<void> {
  if (await folder.find(sha256)) return end(response, 200);
  const bytes = Number(request.headers["content-length"] ?? Number.NaN);
  if (!isSize(bytes)) return end(response, 411);
  async function* body(): AsyncGenerator<Uint8Array> {
    if (request.headers.expect !== undefined) response.writeContinue();
    yield* request as AsyncIterable<Uint8Array>;
  }
  try {
    await folder.put({ sha256, bytes }, body());
    end(response, 201);
  } catch (error) {
    const code = error instanceof AnygradError ? error.code : "";
    const statuses: Readonly<Record<string, number>> = { MEMORY_LIMIT: 413, DATA_FORMAT: 422, OUTPUT: 507 };
    end(response, statuses[code] ?? 500, { connection: "close" });
  }
}

function end(response: ServerResponse, status: number, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { "content-length": 0, ...headers }).end();
}

/** Compares in the same time whatever is given. */
function isToken(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}
