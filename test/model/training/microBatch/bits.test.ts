/** Batches that are computed in parts end with the bits of whole ones: layers and losses of all kinds, sizes that fit the kernels' blocks and that do not. */
import { describe, expect, it } from "vitest";
import { losses, ops } from "../../../../src/index.ts";
import { type Layer, layers } from "../../../../src/layers/index.ts";
import { type CompileOptions, input, type Model, model, sequential } from "../../../../src/model/index.ts";
import { failure } from "../../../data/failure.ts";
import { thorough } from "../../../long.ts";
import { drawnNetwork } from "../../memory/estimated.ts";
import { trainedInParts } from "./parts.ts";

const classes: CompileOptions = {
  optimizer: "adam",
  loss: "sparseCategoricalCrossentropy",
  metrics: ["accuracy"],
};

/** n examples of noise, of four classes; whole numbers below 20 where they are for a table. */
function noise(n: number, shape: readonly number[], areNumbers = false) {
  const size = n * shape.reduce((a, b) => a * b, 1);
  const x = Float32Array.from({ length: size }, (_, i) => {
    const drawn = ((i * 2654435761) >>> 24) / 255;
    return areNumbers ? Math.floor(19.9 * drawn) : drawn - 0.5;
  });
  return { x, y: Uint8Array.from({ length: n }, (_, i) => (i * 7) % 4), shape: [n, ...shape] };
}

const end = () => layers.dense({ units: 4, activation: "softmax" });

/** A network of these layers, its classes behind them. */
function ending(shape: readonly number[], own: readonly Layer[]): Model {
  return sequential([...own, layers.flatten(), end()], { inputShape: shape, seed: 1 });
}

/** Networks whose sums go by blocks of several examples, of one, and of a part of one. */
const networks: Readonly<Record<string, () => readonly [shape: number[], own: Layer[]]>> = {
  "rows and dropout": () => [
    [10],
    [layers.dense({ units: 9, activation: "relu", kernelRegularizer: "l2" }), layers.dropout({ rate: 0.3 })],
  ],
  pictures: () => [
    [12, 12, 3],
    [
      layers.conv2d({ filters: 8, kernelSize: 3, activation: "relu" }),
      layers.conv2d({ filters: 8, kernelSize: 3, padding: "same", kernelRegularizer: "l2" }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.spatialDropout2d({ rate: 0.3 }),
      layers.conv2d({ filters: 8, kernelSize: 1 }),
      layers.depthwiseConv2d({ kernelSize: 3, activation: "relu" }),
      layers.conv2dTranspose({ filters: 3, kernelSize: 2 }),
    ],
  ],
  sequences: () => [
    [20],
    [
      layers.embedding({ inputDim: 20, outputDim: 12 }),
      layers.conv1d({ filters: 12, kernelSize: 3, padding: "same" }),
      layers.layerNormalization(),
      layers.multiHeadAttention({ numHeads: 2, keyDim: 6, dropout: 0.1 }),
      layers.prelu(),
      layers.groupNormalization({ groups: 3 }),
      layers.rmsNormalization(),
      layers.gaussianNoise({ stddev: 0.1 }),
      layers.globalAveragePooling1d(),
    ],
  ],
};

describe("parts have the bits of the whole batch", () => {
  it.each(Object.entries(networks))("%s", async (name, make) => {
    const [shape] = make();
    const data = noise(65, shape, name === "sequences");
    const run = (options: Parameters<typeof trainedInParts>[3]) =>
      trainedInParts(ending(...make()), classes, data, options);
    for (const [batchSize, ...sizes] of [
      [48, 3, 16],
      [17, 1],
    ] as const) {
      const whole = await run({ batchSize });
      for (const size of sizes) expect(await run({ batchSize, size })).toEqual(whole);
      const [size] = sizes;
      expect(await run({ batchSize, size, variant: "scalar" })).toEqual(whole);
      expect(await run({ batchSize, size, threads: 2 })).toEqual(whole);
    }
  });

  it("groups of images that alone would be several", async () => {
    const make = () =>
      ending(
        [4, 4, 4],
        [
          layers.conv2d({ filters: 8, kernelSize: 3, padding: "same" }),
          layers.conv2d({ filters: 2, kernelSize: 2 }),
        ],
      );
    const data = noise(300, [4, 4, 4]);
    const whole = await trainedInParts(make(), classes, data, { batchSize: 300 });
    for (const size of [38, 50])
      expect(await trainedInParts(make(), classes, data, { batchSize: 300, size })).toEqual(whole);
  });
});

const image = [6, 6, 4];
const sequence = [6, 4];
/** One layer of each kind that parts can have, and the shape that it takes. */
const kinds: Readonly<Record<string, readonly [shape: readonly number[], make: () => Layer]>> = {
  activation: [sequence, () => layers.activation({ activation: "tanh" })],
  attention: [sequence, () => layers.attention({ useScale: true })],
  additiveAttention: [sequence, () => layers.additiveAttention()],
  averagePooling1d: [sequence, () => layers.averagePooling1d({ poolSize: 2 })],
  averagePooling2d: [image, () => layers.averagePooling2d({ poolSize: 2 })],
  centerCrop: [image, () => layers.centerCrop({ height: 4, width: 4 })],
  conv1d: [
    sequence,
    () => layers.conv1d({ filters: 4, kernelSize: 3, padding: "causal", activation: "relu" }),
  ],
  conv2d: [image, () => layers.conv2d({ filters: 4, kernelSize: 3, groups: 2, strides: 2 })],
  conv2dTranspose: [image, () => layers.conv2dTranspose({ filters: 4, kernelSize: 3, strides: 2 })],
  cropping1d: [sequence, () => layers.cropping1d({ cropping: 1 })],
  cropping2d: [image, () => layers.cropping2d({ cropping: 1 })],
  dense: [sequence, () => layers.dense({ units: 5, activation: "sigmoid" })],
  depthwiseConv1d: [sequence, () => layers.depthwiseConv1d({ kernelSize: 3 })],
  depthwiseConv2d: [image, () => layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2 })],
  dropout: [[7], () => layers.dropout({ rate: 0.4 })],
  elu: [sequence, () => layers.elu()],
  flatten: [image, () => layers.flatten()],
  gaussianDropout: [[7], () => layers.gaussianDropout({ rate: 0.4 })],
  gaussianNoise: [[7], () => layers.gaussianNoise({ stddev: 0.4 })],
  gelu: [sequence, () => layers.gelu()],
  globalAveragePooling1d: [sequence, () => layers.globalAveragePooling1d()],
  globalAveragePooling2d: [image, () => layers.globalAveragePooling2d()],
  globalMaxPooling1d: [sequence, () => layers.globalMaxPooling1d()],
  globalMaxPooling2d: [image, () => layers.globalMaxPooling2d()],
  groupNormalization: [image, () => layers.groupNormalization({ groups: 2 })],
  hardSigmoid: [sequence, () => layers.hardSigmoid()],
  hardSwish: [sequence, () => layers.hardSwish()],
  layerNormalization: [sequence, () => layers.layerNormalization()],
  leakyRelu: [sequence, () => layers.leakyRelu()],
  logSoftmax: [sequence, () => layers.logSoftmax()],
  masking: [sequence, () => layers.masking({ maskValue: 0 })],
  maxPooling1d: [sequence, () => layers.maxPooling1d({ poolSize: 2 })],
  maxPooling2d: [image, () => layers.maxPooling2d({ poolSize: 2 })],
  mish: [sequence, () => layers.mish()],
  multiHeadAttention: [sequence, () => layers.multiHeadAttention({ numHeads: 2, keyDim: 3, dropout: 0.2 })],
  permute: [sequence, () => layers.permute({ dims: [2, 1] })],
  prelu: [image, () => layers.prelu({ sharedAxes: [1, 2] })],
  relu: [sequence, () => layers.relu()],
  relu6: [sequence, () => layers.relu6()],
  repeatVector: [[7], () => layers.repeatVector({ n: 3 })],
  rescaling: [sequence, () => layers.rescaling({ scale: 2, offset: 1 })],
  reshape: [sequence, () => layers.reshape({ targetShape: [3, 8] })],
  resizing: [image, () => layers.resizing({ height: 4, width: 5 })],
  rmsNormalization: [sequence, () => layers.rmsNormalization()],
  selu: [sequence, () => layers.selu()],
  separableConv1d: [sequence, () => layers.separableConv1d({ filters: 5, kernelSize: 3 })],
  separableConv2d: [image, () => layers.separableConv2d({ filters: 5, kernelSize: 3 })],
  sequenceRows: [sequence, () => layers.sequenceRows({ begin: 1, end: 4 })],
  sigmoid: [sequence, () => layers.sigmoid()],
  silu: [sequence, () => layers.silu()],
  softmax: [sequence, () => layers.softmax()],
  softplus: [sequence, () => layers.softplus()],
  softsign: [sequence, () => layers.softsign()],
  spatialDropout1d: [sequence, () => layers.spatialDropout1d({ rate: 0.4 })],
  spatialDropout2d: [image, () => layers.spatialDropout2d({ rate: 0.4 })],
  tanh: [sequence, () => layers.tanh()],
  timeDistributed: [sequence, () => layers.timeDistributed({ layer: layers.dense({ units: 3 }) })],
  unitNormalization: [sequence, () => layers.unitNormalization()],
  upSampling1d: [sequence, () => layers.upSampling1d({ size: 2 })],
  upSampling2d: [image, () => layers.upSampling2d({ size: 2 })],
  zeroPadding1d: [sequence, () => layers.zeroPadding1d({ padding: 1 })],
  zeroPadding2d: [image, () => layers.zeroPadding2d({ padding: 1 })],
};
/** Those that take several tensors. */
const merging = {
  add: () => layers.add(),
  average: () => layers.average(),
  concatenate: () => layers.concatenate(),
  dot: () => layers.dot({ axes: 1 }),
  maximum: () => layers.maximum(),
  minimum: () => layers.minimum(),
  multiply: () => layers.multiply(),
  subtract: () => layers.subtract(),
};
/** What is refused, by name. */
const refused = {
  activityRegularization: [sequence, () => layers.activityRegularization({ l2: 0.1 })],
  batchNormalization: [sequence, () => layers.batchNormalization()],
  bidirectional: [sequence, () => layers.bidirectional({ layer: layers.gru({ units: 3 }) })],
  gru: [sequence, () => layers.gru({ units: 3 })],
  lambda: [sequence, () => layers.lambda((x) => ops.square(x), { name: "lambda" })],
  lstm: [sequence, () => layers.lstm({ units: 3 })],
  simpleRNN: [sequence, () => layers.simpleRNN({ units: 3 })],
} as const satisfies Record<string, readonly [readonly number[], () => Layer]>;
/** Those that read whole numbers or learn from data first, which have tests of their own here or compute as `rescaling` does; and what ops make. */
const others = ["categoryEncoding", "discretization", "embedding", "normalization", "operation"];

describe("layers of all kinds", () => {
  it("are in one of the lists", () => {
    const known = [...Object.keys(kinds), ...Object.keys(merging), ...Object.keys(refused), ...others];
    expect(known.toSorted()).toEqual(Object.keys(layers).toSorted());
  });

  it.each(Object.entries(kinds))("%s", async (_, [shape, make]) => {
    // what comes before has weights, whose gradients go through the layer
    const net = () => ending(shape, [layers.dense({ units: shape.at(-1)! }), make()]);
    const whole = await trainedInParts(net(), classes, noise(21, shape), { batchSize: 11 });
    expect(await trainedInParts(net(), classes, noise(21, shape), { batchSize: 11, size: 3 })).toEqual(whole);
  });

  it.each(Object.entries(merging))("%s", async (_, make) => {
    const net = () => {
      const x = input({ shape: [7] });
      const shared = layers.dense({ units: 5 });
      const merged = make().apply([
        shared.apply(x),
        shared.apply(layers.tanh().apply(layers.dense({ units: 7 }).apply(x))),
      ]);
      return model({ inputs: x, outputs: end().apply(merged), seed: 1 }) as Model;
    };
    const whole = await trainedInParts(net(), classes, noise(21, [7]), { batchSize: 11 });
    expect(await trainedInParts(net(), classes, noise(21, [7]), { batchSize: 11, size: 4 })).toEqual(whole);
  });

  it.each(Object.entries(refused))("%s is refused", async (kind, [shape, make]) => {
    const net = ending(shape, [make()]);
    const message = await failure(
      () => trainedInParts(net, classes, noise(11, shape), { batchSize: 11, size: 3 }),
      "UNSUPPORTED",
    );
    expect(message).toMatch(/^fit: microBatch: .*leave microBatch out/);
    expect(message).toContain(kind);
  });
});

describe("losses and networks of all kinds", () => {
  it.each(["dice", "tversky", "tripletSemiHard", "tripletHard"] as const)(
    "%s, of the whole batch, is refused",
    async (type) => {
      const labels = type.startsWith("triplet");
      const { y, ...data } = noise(11, [7]);
      const activation = labels ? "linear" : "sigmoid";
      const net = sequential([layers.dense({ units: 4, activation })], { inputShape: [7] });
      const set = { ...data, y: labels ? y : Float32Array.from({ length: 44 }, (_, i) => i % 2) };
      const message = await failure(
        () => trainedInParts(net, { loss: losses[type]() }, set, { batchSize: 11, size: 3 }),
        "UNSUPPORTED",
      );
      expect(message).toMatch(new RegExp(`the loss ${type} `));
    },
  );

  const count = thorough ? 100 : 12;
  let equal = 0;
  it.each(Array.from({ length: count }, (_, i) => i))("random network %i", async (i) => {
    const run = (options: Parameters<typeof trainedInParts>[3]) => {
      const { net, compile, data } = drawnNetwork(i, 24);
      const normalization = data.x instanceof Uint8Array ? { scale: 1 / 255, shift: 0 } : undefined;
      return trainedInParts(net, compile, { ...data, normalization }, { batchSize: 10, ...options });
    };
    const whole = await run({});
    try {
      expect(await run({ size: 1 + (i % 4) })).toEqual(whole);
      expect(await run({ size: 1 + (i % 4), threads: 2 })).toEqual(whole);
      equal++;
    } catch (error) {
      expect(error).toMatchObject({
        code: "UNSUPPORTED",
        message: expect.stringMatching(/^fit: microBatch: /),
      });
    }
  });

  it("most of which are not refused", () => {
    expect(equal).toBeGreaterThan(count / 3);
  });
});
