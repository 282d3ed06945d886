/** Optimizers by name, as `compile` and saved models give them. */
import { kindNamed, type SavedKind } from "../registry.ts";
import * as kinds from "./kinds.ts";
import type { Optimizer } from "./optimizer.ts";

export * as optimizers from "./kinds.ts";
export type { Optimizer, OptimizerOptions } from "./optimizer.ts";

/** The names of the optimizers. */
export type OptimizerName = keyof typeof kinds;

/** What an optimizer is saved as. */
export interface SavedOptimizer {
  /** Its name in `optimizers`. */
  type: string;
  /** Its options, without the learning rate. */
  config: Readonly<Record<string, number | boolean | undefined>>;
  /** The schedule of its learning rate. */
  schedule: SavedKind;
}

export function saveOptimizer({ type, config, schedule }: Optimizer): SavedOptimizer {
  return { type, config, schedule: { type: schedule.type, config: schedule.config } };
}

/** An optimizer from its name, or itself. @throws AnygradError INVALID_ARGUMENT */
export function getOptimizer(like: string | Optimizer): Optimizer {
  return typeof (like as Optimizer | undefined)?.update === "function"
    ? (like as Optimizer)
    : optimizerNamed(like)();
}

/** What makes the optimizers of this name. @throws AnygradError INVALID_ARGUMENT */
export function optimizerNamed(type: unknown): (typeof kinds)[OptimizerName] {
  return kindNamed("optimizer", type, kinds);
}
