/** Models of sequences of any length, which are the same as models of each length with the same weights. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../../src/autograd/engine.ts";
import { loadKeras, saveKeras } from "../../../src/io/keras/index.ts";
import { loadOnnx, saveOnnx } from "../../../src/io/onnx/index.ts";
import { saveTfjs } from "../../../src/io/tfjs/index.ts";
import { type Layer, layers, type SymbolicTensor } from "../../../src/layers/index.ts";
import {
  fineTune,
  forInference,
  input,
  load,
  model,
  modelFromConfig,
  resetStates,
  sequential,
} from "../../../src/model/index.ts";
import { failure } from "../../data/failure.ts";

const engine = await createEngine();

const waves = (n: number, steps: number, width: number, k = 0): { x: Float32Array; shape: number[] } => ({
  x: Float32Array.from({ length: n * steps * width }, (_, i) => Math.sin(0.7 * i + k)),
  shape: [n, steps, width],
});

const chains: Readonly<Record<string, () => Layer[]>> = {
  "dense on each step": () => [
    layers.dense({ units: 4, activation: "relu" }),
    layers.globalAveragePooling1d(),
  ],
  lstm: () => [layers.lstm({ units: 5, returnSequences: true }), layers.lstm({ units: 3 })],
  gru: () => [layers.gru({ units: 5 }), layers.dense({ units: 2 })],
  simpleRNN: () => [layers.simpleRNN({ units: 5, returnSequences: true }), layers.globalMaxPooling1d()],
  bidirectional: () => [layers.bidirectional({ layer: layers.gru({ units: 3 }) })],
  conv1d: () => [
    layers.conv1d({ filters: 4, kernelSize: 3, padding: "causal", activation: "relu" }),
    layers.maxPooling1d(),
    layers.conv1d({ filters: 3, kernelSize: 2 }),
  ],
  separableConv1d: () => [layers.separableConv1d({ filters: 4, kernelSize: 3 }), layers.globalMaxPooling1d()],
  masking: () => [layers.masking({ maskValue: 0 }), layers.lstm({ units: 4 })],
  attention: () => [
    layers.multiHeadAttention({ numHeads: 2, keyDim: 3 }),
    layers.layerNormalization(),
    layers.globalAveragePooling1d(),
  ],
  timeDistributed: () => [layers.timeDistributed({ layer: layers.dense({ units: 3 }) })],
  borders: () => [layers.zeroPadding1d({ padding: 2 }), layers.cropping1d(), layers.upSampling1d()],
  "normalization and dropout": () => [
    layers.batchNormalization(),
    layers.dropout({ rate: 0.5 }),
    layers.reshape({ targetShape: [-1, 1] }),
    layers.globalAveragePooling1d(),
  ],
};

describe.each(Object.entries(chains))("%s", (_, make) => {
  it("predicts at each length what a model of that length does", async () => {
    const net = sequential(make(), { inputShape: [null, 3], seed: 2 });
    await net.build({ engine });
    for (const steps of [7, 4, 19, 7]) {
      const fixed = sequential(make(), { inputShape: [steps, 3], seed: 2 });
      await fixed.build({ engine });
      fixed.setWeights(net.getWeights());
      const given = waves(3, steps, 3);
      const [y, wanted] = [await net.predict(given), await fixed.predict(given)];
      expect(y.shape).toEqual(wanted.shape);
      expect(y.data).toEqual(wanted.data);
      fixed.dispose();
    }
    net.dispose();
  });
});

describe("states of recurrent layers", () => {
  const both = (steps: number | null, returnSequences: boolean, mergeMode: "concat" | null) => {
    const x = input({ shape: [steps, 3] });
    const [y, h, c] = layers.lstm({ units: 4, returnSequences, returnState: true }).apply(x);
    const inner = layers.gru({ units: 2, returnSequences, returnState: mergeMode !== null });
    const ways = layers.bidirectional({ layer: inner, mergeMode }).apply(x) as unknown as SymbolicTensor[];
    return model({ inputs: x, outputs: [y!, h!, c!, ...ways], seed: 2 });
  };
  it.each([
    [true, "concat"],
    [false, "concat"],
    [true, null],
    [false, null],
  ] as const)("are those of each length: returnSequences %s, mergeMode %s", async (sequences, mergeMode) => {
    const net = both(null, sequences, mergeMode);
    await net.build({ engine });
    const again = await load<never>(await net.save(), { engine });
    for (const steps of [5, 9]) {
      const fixed = both(steps, sequences, mergeMode);
      await fixed.build({ engine });
      fixed.setWeights(net.getWeights());
      const wanted = await fixed.predict(waves(2, steps, 3));
      for (const each of [net, again as typeof net]) {
        const y = await each.predict(waves(2, steps, 3));
        expect(y.map(({ shape }) => shape)).toEqual(wanted.map(({ shape }) => shape));
        expect(y.map(({ data }) => data)).toEqual(wanted.map(({ data }) => data));
      }
    }
  });
});

const text = () => [
  layers.embedding({ inputDim: 9, outputDim: 4, maskZero: true }),
  layers.gru({ units: 6 }),
  layers.dense({ units: 2, activation: "softmax" }),
];
const words = (n: number, steps: number): number[][] =>
  Array.from({ length: n }, (_, i) => Array.from({ length: steps }, (_, t) => (i * 5 + t * 3) % 9));
const loss = "sparseCategoricalCrossentropy";

describe("a model of any length", () => {
  it("trains to the bits of one of that length, and is evaluated at any", async () => {
    const nets = await Promise.all(
      [[null], [6]].map(async (inputShape) => {
        const net = sequential(text(), { inputShape, seed: 1 });
        await net.compile({ optimizer: "adam", loss, metrics: "accuracy", engine });
        return net;
      }),
    );
    const [open, fixed] = nets as [(typeof nets)[0], (typeof nets)[0]];
    const y = Array.from({ length: 20 }, (_, i) => i % 2);
    const validationData = [words(8, 11), y.slice(0, 8)] as const;
    await open.fit(words(20, 6), y, { epochs: 2, batchSize: 8, validationData: [...validationData] });
    await fixed.fit(words(20, 6), y, { epochs: 2, batchSize: 8 });
    expect(await open.digest()).toBe(await fixed.digest());
    const own = await fixed.evaluate(words(20, 6), y);
    expect(await open.evaluate(words(20, 6), y)).toEqual(own);
    const longer = sequential(text(), { inputShape: [11], seed: 1 });
    await longer.compile({ optimizer: "adam", loss, metrics: "accuracy", engine });
    longer.setWeights(open.getWeights());
    const scores = await longer.evaluate(words(8, 11), y.slice(0, 8));
    expect(await open.evaluate(words(8, 11), y.slice(0, 8))).toEqual(scores);
    // a batch at a time, each of its own length
    await open.trainOnBatch(words(4, 3), y.slice(0, 4));
    await open.trainOnBatch(words(4, 9), y.slice(0, 4));
    expect((await open.testOnBatch(words(4, 5), y.slice(0, 4))).loss).toBeGreaterThan(0);
    for (const net of [...nets, longer]) net.dispose();
  });

  it("takes a stream whose batches differ in length", async () => {
    const batches = [3, 8, 5].map((steps) => ({ x: words(4, steps), y: [0, 1, 1, 0] }));
    const net = sequential(text(), { inputShape: [null], seed: 1 });
    await net.compile({ optimizer: "adam", loss, engine });
    const history = await net.fit(batches, { epochs: 6 });
    expect(history.loss.at(-1)).toBeLessThan(history.loss[0]!);
    const same = sequential(text(), { inputShape: [8], seed: 1 });
    await same.compile({ optimizer: "adam", loss, engine });
    const own = batches.map(({ x, y }) => ({
      x: { shape: [4, x[0]!.length], data: Float32Array.from(x.flat()) },
      y,
      ownSteps: true as const,
    }));
    await same.fit(own, { epochs: 6 });
    expect(await net.digest()).toBe(await same.digest());
    net.dispose();
    same.dispose();
  });

  it("shows what is open as None and null, and estimates memory for a length", async () => {
    const x = input({ shape: [null, 3] });
    expect(x.shape).toEqual([null, 3]);
    const steps = layers.conv1d({ filters: 4, kernelSize: 3 }).apply(x);
    expect(steps.shape).toEqual([null, 4]);
    const pooled = layers.globalMaxPooling1d().apply(steps);
    expect(pooled.shape).toEqual([4]);
    const net = model({ inputs: x, outputs: layers.dense({ units: 2 }).apply(pooled) });
    expect(net.summary()).toContain("(None, None, 3)");
    expect(net.summary()).toContain("(None, None, 4)");
    expect(net.summary()).toContain("(None, 2)");
    expect(String(net)).toContain("[null, 3] to [2]");
    expect(net.outputShape).toEqual([2]);
    expect(await failure(() => net.inputShape, "UNSUPPORTED")).toContain("net.inputs[0].shape");
    expect(net.inputs[0]!.shape).toEqual([null, 3]);
    const [short, long] = [10, 200].map((length) => net.memory({ length, batchSize: 256 }).activations);
    expect(long).toBeGreaterThan(5 * short!);
    const fixed = sequential([layers.dense({ units: 2 })], { inputShape: [4] });
    expect(await failure(() => net.memory(), "INVALID_ARGUMENT")).toContain(
      "memory: the model takes examples of any length; say one, such as { length: 100 }",
    );
    expect(await failure(() => fixed.memory({ length: 4 }), "INVALID_ARGUMENT")).toContain("leave it out");
  });

  it("is saved, loaded, configured, folded and part of others", async () => {
    const net = sequential([layers.conv1d({ filters: 4, kernelSize: 3 }), layers.batchNormalization(), layers.globalMaxPooling1d(), layers.dense({ units: 2 })], { inputShape: [null, 3], seed: 1 }); // biome-ignore format: one list
    await net.build({ engine });
    const x = waves(2, 9, 3);
    const wanted = await net.predict(x);
    const again = await load(await net.save(), { engine });
    expect((await again.predict(x)).data).toEqual(wanted.data);
    expect(again.inputs[0]!.shape).toEqual([null, 3]);
    expect(net.getConfig().inputShape).toEqual([null, 3]);
    expect(modelFromConfig(net.getConfig()).inputs[0]!.shape).toEqual([null, 3]);
    const small = await forInference(net);
    const y = await small.predict(x);
    y.data.forEach((value, i) => {
      expect(value).toBeCloseTo(wanted.data[i]!, 5);
    });
    const front = net.truncate("conv1d");
    await front.build({ engine });
    expect((await front.predict(x)).shape).toEqual([2, 7, 4]);
    // of several inputs, each at its length
    const [a, b] = [input({ shape: [null, 3], name: "a" }), input({ shape: [null, 3], name: "b" })];
    const both = model({
      inputs: [a, b],
      outputs: layers.concatenate().apply([net.apply(a), net.apply(b)] as [typeof a, typeof b]),
    });
    await both.build({ engine });
    const joined = await both.predict({ a: waves(2, 9, 3), b: waves(2, 5, 3, 1) } as never);
    expect(joined.shape).toEqual([2, 4]);
    const other = await net.predict(waves(2, 5, 3, 1));
    expect([...joined.data]).toEqual([0, 1].flatMap((i) => [...wanted.data.slice(2 * i, 2 * i + 2), ...other.data.slice(2 * i, 2 * i + 2)])); // biome-ignore format: one line
    const restored = await load(await both.save(), { engine });
    expect(restored.inputs.map(({ shape }) => shape)).toEqual([[null, 3], [null, 3]]); // biome-ignore format: one line
    engine.step(() => {
      const tensor = engine.tensor(x.x, x.shape);
      expect([...(net.apply(tensor) as typeof tensor).data]).toEqual([...wanted.data]);
    });
    const one = await net.predict(waves(1, 5, 3, 1).x); // flat numbers are an example
    expect(one.shape).toEqual([1, 2]);
  });

  it("is written by Keras's rules with the length open, and as ONNX, open or for one", async () => {
    const net = sequential([layers.conv1d({ filters: 4, kernelSize: 3 }), layers.globalMaxPooling1d()], { inputShape: [null, 3], seed: 1 }); // biome-ignore format: one call
    await net.build({ engine });
    const x = waves(2, 9, 3);
    const wanted = await net.predict(x);
    const same = await loadOnnx(saveOnnx(net, { length: 9 }), { engine });
    (await same.predict(x)).data.forEach((value, i) => {
      expect(value).toBeCloseTo(wanted.data[i]!, 6);
    });
    expect(same.inputShape).toEqual([9, 3]);
    expect((await loadOnnx(saveOnnx(net), { engine })).inputs[0]!.shape).toEqual([null, 3]);
    const { "model.json": json } = saveTfjs(net);
    expect(json).toContain('"batch_input_shape":[null,null,3]');
    const bytes = saveKeras(net);
    const shorter = await loadKeras(bytes, { engine, inputShape: [9, 3] });
    (await shorter.predict(x)).data.forEach((value, i) => {
      expect(value).toBeCloseTo(wanted.data[i]!, 6);
    });
  });

  it("is fine-tuned, open or for one length", async () => {
    const base = sequential([layers.conv1d({ filters: 4, kernelSize: 3 }), layers.globalMaxPooling1d(), layers.dense({ units: 2 })], { inputShape: [null, 3], seed: 1 }); // biome-ignore format: one list
    await base.build({ engine });
    const [y, options] = [[0, 1, 2, 0], { epochs: 2, cacheFeatures: true }];
    const nets = [];
    for (const inputShape of [undefined, [7, 3]]) {
      const net = fineTune(base, { classes: 3, seed: 2, ...(inputShape && { inputShape }) });
      expect(net.inputs[0]!.shape).toEqual(inputShape ?? [null, 3]);
      await net.compile({ optimizer: "adam", loss, engine });
      await net.fit(waves(4, 7, 3), y, options);
      nets.push(net);
    }
    expect(await nets[0]!.digest()).toBe(await nets[1]!.digest());
    expect((await nets[0]!.predict(waves(2, 11, 3))).shape).toEqual([2, 3]);
  });

  it("keeps its states from one piece of a sequence to the next, a step at a time", async () => {
    const net = sequential([layers.lstm({ units: 3, stateful: true, batchSize: 2, returnSequences: true }), layers.gru({ units: 2, stateful: true, batchSize: 2 })], { inputShape: [null, 3], seed: 1 }); // biome-ignore format: one list
    await net.build({ engine });
    const whole = await net.predict(waves(2, 6, 3));
    resetStates(net);
    const { x } = waves(2, 6, 3);
    const piece = (from: number, to: number) => ({ x: Float32Array.from([0, 1].flatMap((i) => [...x.subarray((6 * i + from) * 3, (6 * i + to) * 3)])), shape: [2, to - from, 3] }); // biome-ignore format: one object
    for (const [from, to] of [[0, 3], [3, 4], [4, 5]] as const) await net.predict(piece(from, to)); // biome-ignore format: pairs
    const last = await net.predict(piece(5, 6));
    expect(last.data).toEqual(whole.data);
  });

  it("also of pictures", async () => {
    const net = sequential([layers.conv2d({ filters: 2, kernelSize: 3 }), layers.globalAveragePooling2d()], {
      inputShape: [null, null, 1],
      seed: 1,
    });
    await net.build({ engine });
    const x = { x: new Float32Array(2 * 6 * 9).fill(1), shape: [2, 6, 9, 1] };
    expect((await net.predict(x)).shape).toEqual([2, 2]);
  });

  it("refuses at once what needs a length", async () => {
    const flat = () => sequential([layers.flatten(), layers.dense({ units: 2 })], { inputShape: [null, 3] });
    expect(await failure(flat, "SHAPE_MISMATCH")).toMatch(
      /the layer "dense" has a kernel, which depends on the length/,
    );
    const wide = () => sequential([layers.conv2d({ filters: 2, kernelSize: 3 })], { inputShape: [null, 3] });
    await failure(wide, "SHAPE_MISMATCH");
    expect(await failure(() => input({ shape: [null, 0] }), "INVALID_ARGUMENT")).toContain("[null, 0]");
    const net = sequential(text(), { inputShape: [null], seed: 1 });
    await net.compile({ optimizer: "adam", loss, engine });
    expect(await failure(() => net.predict([[1, 2], [3]]), "SHAPE_MISMATCH")).toContain(
      "make all rows alike",
    );
    const deep = sequential([layers.conv1d({ filters: 2, kernelSize: 5 }), layers.globalMaxPooling1d()], { inputShape: [null, 3] }); // biome-ignore format: one call
    await deep.build({ engine });
    expect(await failure(() => deep.predict(waves(1, 3, 3)), "SHAPE_MISMATCH")).toContain("conv1d");
    expect(await failure(() => deep.predict(waves(1, 8, 2)), "SHAPE_MISMATCH")).toContain("[null, 3]");
  });
});
