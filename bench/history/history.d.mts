import type { Benchmark } from "./suite/result.ts";

/** A release in the history. */
export interface Column {
  readonly date: string;
  readonly machine: string;
  readonly figures: Readonly<Record<string, number>>;
}

export function historyWith(benchmark: Benchmark): string;
export function columnOf(
  benchmark: Pick<Benchmark, "date" | "runtime"> & {
    readonly machine: Pick<Benchmark["machine"], "cpu" | "cores">;
    readonly ceilings: readonly Pick<
      Benchmark["ceilings"][number],
      "variant" | "threads" | "chains" | "tile"
    >[];
    readonly rows: readonly Pick<
      Benchmark["rows"][number],
      "variant" | "threads" | "section" | "group" | "name" | "median"
    >[];
  },
): Column;
export function historyText(releases: Readonly<Record<string, Column>>): string;
