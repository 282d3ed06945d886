/** Fourier transforms of real sequences, whole and in short windows. */

import { apply, checkTensors, type Op } from "../autograd/op.ts";
import { AnygradError, quote } from "../errors.ts";
import { rfft_backward_f32, rfft_f32 } from "../kernels/families/audio.generated.ts";
import { checkCount } from "../math/checks.ts";
import { strictOptions } from "../math/options.ts";
import { cos, sin } from "../math/transcendental.ts";
import { formatShape } from "../tensor/shape.ts";
import type { Tensor, TensorAllocator } from "../tensor/tensor.ts";
import { multiply } from "./arithmetic.ts";
import { gather } from "./gather.ts";
import { pad } from "./pad.ts";
import { sum } from "./reduce.ts";
import { rowsOf } from "./softmax.ts";

/** Real and imaginary parts. */
export type Spectrum = [real: Tensor, imaginary: Tensor];

/** Its attribute is n, the samples of a transform. */
const rfftOp: Op<[x: Tensor, table: Tensor], number, void> = {
  name: "rfft",
  shape: ([x], n) => [...x.shape.slice(0, -1), Math.floor(n / 2) + 1, 2],
  forward({ kernels, y }, [x, table], n) {
    const { rows, columns: samples } = rowsOf(x);
    kernels.run(rfft_f32, { y: y.pointer, x: x.pointer, table: table.pointer, rows, samples, n });
  },
  backward({ kernels }, { dy, gradient }, [x, table], n) {
    const dx = gradient(0);
    const { rows, columns: samples } = rowsOf(x);
    if (dx)
      kernels.run(rfft_backward_f32, {
        dx: dx.pointer,
        dy: dy.pointer,
        table: table.pointer,
        rows,
        samples,
        n,
      });
  },
};

/** A tensor of numbers that JavaScript computes. */
function written(allocator: TensorAllocator, values: ArrayLike<number>): Tensor {
  const tensor = allocator.allocate([values.length]);
  tensor.view.set(values);
  return tensor;
}

const isPowerOfTwo = (n: number): boolean => (n & (n - 1)) === 0;

/** The next power of two from n on. */
function powerFrom(n: number): number {
  let power = 1;
  while (power < n) power *= 2;
  return power;
}

/** Cosines and sines of 2π t / n, side by side, and behind them those of the convolution that a transform of another length may be. */
function circles(allocator: TensorAllocator, n: number): Tensor {
  const turns = isPowerOfTwo(n) ? [n] : [n, powerFrom(2 * n - 1)];
  const tensor = allocator.allocate([turns.reduce((sum, parts) => sum + parts), 2]);
  let at = 0;
  for (const parts of turns)
    for (let t = 0; t < parts; t++) {
      tensor.view[at++] = cos((2 * Math.PI * t) / parts);
      tensor.view[at++] = sin((2 * Math.PI * t) / parts);
    }
  return tensor;
}

/** The longest transform; another length than a power of two takes one of up to four times as many places. */
const longest = { powerOfTwo: 2 ** 24, other: 2 ** 22 } as const;

/** @throws AnygradError INVALID_ARGUMENT for what is no length of a transform */
function checkLength(name: string, n: number, least = 1): void {
  checkCount(name, n, least);
  if (n <= (isPowerOfTwo(n) ? longest.powerOfTwo : longest.other)) return;
  throw new AnygradError(
    "INVALID_ARGUMENT",
    `${name} is ${n}; pass a power of two up to ${longest.powerOfTwo}, or any number up to ${longest.other}`,
  );
}

/**
 * The discrete Fourier transform of real numbers along the last axis, of which the frequencies from 0 to the half are given: Σ x[t] ·
 * e^(−2πi k t / n) for k from 0 to ⌊n / 2⌋. In n log n steps for any n, fastest where it is a power of two. It has gradients.
 * @param x [..., samples]
 * @returns real and imaginary parts, [..., ⌊n / 2⌋ + 1] each, as in Keras
 * @throws AnygradError SHAPE_MISMATCH for a scalar, INVALID_ARGUMENT for a bad length
 * @example
 * ```js
 * import { createEngine, ops } from "anygrad";
 *
 * const engine = await createEngine();
 * const [real, imaginary] = ops.rfft(engine.tensor([1, 0, -1, 0])); // a cosine that turns once
 * console.log(real.toArray(), Math.abs(imaginary.data[1])); // [0, 2, 0] 0
 * ```
 */
export function rfft(
  x: Tensor,
  options?: {
    /** n: samples that are left out at the end, or zeros that stand there instead. Default: all samples. */
    fftLength?: number;
  },
): Spectrum {
  checkTensors("rfft", x);
  const { fftLength = x.shape.at(-1) ?? 0 } = strictOptions("rfft", options, "fftLength:number");
  if (x.shape.length === 0)
    throw new AnygradError("SHAPE_MISMATCH", "rfft: x is a scalar; wanted [..., samples]");
  checkLength("rfft: fftLength", fftLength);
  const y = apply(rfftOp, [x, circles(x.allocator, fftLength)], fftLength);
  const part = (weights: readonly [number, number]): Tensor =>
    sum(multiply(y, written(x.allocator, weights)), { axis: -1 });
  return [part([1, 0]), part([0, 1])];
}

/** What the samples of a window are multiplied by: numbers between 0 and 1 that rise to its middle. */
export type WindowFunction = "hann" | "hamming" | "none";

/** Coefficients of a + b cos(2π t / n). */
const windows: Readonly<Record<WindowFunction, readonly [number, number]>> = {
  hann: [0.5, -0.5],
  hamming: [0.54, -0.46],
  none: [1, 0],
};

/** Options of `ops.stft`, with the names of Keras. */
export interface StftAttributes {
  /** Samples of a window. */
  sequenceLength: number;
  /** Samples from a window to the next. */
  sequenceStride: number;
  /** Samples of each transform: the window and zeros around it. Default: the next power of two from `sequenceLength` on. */
  fftLength?: number;
  /** "hann" (default), "hamming", both periodic, or "none". */
  window?: WindowFunction;
  /** Whether windows have their middle at the samples 0, stride … and x is mirrored beyond its ends. Default true. */
  center?: boolean;
}

export const stftNames = "sequenceLength:number sequenceStride:number fftLength:number window center:boolean";

/**
 * The short-time Fourier transform: that of windows of a sequence, each multiplied by a function that falls off to its ends.
 * @param x [..., samples]
 * @returns real and imaginary parts, [..., windows, ⌊fftLength / 2⌋ + 1] each, as in Keras
 * @throws AnygradError SHAPE_MISMATCH where there are fewer samples than a transform takes, INVALID_ARGUMENT for a bad option
 */
export function stft(x: Tensor, options: StftAttributes): Spectrum {
  checkTensors("stft", x);
  const given = strictOptions("stft", options, stftNames);
  const { sequenceLength: length, sequenceStride: stride, window = "hann", center = true } = given;
  checkLength("stft: sequenceLength", length);
  checkCount("stft: sequenceStride", stride);
  const { fftLength: n = powerFrom(length) } = given;
  checkLength("stft: fftLength", n, length);
  const [a, b] = Object.hasOwn(windows, window) ? windows[window] : [];
  if (a === undefined || b === undefined)
    throw new AnygradError(
      "INVALID_ARGUMENT",
      `stft: window is ${quote(window)}; pass ${Object.keys(windows).map(quote).join(" or ")}`,
    );
  const before = x.shape.slice(0, -1);
  const samples = x.shape.at(-1) ?? 0;
  const border = center ? Math.floor(n / 2) : 0;
  if (samples <= border || samples + 2 * border < n)
    throw new AnygradError(
      "SHAPE_MISMATCH",
      `stft: x is ${formatShape(x.shape)} and a transform takes ${n} samples; pass a longer x or a smaller fftLength`,
    );
  const whole = border === 0 ? x : pad(x, [...before.map(() => [0, 0] as const), [border, border]], { mode: "reflect" }); // biome-ignore format: one call
  const count = 1 + Math.floor((samples + 2 * border - n) / stride);
  const places = x.allocator.allocate([count, n], "int32");
  places.view.set(Array.from({ length: count * n }, (_, i) => Math.floor(i / n) * stride + (i % n)));
  const first = Math.floor((n - length) / 2);
  const factors = Float32Array.from({ length: n }, (_, i) => {
    const t = i - first;
    return t < 0 || t >= length ? 0 : a + b * cos((2 * Math.PI * t) / length);
  });
  const framed = gather(whole, places, { axis: -1 });
  return rfft(multiply(framed, written(x.allocator, factors)));
}
