/** The machine that a run was made on, for its report: results do not depend on it, times do. */
import { availableParallelism, cpus, release, type } from "node:os";

export interface Machine {
  /** Of the run's end, UTC. */
  readonly date: string;
  readonly processor: string;
  /** Threads that may run at a time. */
  readonly cores: number;
  readonly system: string;
}

export function machine(): Machine {
  return {
    date: new Date().toISOString().replace(/[.]\d+Z$/, "Z"),
    processor: cpus()[0]?.model.trim().replace(/\s+/g, " ") ?? "unknown",
    cores: availableParallelism(),
    system: `${type()} ${release()}, ${process.arch}`,
  };
}
