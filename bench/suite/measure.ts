/**
 * One way to time things: tinybench, in rounds. Every round runs a burst of each task, one after the other, so that a
 * noisy machine hurts all alike; rounds count only once no task gets faster any more, that is when the optimising
 * compiler has them. Medians of all samples: a mean would carry every interruption.
 */
import { quantile } from "../../src/math/statistics.ts";

export interface Task {
  /** The work, which is called many times. */
  run(): unknown;
  /** Whether `run` returns a promise whose end is waited for. Default false. */
  readonly async?: boolean;
  /** Share of the effort's milliseconds that is enough for this task. Default 1. */
  readonly share?: number;
}

export interface Effort {
  /** Rounds that count. */
  readonly rounds: number;
  /** Milliseconds for each task in each round; a task that takes longer runs once. */
  readonly milliseconds: number;
}

export interface Timing {
  /** Milliseconds of a call. */
  readonly median: number;
  /** Half the distance between the quartiles, in milliseconds. */
  readonly spread: number;
  /** Calls that counted. */
  readonly samples: number;
}

const minWarmRounds = 2;
const usualWarmRounds = 3;
const maxWarmRounds = 8;
/** A task that is faster than before by more than this is still being compiled. */
const faster = 0.97;

/** @returns the tasks' timings, in their order */
export async function measure(tasks: readonly Task[], effort: Effort): Promise<Timing[]> {
  await warm(tasks, effort);
  const samples: number[][] = tasks.map(() => []);
  for (let round = 0; round < effort.rounds; round++)
    for (const [i, task] of tasks.entries()) samples[i]!.push(...(await burst(task, effort.milliseconds)));
  return samples.map(timing);
}

/** Rounds until no task gets faster; no longer than those that count, lest slow tasks take minutes. */
async function warm(tasks: readonly Task[], { rounds, milliseconds }: Effort): Promise<void> {
  const until = performance.now() + rounds * milliseconds * tasks.length;
  const best = tasks.map(() => Number.POSITIVE_INFINITY);
  for (let round = 1, settled = false; round <= maxWarmRounds && !settled; round++) {
    settled = round >= usualWarmRounds;
    for (const [i, task] of tasks.entries()) {
      const time = Math.min(...(await burst(task, milliseconds)));
      if (time < faster * best[i]!) settled = false;
      best[i] = Math.min(best[i]!, time);
    }
    if (round >= minWarmRounds && performance.now() > until) return;
  }
}

/** Milliseconds of each call. */
async function burst({ run, async = false, share = 1 }: Task, milliseconds: number): Promise<number[]> {
  const { Bench } = await import("tinybench"); // only where something is measured
  const bench = new Bench({
    time: milliseconds * share,
    iterations: 1,
    warmup: false,
    throws: true,
    retainSamples: true,
    timestampProvider: "performanceNow", // its bigint clock makes garbage
  });
  bench.add("task", () => run(), { async });
  await bench.run();
  const { result } = bench.tasks[0]!;
  return "latency" in result ? [...(result.latency.samples ?? [])] : [];
}

function timing(samples: readonly number[]): Timing {
  const sorted = [...samples].sort((a, b) => a - b);
  const spread = (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 2;
  return { median: quantile(sorted, 0.5), spread, samples: sorted.length };
}
