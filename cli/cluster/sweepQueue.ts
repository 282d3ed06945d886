/** A sweep's or comparison's place on the queue: opened by its coordinator, and found again by one that goes on. */
import { rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import type { OutputFolder } from "../../runs/folder/outputFolder.ts";
import { createHost } from "../../src/runtime/host.ts";
import { queueAddress } from "../options/machines/queueAddress.ts";
import { createChildPool } from "../process/childRun.ts";
import type { RunPool } from "../process/runPool.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { openQueue, queueError } from "./connection.ts";
import { type Sharing, shareContents } from "./content/share.ts";
import { openSource } from "./content/source.ts";
import { buildOf } from "./control.ts";
import { describeInputs, type GivenInputs } from "./inputs.ts";
import { openQueueRuns } from "./queueRuns.ts";
import { enterSweep } from "./registry.ts";

export interface SweepQueueOptions {
  /** The queue's address as it was given, secrets included. */
  readonly queue: string;
  /** Where contents are to be had: see content/share.ts. */
  readonly share: string | undefined;
  /** What runs read. */
  readonly inputs: GivenInputs;
  /** Whether runs are wanted with all their files, and not only to go on. */
  readonly whole: boolean;
  /** Folder of the sweep, in which its id is kept. */
  readonly folder: OutputFolder;
  /** What it is of, for people. */
  readonly title: string;
  /** Number of runs in the plan. */
  readonly planned: number;
  /** Arguments of each run that change no result. */
  readonly extra: readonly string[];
  /** Whether runs use --precision fast. */
  readonly fast: boolean;
  readonly signal: AbortSignal;
  readonly terminal: Terminal;
}

export interface SweepQueue {
  readonly runs: RunPool;
  /** The queue without secrets. */
  readonly shown: string;
  /** @param isOver whether nothing is to go on */
  close(isOver: boolean): Promise<void>;
}

const fileName = "queue.json";
/** Folder in which checkpoints are on their way. */
const sharedName = "shared";

/** @throws AnygradError UNSUPPORTED, INVALID_ARGUMENT, OUTPUT; QueueTrouble */
export async function openSweepQueue(options: SweepQueueOptions): Promise<SweepQueue> {
  const { folder, title, planned, extra, fast, whole, signal, terminal } = options;
  const connection = await openQueue(queueAddress(options.queue), terminal);
  let sharing: Sharing | undefined;
  try {
    const { described, inputs } = await describeInputs(options.inputs, signal);
    sharing = await shareContents(described, {
      share: options.share,
      checkpoints: join(folder.path, sharedName),
    });
    const { address, drop } = sharing;
    const source = await openSource(address, { signal });
    const build = await buildOf(createChildPool({ jobs: 1, signal }), fast);
    const before = await idIn(folder);
    const sweep = before ?? crypto.randomUUID().slice(0, 8);
    const entered = await enterSweep(connection, sweep, {
      title,
      host: hostname(),
      began: Date.now(),
      planned,
      anygrad: build.anygrad,
      inputs,
      source: address,
    });
    if (before === undefined) await folder.write({ [fileName]: `${JSON.stringify({ sweep })}\n` });
    const runs = await openQueueRuns(connection, {
      sweep,
      build,
      fast,
      whole,
      extra,
      inputs,
      kept: { source, drop },
      signal,
      terminal,
    });
    return {
      runs,
      shown: connection.address.shown,
      async close(isOver) {
        await runs.close();
        await entered.leave(isOver);
        await connection.close();
        source.close();
        await sharing?.close();
        if (!isOver) return;
        await folder.remove([fileName]);
        await rm(join(folder.path, sharedName), { recursive: true, force: true });
      },
    };
  } catch (error) {
    await sharing?.close();
    await connection.close();
    throw queueError(error, connection.address);
  }
}

/** The id that the queue knows the sweep of this folder by; undefined: it has been on none, or is over. */
async function idIn(folder: OutputFolder): Promise<string | undefined> {
  const bytes = await createHost().readFile(join(folder.path, fileName));
  const [, found] = /"sweep": ?"([0-9a-f]{8})"/.exec(bytes ? new TextDecoder().decode(bytes) : "") ?? [];
  return found;
}
