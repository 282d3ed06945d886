/** Where the runs of a sweep or a comparison are made: in processes of this machine, or by workers over a queue (cli/cluster). */
import type { ChildEnd, ChildHooks, ChildPool } from "./childRun.ts";

/** A run of `train`. */
export interface RunRequest {
  /** What tells it from the others of the same command, however often that is called: "0003-10". */
  readonly name: string;
  /** Arguments of `train`, but for the folder. */
  readonly args: readonly string[];
  /** Folder in which the run is kept; one of the same settings that has stopped there goes on. */
  readonly out: string;
  /** What of the data sets and files of all runs this one reads, as its arguments name them. Default: everything. */
  readonly reads?: readonly string[];
  /** Whether runs that wait may go before it: what comes next hangs less on it. Default false. */
  readonly canWait?: boolean;
}

export interface RunPool {
  /** Makes the run once a place is free. Never rejects: a run that fails is a result. */
  run(request: RunRequest, hooks?: ChildHooks): Promise<ChildEnd>;
  /** Says that the end of a run has been written down: whoever kept it need not any longer. */
  forget?(request: Pick<RunRequest, "name">): void;
  /** Why no run goes on, where that is no fault of the runs. */
  readonly trouble?: Error | undefined;
}

/**
 * Runs in processes of this machine.
 * @param extra arguments of each that change no result
 */
export function localRuns(pool: ChildPool, extra: readonly string[]): RunPool {
  // what else a death has left in the folder is replaced
  return { run: ({ args, out }, hooks) => pool.run([...args, ...extra, "--out", out, "--overwrite"], hooks) };
}
