/** Errors of a memory limit, in the words and numbers of `net.memory`. Imported when something has failed. */
import { AnygradError } from "../../errors.ts";
import { formatBytes } from "../../math/bytes.ts";
import { type Exceeded, exceeded } from "../../memory/heap.ts";
import { isOpen } from "../network/graph.ts";
import type { ModelState } from "../state.ts";
import { memoryOf } from "./estimate.ts";
import { passOf, type Saving } from "./passes.ts";

/** An error of a memory limit as one that says how much the whole step would need; any other as it is. */
export function explained(
  state: ModelState,
  { batchSize = 32, ema = 0, ...saving }: { batchSize?: number; ema?: number } & Saving,
  error: unknown,
): unknown {
  if (!(error instanceof AnygradError) || error.code !== "MEMORY_LIMIT" || isOpen(state.graph)) return error;
  const { needed, limit } = Object(error.cause) as Partial<Exceeded>;
  const { total } = memoryOf(state, { batchSize, ema }, passOf("fit", state.compiled, saving));
  // the allocation that failed may have been an early one of the step, and others may hold memory of the engine
  const message =
    needed === undefined || limit === undefined
      ? error.message
      : exceeded({ needed: Math.max(needed, total), limit }).message;
  return new AnygradError(
    "MEMORY_LIMIT",
    `${message} (this model needs about ${formatBytes(total)} to train at batch size ${batchSize})`,
    { cause: error },
  );
}
