/** What page and benchmark say to each other. */
import type { Benchmark, Machine } from "../../../bench/suite/index.ts";

export interface ToBenchmark {
  readonly machine: Machine;
  readonly threads: number;
}

export type FromBenchmark =
  | { readonly what: string; readonly share: number }
  | { readonly benchmark: Benchmark; readonly text: string }
  | { readonly failure: string };
