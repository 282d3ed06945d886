/** How models of any length are trained: with every option to the bits of a model of the length that the data have. */
import { describe, expect, it } from "vitest";
import { augmentation } from "../../../src/augmentation/augmentation.ts";
import { createEngine } from "../../../src/autograd/engine.ts";
import { bucketBySequenceLength } from "../../../src/data/sequences/bucketBySequenceLength.ts";
import { type Layer, layers } from "../../../src/layers/index.ts";
import {
  type CompileOptions,
  type FitOptions,
  input,
  load,
  type Model,
  model,
  type Predictions,
  sequential,
} from "../../../src/model/index.ts";
import { optimizers } from "../../../src/optimizers/index.ts";
import { failure } from "../../data/failure.ts";

const engine = await createEngine({ threads: 1 });
const steps = 6;
const n = 20;
const y = Array.from({ length: n }, (_, i) => (i * 7) % 3);
const waves = (count: number, length: number): number[][][] =>
  Array.from({ length: count }, (_, i) => Array.from({ length }, (_, t) => [Math.sin(i + t), Math.cos(i * t), (i * t) % 2])); // biome-ignore format: one array
const words = (count: number, length: number): number[][] =>
  Array.from({ length: count }, (_, i) => Array.from({ length }, (_, t) => (t > 2 + (i % 4) ? 0 : 1 + ((i * 5 + t) % 8)))); // biome-ignore format: one array

interface Network {
  readonly list: () => Layer[];
  readonly example: readonly number[];
  readonly x: (count: number, length: number) => unknown;
}
const series: Network = {
  list: () => [
    layers.conv1d({ filters: 4, kernelSize: 3, name: "front" }),
    layers.batchNormalization(),
    layers.dropout({ rate: 0.3 }),
    layers.globalAveragePooling1d(),
    layers.dense({ units: 3, activation: "softmax" }),
  ],
  example: [steps, 3],
  x: waves,
};
const text: Network = {
  list: () => [
    layers.embedding({ inputDim: 9, outputDim: 4, maskZero: true }),
    layers.lstm({ units: 5, recurrentDropout: 0.2 }),
    layers.dense({ units: 3, activation: "softmax" }),
  ],
  example: [steps],
  x: words,
};
const pictures: Network = {
  list: () => [
    layers.conv2d({ filters: 3, kernelSize: 3, activation: "relu" }),
    layers.globalMaxPooling2d(),
    layers.dense({ units: 3, activation: "softmax" }),
  ],
  example: [8, 9, 1],
  x: (count) => ({ shape: [count, 8, 9, 1], x: Float32Array.from({ length: count * 72 }, (_, i) => Math.sin(i) ** 2) }), // biome-ignore format: one object
};

async function made(
  { list, example }: Network,
  isOpen: boolean,
  options: Partial<CompileOptions> = {},
): Promise<Model> {
  const inputShape = isOpen
    ? example.map((size, i) => (i === example.length - 1 && example.length > 1 ? size : null))
    : example;
  const net = sequential(list(), { inputShape, seed: 3 });
  const loss = "sparseCategoricalCrossentropy";
  await net.compile({ optimizer: "adam", loss, metrics: "accuracy", engine, ...options });
  return net;
}

/** Trains both, open and fixed, and expects the same bits and logs. */
async function expectSame(
  network: Network,
  fit: FitOptions,
  options?: Partial<CompileOptions>,
): Promise<Model> {
  const [open, fixed] = [await made(network, true, options), await made(network, false, options)];
  const histories = [];
  for (const net of [open, fixed])
    histories.push(
      await net.fit(network.x(n, steps) as never, y, { epochs: 2, batchSize: 8, seed: 5, ...fit }),
    );
  const logs = histories.map(({ loss, accuracy, val_loss }) => ({ loss, accuracy, val_loss }));
  expect(logs[0]).toEqual(logs[1]);
  expect(await open.digest()).toBe(await fixed.digest());
  return open;
}

const weights = Array.from({ length: n }, (_, i) => 0.5 + (i % 3));

describe("options of fit", () => {
  it.each<[string, FitOptions]>([
    ["validationSplit", { validationSplit: 0.25 }],
    ["validationData", { validationData: [waves(6, steps), y.slice(0, 6)] as never }],
    ["sampleWeight", { sampleWeight: weights }],
    ["classWeight", { classWeight: { 0: 2, 1: 0.5, 2: 1 } }],
    ["ema", { ema: 0.9 }],
    ["recalibrate", { recalibrate: 3, validationSplit: 0.2 }],
    ["shuffle", { shuffle: false }],
  ])("%s", async (_, options) => {
    await expectSame(series, options);
  });

  it("augment, of pictures of any size", async () => {
    await expectSame(pictures, { augment: augmentation({ shift: 0.1, rotation: 10, cutout: 3 }) });
  });

  it("cacheFeatures, of frozen layers in front", async () => {
    const frozen: Network = {
      ...series,
      list: () => {
        const list = series.list();
        list[0]!.trainable = false;
        list[1]!.trainable = false;
        return list;
      },
    };
    await expectSame(frozen, { cacheFeatures: true, validationSplit: 0.2 });
  });

  it("gradient accumulation, learning rates by layer, weighted metrics", async () => {
    const optimizer = () =>
      optimizers.adam({ gradientAccumulationSteps: 2, learningRateMultipliers: { front: 0.1 } });
    await expectSame(
      series,
      { sampleWeight: weights },
      { optimizer: optimizer(), weightedMetrics: ["accuracy"] },
    );
  });

  it("masks", async () => {
    await expectSame(text, { validationSplit: 0.25 });
  });
});

it("a class for each step, with weights of places, metrics and a confusion by the length of the data", async () => {
  const list = () => [
    layers.gru({ units: 4, returnSequences: true }),
    layers.dense({ units: 3, activation: "softmax" }),
  ];
  const labels = (length: number): number[][] =>
    Array.from({ length: n }, (_, i) => Array.from({ length }, (_, t) => (i + t) % 3));
  const places = labels(steps).map((row) => row.map((label) => 0.5 + label));
  const nets = [];
  for (const isOpen of [true, false]) {
    const net = await made({ list, example: [steps, 3], x: waves }, isOpen, { metrics: ["accuracy", "meanIoU"] as never }); // biome-ignore format: one call
    await net.fit(waves(n, steps), labels(steps), { epochs: 2, batchSize: 8, seed: 1, sampleWeight: places.flat(), validationSplit: 0.2 }); // biome-ignore format: one call
    nets.push(net);
  }
  const [open, fixed] = nets as [Model, Model];
  expect(await open.digest()).toBe(await fixed.digest());
  expect(await open.evaluate(waves(n, steps), labels(steps))).toEqual(await fixed.evaluate(waves(n, steps), labels(steps))); // biome-ignore format: one line
  const longer = await open.evaluate(waves(n, 11), labels(11));
  const { data } = await open.predict(waves(n, 11));
  const right = labels(11).flat().filter((label, i) => data.subarray(3 * i, 3 * i + 3).indexOf(Math.max(...data.subarray(3 * i, 3 * i + 3))) === label); // biome-ignore format: one rule
  expect(longer.accuracy).toBeCloseTo(right.length / (n * 11), 6);
});

describe("refused by name", () => {
  it("are features of several lengths, and changes of pictures in a stream", async () => {
    const frozen = series.list();
    frozen[0]!.trainable = false;
    const net = await made({ ...series, list: () => frozen }, true);
    const validationData = [waves(6, 9), y.slice(0, 6)] as never;
    const call = () => net.fit(waves(n, steps), y, { cacheFeatures: true, validationData });
    expect(await failure(call, "INVALID_ARGUMENT")).toContain("validationData is of another length");
    const images = await made(pictures, true);
    const batches = [{ x: pictures.x(4, 0), y: [0, 1, 2, 0] }] as never;
    expect(
      await failure(() => images.fit(batches, { augment: augmentation({ shift: 1 }) }), "INVALID_ARGUMENT"),
    ).toContain("give its input a fixed shape");
  });
});

describe("a run of any length", () => {
  it("is saved in its midst and goes on to the bits of one that was not", async () => {
    for (const network of [text, series]) {
      const whole = await made(network, true);
      const x = network.x(n, steps) as never;
      await whole.fit(x, y, { epochs: 4, batchSize: 8, seed: 5, ema: 0.9 });
      const first = await made(network, true);
      let bytes: Uint8Array | undefined;
      const keeper = {
        async onStepEnd({ globalStep }: { globalStep: number }) {
          if (globalStep === 4) bytes = await first.save({ optimizer: true });
        },
      };
      await first.fit(x, y, { epochs: 4, batchSize: 8, seed: 5, ema: 0.9, callbacks: [keeper as never] });
      const again = await load(bytes!, { engine });
      expect(again.inputs[0]!.shape).toContain(null);
      await again.fit(x, y, { epochs: 4, batchSize: 8, seed: 5, ema: 0.9, resume: true });
      expect(await again.digest()).toBe(await whole.digest());
    }
  });

  it("takes buckets by length: to the bits of one network as long as the longest, resumed as well", async () => {
    const sequences = Array.from({ length: 24 }, (_, i) => Array.from({ length: 2 + ((i * 5) % 7) }, (_, t) => 1 + ((i + t) % 8))); // biome-ignore format: one array
    const labels = sequences.map((each) => each.length % 3);
    const buckets = () => bucketBySequenceLength({ x: sequences, y: labels }, { batchSize: 4, seed: 2, bucketBoundaries: [4, 6] }); // biome-ignore format: one call
    const open = await made(text, true);
    await open.fit(buckets(), { epochs: 2 });
    const fixed = await made({ ...text, example: [8] }, false);
    await fixed.fit(buckets(), { epochs: 2 });
    expect(await open.digest()).toBe(await fixed.digest());
    const first = await made(text, true);
    await first.fit(buckets(), { epochs: 1 });
    const again = await load(await first.save({ optimizer: true }), { engine });
    await again.fit(buckets(), { epochs: 2, resume: true });
    expect(await again.digest()).toBe(await open.digest());
  });

  it("is judged on data of other lengths than it learns from", async () => {
    const open = await made(series, true);
    const validationData = [waves(6, 9), y.slice(0, 6)] as never;
    const { val_loss } = await open.fit(waves(n, steps), y, { epochs: 1, batchSize: 8, validationData });
    const { loss } = await open.evaluate(waves(6, 9), y.slice(0, 6));
    expect(val_loss![0]).toBeCloseTo(loss, 6);
  });
});

describe("several inputs of any length", () => {
  const pair = async (lengths: readonly (number | null)[]): Promise<Model<Predictions>> => {
    const [a, b] = lengths.map((length, i) => input({ shape: [length, 3], name: "ab"[i]! }));
    const merged = layers.concatenate([
      layers.gru({ units: 4 }).apply(a!),
      layers.gru({ units: 3 }).apply(b!),
    ]);
    const outputs = layers.dense({ units: 1 }).apply(merged);
    const net = model({ inputs: [a!, b!], outputs, seed: 3 });
    await net.compile({ optimizer: "adam", loss: "meanSquaredError", engine });
    return net;
  };
  const both = (count: number, length: number) => [waves(count, length), waves(count, length + 2)] as const;
  const numbers = y.map((label) => label / 2);

  it("train to the bits of a network of those lengths, with each its own, and are judged at others", async () => {
    const [open, fixed] = [await pair([null, null]), await pair([steps, steps + 2])];
    const options = { epochs: 2, batchSize: 8, seed: 5, validationSplit: 0.2, ema: 0.9 };
    const histories = [];
    for (const net of [open, fixed]) histories.push(await net.fit(both(n, steps), numbers, options));
    expect(histories[0]!.loss).toEqual(histories[1]!.loss);
    expect(histories[0]!.val_loss).toEqual(histories[1]!.val_loss);
    expect(await open.digest()).toBe(await fixed.digest());
    const validationData = { x: both(6, 9), y: numbers.slice(0, 6) } as never;
    const { val_loss } = await open.fit(both(n, steps), numbers, { epochs: 1, validationData });
    const { loss } = await open.evaluate(both(6, 9), numbers.slice(0, 6));
    expect(val_loss![0]).toBeCloseTo(loss, 6);
  });

  it("refuse another width by the input's name", async () => {
    const net = await pair([null, null]);
    const wrong = [waves(n, steps), waves(n, steps).map((each) => each.map(([a, b]) => [a!, b!]))];
    expect(await failure(() => net.fit(wrong, numbers), "SHAPE_MISMATCH")).toContain('input "b"');
  });
});
