/** Optimizers from their saved form. Apart from those by name: it knows every schedule, which training alone does not need. */
import type { Definition } from "../../definitions/definition.ts";
import type { SavedOptimizer } from "../index.ts";
import type { Optimizer } from "../optimizer.ts";
import { scheduleFromConfig } from "../schedules/fromConfig.ts";

/**
 * @param definition of one of the user's own, where it is at hand
 * @param absent throws, where one is needed and is not at hand
 * @throws AnygradError INVALID_ARGUMENT
 */
export async function optimizerFromConfig(
  { type, config, schedule, custom }: SavedOptimizer,
  definition?: Definition<[options?: object]>,
  absent?: (action: string) => never,
): Promise<Optimizer> {
  const { optimizerNamed } = await import("../byName.ts");
  if (definition || !custom || !absent) {
    const make = await optimizerNamed(definition ?? type);
    return make({ ...config, learningRate: scheduleFromConfig(schedule) });
  }
  return { ...(await optimizerNamed("sgd"))(), type, config, absent, update: () => absent("fit") };
}
