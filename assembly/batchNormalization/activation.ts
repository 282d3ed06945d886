// The activations with an exponential that batch normalisation applies to what it has just written, by the core's kernels: a call for each
// piece that is still in the cache instead of a second copy of their polynomials.
import { SIGMOID, TANH } from "../gemm/epilogue";
import { sigmoid_f32, tanh_f32 } from "../generated/core";
import { elementUnits } from "../range";

/** y[n] = activation(y[n]) for sigmoid and tanh; the others are applied in registers. */
export function applyActivation(y: usize, n: i32, activation: i32): void {
  const units = elementUnits(n);
  if (activation == SIGMOID) sigmoid_f32(y, y, n, 0, 0, units);
  else if (activation == TANH) tanh_f32(y, y, n, 0, 0, units);
}
