/**
 * The same bits: a run is named by its digest, whatever the variant, the engine's past and the way it is driven.
 * test/golden/digests.json pins the names. Who changes one renames every run of every user: do it knowingly, with
 * ANYGRAD_PIN=1 (which writes the file where both variants agree), in a commit that says which arithmetic moved.
 *
 * The scalar build needs half a second for a step of cnn-bn-sigmoid at batch 64. So it takes all fifty steps at
 * batch 8 and two at batch 64; ANYGRAD_LONG=1 makes it walk the fifty of batch 64 as well.
 */
import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEngine, type Engine } from "../../src/autograd/engine.ts";
import type { Dataset } from "../../src/data/dataset.ts";
import { datasets } from "../../src/data/datasets.ts";
import { subset, take } from "../../src/data/selection.ts";
import { type CompileOptions, type FitOptions, load, type Model } from "../../src/model/index.ts";
import { digestOf } from "../../src/model/network/digest.ts";
import { optimizers } from "../../src/optimizers/index.ts";
import { schedules } from "../../src/optimizers/schedules/index.ts";
import golden from "../golden/digests.json" with { type: "json" };
import { long } from "../long.ts";
import { blobs, convolution, perceptron, preset, quarters } from "./examples.ts";

const wholly = process.env.ANYGRAD_LONG === "1";
const pinning = process.env.ANYGRAD_PIN === "1";
const adam: CompileOptions = {
  optimizer: optimizers.adam({ learningRate: 1e-3 }),
  loss: "sparseCategoricalCrossentropy",
};

let digits: Dataset;
beforeAll(async () => {
  digits = (await datasets.digits({ train: 3200, test: 1, seed: 1 })).train;
});

/** The digests after the steps asked for, of one run. */
async function names(net: Model, data: Dataset, batchSize: number, steps: readonly number[]) {
  const found: Record<string, string> = {};
  let done = 0;
  for await (const _ of net.train(data, { batchSize, epochs: 1, seed: 1 })) {
    if (steps.includes(++done)) found[`after ${done} steps`] = await net.digest();
    if (done === steps.at(-1)) break;
  }
  expect(Object.keys(found)).toHaveLength(steps.length);
  return found;
}

/** The digests of this run, by name and number of steps, as the variant that came first has them. */
const found: Record<string, Record<string, string>> = {};
const pinned: Record<string, Record<string, string>> = golden;

function expectPinned(name: string, digests: Record<string, string>): void {
  const wanted = pinning ? (found[name] ?? digests) : pinned[name]!;
  for (const [step, digest] of Object.entries(digests)) expect(digest, step).toBe(wanted[step] ?? digest);
  found[name] = { ...found[name], ...digests };
}

afterAll(() => {
  const file = new URL("../golden/digests.json", import.meta.url);
  if (pinning) writeFileSync(file, `${JSON.stringify(found, undefined, 2)}\n`);
});

async function compiled(net: Model, engine: Engine, options: CompileOptions = adam): Promise<Model> {
  await net.compile({ ...options, engine });
  return net;
}

describe.each(["scalar", "simd"] as const)("pinned digests, %s", async (variant) => {
  const engine = await createEngine({ variant });

  it("mlp-128-64, batch 64", async () => {
    const net = await compiled(preset("mlp-128-64"), engine);
    expectPinned("mlp-128-64, batch 64", await names(net, digits, 64, [2, 50]));
  });

  const slow = pinning ? it : long;
  (variant === "scalar" ? slow : it)("cnn-bn-sigmoid with dropout, batch 8", async () => {
    const net = await compiled(preset("cnn-bn-sigmoid", { dropout: 0.3 }), engine);
    expectPinned("cnn-bn-sigmoid with dropout, batch 8", await names(net, digits, 8, [2, 50]));
  });

  slow("cnn-bn-sigmoid with dropout, batch 64", async () => {
    const net = await compiled(preset("cnn-bn-sigmoid", { dropout: 0.3 }), engine);
    const steps = variant === "simd" || wholly ? [2, 50] : [2];
    expectPinned("cnn-bn-sigmoid with dropout, batch 64", await names(net, digits, 64, steps));
  });

  it("cnn-bn-sigmoid, untrained", async () => {
    const net = await compiled(preset("cnn-bn-sigmoid"), engine);
    expectPinned("cnn-bn-sigmoid, untrained", { "after 0 steps": await net.digest() });
  });
});

describe("one run", async () => {
  const engine = await createEngine();
  const data = quarters({ n: 88 });
  const options: FitOptions = { epochs: 3, batchSize: 24, seed: 5 }; // four steps an epoch, the last of 16

  async function run(changes: FitOptions = {}, set = data, on = engine, seed = 1): Promise<string> {
    const net = await compiled(convolution({ seed }), on);
    await net.fit(set, { ...options, ...changes });
    return net.digest();
  }

  it("twice is the same, in a used engine and in a fresh one", async () => {
    const first = await run();
    expect(await run()).toBe(first);
    expect(await run({}, data, await createEngine())).toBe(first);
  });

  it("is another with another seed, of the model or of the run, or without the shuffle", async () => {
    const all = [
      await run(),
      await run({}, data, engine, 2),
      await run({ seed: 6 }),
      await run({ shuffle: false }),
      await run({ seed: 5 + 2 ** 32 }),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  it("is the same by fit, by train, and beside another one on the same engine", async () => {
    const wanted = await run();
    const slow = await compiled(convolution(), engine);
    const other = await compiled(perceptron({ dropout: 0.5 }), engine);
    const others = other.train(blobs(), { epochs: 100, batchSize: 7 });
    for await (const step of slow.train(data, options)) {
      await others.next();
      if (step.globalStep % 3 === 0) await slow.evaluate(data);
    }
    expect(await slow.digest()).toBe(wanted);
  });

  it("is the same in one fit and in a fit an epoch", async () => {
    const net = await compiled(convolution(), engine);
    for (let epoch = 0; epoch < 3; epoch++)
      await net.fit(data, { ...options, initialEpoch: epoch, epochs: epoch + 1 });
    expect(await net.digest()).toBe(await run());
  });
});

describe("a resumed run is the uninterrupted one", async () => {
  const data = quarters({ n: 88 });
  const rates = schedules.cosine({ initialLearningRate: 0.01, decaySteps: 14 });
  const cases = {
    adam: optimizers.adam({ learningRate: rates }),
    adamw: optimizers.adamw({ learningRate: 0.01, weightDecay: 0.1 }),
    rmsprop: optimizers.rmsprop({ learningRate: rates, rho: 0.8 }),
    momentum: optimizers.sgd({ learningRate: 0.05, momentum: 0.9, nesterov: true, clipnorm: 0.5 }),
    sgd: optimizers.sgd({ learningRate: rates }),
  };

  it.each(Object.entries(cases))("%s", async (_, optimizer) => {
    const options: FitOptions = { epochs: 4, batchSize: 24, seed: 3 };
    const net = convolution();
    await net.compile({ ...adam, optimizer });
    const saved: Uint8Array[] = [];
    const keep = async (): Promise<void> => {
      saved.push(await net.save({ optimizer: true }));
    };
    const whole = await net.fit(data, { ...options, callbacks: [{ onEpochEnd: keep }] });
    const wanted = await net.digest();

    for (const [epoch, bytes] of saved.entries()) {
      const again = await load(bytes);
      const rest = await again.fit(data, { ...options, initialEpoch: epoch + 1 });
      expect(await again.digest(), `from epoch ${epoch + 1}`).toBe(wanted);
      expect(rest.loss).toEqual(whole.loss.slice(epoch + 1));
      expect(rest.learningRate).toEqual(whole.learningRate.slice(epoch + 1));
    }
    expect(saved).toHaveLength(4);
  });

  it("and not without the optimizer's state: the control", async () => {
    const options: FitOptions = { epochs: 2, batchSize: 24 };
    const net = convolution();
    await net.compile(adam);
    await net.fit(data, { ...options, epochs: 1 });
    const without = await load(await net.save());
    await net.fit(data, { ...options, initialEpoch: 1 });
    await without.fit(data, { ...options, initialEpoch: 1 });
    expect(await without.digest()).not.toBe(await net.digest());
  });
});

describe("controls: the digest sees", async () => {
  const engine = await createEngine();

  it("the order of two examples in a batch, though the loss hardly does", async () => {
    const options: FitOptions = { batchSize: 64, shuffle: false, epochs: 5 };
    const order = Array.from({ length: 64 }, (_, i) => i);
    // not the first two: their sum is the first, and addition commutes
    const swapped = order.with(20, 40).with(40, 20);
    const [one, two] = [await compiled(preset("softmax"), engine), await compiled(preset("softmax"), engine)];
    const first = await one.fit(subset(digits, order), options);
    const second = await two.fit(subset(digits, swapped), options);
    expect(await two.digest()).not.toBe(await one.digest());
    first.loss.forEach((loss, epoch) => {
      expect(second.loss[epoch]).toBeCloseTo(loss, 4);
    });
  });

  it("the last bit of one weight, before and after training", async () => {
    const [one, two] = [await compiled(perceptron(), engine), await compiled(perceptron(), engine)];
    const weights = two.getWeights();
    const bits = new Uint32Array(weights[0]!.data.buffer);
    bits[3]! ^= 1;
    two.setWeights(weights);
    expect(await two.digest()).not.toBe(await one.digest());
    for (const net of [one, two]) await net.fit(blobs(), { epochs: 2 });
    expect(await two.digest()).not.toBe(await one.digest());
  });

  it("the sign of zero, but not the bits of a NaN", async () => {
    const digest = (...bits: number[]): Promise<string> =>
      digestOf([{ data: new Float32Array(Uint32Array.from(bits).buffer) }]);
    expect(await digest(0x80000000)).not.toBe(await digest(0));
    expect(await digest(0x7fc00000, 1)).toBe(await digest(0xffc00001, 1));
    expect(await digest(0x7fc00000)).not.toBe(await digest(0x7f800000));
  });

  it("bytes in little-endian order: SHA-256 of 1.0 and 2.0 as any tool computes it", async () => {
    const bytes = Uint8Array.of(0, 0, 0x80, 0x3f, 0, 0, 0, 0x40);
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    const hex = Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
    expect(await digestOf([{ data: Float32Array.of(1) }, { data: Float32Array.of(2) }])).toBe(hex);
  });
});

describe("the data", () => {
  it("of the pins is what it was", async () => {
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", take(digits, 100).x.slice()));
    const hex = Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
    expectPinned("digits, first 100 images", { "after 0 steps": hex });
  });
});
