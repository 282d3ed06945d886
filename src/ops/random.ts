/**
 * Random numbers on wasm: uniform, normal, permutations and dropout. They are a function of (seed, stream, step) alone
 * (Philox, see src/math/philox.ts), so they are the same on every runtime and a resumed run draws what it would have drawn.
 */

import { apply, checkTensors, type Op, type Pass } from "../autograd/op.ts";
import { dropout_f32, random_permutation_i32, random_uniform_f32 } from "../kernels/abi.generated.ts";
import { checkCount, checkNumber, properShare } from "../math/checks.ts";
import { strictOptions } from "../math/options.ts";
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

/** Options of `ops.dropout`. */
interface DropoutAttributes extends StepDraw {
  /** Share of the elements that become 0, from 0 to below 1; the others are multiplied by 1 / (1 − rate). */
  rate: number;
}

type DropoutOp = Op<[x: Tensor, step: Tensor], Draw & { rate: number }, void>;

const dropoutOp: DropoutOp = {
  name: "dropout",
  inputs: [["float32"], ["int32"]],
  shape: ([x]) => x.shape,
  forward(pass, [x, step], draw) {
    drop(pass, pass.y, x, step, draw);
  },
  // the mask is not stored but drawn again, from the same seed, stream and step
  backward(pass, { dy, overwrite }, [, step], draw) {
    const dx = overwrite(0);
    if (dx) drop(pass, dx, dy, step, draw);
  },
};

/**
 * Writes out = x with its dropped elements 0 and the others scaled: both passes, which differ only in what they are given.
 */
function drop(
  { kernels }: Pick<Pass, "kernels">,
  out: Tensor,
  x: Tensor,
  step: Tensor,
  { rate, ...draw }: Draw & { rate: number },
): void {
  const { seedLo, seedHi, stream } = words(draw);
  kernels.run(dropout_f32, {
    out: out.pointer,
    x: x.pointer,
    n: x.size,
    rate,
    seedLo,
    seedHi,
    stream,
    step: step.pointer,
  });
}

/**
 * Inverted dropout (Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting", JMLR 15, 2014):
 * sets a random share `rate` of the elements to 0 and multiplies the others by 1 / (1 − rate), which keeps the expected
 * value. The gradient is dropped and scaled by the same mask.
 *
 * The mask follows from seed, stream and step alone: give every use a `stream` of its own, and every repetition a `step`.
 * @param x any shape
 * @returns the shape of x
 * @throws AnygradError INVALID_ARGUMENT for a rate outside [0, 1), or a seed, stream or step that is no whole number from 0
 */
export function dropout(x: Tensor, options: DropoutAttributes): Tensor {
  const { step = 0, ...attributes } = strictOptions(
    "dropout",
    options,
    "rate seed stream step:number|object",
  );
  checkNumber("dropout: rate", attributes.rate, properShare);
  if (typeof step !== "number") return apply(dropoutOp, [x, step], attributes);
  checkTensors("dropout", x);
  const counter = stepCounter(x.allocator);
  setStep(counter, step);
  return apply(dropoutOp, [x, counter], attributes);
}
