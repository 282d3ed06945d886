/** `anygrad work`: trains trials of sweeps and comparisons that other machines put on a queue, until it is stopped. */
import { availableParallelism } from "node:os";
import { Command } from "commander";
import { wholeNumber } from "../../options/arguments.ts";
import { queueAddress } from "../../options/machines/queueAddress.ts";
import { addQueueOption, type QueueCliOptions } from "../../options/machines/queueOptions.ts";
import { createChildPool } from "../../process/childRun.ts";
import { createTerminal } from "../../terminal/terminal.ts";

interface Options extends QueueCliOptions {
  readonly jobs?: number;
  readonly data?: readonly string[];
  readonly cache?: string;
  readonly untilEmpty?: boolean;
  readonly quiet?: boolean;
}

export function workCommand(signal: AbortSignal): Command {
  return addQueueOption(
    new Command("work").description("train what tune and compare put on a queue, until Ctrl-C or SIGTERM"),
  )
    .option("--jobs <n>", "trials at a time (default: as many as cores)", wholeNumber("--jobs", 1))
    .option(
      "--data <dir>",
      "folder in which data sets are looked for before they are fetched; repeatable",
      (folder: string, before: string[] = []) => [...before, folder],
    )
    .option("--cache <dir>", "folder for data sets that are fetched (default: the user's cache folder)")
    .option("--until-empty", "end when no trial is on the queue and no sweep at work")
    .option("--quiet", "no progress and no prose, warnings alone")
    .action((options: Options) => run(options, signal));
}

async function run(options: Options, signal: AbortSignal): Promise<void> {
  const terminal = createTerminal(options);
  const [{ openQueue }, { buildOf }, { work }, { DataCache }] = await Promise.all([
    import("../../cluster/connection.ts"),
    import("../../cluster/control.ts"),
    import("../../cluster/worker.ts"),
    import("../../cluster/content/dataCache.ts"),
  ]);
  const connection = await openQueue(queueAddress(options.queue!), terminal);
  try {
    const cores = availableParallelism();
    const { jobs = cores } = options;
    const threads = Math.max(1, Math.floor(cores / jobs));
    // a process that dies goes back to the queue: another machine may have the memory
    const pool = (stop: AbortSignal) => createChildPool({ jobs, signal: stop, restarts: 0 });
    const builds = new Map<boolean, ReturnType<typeof buildOf>>();
    const build = (fast: boolean): ReturnType<typeof buildOf> => {
      if (!builds.has(fast)) builds.set(fast, buildOf(pool(signal), fast));
      return builds.get(fast)!;
    };
    const { anygrad, control } = await build(false);
    terminal.note(
      `at work on ${connection.address.shown}: ${jobs} at a time, threads of each: ${threads}; anygrad ${anygrad}, control digest ${control.slice(0, 12)}`,
    );
    const { untilEmpty = false, data: folders = [], cache: folder } = options;
    const cache = new DataCache({ folder });
    const made = await work(connection, {
      jobs,
      threads,
      pool,
      buildOf: build,
      cache,
      folders,
      untilEmpty,
      signal,
      terminal,
    });
    terminal.note(`ended; trials made: ${made}`);
  } finally {
    await connection.close();
  }
}
