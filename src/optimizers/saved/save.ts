/** What an optimizer is saved as; imported when a model is saved. */
import { isBuiltIn } from "../../registry.ts";
import type { SavedOptimizer } from "../index.ts";
import type { Optimizer } from "../optimizer.ts";

export function saveOptimizer(optimizer: Optimizer): SavedOptimizer {
  const { type, config, schedule, update } = optimizer;
  return {
    type,
    config,
    schedule: { type: schedule.type, config: schedule.config },
    ...(!(isBuiltIn(update) && isBuiltIn(schedule.at)) && { custom: true }),
  };
}
