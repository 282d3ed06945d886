/** Workers and coordinators of simulated sweeps on a queue, in this process. */

import { openQueue, type QueueConnection } from "../../cli/cluster/connection.ts";
import { DataCache } from "../../cli/cluster/content/dataCache.ts";
import type { Build } from "../../cli/cluster/job.ts";
import { openQueueRuns } from "../../cli/cluster/queueRuns.ts";
import { enterSweep } from "../../cli/cluster/registry.ts";
import { work } from "../../cli/cluster/worker.ts";
import { queueAddress } from "../../cli/options/machines/queueAddress.ts";
import { combinationsOf, type SweepPlan } from "../../cli/tune/plan.ts";
import type { Trial } from "../../report/sweep/trial.ts";
import { temporaryFolder } from "../cli/anygrad.ts";
import type { TestRedis } from "./redis.ts";
import { build, silentTerminal, simulatedPool, simulatedSweep } from "./simulated.ts";

let prefixes = 0;

/** A queue that nobody else uses, with short locks. */
export function freshQueue(redis: TestRedis): string {
  return `${redis.url}?prefix=test${prefixes++}&lock=1`;
}

export interface Hand {
  readonly connection: QueueConnection;
  readonly stop: () => Promise<unknown>;
  readonly made: Promise<number>;
  readonly warnings: readonly string[];
}

interface HandOptions {
  readonly milliseconds?: (args: readonly string[]) => number;
  readonly dies?: (args: readonly string[]) => boolean;
  readonly jobs?: number;
  readonly as?: Build;
  readonly untilEmpty?: boolean;
}

export async function startWorker(
  url: string,
  { milliseconds = () => 1, dies, jobs = 1, as = build, untilEmpty = false }: HandOptions = {},
): Promise<Hand> {
  const terminal = silentTerminal();
  const connection = await openQueue(queueAddress(url), terminal);
  const controller = new AbortController();
  const made = work(connection, {
    jobs,
    threads: 1,
    pool: (signal) => simulatedPool({ jobs, signal, milliseconds, ...(dies && { dies }) }),
    buildOf: async () => as,
    untilEmpty,
    cache: new DataCache({ folder: temporaryFolder() }),
    folders: [],
    signal: controller.signal,
    terminal,
  });
  made.catch(() => {});
  const stop = async (): Promise<unknown> => {
    controller.abort();
    const end = await made.catch((error) => error as unknown);
    await connection.close();
    return end;
  };
  return { connection, stop, made, warnings: terminal.warnings };
}

export interface Coordinator {
  readonly trials: Promise<readonly Trial[] | undefined>;
  readonly terminal: ReturnType<typeof silentTerminal>;
  /** Ends as a killed process does: nothing is taken off the queue. */
  readonly vanish: () => void;
  readonly stop: () => void;
  readonly trouble: () => Error | undefined;
}

export const sweepId: string = "0badf00d";

export function coordinate(url: string, plan: SweepPlan, folder: string): Coordinator {
  const terminal = silentTerminal();
  const controller = new AbortController();
  let connection: QueueConnection | undefined;
  let trouble: () => Error | undefined = () => undefined;
  const trials = simulatedSweep(plan, folder, async () => {
    connection = await openQueue(queueAddress(url), terminal);
    const what = {
      title: "mlp-64 on digits",
      host: "here",
      began: 0,
      planned: plan.trials,
      anygrad: "1.2.3",
    };
    const entered = await enterSweep(connection, sweepId, what);
    const options = {
      sweep: sweepId,
      build,
      fast: false,
      whole: false,
      extra: [],
      inputs: [],
      signal: controller.signal,
      terminal,
    };
    const runs = await openQueueRuns(connection, options);
    trouble = () => runs.trouble;
    return {
      runs,
      beginsAhead: true,
      async close(isOver) {
        await runs.close();
        await entered.leave(isOver);
        await connection!.close();
      },
    };
  });
  return {
    trials,
    terminal,
    vanish: () => void connection?.close(),
    stop: () => controller.abort(),
    trouble: () => trouble(),
  };
}

/** What a trial of a plan ends with. */
export async function endOf(plan: SweepPlan, trial: number): Promise<object> {
  const { run } = simulatedPool({ jobs: 1, signal: new AbortController().signal, milliseconds: () => 0 });
  return run(["--learning-rate", rateOf(plan, trial), "--stop-after", "9"]);
}

/** The learning rate of a trial, as its arguments have it. */
export function rateOf(plan: SweepPlan, trial: number): string {
  return String(Object.values(combinationsOf(plan)[trial - 1]!)[0]);
}
