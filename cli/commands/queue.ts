/** `anygrad queue`: what is on a queue, and holding it, going on, cancelling and cleaning. */
import { Command } from "commander";
import { table } from "../../report/text/table.ts";
import { AnygradError } from "../../src/errors.ts";
import type { QueueConnection } from "../cluster/connection.ts";
import { queueAddress } from "../options/queueAddress.ts";
import { addQueueOption, type QueueCliOptions } from "../options/queueOptions.ts";
import { createTerminal, type Terminal } from "../terminal/terminal.ts";

interface StatusOptions extends QueueCliOptions {
  readonly json?: boolean;
}

export function queueCommand(): Command {
  const queue = new Command("queue").description("look at a queue of trials, hold it, cancel sweeps on it");
  const part = (name: string, about: string): Command =>
    addQueueOption(queue.command(name).description(about));
  part("status", "what waits, what is at work, by whom")
    .option("--json", "one JSON object on stdout, for programs")
    .action((options: StatusOptions) =>
      connected(options, (connection, terminal) => status(connection, options, terminal)),
    );
  part("pause", "let no worker take another trial").action((options: QueueCliOptions) =>
    connected(options, async ({ queue }, terminal) => {
      await queue.pause();
      terminal.note("paused: what is at work ends, and nothing begins; anygrad queue resume goes on");
    }),
  );
  part("resume", "let workers take trials again").action((options: QueueCliOptions) =>
    connected(options, async ({ queue }, terminal) => {
      await queue.resume();
      terminal.note("workers take trials again");
    }),
  );
  part("cancel", "end a sweep: its trials are taken off the queue and from workers")
    .argument("<sweep>", "its id, as status tells, or all")
    .action((sweep: string, options: QueueCliOptions) =>
      connected(options, (connection, terminal) => cancel(connection, sweep, terminal)),
    );
  part("clean", "take off the queue what sweeps left whose coordinators are gone").action(
    (options: QueueCliOptions) => connected(options, clean),
  );
  return queue;
}

async function connected(
  { queue }: QueueCliOptions,
  act: (connection: QueueConnection, terminal: Terminal) => Promise<void>,
): Promise<void> {
  const terminal = createTerminal();
  const { openQueue } = await import("../cluster/connection.ts");
  const connection = await openQueue(queueAddress(queue!), terminal);
  try {
    await act(connection, terminal);
  } finally {
    await connection.close();
  }
}

async function status(
  connection: QueueConnection,
  { json }: StatusOptions,
  terminal: Terminal,
): Promise<void> {
  const { sweepsOf } = await import("../cluster/registry.ts");
  const { queue } = connection;
  const [counts, isPaused, workers, sweeps] = await Promise.all([
    queue.getJobCounts("wait", "prioritized", "delayed", "active", "completed", "failed"),
    queue.isPaused(),
    queue.getWorkers(),
    sweepsOf(connection),
  ]);
  const { wait = 0, prioritized = 0, delayed = 0, active = 0, completed = 0, failed = 0 } = counts;
  const trials = { waiting: wait + prioritized + delayed, atWork: active, ended: completed + failed };
  const names = workers.map(({ rawname = "", name = "" }) => rawname.split(":w:")[1] ?? name).sort();
  if (json) {
    terminal.result(JSON.stringify({ paused: isPaused, trials, workers: names, sweeps }));
    return;
  }
  terminal.result(
    `${isPaused ? "paused; " : ""}trials: ${trials.waiting} waiting, ${trials.atWork} at work, ${trials.ended} ended and not fetched; workers: ${names.length === 0 ? "none" : names.join(", ")}`,
  );
  if (sweeps.length === 0) return;
  const rows = sweeps.map(({ id, title, planned, host, alive, began }) => [
    id,
    title,
    String(planned),
    `${host}, ${alive ? "at work" : "gone"}, since ${new Date(began).toISOString().slice(0, 16)}Z`,
  ]);
  const head = ["sweep", "of", "runs", "coordinator"];
  terminal.result(
    `\n${table([head, ...rows], { style: terminal.resultStyle, width: terminal.resultWidth() })}`,
  );
}

async function cancel(connection: QueueConnection, asked: string, terminal: Terminal): Promise<void> {
  const [{ sweepsOf }, { removeJobs }] = await Promise.all([
    import("../cluster/registry.ts"),
    import("../cluster/queueRuns.ts"),
  ]);
  const sweeps = await sweepsOf(connection);
  const chosen = sweeps.filter(({ id }) => asked === "all" || id === asked);
  if (chosen.length === 0)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `queue cancel: there is no sweep ${asked.slice(0, 40)}; ${sweeps.length === 0 ? "the queue has none" : `there are ${sweeps.map(({ id }) => id).join(", ")}`}`,
    );
  for (const { id, title } of chosen) {
    await connection.redis.hdel(connection.key("sweeps"), id);
    const removed = await removeJobs(connection, id);
    terminal.note(
      `${id} (${title}): cancelled, ${removed} trials taken off the queue; its folder keeps what was done`,
    );
  }
}

async function clean(connection: QueueConnection, terminal: Terminal): Promise<void> {
  const [{ sweepsOf }, { removeJobs }] = await Promise.all([
    import("../cluster/registry.ts"),
    import("../cluster/queueRuns.ts"),
  ]);
  const dead = (await sweepsOf(connection)).filter(({ alive }) => !alive);
  let removed = 0;
  for (const { id } of dead) {
    await connection.redis.hdel(connection.key("sweeps"), id);
    removed += await removeJobs(connection, id);
  }
  terminal.note(
    `${dead.length} sweeps whose coordinators are gone, ${removed} trials: taken off the queue; the same commands begin them anew there`,
  );
}
