/**
 * Random numbers on wasm: uniform ones and permutations. They are a function of (seed, stream, step) alone
 * (Philox, see src/math/philox.ts), so they are the same on every runtime and a resumed run draws what it would have drawn.
 */

import { random_permutation_i32, random_uniform_f32 } from "../kernels/abi.generated.ts";
import { checkCount } from "../math/checks.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor, TensorAllocator } from "../tensor/tensor.ts";

/** Names a sequence of random numbers: the same three numbers give the same sequence on every runtime. */
export interface Draw {
  /** Seed of a run, a whole number from 0 to 2⁵³ − 1. */
  seed: number;
  /** Which use of randomness within the run it is, such as one dropout layer: a whole number from 0 to 2³² − 1. Default 0. */
  stream?: number;
  /** Which repetition of that use it is, such as the training step: a whole number from 0 to 2⁵³ − 1. Default 0. */
  step?: number;
}

/** A draw as kernels take it: seed and step in two 32-bit halves each. */
export interface Words {
  readonly seedLo: number;
  readonly seedHi: number;
  readonly stream: number;
  readonly stepLo: number;
  readonly stepHi: number;
}

/** A draw as kernels take it. @throws AnygradError INVALID_ARGUMENT for what is no whole number from 0 */
export function words({ seed, stream = 0, step = 0 }: Draw): Words {
  // one by one, without a list: a step that drops out draws each time
  checkCount("random: seed", seed, 0);
  checkCount("random: stream", stream, 0);
  checkCount("random: step", step, 0);
  const high = 2 ** 32;
  return {
    seedLo: seed % high,
    seedHi: Math.floor(seed / high),
    stream,
    stepLo: step % high,
    stepHi: Math.floor(step / high),
  };
}

/** Uniform numbers in [low, high), 0 and 1 by default. @throws AnygradError INVALID_ARGUMENT for a bad draw */
export function randomUniform(
  allocator: TensorAllocator,
  shape: Shape,
  draw: Draw,
  {
    low = 0,
    high = 1,
  }: {
    /** The least number that can come. Default 0. */
    low?: number;
    /** The bound above, itself not reached. Default 1. */
    high?: number;
  } = {},
): Tensor {
  const y = allocator.allocate(shape);
  allocator.kernels.run(random_uniform_f32, { out: y.pointer, n: y.size, low, high, ...words(draw) });
  return y;
}

/** The numbers 0 … n − 1 in random order, int32 [n]. @throws AnygradError INVALID_ARGUMENT for a bad draw */
export function randomPermutation(allocator: TensorAllocator, n: number, draw: Draw): Tensor {
  const y = allocator.allocate([n], "int32");
  allocator.kernels.run(random_permutation_i32, { out: y.pointer, n, ...words(draw) });
  return y;
}

/** Room for the number of a step, int32 [2]. A kernel that reads it there is called with the same arguments in every step. */
export function stepCounter(allocator: TensorAllocator): Tensor {
  return allocator.allocate([2], "int32");
}

/** Writes the number of a step into a `stepCounter`, the low half first. @throws AnygradError INVALID_ARGUMENT */
export function setStep(counter: Tensor, step: number): void {
  const { stepLo, stepHi } = words({ seed: 0, step });
  const { view } = counter;
  view[0] = stepLo;
  view[1] = stepHi;
}

/** Names a sequence of random numbers whose step is a number or lies in a tensor. */
export interface StepDraw extends Omit<Draw, "step"> {
  /**
   * Which repetition it is, such as the training step: a whole number from 0 to 2⁵³ − 1, or an int32 tensor [2] that holds
   * one, its low 32 bits first. Default 0.
   */
  step?: number | Tensor;
}
