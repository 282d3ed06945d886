/** A sweep's or comparison's place on the queue: opened by its coordinator, and found again by one that goes on. */
import { hostname } from "node:os";
import { join } from "node:path";
import type { OutputFolder } from "../../runs/outputFolder.ts";
import { createHost } from "../../src/runtime/host.ts";
import { queueAddress } from "../options/queueAddress.ts";
import { createChildPool } from "../process/childRun.ts";
import type { RunPool } from "../process/runPool.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { openQueue, queueError } from "./connection.ts";
import { buildOf } from "./control.ts";
import { openQueueRuns } from "./queueRuns.ts";
import { enterSweep } from "./registry.ts";

export interface SweepQueueOptions {
  /** The queue's address as it was given, secrets included. */
  readonly queue: string;
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

/** @throws AnygradError UNSUPPORTED, INVALID_ARGUMENT, OUTPUT; QueueTrouble */
export async function openSweepQueue(options: SweepQueueOptions): Promise<SweepQueue> {
  const { folder, title, planned, extra, fast, signal, terminal } = options;
  const connection = await openQueue(queueAddress(options.queue), terminal);
  try {
    const build = await buildOf(createChildPool({ jobs: 1, signal }), fast);
    const sweep = await idIn(folder);
    const entered = await enterSweep(connection, sweep, {
      title,
      host: hostname(),
      began: Date.now(),
      planned,
      anygrad: build.anygrad,
    });
    const runs = await openQueueRuns(connection, { sweep, build, fast, signal, terminal });
    return {
      runs: {
        ...runs,
        run: (request, hooks) => runs.run({ ...request, args: [...request.args, ...extra] }, hooks),
        get trouble() {
          return runs.trouble;
        },
      },
      shown: connection.address.shown,
      async close(isOver) {
        await runs.close();
        await entered.leave(isOver);
        await connection.close();
        if (isOver) await folder.remove([fileName]);
      },
    };
  } catch (error) {
    await connection.close();
    throw queueError(error, connection.address);
  }
}

/** The id that the queue knows the sweep by: of this folder, for as long as it is not over. */
async function idIn(folder: OutputFolder): Promise<string> {
  const bytes = await createHost().readFile(join(folder.path, fileName));
  const [, found] = /"sweep": ?"([0-9a-f]{8})"/.exec(bytes ? new TextDecoder().decode(bytes) : "") ?? [];
  if (found !== undefined) return found;
  const sweep = crypto.randomUUID().slice(0, 8);
  await folder.write({ [fileName]: `${JSON.stringify({ sweep })}\n` });
  return sweep;
}
