/** `fit({ microBatch })` beside all else that a run can be asked for: the same bits in less memory, or an error that says what to do. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../../../src/autograd/engine.ts";
import { augmentation } from "../../../../src/index.ts";
import { layers } from "../../../../src/layers/index.ts";
import { type CompileOptions, input, type Model, model, sequential } from "../../../../src/model/index.ts";
import type { FitOptions } from "../../../../src/model/training/options.ts";
import { optimizers } from "../../../../src/optimizers/index.ts";
import { failure } from "../../../data/failure.ts";

const softmax = { units: 4, activation: "softmax" } as const;
const convolution = { filters: 8, kernelSize: 3, padding: "same", activation: "relu" } as const;
const classes: CompileOptions = {
  optimizer: "adam",
  loss: "sparseCategoricalCrossentropy",
  metrics: ["accuracy"],
};

/** n pictures of noise, [12, 12, 1]. */
const pictures = (n: number) => ({
  x: Uint8Array.from({ length: 144 * n }, (_, i) => (i * 2654435761) >>> 24),
  y: Uint8Array.from({ length: n }, (_, i) => i % 4),
  shape: [n, 12, 12, 1],
  normalization: { scale: 1 / 255, shift: 0 },
});
const set = pictures(70);

function convolutions(): Model {
  return sequential(
    [
      ...Array.from({ length: 4 }, () => layers.conv2d(convolution)),
      layers.dropout({ rate: 0.3 }),
      layers.globalAveragePooling2d(),
      layers.dense(softmax),
    ],
    { inputShape: [12, 12, 1], seed: 1 },
  );
}

interface Run {
  /** The most memory is taken by something else than a step. */
  readonly isElsewhere?: boolean;
  readonly make?: () => Model;
  readonly compile?: CompileOptions;
  readonly fit?: (net: Model, options: FitOptions) => Promise<object>;
}

const fitted = (net: Model, options: FitOptions) => net.fit(set, { epochs: 2, batchSize: 32, ...options });

/** Its bits, history and bytes. */
async function ended(
  { make = convolutions, compile = classes, fit: training = fitted }: Run,
  microBatch: number | undefined,
  options: { threads?: number; variant?: "simd" | "scalar" } = {},
) {
  const engine = await createEngine({ threads: 1, variant: "simd", ...options });
  const net = make();
  await net.compile({ ...compile, engine });
  const { seconds: _, ...history } = (await training(net, { microBatch })) as { seconds?: unknown };
  const found = { history, weights: await net.digest(), bytes: engine.info.peakBytes };
  engine.dispose();
  return found;
}

const runs: Readonly<Record<string, Run>> = {
  "averaged weights and validation": {
    isElsewhere: true,
    fit: (net, options) => fitted(net, { ema: 0.9, validationSplit: 0.2, ...options }),
  },
  "augmentation, with mixed examples, and weights of classes": {
    fit: (net, options) =>
      fitted(net, { augment: augmentation({ shift: 1, mixup: 0.3 }), classWeight: { 0: 2 }, ...options }),
  },
  "a stream of batches": {
    fit: (net, options) => net.fit([pictures(48), pictures(9)] as never, { epochs: 2, ...options }),
  },
  "clipped gradients that are gathered over two steps": {
    compile: {
      ...classes,
      optimizer: optimizers.adam({ globalClipnorm: 0.1, gradientAccumulationSteps: 2 }),
    },
  },
  "frozen layers, batch normalisation among them": {
    make() {
      const x = input({ shape: [12, 12, 1] });
      const fixed = layers.batchNormalization();
      fixed.trainable = false;
      const y = layers.conv2d(convolution).apply(fixed.apply(layers.conv2d(convolution).apply(x)));
      const pooled = layers.globalAveragePooling2d().apply(layers.conv2d(convolution).apply(y));
      return model({ inputs: x, outputs: layers.dense(softmax).apply(pooled), seed: 1 });
    },
  },
  "one layer at many places, with a penalty, and two outputs": {
    make() {
      const x = input({ shape: [12, 12, 1] });
      const shared = layers.conv2d({ ...convolution, kernelRegularizer: "l2" });
      let y = layers.conv2d(convolution).apply(x);
      const early = layers.globalAveragePooling2d().apply(y);
      for (let i = 0; i < 4; i++) y = shared.apply(y);
      const late = layers.dense({ ...softmax, name: "late" }).apply(layers.globalAveragePooling2d().apply(y));
      return model({
        inputs: x,
        outputs: [layers.dense({ ...softmax, name: "early" }).apply(early), late],
        seed: 2,
      }) as never; // what it gives is a list, which nobody looks at
    },
    compile: { ...classes, lossWeights: [0.3, 1], metrics: "accuracy" },
    fit: (net, options) =>
      net.fit({ ...set, y: { early: set.y, late: set.y } } as never, {
        epochs: 2,
        batchSize: 32,
        ...options,
      }),
  },
};

describe("fit({ microBatch }) ends with the same bits in less memory", () => {
  it.each(Object.entries(runs))("%s", async (_, run) => {
    const whole = await ended(run, undefined);
    const parts = await ended(run, 16, { threads: 2 });
    const scalar = await ended(run, 7, { variant: "scalar" });
    if (!run.isElsewhere) expect(scalar.bytes).toBeLessThan(whole.bytes);
    for (const { weights, history } of [parts, scalar])
      expect({ weights, history }).toEqual({ weights: whole.weights, history: whole.history });
  });

  it("and a run that was left goes on with or without it", async () => {
    const engine = await createEngine({ threads: 1 });
    const options = { epochs: 3, batchSize: 32, seed: 5 };
    const [whole, parts] = [convolutions(), convolutions()];
    for (const net of [whole, parts]) await net.compile({ ...classes, engine });
    await whole.fit(set, options);
    for await (const { globalStep } of parts.train(set, { ...options, microBatch: 16 }))
      if (globalStep === 3) break;
    await parts.fit(set, { epochs: 2, resume: true });
    await parts.fit(set, { epochs: 3, resume: true, microBatch: 4 });
    expect(await parts.digest()).toBe(await whole.digest());
    engine.dispose();
  });

  it.each([64, 256])("which memory() tells, batch size %i", async (batchSize) => {
    for (const microBatch of [1, 16, 20]) {
      const engine = await createEngine({ threads: 1 });
      const net = convolutions();
      await net.compile({ ...classes, engine });
      const { total } = await net.memory({ batchSize, microBatch });
      await net.fit(pictures(2 * batchSize), { batchSize, microBatch });
      const ratio = total / engine.info.peakBytes;
      engine.dispose();
      expect(total).toBeLessThan(net.memory({ batchSize }).total);
      expect(ratio).toBeGreaterThan(0.95);
      expect(ratio).toBeLessThan(1.05);
    }
  });
});

describe("fit({ microBatch }) refuses", () => {
  it("what is no number of examples, and recompute beside it", async () => {
    const engine = await createEngine({ threads: 1 });
    const net = convolutions();
    await net.compile({ ...classes, engine });
    expect(await failure(() => fitted(net, { microBatch: 0 }), "INVALID_ARGUMENT")).toMatch(
      /microBatch is 0/,
    );
    const both = { microBatch: 4, recompute: true };
    expect(await failure(() => fitted(net, both), "INVALID_ARGUMENT")).toMatch(/both given/);
    expect(await failure(async () => net.memory(both), "INVALID_ARGUMENT")).toMatch(/both given/);
    engine.dispose();
  });

  it("batch normalisation, by its name, also where memory is asked", async () => {
    const engine = await createEngine({ threads: 1 });
    const net = sequential(
      [layers.dense({ units: 4 }), layers.batchNormalization({ name: "middle" }), layers.dense(softmax)],
      {
        inputShape: [4],
      },
    );
    await net.compile({ ...classes, engine });
    const message = /layer "middle" \(batchNormalization\) takes its statistics of the whole batch/;
    const x = Float32Array.from({ length: 40 }, (_, i) => i / 40);
    const data = { x, shape: [10, 4], y: Uint8Array.from({ length: 10 }, (_, i) => i % 4) };
    expect(await failure(() => net.fit(data, { microBatch: 2 }), "UNSUPPORTED")).toMatch(message);
    expect(await failure(async () => net.memory({ microBatch: 2 }), "UNSUPPORTED")).toMatch(message);
    engine.dispose();
  });

  it("a loss of the steps that are not masked", async () => {
    const engine = await createEngine({ threads: 1 });
    const net = sequential(
      [layers.embedding({ inputDim: 5, outputDim: 4, maskZero: true }), layers.dense(softmax)],
      {
        inputShape: [6],
      },
    );
    await net.compile({ ...classes, engine });
    const x = Float32Array.from({ length: 60 }, (_, i) => i % 5);
    const data = { x, shape: [10, 6], y: Uint8Array.from({ length: 60 }, (_, i) => i % 4) };
    const message = await failure(() => net.fit(data, { microBatch: 2 }), "UNSUPPORTED");
    expect(message).toMatch(/steps of the whole batch that are not masked/);
    engine.dispose();
  });
});
