/**
 * Warm-up before any other schedule: the first steps rise along a line to where that schedule starts.
 *
 * Large first steps hurt most while the moments of Adam and the statistics of batch normalisation are young
 * (Goyal et al., "Accurate, Large Minibatch SGD", 2017).
 */
import { AnygradError, quote } from "../../errors.ts";
import { strictOptions } from "../../math/options.ts";
import { builtIn, isBuiltIn } from "../../registry.ts";
import { check, rate, type Schedule, steps } from "./schedule.ts";

/** The options of {@link warmup}. */
export interface WarmupOptions {
  /** What follows; it begins with its step 0 when the warm-up ends. */
  readonly schedule: Schedule;
  /** The steps of the rise. */
  readonly warmupSteps: number;
  /** The rate of the very first step. Default 0. */
  readonly startLearningRate?: number;
}

/** From `startLearningRate` to `schedule.at(0)` over `warmupSteps`, then `schedule` from its beginning. */
export function warmup(options: WarmupOptions): Schedule {
  const {
    schedule,
    warmupSteps,
    startLearningRate = 0,
  } = strictOptions("warmup", options, "schedule warmupSteps startLearningRate");
  if (typeof schedule?.at !== "function")
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `warmup: schedule is ${quote(schedule)}; pass what follows, such as schedules.constant({ learningRate: 0.1 })`,
    );
  check("warmup", { warmupSteps: [warmupSteps, steps], startLearningRate: [startLearningRate, rate] });
  const target = schedule.at(0);
  const at = (done: number): number => {
    if (done >= warmupSteps) return schedule.at(done - warmupSteps);
    return startLearningRate + (target - startLearningRate) * (done / warmupSteps);
  };
  return {
    type: "warmup",
    config: { schedule: { type: schedule.type, config: schedule.config }, warmupSteps, startLearningRate },
    at: isBuiltIn(schedule.at) ? builtIn(at) : at,
  };
}
