/** What users make engines by. */
import { createEngine as createPlainEngine, type Engine } from "../autograd/engine.ts";
import type { EngineOptions } from "../backend/backend.ts";
import { inPage } from "../runtime/capabilities.ts";

/**
 * Makes an engine: loads the kernels that suit the runtime and gives them memory and threads.
 * @throws AnygradError INVALID_ARGUMENT for a bad option, UNSUPPORTED where the runtime has no WebAssembly, forbids to
 *   compile it or lacks what the variant needs, MEMORY_LIMIT for a limit below what the kernels take, DATA_FORMAT and
 *   DATA_MISSING for kernels that are damaged, of another version or not there
 * @example
 * ```js
 * import { createEngine } from "anygrad";
 *
 * const engine = await createEngine({ threads: 1 });
 * console.log(engine.info.threads, engine.info.precision); // 1 strict
 * ```
 */
export async function createEngine(options?: EngineOptions): Promise<Engine> {
  return engineWith(options, true);
}

async function engineWith(options: EngineOptions | undefined, convolves: boolean): Promise<Engine> {
  const engine = await createPlainEngine(options, convolves);
  if (options?.secondDerivatives ?? !inPage())
    engine.allocator.differentiableBackward = (
      await import("./differentiableBackward.ts")
    ).differentiableBackward;
  return engine;
}

let shared: Promise<Engine> | undefined;

/**
 * The engine of models that are given none: one for all of them, with default options, so that a program that loads a model for each request
 * does not start threads and reserve memory each time.
 * @param convolves whether it needs convolutions now
 * @throws AnygradError as `createEngine` does
 */
export async function sharedEngine(convolves: boolean): Promise<Engine> {
  const known = await shared;
  if (known && !known.allocator.disposed) return known;
  const made = engineWith(undefined, convolves);
  shared = made;
  made.catch(() => {
    if (shared === made) shared = undefined; // the next call tries anew
  });
  return made;
}
