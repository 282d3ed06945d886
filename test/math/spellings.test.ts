/** What people who come from Keras or TensorFlow.js write, and what they are told; and the shorter forms that are taken. */
import { describe, expect, it, vi } from "vitest";
import {
  callbacks,
  createEngine,
  dataset,
  type FitOptions,
  initializers,
  input,
  layers,
  load,
  losses,
  metrics,
  ops,
  optimizers,
  regularizers,
  schedules,
  sequential,
} from "../../src/index.ts";
import { getLoss } from "../../src/losses/index.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { failure } from "../data/failure.ts";

const engine = await createEngine({ threads: 1 });
const set = dataset({
  x: [
    [1, 2],
    [3, 4],
    [5, 6],
    [7, 8],
  ],
  y: [[1], [0], [1], [0]],
});
const network = () => sequential([layers.dense({ units: 1 })], { inputShape: [2], seed: 1 });

async function trained(compile: object, fit: object = {}): Promise<string> {
  const net = network();
  await net.compile({ loss: "meanSquaredError", optimizer: "sgd", engine, ...compile });
  await net.fit(set, { epochs: 2, batchSize: 2, seed: 1, ...fit });
  return net.digest();
}

/** A call as JavaScript makes it, without types. */
const plainly =
  (fn: unknown, ...args: readonly unknown[]) =>
  (): unknown =>
    (fn as (...args: readonly unknown[]) => unknown)(...args);

describe("spellings of others are named", () => {
  const fitting = (options: object) => () => trained({}, options);
  it.each<[string, () => unknown, RegExp]>([
    [
      "adam(0.1)",
      plainly(optimizers.adam, 0.1),
      /^adam: got 0.1; pass options by name, such as \{ learningRate: … \}/,
    ],
    [
      "adam({ lr })",
      plainly(optimizers.adam, { lr: 0.1 }),
      /^adam: "lr" is unknown; did you mean learningRate\?/,
    ],
    ["learning_rate", plainly(optimizers.sgd, { learning_rate: 1 }), /did you mean learningRate\?/],
    ["weight_decay", plainly(optimizers.adamw, { weight_decay: 1 }), /did you mean weightDecay\?/],
    ["beta_1", plainly(optimizers.adam, { beta_1: 0.9 }), /did you mean beta1\?/],
    ["decay", plainly(optimizers.sgd, { decay: 0.9 }), /^sgd: "decay" is unknown; schedules.inverseTime /],
    ["nesterov", plainly(optimizers.adam, { nesterov: true }), /^adam: "nesterov" is unknown; sgd takes it/],
    ["lr of a schedule", plainly(schedules.cosine, { lr: 1 }), /did you mean initialLearningRate\?/],
    ["exponential(0.1)", plainly(schedules.exponential, 0.1), /^exponential: got 0.1; .*initialLearningRate/],
    ["l2(0.05)", plainly(regularizers.l2, 0.05), /^l2: got 0.05; .*\{ l2: … \}/],
    ["huber(1)", plainly(losses.huber, 1), /^huber: got 1; .*\{ delta: … \}/],
    [
      "heNormal(1)",
      plainly(initializers.heNormal, 1),
      /^heNormal: got 1; pass options by name, such as \{ seed/,
    ],
    ["maxPooling2d(3)", plainly(layers.maxPooling2d, 3), /^maxPooling2d: got 3; .*\{ poolSize: … \}/],
    ["stride", plainly(layers.conv2d, { stride: 2 }), /^conv2d: "stride" is unknown; did you mean strides\?/],
    ["kernel_size", plainly(layers.conv2d, { kernel_size: 2 }), /did you mean kernelSize\?/],
    ["activaton", plainly(layers.dense, { activaton: "relu" }), /did you mean activation\?/],
    ["p", plainly(layers.dropout, { p: 0.5 }), /^dropout: "p" is unknown; did you mean rate\?/],
    ["alpha", plainly(layers.leakyRelu, { alpha: 0.5 }), /did you mean negativeSlope\?/],
    ["inputShape elsewhere", plainly(createEngine, { inputShape: [2] }), /; sequential and input take it/],
    ["batchInputShape", plainly(sequential, [], { batchInputShape: [2] }), /did you mean inputShape\?/],
    ["inputDim", plainly(sequential, [], { inputDim: 2 }), /did you mean inputShape\?/],
    ["shape(2)", plainly(input, [2]), /^input: got \[2\]; .*\{ shape: … \}/],
    [
      "sequential({ layers })",
      plainly(sequential, { layers: [] }, { inputShape: [1] }),
      /^sequential: got \{ layers \}/,
    ],
    ["backend", plainly(createEngine, { backend: "wasm" }), /^createEngine: .* did you mean variant\?/],
    ["createEngine(2)", plainly(createEngine, 2), /^createEngine: got 2; /],
    [
      "earlyStopping('loss')",
      plainly(callbacks.earlyStopping, "loss"),
      /^earlyStopping: got "loss"; .*monitor/,
    ],
    [
      "metric",
      () => trained({ metric: "accuracy" }),
      /^compile: "metric" is unknown; did you mean metrics\?/,
    ],
    ["epoch", fitting({ epoch: 3 }), /^fit: "epoch" is unknown; did you mean epochs\?/],
    ["batch_size", fitting({ batch_size: 3 }), /did you mean batchSize\?/],
    ["validation_data", fitting({ validation_data: set }), /did you mean validationData\?/],
    ["class_weight", fitting({ class_weight: {} }), /did you mean classWeight\?/],
    ["yieldEvery", fitting({ yieldEvery: "auto" }), /; training yields by itself/],
    ["toString", fitting({ toString: 1 }), /^fit: "toString" is unknown\. There are epochs/],
    ["__proto__", fitting(JSON.parse('{"__proto__": 1}')), /^fit: "__proto__" is unknown/],
    ["a name of 1000 letters", fitting({ ["e".repeat(1000)]: 1 }), /^fit: "e{59}…" is unknown\. There are/],
  ])("%s", async (_, act, message) => {
    const got = await failure(act, "INVALID_ARGUMENT");
    expect(got).toMatch(message);
    expect(got.length).toBeLessThanOrEqual(500);
  });
});

describe("values of another type are refused", () => {
  it.each<[string, () => unknown, string]>([
    ["units", plainly(layers.dense, { units: "10" }), 'dense: units is "10"; pass a whole number from 1'],
    [
      "activation",
      plainly(layers.dense, { units: 1, activation: 3 }),
      "dense: activation: 3 is unknown. There are linear",
    ],
    [
      "an activation in a list",
      plainly(layers.dense, { units: 1, activation: ["relu"] }),
      'dense: activation: ["relu"] is unknown; did you mean relu? There',
    ],
    [
      "useBias",
      plainly(layers.dense, { units: 1, useBias: "no" }),
      'dense: useBias is "no"; pass a value of type boolean, or leave it out',
    ],
    [
      "an initializer",
      plainly(layers.dense, { units: 1, kernelInitializer: 3 }),
      "dense: kernelInitializer: 3 is unknown",
    ],
    [
      "a regularizer",
      plainly(layers.dense, { units: 1, kernelRegularizer: { l3: 1 } }),
      'l1l2: "l3" is unknown',
    ],
    [
      "null",
      plainly(layers.dense, { units: 1, activation: null }),
      "dense: activation is null; pass a value, or leave it out",
    ],
    [
      "momentum",
      plainly(optimizers.sgd, { momentum: "0.9" }),
      'sgd: momentum is "0.9"; pass a value of type number',
    ],
    ["shuffle", () => trained({}, { shuffle: "no" }), 'fit: shuffle is "no"; pass a value of type boolean'],
    [
      "callbacks",
      () => trained({}, { callbacks: 5 }),
      "fit: callbacks: got 5; pass options by name, such as { onTrainBegin: … }",
    ],
    [
      "a controller for its signal",
      () => trained({}, { signal: new AbortController() }),
      "fit: signal is AbortController; pass a value of type AbortSignal",
    ],
    [
      "an engine that is not awaited",
      () => trained({ engine: createEngine() }),
      "compile: engine is Promise; pass what await createEngine() gives",
    ],
    [
      "an engine of load that is not awaited",
      plainly(load, new Uint8Array(0), { engine: createEngine() }),
      "load: engine is Promise; pass what await createEngine() gives",
    ],
    ["metrics", () => trained({ metrics: [5] }), "metrics: 5 is no metric"],
    ["optimizer", () => trained({ optimizer: 5 }), "optimizer: 5 is unknown. There are sgd"],
    ["loss", () => trained({ loss: {} }), "loss: {} is unknown. There are sparse"],
    [
      "memoryLimit",
      plainly(createEngine, { memoryLimit: "1e9" }),
      'createEngine: memoryLimit is "1e9"; pass a value of type number',
    ],
    [
      "an activation that ops do not fuse",
      plainly(ops.dense, engine.tensor([[1]]), engine.tensor([[1]]), null, { activation: "gelu" }),
      'dense: activation is "gelu"; pass a value of type linear|relu|sigmoid|tanh',
    ],
  ])("%s", async (_, act, message) => {
    expect(await failure(act, "INVALID_ARGUMENT")).toContain(message);
  });
});

describe("callbacks of one's own", () => {
  it.each<[string, string]>([
    ["onBatchEnd", "onStepEnd"],
    ["onBatchBegin", "onStepEnd"],
    ["onEpochend", "onEpochEnd"],
    ["onTrainEnds", "onTrainEnd"],
  ])("%s is no hook", async (name, meant) => {
    const message = await failure(() => trained({}, { callbacks: { [name]: () => {} } }), "INVALID_ARGUMENT");
    expect(message).toContain(`fit: callbacks: "${name}" is unknown; did you mean ${meant}?`);
  });

  it("are looked at by their class, too, and may have fields of their own", async () => {
    class Counts {
      count = 0;
      online = true;
      onEpochEnd(): void {
        this.count++;
      }
    }
    class Misspelt extends Counts {
      onEpochsEnd(): void {}
    }
    const counts = new Counts();
    await trained({}, { callbacks: [counts] });
    expect(counts.count).toBe(2);
    const message = await failure(() => trained({}, { callbacks: new Misspelt() }), "INVALID_ARGUMENT");
    expect(message).toMatch(/"onEpochsEnd" is unknown; did you mean onEpochEnd\?/);
  });

  it("have hooks that are functions", async () => {
    const message = await failure(
      () => trained({}, { callbacks: { onEpochEnd: "log" } }),
      "INVALID_ARGUMENT",
    );
    expect(message).toBe(
      'fit: callbacks: onEpochEnd is "log"; pass a value of type function, or leave it out',
    );
  });
});

describe("shorter forms", () => {
  it("one callback in place of a list", async () => {
    let epochs = 0;
    await trained({}, { callbacks: { onEpochEnd: () => void epochs++ } } satisfies FitOptions);
    expect(epochs).toBe(2);
    const net = sequential([layers.dense({ units: 1 }), layers.batchNormalization()], { inputShape: [2] });
    await net.compile({ loss: "meanSquaredError", engine });
    const { loss } = await net.fit(set, { callbacks: callbacks.recalibrate({ batches: 1 }) });
    expect(loss).toHaveLength(1);
  });

  it("one metric in place of a list, and the function that makes it", async () => {
    for (const given of [
      "meanAbsoluteError",
      metrics.meanAbsoluteError(),
      metrics.meanAbsoluteError,
    ] as const) {
      const net = network();
      await net.compile({ loss: "meanSquaredError", metrics: given as "meanAbsoluteError", engine });
      expect(Object.keys(await net.evaluate(set))).toEqual(["loss", "meanAbsoluteError"]);
    }
  });

  it("an optimizer and a loss by name, or by the function that makes them", async () => {
    const wanted = await trained({ optimizer: optimizers.adam(), loss: losses.huber() });
    expect(await trained({ optimizer: "adam", loss: "huber" })).toBe(wanted);
    expect(await trained({ optimizer: optimizers.adam, loss: losses.huber })).toBe(wanted);
  });

  it("Keras's short names, which are saved under the long ones", async () => {
    const shortened = async (loss: "mse" | "mae", activation: "swish" | "silu") => {
      const net = sequential([layers.dense({ units: 1, activation })], { inputShape: [2], seed: 1 });
      await net.compile({ loss, metrics: ["acc", "mse", "mae"], engine });
      const { acc, mse } = await net.fit(set, { epochs: 2, seed: 1 });
      expect([acc?.length, mse?.length]).toEqual([2, 2]);
      const { activation: kept } = net.getConfig().layers[0]!.config as { activation: string };
      const again = await load(await net.save(), { engine });
      expect(Object.keys(await again.evaluate(set))).toEqual(["loss", "acc", "mse", "mae"]);
      return [net.setup.loss, kept, await net.digest()];
    };
    const [loss, kept, digest] = await shortened("mse", "swish");
    expect([loss, kept]).toEqual(["meanSquaredError", "silu"]);
    expect(await shortened("mse", "silu")).toEqual([loss, kept, digest]);
    expect((await shortened("mae", "silu"))[0]).toBe("meanAbsoluteError");
    expect(losses.mse().type).toBe("meanSquaredError");
    expect([losses.bce(), losses.mape(), losses.msle(), losses.kld()].map(({ type }) => type)).toEqual([
      "binaryCrossentropy",
      "meanAbsolutePercentageError",
      "meanSquaredLogarithmicError",
      "klDivergence",
    ]);
    for (const name of ["bce", "mape", "msle", "kld"] as const)
      expect((await getLoss(name)).call).toBeTypeOf("function");
    expect(layers.activation("swish").config).toEqual({ activation: "silu" });
  });

  it("a function of tensors as the loss: the same bits as the loss of that formula", async () => {
    const loss = (yTrue: Tensor, yPred: Tensor) =>
      ops.mean(ops.square(ops.subtract(yPred, yTrue)), { axis: -1 });
    const weighted = { sampleWeight: [1, 2, 3, 4] };
    expect(await trained({ loss }, weighted)).toBe(await trained({}, weighted));
  });

  it("a function that gives no loss an example is told how to", async () => {
    const scalar = (yTrue: Tensor, yPred: Tensor) => ops.mean(ops.square(ops.subtract(yPred, yTrue)));
    expect(await failure(() => trained({ loss: scalar }), "SHAPE_MISMATCH")).toMatch(
      /^loss: the function gave \[\] where a tensor of a loss an example, \[2\], is wanted; .*axis: -1/,
    );
    expect(await failure(() => trained({ loss: () => 3 }), "SHAPE_MISMATCH")).toMatch(
      /the function gave 3 where/,
    );
  });

  it("undefined is the default", async () => {
    const all = { shuffle: undefined, callbacks: undefined, signal: undefined, classWeight: undefined };
    expect(await trained({ metrics: undefined }, all)).toBe(await trained({}));
  });
});

describe("files", () => {
  it("of every layer with options load as they were saved", async () => {
    const net = sequential(
      [
        layers.depthwiseConv2d({
          kernelSize: 1,
          depthwiseRegularizer: regularizers.l2(),
          depthwiseInitializer: "ones",
        }),
        layers.flatten(),
        layers.dense({ units: 1, kernelRegularizer: "l1" }),
      ],
      { inputShape: [1, 2, 1], seed: 1 },
    );
    await net.compile({
      loss: losses.huber({ delta: 2 }),
      optimizer: optimizers.adamw(),
      metrics: "accuracy",
      engine,
    });
    const again = await load(await net.save(), { engine });
    expect(again.getConfig()).toEqual(net.getConfig());
  });
});

describe("a training step", () => {
  it("checks no options once it is recorded", async () => {
    const net = sequential(
      [
        layers.conv2d({ filters: 2, kernelSize: 1, activation: "relu" }),
        layers.maxPooling2d({ poolSize: [1, 2] }),
        layers.flatten(),
        layers.dense({ units: 2, activation: "softmax" }),
      ],
      { inputShape: [1, 2, 1], seed: 1 },
    );
    await net.compile({ loss: "categoricalCrossentropy", engine });
    const images = dataset({ x: new Float32Array(8), shape: [4, 1, 2, 1], y: new Float32Array(8).fill(0.5) });
    const looked = vi.spyOn(Object.prototype, "toString"); // what strictOptions asks first
    const counts: number[] = [];
    const onStepEnd = (): void => void counts.push(looked.mock.calls.length);
    await net.fit(images, { epochs: 3, batchSize: 2, callbacks: { onStepEnd } });
    looked.mockRestore();
    expect(counts).toHaveLength(6);
    expect(counts[0]).toBeGreaterThan(0);
    expect(new Set(counts.slice(1)).size).toBe(1);
  });
});
