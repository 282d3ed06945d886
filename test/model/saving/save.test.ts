/** Models as bytes: nothing is lost, the same model gives the same bytes, and damage is a typed error. */
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { createEngine, type Engine } from "../../../src/autograd/engine.ts";
import type { ArrayFile } from "../../../src/io/arrays.ts";
import { decodeSafetensors, encodeSafetensors } from "../../../src/io/safetensors/format.ts";
import { layers } from "../../../src/layers/index.ts";
import { losses } from "../../../src/losses/index.ts";
import { metrics } from "../../../src/metrics/index.ts";
import { type CompileOptions, load, type Model, sequential } from "../../../src/model/index.ts";
import { optimizers } from "../../../src/optimizers/index.ts";
import { schedules } from "../../../src/optimizers/schedules/index.ts";
import { failure } from "../../data/failure.ts";
import { blobs, convolution, perceptron, quarters } from "../examples.ts";

const engine = await createEngine();

async function trained(
  net: Model,
  options: Partial<CompileOptions> = {},
  on: Engine = engine,
): Promise<Model> {
  await net.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", engine: on, ...options });
  await net.fit(net.inputShape.length === 3 ? quarters() : blobs(), { epochs: 1, batchSize: 24 });
  return net;
}

interface Saved {
  version: number;
  layers: { type: string; name: string; config: Record<string, unknown> }[];
  [field: string]: unknown;
}

/** The same file with its description, or its tensors, changed. */
function altered(
  bytes: Uint8Array,
  change: (model: Saved) => unknown,
  tensors: (list: ArrayFile["tensors"]) => ArrayFile["tensors"] = (list) => list,
): Uint8Array {
  const file = decodeSafetensors(bytes);
  const model = JSON.parse(file.metadata.model!) as Saved;
  const metadata = { ...file.metadata, model: JSON.stringify(change(model) ?? model) };
  return encodeSafetensors({ tensors: tensors(file.tensors), metadata });
}

describe("a model that comes back", () => {
  it("has the same name, layers, weights, normalisation, predictions and scores", async () => {
    const net = await trained(convolution(), { metrics: ["accuracy", metrics.topK({ k: 2 })] });
    const again = await load(await net.save());
    expect(again.engine).not.toBe(net.engine);
    expect(again.summary()).toBe(net.summary());
    expect(again.getWeights()).toEqual(net.getWeights());
    expect(await again.digest()).toBe(await net.digest());
    expect(again.normalization).toEqual(net.normalization);
    expect(await again.predict(quarters().x)).toEqual(await net.predict(quarters().x));
    expect(await again.evaluate(quarters())).toEqual(await net.evaluate(quarters()));
    expect(Object.keys(await again.evaluate(quarters()))).toEqual(["loss", "accuracy", "top2Accuracy"]);
  });

  it("on the engine it is given, or on another variant", async () => {
    const net = await trained(convolution());
    const bytes = await net.save();
    const scalar = await load(bytes, { engine: await createEngine({ variant: "scalar" }) });
    const here = await load(bytes, { engine });
    expect(here.engine).toBe(engine);
    expect(scalar.engine.info.variant).toBe("scalar");
    expect(await scalar.predict(quarters().x)).toEqual(await net.predict(quarters().x));
  });

  it("keeps what was frozen, and names, options and regularizers of every layer", async () => {
    const net = sequential(
      [
        layers.conv2d({
          filters: 4,
          kernelSize: [3, 2],
          strides: [1, 2],
          groups: 1,
          name: "first",
          trainable: false,
          kernelRegularizer: "l2",
          kernelInitializer: "heNormal",
        }),
        layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, depthwiseRegularizer: "l1" }),
        layers.globalAveragePooling2d(),
        layers.reshape({ targetShape: [2, -1] }),
        layers.layerNormalization({ epsilon: 0.01 }),
        layers.flatten(),
        layers.dense({
          units: 4,
          useBias: false,
          kernelInitializer: { type: "constant", config: { value: 0.1 } },
        }),
        layers.softmax({ name: "last" }),
      ],
      { inputShape: [8, 8, 1], seed: 77, name: "mine" },
    );
    await trained(net);
    const again = await load(await net.save());
    expect(again.name).toBe("mine");
    expect(again.parameters).toEqual(net.parameters);
    expect(again.layers.map(({ name, trainable }) => [name, trainable])).toEqual(
      [
        "first",
        "depthwise_conv2d",
        "global_average_pooling2d",
        "reshape",
        "layer_normalization",
        "flatten",
        "dense",
        "last",
      ].map((name) => [name, name !== "first"]),
    );
    expect(again.layers.map(({ config }) => JSON.stringify(config))).toEqual(
      net.layers.map(({ config }) => JSON.stringify(config)),
    );
    expect(await again.evaluate(quarters())).toEqual(await net.evaluate(quarters()));
  });

  it.each<[string, Partial<CompileOptions>]>([
    [
      "a schedule and clipping",
      {
        optimizer: optimizers.adamw({
          learningRate: schedules.warmup({
            schedule: schedules.cosine({ initialLearningRate: 0.01, decaySteps: 50 }),
            warmupSteps: 3,
          }),
          weightDecay: 0.02,
          clipnorm: 1,
          beta1: 0.8,
        }),
      },
    ],
    ["options of the loss", { loss: losses.sparseCategoricalCrossentropy({ labelSmoothing: 0.1 }) }],
    ["momentum", { optimizer: optimizers.sgd({ learningRate: 0.01, momentum: 0.8, nesterov: true }) }],
    ["rmsprop's form", { optimizer: optimizers.rmsprop({ epsilonOutsideSqrt: true, epsilon: 0.1 }) }],
  ])("trains on as the first one would: %s", async (_, options) => {
    const net = await trained(convolution(), options);
    const again = await load(await net.save({ optimizer: true }));
    for (const model of [net, again]) await model.fit(quarters(), { epochs: 1, initialEpoch: 0, seed: 3 });
    expect(await again.digest()).toBe(await net.digest());
    expect(await again.save({ optimizer: true })).toEqual(await net.save({ optimizer: true }));
  });

  it("trains on as the first one would: logits", async () => {
    const linear = sequential([layers.flatten(), layers.dense({ units: 4 })], {
      inputShape: [8, 8, 1],
      seed: 1,
    });
    const net = await trained(linear, { loss: losses.sparseCategoricalCrossentropy({ fromLogits: true }) });
    const again = await load(await net.save({ optimizer: true }));
    for (const model of [net, again]) await model.fit(quarters(), { epochs: 1, initialEpoch: 0, seed: 3 });
    expect(await again.digest()).toBe(await net.digest());
  });

  it("can be saved untrained, and trained after", async () => {
    const net = perceptron();
    await net.compile({ optimizer: "sgd", loss: "sparseCategoricalCrossentropy", engine });
    const again = await load(await net.save());
    await trained(again, { optimizer: "sgd" }, again.engine);
    await trained(net, { optimizer: "sgd" });
    expect(await again.digest()).toBe(await net.digest());
  });

  it("may have layers with any names", async () => {
    for (const name of ["optimizer", "model", "__proto__", "constructor", "0", "Größe", "a b"]) {
      const net = sequential(
        [layers.dense({ units: 3, name }), layers.dense({ units: 3, activation: "softmax" })],
        {
          inputShape: [6],
        },
      );
      await trained(net);
      for (const optimizer of [false, true]) {
        const again = await load(await net.save({ optimizer }), { engine });
        expect(await again.digest(), name).toBe(await net.digest());
      }
    }
  });
});

describe("the bytes", () => {
  it("are the same for the same model, saved again, loaded and saved, or trained on another engine", async () => {
    const net = await trained(convolution());
    const other = await trained(convolution(), {}, await createEngine({ variant: "scalar" }));
    for (const optimizer of [false, true]) {
      const bytes = await net.save({ optimizer });
      expect(await net.save({ optimizer })).toEqual(bytes);
      expect(await other.save({ optimizer })).toEqual(bytes);
      expect(await (await load(bytes)).save({ optimizer })).toEqual(bytes);
    }
  });

  it("are plain safetensors: each weight by its name, the rest in the metadata", async () => {
    const net = await trained(perceptron());
    const { tensors, metadata } = decodeSafetensors(await net.save());
    expect(tensors).toEqual(net.getWeights());
    expect(tensors.map(({ name }) => name)).toEqual([
      "dense/kernel",
      "dense/bias",
      "dense_1/kernel",
      "dense_1/bias",
    ]);
    expect(metadata.format).toBe("anygrad");
    expect(JSON.parse(metadata.model!)).toMatchObject({
      version: 1,
      name: "sequential",
      inputShape: [6],
      seed: 1,
      layers: [
        { type: "dense", name: "dense", trainable: true, config: { units: 8, activation: "relu" } },
        { type: "dropout", name: "dropout", config: { rate: 0 } },
        { type: "dense", name: "dense_1", config: { units: 3, activation: "softmax" } },
      ],
      optimizer: {
        type: "adam",
        config: { beta1: 0.9 },
        schedule: { type: "constant", config: { learningRate: 0.001 } },
      },
      loss: { type: "sparseCategoricalCrossentropy" },
    });
  });

  it("hold the optimizer's state only where asked, and it costs what it weighs", async () => {
    const net = await trained(perceptron());
    const [bare, whole] = [await net.save(), await net.save({ optimizer: true })];
    expect(decodeSafetensors(bare).tensors).toHaveLength(4);
    expect(
      decodeSafetensors(whole)
        .tensors.slice(4)
        .map(({ shape }) => shape),
    ).toEqual([[83], [83]]);
    expect(whole.length - bare.length).toBeGreaterThan(2 * 4 * 83);
    expect(JSON.parse(decodeSafetensors(whole).metadata.model!)).toMatchObject({ step: 4 });
  });

  it("with tensors in another order, as other tools write them, give the same model", async () => {
    const net = sequential(
      [
        layers.dense({ units: 6 }),
        layers.batchNormalization(),
        layers.dense({ units: 6, activation: "softmax" }),
      ],
      { inputShape: [6] },
    );
    await trained(net);
    const bytes = await net.save({ optimizer: true });
    const sorted = altered(
      bytes,
      () => {},
      (list) => list.toSorted((a, b) => (a.name < b.name ? 1 : -1)),
    );
    const again = await load(sorted, { engine });
    expect(await again.digest()).toBe(await net.digest());
    expect(await again.save({ optimizer: true })).toEqual(bytes);
  });
});

describe("damage", () => {
  let bytes: Uint8Array;
  beforeAll(async () => {
    bytes = await (await trained(perceptron())).save({ optimizer: true });
  });

  it("by a cut at any place is a typed error", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), async (length) => {
        await failure(() => load(bytes.slice(0, length), { engine }), "DATA_FORMAT");
      }),
      { numRuns: 200 },
    );
    for (const length of [0, 1, 7, 8, 9, bytes.length - 1])
      await failure(() => load(bytes.slice(0, length), { engine }), "DATA_FORMAT");
  });

  it("a newer version says to update", async () => {
    const newer = altered(bytes, (model) => ({ ...model, version: 5 }));
    expect(await failure(() => load(newer), "DATA_FORMAT")).toBe(
      "load: the model was saved in form 5 but this version reads up to 4; update anygrad",
    );
  });

  it("an unknown layer says which", async () => {
    const unknown = altered(bytes, (model) => {
      model.layers[0]!.type = "capsule";
    });
    expect(await failure(() => load(unknown), "DATA_FORMAT")).toMatch(/^load: .*"capsule".*newer version/);
  });

  it("tensors without a model are said to be that", async () => {
    const foreign = encodeSafetensors({
      tensors: decodeSafetensors(bytes).tensors,
      metadata: { format: "pt" },
    });
    expect(await failure(() => load(foreign), "DATA_FORMAT")).toMatch(
      /^load: the file holds tensors but no anygrad model/,
    );
  });

  it.each<[string, (model: Saved) => unknown]>([
    ["an empty description", () => ({})],
    ["a description that is null", () => "null"],
    ["a description that is a list", () => []],
    ["no version", (model) => ({ ...model, version: undefined })],
    ["a version that is text", (model) => ({ ...model, version: "1" })],
    ["no layers", (model) => ({ ...model, layers: undefined })],
    ["an empty list of layers", (model) => ({ ...model, layers: [] })],
    ["a layer that is null", (model) => ({ ...model, layers: [null] })],
    [
      "a layer without config",
      (model) => ({ ...model, layers: [{ type: "dense", name: "d", trainable: true }] }),
    ],
    [
      "a layer with a wrong option",
      (model) => {
        model.layers[0]!.config.units = -1;
      },
    ],
    [
      "a layer with an unknown initializer",
      (model) => {
        model.layers[0]!.config.kernelInitializer = { type: "magic", config: {} };
      },
    ],
    [
      "a layer with fewer units than weights",
      (model) => {
        model.layers[0]!.config.units = 4;
      },
    ],
    ["no input shape", (model) => ({ ...model, inputShape: undefined })],
    ["another input shape", (model) => ({ ...model, inputShape: [7] })],
    [
      "an unknown optimizer",
      (model) => ({
        ...model,
        optimizer: { type: "none", config: {}, schedule: { type: "constant", config: { learningRate: 1 } } },
      }),
    ],
    [
      "an unknown schedule",
      (model) => ({
        ...model,
        optimizer: { type: "sgd", config: {}, schedule: { type: "zigzag", config: {} } },
      }),
    ],
    ["no loss", (model) => ({ ...model, loss: undefined })],
    ["an unknown loss", (model) => ({ ...model, loss: { type: "hinges", config: {} } })],
    ["no metrics", (model) => ({ ...model, metrics: undefined })],
    ["a step that is text", (model) => ({ ...model, step: "many" })],
    ["a normalization that is text", (model) => ({ ...model, normalization: "simple" })],
  ])("%s is a typed error", async (_, change) => {
    const message = await failure(() => load(altered(bytes, change), { engine }), "DATA_FORMAT");
    expect(message).toMatch(/^load: /);
  });

  it.each<[string, (list: ArrayFile["tensors"]) => ArrayFile["tensors"]]>([
    ["a missing weight", (list) => list.slice(1)],
    ["a weight too many", (list) => [...list, { ...list[0]!, name: "dense_9/kernel" }]],
    ["a missing slot", (list) => list.slice(0, -1)],
    ["a weight of another name", ([first, ...rest]) => [{ ...first!, name: "other/kernel" }, ...rest]],
    ["a weight of another shape", ([first, ...rest]) => [{ ...first!, shape: [8, 6] }, ...rest]],
    [
      "a slot that is too short",
      (list) =>
        list.map((t) =>
          t.name.startsWith("optimizer/") ? { ...t, shape: [2], data: t.data.slice(0, 2) } : t,
        ),
    ],
  ])("%s is a typed error", async (_, change) => {
    const damaged = altered(bytes, () => {}, change);
    expect(await failure(() => load(damaged, { engine }), "DATA_FORMAT")).toMatch(/^load: /);
  });

  it("leaves the engine it was given usable", async () => {
    const net = await load(bytes, { engine });
    expect((await net.predict(blobs())).shape).toEqual([96, 3]);
  });
});

describe("setWeights", () => {
  it("writes nothing where one of them does not fit", async () => {
    const net = await trained(perceptron());
    const before = await net.digest();
    const weights = net.getWeights().map((w) => ({ ...w, data: w.data.map(() => 1) }));
    const wrong = weights.with(3, { ...weights[3]!, shape: [4], data: new Float32Array(4) });
    const message = await failure(() => net.setWeights(wrong), "SHAPE_MISMATCH");
    expect(message).toBe("setWeights: weight 3 has the shape [4] but dense_1/bias is [3]");
    expect(await failure(() => net.setWeights(weights.slice(1)), "SHAPE_MISMATCH")).toMatch(
      /^setWeights: got 3 weights but the model has 4 \(dense\/kernel, dense\/bias/,
    );
    expect(await net.digest()).toBe(before);
    net.setWeights(weights);
    expect(await net.digest()).not.toBe(before);
  });

  it("and getWeights give copies", async () => {
    const net = await trained(perceptron());
    const weights = net.getWeights();
    const before = await net.digest();
    weights[0]!.data.fill(5);
    expect(await net.digest()).toBe(before);
    net.setWeights(weights);
    weights[0]!.data.fill(6);
    expect(net.getWeights()[0]!.data[0]).toBe(5);
  });
});
