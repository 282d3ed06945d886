/** Ten steps of each optimizer as Keras 3 does them in float64; accumulated gradients, rates by layer, runs that go on. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import * as layers from "../../src/layers/kinds.ts";
import { load } from "../../src/model/load.ts";
import type { Model } from "../../src/model/model.ts";
import { sequential } from "../../src/model/sequential.ts";
import { type Optimizer, optimizers } from "../../src/optimizers/index.ts";
import { OptimizerState } from "../../src/optimizers/optimizerState.ts";
import { optimizerFromConfig } from "../../src/optimizers/saved/restore.ts";
import { failure } from "../data/failure.ts";
import { bitsOf, distance } from "../reference/comparison/closeness.ts";
import { type Recorded, readFixture } from "../reference/comparison/fixtures.ts";

type Name = keyof typeof optimizers;

interface Case {
  readonly name: Name;
  readonly attrs: object;
  readonly initial: Recorded;
  readonly gradients: Recorded[];
  readonly parameters: Recorded[];
}

const engines = {
  scalar: await createEngine({ variant: "scalar" }),
  simd: await createEngine({ variant: "simd" }),
};
const variants = ["scalar", "simd"] as const;
const { optimizers: cases } = readFixture<{ optimizers: Case[] }>("training");
const make = (name: Name, attrs: object): Optimizer => (optimizers[name] as (o: object) => Optimizer)(attrs);

/** The parameters after each step, `copies` times side by side, so that whole vectors and rests are met. */
function trajectory(
  variant: "scalar" | "simd",
  optimizer: Optimizer,
  each: Case,
  copies = 1,
): Float32Array[] {
  const engine = engines[variant];
  const wide = (numbers: readonly number[]): Float32Array =>
    Float32Array.from({ length: copies * numbers.length }, (_, i) => numbers[i % numbers.length]!);
  const size = each.initial.data.length * copies;
  const w = engine.variable(wide(each.initial.data), [size]);
  const g = engine.variable(new Float32Array(size), [size]);
  const state = new OptimizerState(optimizer, [w]);
  return each.gradients.map(({ data }) => {
    g.assign(wide(data));
    state.apply([g]);
    return Float32Array.from(w.data);
  });
}

describe.each(cases.map((each): [string, Case] => [`${each.name} ${JSON.stringify(each.attrs)}`, each]))(
  "%s",
  (_, each) => {
    it.each(variants)("goes Keras's way by %s kernels", (variant) => {
      const found = trajectory(variant, make(each.name, each.attrs), each);
      each.parameters.forEach(({ data }, step) => {
        expect(distance(found[step]!, data), `step ${step}`).toBeLessThan(3e-6);
      });
    });

    it("gives the same bits in both builds, for vectors and for rests", () => {
      const optimizer = make(each.name, each.attrs);
      const [scalar, simd] = variants.map((variant) => trajectory(variant, optimizer, each, 3));
      simd!.forEach((numbers, step) => {
        expect(bitsOf(numbers)).toEqual(bitsOf(scalar![step]!));
      });
    });

    it("is the same again from its saved form", async () => {
      const { type, config, schedule } = make(each.name, each.attrs);
      const text = JSON.stringify({
        type,
        config,
        schedule: { type: schedule.type, config: schedule.config },
      });
      const again = await optimizerFromConfig(JSON.parse(text));
      expect(again.slots).toEqual(make(each.name, each.attrs).slots);
      expect(trajectory("simd", again, each)).toEqual(trajectory("simd", make(each.name, each.attrs), each));
    });
  },
);

const count = 40;
const data = {
  x: Float32Array.from({ length: count * 3 }, (_, i) => ((i * 2654435761) >>> 24) / 255),
  y: Float32Array.from({ length: count * 2 }, (_, i) => ((i * 40503) & 255) / 255),
  shape: [count, 3],
};

async function network(optimizer: Optimizer | string): Promise<Model> {
  const net = sequential(
    [layers.dense({ units: 5, activation: "tanh", name: "first" }), layers.dense({ units: 2, name: "last" })],
    { inputShape: [3], seed: 4 },
  );
  await net.compile({ optimizer, loss: "meanSquaredError", engine: engines.simd });
  return net;
}

const weights = (net: Model): Float32Array[] => net.getWeights().map((weight) => weight.data);

describe("gradients of several steps", () => {
  it("make one update of their average: as one batch of all of them", async () => {
    const fit = { epochs: 3, shuffle: false };
    const whole = await network(optimizers.sgd({ learningRate: 0.3 }));
    await whole.fit(data, { ...fit, batchSize: 20 });
    const parts = await network(optimizers.sgd({ learningRate: 0.3, gradientAccumulationSteps: 4 }));
    await parts.fit(data, { ...fit, batchSize: 5 });
    weights(whole).forEach((w, i) => {
      expect(distance(weights(parts)[i]!, w)).toBeLessThan(2e-6);
    });
  });

  it("keep the weights until there are enough", async () => {
    const net = await network(optimizers.adam({ gradientAccumulationSteps: 9 }));
    const before = weights(net);
    await net.fit(data, { batchSize: 5 });
    expect(weights(net)).toEqual(before);
    await net.fit(data, { batchSize: 40 });
    expect(weights(net)).not.toEqual(before);
  });
});

describe("rates by layer", () => {
  it("multiply the steps of a layer, or of one of its weights", async () => {
    const start = weights(await network("sgd"));
    const moves = async (learningRateMultipliers?: Record<string, number>): Promise<Float32Array[]> => {
      const net = await network(
        optimizers.sgd({ learningRate: 0.1, ...(learningRateMultipliers && { learningRateMultipliers }) }),
      );
      await net.fit(data, { batchSize: count });
      return weights(net).map((w, i) => w.map((value, j) => value - start[i]![j]!));
    };
    const plain = await moves();
    const scaled = await moves({ first: 0, "last/kernel": 3 });
    expect(scaled[0]!.every((v) => v === 0) && scaled[1]!.every((v) => v === 0)).toBe(true);
    expect(
      distance(
        scaled[2]!,
        plain[2]!.map((v) => 3 * v),
      ),
    ).toBeLessThan(1e-5);
    expect(scaled[3]).toEqual(plain[3]);
    expect(await moves({ first: 1, last: 1 })).toEqual(plain);
  });

  it.each<[Record<string, unknown>, RegExp]>([
    [
      { middle: 2 },
      /^compile: learningRateMultipliers: "middle" is no layer or weight; there are first, last$/,
    ],
    [{ first: -1 }, /^compile: learningRateMultipliers: first is -1; pass a number from 0$/],
  ])("refuse %j", async (given, wanted) => {
    const optimizer = optimizers.adam({ learningRateMultipliers: given as Record<string, number> });
    expect(await failure(() => network(optimizer), "INVALID_ARGUMENT")).toMatch(wanted);
  });
});

describe("a run that goes on after it was saved within an epoch", () => {
  it.each<[string, Optimizer]>([
    ["adagrad", optimizers.adagrad({ learningRate: 0.1 })],
    ["adadelta", optimizers.adadelta({ learningRate: 1 })],
    ["adamax", optimizers.adamax()],
    ["nadam", optimizers.nadam()],
    ["lion", optimizers.lion()],
    ["amsgrad", optimizers.adamw({ amsgrad: true })],
    ["centered rmsprop", optimizers.rmsprop({ centered: true, momentum: 0.5 })],
    [
      "accumulation and rates",
      optimizers.adam({ gradientAccumulationSteps: 3, learningRateMultipliers: { first: 0.5 } }),
    ],
  ])("has the bits of one that did not stop: %s", async (_, optimizer) => {
    const fit = { epochs: 3, batchSize: 8, seed: 2 };
    const whole = await network(optimizer);
    await whole.fit(data, fit);
    const stopped = await network(optimizer);
    let steps = 0;
    for await (const _step of stopped.train(data, fit)) if (++steps === 7) break;
    const again = await load(await stopped.save({ optimizer: true }), { engine: engines.simd });
    await again.fit(data, { ...fit, resume: true });
    expect(weights(again).map((w) => [...bitsOf(w)])).toEqual(weights(whole).map((w) => [...bitsOf(w)]));
  });
});

it("names all optimizers where one is unknown, and takes them by name", async () => {
  expect(await failure(() => network("adamm"), "INVALID_ARGUMENT")).toMatch(
    /^optimizer: "adamm" is unknown; did you mean adam\? There are sgd, rmsprop, adam, adamw, adagrad, adadelta, adamax, nadam, lion/,
  );
  for (const name of Object.keys(optimizers)) await network(name);
});
