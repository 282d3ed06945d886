/**
 * `anygrad work`: takes trials from the queue and makes each in a process of its own, until it is stopped.
 *
 * A worker that is killed, sleeps or is cut off no longer renews its locks. After `lock` seconds without, another worker's look for
 * stalled jobs, once in as many seconds, gives the trial to whoever is free. Nobody is at fault then: it may happen to a trial
 * MOST_STALLS times, where BullMQ's own would be once. A process that dies is another matter: it has ATTEMPTS in queueRuns.ts.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import type { Job } from "bullmq";
import { reasonOf } from "../../src/errors.ts";
import type { ChildPool } from "../process/childRun.ts";
import type { EpochMessage } from "../process/parentLink.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { QueueConnection } from "./connection.ts";
import { type Build, checkBuild, checkJob, type TrialEnd, type TrialJob } from "./job.ts";
import { isEntered } from "./registry.ts";

export interface WorkOptions {
  /** Trials at a time. */
  readonly jobs: number;
  /** Threads of each, unless the sweep says how many. */
  readonly threads: number;
  /** Makes the runs. */
  readonly pool: (signal: AbortSignal) => ChildPool;
  /** What this machine computes in the control run. */
  readonly buildOf: (fast: boolean) => Promise<Build>;
  /** Whether the worker ends when nothing waits any more. */
  readonly untilEmpty: boolean;
  /** Stops: no trial is taken, and those at work go back to the queue. */
  readonly signal: AbortSignal;
  readonly terminal: Terminal;
}

const MOST_STALLS = 100;
/** How often a trial's progress is told at most. */
const TELL_MILLISECONDS = 500;
const CANCEL_MILLISECONDS = 5_000;

/** @returns how many trials were made @throws AnygradError DATA_FORMAT where a trial is of another version, or of other bits */
export async function work(connection: QueueConnection, options: WorkOptions): Promise<number> {
  const { jobs, signal, terminal, untilEmpty } = options;
  const folder = await mkdtemp(join(tmpdir(), "anygrad-work-"));
  const name = `${hostname()}-${process.pid}`;
  const { WaitingError, UnrecoverableError } = connection.packages.bull;
  const stopping = new AbortController();
  let refusal: Error | undefined;
  let made = 0;
  const stop = (why?: Error): void => {
    refusal ??= why;
    stopping.abort();
  };
  signal.addEventListener("abort", () => stop(), { once: true });

  const backToQueue = async (job: Job, token: string): Promise<never> => {
    await job.moveToWait(token);
    throw new WaitingError();
  };
  const make = async (job: Job, token: string, lost: AbortSignal): Promise<TrialEnd> => {
    if (stopping.signal.aborted) return backToQueue(job, token);
    const [trial, build] = await readJob(job, options, (reason) => {
      throw new UnrecoverableError(reason);
    });
    try {
      checkBuild(trial, build, `the queue's trial ${trial.name}`);
    } catch (error) {
      stop(error as Error);
      return backToQueue(job, token);
    }
    const out = join(folder, trial.sweep, trial.name);
    const ended = new AbortController();
    const end = new AbortController();
    for (const each of [stopping.signal, lost])
      each.addEventListener("abort", () => end.abort(), { signal: ended.signal });
    const watch = setInterval(async () => {
      if (!(await isEntered(connection, trial.sweep).catch(() => true))) end.abort();
    }, CANCEL_MILLISECONDS);
    try {
      const threads = trial.args.includes("--threads") ? [] : ["--threads", String(options.threads)];
      const args = [...trial.args, ...threads, "--out", out, "--overwrite"];
      const result = await options.pool(end.signal).run(args, { onEpoch: teller(job) });
      if (result.kind === "stopped") {
        if (stopping.signal.aborted) return await backToQueue(job, token);
        throw new UnrecoverableError("the sweep was cancelled");
      }
      if (result.kind === "died") throw new Error(result.reason);
      made++;
      return { ...build, worker: name, ...result };
    } finally {
      clearInterval(watch);
      ended.abort();
      await rm(out, { recursive: true, force: true });
    }
  };

  const worker = connection.worker((job, token, lost) => make(job, token!, lost!), {
    name,
    concurrency: jobs,
    maxStalledCount: MOST_STALLS,
  });
  let told = "";
  worker.on("error", (error) => {
    const reason = reasonOf(error);
    // a connection that is gone is told by the connection; locks that are lost have other workers by now
    if (/ECONN|EPIPE|closed|lock/i.test(reason) || reason === told) return;
    told = reason;
    terminal.warn(`the queue: ${reason}`);
  });
  worker.on("lockRenewalFailed", (ids) => {
    for (const id of ids) worker.cancelJob(id);
  });
  worker.on("active", (job) => terminal.note(`${job.id}: taken`));
  worker.on("completed", (job, result) => terminal.note(`${job.id}: ${lineOf(result as TrialEnd)}`));
  worker.on("failed", (job, error) => terminal.note(`${job?.id}: ${reasonOf(error)}`));
  if (untilEmpty) worker.on("drained", () => void endWhenEmpty());
  const endWhenEmpty = async (): Promise<void> => {
    const counts = await connection.queue.getJobCounts("wait", "prioritized", "delayed", "active");
    if (Object.values(counts).every((count) => count === 0)) stop();
    else setTimeout(() => void endWhenEmpty(), 1000).unref();
  };
  const running = worker.run();
  await new Promise<void>((resolve) => {
    if (stopping.signal.aborted) resolve();
    stopping.signal.addEventListener("abort", () => resolve(), { once: true });
  });
  await worker.close();
  await running.catch(() => {});
  await rm(folder, { recursive: true, force: true });
  if (refusal) throw refusal;
  return made;
}

/** A job as a trial, and what this machine computes. */
async function readJob(
  job: Job,
  { buildOf }: WorkOptions,
  refuse: (reason: string) => never,
): Promise<[TrialJob, Build]> {
  let trial: TrialJob;
  try {
    trial = checkJob(job.data);
  } catch (error) {
    return refuse(reasonOf(error));
  }
  return [trial, await buildOf(trial.fast ?? false)];
}

/** Tells each epoch to the queue's log, and how far the trial is, not too often. */
function teller(job: Job): (message: EpochMessage) => void {
  let last = 0;
  return (message) => {
    const { epoch, epochs, logs } = message;
    const now = performance.now();
    if (epoch < epochs && now - last < TELL_MILLISECONDS) return;
    last = now;
    const scores = Object.entries(logs).map(([name, value]) => `${name} ${Number(value).toPrecision(4)}`);
    // what cannot be told is missed by nobody: the end has it all
    job.updateProgress({ epoch, epochs, logs }).catch(() => {});
    job.log(`epoch ${epoch} of ${epochs}: ${scores.join(", ")}`).catch(() => {});
  };
}

function lineOf(end: TrialEnd): string {
  if (end.kind === "failed") return `failed: ${end.reason}`;
  return `${end.kind}, ${end.record.seconds.toFixed(1)} s, digest ${end.record.digest.slice(0, 12)}`;
}
