/** A kernel at a size: what is timed, and how much work it is. */
import type { Backend } from "../../../src/backend/backend.ts";
import type { Unit } from "../result.ts";
import type { BenchmarkScratch } from "./scratch.ts";

export interface Workload {
  readonly group: string;
  readonly name: string;
  /** Whether the workload is in the quick selection. */
  readonly quick: boolean;
  readonly unit: Unit;
  /** FLOP or bytes of one run. */
  readonly work: number;
  /** Lays out the arrays. @returns what is timed */
  prepare(backend: Backend, scratch: BenchmarkScratch): () => void;
}

/** Images in a batch, everywhere in the benchmark. */
export const batchSize = 64;
