/**
 * What a sweep shares with its workers: its data sets, and the checkpoints of trials that are paused. By a server of this process, or in a folder
 * that all machines see.
 */

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { ContentFolder, type FolderLimits } from "./contentFolder.ts";
import type { DescribedData } from "./dataContent.ts";
import { parseListening, type ServedContent, serveContents } from "./server.ts";

export interface ShareOptions {
  /** `--share`: HOST, HOST:PORT or a folder. Default: loopback, for workers on this machine. */
  readonly share?: string | undefined;
  /** Folder of this machine in which a server keeps checkpoints. */
  readonly checkpoints: string;
  /** What the folder of checkpoints takes. */
  readonly limits?: FolderLimits;
}

export interface Sharing {
  /** What `openSource` of a worker takes. It holds a secret: for the queue alone, not for logs. */
  readonly address: string;
  /** Removes a checkpoint that nobody needs any more. */
  drop(sha256: string): Promise<void>;
  /** No more is served; a shared folder stays as it is. */
  close(): Promise<void>;
}

/** @throws AnygradError INVALID_ARGUMENT for an address that cannot be listened on; OUTPUT and MEMORY_LIMIT for a folder that takes no more */
export async function shareContents(
  data: readonly DescribedData[],
  { share, checkpoints, limits }: ShareOptions,
): Promise<Sharing> {
  const served = data.flatMap((each) => each.served);
  if (share !== undefined && (await isFolder(share))) {
    const folder = await ContentFolder.open(share, limits);
    for (const content of served) await folder.put(content, bytesOf(content));
    return { address: folder.path, drop: (sha256) => folder.remove(sha256), async close() {} };
  }
  const listening = share === undefined ? undefined : parseListening(share);
  const folder = await ContentFolder.open(checkpoints, limits);
  const server = await serveContents(new Map(served.map((each) => [each.sha256, each])), folder, listening);
  return { address: server.address, drop: (sha256) => folder.remove(sha256), close: () => server.close() };
}

async function isFolder(share: string): Promise<boolean> {
  return /[/\\]|^[.]/.test(share) || ((await stat(share).catch(() => undefined))?.isDirectory() ?? false);
}

/** Opened when the first byte is asked for. */
async function* bytesOf({ from }: ServedContent): AsyncGenerator<Uint8Array> {
  yield* "text" in from ? Readable.from([Buffer.from(from.text)]) : createReadStream(from.path);
}
