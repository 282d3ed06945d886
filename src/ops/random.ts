/** Counter-based random numbers: the same (seed, stream, step) gives the same numbers on every runtime. */
import { apply, type Op, type Pass } from "../autograd/op.ts";
import { checkCount, checkNumber, properShare } from "../math/checks.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor, TensorAllocator } from "../tensor/tensor.ts";

/** Names a sequence of random numbers. All are whole numbers from 0; seed and step below 2⁵³, stream below 2³². */
export interface Draw {
  seed: number;
  stream?: number;
  step?: number;
}

/** What the kernels take of a draw: 64-bit numbers come in two halves. */
interface Words {
  readonly seedLo: number;
  readonly seedHi: number;
  readonly stream: number;
  readonly stepLo: number;
  readonly stepHi: number;
}

function words({ seed, stream = 0, step = 0 }: Draw): Words {
  for (const [name, value] of Object.entries({ seed, stream, step })) checkCount(`random: ${name}`, value, 0);
  const high = 2 ** 32;
  return {
    seedLo: seed % high,
    seedHi: Math.floor(seed / high),
    stream,
    stepLo: step % high,
    stepHi: Math.floor(step / high),
  };
}

/** Uniform numbers in [low, high). */
export function randomUniform(
  allocator: TensorAllocator,
  shape: Shape,
  draw: Draw,
  { low = 0, high = 1 }: { low?: number; high?: number } = {},
): Tensor {
  const y = allocator.allocate(shape);
  allocator.kernels.random_uniform_f32({ out: y.pointer, n: y.size, low, high, ...words(draw) });
  return y;
}

/** Φ(−2) and Φ(2): a truncated normal keeps what lies within two deviations. */
const truncation = [0.022750131948179209, 0.97724986805182079] as const;

/** Normal numbers; truncated ones stay within two deviations of the mean. */
export function randomNormal(
  allocator: TensorAllocator,
  shape: Shape,
  draw: Draw,
  { mean = 0, stddev = 1, truncated = false }: { mean?: number; stddev?: number; truncated?: boolean } = {},
): Tensor {
  const y = allocator.allocate(shape);
  const [fromProbability, toProbability] = truncated ? truncation : [0, 1];
  allocator.kernels.random_normal_f32({
    out: y.pointer,
    n: y.size,
    mean,
    deviation: stddev,
    fromProbability,
    toProbability,
    ...words(draw),
  });
  return y;
}

/** The numbers 0 … n − 1 in random order, int32 [n]. */
export function randomPermutation(allocator: TensorAllocator, n: number, draw: Draw): Tensor {
  const y = allocator.allocate([n], "int32");
  allocator.kernels.random_permutation_i32({ out: y.pointer, n, ...words(draw) });
  return y;
}

/** A step's number in wasm memory, int32 [2], so that what reads it there is the same work in every step. */
export function stepCounter(allocator: TensorAllocator): Tensor {
  return allocator.allocate([2], "int32");
}

export function setStep(counter: Tensor, step: number): void {
  const { stepLo, stepHi } = words({ seed: 0, step });
  const { view } = counter;
  view[0] = stepLo;
  view[1] = stepHi;
}

/** Names a sequence whose step is a number, or lies in a `stepCounter`. */
export interface StepDraw extends Omit<Draw, "step"> {
  step?: number | Tensor;
}

interface DropoutAttributes extends StepDraw {
  /** Share of the elements that become 0; the others are scaled by 1 / (1 − rate). */
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
  // the same mask again: drawn from the same counters, never stored
  backward(pass, { dy, overwrite }, [, step], draw) {
    const dx = overwrite(0);
    if (dx) drop(pass, dx, dy, step, draw);
  },
};

function drop(
  { kernels }: Pick<Pass, "kernels">,
  out: Tensor,
  x: Tensor,
  step: Tensor,
  { rate, ...draw }: Draw & { rate: number },
): void {
  const { seedLo, seedHi, stream } = words(draw);
  kernels.dropout_f32({
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

/** Inverted dropout (Srivastava et al., 2014). @throws AnygradError INVALID_ARGUMENT for a rate outside [0, 1) */
export function dropout(x: Tensor, { step = 0, ...attributes }: DropoutAttributes): Tensor {
  checkNumber("dropout: rate", attributes.rate, properShare);
  if (typeof step !== "number") return apply(dropoutOp, [x, step], attributes);
  const counter = stepCounter(x.allocator);
  setStep(counter, step);
  return apply(dropoutOp, [x, counter], attributes);
}
