/** Worker threads whose program is a text: what every kind of them is started with, and can do. */

/** One program, written for both kinds of workers. */
export interface WorkerProgram {
  /** For node:worker_threads: CommonJS, with its data in `workerData`. */
  readonly node: string;
  /** For Web Workers: its data come as the first message. */
  readonly web: string;
}

/** A worker thread that runs. */
export interface Thread {
  /** Ends it at once. */
  terminate(): void;
  /**
   * Whether it has ended, told to a caller that cannot wait for an event because it does not return to the event loop; absent
   * where nobody can tell.
   */
  ended?(): boolean;
}

/** Starts a worker with a program and its data. `lose` is called with the reason when it ends by itself. */
export type StartThread = (program: WorkerProgram, data: unknown, lose: (reason: string) => void) => Thread;
