/**
 * The runs of a sweep or a comparison on the queue, for its coordinator: each is a job of a stable id, whose end is taken from the queue
 * once. What workers do in whatever order does not matter: who asked for a run gets its end.
 *
 * Events tell soon. They may be lost, with a connection or in a long absence, so the queue is looked through as well: what has ended,
 * and whether it still holds what has not. A coordinator that was killed finds there what has ended meanwhile.
 */
import type { Job, Queue } from "bullmq";
import { reasonOf } from "../../src/errors.ts";
import type { ChildEnd, ChildHooks } from "../process/childRun.ts";
import { QueueTrouble } from "../process/failure.ts";
import type { RunPool, RunRequest } from "../process/runPool.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { type QueueConnection, queueError } from "./connection.ts";
import { keepCheckpoint } from "./content/checkpoints.ts";
import type { ContentSource } from "./content/source.ts";
import type { Input } from "./inputs.ts";
import { type Build, CANCELLED, checkEnd, checkProgress, jobId, type TrialJob } from "./job.ts";
import { isEntered } from "./registry.ts";
import { bringRun, hashesOf, type KeptRun } from "./runFiles.ts";

export interface QueueRunsOptions {
  /** Id of the sweep. */
  readonly sweep: string;
  readonly build: Build;
  /** Whether trials use --precision fast. */
  readonly fast: boolean;
  /** Whether runs are wanted with all their files, and not only to go on. */
  readonly whole: boolean;
  /** Arguments of each run that change no result. */
  readonly extra: readonly string[];
  /** What runs read, by the paths that their arguments have. */
  readonly inputs: readonly Input[];
  /** What runs leave, on its way here; undefined: nothing of it is wanted. */
  readonly kept?: { readonly source: ContentSource; drop(sha256: string): Promise<void> } | undefined;
  readonly signal: AbortSignal;
  readonly terminal: Terminal;
}

export interface QueueRuns extends RunPool {
  /** Takes no more ends; with what waits still on the queue taken off it. */
  close(): Promise<void>;
}

/** Runs on the queue at a time: Redis holds no more, however long the sweep is. */
const MOST_QUEUED = 10_000;
/** Runs that are put on the queue in one go. */
const ADDS = 200;
/** How often a run is given to a worker whose process died, and a result taken that is none, before it is passed over. */
const ATTEMPTS = 3;
const LOOK_MILLISECONDS = 2_000;
/** Every so many looks, whether the queue still holds all that is waited for. */
const LOOKS_PER_COUNT = 10;
/** Lines of a trial's log that the queue keeps. */
const LOG_LINES = 100;
/** Jobs of a look, and keys of a command. */
const BATCH = 500;
const CLOSE_MILLISECONDS = 10_000;

type BulkJob = Parameters<Queue["addBulk"]>[0][number];

interface Waiting {
  readonly request: RunRequest;
  readonly hooks: ChildHooks;
  readonly resolve: (end: ChildEnd) => void;
  /** The SHA-256 of the checkpoint that went with it. */
  sent?: string | undefined;
  /** Results that were none. */
  refused: number;
  /** Whether it was put on the queue. */
  added: boolean;
  isStarted: boolean;
  /** Whether its end is being taken. */
  isTaken: boolean;
}

export async function openQueueRuns(
  connection: QueueConnection,
  { sweep, build, fast, whole, extra, inputs, kept: shared, signal, terminal }: QueueRunsOptions,
): Promise<QueueRuns> {
  const { queue, redis } = connection;
  const waiting = new Map<string, Waiting>();
  const places: (() => void)[] = [];
  let free = MOST_QUEUED;
  const removals = new Set<Promise<void>>();
  let trouble: Error | undefined;
  let closed = false;

  const settle = (id: string, end: ChildEnd): void => {
    const run = waiting.get(id);
    if (!run) return;
    waiting.delete(id);
    const next = places.shift();
    if (next) next();
    else free++;
    run.resolve(end);
  };
  /** What was on the queue when all was stopped. */
  let left: string[] = [];
  const stopAll = (why?: Error): void => {
    trouble ??= why;
    for (const next of places.splice(0)) next();
    left = [...left, ...waiting.keys()];
    for (const id of [...waiting.keys()]) settle(id, { kind: "stopped" });
  };
  const jobOf = async (run: Waiting): Promise<BulkJob> => {
    const { name, args, canWait = false, out, reads } = run.request;
    const read = inputs.filter(({ path }) => reads === undefined || reads.includes(path));
    // one that cannot be had is made again from the start
    const checkpoint = shared && (await keepCheckpoint(out, shared.source).catch(() => undefined));
    run.sent = checkpoint?.sha256;
    const data: TrialJob = {
      ...build,
      sweep,
      name,
      args: [...args, ...extra],
      inputs: read.map(({ content }) => String(content.sha256)),
      ...(fast && { fast }),
      ...(whole && { whole }),
      ...(checkpoint && { checkpoint: { ...checkpoint } }),
    };
    const opts = {
      jobId: jobId(sweep, name),
      attempts: ATTEMPTS,
      keepLogs: LOG_LINES,
      stackTraceLimit: 1,
      ...(canWait && { priority: 1 }), // those without one go first
    };
    return { name: "trial", data, opts };
  };
  let toAdd: string[] = [];
  let adding: Promise<void> | undefined;
  /** Puts a run on the queue, with all others that come while some are put there. */
  const add = (id: string): void => {
    toAdd.push(id);
    adding ??= addAll();
  };
  const addAll = async (): Promise<void> => {
    await null; // whoever asks in this turn goes along
    while (toAdd.length > 0) {
      const some = toAdd.slice(0, ADDS);
      toAdd = toAdd.slice(ADDS);
      const runs = some.flatMap((id) => waiting.get(id) ?? []);
      try {
        await queue.addBulk(await Promise.all(runs.map(jobOf)));
        for (const run of runs) run.added = true;
      } catch (error) {
        if (!closed) stopAll(queueError(error, connection.address));
      }
    }
    adding = undefined;
  };
  const take = async (id: string, value: unknown): Promise<void> => {
    const run = waiting.get(id);
    if (!run || run.isTaken) return;
    run.isTaken = true;
    try {
      const { end, kept } = checkEnd(value, build);
      await start(run);
      await fetch(run, kept);
      settle(id, end);
    } catch (error) {
      const reason = reasonOf(error);
      run.refused++;
      terminal.warn(`${run.request.name}: ${reason}; it is run again`);
      await remove(id);
      if (run.refused >= ATTEMPTS)
        settle(id, { kind: "failed", reason: `${ATTEMPTS} results that are none: ${reason}` });
      else add(id);
    } finally {
      run.isTaken = false;
    }
  };
  const start = async (run: Waiting | undefined): Promise<void> => {
    if (!run || run.isStarted) return;
    run.isStarted = true;
    await run.hooks.onStart?.();
  };
  /** Brings what a run left into its folder. @throws AnygradError where a whole run is wanted and cannot be had */
  const fetch = async ({ request, sent }: Waiting, kept: KeptRun): Promise<void> => {
    if (!shared) return;
    const left = [...hashesOf(kept), ...(sent === undefined ? [] : [sent])];
    try {
      await bringRun(kept, shared.source, request.out);
    } catch (error) {
      if (whole) throw error; // without a checkpoint it is made again from the start, where it goes on
    }
    for (const sha256 of left) await shared.drop(sha256).catch(() => {});
  };
  // a worker may hold it: then it stays, and what comes of it is of no use to anybody
  const remove = async (id: string): Promise<void> => {
    await queue.remove(id).catch(() => {});
  };
  const fail = (id: string, reason: string): void => {
    if (reason === CANCELLED) {
      if (waiting.has(id)) add(id); // in an earlier life of the sweep
      return;
    }
    settle(id, { kind: "failed", reason: `given up after ${ATTEMPTS} attempts: ${reason}` });
  };

  const events = connection.events(await newestEvent(connection));
  events.on("completed", ({ jobId, returnvalue }) => void take(jobId, returnvalue));
  events.on("failed", ({ jobId, failedReason }) => fail(jobId, failedReason));
  events.on("active", ({ jobId }) => void start(waiting.get(jobId)).catch(() => {})); // its end says so, too
  events.on("progress", ({ jobId, data }) => {
    const run = waiting.get(jobId);
    try {
      if (run) run.hooks.onEpoch?.(checkProgress(data, "progress"));
    } catch {
      // nobody misses it
    }
  });
  events.on("removed", ({ jobId }) => {
    // what we take off the queue ourselves is not waited for any longer, or is refused and put there again
    const run = waiting.get(jobId);
    if (run && run.refused === 0) void checkCancelled();
  });
  const checkCancelled = async (): Promise<void> => {
    if (closed || trouble || (await isEntered(connection, sweep))) return;
    stopAll(new QueueTrouble("the sweep was cancelled on the queue; the same command goes on"));
  };

  const takeEnded = async (state: "completed" | "failed", most: number): Promise<void> => {
    // ids alone, the newest first: of other sweeps there may be many
    for (const id of await redis.zrevrange(queue.toKey(state), 0, most)) {
      if (!id.startsWith(`${sweep}.`)) continue;
      if (!waiting.has(id)) {
        await remove(id); // its end was written down in an earlier life of the queue, or ours
        continue;
      }
      const job = (await queue.getJob(id)) as Job | undefined;
      if (!job) continue; // meanwhile
      if (state === "failed") fail(id, job.failedReason ?? "");
      else await take(id, job.returnvalue);
    }
  };
  /** Takes what has ended, and puts back what is not there: a Redis that was killed forgets its last second. */
  const look = async (counts: boolean): Promise<void> => {
    if (waiting.size === 0) return;
    await checkCancelled();
    for (const state of ["completed", "failed"] as const) await takeEnded(state, counts ? -1 : BATCH - 1);
    if (!counts) return;
    const ids = [...waiting].filter(([, { added }]) => added).map(([id]) => id);
    for (let at = 0; at < ids.length; at += BATCH) {
      const some = ids.slice(at, at + BATCH);
      const there = await Promise.all(some.map((id) => redis.exists(queue.toKey(id))));
      for (const [i, id] of some.entries()) {
        if (there[i] === 0 && waiting.has(id)) add(id);
      }
    }
  };
  let looks = 0;
  let counting = false;
  let looking: Promise<void> | undefined;
  const lookNow = (): void => {
    looking ??= look(counting || ++looks % LOOKS_PER_COUNT === 0)
      .catch(() => {}) // the connection: the next look comes
      .finally(() => {
        looking = undefined;
      });
    counting = false;
  };
  connection.onReturn(() => {
    counting = true;
  });
  const timer = setInterval(lookNow, LOOK_MILLISECONDS);

  const onAbort = (): void => stopAll();
  signal.addEventListener("abort", onAbort, { once: true });

  return {
    async run(request, hooks = {}) {
      if (free > 0) free--;
      else await new Promise<void>((resolve) => places.push(resolve));
      if (signal.aborted || trouble || closed) return { kind: "stopped" };
      const id = jobId(sweep, request.name);
      return new Promise((resolve) => {
        const run = { request, hooks, resolve, refused: 0, added: false, isStarted: false, isTaken: false };
        waiting.set(id, run);
        add(id);
      });
    },
    forget({ name }) {
      const done: Promise<void> = remove(jobId(sweep, name)).finally(() => removals.delete(done));
      removals.add(done);
    },
    get trouble() {
      return trouble;
    },
    async close() {
      closed = true;
      clearInterval(timer);
      signal.removeEventListener("abort", onAbort);
      stopAll();
      const rest = async (): Promise<void> => {
        await adding;
        for (let at = 0; at < left.length; at += BATCH)
          await Promise.all(left.slice(at, at + BATCH).map(remove));
        await Promise.all([looking, ...removals]);
      };
      // what a queue that is not there holds is found by the same command, or cleaned
      await connection.settle(rest(), CLOSE_MILLISECONDS);
    },
  };
}

/** The id of the newest event, behind which ours begin. */
async function newestEvent({ redis, queue }: QueueConnection): Promise<string> {
  const [[newest] = []] = await redis.xrevrange(queue.toKey("events"), "+", "-", "COUNT", 1);
  return newest ?? "0-0";
}

/** Takes the jobs of a sweep off the queue that no worker has. */
export async function removeJobs({ queue }: QueueConnection, sweep: string): Promise<number> {
  let removed = 0;
  for (const state of ["wait", "prioritized", "delayed", "completed", "failed"] as const)
    for (let at = 0; ; ) {
      const jobs = (await queue.getJobs([state], at, at + BATCH - 1)) as (Job | undefined)[];
      const ours = jobs.filter((job) => job?.id?.startsWith(`${sweep}.`));
      await Promise.all(ours.map((job) => queue.remove(job!.id!).catch(() => {})));
      removed += ours.length;
      if (jobs.length < BATCH) break;
      at += jobs.length - ours.length;
    }
  return removed;
}
