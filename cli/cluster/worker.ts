/**
 * `anygrad work`: takes trials from the queue and makes each in a process of its own, until it is stopped.
 *
 * A worker that is killed, sleeps or is cut off no longer renews its locks. After `lock` seconds without, another worker's look for
 * stalled jobs, once in as many seconds, gives the trial to whoever is free. Nobody is at fault then: it may happen to a trial
 * MOST_STALLS times, where BullMQ's own would be once. A process that dies is another matter: it has ATTEMPTS in queueRuns.ts.
 */
import { setMaxListeners } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Job } from "bullmq";
import { AnygradError, reasonOf } from "../../src/errors.ts";
import type { ChildPool } from "../process/childRun.ts";
import type { EpochMessage } from "../process/parentLink.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { type QueueConnection, queueError } from "./connection.ts";
import { bringCheckpoint, checkKeptCheckpoint, keepCheckpoint } from "./content/checkpoints.ts";
import type { DataCache } from "./content/dataCache.ts";
import { type ContentSource, openSource } from "./content/source.ts";
import { bringInputs, type Input, isOutOfReach, type Placed } from "./inputs.ts";
import { type Build, CANCELLED, checkBuild, checkJob, type TrialEnd, type TrialJob } from "./job.ts";
import { entryOf, isEntered, sweepsOf } from "./registry.ts";
import { keepRun } from "./runFiles.ts";

export interface WorkOptions {
  /** Trials at a time. */
  readonly jobs: number;
  /** Threads of each, unless the sweep says how many. */
  readonly threads: number;
  /** Makes the runs. */
  readonly pool: (signal: AbortSignal) => ChildPool;
  /** What this machine computes in the control run. */
  readonly buildOf: (fast: boolean) => Promise<Build>;
  /** Where data sets are kept. */
  readonly cache: DataCache;
  /** Folders of this machine in which data sets are looked for first. */
  readonly folders: readonly string[];
  /** Whether the worker ends when nothing waits any more, and no coordinator is at work. */
  readonly untilEmpty: boolean;
  /** Stops: no trial is taken, and those at work go back to the queue. */
  readonly signal: AbortSignal;
  readonly terminal: Terminal;
}

const MOST_STALLS = 100;
/** How often a trial's progress is told at most. */
const TELL_MILLISECONDS = 500;
const CANCEL_MILLISECONDS = 5_000;
/** How often a coordinator that is not there is asked for again. */
const AWAY_MILLISECONDS = 3_000;
/** How often a worker that is to end with the queue looks whether it is empty. */
const EMPTY_MILLISECONDS = 1_000;

/** @returns how many trials were made @throws AnygradError DATA_FORMAT where a trial is of another version, or of other bits */
export async function work(connection: QueueConnection, options: WorkOptions): Promise<number> {
  const { jobs, signal, terminal, untilEmpty } = options;
  const folder = await mkdtemp(join(tmpdir(), "anygrad-work-"));
  const name = `${hostname()}-${process.pid}`;
  const sources = new Map<string, Promise<ContentSource>>();
  const { WaitingError, UnrecoverableError } = connection.packages.bull;
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal, signal); // as many as there are trials at a time
  let refusal: Error | undefined;
  let made = 0;
  const processes = new Set<Promise<unknown>>();
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
    watch.unref();
    try {
      const sweep = { ...options, connection, id: trial.sweep, signal: end.signal, sources };
      const placed = await withSource(sweep, (source, inputs) => bring(trial, out, source, sweep, inputs));
      const result =
        placed === undefined
          ? ({ kind: "stopped" } as const)
          : await during(
              processes,
              options.pool(end.signal).run(argumentsFor(trial, placed, options.threads, out), {
                onEpoch: teller(job),
                places: placed.places,
              }),
            );
      if (result.kind === "died") throw new Error(result.reason);
      if (result.kind === "stopped") {
        if (!stopping.signal.aborted) {
          job.opts.removeOnFail = true;
          throw new UnrecoverableError(CANCELLED);
        }
        await keepUnfinished(job, trial, out, sources);
        return await backToQueue(job, token);
      }
      made++;
      const kept =
        result.kind === "failed"
          ? undefined
          : await withSource(
              sweep,
              (source) =>
                source ? keepRun(out, result.kind === "done", source) : Promise.resolve(undefined),
              trial.whole !== true,
            );
      return { ...build, worker: name, ...result, ...(kept && { kept }) };
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
    const reason = queueError(error, connection.address).message;
    // a connection that is gone is told by the connection; locks that are lost have other workers by now
    if (/ECONN|EPIPE|closed|lock/i.test(reason) || reason === told) return;
    told = reason;
    terminal.warn(reason);
  });
  worker.on("lockRenewalFailed", (ids) => {
    for (const id of ids) worker.cancelJob(id);
  });
  worker.on("active", (job) => terminal.note(`${job.id}: taken`));
  worker.on("completed", (job, result) => terminal.note(`${job.id}: ${lineOf(result as TrialEnd)}`));
  worker.on("failed", (job, error) => terminal.note(`${job?.id}: ${reasonOf(error)}`));
  if (untilEmpty) worker.on("drained", () => void endWhenEmpty().catch(stop));
  const endWhenEmpty = async (): Promise<void> => {
    const left = await connection.queue.getJobCountByTypes("wait", "prioritized", "delayed", "active");
    // a coordinator that is at work may still put trials there, its first or what it promotes
    if (left === 0 && !(await sweepsOf(connection)).some(({ alive }) => alive)) stop();
    else setTimeout(() => void endWhenEmpty().catch(stop), EMPTY_MILLISECONDS).unref();
  };
  const running = worker.run();
  await new Promise<void>((resolve) => {
    if (stopping.signal.aborted) resolve();
    stopping.signal.addEventListener("abort", () => resolve(), { once: true });
  });
  running.catch(() => {});
  const closing = worker.close();
  await Promise.allSettled(processes); // they have half a minute
  await connection.settle(closing); // what cannot be given back to a queue that is not there, its lock gives back
  for (const source of sources.values()) (await source).close();
  await rm(folder, { recursive: true, force: true });
  if (refusal) throw refusal;
  return made;
}

/** What a promise gives, which is among others until then. */
async function during<T>(others: Set<Promise<unknown>>, one: Promise<T>): Promise<T> {
  others.add(one);
  try {
    return await one;
  } finally {
    others.delete(one);
  }
}

interface SweepAtWork extends Pick<WorkOptions, "cache" | "folders" | "terminal"> {
  readonly connection: QueueConnection;
  readonly id: string;
  readonly signal: AbortSignal;
  readonly sources: Map<string, Promise<ContentSource>>;
}

/**
 * Does what needs the sweep's coordinator, waiting for one that is not there: it may be started again, and has another address then.
 * @param once whether what cannot be had at once is done without
 * @returns undefined where it was stopped, or done without
 */
async function withSource<T>(
  sweep: SweepAtWork,
  act: (source: ContentSource | undefined, inputs: readonly Input[]) => Promise<T>,
  once = false,
): Promise<T | undefined> {
  const { connection, id, signal, sources, terminal } = sweep;
  for (let told = false; !signal.aborted; told = true) {
    const entry = await entryOf(connection, id);
    if (!entry) return undefined;
    const { source: address, inputs = [] } = entry;
    try {
      if (address !== undefined && !sources.has(address))
        sources.set(address, openSource(address, { attempts: 2 }));
      return await act(address === undefined ? undefined : await sources.get(address), inputs);
    } catch (error) {
      if (once || signal.aborted) return undefined;
      if (!isOutOfReach(error)) throw error;
      if (!told) terminal.warn(`${id}: waiting for its coordinator on ${entry.host}: ${reasonOf(error)}`);
      await pause(AWAY_MILLISECONDS, undefined, { signal }).catch(() => {});
    }
  }
  return undefined;
}

/** Brings what the trial reads, and the checkpoint from which it goes on. */
async function bring(
  trial: TrialJob,
  out: string,
  source: ContentSource | undefined,
  { cache, folders, signal }: SweepAtWork,
  inputs: readonly Input[],
): Promise<Placed> {
  const named = trial.inputs ?? [];
  const listed = inputs.filter(({ content }) => named.includes(String(content.sha256)));
  if (listed.length < named.length)
    throw new AnygradError("DATA_FORMAT", "the queue's list says nothing of the data set that the job names");
  const placed = await bringInputs(listed, { cache, folders, source, signal });
  // one that is there no more, or damaged, is done without: the trial begins anew, and ends with the same bits
  if (source && trial.checkpoint)
    await Promise.resolve()
      .then(() => bringCheckpoint(checkKeptCheckpoint(trial.checkpoint), source, out))
      .catch(() => {});
  return placed;
}

/** Sends the checkpoint of a trial that is stopped along with it, if there is anybody to keep it. */
async function keepUnfinished(
  job: Job,
  trial: TrialJob,
  out: string,
  sources: ReadonlyMap<string, Promise<ContentSource>>,
): Promise<void> {
  const source = [...sources.values()].at(-1);
  if (!source) return;
  try {
    const checkpoint = await keepCheckpoint(out, await source);
    if (checkpoint) await job.updateData({ ...trial, checkpoint: { ...checkpoint } });
  } catch {
    // it is made again from where it was
  }
}

function argumentsFor(trial: TrialJob, placed: Placed, threads: number, out: string): string[] {
  const own = trial.args.includes("--threads") ? [] : ["--threads", String(threads)];
  return [...trial.args, ...placed.args, ...own, "--out", out, "--overwrite"];
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
