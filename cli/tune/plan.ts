/** What a sweep is, before it runs: all that its outcome depends on, written to sweep.json. */

import type { SweepMetric } from "../../report/sweep/trial.ts";
import { AnygradError } from "../../src/errors.ts";
import { rungsOf } from "./halving.ts";
import type { Values } from "./hyperparameters.ts";
import { checkSpace, type Dimension, draws, grid, sizeOf } from "./space.ts";

export type Method = "grid" | "random" | "asha";

export const methods: readonly Method[] = ["grid", "random", "asha"];

export interface SweepPlan {
  /** Its name, or the path of a model file. */
  readonly preset: string;
  /** Hex SHA-256 of that file. */
  readonly sha256?: string;
  readonly dataset: string;
  readonly method: Method;
  readonly space: readonly Dimension[];
  readonly trials: number;
  /** Epochs of a trial that is trained to the end; undefined where epochs are searched. */
  readonly epochs?: number;
  /** For "asha": epochs of each rung, growing. */
  readonly rungs?: readonly number[];
  /** For "asha": one trial of so many goes on to the next rung. */
  readonly reduction?: number;
  readonly validationSplit: number;
  readonly metric: SweepMetric;
  /** Seed of the draws, and of every trial unless seeds are searched. */
  readonly seed: number;
  /** The other arguments of every trial, as `train` takes them. */
  readonly fixed: readonly string[];
}

/** What the user gave. */
export interface PlanChoices {
  readonly preset: string;
  readonly sha256?: string | undefined;
  readonly dataset: string;
  readonly method?: Method | undefined;
  readonly space: readonly Dimension[];
  readonly trials?: number | undefined;
  /** Epochs; the preset's where the user gave none. */
  readonly epochs: number;
  readonly minEpochs?: number | undefined;
  readonly reduction?: number | undefined;
  readonly validationSplit: number;
  readonly metric: SweepMetric;
  readonly seed: number;
  readonly fixed: readonly string[];
}

const USUAL_TRIALS = 20;

/** @throws AnygradError INVALID_ARGUMENT for choices that contradict each other */
export function planOf(choices: PlanChoices): SweepPlan {
  const { space, epochs, minEpochs, reduction, method = "random" } = choices;
  checkSpace(space);
  if (method === "grid" && choices.trials !== undefined)
    throw wrong("--trials goes with random and asha; a grid has a trial for every combination");
  for (const [name, value] of Object.entries({ "--min-epochs": minEpochs, "--reduction": reduction }))
    if (value !== undefined && method !== "asha")
      throw wrong(`${name} goes with --method asha; leave it out of ${method}`);
  const epochsAreSearched = space.some(({ name }) => name === "epochs");
  if (method === "asha" && epochsAreSearched)
    throw wrong("--search: asha gives out the epochs itself; leave epochs out, or use another --method");
  if (minEpochs !== undefined && minEpochs > epochs)
    throw wrong(`--min-epochs is ${minEpochs} but a trial has ${epochs} epochs; pass at most that many`);
  const { preset, sha256, dataset, validationSplit, metric, seed, fixed } = choices;
  const plan: SweepPlan = {
    preset,
    ...(sha256 !== undefined && { sha256 }),
    dataset,
    method,
    space,
    trials:
      method === "grid" ? grid(space).length : (choices.trials ?? Math.min(USUAL_TRIALS, sizeOf(space))),
    ...(!epochsAreSearched && { epochs }),
    ...(method === "asha" && {
      rungs: rungsOf(epochs, minEpochs ?? 1, reduction ?? 3),
      reduction: reduction ?? 3,
    }),
    validationSplit,
    metric,
    seed,
    fixed,
  };
  combinationsOf(plan); // whether there are so many
  return plan;
}

/** The options of each trial, the first one's first. */
export function combinationsOf({ method, space, trials, seed }: SweepPlan): Values[] {
  return method === "grid" ? grid(space) : draws(space, trials, seed);
}

/**
 * Whether the sweep in a folder is this one; a random one may have become longer.
 * @throws AnygradError INVALID_ARGUMENT, naming what is different
 */
export function checkSamePlan(saved: SweepPlan, plan: SweepPlan, folder: string): void {
  for (const name of Object.keys({ ...saved, ...plan }) as (keyof SweepPlan)[]) {
    const [was, is] = [JSON.stringify(saved[name]), JSON.stringify(plan[name])];
    if (was === is || (name === "trials" && plan.method === "random" && plan.trials > saved.trials)) continue;
    const what =
      name === "sha256"
        ? `${saved.preset} has changed since`
        : name === "space"
          ? spaceDifference(saved.space, plan.space)
          : `its ${name} is ${was}, not ${is}`;
    throw wrong(
      `--out: ${folder} holds another sweep: ${what}; go on with the same settings, or pass another folder`,
    );
  }
}

function spaceDifference(saved: readonly Dimension[], space: readonly Dimension[]): string {
  const missing = saved.find(({ name }) => !space.some((one) => one.name === name));
  if (missing) return `it searches ${missing.name}, too`;
  const changed = space.find((one) => !saved.some((old) => JSON.stringify(old) === JSON.stringify(one)));
  return changed ? `it searches other values of ${changed.name}` : "it searches the options in another order";
}

function wrong(message: string): AnygradError {
  return new AnygradError("INVALID_ARGUMENT", message);
}
