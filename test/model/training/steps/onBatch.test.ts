/** One batch at a time, and weighted metrics: figures of Keras 3.15 (train_on_batch and so on), and the bits of `fit`. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../../../src/engine/createEngine.ts";
import { layers } from "../../../../src/layers/index.ts";
import { metrics } from "../../../../src/metrics/index.ts";
import { input, load, type Model, model, type Sequential, sequential } from "../../../../src/model/index.ts";
import { optimizers } from "../../../../src/optimizers/index.ts";
import { failure } from "../../../data/failure.ts";

const engine = await createEngine();
const x = [[0.1], [0.9], [-0.4], [0.7]];
const y = [0, 1, 1, 0];
const sampleWeight = [1, 2, 0.5, 4];

async function classifier(): Promise<Sequential> {
  const net = sequential([layers.dense({ units: 2, activation: "softmax" })], { inputShape: [1] });
  await net.compile({
    loss: "sparseCategoricalCrossentropy",
    optimizer: optimizers.sgd({ learningRate: 0.1 }),
    metrics: "accuracy",
    weightedMetrics: ["accuracy", metrics.topK({ k: 1 })],
    engine,
  });
  net.setWeights([
    { shape: [1, 2], data: Float32Array.of(-1, 2) },
    { shape: [2], data: Float32Array.of(0.2, -0.1) },
  ]);
  return net;
}

const close = (got: Readonly<Record<string, number>>, wanted: Readonly<Record<string, number>>): void => {
  expect(Object.keys(got).sort()).toEqual(Object.keys(wanted).sort());
  for (const [name, value] of Object.entries(wanted)) expect(got[name], name).toBeCloseTo(value, 5);
};
const weightsOf = (net: Model): number[] => net.getWeights().flatMap(({ data }) => Array.from(data));

describe("a batch at a time", () => {
  it("gives Keras's losses, metrics and weights", async () => {
    const net = await classifier();
    const top = "top1Accuracy";
    close(await net.testOnBatch(x, y), {
      loss: 1.1085936,
      accuracy: 0.5,
      weighted_accuracy: 0.5,
      [top]: 0.5,
    });
    const first = { loss: 2.3823593, accuracy: 0.5, weighted_accuracy: 0.4, [top]: 0.4 };
    close(await net.testOnBatch(x, y, { sampleWeight }), first);
    close(await net.trainOnBatch(x, y, { sampleWeight }), first);
    weightsOf(net).forEach((value, i) => {
      expect(value).toBeCloseTo([-0.93833447, 1.9383345, 0.2839366, -0.18393657][i]!, 5);
    });
    const second = await net.trainOnBatch({ x, y }, { classWeight: { 0: 1, 1: 3 } });
    close(second, { loss: 2.020967, accuracy: 0.5, weighted_accuracy: 0.5, [top]: 0.5 });
    weightsOf(net).forEach((value, i) => {
      expect(value).toBeCloseTo([-0.9049602, 1.9049602, 0.24529694, -0.14529692][i]!, 5);
    });
    expect((await net.testOnBatch({ x, y })).loss).toBeCloseTo(1.0572133, 5);
    const { data, shape } = await net.predictOnBatch(x.slice(0, 2));
    expect(shape).toEqual([2, 2]);
    [0.5273731, 0.47262695, 0.10542638, 0.89457357].forEach((value, i) => {
      expect(data[i]).toBeCloseTo(value, 5);
    });
  });

  it("trains to the bits of fit, dropout and batches of several sizes included", async () => {
    const make = async (): Promise<Sequential> => {
      const list = [
        layers.dense({ units: 8, activation: "relu" }),
        layers.dropout({ rate: 0.4 }),
        layers.dense({ units: 1 }),
      ];
      const net = sequential(list, { inputShape: [3], seed: 2 });
      await net.compile({ loss: "mse", optimizer: "adam", engine });
      return net;
    };
    const numbers = Float32Array.from({ length: 30 }, (_, i) => Math.sin(i));
    const targets = Float32Array.from({ length: 10 }, (_, i) => i / 10);
    const [whole, each] = [await make(), await make()];
    const history = await whole.fit(
      { x: numbers, shape: [10, 3], y: targets },
      { epochs: 4, batchSize: 4, shuffle: false },
    );
    let total = 0;
    for (let epoch = 0; epoch < 4; epoch++) {
      total = 0;
      for (let from = 0; from < 10; from += 4) {
        const to = Math.min(10, from + 4);
        const part = {
          x: numbers.slice(3 * from, 3 * to),
          shape: [to - from, 3],
          y: targets.slice(from, to),
        };
        total += (await each.trainOnBatch(part)).loss * (to - from);
      }
    }
    expect(await each.digest()).toBe(await whole.digest());
    expect(total / 10).toBe(history.loss!.at(-1));
  });

  it("has several inputs and outputs by name, their weights and their weighted metrics", async () => {
    const [a, b] = [input({ shape: [2], name: "a" }), input({ shape: [1], name: "b" })];
    const both = layers.concatenate([a, b]);
    const outputs = {
      kind: layers.dense({ units: 2, activation: "softmax" }).apply(both),
      size: layers.dense({ units: 1 }).apply(both),
    };
    const net = model({ inputs: { a, b }, outputs, seed: 1 });
    await net.compile({
      loss: { kind: "sparseCategoricalCrossentropy", size: "mse" },
      metrics: { kind: "accuracy" },
      weightedMetrics: { kind: ["accuracy"], size: "mae" },
      engine,
    });
    const inputs = {
      a: [
        [1, 2],
        [3, 4],
      ],
      b: [[0], [1]],
    };
    const targets = { kind: [0, 1], size: [[1], [2]] };
    const first = await net.trainOnBatch(inputs, targets, { sampleWeight: { size: [1, 0], kind: [0, 1] } });
    expect(Object.keys(first)).toEqual([
      "loss",
      "kind_loss",
      "kind_accuracy",
      "kind_weighted_accuracy",
      "size_loss",
      "size_mae",
    ]);
    const alone = await net.testOnBatch(inputs, targets, { sampleWeight: { size: [1, 0] } });
    const { size } = await net.predictOnBatch(inputs);
    expect(alone.size_mae).toBeCloseTo(Math.abs(size.data[0]! - 1), 5);
    const again = await load(await net.save({ optimizer: true }), { engine });
    expect(await again.testOnBatch(inputs, targets, { sampleWeight: { size: [1, 0] } })).toEqual(alone);
  });

  it("refuses what fit refuses, and leaves the weights as they are", async () => {
    const net = await classifier();
    const before = await net.digest();
    const wrong =
      (...given: readonly unknown[]) =>
      () =>
        (net.trainOnBatch as (...all: unknown[]) => Promise<unknown>).apply(net, [...given]);
    expect(await failure(wrong(x, [0, 1, 2, 0]), "DATA_FORMAT")).toContain("trainOnBatch");
    expect(await failure(wrong([[1, 2]], [0]), "SHAPE_MISMATCH")).toContain("trainOnBatch");
    expect(await failure(wrong(x, y, { sampleWeight: [1] }), "SHAPE_MISMATCH")).toContain("trainOnBatch");
    expect(await failure(wrong(x, y, { epochs: 2 }), "INVALID_ARGUMENT")).toContain('"epochs" is unknown');
    const running = net.train(x, y, { epochs: 2, batchSize: 2 });
    await running.next();
    expect(await failure(wrong(x, y), "NOT_READY")).toContain("being trained");
    await running.return(undefined as never);
    expect(await net.digest()).not.toBe(before); // by the step of that run
    const unknown = () => net.compile({ loss: "mse", weightedMetrics: ["acuracy"] as never });
    expect(await failure(unknown, "INVALID_ARGUMENT")).toContain("accuracy");
  });
});

describe("weighted metrics", () => {
  it("weigh places, and are saved with the model", async () => {
    const net = sequential([layers.dense({ units: 2, activation: "softmax" })], {
      inputShape: [3, 1],
      seed: 1,
    });
    await net.compile({ loss: "sparseCategoricalCrossentropy", weightedMetrics: "accuracy", engine });
    const steps = {
      x: Float32Array.from([1, -1, 1, -1, 1, -1]),
      shape: [2, 3, 1],
      y: Int32Array.from([0, 0, 1, 1, 0, 1]),
    };
    const { data } = await net.predict(steps);
    const right = Array.from(steps.y, (label, i) =>
      Number(label === (data[2 * i]! >= data[2 * i + 1]! ? 0 : 1)),
    );
    const weights = [1, 2, 3, 4, 5, 6];
    const wanted = right.reduce((sum, each, i) => sum + each * weights[i]!, 0) / 21;
    expect((await net.evaluate(steps, { sampleWeight: weights })).accuracy).toBeCloseTo(wanted, 6);
    const again = await load(await net.save({ optimizer: true }), { engine });
    expect((await again.evaluate(steps, { sampleWeight: weights })).accuracy).toBeCloseTo(wanted, 6);
    const history = await again.fit(steps, { epochs: 1, sampleWeight: weights, shuffle: false });
    expect(history.accuracy![0]).toBeCloseTo(wanted, 6);
  });
});
