/**
 * The networks of TensorFlow.js's examples (docs/from-tfjs.md has the list): each is built with our layers, counts the weights that
 * it has there, where that can be worked out by hand, and learns for a step.
 */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/engine/createEngine.ts";
import { defineLayer } from "../../src/layers/defineLayer.ts";
import { type Layer, layers } from "../../src/layers/index.ts";
import { input, type Model, model, sequential } from "../../src/model/index.ts";
import * as ops from "../../src/ops/index.ts";
import { optimizers } from "../../src/optimizers/index.ts";

const engine = await createEngine();
const numbers = (shape: readonly number[]): { shape: number[]; x: Float32Array } => ({
  shape: [...shape],
  x: Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => Math.sin(7 * i) / 2),
});
const indices = (shape: readonly number[], below: number): { shape: number[]; x: Float32Array } => ({
  shape: [...shape],
  x: Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => (i * i + 3) % below),
});
const image = {
  filters: 4,
  kernelSize: 3,
  activation: "relu",
  kernelInitializer: "varianceScaling",
} as const;
const relu = (units: number): Layer => layers.dense({ units, activation: "relu" });
const softmax = (units: number): Layer => layers.dense({ units, activation: "softmax" });
const sigmoid = (): Layer => layers.dense({ units: 1, activation: "sigmoid" });

/** A chain: its layers, the shape of an example, its weights in TensorFlow.js, its loss; `words`: examples are indices below it. */
interface Chain {
  readonly list: () => readonly Layer[];
  readonly shape: readonly number[];
  readonly weights: number;
  readonly loss: "mse" | "categoricalCrossentropy" | "binaryCrossentropy";
  readonly words?: number;
}

const chains: Readonly<Record<string, Chain>> = {
  "addition-rnn": {
    list: () => [
      layers.lstm({ units: 8, recurrentInitializer: "glorotNormal" }),
      layers.repeatVector({ n: 3 }),
      layers.gru({ units: 8, returnSequences: true, resetAfter: false }),
      layers.simpleRNN({ units: 8, returnSequences: true }),
      layers.timeDistributed({ layer: layers.dense({ units: 12 }) }),
      layers.activation({ activation: "softmax" }),
    ],
    shape: [5, 12],
    weights: 4 * 8 * (12 + 8 + 1) + 3 * 8 * (8 + 8 + 1) + 8 * (8 + 8 + 1) + 12 * 9,
    loss: "categoricalCrossentropy",
  },
  "baseball-node": {
    list: () => [relu(16), relu(8), softmax(7)],
    shape: [8],
    weights: 16 * 9 + 8 * 17 + 7 * 9,
    loss: "categoricalCrossentropy",
  },
  "boston-housing": {
    list: () => [
      layers.dense({ units: 50, activation: "sigmoid", kernelInitializer: "lecunNormal" }),
      layers.dense({ units: 1 }),
    ],
    shape: [12],
    weights: 50 * 13 + 51,
    loss: "mse",
  },
  "cifar10 and mnist": {
    list: () => [
      layers.conv2d(image),
      layers.maxPooling2d({ poolSize: [2, 2], strides: [2, 2] }),
      layers.conv2d({ ...image, padding: "same" }),
      layers.dropout({ rate: 0.25 }),
      layers.flatten(),
      softmax(10),
    ],
    shape: [12, 12, 3],
    weights: 4 * 28 + 4 * 37 + 10 * 101,
    loss: "categoricalCrossentropy",
  },
  "jena-weather": {
    list: () => [
      layers.gru({ units: 6, dropout: 0.1, recurrentDropout: 0.2, resetAfter: false }),
      layers.dense({ units: 1, kernelRegularizer: { l2: 1e-3 } }),
    ],
    shape: [10, 4],
    weights: 3 * 6 * (4 + 6 + 1) + 7,
    loss: "mse",
  },
  "lstm-text-generation": {
    list: () => [layers.lstm({ units: 6, returnSequences: true }), layers.lstm({ units: 5 }), softmax(9)],
    shape: [8, 9],
    weights: 24 * 16 + 20 * 12 + 54,
    loss: "categoricalCrossentropy",
  },
  "mnist-transfer-cnn": {
    list: () => [
      layers.conv2d({ ...image, trainable: false }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.flatten(),
      relu(6),
      softmax(5),
    ],
    shape: [10, 10, 1],
    weights: 4 * 10 + 6 * 65 + 35,
    loss: "categoricalCrossentropy",
  },
  "polynomial-regression": {
    list: () => [layers.dense({ units: 1, useBias: false })],
    shape: [4],
    weights: 4,
    loss: "mse",
  },
  "sentiment by conv1d": {
    list: () => [
      layers.embedding({ inputDim: 20, outputDim: 6 }),
      layers.dropout({ rate: 0.5 }),
      layers.conv1d({ filters: 5, kernelSize: 3, strides: 1, padding: "valid", activation: "relu" }),
      layers.globalMaxPooling1d(),
      relu(4),
      sigmoid(),
    ],
    shape: [9],
    words: 20,
    weights: 120 + 5 * 19 + 4 * 6 + 5,
    loss: "binaryCrossentropy",
  },
  "sentiment by bidirectional lstm": {
    list: () => [
      layers.embedding({ inputDim: 20, outputDim: 6 }),
      layers.bidirectional({ layer: layers.lstm({ units: 4, returnSequences: false }), mergeMode: "concat" }),
      sigmoid(),
    ],
    shape: [9],
    words: 20,
    weights: 120 + 2 * 16 * 11 + 9,
    loss: "binaryCrossentropy",
  },
  "snake-dqn": {
    list: () => [
      layers.conv2d(image),
      layers.batchNormalization(),
      layers.conv2d(image),
      layers.batchNormalization(),
      layers.flatten(),
      relu(10),
      layers.dropout({ rate: 0.25 }),
      layers.dense({ units: 3 }),
    ],
    shape: [9, 9, 2],
    weights: 4 * 19 + 16 + 4 * 37 + 16 + 10 * 101 + 33,
    loss: "mse",
  },
  "website-phishing and cart-pole": {
    list: () => [
      layers.dense({ units: 10, activation: "sigmoid" }),
      layers.dense({ units: 5, activation: "elu" }),
      sigmoid(),
    ],
    shape: [30],
    weights: 310 + 55 + 6,
    loss: "binaryCrossentropy",
  },
  "iris, webcam-transfer-learning": {
    list: () => [
      layers.flatten(),
      layers.dense({ units: 10, activation: "relu", useBias: true }),
      softmax(4),
    ],
    shape: [2, 2, 3],
    weights: 130 + 44,
    loss: "categoricalCrossentropy",
  },
};

async function learns(net: Model, x: unknown, y?: unknown): Promise<void> {
  const before = await net.digest();
  const { loss } = await net.trainOnBatch(x as never, y as never);
  expect(Number.isFinite(loss)).toBe(true);
  expect(await net.digest()).not.toBe(before);
}

describe("chains of TensorFlow.js's examples", () => {
  it.each(Object.entries(chains))("%s", async (_, { list, shape, weights, loss, words }) => {
    const net = sequential(list(), { inputShape: shape, seed: 1 });
    expect(net.parameters.total).toBe(weights);
    await net.compile({ optimizer: "adam", loss, engine });
    const { x, shape: whole } = words ? indices([4, ...shape], words) : numbers([4, ...shape]);
    const [wide = 1, ...places] = [...net.outputShape].reverse();
    const count = places.reduce((a, b) => a * b, 4);
    const y = Float32Array.from({ length: count * wide }, (_, i) =>
      wide === 1 ? i % 2 : Number(i % wide === Math.floor(i / wide) % wide),
    );
    await learns(net, { x, shape: whole, y } as never);
  });
});

describe("what is no chain", () => {
  it("date-conversion-attention: dot products of encoder and decoder, softmax over the inputs", async () => {
    const [encoded, decoded] = [input({ shape: [6], name: "from" }), input({ shape: [5], name: "to" })];
    const embed = (units: number) => layers.embedding({ inputDim: 12, outputDim: units, maskZero: true });
    const encoder = layers.lstm({ units: 8, returnSequences: true }).apply(embed(8).apply(encoded));
    const state = layers.operation({ op: "slice", attributes: { begin: [null, -1] } }).apply(encoder);
    const h = layers.reshape({ targetShape: [8] }).apply(state);
    const decoder = layers.lstm({ units: 8, returnSequences: true }).apply([embed(8).apply(decoded), h, h]);
    const scores = layers.dot({ axes: [2, 2] }).apply([decoder, encoder]);
    const attention = layers.activation({ activation: "softmax", name: "attention" }).apply(scores);
    const context = layers.dot({ axes: [2, 1] }).apply([attention, encoder]);
    const combined = layers.concatenate([context, decoder]);
    const hidden = layers
      .timeDistributed({ layer: layers.dense({ units: 8, activation: "tanh" }) })
      .apply(combined);
    const outputs = layers.timeDistributed({ layer: softmax(12) }).apply(hidden);
    const net = model({ inputs: [encoded, decoded], outputs, seed: 1 });
    await net.compile({ loss: "sparseCategoricalCrossentropy", optimizer: "adam", engine });
    const [from, to] = [indices([3, 6], 12), indices([3, 5], 12)];
    const y = Array.from({ length: 3 }, (_, i) => Array.from({ length: 5 }, (_, t) => (i + t) % 12));
    await learns(
      net,
      [
        { shape: from.shape, data: from.x },
        { shape: to.shape, data: to.x },
      ] as never,
      y as never,
    );
  });

  it("translation: the decoder begins with the encoder's states", async () => {
    const [source, target] = [
      input({ shape: [6, 7], name: "source" }),
      input({ shape: [5, 9], name: "target" }),
    ];
    const [, h, c] = layers.lstm({ units: 8, returnState: true }).apply(source);
    const [all] = layers.lstm({ units: 8, returnSequences: true, returnState: true }).apply([target, h!, c!]);
    const net = model({ inputs: [source, target], outputs: softmax(9).apply(all!), seed: 1 });
    expect(net.parameters.total).toBe(32 * 16 + 32 * 18 + 81);
    await net.compile({ loss: "categoricalCrossentropy", optimizer: "rmsprop", engine });
    const [a, b] = [numbers([2, 6, 7]), numbers([2, 5, 9])];
    const y = Array.from({ length: 2 }, () =>
      Array.from({ length: 5 }, (_, t) => Array.from({ length: 9 }, (_, k) => Number(k === t))),
    );
    await learns(
      net,
      [
        { shape: a.shape, data: a.x },
        { shape: b.shape, data: b.x },
      ] as never,
      y as never,
    );
  });

  it("mnist-acgan: two inputs, two outputs, and a frozen discriminator in the combined model", async () => {
    const [latent, kind] = [input({ shape: [6], name: "latent" }), input({ shape: [1], name: "kind" })];
    const embedded = layers
      .flatten()
      .apply(
        layers.embedding({ inputDim: 10, outputDim: 6, embeddingsInitializer: "glorotNormal" }).apply(kind),
      );
    const transposed = { kernelSize: 4, strides: 2, padding: "same" } as const;
    const made = [
      layers.dense({ units: 3 * 3 * 4, activation: "relu" }),
      layers.reshape({ targetShape: [3, 3, 4] }),
      layers.conv2dTranspose({ filters: 4, ...transposed, activation: "relu" }),
      layers.batchNormalization(),
      layers.conv2dTranspose({ filters: 1, ...transposed, activation: "tanh" }),
    ].reduce((x, layer) => layer.apply(x), layers.multiply([latent, embedded]));
    const generator = model({ inputs: [latent, kind], outputs: made, seed: 1, name: "generator" });
    const picture = input({ shape: [12, 12, 1], name: "picture" });
    const seen = [
      layers.conv2d({ filters: 4, kernelSize: 3, padding: "same", strides: 2 }),
      layers.leakyRelu({ negativeSlope: 0.2 }),
      layers.dropout({ rate: 0.3 }),
      layers.flatten(),
    ].reduce((x, layer) => layer.apply(x), picture);
    const discriminator = model({
      inputs: picture,
      outputs: { real: sigmoid().apply(seen), auxiliary: softmax(10).apply(seen) },
      seed: 2,
      name: "discriminator",
    });
    const loss = { real: "binaryCrossentropy", auxiliary: "sparseCategoricalCrossentropy" } as const;
    const optimizer = () => optimizers.adam({ learningRate: 2e-4, beta1: 0.5 });
    await discriminator.compile({ optimizer: optimizer(), loss, engine });
    discriminator.trainable = false;
    const [real, auxiliary] = Object.values(
      discriminator.apply(generator.apply([latent, kind])) as never,
    ) as [never, never];
    const combined = model({ inputs: { latent, kind }, outputs: { real, auxiliary }, seed: 3 });
    await combined.compile({ optimizer: optimizer(), loss, engine });
    const before = await discriminator.digest();
    const [z, k] = [numbers([4, 6]), [[0], [3], [7], [9]]];
    const labels = [0, 3, 7, 9];
    await learns(
      combined as never,
      { latent: { shape: z.shape, data: z.x }, kind: k } as never,
      { real: [1, 1, 1, 1], auxiliary: labels } as never,
    );
    expect(await discriminator.digest()).toBe(before);
  });

  it("fashion-mnist-vae: encoder and decoder in a loop of one's own, by two losses", async () => {
    const x = input({ shape: [16] });
    const hidden = relu(8).apply(x);
    const mean = layers.dense({ units: 2, name: "mean" }).apply(hidden);
    const logVariance = layers.dense({ units: 2, name: "variance" }).apply(hidden);
    const encoder = model({ inputs: x, outputs: [mean, logVariance], seed: 1 });
    const decoder = sequential([relu(8), layers.dense({ units: 16, activation: "sigmoid" })], {
      inputShape: [2],
      seed: 2,
    });
    await encoder.build({ engine });
    await decoder.build({ engine });
    const given = engine.tensor(numbers([4, 16]).x, [4, 16]);
    const adam = optimizers.adam();
    const lossOf = () => {
      const [z, v] = encoder.apply(given, { training: true }) as never as ReturnType<typeof ops.exp>[];
      const noise = engine.tensor(numbers([4, 2]).x, [4, 2]);
      const drawn = ops.add(z!, ops.multiply(ops.exp(ops.multiply(v!, 0.5)), noise));
      const rebuilt = ops.meanSquaredError(decoder.apply(drawn, { training: true }), given);
      const divergence = ops.mean(ops.subtract(ops.add(ops.square(z!), ops.exp(v!)), ops.add(v!, 1)));
      return ops.add(ops.mean(rebuilt), divergence);
    };
    const variables = [...encoder.trainableVariables, ...decoder.trainableVariables];
    const first = lossOf().item();
    for (let step = 0; step < 20; step++) adam.minimize(lossOf, variables);
    expect(lossOf().item()).toBeLessThan(first);
  });

  it("simple-object-detection: one output of a class and a box, with a loss of one's own", async () => {
    const net = sequential(
      [layers.conv2d(image), layers.globalAveragePooling2d(), layers.dense({ units: 5 })],
      { inputShape: [8, 8, 3], seed: 1 },
    );
    const weighed = engine.variable([3, 1, 1, 1, 1]);
    const loss = (yTrue: never, yPred: never) =>
      ops.mean(ops.square(ops.multiply(ops.subtract(yPred, yTrue), weighed)), { axis: -1 });
    await net.compile({ optimizer: "rmsprop", loss: loss as never, engine });
    const { x, shape } = numbers([3, 8, 8, 3]);
    await learns(net, { x, shape, y: numbers([3, 5]).x } as never);
  });

  it("custom-layer: the antirectifier", async () => {
    const antirectifier = defineLayer({
      name: "antirectifier",
      outputShape: (shape) => [...shape.slice(0, -1), 2 * shape.at(-1)!],
      call: (x) => {
        const centred = ops.subtract(x, ops.mean(x, { axis: -1, keepdims: true }));
        return ops.concatenate([ops.relu(centred), ops.relu(ops.negative(centred))], { axis: -1 });
      },
    });
    const net = sequential([layers.dense({ units: 4 }), antirectifier(), layers.dense({ units: 1 })], {
      inputShape: [3],
      seed: 1,
    });
    expect(net.parameters.total).toBe(16 + 9);
    await net.compile({ loss: "mse", engine });
    await learns(net, { ...numbers([4, 3]), y: numbers([4, 1]).x } as never);
  });
});
