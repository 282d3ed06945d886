// Probabilities whose logarithm is taken: held away from 0 and 1, as Keras does it. Here for the cross-entropies of the core and
// those of the family of losses.

import { maximum, minimum, splat } from "../lanes";

export const SMALLEST: f32 = 1e-7;

/** @inline */
export function clip<T>(p: T): T {
  return minimum<T>(maximum<T>(p, splat<T>(SMALLEST)), splat<T>(<f32>1 - SMALLEST));
}
