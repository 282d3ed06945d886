/** Optimizers by name, as `compile` and saved models give them. */
import { AnygradError } from "../errors.ts";
import * as kinds from "./kinds.ts";
import type { Optimizer } from "./optimizer.ts";
import { scheduleFromConfig } from "./schedules.ts";

export * as optimizers from "./kinds.ts";
export type { Optimizer, OptimizerOptions } from "./optimizer.ts";

export type OptimizerName = keyof typeof kinds;

/** What an optimizer is saved as. */
export interface SavedOptimizer {
  type: string;
  config: Readonly<Record<string, number | boolean | undefined>>;
  schedule: { type: string; config: Record<string, unknown> };
}

export function saveOptimizer({ type, config, schedule }: Optimizer): SavedOptimizer {
  return { type, config, schedule: { type: schedule.type, config: schedule.config } };
}

/** An optimizer from its name, itself or its saved form. @throws AnygradError INVALID_ARGUMENT */
export function getOptimizer(like: string | Optimizer | SavedOptimizer): Optimizer {
  if (typeof like === "object" && "update" in like) return like;
  const type = typeof like === "string" ? like : like.type;
  if (!Object.hasOwn(kinds, type))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `optimizer: ${JSON.stringify(type)} is unknown; use one of ${Object.keys(kinds).join(", ")}`,
    );
  const make = kinds[type as OptimizerName];
  return typeof like === "string"
    ? make()
    : make({ ...like.config, learningRate: scheduleFromConfig(like.schedule) });
}
