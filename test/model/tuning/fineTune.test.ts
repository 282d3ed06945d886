/** A network that is taught other classes. */
import { describe, expect, it } from "vitest";
import {
  createEngine,
  type Dataset,
  datasets,
  fineTune,
  layers,
  load,
  type Model,
  sequential,
} from "../../../src/index.ts";
import { failure } from "../../data/failure.ts";

const engine = await createEngine({ threads: 1 });
const { train, test } = await datasets.digits({ train: 1200, test: 400 });

/** The digits from a first one, five of them, as classes from 0. */
function five({ x, y, shape: [, ...sample], normalization }: Dataset, first: number): Dataset {
  const rows = [...y.keys()].filter((i) => y[i]! >= first && y[i]! < first + 5);
  const size = 784;
  const images = new Uint8Array(rows.length * size);
  for (const [i, row] of rows.entries())
    images.set((x as Uint8Array).subarray(row * size, (row + 1) * size), i * size);
  return {
    x: images,
    shape: [rows.length, ...sample],
    y: Uint8Array.from(rows, (row) => y[row]! - first),
    classNames: ["a", "b", "c", "d", "e"],
    normalization: normalization!,
  };
}

async function pretrained(): Promise<Model> {
  const net = sequential(
    [
      layers.conv2d({ filters: 8, kernelSize: 5, strides: 2, name: "first" }),
      layers.batchNormalization(),
      layers.relu(),
      layers.conv2d({ filters: 16, kernelSize: 3, strides: 2, activation: "relu", name: "second" }),
      layers.flatten(),
      layers.dropout({ rate: 0.2 }),
      layers.dense({ units: 5, activation: "softmax", name: "old" }),
    ],
    { inputShape: [28, 28, 1], seed: 1 },
  );
  await net.compile({
    optimizer: "adam",
    loss: "sparseCategoricalCrossentropy",
    metrics: "accuracy",
    engine,
  });
  await net.fit(five(train, 0), { epochs: 4 });
  return net;
}

const base = await pretrained();
const [lesson, exam] = [five(train, 5), five(test, 5)];
const setup = { optimizer: "adam", loss: "sparseCategoricalCrossentropy", metrics: "accuracy" } as const;

const weightsOf = (net: Model, name: string): number[] =>
  net.getWeights().flatMap(({ name: each, data }) => (each.endsWith(name) ? [...data] : []));

/** A base whose layers up to "second" take pictures of any size. */
async function convolutions(): Promise<Model> {
  const net = sequential(
    [
      layers.conv2d({ filters: 8, kernelSize: 5, strides: 2, activation: "relu", name: "first" }),
      layers.conv2d({ filters: 16, kernelSize: 3, strides: 2, activation: "relu", name: "second" }),
      layers.flatten({ name: "flat" }),
      layers.dense({ units: 8, name: "wide" }),
      layers.dense({ units: 5, activation: "softmax", name: "old" }),
    ],
    { inputShape: [28, 28, 1], seed: 1 },
  );
  await net.build({ engine });
  return net;
}

describe("inputShape", () => {
  it("gives a net for pictures of another size, with the weights of the base", async () => {
    const net = fineTune(await convolutions(), { classes: 2, at: "second", inputShape: [20, 24, 1] });
    expect([net.inputShape, net.outputShape]).toEqual([[20, 24, 1], [2]]);
    await net.build();
    const x = { data: Float32Array.from({ length: 2 * 480 }, (_, i) => Math.sin(i)), shape: [2, 20, 24, 1] };
    const front = net.truncate("second");
    await front.build();
    // the same numbers as of a network that has been made for this size
    const other = sequential(
      [
        layers.conv2d({ filters: 8, kernelSize: 5, strides: 2, activation: "relu" }),
        layers.conv2d({ filters: 16, kernelSize: 3, strides: 2, activation: "relu" }),
      ],
      { inputShape: [20, 24, 1] },
    );
    await other.build({ engine });
    other.setWeights(net.getWeights().slice(0, 4));
    expect((await front.predict({ x: x.data, shape: x.shape })).data).toEqual(
      (await other.predict({ x: x.data, shape: x.shape })).data,
    );
  });

  it.each([
    [
      { at: "wide", inputShape: [20, 20, 1] },
      /^fineTune: the layers up to "wide" do not take examples of \[20, 20, 1\].*kernel of the layer "wide"/,
    ],
    [
      { at: "second", inputShape: [28, 28, 3] },
      /kernel of the layer "first" would have another shape; leave inputShape out/,
    ],
    [{ at: "second", inputShape: [4, 4, 1] }, /^fineTune: the layers up to "second" do not take/],
  ])("%j is refused by the layer that does not take it", async (options, message) => {
    const found = await convolutions();
    const act = (): Model => fineTune(found, { classes: 2, ...options });
    expect(act).toThrow(expect.objectContaining({ code: "SHAPE_MISMATCH" }));
    expect(act).toThrow(message);
  });

  it("begins its errors with its own name", async () => {
    const one = sequential([layers.dense({ units: 2 })], { inputShape: [3] });
    await one.build({ engine });
    expect(() => fineTune(one, { classes: 2 })).toThrow(
      /^fineTune: nothing stands before the last layer with weights/,
    );
  });
});

describe("a new head", () => {
  it("learns other classes on frozen layers, which stay as they were, and so does what the base says", async () => {
    const before = await base.digest();
    const said = await base.predict(five(test, 0));
    const net = fineTune(base, { classes: ["five", "six", "seven", "eight", "nine"], seed: 2 });
    expect(net.outputShape).toEqual([5]);
    expect(
      net.layers.filter((layer) => layer.trainable && layer.type !== "rescaling").map(({ name }) => name),
    ).toEqual(["head"]);
    expect(net.classNames).toEqual(["five", "six", "seven", "eight", "nine"]);
    await net.compile(setup);
    await net.fit({ ...lesson, classNames: net.classNames! }, { epochs: 15, cacheFeatures: true });
    expect((await net.evaluate(exam)).accuracy).toBeGreaterThan(0.85);
    expect(await base.digest()).toBe(before);
    expect(await base.predict(five(test, 0))).toEqual(said);
    const [first] = await net.classify({ x: exam.x.subarray(0, 784), shape: [1, 28, 28, 1] });
    expect(["five", "six", "seven", "eight", "nine"]).toContain(first!.label);
    const again = await load(await net.save(), { engine });
    expect(await again.predict(exam)).toEqual(await net.predict(exam));
  });

  it("predicts numbers in place of classes, by a head without a softmax", async () => {
    const net = fineTune(base, { outputs: 2 });
    expect(net.outputShape).toEqual([2]);
    expect(net.classNames).toBeUndefined();
    await net.compile({ optimizer: "adam", loss: "meanSquaredError" });
    const y = new Float32Array(2 * exam.shape[0]!).fill(3);
    const set = { x: exam.x, shape: exam.shape, y, normalization: exam.normalization! };
    const { loss } = await net.fit(set, { epochs: 30, cacheFeatures: true });
    expect(loss.at(-1)).toBeLessThan(loss[0]! / 4);
    expect(Math.max(...(await net.predict(exam)).data)).toBeGreaterThan(1); // which no share is
  });

  it("sees pixels as the base has learnt to see them", async () => {
    const net = fineTune(base, { classes: 5 });
    expect(net.layers[0]!.config).toMatchObject({ scale: 1 / 255, offset: 0 });
    const other = fineTune(base, { classes: 5, rescaling: { scale: 2, offset: -1 } });
    expect(other.layers[0]!.config).toMatchObject({ scale: 2, offset: -1 });
    await net.compile(setup);
    const front = base.truncate("flatten");
    await front.build();
    const inner = net.truncate("flatten");
    await inner.build();
    expect((await inner.predict(exam)).data).toEqual((await front.predict(exam)).data);
  });

  it.each<[number | string, string[]]>([
    [1, ["second/kernel", "second/bias"]],
    [3, ["first/kernel", "first/bias", "second/kernel", "second/bias"]],
    ["second", ["second/kernel", "second/bias"]],
  ])("lets go of the last layers: %s; batch normalisation stays", async (unfreeze, learnt) => {
    const own = await pretrained();
    const net = fineTune(own, { classes: 5, unfreeze, dropout: 0.1 });
    await net.compile(setup);
    const before = new Map(net.getWeights().map(({ name, data }) => [name, data]));
    await net.fit(lesson);
    const changed = net
      .getWeights()
      .filter(({ name, data }) => data.some((v, i) => v !== before.get(name)![i]));
    expect(changed.map(({ name }) => name)).toEqual([...learnt, "head/kernel", "head/bias"]);
    expect(weightsOf(own, "second/kernel")).toEqual(weightsOf(net, "second/kernel"));
  });

  it("takes the features of the layer that it is told", () => {
    const net = fineTune(base, { classes: 3, at: "second" });
    expect(net.layers.map(({ type }) => type)).toEqual([
      "rescaling",
      "conv2d",
      "batchNormalization",
      "relu",
      "conv2d",
      "globalAveragePooling2d",
      "dense",
    ]);
  });
});

it.each<[string, () => unknown, string, string]>([
  ["no model", () => fineTune({} as never, { classes: 2 }), "INVALID_ARGUMENT", "pass a model"],
  ["neither classes nor numbers", () => fineTune(base, {}), "INVALID_ARGUMENT", "pass either classes"],
  [
    "classes and numbers",
    () => fineTune(base, { classes: 2, outputs: 1 }),
    "INVALID_ARGUMENT",
    "pass either",
  ],
  ["no number", () => fineTune(base, { outputs: 0 }), "INVALID_ARGUMENT", "fineTune: outputs"],
  ["one class", () => fineTune(base, { classes: ["a"] }), "INVALID_ARGUMENT", "at least two different names"],
  [
    "a name twice",
    () => fineTune(base, { classes: ["a", "a"] }),
    "INVALID_ARGUMENT",
    "at least two different names",
  ],
  [
    "an unknown layer",
    () => fineTune(base, { classes: 2, at: "secnd" }),
    "INVALID_ARGUMENT",
    "did you mean second?",
  ],
  [
    "an unknown first layer",
    () => fineTune(base, { classes: 2, unfreeze: "frist" }),
    "INVALID_ARGUMENT",
    "did you mean first?",
  ],
  ["half a layer", () => fineTune(base, { classes: 2, unfreeze: 0.5 }), "INVALID_ARGUMENT", "unfreeze"],
  [
    "no weights",
    () =>
      fineTune(sequential([layers.dense({ units: 2 }), layers.dense({ units: 2 })], { inputShape: [3] }), {
        classes: 2,
      }),
    "NOT_READY",
    "has no weights yet",
  ],
])("%s is refused", async (_, run, code, message) => {
  expect(await failure(run, code)).toContain(message);
});

it("freeze keeps the layers up to one as they are", async () => {
  const own = await pretrained();
  own.freeze("batch_normalization");
  expect(own.layers.map((layer) => layer.trainable)).toEqual([false, false, true, true, true, true, true]);
  expect(own.freeze().trainable).toBe(false);
});
