/** Gradients of losses by their targets, where these are computed from variables: one network learns from another. */

import { copy } from "../autograd/constant.ts";
import type { GradientSink, Tensor } from "../tensor/tensor.ts";
import { multiply } from "./arithmetic.ts";
import { reshape } from "./reshape.ts";

/**
 * Writes dt = factor · slope · dloss, for a loss of each row that is linear in its targets, which are input 1. Nothing is
 * computed where the targets are constants.
 * @param slope what the loss changes by with each target, as a tensor in their shape
 */
export function targetGradient({ dy, gradient }: GradientSink, factor: number, slope: () => Tensor): void {
  const dt = gradient(1);
  if (dt) copy(dt, multiply(multiply(slope(), factor), reshape(dy, [...dy.shape, 1])));
}
