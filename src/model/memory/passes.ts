/** How a step takes less memory for the same bits, as `fit` and `memory` are asked. Imported where they are. */
import { AnygradError } from "../../errors.ts";
import { checkCount } from "../../math/checks.ts";
import type { ModelState } from "../state.ts";
import type { Compiled } from "../training/context.ts";
import type { differentiate } from "../training/differentiate.ts";
import { type MemoryEstimate, type MemoryOptions, memoryOf } from "./estimate.ts";
import { microBatching } from "./microBatch.ts";
import { recomputing } from "./recompute.ts";

/** What makes a step take less memory. */
export interface Saving {
  /** As `fit` takes it. Default false. */
  recompute?: boolean | undefined;
  /** As `fit` takes it. Default: whole batches. */
  microBatch?: number | undefined;
}

/** What computes the gradients of a step. @throws AnygradError INVALID_ARGUMENT */
export function passOf(
  subject: string,
  compiled: Compiled | undefined,
  { recompute, microBatch }: Saving,
): typeof differentiate | undefined {
  if (microBatch === undefined) return recompute ? recomputing(compiled) : undefined;
  checkCount(`${subject}: microBatch`, microBatch, 1);
  if (recompute)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${subject}: microBatch and recompute are both given; pass the one that takes less, as memory() tells`,
    );
  return microBatching(compiled, microBatch);
}

/** Estimated bytes of a training step that takes less. @throws AnygradError INVALID_ARGUMENT, UNSUPPORTED */
export async function savedMemory(
  state: ModelState,
  options: MemoryOptions & Saving,
): Promise<MemoryEstimate> {
  const pass = passOf("memory", state.compiled, options);
  let failed: unknown;
  const estimate = memoryOf(
    state,
    options,
    pass &&
      ((...step) => {
        try {
          return pass(...step);
        } catch (error) {
          failed = error;
          throw error;
        }
      }),
  );
  if (failed instanceof AnygradError && failed.code === "UNSUPPORTED") throw failed;
  return estimate;
}
