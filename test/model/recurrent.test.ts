/** Networks of recurrent layers: states, masks, saving, resuming, threads. */
import { afterAll, describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import { type Layer, layers } from "../../src/layers/index.ts";
import {
  input,
  load,
  type Model,
  model,
  modelFromConfig,
  resetStates,
  sequential,
} from "../../src/model/index.ts";
import { optimizers } from "../../src/optimizers/index.ts";

const engine = await createEngine({ threads: 1 });
const loss = "meanSquaredError";
const [n, steps, features] = [24, 7, 3];
const numbers = (size: number, factor = 7919): Float32Array =>
  Float32Array.from({ length: size }, (_, i) => ((i * factor) % 101) / 50 - 1);
const x = numbers(n * steps * features);
const y = numbers(n * 2, 6151);

async function compiled(net: Model, on = engine): Promise<Model> {
  await net.compile({ optimizer: optimizers.adam(), loss, engine: on });
  return net;
}

const stacked = (): Model =>
  sequential(
    [
      layers.masking({ maskValue: 0.14 }),
      layers.bidirectional({
        layer: layers.lstm({ units: 5, returnSequences: true, recurrentDropout: 0.1 }),
      }),
      layers.timeDistributed({ layer: layers.dense({ units: 6, activation: "tanh" }) }),
      layers.gru({ units: 4, dropout: 0.2, returnSequences: true }),
      layers.simpleRNN({ units: 3 }),
      layers.dense({ units: 2 }),
    ],
    { inputShape: [steps, features], seed: 3 },
  );

describe("a network of recurrent layers", () => {
  it("learns, is saved and loaded, and goes on to the same bits", async () => {
    const whole = await compiled(stacked());
    const history = await whole.fit(x, y, { epochs: 6, batchSize: 10, seed: 5 });
    expect(history.loss.at(-1)).toBeLessThan(history.loss[0]!);
    const half = await compiled(stacked());
    await half.fit(x, y, { epochs: 3, batchSize: 10, seed: 5 });
    const again = await load(await half.save({ optimizer: true }), { engine });
    expect((await again.predict(x)).data).toEqual((await half.predict(x)).data);
    await again.fit(x, y, { epochs: 6, batchSize: 10, seed: 5, resume: true });
    expect(await again.digest()).toBe(await whole.digest());
    expect(again.summary()).toBe(whole.summary());
  });

  it("has the same bits on threads and in the scalar build", async () => {
    const engines = await Promise.all([
      createEngine({ threads: 2 }),
      createEngine({ threads: 1, variant: "scalar" }),
    ]);
    afterAll(() => {
      for (const each of engines) each.dispose();
    });
    const digests = [];
    for (const on of [engine, ...engines]) {
      const net = sequential(
        [
          layers.lstm({ units: 48, returnSequences: true }),
          layers.gru({ units: 48 }),
          layers.dense({ units: 2 }),
        ],
        { inputShape: [steps, features], seed: 3 },
      );
      await compiled(net, on);
      await net.fit(x, y, { epochs: 2, batchSize: 24, seed: 5 });
      digests.push(await net.digest());
    }
    expect(new Set(digests).size).toBe(1);
  });

  it("needs about the memory that it says", async () => {
    const own = await createEngine({ threads: 1 });
    const net = sequential(
      [
        layers.lstm({ units: 64, returnSequences: true }),
        layers.gru({ units: 64 }),
        layers.dense({ units: 2 }),
      ],
      { inputShape: [40, 16], seed: 3 },
    );
    await compiled(net, own);
    await net.fit(numbers(64 * 40 * 16), numbers(128), { epochs: 1, batchSize: 32 });
    const { total } = net.memory({ batchSize: 32 });
    expect(total / own.info.peakBytes).toBeGreaterThan(0.7);
    expect(total / own.info.peakBytes).toBeLessThan(1.3);
    own.dispose();
  });
});

describe("states", () => {
  it("come out of one layer and go into another, saved and loaded", async () => {
    const x0 = input({ shape: [steps, features] });
    const [sequence, h, c] = layers.lstm({ units: 4, returnSequences: true, returnState: true }).apply(x0);
    const decoded = layers.lstm({ units: 4 }).apply([sequence!, h!, c!]);
    const net = await compiled(
      model({ inputs: x0, outputs: layers.dense({ units: 2 }).apply(decoded), seed: 1 }),
    );
    await net.fit(x, y, { epochs: 2, seed: 1 });
    const again = await load(await net.save(), { engine });
    expect((await again.predict(x)).data).toEqual((await net.predict(x)).data);
    expect(modelFromConfig(net.getConfig()).summary()).toBe(net.summary());
    expect(() =>
      sequential([layers.lstm({ units: 4, returnState: true }) as unknown as Layer], { inputShape: [3, 2] }),
    ).toThrow(/several tensors.*model\(\)/);
  });

  it("are kept step by step: the same as the whole sequence at once", async () => {
    for (const kind of ["simpleRNN", "lstm", "gru"] as const) {
      const make = layers[kind] as (options: object) => Layer;
      const whole = await compiled(
        sequential([make({ units: 5, returnSequences: true })], { inputShape: [steps, features], seed: 2 }),
      );
      const single = await compiled(
        sequential([make({ units: 5, stateful: true })], { inputShape: [1, features], seed: 2 }),
      );
      const states = single.getWeights().filter(({ name }) => name.includes("/state_"));
      expect(states.length).toBe(kind === "lstm" ? 2 : 1);
      single.setWeights([...whole.getWeights(), ...states]);
      const wanted = (await whole.predict(x.slice(0, steps * features))).data;
      for (const _ of [1, 2]) {
        const found = [];
        for (let t = 0; t < steps; t++)
          found.push(...(await single.predict(x.slice(t * features, (t + 1) * features))).data);
        expect(Float32Array.from(found)).toEqual(wanted);
        resetStates(single);
      }
      await expect(single.predict(x.slice(0, 2 * features))).rejects.toThrow(/batchSize: 1.*got 2/);
    }
  });

  it("are kept from batch to batch in training, where the steps are replayed", async () => {
    const make = (): Model =>
      sequential(
        [
          layers.bidirectional({ layer: layers.lstm({ units: 3, stateful: true, batchSize: 12 }) }),
          layers.dense({ units: 2 }),
        ],
        { inputShape: [steps, features], seed: 2 },
      );
    const found = [];
    for (const own of [false, true]) {
      const net = make();
      // a loss of one's own is not replayed
      await net.compile({
        optimizer: "adam",
        loss: own ? (yTrue, yPred) => squared(yTrue, yPred) : loss,
        engine,
      });
      await net.fit(x, y, { epochs: 4, batchSize: 12, seed: 1 });
      expect(net.getWeights().filter(({ name }) => name.includes("state_")).length).toBe(4);
      found.push(await net.digest());
    }
    expect(found[1]).toBe(found[0]);
  });
});

const { meanSquaredError: squared } = await import("../../src/ops/index.ts");

describe("masks", () => {
  const words = [
    [1, 2, 3, 0],
    [4, 0, 0, 0],
    [2, 2, 1, 3],
  ];

  it("let the numbers behind a sentence have no part in what comes out", async () => {
    const make = (length: number): Model =>
      sequential(
        [
          layers.embedding({ inputDim: 5, outputDim: 3, maskZero: true }),
          layers.dropout({ rate: 0.3 }),
          layers.gru({ units: 4 }),
        ],
        { inputShape: [length], seed: 2 },
      );
    const [long, short] = [await compiled(make(4)), await compiled(make(1))];
    expect((await long.predict([words[1]!])).data).toEqual((await short.predict([[4]])).data);
    await expect(long.predict([[1, 2, 3, 5]])).rejects.toThrow(/embedding: 5 .*0 to 4/);
    await expect(long.predict([[1, 2, 3, -1]])).rejects.toThrow(/embedding: -1 /);
    await expect(long.fit([[1, 2, 3, 9]], [[0, 0, 0, 0]], { epochs: 1 })).rejects.toThrow(/NaN/);
  });

  it("leave the losses of steps that do not count out", async () => {
    const net = await compiled(
      sequential(
        [
          layers.embedding({ inputDim: 5, outputDim: 3, maskZero: true }),
          layers.lstm({ units: 4, returnSequences: true }),
          layers.timeDistributed({ layer: layers.dense({ units: 2 }) }),
        ],
        { inputShape: [4], seed: 2 },
      ),
    );
    const targets = numbers(3 * 4 * 2);
    const { data } = await net.predict(words);
    let [sum, count] = [0, 0];
    words.flat().forEach((word, i) => {
      if (word === 0) return;
      count++;
      for (const j of [2 * i, 2 * i + 1]) sum += (data[j]! - targets[j]!) ** 2 / 2;
    });
    expect((await net.evaluate(words, targets)).loss).toBeCloseTo(sum / count, 6);
    const { loss: losses } = await net.fit(words, targets, { epochs: 30, batchSize: 3, shuffle: false });
    expect(losses[0]).toBeCloseTo(sum / count, 6);
    expect(losses.at(-1)!).toBeLessThan(losses[0]!);
  });

  it("takes bytes as numbers of words, not as pixels", async () => {
    const net = await compiled(
      sequential([layers.embedding({ inputDim: 5, outputDim: 2 }), layers.flatten()], {
        inputShape: [4],
        seed: 2,
      }),
    );
    const flat = words.flat();
    expect((await net.predict(Uint8Array.from(flat))).data).toEqual(
      (await net.predict(Float32Array.from(flat))).data,
    );
  });
});

describe("errors", () => {
  it.each<[string, () => unknown, RegExp]>([
    [
      "an input without steps",
      () => sequential([layers.lstm({ units: 2 })], { inputShape: [4] }),
      /lstm: .*\[4\].*\[steps, features\].*embedding/,
    ],
    ["no units", () => layers.gru({} as never), /gru: units/],
    [
      "an unknown activation",
      () => layers.lstm({ units: 2, activation: "tanhh" as never }),
      /lstm: activation: "tanhh" is unknown; did you mean tanh/,
    ],
    [
      "a batch size without states",
      () => layers.lstm({ units: 2, batchSize: 3 }),
      /batchSize 3 is for stateful/,
    ],
    [
      "another layer both ways",
      () => layers.bidirectional({ layer: layers.dense({ units: 2 }) }),
      /dense.*simpleRNN, lstm or gru/,
    ],
    [
      "both the same way",
      () =>
        layers.bidirectional({
          layer: layers.gru({ units: 2, goBackwards: true }),
          backwardLayer: layers.gru({ units: 2, goBackwards: true }),
        }),
      /differ in goBackwards/,
    ],
    ["no layer", () => layers.timeDistributed({ layer: 3 as never }), /timeDistributed: layer is 3/],
    [
      "an unknown way to merge",
      () => layers.bidirectional({ layer: layers.gru({ units: 2 }), mergeMode: "max" as never }),
      /mergeMode is "max".*concat, sum, mul, ave/,
    ],
  ])("%s", (_, work, message) => {
    expect(work).toThrow(message);
  });
});
