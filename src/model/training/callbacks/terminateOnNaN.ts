/** Ending a run whose numbers went out of bounds as one that was stopped, in place of an error. */
import { type NoOptions, strictOptions } from "../../../math/options.ts";
import type { Callback } from "./callback.ts";

/**
 * A loss or weights that are NaN or infinite stop the run: `fit` gives the history so far, whose `stopped` says why. Without it
 * `fit` throws an error of code NOT_FINITE. Either way no weight has changed by the step whose loss was none.
 */
export function terminateOnNaN(options?: NoOptions): Callback {
  strictOptions("terminateOnNaN", options, "");
  return { terminateOnNaN: true };
}
