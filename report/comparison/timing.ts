/** Whether the times of runs may be compared, and why. */
import type { Conditions } from "../../runs/schema.ts";

/** What a run shared the machine with. */
export type Surroundings = Pick<Conditions, "jobs" | "loadAverage" | "queue">;

export interface Timing {
  readonly comparable: boolean;
  /** A sentence or two for the reader. */
  readonly note: string;
}

/** @param conditions one a run; undefined where nobody took them down */
export function timingOf(
  conditions: readonly (Surroundings | undefined)[],
  threads: readonly number[],
): Timing {
  const known = conditions.filter((entry) => entry !== undefined);
  if (known.length < conditions.length)
    return {
      comparable: false,
      note: "How the times were taken is not known: they compare only if each run had the machine to itself.",
    };
  if (known.some(({ queue }) => queue))
    return {
      comparable: false,
      note: "The workers of a queue trained the runs, on whatever machines these have: the times do not compare. Without --queue, --fair trains one after another.",
    };
  const jobs = Math.max(...known.map((entry) => entry.jobs));
  if (jobs > 1)
    return {
      comparable: false,
      note: `Up to ${jobs} runs went at a time and took cores, caches and memory from each other: the times do not compare. --fair trains one after another.`,
    };
  const counts = [...new Set(threads)].sort((a, b) => a - b);
  const loads = known.flatMap(({ loadAverage }) => (loadAverage === null ? [] : [loadAverage]));
  const load =
    loads.length > 0
      ? ` Load average of the machine when the runs began: ${range(loads)}; it counts the run before, too.`
      : "";
  // a run adds its own threads to the average; what is beyond that is others'
  const busy =
    Math.max(0, ...loads) > Math.max(...counts) + 1
      ? " Others were using the machine: the times are unsteady."
      : "";
  if (counts.length > 1)
    return {
      comparable: false,
      note: `The runs went one after another, but on different numbers of threads (${counts.join(", ")}): the times do not compare.${load}`,
    };
  return {
    comparable: true,
    note: `The runs went one after another, each alone on ${counts[0]} ${counts[0] === 1 ? "thread" : "threads"}.${load}${busy}`,
  };
}

function range(values: readonly number[]): string {
  const [least, most] = [Math.min(...values).toFixed(1), Math.max(...values).toFixed(1)];
  return least === most ? least : `${least} to ${most}`;
}
