/** First values of the bias of an LSTM. */
import type { Initializer } from "../initializers/index.ts";

/** The same initializer with ones in the second of the four gates, the forget gate. */
export function forgetBias(initializer: Initializer, units: number): Initializer {
  return {
    ...initializer,
    fill(target, draw) {
      initializer.fill(target, draw);
      target.view.fill(1, units, 2 * units);
    },
  };
}
