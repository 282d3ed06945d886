/** How the end of a sweep is told: to its report and its summary (SweepResult), and to programs (`--json`). */

import type { SweepResult, SweepStart } from "../../report/sweep/result.ts";
import { exampleCount } from "../../src/data/dataset.ts";
import type { Source } from "../dataset/source.ts";
import type { SweepPlan } from "./plan.ts";
import { describeDimension } from "./space.ts";

/** What a result says of its plan. */
export function planText(
  plan: SweepPlan,
): Omit<SweepStart, "task" | "target" | "examples" | "jobs" | "threads"> {
  const { preset, dataset, method, metric, seed, rungs, reduction, epochs } = plan;
  return {
    preset: preset.split(/[/\\]/).at(-1)!,
    dataset,
    method,
    metric,
    seed,
    planned: plan.trials,
    epochs,
    rungs,
    reduction,
    fixed: plan.fixed.join(" "),
    searched: plan.space.map((one) => ({
      name: one.name,
      values: describeDimension(one),
      isRange: one.kind === "range",
      logarithmic: one.kind === "range" && one.log,
    })),
  };
}

/** What a result says of its data. */
export function dataText({
  task,
  train,
  validation,
  test,
}: Source): Pick<SweepStart, "task" | "target" | "examples"> {
  const { target } = train.preparation ?? {};
  return {
    task,
    target: target && { name: target.name, unit: target.unit },
    examples: {
      train: exampleCount(train),
      validation: validation ? exampleCount(validation) : 0,
      test: exampleCount(test),
    },
  };
}

/** What `--json` prints. */
export function jsonOf(result: SweepResult): object {
  const { trials, best, effects, searched } = result;
  const count = (status: string): number => trials.filter((trial) => trial.status === status).length;
  return {
    preset: result.preset,
    dataset: result.dataset,
    method: result.method,
    seed: result.seed,
    task: result.task,
    metric: result.metric,
    searched: Object.fromEntries(searched.map(({ name, values }) => [name, values])),
    examples: result.examples,
    trials: {
      total: trials.length,
      complete: count("complete"),
      stopped: count("stopped"),
      failed: count("failed"),
    },
    best: best && (({ history: _, status: __, ...rest }) => rest)(best),
    test: result.test,
    effects: effects.map(({ name, share, groups }) => ({
      option: name,
      share: share ?? null,
      values: groups.map(({ label, scores, mean }) => ({ value: label, trials: scores.length, mean })),
    })),
    seconds: result.seconds,
    command: result.command,
    bestCommand: result.bestCommand,
    out: result.out ?? null,
  };
}
