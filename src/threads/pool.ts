/**
 * Threads that share the work of kernels. A job is a kernel and a few slices, which are calls of it, each over a range of the
 * work. The calling thread runs slices itself until none is left to claim, so a worker that is slow to start delays nothing,
 * and one that cannot start (a page whose Content-Security-Policy lacks `worker-src blob:`) leaves its share to the others.
 * Workers start with the first job, end when there has been none for a while, and start again with the next.
 */
import { AnygradError } from "../errors.ts";
import type { KernelFunctions } from "../kernels/code.ts";
import type { LoadedKernels } from "../kernels/load.ts";
import { type Heap, page } from "../memory/heap.ts";
import { mayBlock } from "../runtime/capabilities.ts";
import type { Thread } from "../runtime/thread.ts";
import { unref } from "../runtime/unref.ts";
import { findStartThread } from "../runtime/workers.ts";
import { control, type JobQueue, jobQueueOver, maxArguments, tagged } from "./jobQueue.ts";
import { nodeProgram, type WorkerStart, webProgram } from "./workerProgram.ts";

/**
 * How long the caller waits for slices that workers have claimed before it takes the workers for dead, where nothing tells it
 * of their end: it does not return to the event loop, so no event does.
 */
const patience = 30_000; // ms
/** Workers that have had no job for as long as this up to twice as long end: each holds a thread of the system, and memory. */
export const idleMilliseconds = 5000;
/** How often the caller looks whether the slices are done before it sleeps between two looks. */
const spins = 50_000; // about 200 µs

/** The worker threads of an engine. */
export class Pool {
  readonly #threads: number;
  #jobQueue: JobQueue = jobQueueOver();
  /** The functions of the core and the families, in the order in which every thread has them. */
  readonly #exports: KernelFunctions[number][];
  readonly #module: WebAssembly.Module;
  readonly #heap: Heap;
  readonly #spawn: Spawn;
  #workers: Thread[] | undefined;
  /** For the next look whether they are idle. */
  #timer: unknown;
  /** Why a worker has died; undefined as long as none has. */
  #lost: string | undefined;
  /** Number of workers that could not be started. */
  #absent = 0;
  #disposed = false;

  /** @param heap over the memory of the kernels, which is shared */
  constructor(threads: number, kernels: LoadedKernels, heap: Heap, spawn: Spawn) {
    this.#threads = threads;
    this.#exports = [...kernels.exports];
    this.#module = kernels.module;
    this.#heap = heap;
    this.#spawn = spawn;
  }

  /** Number of threads that share work, the calling one included. */
  get threads(): number {
    return this.#threads - this.#absent;
  }

  /** Number of workers that have started. */
  get ready(): number {
    return Atomics.load(this.#jobQueue.words, control.ready);
  }

  /**
   * Adds the kernels of a family. Workers, which hear nothing but jobs, load it when they have claimed a slice of the next one.
   * @param address of its module in the shared memory, behind its length
   */
  add(exports: KernelFunctions, address: number): void {
    const { words } = this.#jobQueue;
    this.#exports.push(...exports);
    words[words.indexOf(0, control.families)] = address;
  }

  /**
   * A job that can be run again and again: it runs a kernel once per slice and returns when all are done.
   * @param run the kernel
   * @param slices the arguments of each slice
   * @throws AnygradError WORKER where a worker has died, when it is run
   */
  job(run: KernelFunctions[number], slices: readonly (readonly number[])[]): () => void {
    const kernel = this.#exports.indexOf(run);
    // bound, not spread: an array of numbers that are not small integers makes an object of each whenever it is spread
    const own = slices.map((values) => run.bind(undefined, ...values));
    return () => this.#run(kernel, slices, own);
  }

  #run(kernel: number, slices: readonly (readonly number[])[], own: readonly (() => void)[]): void {
    this.#check();
    this.#workers ??= this.#begin();
    const { words, values } = this.#jobQueue;
    for (let i = 0; i < slices.length; i++) values.set(slices[i]!, i * maxArguments);
    words[control.pages] = this.#heap.memoryBytes / page;
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

  /** Ends the workers. */
  dispose(): void {
    this.#disposed = true;
    this.#end();
  }

  #end(): void {
    clearTimeout(this.#timer as number);
    for (const worker of this.#workers ?? []) worker.terminate();
    this.#workers = undefined;
  }

  /** Ends the workers when there has been no job since the last look. */
  #watch(job: number): void {
    this.#timer = setTimeout(() => {
      const { words } = this.#jobQueue;
      const last = words[control.job]!;
      if (last !== job) {
        this.#watch(last);
        return;
      }
      // a queue of its own for those that follow: one that ends takes its time, and must not claim their work. It is there
      // before they end: Deno tells of an end at once, and one of an older queue is no loss
      this.#jobQueue = jobQueueOver();
      this.#jobQueue.words.set(words.subarray(control.families), control.families);
      this.#end();
    }, idleMilliseconds);
    unref(this.#timer); // it does not keep the process alive
  }

  /** Waits until all slices are done. It spins for a while, then sleeps, where this thread may sleep. */
  #finish(slices: number): void {
    const { words } = this.#jobQueue;
    let since: number | undefined;
    for (let spun = 0; ; spun++) {
      const done = Atomics.load(words, control.done);
      if (done === slices) break;
      if (spun < spins) continue;
      since ??= performance.now();
      if (this.#workers!.some((worker) => worker.ended?.())) this.#lost = "it ended in its work";
      else if (performance.now() - since > patience)
        this.#lost = `it did not finish its work within ${patience / 1000} s`;
      this.#check();
      // a browser's main thread may not sleep; there this spins on
      if (mayBlock()) Atomics.wait(words, control.done, done, 1);
    }
    if (Atomics.load(words, control.failed)) this.#lost = "a kernel failed in it";
    this.#check();
  }

  /** Starts the workers. */
  #begin(): Thread[] {
    const start: WorkerStart = {
      module: this.#module,
      memory: this.#heap.memory,
      jobQueue: this.#jobQueue.buffer,
    };
    const lose = (reason: string): void => {
      if (this.#disposed || this.#jobQueue.buffer !== start.jobQueue) return;
      // where no worker has started, none can have claimed a slice: the work goes on without this one
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
    this.#watch(-1);
    return workers;
  }

  /** @throws AnygradError WORKER where a worker has died */
  #check(): void {
    if (this.#lost === undefined) return;
    throw new AnygradError(
      "WORKER",
      `engine: a worker thread has died (${this.#lost}); create a new engine, with threads: 1 if it happens again`,
    );
  }
}

/** Starts a worker. `lose` is called with a reason when it ends by itself. */
export type Spawn = (start: WorkerStart, lose: (reason: string) => void) => Thread;

/** How workers are started in this runtime; undefined where it has no threads or no shared memory. */
export async function findSpawn(): Promise<Spawn | undefined> {
  const startThread = await findStartThread();
  return (
    startThread && ((start, lose) => startThread({ node: nodeProgram(), web: webProgram() }, start, lose))
  );
}
