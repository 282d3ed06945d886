/**
 * Where contents come from, and checkpoints go to: a folder that several machines see, or the coordinator's server. What has arrived of a
 * file that was interrupted is kept, and the next attempt asks for the rest; nothing is used before its SHA-256 is checked.
 */
import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, open, rm } from "node:fs/promises";
import http from "node:http";
import https from "node:https";
import { setTimeout as pause } from "node:timers/promises";
import { AnygradError, codeOf, quote } from "../../../src/errors.ts";
import { unwritable } from "../../../src/runtime/wholeFiles.ts";
import { ContentFolder, type FolderLimits } from "./contentFolder.ts";
import { hashOfFile, unreadable } from "./fileHashes.ts";
import type { Content } from "./manifest.ts";

export interface ContentSource {
  /**
   * Writes a content to a file, whose first bytes may be there from an attempt before. The file is removed where its bytes are wrong.
   * @param onBytes called with the bytes that are there
   * @throws AnygradError DATA_MISSING where the source has no such content, DATA_DOWNLOAD where it cannot be reached or sends other bytes,
   *   OUTPUT, ABORTED
   */
  get(content: Content, path: string, onBytes?: (bytes: number) => void): Promise<void>;
  /** Keeps a file at the source. @throws AnygradError DATA_DOWNLOAD, MEMORY_LIMIT where it has no room, ABORTED */
  put(content: Content, path: string): Promise<void>;
  /** Lets go of connections. */
  close(): void;
}

export interface SourceOptions {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds without a byte after which a request is given up. Default 30,000. */
  readonly idleTimeout?: number;
  /** Number of requests in a row that may fail without bringing a byte. Default 5: with their pauses half a minute. */
  readonly attempts?: number;
  /** What a folder takes. */
  readonly limits?: FolderLimits;
}

/** @param address of `shareContents`: a folder, or `http://…` @throws AnygradError INVALID_ARGUMENT, OUTPUT for a folder that cannot be made */
export async function openSource(address: string, options: SourceOptions = {}): Promise<ContentSource> {
  if (/^https?:/i.test(address)) return new HttpSource(address, options);
  return folderSource(await ContentFolder.open(address, options.limits), options);
}

function folderSource(folder: ContentFolder, { signal }: SourceOptions): ContentSource {
  return {
    async get(content, path, onBytes) {
      const found = await folder.find(content.sha256);
      if (!found) throw missing(content, folder.path);
      if (found.bytes !== content.bytes) throw wrong(content, folder.path);
      await copyFile(found.path, path).catch((error: unknown) => {
        throw unwritable(path, error);
      });
      if ((await hashOfFile(path, signal)) !== content.sha256) {
        await rm(path, { force: true });
        throw wrong(content, folder.path);
      }
      onBytes?.(content.bytes);
    },
    put: (content, path) => folder.putFile(content, path),
    close() {},
  };
}

/** An answer that trying again does not change. */
class Refused extends Error {
  constructor(readonly status: number) {
    super(`answered ${status}`);
  }
}

class HttpSource implements ContentSource {
  readonly #base: string;
  /** The address without its path, which holds the token: for messages. */
  readonly #shown: string;
  readonly #client: typeof http | typeof https;
  readonly #agent: http.Agent;
  readonly #options: SourceOptions;

  constructor(address: string, options: SourceOptions) {
    const url = URL.canParse(address) ? new URL(address) : undefined;
    if (!url?.hostname)
      throw new AnygradError(
        "INVALID_ARGUMENT",
        `the address ${quote(address.slice(0, 8))}… of shared data is no URL`,
      );
    this.#base = `${url.origin}${url.pathname.replace(/[/]+$/, "")}`;
    this.#shown = url.origin;
    this.#client = url.protocol === "https:" ? https : http;
    this.#agent = new this.#client.Agent({ keepAlive: true, maxSockets: 8 });
    this.#options = options;
  }

  async get(content: Content, path: string, onBytes?: (bytes: number) => void): Promise<void> {
    const handle = await open(path, "a+").catch((error: unknown) => {
      throw unwritable(path, error);
    });
    const file = { handle, hash: createHash("sha256"), bytes: (await handle.stat()).size };
    let isWhole = false;
    try {
      if (file.bytes > content.bytes) await clear(file);
      else if (file.bytes > 0) await hashAgain(file, path);
      const resumed = file.bytes > 0;
      await this.#fill(file, content, path, onBytes);
      isWhole = file.hash.copy().digest("hex") === content.sha256;
      if (!isWhole && resumed) {
        // what was there before may have been damaged: once more from the first byte
        await clear(file);
        await this.#fill(file, content, path, onBytes);
        isWhole = file.hash.copy().digest("hex") === content.sha256;
      }
      if (isWhole) await handle.sync();
    } finally {
      await handle.close();
    }
    if (isWhole) return;
    await rm(path, { force: true });
    throw wrong(content, this.#shown);
  }

  async put(content: Content, path: string): Promise<void> {
    await this.#attempts(content, async () => {
      const headers = { "content-length": content.bytes, expect: "100-continue" };
      (await this.#request(content, "PUT", headers, path)).resume();
      return false;
    });
  }

  close(): void {
    this.#agent.destroy();
  }

  /** Asks for what is missing of a file until it is there. */
  async #fill(
    file: OpenFile,
    content: Content,
    path: string,
    onBytes?: (bytes: number) => void,
  ): Promise<void> {
    await this.#attempts(content, async () => {
      const before = file.bytes;
      if (before === content.bytes) return false;
      try {
        const answer = await this.#request(content, "GET", before > 0 ? { range: `bytes=${before}-` } : {});
        if (before > 0 && answer.statusCode !== 206) await clear(file);
        for await (const piece of answer as AsyncIterable<Buffer>) {
          if (file.bytes + piece.length > content.bytes) {
            answer.destroy();
            await clear(file);
            throw wrong(content, this.#shown);
          }
          await file.handle.appendFile(piece).catch((error: unknown) => {
            throw unwritable(path, error);
          });
          file.hash.update(piece);
          file.bytes += piece.length;
          onBytes?.(file.bytes);
        }
        if (file.bytes <= before && file.bytes < content.bytes) throw new Error("sent nothing more");
      } catch (error) {
        if (error instanceof AnygradError || error instanceof Refused || file.bytes <= before) throw error;
      }
      return file.bytes < content.bytes; // more has come: it goes on
    });
  }

  /** Tries until it is done or nothing has come for several times. @param attempt whether there is more to do */
  async #attempts(content: Content, attempt: () => Promise<boolean>): Promise<void> {
    const { attempts = 5, signal } = this.#options;
    for (let failed = 0; ; ) {
      try {
        while (await attempt()) failed = 0;
        return;
      } catch (error) {
        if (signal?.aborted) throw new AnygradError("ABORTED", `${this.#shown}: the transfer was stopped`);
        if (error instanceof AnygradError) throw error;
        if (error instanceof Refused && error.status < 500) throw this.#refusal(content, error);
        if (++failed >= attempts)
          throw new AnygradError(
            "DATA_DOWNLOAD",
            `${this.#shown}: cannot be reached (${codeOf(error)}); see that anygrad tune runs there with --share and that this machine may reach it`,
            { cause: error },
          );
        await pause(500 * 2 ** failed, undefined, { signal }).catch(() => {});
      }
    }
  }

  #refusal(content: Content, { status }: Refused): AnygradError {
    if (status === 404) return missing(content, this.#shown);
    if (status === 413)
      return new AnygradError(
        "MEMORY_LIMIT",
        `${this.#shown}: has no room for a checkpoint of ${content.bytes} bytes; see the limits of anygrad tune there`,
      );
    return new AnygradError(
      "DATA_DOWNLOAD",
      `${this.#shown}: answered ${status}; see that it is an anygrad of the same version`,
    );
  }

  /** @param file sent when the server asks for it: what it has, or has no room for, is not read */
  async #request(
    { sha256 }: Content,
    method: string,
    headers: http.OutgoingHttpHeaders,
    file?: string,
  ): Promise<http.IncomingMessage> {
    const { signal, idleTimeout = 30_000 } = this.#options;
    return new Promise((resolve, reject): unknown => {
      const request = this.#client.request(
        `${this.#base}/${sha256}`,
        { method, headers, agent: this.#agent, timeout: idleTimeout, ...(signal && { signal }) },
        (answer) => {
          const { statusCode = 0 } = answer;
          if (file !== undefined && !request.writableEnded) answer.once("end", () => request.destroy());
          if (statusCode >= 200 && statusCode < 300) return resolve(answer);
          answer.resume();
          reject(new Refused(statusCode));
        },
      );
      request.on("timeout", () => request.destroy(new Error(`sent nothing for ${idleTimeout / 1000} s`)));
      request.on("error", reject);
      if (file === undefined) return request.end();
      request.once("continue", () => {
        const body = createReadStream(file, { highWaterMark: 1 << 18 });
        body.on("error", (error) => request.destroy(unreadable(file, error)));
        request.once("close", () => body.destroy());
        body.pipe(request);
      });
      request.flushHeaders();
    });
  }
}

/** A file that grows, and the hash of what it holds. */
interface OpenFile {
  readonly handle: Awaited<ReturnType<typeof open>>;
  hash: Hash;
  bytes: number;
}

async function clear(file: OpenFile): Promise<void> {
  await file.handle.truncate(0);
  file.hash = createHash("sha256");
  file.bytes = 0;
}

async function hashAgain(file: OpenFile, path: string): Promise<void> {
  for await (const piece of createReadStream(path, { end: file.bytes - 1 }))
    file.hash.update(piece as Uint8Array);
}

function missing({ sha256 }: Content, where: string): AnygradError {
  return new AnygradError(
    "DATA_MISSING",
    `${where}: has no content ${sha256.slice(0, 12)}…; pass --data a folder that holds the data set, or start the sweep again`,
  );
}

function wrong({ sha256, bytes }: Content, where: string): AnygradError {
  return new AnygradError(
    "DATA_DOWNLOAD",
    `${where}: sends other bytes than the ${bytes} of content ${sha256.slice(0, 12)}…; its file was changed or damaged: bring it back, or start the sweep again`,
  );
}
