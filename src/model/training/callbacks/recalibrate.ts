/**
 * Precise batch normalisation as a callback: `callbacks.recalibrate({ batches: 200 })` is `fit({ recalibrate: 200 })` in a
 * list of callbacks. `fit` does the work, since no hook comes before validation.
 */
import { checkCount } from "../../../math/checks.ts";
import { strictOptions } from "../../../math/options.ts";
import { type Callback, callbackList } from "./callback.ts";

/**
 * Estimates batch normalisation's statistics anew before each evaluation and at the end, see `fit`'s option `recalibrate`.
 * @throws AnygradError INVALID_ARGUMENT
 */
export function recalibrate(options: {
  /** Batches of training data, at most all; 200 is usual. */
  batches: number;
}): Callback {
  const { batches } = strictOptions("recalibrate", options, "batches");
  checkCount("recalibrate: batches", batches);
  return { recalibrate: batches };
}

/** What is asked for, as an option or by a callback; undefined: nothing. */
export function recalibrationOf(options: {
  recalibrate?: number;
  callbacks?: Callback | readonly Callback[];
}): number | undefined {
  return (
    options.recalibrate ??
    callbackList(options.callbacks).find((callback) => callback.recalibrate)?.recalibrate
  );
}
