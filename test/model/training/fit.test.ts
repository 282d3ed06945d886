/** What `fit` counts and in which order: the history, the batches, validation, weights of examples. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../../src/autograd/engine.ts";
import { type Dataset, oneHot } from "../../../src/data/dataset.ts";
import { subset, take } from "../../../src/data/selection.ts";
import { layers } from "../../../src/layers/index.ts";
import { Random } from "../../../src/math/philox.ts";
import { streamOf } from "../../../src/math/streams.ts";
import { metrics } from "../../../src/metrics/index.ts";
import {
  type CompileOptions,
  type FitOptions,
  type Model,
  sequential,
  type TrainStep,
} from "../../../src/model/index.ts";
import { optimizers } from "../../../src/optimizers/index.ts";
import { schedules } from "../../../src/optimizers/schedules/index.ts";
import { blobs, convolution, lossesOf, mean, perceptron, quarters, rows, stepsOf, sum } from "../examples.ts";

const engine = await createEngine();
const sparse = { loss: "sparseCategoricalCrossentropy" } as const;
const still = optimizers.sgd({ learningRate: 0 });

async function compiled(net: Model, options: Partial<CompileOptions> = {}): Promise<Model> {
  await net.compile({ optimizer: optimizers.adam(), ...sparse, engine, ...options });
  return net;
}

describe("history", () => {
  it("has a number an epoch for every log, and nothing else", async () => {
    const net = await compiled(perceptron(), {
      metrics: ["accuracy", metrics.topK({ k: 2 }), metrics.f1({ average: "class" })],
      optimizer: optimizers.sgd({
        learningRate: schedules.inverseTime({ initialLearningRate: 0.1, decaySteps: 1, decayRate: 1 }),
      }),
    });
    const history = await net.fit(blobs(), {
      epochs: 3,
      batchSize: 40,
      validationData: blobs({ n: 30, seed: 2 }),
    });
    const scores = ["loss", "accuracy", "top2Accuracy", "f1", "f1_0", "f1_1", "f1_2"];
    const wanted = [...scores, ...scores.map((name) => `val_${name}`), "seconds", "learningRate"];
    expect(Object.keys(history).sort()).toEqual(wanted.sort());
    for (const values of Object.values(history)) {
      expect(values).toHaveLength(3);
      expect(values.every(Number.isFinite)).toBe(true);
    }
    expect(history.seconds.every((seconds) => seconds > 0 && seconds < 60)).toBe(true);
    // three steps an epoch; the rate is that of the epoch's last
    expect(history.learningRate).toEqual([2, 5, 8].map((step) => 0.1 / (1 + step)));
  });

  it("is empty after no epochs, and the weights are as they were", async () => {
    const net = await compiled(perceptron());
    const before = await net.digest();
    expect(await net.fit(blobs(), { epochs: 0 })).toEqual({ loss: [], seconds: [], learningRate: [] });
    expect((await net.fit(blobs(), { epochs: 2, initialEpoch: 2 })).loss).toEqual([]);
    expect(await net.digest()).toBe(before);
  });

  it("holds the mean over the examples, whatever the sizes of the steps", async () => {
    const net = await compiled(perceptron());
    const steps = await stepsOf(net, blobs({ n: 50 }), { epochs: 2, batchSize: 20, seed: 4 });
    const history = await (await compiled(perceptron())).fit(blobs({ n: 50 }), {
      epochs: 2,
      batchSize: 20,
      seed: 4,
    });
    const sizes = steps.map(({ batchSize }) => batchSize);
    expect(sizes).toEqual([20, 20, 10, 20, 20, 10]);
    [0, 3].forEach((from, epoch) => {
      const wanted = sum(steps.slice(from, from + 3).map(({ loss, batchSize }) => loss * batchSize)) / 50;
      expect(history.loss[epoch]).toBeCloseTo(wanted, 12);
    });
  });

  const penalized = (): Model =>
    sequential(
      [
        layers.dense({ units: 8, activation: "tanh", kernelRegularizer: "l2" }),
        layers.dense({ units: 3, activation: "softmax" }),
      ],
      { inputShape: [6], seed: 2 },
    );
  const uneven = blobs({ n: 70, spread: 1.5 });
  const sampleWeight = Float32Array.from({ length: 70 }, (_, i) => (i % 7) / 3);
  const classWeight = { 0: 2, 1: 0.25 };

  // 70 examples in steps of 32, 32 and 6: the last one decides whether it is a mean over examples
  it.each<[string, () => Model, Pick<FitOptions, "sampleWeight" | "classWeight">]>([
    ["alone", () => perceptron(), {}],
    ["with penalties", penalized, {}],
    ["with weights of examples", () => perceptron(), { sampleWeight }],
    ["with weights of classes", () => perceptron(), { classWeight }],
    ["with penalties and both weights", penalized, { sampleWeight, classWeight }],
  ])("of a model that stands still is evaluate's loss, %s", async (_, make, weights) => {
    const net = await compiled(make(), { optimizer: still, metrics: ["accuracy"] });
    const history = await net.fit(uneven, { ...weights, batchSize: 32, seed: 3 });
    for (const batchSize of [32, 70, 9]) {
      const { loss, accuracy } = await net.evaluate(uneven, { ...weights, batchSize });
      expect(Math.abs(history.loss[0]! / loss - 1)).toBeLessThan(1e-6);
      expect(history.accuracy![0]).toBeCloseTo(accuracy!, 12);
    }
  });

  it("is the metric of the same name: meanSquaredError as loss and as metric", async () => {
    const net = await compiled(sequential([layers.dense({ units: 1 })], { inputShape: [6], seed: 1 }), {
      loss: "meanSquaredError",
      optimizer: optimizers.sgd({ learningRate: 0.01 }),
      metrics: ["meanSquaredError"],
    });
    const data: Dataset = { ...uneven, y: Float32Array.from(uneven.y) };
    const { loss, meanSquaredError } = await net.fit(data, {
      epochs: 3,
      batchSize: 32,
      validationSplit: 0.1,
    });
    loss.forEach((value, epoch) => {
      expect(Math.abs(value / meanSquaredError![epoch]! - 1)).toBeLessThan(1e-6);
    });
  });

  it("of an epoch that a callback ends early is the mean over the examples it had", async () => {
    const net = await compiled(perceptron());
    const losses: number[] = [];
    const history = await net.fit(uneven, {
      batchSize: 32,
      callbacks: [
        {
          onStepEnd({ loss, step }, run) {
            losses.push(loss);
            if (step === 1) run.stop();
          },
        },
      ],
    });
    expect(history.loss[0]).toBeCloseTo(mean(losses), 12);
  });

  it("of a model that stands still says what evaluate says", async () => {
    const net = await compiled(perceptron(), { optimizer: still, metrics: ["accuracy"] });
    const data = blobs({ n: 90, spread: 1 });
    const history = await net.fit(data, { batchSize: 30, validationData: data });
    const { loss, accuracy } = await net.evaluate(data, { batchSize: 30 });
    expect(history.loss[0]).toBeCloseTo(loss, 6);
    expect(history.accuracy).toEqual([accuracy]);
    expect(history.val_loss![0]).toBeCloseTo(loss, 6);
    expect(history.val_accuracy).toEqual([accuracy]);
    expect(loss).toBeCloseTo(mean(await lossesOf(net, data)), 5);
    expect((await net.evaluate(data, { batchSize: 7 })).loss).toBeCloseTo(loss, 6);
  });

  it("adds penalties to the loss, in training and evaluation", async () => {
    const net = sequential(
      [
        layers.dense({
          units: 3,
          activation: "softmax",
          kernelRegularizer: { type: "l1l2", config: { l1: 0.1, l2: 0.2 } },
        }),
      ],
      { inputShape: [6] },
    );
    await compiled(net, { optimizer: still });
    const kernel = [...net.getWeights()[0]!.data];
    const penalty = 0.1 * sum(kernel.map(Math.abs)) + 0.2 * sum(kernel.map((w) => w * w));
    const wanted = mean(await lossesOf(net, blobs())) + penalty;
    expect((await net.fit(blobs(), { batchSize: 96 })).loss[0]).toBeCloseTo(wanted, 5);
    expect((await net.evaluate(blobs())).loss).toBeCloseTo(wanted, 5);
  });
});

describe("step logs", () => {
  it("tell the batch's own loss and metrics, and as running_… those of the epoch so far", async () => {
    const net = await compiled(perceptron(), { optimizer: still, metrics: ["accuracy", "f1"] });
    const data = blobs({ n: 50, spread: 2 });
    const p = (await net.predict(data)).data;
    const losses = await lossesOf(net, data);
    const right = rows(0, 50).map((i) => {
      const row = [...p.subarray(3 * i, 3 * i + 3)];
      return row.indexOf(Math.max(...row)) === data.y[i] ? 1 : 0;
    });
    const steps = await stepsOf(net, data, { batchSize: 20, shuffle: false, epochs: 2 });
    for (const log of steps) {
      const [from, to] = [20 * log.step, Math.min(50, 20 * log.step + 20)];
      expect(log.loss).toBeCloseTo(mean(losses.slice(from, to)), 5);
      expect(log.accuracy).toBe(mean(right.slice(from, to)));
      expect(log.running_loss).toBeCloseTo(mean(losses.slice(0, to)), 5);
      expect(log.running_accuracy).toBe(mean(right.slice(0, to)));
      // what the batch's rows alone score
      const alone = metrics.f1().create();
      alone.update(
        { data: p.subarray(3 * from, 3 * to), rows: to - from, columns: 3 },
        { labels: data.y.subarray(from, to) },
      );
      expect(log.f1).toBe(alone.result());
    }
    expect(new Set(steps.slice(0, 3).map(({ accuracy }) => accuracy)).size).toBeGreaterThan(1);
    expect(steps[2]!.epochLogs).toMatchObject({
      loss: steps[2]!.running_loss,
      accuracy: steps[2]!.running_accuracy,
      f1: steps[2]!.running_f1,
    });
    // no cliff where an epoch begins: the same batches, the same values
    expect(steps.slice(3).map(({ accuracy, loss }) => [accuracy, loss])).toEqual(
      steps.slice(0, 3).map(({ accuracy, loss }) => [accuracy, loss]),
    );
  });
});

describe("batches", () => {
  it("take what is left in the last step, and all where batchSize is larger than the set", async () => {
    const sizes = async (n: number, batchSize: number): Promise<number[]> =>
      (await stepsOf(await compiled(perceptron()), blobs({ n }), { batchSize })).map(
        (step) => step.batchSize,
      );
    expect(await sizes(50, 20)).toEqual([20, 20, 10]);
    expect(await sizes(60, 20)).toEqual([20, 20, 20]);
    expect(await sizes(7, 100)).toEqual([7]);
    expect(await sizes(1, 1)).toEqual([1]);
    expect(await sizes(33, 32)).toEqual([32, 1]);
  });

  it("come in the set's order with shuffle: false, else in that of (seed, epoch)", async () => {
    const data = blobs({ n: 50, spread: 2 });
    const net = await compiled(perceptron(), { optimizer: still });
    const losses = await lossesOf(net, data);
    const plain = await stepsOf(net, data, { batchSize: 15, shuffle: false, epochs: 2 });
    const shuffled = await stepsOf(net, data, { batchSize: 15, seed: 9, epochs: 2 });
    for (const epoch of [0, 1]) {
      const order = new Random(9, streamOf("shuffle"), epoch).permutation(50);
      [0, 1, 2, 3].forEach((step) => {
        const some = rows(15 * step, Math.min(50, 15 * step + 15));
        const at = 4 * epoch + step;
        expect(plain[at]!.loss).toBeCloseTo(mean(some.map((row) => losses[row]!)), 5);
        expect(shuffled[at]!.loss).toBeCloseTo(mean(some.map((i) => losses[order[i]!]!)), 5);
      });
    }
    expect(shuffled.map((s) => s.loss).slice(0, 4)).not.toEqual(shuffled.map((s) => s.loss).slice(4));
  });

  it("are numbered in their epoch and over the run, and the last brings the epoch's logs", async () => {
    const net = await compiled(perceptron(), { metrics: ["accuracy"] });
    const run = net.train(blobs({ n: 50 }), { epochs: 2, batchSize: 20 });
    const steps: TrainStep[] = [];
    let next = await run.next();
    for (; !next.done; next = await run.next()) steps.push(next.value);
    expect(steps.map(({ epoch, step, globalStep }) => [epoch, step, globalStep])).toEqual([
      [0, 0, 0],
      [0, 1, 1],
      [0, 2, 2],
      [1, 0, 3],
      [1, 1, 4],
      [1, 2, 5],
    ]);
    expect(steps.map(({ epochLogs }) => epochLogs !== undefined)).toEqual([
      false,
      false,
      true,
      false,
      false,
      true,
    ]);
    expect(next.value.loss).toEqual([steps[2]!.epochLogs!.loss, steps[5]!.epochLogs!.loss]);
    expect(next.value.accuracy).toEqual([steps[2]!.running_accuracy, steps[5]!.running_accuracy]);
  });

  it("are dropped from anew in every step, by the run's seed", async () => {
    const alike: Dataset = { ...blobs({ n: 8 }), x: new Float32Array(48).fill(1), y: new Uint8Array(8) };
    const losses = async (dropout: number, seed: number): Promise<number[]> => {
      const net = await compiled(perceptron({ dropout }), { optimizer: still });
      const steps = await stepsOf(net, alike, { batchSize: 8, epochs: 6, shuffle: false, seed });
      return steps.map(({ loss }) => loss);
    };
    expect(new Set(await losses(0.5, 1)).size).toBe(6);
    expect(new Set(await losses(0, 1)).size).toBe(1);
    expect(await losses(0.5, 2)).not.toEqual(await losses(0.5, 1));
  });

  it("left half-way by break leave a model that goes on", async () => {
    const net = await compiled(perceptron());
    for await (const { step } of net.train(blobs(), { batchSize: 8, epochs: 5 })) if (step === 3) break;
    const { loss } = await net.fit(blobs(), { epochs: 2 });
    expect(loss).toHaveLength(2);
  });
});

describe("validation", () => {
  it("by a split takes the last part, before any shuffle", async () => {
    const data = blobs({ n: 100, spread: 1 });
    const options: FitOptions = { epochs: 3, batchSize: 16, seed: 2 };
    const [one, two] = [await compiled(perceptron()), await compiled(perceptron())];
    const bySplit = await one.fit(data, { ...options, validationSplit: 0.25 });
    const byHand = await two.fit(take(data, 75), { ...options, validationData: subset(data, rows(75, 100)) });
    expect(bySplit.val_loss).toEqual(byHand.val_loss);
    expect(bySplit.loss).toEqual(byHand.loss);
    expect(await one.digest()).toBe(await two.digest());
  });

  it("changes neither weights nor moving statistics, and drops nothing", async () => {
    const options: FitOptions = { epochs: 3, batchSize: 24 };
    const [one, two] = [await compiled(convolution()), await compiled(convolution())];
    const judged = await one.fit(quarters(), { ...options, validationData: quarters({ n: 20, seed: 2 }) });
    await two.fit(quarters(), options);
    expect(await one.digest()).toBe(await two.digest());
    expect(judged.val_loss!.at(-1)).toBe(
      (await two.evaluate(quarters({ n: 20, seed: 2 }), { batchSize: 24 })).loss,
    );
  });
});

describe("weights of examples", () => {
  const data = blobs({ n: 30, spread: 1 });
  const classWeight = { 0: 3, 2: 0.5 };
  const sampleWeight = Float32Array.from({ length: 30 }, (_, i) => (i % 5) / 2);
  const byClass = (i: number): number => [3, 1, 0.5][data.y[i]!]!;

  it.each<[string, FitOptions, (i: number) => number]>([
    ["classWeight", { classWeight }, byClass],
    ["sampleWeight", { sampleWeight }, (i) => sampleWeight[i]!],
    ["both", { classWeight, sampleWeight }, (i) => byClass(i) * sampleWeight[i]!],
  ])("%s: the mean of weight times loss, as by hand", async (_, options, weight) => {
    const net = await compiled(perceptron());
    const losses = await lossesOf(net, data);
    const history = await net.fit(data, { ...options, batchSize: 30 });
    expect(history.loss[0]).toBeCloseTo(mean(losses.map((loss, i) => loss * weight(i))), 5);
  });

  it("follow their examples through the shuffle, and through a split", async () => {
    const net = await compiled(perceptron(), { optimizer: still });
    const losses = (await lossesOf(net, data)).map((loss, i) => loss * sampleWeight[i]!);
    const order = new Random(1, streamOf("shuffle"), 0).permutation(24);
    const steps = await stepsOf(net, data, { sampleWeight, validationSplit: 0.2, batchSize: 8, seed: 1 });
    steps.forEach(({ loss }, step) => {
      expect(loss).toBeCloseTo(mean(rows(8 * step, 8 * step + 8).map((i) => losses[order[i]!]!)), 5);
    });
  });

  it("scale the gradient: weight 2 for all is twice the learning rate of SGD", async () => {
    const at = async (learningRate: number, factor: number): Promise<string> => {
      const net = await compiled(perceptron(), { optimizer: optimizers.sgd({ learningRate }) });
      await net.fit(data, { sampleWeight: new Float32Array(30).fill(factor), batchSize: 10, epochs: 2 });
      return net.digest();
    };
    expect(await at(0.125, 2)).toBe(await at(0.25, 1));
    expect(await at(0.125, 1)).not.toBe(await at(0.25, 1));
  });

  it("of 0 leave an example out", async () => {
    const spoiled: Dataset = { ...data, x: data.x.slice() as Float32Array };
    spoiled.x.fill(1000, 12, 18);
    const without = Float32Array.from({ length: 30 }, (_, i) => (i === 2 ? 0 : 1));
    const run = async (set: Dataset): Promise<string> => {
      const net = await compiled(perceptron());
      await net.fit(set, { sampleWeight: without, batchSize: 10, epochs: 2 });
      return net.digest();
    };
    expect(await run(spoiled)).toBe(await run(data));
  });

  it("by class also where targets are one-hot rows", async () => {
    const dense: Dataset = { ...data, y: oneHot(data.y, 3) };
    const [one, two] = [
      await compiled(perceptron()),
      await compiled(perceptron(), { loss: "categoricalCrossentropy" }),
    ];
    const first = await one.fit(data, { classWeight, epochs: 2 });
    const second = await two.fit(dense, { classWeight, epochs: 2 });
    second.loss.forEach((loss, i) => {
      expect(loss).toBeCloseTo(first.loss[i]!, 5);
    });
  });
});
