/** Every kernel whose work is shared, alone and on 2, 3 and 8 threads: the same bits, and slices that really were made. */

import { afterAll, describe, expect, it } from "vitest";
import { createEngine, Engine } from "../../src/autograd/engine.ts";
import { Backend } from "../../src/backend/backend.ts";
import { clip_f32, fill_f32, heapBase, lerp_f32 } from "../../src/kernels/abi.generated.ts";
import { type Kernel, type Kernels, signatureOf } from "../../src/kernels/kernel.ts";
import { loadKernels } from "../../src/kernels/load.ts";
import { sharedModule } from "../../src/kernels/sharedModule.ts";
import type { Variant } from "../../src/kernels/variants.ts";
import { Heap } from "../../src/memory/heap.ts";
import { ctc } from "../../src/ops/ctc.ts";
import { stepMask } from "../../src/ops/embedding.ts";
import * as ops from "../../src/ops/index.ts";
import { normalNoise } from "../../src/ops/noise.ts";
import { randomUniform } from "../../src/ops/random.ts";
import { randomNormal } from "../../src/ops/randomNormal.ts";
import { type Optimizer, optimizers } from "../../src/optimizers/index.ts";
import { OptimizerState } from "../../src/optimizers/optimizerState.ts";
import type { Shape } from "../../src/tensor/shape.ts";
import type { Tensor, Variable } from "../../src/tensor/tensor.ts";
import { findSpawn, Pool } from "../../src/threads/pool.ts";
import { elementwiseOps } from "../cases/elementwise.ts";
import { embedded } from "../embedded.ts";
import { allKernels, nameOf } from "../families.ts";
import { opNamed } from "../ops/evaluate.ts";
import { bitsOf, firstDifference } from "../reference/comparison/closeness.ts";
import { uint32At } from "../reference/random.ts";

const spawn = (await findSpawn())!;

/** An engine on threads, the kernels that it shares, and those of them that it has cut so far. */
async function threaded(threads: number, variant: Variant) {
  const memory = new WebAssembly.Memory({ initial: 64, maximum: 4096, shared: true });
  const { code, families } = await embedded(variant);
  const loaded = await loadKernels(sharedModule(code), memory);
  const { exports } = loaded;
  const heap = new Heap(memory);
  heap.start(heapBase);
  const pool = new Pool(threads, loaded, heap, spawn);
  const backend = new Backend({ exports, heap, variant, precision: "strict", pool, families });
  const { kernels } = backend;
  let called: Kernel<unknown> | undefined;
  const run = kernels.run.bind(kernels);
  kernels.run = (kernel, values) => {
    called = kernel;
    run(kernel, values);
  };
  const cuts = new Set<string>();
  const job = pool.job.bind(pool);
  pool.job = (kernel, slices) => {
    cuts.add(nameOf(called!));
    return job(kernel, slices);
  };
  const engine = new Engine(backend);
  return { engine, pool, cuts };
}

const uniform = Float32Array.from(
  { length: 300_000 },
  (_, i) => 0.1 + uint32At({ seed: 5, stream: 0, step: 0 }, i) / 2 ** 32,
);

/** Numbers in [0.1, 1.1), others for each stream. */
function numbers(shape: Shape, stream: number): Float32Array {
  return uniform.slice(16 * stream, 16 * stream + shape.reduce((product, n) => product * n, 1));
}

/** Where an op gets its inputs: `drawn` ones have gradients, `fixed` ones have not. */
class Inputs {
  readonly engine: Engine;
  readonly variables: Variable[] = [];
  #next = 0;

  constructor(engine: Engine) {
    this.engine = engine;
  }

  /** The same variables again, in the order in which they were drawn. */
  again(): this {
    this.#next = 0;
    return this;
  }

  readonly drawn = (shape: Shape): Variable => {
    this.variables[this.#next] ??= this.engine.variable(numbers(shape, this.#next), shape);
    return this.variables[this.#next++]!;
  };

  readonly fixed = (shape: Shape): Tensor => this.engine.tensor(numbers(shape, 50), shape);
}

type Op = (drawn: Inputs["drawn"], fixed: Inputs["fixed"], engine: Engine) => Tensor;

const rows = [300, 70];
const n = 20_003;
const draw = { seed: 7, stream: 1, step: 2 };
const everySeventh = (engine: Engine): Tensor =>
  engine.tensor(
    Array.from({ length: 300 }, (_, i) => (7 * i) % 300),
    [300],
    "int32",
  );
const unary = [...elementwiseOps(1), "softmax", "logSoftmax"];
const binary = elementwiseOps(2);
const losses = ["meanSquaredError", "meanAbsoluteError", "huber"] as const;

function batchNorm(
  [t, fixed]: Parameters<Op>,
  shape: Shape,
  attributes: Parameters<typeof ops.batchNormalization>[5],
): Tensor {
  const channels = [shape.at(-1)!];
  return ops.batchNormalization(
    t(shape),
    t(channels),
    t(channels),
    fixed(channels),
    fixed(channels),
    attributes,
  );
}

const differentiable: Record<string, Op> = {
  ...Object.fromEntries(unary.map((name) => [name, ((t) => opNamed(name)(t(rows))) satisfies Op])),
  ...Object.fromEntries(binary.map((name) => [name, ((t) => opNamed(name)(t(rows), t(rows))) satisfies Op])),
  "subtract a row": (t) => ops.subtract(t(rows), t([70])),
  "subtract a column": (t) => ops.subtract(t([3, 100, 70]), t([3, 100, 1])),
  ...Object.fromEntries(
    losses.map((name) => [name, ((t, fixed) => ops[name](t(rows), fixed(rows))) satisfies Op]),
  ),
  "cross-entropy": (t, fixed) => ops.categoricalCrossentropy(t(rows), fixed(rows)),
  "cross-entropy of logits": (t, fixed) =>
    ops.categoricalCrossentropy(t(rows), fixed(rows), { fromLogits: true }),
  "binary cross-entropy": (t, fixed) => ops.binaryCrossentropy(t(rows), fixed(rows)),
  "binary cross-entropy of logits": (t, fixed) =>
    ops.binaryCrossentropy(t(rows), fixed(rows), { fromLogits: true }),
  "sum over rows": (t) => ops.sum(t([700, 45]), { axis: 0 }),
  "sum over columns": (t) => ops.sum(t(rows), { axis: 1 }),
  "sum over the middle": (t) => ops.sum(t([20, 30, 40]), { axis: 1 }),
  concatenate: (t) => ops.concatenate([t(rows), t([300, 56])]),
  transpose: (t) => ops.transpose(t(rows)),
  dropout: (t) => ops.dropout(t([20_003]), { rate: 0.4, seed: 7, stream: 1, step: 2 }),
  "batch normalisation": (...inputs) => batchNorm(inputs, [700, 45], { training: true }),
  "batch normalisation and sigmoid": (...inputs) =>
    batchNorm(inputs, [700, 40], { training: true, activation: "sigmoid" }),
  "batch normalisation and relu by constants": (...inputs) =>
    batchNorm(inputs, [9, 9, 9, 40], { training: false, activation: "relu" }),
  "batch normalisation of few channels": (...inputs) =>
    batchNorm(inputs, [5000, 6], { training: true, activation: "relu6" }),
  "batch normalisation of many rows": (...inputs) => batchNorm(inputs, [9000, 32], { training: true }),
  "layer normalisation": (t) => ops.layerNormalization(t(rows), t([70]), t([70])),
  "layer normalisation of whole vectors": (t) => ops.layerNormalization(t([257, 84]), t([84]), t([84])),
  dense: (t) => ops.dense(t([90, 80]), t([80, 100]), t([100]), { activation: "relu" }),
  "both transposed": (t) => ops.matmul(t([80, 90]), t([100, 80]), { transposeA: true, transposeB: true }),
  "convolution by im2col": (t) => ops.conv2d(t([5, 16, 16, 3]), t([3, 3, 3, 32]), t([32])),
  "convolution by 1×1": (t) => ops.conv2d(t([3, 20, 20, 16]), t([1, 1, 16, 40]), t([40])),
  "convolution by Winograd": (t) => ops.conv2d(t([5, 16, 16, 8]), t([3, 3, 8, 16]), t([16])),
  "kernel gradient of groups of images": (t) => ops.conv2d(t([40, 8, 8, 3]), t([3, 3, 3, 8])),
  "kernel gradient of groups of images by Winograd": (t) => ops.conv2d(t([40, 8, 8, 8]), t([3, 3, 8, 16])),
  "convolution of sequences by Winograd": (t) => ops.conv1d(t([40, 30, 24]), t([3, 24, 28]), t([28])),
  "depthwise convolution": (t) => ops.depthwiseConv2d(t([4, 24, 24, 16]), t([3, 3, 16, 2]), t([32])),
  max: (t) => ops.max(t(rows), { axis: 1 }),
  min: (t) => ops.min(t(rows), { axis: 0 }),
  argmax: (_, fixed) => ops.argmax(fixed(rows)),
  gather: (t, _, engine) => ops.gather(t(rows), everySeventh(engine)),
  "one-hot": (_, __, engine) => ops.oneHot(everySeventh(engine), 300),
  uniform: (_, __, engine) => randomUniform(engine.allocator, [n], draw),
  normal: (_, __, engine) => randomNormal(engine.allocator, [n], draw, { truncated: true }),
  "max pooling": (t) => ops.maxPooling2d(t([5, 32, 32, 5])),
  "places of the largest": (t) => ops.maxPoolWithArgmax(t([5, 32, 32, 5]), { dilationRate: 3 }).values,
  "Fourier transform": (t) => ops.rfft(t([60, 256]))[0],
  "Fourier transform by the definition": (t) => ops.rfft(t([60, 100]))[1],
  "average pooling": (t) => ops.averagePooling2d(t([5, 32, 32, 5])),
  simpleRNN: (t) => ops.simpleRNN(t([34, 12, 5]), t([5, 40]), t([40, 40]), t([40])),
  lstm: (t) => ops.lstm(t([34, 6, 5]), t([5, 160]), t([40, 160]), t([160]), { returnSequences: true }),
  gru: (t) => ops.gru(t([34, 6, 5]), t([5, 120]), t([40, 120]), t([2, 120])),
  "gru, reset before": (t) =>
    ops.gru(t([34, 6, 5]), t([5, 120]), t([40, 120]), t([120]), { resetAfter: false }),
  attention: (t) =>
    ops.dotProductAttention(t([3, 60, 5, 7]), t([3, 53, 5, 7]), t([3, 53, 5, 9]), { useCausalMask: true }),
  embedding: (t, _, engine) =>
    ops.embedding(engine.tensor(Array.from({ length: 300 }, (__, i) => (7 * i) % 200)), t([200, 70])),
  "mask of steps": (_, fixed) => stepMask(fixed([30, 40, 20]), 0.5),
  pixels: (_, __, engine) =>
    ops.rescale(engine.tensor(Uint8Array.from({ length: 20_003 }, (___, i) => i)), { scale: 0.1, shift: 1 }),
  scaled: (t) => ops.rescale(t([20_003]), { scale: 0.1, shift: 1 }),
  augmentation: (_, fixed) =>
    ops.augmentImages(fixed([9, 30, 31, 2]), fixed([9, 12]), fixed([30, 9, 2, 31]), { fill: 0.5 }),
  "augmentation of one channel": (_, fixed) => ops.augmentImages(fixed([9, 30, 31, 1]), fixed([9, 12])),
  ctc: (t, _, engine) => {
    const labels = Int32Array.from({ length: 12 * 60 }, (__, i) => (i % 60 < 20 ? 1 + ((i * 7) % 29) : 0));
    return ctc(t([12, 60, 30]), engine.tensor(labels, [12, 60], "int32"));
  },
  slice: (t) => ops.slice(t([300, 140]), { begin: [1, 3], strides: [1, 2] }),
  ...Object.fromEntries(
    (["constant", "reflect", "edge"] as const).map((mode) => [
      `pad, ${mode}`,
      ((t) => ops.pad(t([3, 60, 130]), [[0, 0], [7, 9], [0, 0]], { mode })) satisfies Op, // biome-ignore format: one line
    ]),
  ),
  "gather along an axis": (t, _, engine) => ops.gather(t([3, 300, 40]), everySeventh(engine), { axis: 1 }),
  "scatter and add": (t, _, engine) => ops.scatterAdd(t([300, 70]), everySeventh(engine), t([300, 70])),
  "take along an axis": (t, _, engine) => {
    const indices = Int32Array.from({ length: 300 * 70 }, (__, i) => (i * i) % 300);
    return ops.takeAlongAxis(t(rows), engine.tensor(indices, rows, "int32"), { axis: 0 });
  },
  ...Object.fromEntries(
    (["equal", "notEqual", "greaterEqual"] as const).map((name) => [
      name,
      ((t, fixed) => ops.multiply(t(rows), ops[name](fixed(rows), t(rows)))) satisfies Op,
    ]),
  ),
  remainder: (t) => ops.mod(t(rows), t(rows)),
  power: (t) => ops.pow(t(rows), t(rows)),
  "whole numbers": (_, fixed) => ops.cast(ops.cast(ops.multiply(fixed(rows), 100), "int32"), "float32"),
  "running sum": (t) => ops.cumsum(t(rows), { axis: 0 }),
  product: (t) => ops.prod(t(rows), { axis: 0 }),
  sorted: (t) => ops.sort(t(rows), { axis: 0 }),
  choice: (t) => ops.where(ops.greater(t(rows), 0.5), t(rows), t(rows)),
  limits: (t) => ops.clip(t(rows), 0.3, 0.8),
  "many products": (t) => ops.matmul(t([9, 40, 50]), t([9, 50, 60])),
  ...Object.fromEntries(
    (["nearest", "bilinear"] as const).map((interpolation) => [
      `resize, ${interpolation}`,
      ((t) => ops.resize(t([9, 20, 30, 3]), [31, 40], { interpolation })) satisfies Op,
    ]),
  ),
  noise: (_, fixed) => normalNoise(fixed([n]), { ...draw, mean: 0, deviation: 1 }),
  "transposed convolution": (t) =>
    ops.conv2dTranspose(t([5, 9, 9, 8]), t([3, 3, 16, 8]), t([16]), { strides: 2 }),
  "used twice": (t) => {
    const x = t([20_003]);
    return ops.multiply(ops.square(x), x);
  },
};

/** Kernels that change the first of their arrays, each of n numbers. */
const inPlace: Record<string, [arrays: number, run: (kernels: Kernels, ...arrays: number[]) => void]> = {
  clipping: [1, (k, dw) => k.run(clip_f32, { dw, n, limit: 0.5 })],
  filling: [1, (k, out) => k.run(fill_f32, { out, n, value: 0.5 })],
  "moving average": [2, (k, mean, x) => k.run(lerp_f32, { mean, x, n, share: 0.001 })],
};

const descent = { learningRate: 0.1, weightDecay: 0.1 };
const updates: Record<string, Optimizer> = {
  ...Object.fromEntries(Object.entries(optimizers).map(([name, make]) => [name, make(descent)])),
  momentum: optimizers.sgd({ ...descent, momentum: 0.9, nesterov: true }),
  amsgrad: optimizers.adam({ ...descent, amsgrad: true }),
  "centered rmsprop": optimizers.rmsprop({ ...descent, centered: true, momentum: 0.9 }),
  accumulation: optimizers.adam({ ...descent, gradientAccumulationSteps: 2 }),
};

/** Bits of an op's value and of the gradients of Σ value · dy. */
function bitsOfOp(engine: Engine, op: Op): Uint32Array[] {
  const inputs = new Inputs(engine);
  const y = op(inputs.drawn, inputs.fixed, engine);
  const dy = inputs.engine.tensor(numbers(y.shape, 99), y.shape);
  const results: ArrayLike<number>[] = [y.data];
  if (inputs.variables.length > 0) {
    const loss = (): Tensor => ops.sum(ops.multiply(op(inputs.again().drawn, inputs.fixed, engine), dy));
    results.push(...engine.valueAndGrad(loss, inputs.variables).gradients.map(({ data }) => data));
  }
  return results.map(bitsOf);
}

function bitsInPlace(engine: Engine, [count, run]: (typeof inPlace)[string]): Uint32Array[] {
  const arrays = Array.from({ length: count }, (_, i) => engine.variable(numbers([n], i)));
  run(engine.allocator.kernels, ...arrays.map(({ pointer }) => pointer));
  return arrays.map(({ data }) => bitsOf(data));
}

/** Bits of weights, gradients and the optimizer's slots after a step from slots that are not zero. */
function bitsOfUpdate(engine: Engine, optimizer: Optimizer): Uint32Array[] {
  const [w, dw] = [0, 1].map((stream) => engine.variable(numbers([n], stream)));
  const state = new OptimizerState(optimizer, [w!]);
  state.slots.forEach((slot, i) => {
    slot.view.set(numbers([n], 2 + i));
  });
  state.apply([dw!]);
  const bits = [w!, dw!, ...state.slots].map(({ data }) => bitsOf(data));
  state.release();
  return bits;
}

function expectSame(found: Uint32Array[], wanted: Uint32Array[], threads: number): void {
  const differences = found.map((bits, i) => firstDifference(bits, wanted[i] ?? new Uint32Array()));
  expect(differences, `${threads} threads`).toEqual(wanted.map(() => -1));
}

describe.each(["simd", "scalar"] as const)("%s: slices give the bits of the whole", async (variant) => {
  const whole = await createEngine({ variant, threads: 1 });
  const shared = await Promise.all([2, 3, 8].map((threads) => threaded(threads, variant)));
  afterAll(() => {
    for (const { engine } of shared) engine.dispose();
  });

  it("with workers that have come", async () => {
    for (const { engine, pool } of shared) {
      const began = Date.now();
      while (pool.ready < pool.threads - 1 && Date.now() - began < 20_000) {
        bitsOfOp(engine, differentiable.relu!);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      expect(pool.ready).toBe(pool.threads - 1);
    }
  });

  it.each(Object.entries(differentiable))("%s", (_, op) => {
    const wanted = bitsOfOp(whole, op);
    for (const { engine, pool } of shared) expectSame(bitsOfOp(engine, op), wanted, pool.threads);
  });

  it.each(Object.entries(inPlace))("%s", (_, kernel) => {
    const wanted = bitsInPlace(whole, kernel);
    for (const { engine, pool } of shared) expectSame(bitsInPlace(engine, kernel), wanted, pool.threads);
  });

  it.each(Object.entries(updates))("%s", (_, optimizer) => {
    const wanted = bitsOfUpdate(whole, optimizer);
    for (const { engine, pool } of shared) expectSame(bitsOfUpdate(engine, optimizer), wanted, pool.threads);
  });

  it("of every kernel that has a range", () => {
    const ranged = allKernels.filter((kernel) => signatureOf(kernel).units.length > 0);
    expect(ranged.length).toBeGreaterThan(60);
    for (const { cuts } of shared) expect([...cuts].sort()).toEqual(ranged.map(nameOf).sort());
  });
});
