/** Optimizers by name, as `compile` and saved models give them. */
import type { Definition } from "../definitions/definition.ts";
import type { SavedKind } from "../registry.ts";
import type { Optimizer } from "./optimizer.ts";

export * as optimizers from "./kinds.ts";
export type { Optimizer, OptimizerOptions } from "./optimizer.ts";

/** What an optimizer is saved as. */
export interface SavedOptimizer {
  /** Its name in `optimizers`. */
  type: string;
  /** Its options, without the learning rate. */
  config: Optimizer["config"];
  /** The schedule of its learning rate. */
  schedule: SavedKind;
  /** It, or its schedule, is none of the package's: the file holds names and options alone. */
  custom?: true;
}

/** An optimizer from its name, or itself. Those of names are imported then. @throws AnygradError INVALID_ARGUMENT */
export async function getOptimizer(like: string | Optimizer | Definition<[], Optimizer>): Promise<Optimizer> {
  return typeof (like as Optimizer | undefined)?.update === "function"
    ? (like as Optimizer)
    : (await (await import("./byName.ts")).optimizerNamed(like))();
}
