/**
 * Numbers out of bounds: what a run says whose loss or weights became NaN or infinite. Such a run ends at once, since no
 * later step mends it, and nothing of it is saved over what was good.
 */
import { AnygradError } from "../../errors.ts";
import type { Parameters } from "./parameters.ts";

/** Products of two such numbers are still finite in float32; weights beyond may make any output infinite. */
export const safeSize = 1e18;

/** @param what became so, as "the loss became NaN" @param place such as "step 3 of epoch 1" */
export function notFinite(what: string, place: string, learningRate: number): AnygradError {
  return new AnygradError(
    "NOT_FINITE",
    `fit: ${what} at ${place} with learning rate ${learningRate}; try a lower learning rate, gradient clipping (clipnorm: 1) or normalised inputs`,
  );
}

/**
 * The norm of the weights, which none of them exceeds.
 *
 * @throws AnygradError NOT_FINITE for weights that a step has driven out of bounds
 */
export function checkWeights(parameters: Parameters, place: string, learningRate: number): number {
  const { norm } = parameters;
  const found = Number.isFinite(norm) ? undefined : parameters.nonFinite();
  if (found === undefined) return norm;
  throw notFinite(`the weights ${found} became NaN or infinite`, place, learningRate);
}
