/** Optimizers from their saved form. Apart from those by name: it knows every schedule, which training alone does not need. */
import type { SavedOptimizer } from "./index.ts";
import type { Optimizer } from "./optimizer.ts";
import { scheduleFromConfig } from "./schedules/index.ts";

/** @throws AnygradError INVALID_ARGUMENT */
export async function optimizerFromConfig({ type, config, schedule }: SavedOptimizer): Promise<Optimizer> {
  const { optimizerNamed } = await import("./byName.ts");
  return (await optimizerNamed(type))({ ...config, learningRate: scheduleFromConfig(schedule) });
}
