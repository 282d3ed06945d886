/**
 * What a worker thread does, as the text of a function, so that every runtime and bundler can start it without a file that
 * would have to be served. The function must use nothing from outside itself.
 */

/** What a worker is started with. */
export interface WorkerStart {
  /** The kernels, of which it makes an instance of its own. */
  module: WebAssembly.Module;
  /** The memory that all instances share. */
  memory: WebAssembly.Memory;
  /** The buffer of the job queue. */
  jobQueue: SharedArrayBuffer;
}

/** Waits for jobs and runs slices of them, for ever: the pool ends the thread. */
function program({ module, memory, jobQueue }: WorkerStart): void {
  // the numbers of jobQueue.ts again: this function cannot import
  const [job, next, slices, done, kernel, count, sleeping, ready, pages, failed] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
  ];
  const words = new Int32Array(jobQueue, 0, 64);
  const values = new Float64Array(jobQueue, 256);
  const maxArguments = 32;
  const spins = 20_000; // about 100 µs: longer than the pauses within a training step
  const env = { memory };
  // that of code.ts again
  const functionsOf = ({ t, ...named }: WebAssembly.Exports): ((...values: number[]) => void)[] => {
    const table = t as WebAssembly.Table | undefined;
    return table
      ? Array.from({ length: table.length }, (_, i) => table.get(i))
      : Object.assign(Object.values(named) as never[], named);
  };
  const core = functionsOf(new WebAssembly.Instance(module, { env }).exports);
  const run = [...core];
  let family = 10; // place of the next one's address
  let known = 0; // pages
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
      // a claim counts only in the job whose tag it has, see jobQueue.ts
      if (claim >> 8 !== offer >> 8 || slice >= (offer & 255)) break;
      // V8 may not have told this thread that the memory has grown, and then memory.fill traps; growing by nothing asks
      const size = Atomics.load(words, pages!);
      if (known !== size) {
        memory.grow(0);
        known = size;
      }
      const from = slice * maxArguments;
      const own = values.subarray(from, from + Atomics.load(words, count!));
      try {
        for (; words[family]; family++) {
          const at = words[family]!;
          const bytes = new Uint8Array(
            memory.buffer,
            at + 4,
            new Int32Array(memory.buffer, at, 1)[0],
          ).slice();
          const imports = { env, core: core as unknown as WebAssembly.ModuleImports };
          run.push(...functionsOf(new WebAssembly.Instance(new WebAssembly.Module(bytes), imports).exports));
        }
        run[Atomics.load(words, kernel!)]!(...own);
      } catch {
        Atomics.store(words, failed!, 1); // the caller does not return to the event loop, where an error would be told
      }
      Atomics.add(words, done!, 1);
      Atomics.notify(words, done!);
    }
  }
}

/** The worker as a program for node:worker_threads with `eval: true`. */
export function nodeProgram(): string {
  return `(${program.toString()})(require("node:worker_threads").workerData);`;
}

/** The worker as a program for a Web Worker that is started from a blob. */
export function webProgram(): string {
  return `onmessage = ({ data }) => (${program.toString()})(data);`;
}
