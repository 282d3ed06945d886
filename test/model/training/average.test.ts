/**
 * What a run is judged by and gives away where it averages its weights, estimates its statistics anew, or both: against
 * float64 twins, against the run without it, which must not change, on threads and builds, and where it is cut short.
 */

import { describe, expect, it } from "vitest";
import { createEngine, type Engine } from "../../../src/autograd/engine.ts";
import { lerp_f32 } from "../../../src/kernels/abi.generated.ts";
import { layers } from "../../../src/layers/index.ts";
import { streamOf } from "../../../src/math/streams.ts";
import type { Metric } from "../../../src/metrics/index.ts";
import {
  type Callback,
  type CompileOptions,
  callbacks,
  type FitOptions,
  type History,
  input,
  load,
  type Model,
  model,
  sequential,
} from "../../../src/model/index.ts";
import type { NamedWeight } from "../../../src/model/network/parameters.ts";
import { WeightAverage } from "../../../src/model/training/run/averages.ts";
import { randomPermutation } from "../../../src/ops/random.ts";
import { failure } from "../../data/failure.ts";
import { long } from "../../long.ts";
import type { Array64 } from "../../reference/array64.ts";
import { bitsOf, distance } from "../../reference/comparison/closeness.ts";
import { batchNormalization, channelStatistics, type Statistics } from "../../reference/normalization.ts";
import { uniformAt } from "../../reference/random.ts";
import { movingAverage, pooledStatistics } from "../../reference/training/average.ts";
import { blobs, convolution, quarters, stepsOf } from "../examples.ts";

const engine = await createEngine({ threads: 1 });
const data = quarters({ n: 56 }); // 3 steps of 24, 24 and 8
const held = quarters({ n: 20, seed: 2 });
const plan: FitOptions = { epochs: 3, batchSize: 24, seed: 11 };
const judged: FitOptions = { ...plan, validationData: held };

async function begin(net = convolution(), on: Engine = engine, options: Partial<CompileOptions> = {}) {
  const loss = "sparseCategoricalCrossentropy";
  await net.compile({ optimizer: "adam", loss, metrics: ["accuracy"], engine: on, ...options });
  return net;
}

const isStatistic = ({ name }: NamedWeight): boolean => name.includes("/moving_");
const bits = (weights: readonly NamedWeight[]): Uint32Array[] => weights.map((w) => bitsOf(w.data));

/** Keeps the weights as they are after each step, and at each epoch's end. */
function witness() {
  const steps: NamedWeight[][] = [];
  const epochs: NamedWeight[][] = [];
  const callback: Callback = {
    onTrainBegin: (run) => void steps.push(run.model.getWeights()),
    onStepEnd: (_, run) => void steps.push(run.model.getWeights()),
    onEpochEnd: (_, __, run) => void epochs.push(run.model.getWeights()),
  };
  return { steps, epochs, callback };
}

describe("lerp_f32", () => {
  const scalar = createEngine({ variant: "scalar" });
  const simd = createEngine({ variant: "simd" });
  it.each([1, 3, 4, 17, 131])(
    "%i numbers: the float64 twin, the same bits in both variants",
    async (size) => {
      for (const share of [1, 0.9, 0.1, 0.001]) {
        const draw = (stream: number): Float32Array =>
          Float32Array.from({ length: size }, (_, i) => 2 * uniformAt({ seed: 3, stream, step: 0 }, i) - 1);
        const [before, x] = [draw(0), draw(1)];
        const [a, b] = [await scalar, await simd].map((on) => {
          const [mean, values] = [on.variable(before), on.variable(x)];
          on.allocator.kernels.run(lerp_f32, { mean: mean.pointer, x: values.pointer, n: size, share });
          return Float32Array.from(mean.data);
        });
        const wanted = Float64Array.from(before, (value, i) => (1 - share) * value + share * x[i]!);
        expect(distance(a!, wanted)).toBeLessThan(1e-6);
        expect(bitsOf(a!)).toEqual(bitsOf(b!));
      }
    },
  );

  it("leaves what does not move exactly where it is", async () => {
    const on = await simd;
    const values = Float32Array.from({ length: 64 }, (_, i) => Math.fround(0.1 * i));
    const [mean, x] = [on.variable(values), on.variable(values)];
    for (let i = 0; i < 50; i++)
      on.allocator.kernels.run(lerp_f32, { mean: mean.pointer, x: x.pointer, n: 64, share: 0.37 });
    expect(bitsOf(mean.data)).toEqual(bitsOf(values));
  });
});

describe("ema", () => {
  it.each([0.5, 0.95])("%f is the moving average of weights and moving statistics", async (ema) => {
    const net = await begin();
    const { steps, epochs, callback } = witness();
    await net.fit(data, { ...plan, ema, callbacks: [callback] });
    epochs.forEach((weights, epoch) => {
      weights.forEach(({ name, data: got }, i) => {
        const own = steps.slice(0, 3 * (epoch + 1) + 1).map((all) => all[i]!.data);
        expect(distance(got, movingAverage(own, ema)), name).toBeLessThan(1e-6);
        expect(bitsOf(got), name).not.toEqual(bitsOf(own.at(-1)!));
      });
    });
    expect(bits(net.getWeights())).toEqual(bits(epochs.at(-1)!));
  });

  it("forgets the initial weights", () => {
    const weights = engine.variable([1000, -1000]);
    const average = new WeightAverage({ flat: [[weights]] }, 0.9999);
    weights.assign([1, 2]);
    for (let step = 0; step < 50; step++) average.update();
    average.putIn();
    expect(distance(weights.data, [1, 2])).toBeLessThan(1e-6);
    average.release();
  });

  it("leaves frozen weights exactly as they are", async () => {
    const net = convolution();
    net.getLayer("conv2d").trainable = false;
    net.getLayer("batch_normalization").trainable = false;
    await begin(net);
    const before = net.getWeights();
    await net.fit(data, { ...plan, ema: 0.9 });
    expect(bits(net.getWeights().slice(0, 6))).toEqual(bits(before.slice(0, 6)));
    expect(bits(net.getWeights())).not.toEqual(bits(before));
  });

  long("is in memory(), and gives its memory back", async () => {
    const net = convolution();
    const { average, total, parameters } = net.memory({ ema: 0.9 });
    expect(average).toBe(parameters);
    expect(total).toBe(net.memory().total + average);
    const on = await createEngine({ threads: 1 });
    await begin(net, on);
    const train = () => net.fit(data, { ...plan, ema: 0.9 });
    for (let i = 0; i < 3; i++) await train();
    const taken = on.info.memoryBytes;
    for (let i = 0; i < 200; i++) await train();
    expect(on.info.memoryBytes).toBe(taken);
  });
});

/** What the layers before batch normalisation make of these rows, in float64: x · kernel + bias. */
function dense(x: ArrayLike<number>, rows: readonly number[], kernel: Float32Array, bias: Float32Array) {
  const [inputs, units] = [kernel.length / bias.length, bias.length];
  const values = rows.flatMap((row) =>
    Array.from(bias, (b, u) => {
      let sum = b;
      for (let i = 0; i < inputs; i++) sum += x[row * inputs + i]! * kernel[i * units + u]!;
      return sum;
    }),
  );
  return { data: Float64Array.from(values), shape: [rows.length, units] };
}

type Four = [Array64, Array64, Array64, Array64];
const vector = (data: Float32Array): Array64 => ({ data: Float64Array.from(data), shape: [data.length] });

describe("recalibrate", () => {
  /** Dropout before the statistics: they must be those of inference. */
  const network = (): Model =>
    sequential(
      [
        layers.dropout({ rate: 0.5 }),
        layers.dense({ units: 5 }),
        layers.batchNormalization(),
        layers.dense({ units: 3, activation: "softmax" }),
      ],
      { inputShape: [6], seed: 3 },
    );
  const set = blobs({ n: 56 });

  function orderOf(epoch: number): number[] {
    const draw = { seed: 11, stream: streamOf("shuffle"), step: epoch };
    return Array.from(engine.step(() => randomPermutation(engine.allocator, 56, draw).data));
  }

  for (const [name, extra] of [
    ["alone", {}],
    ["for averaged weights", { ema: 0.8 }],
    ["without shuffle, of shuffled batches", { shuffle: false }],
  ] as const)
    it.each([1, 2, 3, 50])(`${name}: over %i batches the population's statistics`, async (batches) => {
      const net = await begin(network());
      await net.fit(set, { ...plan, ...extra, recalibrate: batches });
      const [kernel, bias, , , mean, variance] = net.getWeights().map(({ data }) => data);
      const order = orderOf(2).slice(0, 24 * batches);
      const parts = [order.slice(0, 24), order.slice(24, 48), order.slice(48)].filter((p) => p.length > 0);
      const each = parts.map((rows): Statistics & { n: number } => ({
        ...channelStatistics(dense(set.x, rows, kernel!, bias!)),
        n: rows.length,
      }));
      const wanted = pooledStatistics(each);
      expect(distance(mean!, wanted.mean)).toBeLessThan(1e-6);
      expect(distance(variance!, wanted.variance)).toBeLessThan(1e-6);
      // which are those of all their examples at once
      const whole = channelStatistics(dense(set.x, order, kernel!, bias!));
      expect(distance(mean!, whole.mean)).toBeLessThan(1e-6);
      expect(distance(variance!, whole.variance)).toBeLessThan(1e-6);
    });

  it("of a layer applied twice: the population of both places", async () => {
    const [x, norm] = [input({ shape: [6] }), layers.batchNormalization({ name: "norm" })];
    const twice = norm.apply(layers.dense({ units: 6, name: "between" }).apply(norm.apply(x)));
    const net = await begin(
      model({ inputs: x, outputs: layers.dense({ units: 3, activation: "softmax" }).apply(twice) }),
    );
    await net.fit(set, { ...plan, recalibrate: 3 });
    const of = (name: string) => net.getWeights().find((weight) => weight.name === name)!.data;
    const [gamma, beta] = [of("norm/gamma"), of("norm/beta")];
    const order = orderOf(2);
    const each = [order.slice(0, 24), order.slice(24, 48), order.slice(48)].flatMap((rows) => {
      const first = { data: Float64Array.from(rows.flatMap((r) => [...set.x.subarray(6 * r, 6 * r + 6)])) };
      const batch = { ...first, shape: [rows.length, 6] };
      const own = channelStatistics(batch);
      const y = batchNormalization(batch, ...([gamma, beta, gamma, beta].map(vector) as Four), {
        training: true,
      });
      const between = dense(y.data, [...rows.keys()], of("between/kernel"), of("between/bias"));
      return [own, channelStatistics(between)].map((statistics) => ({ ...statistics, n: rows.length }));
    });
    const wanted = pooledStatistics(each);
    expect(distance(of("norm/moving_mean"), wanted.mean)).toBeLessThan(1e-5);
    expect(distance(of("norm/moving_variance"), wanted.variance)).toBeLessThan(1e-5);
  });

  it("changes no weight and no step of the run, only the statistics that it gives away", async () => {
    const [plain, net] = [await begin(), await begin()];
    const [a, b] = [witness(), witness()];
    const wanted = await stepsOf(plain, data, { ...plan, callbacks: [a.callback] });
    const steps = await stepsOf(net, data, { ...plan, recalibrate: 2, callbacks: [b.callback] });
    const bare = (list: typeof steps): object[] => list.map(({ epochLogs: _, ...logs }) => logs);
    expect(bare(steps)).toEqual(bare(wanted));
    expect(b.steps.map(bits)).toEqual(a.steps.map(bits)); // the moving statistics of the run among them
    const [own, given] = [plain.getWeights(), net.getWeights()];
    const learned = (list: NamedWeight[]) => bits(list.filter((weight) => !isStatistic(weight)));
    expect(learned(given)).toEqual(learned(own));
    expect(bits(given.filter(isStatistic))).not.toEqual(bits(own.filter(isStatistic)));
  });

  it("is asked for by a callback as well", async () => {
    const digest = async (options: FitOptions): Promise<string> => {
      const net = await begin();
      await net.fit(data, { ...plan, ...options });
      return net.digest();
    };
    const wanted = await digest({ recalibrate: 2 });
    expect(await digest({ callbacks: [callbacks.recalibrate({ batches: 2 })] })).toBe(wanted);
    expect(await digest({})).not.toBe(wanted);
    await failure(() => callbacks.recalibrate({ batches: 0 }), "INVALID_ARGUMENT");
  });

  it("leaves frozen statistics alone, and refuses where all are", async () => {
    const net = convolution();
    net.getLayer("batch_normalization").trainable = false;
    await begin(net);
    const message = await failure(() => net.fit(data, { recalibrate: 3 }), "INVALID_ARGUMENT");
    expect(message).toBe(
      "fit: recalibrate is 3 but the network has no batch normalisation that is not frozen; leave recalibrate out, or add layers.batchNormalization()",
    );
    const two = sequential(
      [
        layers.batchNormalization({ trainable: false }),
        layers.dense({ units: 3 }),
        layers.batchNormalization(),
        layers.activation("softmax"),
      ],
      { inputShape: [6] },
    );
    await begin(two);
    const before = two.getWeights();
    await two.fit(set, { recalibrate: 3 });
    const frozen = (list: NamedWeight[]) => bits(list.slice(0, 4));
    expect(frozen(two.getWeights())).toEqual(frozen(before));
  });
});

describe.each([
  ["ema", { ema: 0.9 }],
  ["recalibrate", { recalibrate: 2 }],
  ["both", { ema: 0.9, recalibrate: 2 }],
] as const)("%s", (_, extra) => {
  it("the history has both curves; the model at the end is the one that was judged", async () => {
    const [plain, net] = [await begin(), await begin()];
    const wanted = await plain.fit(data, judged);
    const history: History = await net.fit(data, { ...judged, ...extra });
    for (const name of ["loss", "accuracy"]) {
      expect(history[name]).toEqual(wanted[name]);
      expect(history[`raw_val_${name}`]).toEqual(wanted[`val_${name}`]);
    }
    expect(history.val_loss).not.toEqual(wanted.val_loss);
    const { loss, accuracy } = await net.evaluate(held, { batchSize: 24 });
    expect([loss, accuracy]).toEqual([history.val_loss!.at(-1), history.val_accuracy!.at(-1)]);
    expect(await (await load(await net.save(), { engine })).evaluate(held, { batchSize: 24 })).toEqual({
      loss,
      accuracy,
    });
  });

  it("early stopping watches and restores what was judged", async () => {
    const net = await begin();
    const worse = { ...held, y: held.y.map((label, i) => (i % 3 === 0 ? label : (label + 1) % 4)) };
    const stop = callbacks.earlyStopping({ patience: 2 });
    const options = { ...plan, ...extra, epochs: 9, validationData: worse, callbacks: [stop] };
    const history = await net.fit(data, options);
    const { loss } = await net.evaluate(worse, { batchSize: 24 });
    expect(loss).toBe(stop.best);
    expect(loss).toBe(Math.min(...history.val_loss!));
    const raw = callbacks.earlyStopping({ monitor: "raw_val_accuracy" }); // the way is known by the name
    await (await begin()).fit(data, { ...judged, ...extra, callbacks: [raw] });
    expect(raw.best).toBeGreaterThan(0);
  });

  it("the same bits on 1, 2 and 3 threads, scalar and simd", async () => {
    const digests = new Set<string>();
    for (const variant of ["scalar", "simd"] as const)
      for (const threads of [1, 2, 3]) {
        const on = await createEngine({ variant, threads });
        const net = await begin(convolution(), on);
        await net.fit(data, { ...judged, ...extra });
        digests.add(await net.digest());
        on.dispose();
      }
    expect(digests.size).toBe(1);
  });

  it("an abort at any moment of the judgement leaves the run's own weights, and it goes on", async () => {
    const whole = await begin();
    const wanted = await whole.fit(data, { ...judged, ...extra });
    // the signal is asked at each of three steps, of the batch of each judgement, and of each batch walked
    const within = 3 + 2 + ("recalibrate" in extra ? extra.recalibrate : 0);
    for (let most = 3; most < within; most++) {
      let asked = 0;
      const signal = {
        get aborted() {
          return asked++ >= most;
        },
      } as AbortSignal;
      const net = await begin();
      const { steps, callback } = witness();
      await failure(() => net.fit(data, { ...judged, ...extra, signal, callbacks: [callback] }), "ABORTED");
      expect(steps).toHaveLength(4);
      expect(bits(net.getWeights())).toEqual(bits(steps.at(-1)!));
      const again = await load(await net.save({ optimizer: true }), { engine });
      const history = await again.fit(data, { validationData: held, resume: true });
      expect(history.val_loss).toEqual(wanted.val_loss);
      expect(await again.digest()).toBe(await whole.digest());
    }
  });

  it.each([
    ["its own", 3],
    ["what is put in", 4],
  ])("an error while %s is judged leaves the run's own weights", async (_, broken) => {
    let states = 0; // the run's, its batches', then one for each judgement
    const fragile: Metric = {
      name: "fragile",
      config: {},
      create: () => {
        const state = ++states;
        const update = (): void => {
          if (state === broken) throw new Error("broken");
        };
        return { update, result: () => 0, reset: () => {} };
      },
    };
    const net = await begin(convolution(), engine, { metrics: [fragile] });
    const { steps, callback } = witness();
    await expect(net.fit(data, { ...judged, ...extra, callbacks: [callback] })).rejects.toThrow("broken");
    expect(steps).toHaveLength(4);
    expect(bits(net.getWeights())).toEqual(bits(steps.at(-1)!));
  });

  it("keeps what it began with when it is resumed, and refuses anything else", async () => {
    const net = await begin();
    for await (const { globalStep } of net.train(data, { ...judged, ...extra })) if (globalStep === 3) break;
    for (const other of [{ ema: 0.5 }, { recalibrate: 7 }]) {
      const options = { resume: true, ...other };
      const message = await failure(() => net.fit(data, options), "INVALID_ARGUMENT");
      expect(message).toMatch(
        /^fit: resume: the run began with (ema|recalibrate) [\d.]+ but [\d.]+ is given/,
      );
    }
  });
});
