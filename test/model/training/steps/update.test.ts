/**
 * A training step's kernel calls are recorded once and repeated: the same bits as a run that does every step anew, for
 * every layer, loss and optimizer, whatever else happens on the engine; and anything that is not the same in every
 * step is not repeated.
 */
import { describe, expect, it } from "vitest";
import { createEngine, type Engine } from "../../../../src/autograd/engine.ts";
import type { Dataset } from "../../../../src/data/dataset.ts";
import { type ActivationName, activationNames } from "../../../../src/layers/activation.ts";
import { type Layer, layers } from "../../../../src/layers/index.ts";
import { type Loss, losses } from "../../../../src/losses/index.ts";
import { type CompileOptions, type FitOptions, type Model, sequential } from "../../../../src/model/index.ts";
import * as ops from "../../../../src/ops/index.ts";
import { optimizers } from "../../../../src/optimizers/index.ts";
import { schedules } from "../../../../src/optimizers/schedules/index.ts";
import { builtIn } from "../../../../src/registry.ts";
import { regularizers } from "../../../../src/regularizers/index.ts";
import { quarters } from "../../examples.ts";
import { type MergingName, merged, merging, residual, sharing } from "../../graphs.ts";

const engine = await createEngine({ threads: 1 });
const data = quarters({ n: 44 }); // batches of 12, 12, 12 and 8
const options: FitOptions = { epochs: 3, batchSize: 12, seed: 3 };

/** The same with every step done anew. */
const anew = (loss: Loss): Loss => ({ ...loss, call: (...given) => loss.call(...given) });

/** A network around what is tested, for `quarters`. */
function around(tested: readonly Layer[]): Model {
  return sequential([...tested, layers.flatten(), layers.dense({ units: 4, activation: "softmax" })], {
    inputShape: [8, 8, 1],
    seed: 2,
  });
}

async function digestOf(
  net: Model,
  loss: Loss = losses.sparseCategoricalCrossentropy(),
  {
    set = data,
    on = engine,
    fit = {},
    ...compile
  }: Partial<CompileOptions> & { set?: Dataset; on?: Engine; fit?: FitOptions } = {},
): Promise<string> {
  await net.compile({ optimizer: optimizers.adam(), loss, metrics: ["accuracy"], ...compile, engine: on });
  await net.fit(set, { ...options, ...fit });
  return net.digest();
}

/** Each has a layer of its name. */
const activations = activationNames.filter((name) => name !== "linear" && name !== "hardSigmoid2");

const rows = [layers.reshape({ targetShape: [8, 8] })];
const images = (): Layer[] => [layers.conv2d({ filters: 3, kernelSize: 3 })];
const sequences = (): Layer[] => [
  layers.reshape({ targetShape: [16, 4] }),
  layers.conv1d({ filters: 5, kernelSize: 3 }),
];

const kinds: Readonly<
  Record<
    Exclude<keyof typeof layers, MergingName | ActivationName | "dot" | "lambda">,
    () => readonly Layer[]
  >
> = {
  activation: () => [layers.activation("gelu")],
  conv2d: () => [layers.conv2d({ filters: 8, kernelSize: 3, padding: "same", activation: "relu" })],
  dense: () => [layers.flatten(), layers.dense({ units: 16, activation: "tanh" })],
  depthwiseConv2d: () => [layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2 })],
  dropout: () => [layers.conv2d({ filters: 3, kernelSize: 3 }), layers.dropout({ rate: 0.4 })],
  batchNormalization: () => [layers.conv2d({ filters: 3, kernelSize: 3 }), layers.batchNormalization()],
  layerNormalization: () => [layers.conv2d({ filters: 3, kernelSize: 3 }), layers.layerNormalization()],
  operation: () => [
    layers.operation({ op: "multiply", arguments: ["input", { shape: [1], trainable: true }] }),
  ],
  rescaling: () => [layers.rescaling({ scale: 2, offset: -1 })],
  averagePooling2d: () => [layers.conv2d({ filters: 3, kernelSize: 3 }), layers.averagePooling2d()],
  globalAveragePooling2d: () => [
    layers.conv2d({ filters: 5, kernelSize: 3 }),
    layers.globalAveragePooling2d(),
  ],
  maxPooling2d: () => [layers.conv2d({ filters: 3, kernelSize: 3 }), layers.maxPooling2d()],
  flatten: () => [layers.flatten()],
  simpleRNN: () => [...rows, layers.simpleRNN({ units: 6, dropout: 0.2, recurrentDropout: 0.2 })],
  lstm: () => [...rows, layers.lstm({ units: 6, dropout: 0.2, recurrentDropout: 0.2 })],
  gru: () => [...rows, layers.gru({ units: 6, returnSequences: true, goBackwards: true })],
  bidirectional: () => [
    ...rows,
    layers.bidirectional({ layer: layers.lstm({ units: 3, recurrentDropout: 0.2 }) }),
  ],
  timeDistributed: () => [
    ...rows,
    layers.timeDistributed({ layer: layers.dense({ units: 3, activation: "relu" }) }),
    layers.timeDistributed({ layer: layers.dropout({ rate: 0.2 }) }),
  ],
  embedding: () => [
    layers.rescaling({ scale: 0 }),
    layers.flatten(),
    layers.embedding({ inputDim: 3, outputDim: 2 }),
    layers.lstm({ units: 3 }),
  ],
  masking: () => [...rows, layers.masking(), layers.gru({ units: 3 })],
  repeatVector: () => [layers.flatten(), layers.repeatVector({ n: 3 })],
  sequenceRows: () => [...rows, layers.sequenceRows({ begin: 1, end: 4 })],
  prelu: () => [layers.conv2d({ filters: 3, kernelSize: 3 }), layers.prelu()],
  conv2dTranspose: () => [layers.conv2dTranspose({ filters: 3, kernelSize: 3, strides: 2, padding: "same" })],
  separableConv2d: () => [layers.separableConv2d({ filters: 3, kernelSize: 3, depthMultiplier: 2 })],
  zeroPadding2d: () => [...images(), layers.zeroPadding2d()],
  cropping2d: () => [...images(), layers.cropping2d({ cropping: 1 })],
  centerCrop: () => [...images(), layers.centerCrop({ height: 3, width: 2 })],
  upSampling2d: () => [...images(), layers.upSampling2d({ interpolation: "bilinear" })],
  resizing: () => [...images(), layers.resizing({ height: 9, width: 5 })],
  permute: () => [...images(), layers.permute({ dims: [3, 1, 2] })],
  globalMaxPooling2d: () => [...images(), layers.globalMaxPooling2d()],
  groupNormalization: () => [...images(), layers.groupNormalization({ groups: 3 })],
  rmsNormalization: () => [...images(), layers.rmsNormalization()],
  unitNormalization: () => [...images(), layers.unitNormalization()],
  normalization: () => [...images(), layers.normalization({ mean: 0.1, variance: 2 })],
  gaussianNoise: () => [...images(), layers.gaussianNoise({ stddev: 0.3 })],
  gaussianDropout: () => [...images(), layers.gaussianDropout({ rate: 0.3 })],
  spatialDropout2d: () => [...images(), layers.spatialDropout2d({ rate: 0.4 })],
  activityRegularization: () => [...images(), layers.activityRegularization({ l1: 0.01, l2: 0.1 })],
  discretization: () => [layers.discretization({ binBoundaries: [-0.5, 0, 0.5] }), ...images()],
  categoryEncoding: () => [
    layers.discretization({ binBoundaries: [0, 0.5] }),
    layers.flatten(),
    layers.categoryEncoding({ numTokens: 3, outputMode: "count" }),
  ],
  conv1d: () => [...sequences(), layers.conv1d({ filters: 4, kernelSize: 3, padding: "causal" })],
  depthwiseConv1d: () => [...sequences(), layers.depthwiseConv1d({ kernelSize: 3, padding: "causal" })],
  separableConv1d: () => [...sequences(), layers.separableConv1d({ filters: 3, kernelSize: 3 })],
  maxPooling1d: () => [...sequences(), layers.maxPooling1d()],
  averagePooling1d: () => [...sequences(), layers.averagePooling1d()],
  globalAveragePooling1d: () => [...sequences(), layers.globalAveragePooling1d()],
  globalMaxPooling1d: () => [...sequences(), layers.globalMaxPooling1d()],
  zeroPadding1d: () => [...sequences(), layers.zeroPadding1d()],
  cropping1d: () => [...sequences(), layers.cropping1d()],
  upSampling1d: () => [...sequences(), layers.upSampling1d()],
  spatialDropout1d: () => [...sequences(), layers.spatialDropout1d({ rate: 0.4 })],
  attention: () => [...sequences(), layers.attention({ useScale: true, useCausalMask: true, dropout: 0.2 })],
  additiveAttention: () => [...sequences(), layers.additiveAttention()],
  multiHeadAttention: () => [
    ...sequences(),
    layers.multiHeadAttention({ numHeads: 2, keyDim: 3, useCausalMask: true, dropout: 0.2 }),
  ],
  reshape: () => [layers.reshape({ targetShape: [4, 16, 1] }), layers.conv2d({ filters: 2, kernelSize: 3 })],
};

describe("a repeated step gives the bits of one done anew", () => {
  const loss = losses.sparseCategoricalCrossentropy();

  it.each(Object.entries(merging))("with the layer %s", async (_, merge) => {
    expect(await digestOf(merged(merge))).toBe(await digestOf(merged(merge), anew(loss)));
  });

  it.each(activations)("with the layer %s", async (name) => {
    const net = () => around([layers.conv2d({ filters: 3, kernelSize: 3 }), layers[name]()]);
    expect(await digestOf(net())).toBe(await digestOf(net(), anew(loss)));
  });

  it.each(Object.entries(kinds))("with the layer %s", async (_, make) => {
    expect(await digestOf(around(make()))).toBe(await digestOf(around(make()), anew(loss)));
  });

  it("with ways that meet and layers at several places", async () => {
    for (const net of [() => residual({ dropout: 0.2 }), sharing])
      expect(await digestOf(net())).toBe(await digestOf(net(), anew(loss)));
  });

  const ofRows = Object.entries(losses).filter(([name]) => name !== "triplet" && name !== "ctc");
  it.each(ofRows)("with the loss %s", async (_, make) => {
    const each = make();
    const onehot = Float32Array.from({ length: 4 * 44 }, (__, i) => Number(data.y[i >> 2] === i % 4));
    const set = each.targets === "dense" ? { ...data, y: onehot } : data;
    const net = () => around([layers.dropout({ rate: 0.2 })]);
    const wanted = await digestOf(net(), anew(each), { set });
    expect(await digestOf(net(), each, { set })).toBe(wanted);
  });

  it.each([losses.triplet(), losses.ctc()])("with the loss $type, of sequences", async (loss) => {
    const net = () =>
      sequential([layers.flatten(), layers.dense({ units: 15 }), layers.reshape({ targetShape: [3, 5] })], {
        inputShape: [8, 8, 1],
        seed: 2,
      });
    const y =
      loss.targets === "labels"
        ? Int32Array.from({ length: 44 * 3 }, (_, i) => (i % 3 === 2 ? 0 : 1 + ((i * 7) % 4)))
        : new Float32Array(44 * 15);
    const given = { set: { ...data, y } as Dataset, metrics: [] };
    expect(await digestOf(net(), loss, given)).toBe(await digestOf(net(), anew(loss), given));
  });

  it("with regularizers, weights of examples, schedules, clipping and every optimizer", async () => {
    const net = () =>
      around([
        layers.conv2d({
          filters: 4,
          kernelSize: 3,
          kernelRegularizer: regularizers.l1l2(),
          biasRegularizer: regularizers.l2(),
        }),
        layers.batchNormalization(),
        layers.dropout({ rate: 0.3 }),
      ]);
    const learningRate = schedules.exponential({
      initialLearningRate: 0.01,
      decaySteps: 3,
      decayRate: 0.5,
    });
    const fit = { classWeight: { 0: 2, 3: 0.5 }, validationSplit: 0.25 };
    for (const make of Object.values(optimizers)) {
      const optimizer = () => make({ learningRate, globalClipnorm: 0.5 });
      const wanted = await digestOf(net(), anew(loss), { optimizer: optimizer(), fit });
      expect(await digestOf(net(), loss, { optimizer: optimizer(), fit }), make.name).toBe(wanted);
    }
  });

  it("on threads", async () => {
    const wide = () => around([layers.flatten(), layers.dense({ units: 700, activation: "relu" })]);
    const wanted = await digestOf(wide(), anew(loss));
    const on = await createEngine({ threads: 3 });
    expect(await digestOf(wide(), loss, { on })).toBe(wanted);
    on.dispose();
  });

  it("whatever else the engine does between the steps, and however its memory moves", async () => {
    const net = () => around([layers.dropout({ rate: 0.3 }), layers.conv2d({ filters: 4, kernelSize: 3 })]);
    const wanted = await digestOf(net(), anew(loss));
    const own = await createEngine({ threads: 1 });
    const [mine, other] = [net(), net()];
    for (const each of [mine, other]) await each.compile({ optimizer: optimizers.adam(), loss, engine: own });
    const others = other.train(data, { epochs: 50, batchSize: 5 });
    const kept = [];
    for await (const { globalStep } of mine.train(data, options)) {
      if (globalStep % 2) await others.next();
      if (globalStep % 3 === 1)
        await mine.predict(quarters({ n: 10 * (globalStep + 1) }), { batchSize: 200 });
      if (globalStep === 4) kept.push(own.variable(new Float32Array(1 << 20), [1 << 20]));
      const w = own.variable([1, 2, 3]);
      own.valueAndGrad(() => ops.sum(ops.square(w)), [w]);
    }
    expect(await mine.digest()).toBe(wanted);
    expect(kept[0]!.data.every((value) => value === 0)).toBe(true);
    own.dispose();
  });
});

describe("what is repeated", () => {
  /** A dense layer that counts how often TypeScript asks it. */
  function counting(mark: (call: Layer["call"]) => Layer["call"]): { layer: Layer; calls: () => number } {
    let calls = 0;
    const dense = layers.dense({ units: 5 });
    const layer: Layer = {
      ...dense,
      call: mark((inputs, call) => {
        calls++;
        return dense.call(inputs, call);
      }),
    };
    return { layer, calls: () => calls };
  }

  async function callsIn20Steps(mark: (call: Layer["call"]) => Layer["call"], loss?: Loss): Promise<number> {
    const { layer, calls } = counting(mark);
    const set = quarters({ n: 48 });
    const fit = { epochs: 5, batchSize: 12 };
    await digestOf(around([layers.flatten(), layer]), loss, { set, fit });
    return calls();
  }

  const ofUsers = (call: Layer["call"]) => call;

  it("is a step of the package's layers and loss: two steps find out, the others only compute", async () => {
    expect(await callsIn20Steps(builtIn)).toBeLessThanOrEqual(2);
  });

  it("is not one with a layer, or a loss, of one's own", async () => {
    expect(await callsIn20Steps(ofUsers)).toBe(20);
    expect(await callsIn20Steps(builtIn, anew(losses.sparseCategoricalCrossentropy()))).toBe(20);
  });

  it("so that a loss that changes from step to step changes", async () => {
    let step = 0;
    const own: Loss = {
      type: "mine",
      config: {},
      targets: "labels",
      call: (p, labels) => ops.multiply(ops.sparseCategoricalCrossentropy(p, labels), step++ % 2 ? 0 : 1),
    };
    const net = around([]);
    await net.compile({ optimizer: "sgd", loss: own, engine });
    const seen: number[] = [];
    for await (const { loss } of net.train(data, { ...options, epochs: 2 })) seen.push(loss);
    expect(seen.map((loss) => loss > 0)).toEqual([true, false, true, false, true, false, true, false]);
  });

  it("ends where the weights are no longer those that it knew", async () => {
    const net = around([layers.dropout({ rate: 0.1 })]);
    const compile = () => net.compile({ optimizer: "sgd", loss: "sparseCategoricalCrossentropy", engine });
    await compile();
    const run = net.train(data, { ...options, epochs: 20 });
    for (let i = 0; i < 6; i++) await run.next();
    await expect(compile()).rejects.toMatchObject({ code: "NOT_READY" });
    net.dispose();
    await expect(run.next()).rejects.toMatchObject({ code: "RELEASED" });
  });

  it("and where the engine is gone", async () => {
    const on = await createEngine({ threads: 1 });
    const net = around([]);
    await net.compile({ optimizer: "sgd", loss: "sparseCategoricalCrossentropy", engine: on });
    const run = net.train(data, { ...options, epochs: 20 });
    for (let i = 0; i < 6; i++) await run.next();
    on.dispose();
    await expect(run.next()).rejects.toMatchObject({ code: "NOT_READY" });
  });
});
