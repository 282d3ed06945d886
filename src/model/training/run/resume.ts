/** Taking up a run: whether the options are those it began with, and what it was where they are left out. */
import { AnygradError } from "../../../errors.ts";
import type { Callback } from "../callbacks/index.ts";
import type { FitOptions } from "../options.ts";
import type { RunPlan, RunState } from "./state.ts";

/** The options of a run that goes on: what is left out is as it was. @throws AnygradError NOT_READY, INVALID_ARGUMENT */
export function resumedOptions(run: RunState | undefined, given: FitOptions): FitOptions {
  if (!run)
    throw new AnygradError(
      "NOT_READY",
      "fit: resume: there is no run to go on with; leave resume out to begin one, or load what save({ optimizer: true }) gave",
    );
  if (given.initialEpoch !== undefined)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `fit: resume: initialEpoch is ${given.initialEpoch} but a resumed run begins where it stopped; pass one of them`,
    );
  const { seed, batchSize, shuffle, ema, recalibrate, stepsPerEpoch = given.stepsPerEpoch } = run.plan;
  return {
    ...given,
    epochs: given.epochs ?? run.epochs,
    seed: given.seed ?? seed,
    batchSize: given.batchSize ?? batchSize,
    shuffle: given.shuffle ?? shuffle,
    ema: given.ema ?? ema,
    recalibrate: given.recalibrate ?? recalibrate,
    ...(stepsPerEpoch !== undefined && { stepsPerEpoch: given.stepsPerEpoch ?? stepsPerEpoch }),
  };
}

/** Makes sure that the run can go on so. @throws AnygradError INVALID_ARGUMENT; nothing has changed then */
export function resumeRun(
  run: RunState,
  plan: RunPlan,
  epochs: number,
  callbacks: readonly Callback[],
): void {
  if (plan.augment !== run.plan.augment)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `fit: resume: the run began with ${run.plan.augment ?? "no"} augmentation but ${plan.augment ?? "none"} is given; pass the same, or leave resume out to begin a new run`,
    );
  const amount = (examples: number | undefined): string =>
    examples === undefined ? "a stream of batches" : `${examples} examples`;
  for (const name of [
    "examples",
    "stepsPerEpoch",
    "batchSize",
    "seed",
    "shuffle",
    "ema",
    "recalibrate",
  ] as const)
    if (plan[name] !== run.plan[name])
      throw new AnygradError(
        "INVALID_ARGUMENT",
        name === "examples"
          ? `fit: resume: the run began with ${amount(run.plan.examples)} but the data has ${plan.examples ?? "a stream of batches"}; pass the same data, or leave resume out to begin a new run`
          : `fit: resume: the run began with ${name} ${run.plan[name]} but ${plan[name]} is given; leave it out, or leave resume out to begin a new run`,
      );
  const least = run.epoch + (run.begun ? 1 : 0);
  if (epochs < least)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `fit: resume: the run is in epoch ${least} but epochs is ${epochs}; pass at least ${least}`,
    );
  const given = callbacks.filter((callback) => callback.save).length;
  if (run.saved && run.saved.length !== given)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `fit: resume: the run began with ${run.saved.length} callbacks that keep a state but ${given} are given; pass the same callbacks in the same order`,
    );
  run.epochs = epochs;
}
