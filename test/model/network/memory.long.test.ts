/** Wasm memory: what training takes, that it stays there, and that `memory()` foretells it. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { createEngine, type Engine } from "../../../src/autograd/engine.ts";
import type { Dataset } from "../../../src/data/dataset.ts";
import { activationNames } from "../../../src/layers/activation.ts";
import { layers } from "../../../src/layers/index.ts";
import { type CompileOptions, type Model, sequential } from "../../../src/model/index.ts";
import { presets } from "../../../src/presets/index.ts";
import { yieldToEventLoop } from "../../../src/runtime/yielding.ts";
import { thorough } from "../../long.ts";
import { blobs, convolution, perceptron, preset, quarters } from "../examples.ts";
import { deep, type MergingName, merging } from "../graphs.ts";

const mebibyte = 2 ** 20;
const adam: CompileOptions = {
  optimizer: "adam",
  loss: "sparseCategoricalCrossentropy",
  metrics: ["accuracy"],
};

/** Grey noise, uint8 [n, 28, 28, 1]. */
function noise(n: number): Dataset {
  return {
    x: Uint8Array.from({ length: 784 * n }, (_, i) => (i * 2654435761) >>> 24),
    y: Uint8Array.from({ length: n }, (_, i) => i % 10),
    shape: [n, 28, 28, 1],
    normalization: { scale: 1 / 255, shift: 0 },
  };
}

async function compiled(net: Model, engine: Engine): Promise<Model> {
  await net.compile({ ...adam, engine });
  return net;
}

describe("training", () => {
  it("cnn-relu at batch 64 stays below 96 MiB and takes no more from the second epoch on", async () => {
    const engine = await createEngine({ memoryLimit: 96 * mebibyte });
    const net = await compiled(preset("cnn-relu"), engine);
    const taken: number[] = [];
    const data = noise(150); // 64, 64 and 22
    await net.fit(data, {
      epochs: 3,
      batchSize: 64,
      validationData: data,
      callbacks: [{ onEpochEnd: () => void taken.push(engine.info.memoryBytes) }],
    });
    expect(taken[0]).toBeLessThan(96 * mebibyte);
    expect(new Set(taken).size).toBe(1);
  });

  it("in many small fits, with all else in between, takes no more than in the first", async () => {
    const engine = await createEngine();
    const [one, two] = [await compiled(convolution(), engine), await compiled(perceptron(), engine)];
    const round = async (): Promise<number> => {
      await one.fit(quarters(), { epochs: 1, batchSize: 24, validationSplit: 0.2 });
      await two.fit(blobs(), { epochs: 1 });
      await one.evaluate(quarters());
      await two.predict(blobs());
      two.setWeights(two.getWeights());
      await one.digest();
      await one.save({ optimizer: true });
      return engine.info.memoryBytes;
    };
    const first = await round();
    for (let i = 0; i < 60; i++) expect(await round()).toBe(first);
  });

  it("of a batch too large, once refused, leaves the model and the memory usable", async () => {
    const engine = await createEngine({ memoryLimit: 8 * mebibyte });
    const net = await compiled(preset("mlp-128-64"), engine);
    await net.fit(noise(64), { batchSize: 32 });
    const before = await net.digest();
    const refused = { code: "MEMORY_LIMIT" };
    for (let i = 0; i < 5; i++)
      await expect(net.fit(noise(1500), { batchSize: 1500 })).rejects.toMatchObject(refused);
    expect(await net.digest()).toBe(before);
    expect((await net.fit(noise(64), { batchSize: 32 })).loss).toHaveLength(1);
  });
});

/** Runs the garbage collector, and what waits for it. */
async function collect(): Promise<void> {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  for (let i = 0; i < 3; i++) await yieldToEventLoop();
}

describe("models that are no longer needed", () => {
  /** Growth over twelve rounds in bytes. */
  async function growth(round: (engine: Engine) => Promise<void>): Promise<number> {
    const engine = await createEngine();
    let first = 0;
    for (let i = 0; i < 12; i++) {
      await round(engine);
      await collect();
      first ||= engine.info.memoryBytes;
    }
    return engine.info.memoryBytes - first;
  }
  const model = 4 * 109_386 * 4; // bytes of mlp-128-64: weights, gradients and two slots

  it("give their memory back to the engine when JavaScript collects them", async () => {
    const grown = await growth(async (engine) => {
      await (await compiled(preset("mlp-128-64"), engine)).fit(noise(8), { batchSize: 8 });
    });
    expect(grown).toBeLessThan(2 * model);
  });

  it("and so do the weights of a model that is compiled again", async () => {
    const net = preset("mlp-128-64");
    expect(await growth(async (engine) => void (await compiled(net, engine)))).toBeLessThan(2 * model);
  });
});

describe("memory() foretells", () => {
  it.each(presets.map(({ name }) => name).filter((_, i) => thorough || i % 3 === 0))(
    "%s, within 30 %",
    async (name) => {
      const engine = await createEngine();
      const unbuilt = preset(name).memory({ batchSize: 32 }).total;
      const net = await compiled(preset(name), engine);
      const { parameters, gradients, optimizer, activations, total } = net.memory({ batchSize: 32 });
      expect(total).toBe(parameters + gradients + optimizer + activations);
      expect(unbuilt).toBe(total); // Adam's two slots are what it assumes
      for await (const { step } of net.train(noise(64), { batchSize: 32 })) if (step === 1) break;
      const { peakBytes, memoryBytes } = engine.info;
      expect(total / peakBytes).toBeGreaterThan(0.7);
      expect(total / peakBytes).toBeLessThan(1.3);
      expect(peakBytes).toBeLessThanOrEqual(memoryBytes);
    },
  );

  it.each(["blocks", ...Object.keys(merging)])("a residual net of %s, within 30 %", async (name) => {
    const engine = await createEngine({ threads: 1 });
    const net = await compiled(deep(merging[name as MergingName]), engine);
    const { total } = net.memory({ batchSize: 32 });
    for await (const { step } of net.train(noise(64), { batchSize: 32 })) if (step === 1) break;
    expect(total / engine.info.peakBytes).toBeGreaterThan(0.7);
    expect(total / engine.info.peakBytes).toBeLessThan(1.3);
  });

  // each has a layer of its name
  const activations = activationNames.filter((name) => name !== "linear" && name !== "hardSigmoid2");
  it.each(activations)("a net of %s, as layers and as an option, within 15 %", async (name) => {
    const engine = await createEngine({ threads: 1 });
    const convolution = { filters: 16, kernelSize: 3, padding: "same" } as const;
    const chain = [
      layers.conv2d(convolution),
      ...Array.from({ length: 6 }, () => layers[name]()),
      layers.conv2d({ ...convolution, activation: name }),
      layers.activation(name),
      layers.activation("linear"),
      layers.dropout({ rate: 0 }),
      layers.flatten(),
      layers.dense({ units: 10, activation: "softmax" }),
    ];
    const net = await compiled(sequential(chain, { inputShape: [28, 28, 1] }), engine);
    const { total } = net.memory({ batchSize: 32 });
    for await (const { step } of net.train(noise(64), { batchSize: 32 })) if (step === 1) break;
    expect(total / engine.info.peakBytes).toBeGreaterThan(0.85);
    expect(total / engine.info.peakBytes).toBeLessThan(1.15);
  });

  it("the parts: four bytes a parameter, nothing for what is frozen, slots as the optimizer has them", async () => {
    const net = perceptron();
    expect(net.memory()).toMatchObject({ parameters: 4 * 83, gradients: 4 * 83, optimizer: 8 * 83 });
    await net.compile({ ...adam, optimizer: "sgd" });
    expect(net.memory().optimizer).toBe(0);
    net.layers[0]!.trainable = false;
    expect(net.memory()).toMatchObject({ parameters: 4 * 83, gradients: 4 * 27 });
    const [small, large] = [net.memory({ batchSize: 1e4 }), net.memory({ batchSize: 1e5 })];
    expect(large.activations).toBeGreaterThan(5 * small.activations);
    expect(large.parameters).toBe(small.parameters);
  });

  it("a model that no memory could hold, without trying", () => {
    const net = sequential([layers.dense({ units: 100_000 })], { inputShape: [100_000] });
    expect(net.memory().total).toBeGreaterThan(4 * 4e10);
    expect(net.parameters.total).toBe(100_000 * 100_001);
  });
});
