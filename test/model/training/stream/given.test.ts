/** What batches hold: names of classes, weights, a label a pixel; and how a stream is told from x and y in a list. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../../../src/autograd/engine.ts";
import { type Dataset, dataset } from "../../../../src/data/dataset.ts";
import { idxDataset } from "../../../../src/data/idx.ts";
import { subset } from "../../../../src/data/selection.ts";
import { layers } from "../../../../src/layers/index.ts";
import { type Batch, type BatchSource, type Model, sequential } from "../../../../src/model/index.ts";
import type { StepLogs } from "../../../../src/model/training/callbacks/index.ts";
import { optimizers } from "../../../../src/optimizers/index.ts";
import { failure } from "../../../data/failure.ts";
import { blobs, perceptron } from "../../examples.ts";

const engine = await createEngine({ threads: 1 });
const set = blobs({ n: 20 });

async function net(make: () => Model = perceptron, learningRate = 0.1): Promise<Model> {
  const model = make();
  const how = { loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"], engine } as const;
  await model.compile({ ...how, optimizer: optimizers.sgd({ learningRate }) });
  return model;
}

function cut(data: Dataset, sizes: readonly number[]): Dataset[] {
  let from = 0;
  return sizes.map((n) =>
    subset(
      data,
      Array.from({ length: n }, () => from++),
    ),
  );
}

function nested({ x, shape: [n = 0] }: Dataset): number[][] {
  const width = x.length / n;
  return Array.from({ length: n }, (_, i) => [...x.subarray(i * width, (i + 1) * width)]);
}

/** An iterable of batches that tells whether it was closed. */
function watched(batches: readonly Batch[]): { source: () => Generator<Batch>; closed: number } {
  const watch = {
    closed: 0,
    *source(): Generator<Batch> {
      try {
        yield* batches;
      } finally {
        watch.closed++;
      }
    },
  };
  return watch;
}

describe("validationData in a list", () => {
  it.each([2, 3, 5])("of x and y with %i examples is a pair", async (n) => {
    const [part] = cut(set, [n]);
    const [one, other] = [await net(), await net()];
    const wanted = await one.fit(set, { validationData: part! });
    const { val_loss } = await other.fit(set, { validationData: [nested(part!), [...part!.y]] });
    expect(val_loss).toEqual(wanted.val_loss);
  });

  it("is a pair where y has rows, too", async () => {
    const [part] = cut(set, [2]);
    const models = [perceptron(), perceptron()] as const;
    for (const model of models)
      await model.compile({ optimizer: "sgd", loss: "categoricalCrossentropy", engine });
    const hot = (y: ArrayLike<number>): number[][] =>
      Array.from(y, (label) => [0, 1, 2].map((column) => (column === label ? 1 : 0)));
    const train = dataset({ x: nested(set), y: hot(set.y) });
    const validation = dataset({ x: nested(part!), y: hot(part!.y) });
    const wanted = await models[0].fit(train, { validationData: validation });
    const { val_loss } = await models[1].fit(train, { validationData: [nested(part!), hot(part!.y)] });
    expect(val_loss).toEqual(wanted.val_loss);
  });

  it("of two pairs, or two batches by name, is a stream", async () => {
    const parts = cut(set, [10, 10]);
    const [one, other, third] = [await net(), await net(), await net()];
    const wanted = await one.fit(set, { validationData: () => parts });
    const pairs = parts.map((part) => [nested(part), [...part.y]] as const);
    expect((await other.fit(set, { validationData: pairs })).val_loss).toEqual(wanted.val_loss);
    expect((await third.fit(set, { validationData: parts })).val_loss).toEqual(wanted.val_loss);
  });

  it("may be walked over twice an epoch, for which a generator is not enough", async () => {
    const make = (): Model =>
      sequential([layers.dense({ units: 4 }), layers.batchNormalization(), layers.dense({ units: 3 })], {
        inputShape: [6],
      });
    const model = await net(make);
    const validationData = cut(set, [20]).values();
    expect(
      await failure(() => model.fit(set, { validationData, recalibrate: 1 }), "INVALID_ARGUMENT"),
    ).toContain("fit: validationData: these batches can be walked over once");
  });
});

describe("x with its targets is never a stream", () => {
  it.each([2, 3])("where each example has %i rows", async (rows) => {
    const make = (): Model =>
      sequential([layers.flatten(), layers.dense({ units: 3, activation: "softmax" })], {
        inputShape: [rows, 6 / rows],
      });
    const [one, other] = [await net(make), await net(make)];
    const x = nested(set).map((row) =>
      Array.from({ length: rows }, (_, i) => row.slice((i * 6) / rows, ((i + 1) * 6) / rows)),
    );
    await one.fit({ ...set, shape: [20, rows, 6 / rows] }, { seed: 1 });
    await other.fit(x, [...set.y], { seed: 1 });
    expect(await other.digest()).toBe(await one.digest());
    expect(await other.evaluate(x, [...set.y])).toEqual(await one.evaluate(set));
  });
});

describe("names of classes", () => {
  const names = ["bird", "cat", "dog"];
  const named = (data: Dataset): Batch => ({
    x: nested(data),
    y: Array.from(data.y, (label) => names[label]!),
  });
  // the second batch has one class alone, which would be class 0 by itself
  const ordered = subset(set, [0, 1, 2, 3, 4, 5, 2, 5, 8]);
  const batches = cut(ordered, [6, 3]);

  it("mean the same in all batches, in validation and in evaluate", async () => {
    const [one, other] = [await net(), await net()];
    const wanted = await one.fit(batches, { validationData: batches, seed: 1 });
    const source = batches.map(named);
    const got = await other.fit(source, { validationData: source, seed: 1, classWeight: { dog: 1 } });
    expect(await other.digest()).toBe(await one.digest());
    expect(got.val_loss).toEqual(wanted.val_loss);
    expect(other.classNames).toEqual(names);
    expect(await other.evaluate([source[1]!])).toEqual(await one.evaluate([batches[1]!]));
  });

  it("that come late are refused", async () => {
    const model = await net();
    const message = await failure(() => model.fit([...batches].reverse().map(named)), "DATA_FORMAT");
    expect(message).toContain('fit: batch 2 of epoch 1: y[0] is "bird" but the classes are ["dog"]');
  });

  it("in another order than the model's are refused", async () => {
    const model = await net();
    await model.fit(batches.map(named));
    const moved = { x: nested(batches[0]!), y: [...batches[0]!.y], classNames: ["dog", "cat", "bird"] };
    for (const data of [[moved], moved as unknown as Dataset] satisfies (BatchSource | Dataset)[])
      expect(await failure(() => model.evaluate(data), "INVALID_ARGUMENT")).toContain(
        'class 0 of the data is "dog"',
      );
  });
});

describe("weights", () => {
  const sampleWeight = Float32Array.from({ length: 20 }, (_, i) => (i % 4) / 2);
  const parts = cut(set, [10, 10]);
  const weighed = parts.map((part, i) => ({
    ...part,
    sampleWeight: sampleWeight.subarray(i * 10, i * 10 + 10),
  }));

  it("of a stream's batches and of classes count in evaluate", async () => {
    const model = await net();
    const classWeight = { 2: 5 };
    expect(await model.evaluate(weighed, { classWeight })).toEqual(
      await model.evaluate(set, { classWeight, sampleWeight, batchSize: 10 }),
    );
    expect(await model.evaluate(parts, { classWeight })).toEqual(
      await model.evaluate(set, { classWeight, batchSize: 10 }),
    );
    expect((await model.evaluate(weighed)).loss).not.toBe((await model.evaluate(parts)).loss);
  });

  it.each<[string, BatchSource, object, string]>([
    [
      "as an option",
      parts,
      { sampleWeight },
      "evaluate: sampleWeight cannot be had with a stream of batches",
    ],
    [
      "late",
      [parts[0]!, weighed[1]!],
      {},
      "evaluate: batch 2 has a sampleWeight but batches before had none",
    ],
    ["of no class", parts, { classWeight: { 7: 1 } }, "classWeight"],
  ])("are refused in evaluate: %s", async (_, source, options, message) => {
    const model = await net();
    expect(await failure(() => model.evaluate(source, options), "INVALID_ARGUMENT")).toContain(message);
  });

  it("are refused in validation", async () => {
    const model = await net();
    const message = await failure(() => model.fit(set, { validationData: weighed }), "INVALID_ARGUMENT");
    expect(message).toContain("fit: validationData: batch 1 has a sampleWeight");
  });
});

describe("a label a pixel", () => {
  const [n, h, w] = [6, 3, 3];
  const make = (): Model =>
    sequential([layers.conv2d({ filters: 3, kernelSize: 1, activation: "softmax" })], {
      inputShape: [h, w, 2],
    });
  const count = n * h * w;
  const data: Dataset = {
    x: Float32Array.from({ length: count * 2 }, (_, i) => Math.sin(i)),
    shape: [n, h, w, 2],
    y: Int32Array.from({ length: count }, (_, i) => (i * 7) % 3),
  };
  const parts = cut(data, [4, 2]);
  const weights = Float32Array.from({ length: count }, (_, i) => i % 3);

  it.each([1, h * w])(
    "trains and is evaluated as in a data set, with %i weights an example",
    async (each) => {
      const sampleWeight = weights.subarray(0, n * each);
      const batches = parts.map((part, i) => ({
        ...part,
        sampleWeight: sampleWeight.subarray(i * 4 * each, (i * 4 + part.shape[0]!) * each),
      }));
      const how = { epochs: 2, seed: 1 };
      const [one, other] = [await net(make), await net(make)];
      const wanted = await one.fit(data, { ...how, sampleWeight, batchSize: 4, shuffle: false });
      const got = await other.fit(batches, how);
      expect(await other.digest()).toBe(await one.digest());
      expect(got.loss).toEqual(wanted.loss);
      expect(await other.evaluate(batches)).toEqual(await one.evaluate(data, { sampleWeight, batchSize: 4 }));
    },
  );

  it("has as many weights in all batches", async () => {
    const model = await net(make);
    const batches = [
      { ...parts[0]!, sampleWeight: weights.subarray(0, 4) },
      { ...parts[1]!, sampleWeight: weights.subarray(0, 2 * h * w) },
    ];
    expect(await failure(() => model.fit(batches), "INVALID_ARGUMENT")).toContain(
      "batch 2 of epoch 1: sampleWeight has 9 numbers an example but 1 in batches before",
    );
  });
});

describe("an epoch", () => {
  it("has the mean loss over the examples of batches of any sizes", async () => {
    const model = await net(perceptron, 0);
    const batches = cut(set, [1, 12, 7]);
    let running = 0;
    const onStepEnd = (logs: StepLogs): void => {
      running = logs.running_loss!;
    };
    const { loss } = await model.fit(batches, { callbacks: [{ onStepEnd }] });
    expect(loss[0]).toBeCloseTo((await model.evaluate(set)).loss, 6);
    expect(running).toBe(loss[0]);
  });

  it("that ends in weights out of bounds is NOT_FINITE", async () => {
    const model = await net(perceptron, 1e38);
    expect(await failure(() => model.fit(cut(set, [20])), "NOT_FINITE")).toContain("step 1 of epoch 1");
  });
});

it("a source is closed where validationData or the first look at it fails", async () => {
  for (const work of [
    async (source: BatchSource) => (await net()).fit(source, { validationData: [[[1, 2]], [0]] }),
    async (source: BatchSource) => (await net()).evaluate(source),
  ]) {
    const watch = watched([
      { ...set, preparation: { target: { mean: 1, deviation: 2 } } } as unknown as Batch,
    ]);
    await work(watch.source()).catch(() => {});
    expect(watch.closed).toBe(1);
  }
});

it("labels of an IDX file that are negative are said as such", async () => {
  const images = { shape: [1, 2, 2], data: new Uint8Array(4) };
  const labels = { shape: [1], data: Int32Array.of(-3) };
  expect(await failure(async () => idxDataset(images, labels), "DATA_FORMAT")).toBe(
    "IDX files: label 0 is -3 but labels of classes are whole numbers from 0",
  );
});
