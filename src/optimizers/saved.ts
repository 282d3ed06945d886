/** Optimizers from their saved form. Apart from those by name: it knows every schedule, which training alone does not need. */
import { optimizerNamed, type SavedOptimizer } from "./index.ts";
import type { Optimizer } from "./optimizer.ts";
import { scheduleFromConfig } from "./schedules/index.ts";

/** @throws AnygradError INVALID_ARGUMENT */
export function optimizerFromConfig({ type, config, schedule }: SavedOptimizer): Optimizer {
  return optimizerNamed(type)({ ...config, learningRate: scheduleFromConfig(schedule) });
}
