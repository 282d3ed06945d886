/**
 * What a worker does, as text: a function that stands alone, so that it can be started from a string in every runtime
 * and bundler, without a file that someone would have to find. Nothing outside it may be used inside.
 */

/** What a worker is given. */
export interface WorkerStart {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  jobQueue: SharedArrayBuffer;
  /** Kernel names, in the order of the job's numbers. */
  kernels: readonly string[];
}

function program({ module, memory, jobQueue, kernels }: WorkerStart): void {
  // the places of jobQueue.ts, written out: this function cannot import
  const [job, next, slices, done, kernel, count, sleeping, ready] = [0, 1, 2, 3, 4, 5, 6, 7];
  const words = new Int32Array(jobQueue, 0, 16);
  const values = new Float64Array(jobQueue, 64);
  const maxArguments = 32;
  const spins = 20_000; // about 100 µs: longer than the pauses within a training step
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const run = kernels.map((name) => exports[name] as (...values: number[]) => void);
  Atomics.add(words, ready!, 1);
  for (let seen = 0; ; ) {
    let spun = 0;
    while (Atomics.load(words, job!) === seen)
      if (++spun >= spins) {
        Atomics.add(words, sleeping!, 1);
        Atomics.wait(words, job!, seen);
        Atomics.sub(words, sleeping!, 1);
        spun = 0;
      }
    seen = Atomics.load(words, job!);
    for (;;) {
      const claim = Atomics.add(words, next!, 1);
      const offer = Atomics.load(words, slices!);
      const slice = claim & 255;
      // see jobQueue.ts: a claim counts only in the job whose tag it bears
      if (claim >> 8 !== offer >> 8 || slice >= (offer & 255)) break;
      const from = slice * maxArguments;
      const own = values.subarray(from, from + Atomics.load(words, count!));
      run[Atomics.load(words, kernel!)]!(...own);
      Atomics.add(words, done!, 1);
      Atomics.notify(words, done!);
    }
  }
}

/** For node:worker_threads with `eval: true`. */
export const nodeProgram: string = `(${program.toString()})(require("node:worker_threads").workerData);`;
/** For Web Workers, from a blob. */
export const webProgram: string = `onmessage = ({ data }) => (${program.toString()})(data);`;
