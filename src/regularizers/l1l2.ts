/** Penalties l1 · Σ |w| + l2 · Σ w²; Keras's names and defaults. */
import { checkNumber } from "../math/checks.ts";
import { strictOptions } from "../math/options.ts";
import type { SizeRegularizer } from "./regularizer.ts";

/** Both penalties. Without options 0.01 each; with one of the two the other is 0, as in Keras 3. */
export function l1l2(options: { l1?: number; l2?: number } = { l1: 0.01, l2: 0.01 }): SizeRegularizer {
  const { l1 = 0, l2 = 0 } = strictOptions("l1l2", options, "l1 l2");
  for (const [name, factor] of Object.entries({ l1, l2 }))
    checkNumber(`regularizer: ${name}`, factor, { from: 0 });
  return { type: "l1l2", config: Object.freeze({ l1, l2 }) };
}

/** l1 · Σ |w|. Default 0.01. */
export const l1 = (options?: { l1?: number }): SizeRegularizer =>
  l1l2({ l1: strictOptions("l1", options, "l1").l1 ?? 0.01 });
/** l2 · Σ w². Default 0.01. */
export const l2 = (options?: { l2?: number }): SizeRegularizer =>
  l1l2({ l2: strictOptions("l2", options, "l2").l2 ?? 0.01 });
