/** The machine that we run on: results do not depend on it, times do. */
import { availableParallelism, cpus, loadavg, release, type } from "node:os";

export interface Machine {
  /** When the run ended, in UTC. */
  readonly date: string;
  readonly processor: string;
  /** Threads that may run at a time. */
  readonly cores: number;
  readonly system: string;
}

export function machine(): Machine {
  return {
    date: new Date().toISOString().replace(/[.]\d+Z$/, "Z"),
    processor: cpus()[0]?.model.trim().replace(/\s+/g, " ") || "unknown processor",
    cores: availableParallelism(),
    system: `${type()} ${release()}, ${process.arch}`,
  };
}

/** Load average of the last minute; undefined where the system has none. */
export function loadAverage(): number | undefined {
  return process.platform === "win32" ? undefined : loadavg()[0]; // Windows says 0
}
