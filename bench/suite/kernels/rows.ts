/** From timings to rows: rates, shares of the ceiling, and what a build gains over others. */

import { type Effort, measure, type Task, type Timing } from "../measure.ts";
import type { Build, Row, Unit } from "../result.ts";
import type { CeilingLoop } from "./ceiling.ts";

/** A task in one build, beside its ceiling. */
export interface Candidate extends Build {
  readonly task: Task;
  readonly loop: CeilingLoop;
}

/** What the rows of all builds have in common; work is FLOP or bytes of a call. */
export interface Subject extends Pick<Row, "section" | "group" | "name"> {
  readonly unit: Unit;
  readonly work: number;
}

/** What the ceiling needs of a task's time to be known well: its loops take half a millisecond. */
const ceilingShare = 0.25;

/** Times the candidates in turns, each with its ceiling. @returns timings, and the ceilings' rates, in 10⁹ a second */
export async function contest(
  candidates: readonly Candidate[],
  effort: Effort,
): Promise<{ timing: Timing; ceiling: number }[]> {
  const timings = await measure(
    candidates.flatMap(({ task, loop }) => [task, { run: () => loop.run(), share: ceilingShare }]),
    effort,
  );
  return candidates.map(({ loop }, i) => ({
    timing: timings[2 * i]!,
    ceiling: loop.work / timings[2 * i + 1]!.median / 1e6,
  }));
}

export function rowsOf(
  { work, ...subject }: Subject,
  builds: readonly Build[],
  results: readonly { timing: Timing; ceiling: number }[],
): Row[] {
  const timeOf = (variant: string, threads: number): number | undefined => {
    const i = builds.findIndex((build) => build.variant === variant && build.threads === threads);
    return results[i]?.timing.median;
  };
  return builds.map(({ variant, threads }, i) => {
    const { timing, ceiling } = results[i]!;
    const { median, spread } = timing;
    const rate = work / median / 1e6;
    const scalar = variant === "scalar" ? undefined : timeOf("scalar", threads);
    const single = threads === 1 ? undefined : timeOf(variant, 1);
    return {
      section: subject.section,
      group: subject.group,
      name: subject.name,
      variant,
      threads,
      median,
      spread,
      unit: subject.unit,
      rate,
      ceiling,
      ofCeiling: rate / ceiling,
      ...(scalar !== undefined && { overScalar: scalar / median }),
      ...(single !== undefined && { overOneThread: single / median }),
    };
  });
}
