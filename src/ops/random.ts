/** Counter-based random numbers: the same (seed, stream, step) gives the same numbers on every runtime. */
import { apply, type Op } from "../autograd/op.ts";
import { checkCount, checkNumber, properShare } from "../math/checks.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor, TensorAllocator } from "../tensor/tensor.ts";

/** Names a sequence of random numbers. All are whole numbers from 0; seed and step below 2⁵³, stream below 2³². */
export interface Draw {
  seed: number;
  stream?: number;
  step?: number;
}

/** The words that the kernels take: seed lo, seed hi, stream, step lo, step hi. */
function words({ seed, stream = 0, step = 0 }: Draw): [number, number, number, number, number] {
  for (const [name, value] of Object.entries({ seed, stream, step })) checkCount(`random: ${name}`, value, 0);
  const high = 2 ** 32;
  return [seed % high, Math.floor(seed / high), stream, step % high, Math.floor(step / high)];
}

/** Philox writes a block of four words here. */
const blockBytes = 16;

/** Uniform numbers in [low, high). */
export function randomUniform(
  allocator: TensorAllocator,
  shape: Shape,
  draw: Draw,
  { low = 0, high = 1 }: { low?: number; high?: number } = {},
): Tensor {
  const y = allocator.allocate(shape);
  allocator.scratch(blockBytes, (block) => {
    allocator.kernels.random_uniform_f32(y.pointer, block, y.size, low, high, ...words(draw));
  });
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
  const [from, to] = truncated ? truncation : [0, 1];
  allocator.scratch(blockBytes, (block) => {
    allocator.kernels.random_normal_f32(y.pointer, block, y.size, mean, stddev, from, to, ...words(draw));
  });
  return y;
}

/** The numbers 0 … n − 1 in random order, int32 [n]. */
export function randomPermutation(allocator: TensorAllocator, n: number, draw: Draw): Tensor {
  const y = allocator.allocate([n], "int32");
  allocator.scratch(blockBytes, (block) => {
    allocator.kernels.random_permutation_i32(y.pointer, block, n, ...words(draw));
  });
  return y;
}

/** A step's number in wasm memory, int32 [2], so that what reads it there is the same work in every step. */
export function stepCounter(allocator: TensorAllocator): Tensor {
  return allocator.allocate([2], "int32");
}

export function setStep(counter: Tensor, step: number): void {
  const [, , , low, high] = words({ seed: 0, step });
  const { view } = counter;
  view[0] = low;
  view[1] = high;
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
  forward({ kernels, y, scratch }, [x, step], { rate, ...draw }) {
    const [low, high, stream] = words(draw);
    scratch(blockBytes, (block) => {
      kernels.dropout_f32(y.pointer, x.pointer, block, x.size, 0, rate, low, high, stream, step.pointer);
    });
  },
  // the same mask again: drawn from the same counters, never stored
  backward({ kernels, scratch }, { dy, overwrite }, [, step], { rate, ...draw }) {
    const dx = overwrite(0);
    const [low, high, stream] = words(draw);
    if (dx)
      scratch(blockBytes, (block) => {
        kernels.dropout_f32(dx.pointer, dy.pointer, block, dx.size, 0, rate, low, high, stream, step.pointer);
      });
  },
};

/** Inverted dropout (Srivastava et al., 2014). @throws AnygradError INVALID_ARGUMENT for a rate outside [0, 1) */
export function dropout(x: Tensor, { step = 0, ...attributes }: DropoutAttributes): Tensor {
  checkNumber("dropout: rate", attributes.rate, properShare);
  if (typeof step !== "number") return apply(dropoutOp, [x, step], attributes);
  const counter = stepCounter(x.allocator);
  setStep(counter, step);
  return apply(dropoutOp, [x, counter], attributes);
}
