/**
 * Threads that run slices of kernels. The calling thread takes its share and never waits for a worker to come: what
 * nobody claims it runs itself, so a worker that is slow to start costs nothing, and one that cannot start (a page's
 * Content-Security-Policy without `worker-src blob:`) leaves the work to the others. Workers start with the first job.
 */
import { AnygradError } from "../errors.ts";
import type { KernelExports } from "../kernels/abi.generated.ts";
import { mayBlock } from "../runtime/capabilities.ts";
import { findStartThread, type Thread } from "../runtime/workers.ts";
import { control, type JobQueue, jobQueueOver, maxArguments, tagged } from "./jobQueue.ts";
import { nodeProgram, type WorkerStart, webProgram } from "./workerProgram.ts";

/** A kernel as the job queue sees it: numbers in, nothing out. */
type Kernel = (...values: number[]) => void;

/** How long the caller waits for slices that others have claimed before it takes them for lost. */
const patience = 30_000; // ms
const spins = 50_000; // about 200 µs

export class Pool {
  readonly #threads: number;
  readonly #jobQueue: JobQueue = jobQueueOver();
  readonly #names: readonly string[];
  readonly #kernels: readonly Kernel[];
  readonly #start: Omit<WorkerStart, "jobQueue" | "kernels">;
  readonly #spawn: Spawn;
  #workers: Thread[] | undefined;
  #lost: string | undefined;
  /** Workers that could not be started. */
  #absent = 0;
  #disposed = false;

  constructor(
    threads: number,
    exports: KernelExports,
    start: Omit<WorkerStart, "jobQueue" | "kernels">,
    spawn: Spawn,
  ) {
    this.#threads = threads;
    const entries = Object.entries(exports).filter(
      (entry): entry is [string, Kernel] => typeof entry[1] === "function",
    );
    this.#names = entries.map(([name]) => name);
    this.#kernels = entries.map(([, kernel]) => kernel);
    this.#start = start;
    this.#spawn = spawn;
  }

  /** Threads at work, the calling one included. */
  get threads(): number {
    return this.#threads - this.#absent;
  }

  /** Workers that have started. */
  get ready(): number {
    return Atomics.load(this.#jobQueue.words, control.ready);
  }

  /**
   * A job that can be run again and again: a kernel once per slice, each with arguments of its own. It returns when all are
   * done.
   * @throws AnygradError WORKER where a worker has died, when it is run
   */
  job(name: keyof KernelExports, slices: readonly (readonly number[])[]): () => void {
    const kernel = this.#names.indexOf(name);
    // bound, not spread: an array of numbers that are not small integers makes an object of each whenever it is spread
    const own = slices.map((values) => this.#kernels[kernel]!.bind(undefined, ...values));
    return () => this.#run(kernel, slices, own);
  }

  #run(kernel: number, slices: readonly (readonly number[])[], own: readonly (() => void)[]): void {
    this.#check();
    this.#workers ??= this.#begin();
    const { words, values } = this.#jobQueue;
    for (let i = 0; i < slices.length; i++) values.set(slices[i]!, i * maxArguments);
    words[control.kernel] = kernel;
    words[control.arguments] = slices[0]!.length;
    Atomics.store(words, control.done, 0);
    const job = Atomics.load(words, control.job) + 1;
    Atomics.store(words, control.slices, tagged(job, slices.length));
    Atomics.store(words, control.next, tagged(job, 0)); // last: from here on slices can be claimed
    Atomics.store(words, control.job, job | 0);
    if (Atomics.load(words, control.sleeping) > 0) Atomics.notify(words, control.job);
    for (;;) {
      const slice = Atomics.add(words, control.next, 1) - tagged(job, 0);
      if (slice >= slices.length) break;
      own[slice]!();
      Atomics.add(words, control.done, 1);
    }
    this.#finish(slices.length);
  }

  dispose(): void {
    this.#disposed = true;
    for (const worker of this.#workers ?? []) worker.terminate();
    this.#workers = undefined;
  }

  /** Waits for the slices that others have claimed: spins, then sleeps where the thread may. */
  #finish(slices: number): void {
    const { words } = this.#jobQueue;
    let since: number | undefined;
    for (let spun = 0; ; spun++) {
      const done = Atomics.load(words, control.done);
      if (done === slices) break;
      if (spun < spins) continue;
      since ??= performance.now();
      if (performance.now() - since > patience) {
        this.#lost = `it did not finish its work within ${patience / 1000} s`;
        this.#check();
      }
      // a browser's main thread may not sleep; there this spins on
      if (mayBlock()) Atomics.wait(words, control.done, done, 1);
    }
  }

  #begin(): Thread[] {
    const start: WorkerStart = { ...this.#start, jobQueue: this.#jobQueue.buffer, kernels: this.#names };
    const lose = (reason: string): void => {
      if (this.#disposed) return;
      // where none has started yet none can have claimed a slice
      if (this.ready === 0) this.#absent = Math.min(this.#absent + 1, this.#threads - 1);
      else this.#lost ??= reason;
    };
    const workers: Thread[] = [];
    for (let i = 1; i < this.#threads; i++)
      try {
        workers.push(this.#spawn(start, lose));
      } catch {
        this.#absent++; // a browser may refuse at once
      }
    return workers;
  }

  #check(): void {
    if (this.#lost === undefined) return;
    throw new AnygradError(
      "WORKER",
      `engine: a worker thread has died (${this.#lost}); create a new engine, with threads: 1 if it happens again`,
    );
  }
}

/** Starts a worker; `lose` is told when it ends by itself. */
export type Spawn = (start: WorkerStart, lose: (reason: string) => void) => Thread;

/** How workers are started here; undefined where threads or shared memory are missing. */
export async function findSpawn(): Promise<Spawn | undefined> {
  const startThread = await findStartThread();
  return startThread && ((start, lose) => startThread({ node: nodeProgram, web: webProgram }, start, lose));
}
