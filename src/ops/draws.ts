/**
 * Random numbers as tensors: uniform, normal, Bernoulli, Gumbel, and classes by their chances. They are a function of (seed,
 * stream, step) alone, the same on every runtime, and constants: they have no gradient.
 */

import type { Engine } from "../autograd/engine.ts";
import { checkTensors } from "../autograd/op.ts";
import { untracked } from "../autograd/untracked.ts";
import { AnygradError, quote } from "../errors.ts";
import { checkCount, checkNumber } from "../math/checks.ts";
import { strictOptions } from "../math/options.ts";
import { formatShape, type Shape } from "../tensor/shape.ts";
import type { Tensor, TensorAllocator } from "../tensor/tensor.ts";
import { add } from "./arithmetic.ts";
import { greater } from "./comparison.ts";
import { log } from "./elementary.ts";
import { argmax } from "./largest.ts";
import { type Draw, randomUniform as uniformNumbers } from "./random.ts";
import { randomNormal as normalNumbers } from "./randomNormal.ts";
import { reshape } from "./reshape.ts";
import { negative } from "./signs.ts";

/**
 * Which random numbers: the same seed, stream and step give the same ones everywhere. Without a seed they are the engine's own:
 * each draw has others, and an engine that is made anew repeats them in their order.
 */
export interface DrawOptions {
  /** A whole number from 0 to 2⁵³ − 1. Default: the engine's own. */
  seed?: number;
  /** Which use of randomness it is: a whole number from 0 to 2³² − 1. Default 0. */
  stream?: number;
  /** Which repetition of that use it is, such as the training step: a whole number from 0 to 2⁵³ − 1. Default 0. */
  step?: number;
}

const drawNames = "seed:number stream:number step:number";

/** The stream of an engine's own numbers, which no layer has. */
const ownStream = 2 ** 32 - 1;

/** The draw that is meant. @throws AnygradError INVALID_ARGUMENT for a stream or a step without a seed */
function drawOf(name: string, allocator: TensorAllocator, { seed, stream = 0, step = 0 }: DrawOptions): Draw {
  if (seed !== undefined) return { seed, stream, step };
  if (stream !== 0 || step !== 0)
    throw new AnygradError("INVALID_ARGUMENT", `${name}: stream and step are of a seed; pass seed, too`);
  allocator.backend.kernels.interrupt(); // a recorded step would draw the same numbers again
  allocator.draws = (allocator.draws ?? 0) + 1;
  return { seed: 0, stream: ownStream, step: allocator.draws };
}

/** @throws AnygradError INVALID_ARGUMENT, SHAPE_MISMATCH */
function allocatorOf(name: string, engine: Engine, shape: Shape): TensorAllocator {
  if (!engine?.allocator)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `${name}: engine is ${quote(engine)}; pass what await createEngine() gives`,
    );
  if (!Array.isArray(shape) || !shape.every((n) => Number.isInteger(n) && n >= 1))
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `${name}: the shape is ${Array.isArray(shape) ? formatShape(shape) : quote(shape)}; pass a list of whole numbers from 1`,
    );
  return engine.allocator;
}

/**
 * Uniform numbers in [low, high).
 * @throws AnygradError SHAPE_MISMATCH for a bad shape, INVALID_ARGUMENT for bad limits or a bad draw
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * const x = ops.randomUniform(engine, [1000], { low: -1, seed: 1 });
 * console.log(x.data.every((value) => value >= -1 && value < 1)); // true
 * ```
 */
export function randomUniform(
  engine: Engine,
  shape: Shape,
  options?: DrawOptions & {
    /** The least number that can come. Default 0. */
    low?: number;
    /** The bound above, itself not reached. Default 1. */
    high?: number;
  },
): Tensor {
  const {
    low = 0,
    high = 1,
    ...draw
  } = strictOptions("randomUniform", options, `low:number high:number ${drawNames}`);
  const allocator = allocatorOf("randomUniform", engine, shape);
  if (!(low < high && Number.isFinite(high - low)))
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `randomUniform: low is ${low} and high ${high}; pass a low below high`,
    );
  return uniformNumbers(allocator, shape, drawOf("randomUniform", allocator, draw), { low, high });
}

/** Options of `ops.randomNormal` and `ops.truncatedNormal`. */
export interface NormalOptions extends DrawOptions {
  /** Mean of the distribution. Default 0. */
  mean?: number;
  /** Standard deviation of the distribution, before it is truncated. Default 1. */
  stddev?: number;
}

function normal(
  name: string,
  engine: Engine,
  shape: Shape,
  options: NormalOptions | undefined,
  truncated: boolean,
): Tensor {
  const {
    mean = 0,
    stddev = 1,
    ...draw
  } = strictOptions(name, options, `mean:number stddev:number ${drawNames}`);
  const allocator = allocatorOf(name, engine, shape);
  checkNumber(`${name}: mean`, mean, {});
  checkNumber(`${name}: stddev`, stddev, { from: 0 });
  return normalNumbers(allocator, shape, drawOf(name, allocator, draw), { mean, stddev, truncated });
}

/**
 * Normal numbers.
 * @throws AnygradError SHAPE_MISMATCH for a bad shape, INVALID_ARGUMENT for a negative deviation or a bad draw
 */
export function randomNormal(engine: Engine, shape: Shape, options?: NormalOptions): Tensor {
  return normal("randomNormal", engine, shape, options, false);
}

/**
 * Normal numbers within two deviations of the mean, so that their own deviation is 0.88 of it.
 * @throws AnygradError SHAPE_MISMATCH for a bad shape, INVALID_ARGUMENT for a negative deviation or a bad draw
 */
export function truncatedNormal(engine: Engine, shape: Shape, options?: NormalOptions): Tensor {
  return normal("truncatedNormal", engine, shape, options, true);
}

/** Gumbel numbers −ln(−ln u), u uniform between 0 and 1, which float32 does not round to either. */
function gumbelNumbers(allocator: TensorAllocator, shape: Shape, draw: Draw): Tensor {
  const u = uniformNumbers(allocator, shape, draw, { low: 2 ** -25, high: 1 - 2 ** -24 });
  return untracked(allocator, () => negative(log(negative(log(u)))));
}

/**
 * Gumbel numbers: −ln(−ln u) with u uniform. Added to logits they make the largest a draw by their softmax (the Gumbel-max trick), and
 * the softmax of the sum a smooth one (Jang et al., arXiv:1611.01144).
 * @throws AnygradError SHAPE_MISMATCH for a bad shape, INVALID_ARGUMENT for a bad draw
 */
export function gumbel(engine: Engine, shape: Shape, options?: DrawOptions): Tensor {
  const draw = strictOptions("gumbel", options, drawNames);
  const allocator = allocatorOf("gumbel", engine, shape);
  return gumbelNumbers(allocator, shape, drawOf("gumbel", allocator, draw));
}

/**
 * 1 with the chance that each element of `p` is, else 0. It has no gradient.
 * @param p chances from 0 to 1, any shape
 * @throws AnygradError INVALID_ARGUMENT for a bad draw
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * console.log(ops.bernoulli(engine.tensor([0, 1, 0, 1]), { seed: 3 }).toArray()); // [0, 1, 0, 1]
 * ```
 */
export function bernoulli(p: Tensor, options?: DrawOptions): Tensor {
  checkTensors("bernoulli", p);
  const draw = strictOptions("bernoulli", options, drawNames);
  return greater(p, uniformNumbers(p.allocator, p.shape, drawOf("bernoulli", p.allocator, draw)));
}

/**
 * Classes drawn by their chances, each draw independent of the others: the index of the largest logit after Gumbel numbers were added.
 * It has no gradient.
 * @param logits logarithms of chances, [n, classes]; they need not be normalized, so `ops.log` of any weights will do
 * @param count draws of each row
 * @returns class indices, int32 [n, count]
 * @throws AnygradError SHAPE_MISMATCH where logits are no matrix, INVALID_ARGUMENT for a bad count or a bad draw
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * const logits = ops.log(engine.tensor([[0, 1, 0]])); // the second class for sure
 * console.log(ops.multinomial(logits, 4, { seed: 5 }).toArray()); // [[1, 1, 1, 1]]
 * ```
 */
export function multinomial(logits: Tensor, count: number, options?: DrawOptions): Tensor {
  checkTensors("multinomial", logits);
  const draw = strictOptions("multinomial", options, drawNames);
  const { allocator } = logits;
  const [n, classes] = logits.shape as [number, number];
  if (logits.shape.length !== 2)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `multinomial: logits are ${formatShape(logits.shape)}; wanted [n, classes]`,
    );
  checkCount("multinomial: count", count, 1);
  const noise = gumbelNumbers(allocator, [n, count, classes], drawOf("multinomial", allocator, draw));
  return untracked(allocator, () => argmax(add(reshape(logits, [n, 1, classes]), noise)));
}
