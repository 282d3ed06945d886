/** `fit`, `evaluate` and `predict` with examples and targets as they are, in place of a data set. */
import vm from "node:vm";
import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import { createEngine } from "../../../src/autograd/engine.ts";
import { type Dataset, dataset } from "../../../src/data/dataset.ts";
import type { ClassWeight } from "../../../src/data/given/classWeight.ts";
import { layers } from "../../../src/layers/index.ts";
import { type CompileOptions, type FitOptions, type Model, sequential } from "../../../src/model/index.ts";
import { optimizers } from "../../../src/optimizers/index.ts";
import { failure } from "../../data/failure.ts";
import { blobs, convolution, perceptron, quarters } from "../examples.ts";

const engine = await createEngine();
const sparse = { loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] } as const;
const options: FitOptions = { epochs: 3, batchSize: 20, seed: 4 };

async function compiled(net: Model, how: Partial<CompileOptions> = {}): Promise<Model> {
  await net.compile({ optimizer: "adam", ...sparse, engine, ...how });
  return net;
}

const { x, y, shape } = blobs();
const nested = Array.from({ length: 96 }, (_, i) => [...x.subarray(6 * i, 6 * i + 6)]);
const foreign = { x: vm.runInNewContext("values => Float32Array.from(values)")([...x]) as Float32Array };

describe("fit and evaluate of (x, y)", () => {
  const wanted = (async () => {
    const net = await compiled(perceptron());
    await net.fit(blobs(), options);
    return { digest: await net.digest(), scores: await net.evaluate(blobs()) };
  })();

  it.each<[string, unknown, unknown]>([
    ["flat typed arrays", x, y],
    ["nested arrays", nested, [...y]],
    ["rows of typed arrays", nested.map((row) => Float32Array.from(row)), Int32Array.from(y)],
    ["double precision", Float64Array.from(x), Float64Array.from(y)],
    ["{ x, shape }", { x, shape }, y],
    ["tensors", engine.tensor(x, shape), engine.tensor(y)],
    ["arrays of another realm", foreign.x, y],
  ])("as %s is that of the data set", async (_, given, targets) => {
    const net = await compiled(perceptron());
    const history = await net.fit(given as never, targets as never, options);
    expect(history.loss).toHaveLength(3);
    expect(await net.digest()).toBe((await wanted).digest);
    expect(await net.evaluate(given as never, targets as never)).toEqual((await wanted).scores);
    expect(await net.evaluate(given as never, targets as never, { batchSize: 7 })).toMatchObject({
      accuracy: (await wanted).scores.accuracy,
    });
  });

  it.each<[string, object]>([
    ["nested arrays by hand", { x: nested, y: [...y] }],
    ["arrays of another realm", { x: foreign.x, y, shape }],
    ["a flat x", { x: Float64Array.from(x), y }],
  ])("of a set with %s, a step at a time", async (_, set) => {
    const net = await compiled(perceptron());
    for await (const step of net.train(set as Dataset, options)) expect(step.loss).toBeGreaterThan(0);
    expect(await net.digest()).toBe((await wanted).digest);
  });

  it("takes x and y by train, too, and validation data as a pair", async () => {
    const net = await compiled(perceptron());
    const validationData = [nested.slice(0, 30), [...y.subarray(0, 30)]] as const;
    const run = net.train(nested, [...y], { ...options, validationData });
    let last = await run.next();
    while (!last.done) last = await run.next();
    expect(last.value.val_loss).toHaveLength(3);
    expect(await net.digest()).toBe((await wanted).digest);
  });

  it("learns a line as tfjs's first program does: negative whole numbers are targets", async () => {
    const net = sequential([layers.dense({ units: 1 })], { inputShape: [1], seed: 1 });
    await net.compile({ optimizer: optimizers.sgd({ learningRate: 0.1 }), loss: "meanSquaredError", engine });
    await net.fit([-1, 0, 1, 2], [-3, -1, 1, 3], { epochs: 200 });
    expect((await net.predict([5])).data[0]).toBeCloseTo(9, 2);
  });

  it("takes flat one-hot bytes and truth values as targets", async () => {
    const hot = Uint8Array.from({ length: 96 * 3 }, (_, i) => (y[Math.floor(i / 3)] === i % 3 ? 1 : 0));
    const net = await compiled(perceptron(), { loss: "categoricalCrossentropy" });
    await net.fit(x, hot, options);
    const rows = await compiled(perceptron(), { loss: "categoricalCrossentropy" });
    await rows.fit({ x, shape, y: Float32Array.from(hot) }, options);
    expect(await net.digest()).toBe(await rows.digest());
    const yes = sequential([layers.dense({ units: 1, activation: "sigmoid" })], { inputShape: [6], seed: 1 });
    await compiled(yes, { loss: "binaryCrossentropy", optimizer: optimizers.adam({ learningRate: 0.05 }) });
    await yes.fit(
      nested,
      Array.from(y, (label) => label === 2),
      { epochs: 100 },
    );
    expect(
      (
        await yes.evaluate(
          nested,
          Array.from(y, (label) => label === 2),
        )
      ).accuracy,
    ).toBeGreaterThan(0.9);
  });

  it("takes names of classes, and knows them again", async () => {
    const names = ["zebra", "ant", "mole"]; // sorted: ant 0, mole 1, zebra 2
    const net = await compiled(perceptron());
    const labels = Array.from(y, (label) => names[label]!);
    await net.fit(nested, labels, { epochs: 60, seed: 1 });
    expect(net.classNames).toEqual(["ant", "mole", "zebra"]);
    expect((await net.classify(nested[0]!))[0]!.label).toBe("zebra");
    // two of the three: the same indices as in training
    const some = labels.flatMap((label, i) => (label === "ant" ? [] : [i])).slice(0, 20);
    const judged = await net.evaluate(
      some.map((i) => nested[i]!),
      some.map((i) => labels[i]!),
    );
    expect(judged.accuracy).toBe(1);
    const apart = dataset({ x: some.map((i) => nested[i]!), y: some.map((i) => labels[i]!) });
    for (const act of [
      () => net.evaluate(apart),
      () => net.fit(apart),
      () => net.fit(dataset({ x: nested, y: labels }), { validationData: apart }),
    ])
      expect(await failure(act, "INVALID_ARGUMENT")).toMatch(
        /: class 0 of the data is "mole" but the model's classes are \["ant", "mole", "zebra"\]; pass the model's/,
      );
    expect(await failure(() => net.evaluate([nested[0]!], ["bird"]), "DATA_FORMAT")).toContain('"bird"');
  });

  it("weighs classes by name, Map and list, and refuses one that does not exist", async () => {
    const set = { ...blobs(), classNames: ["a", "b", "c"] };
    const digests = new Set<string>();
    const weights: ClassWeight[] = [{ 1: 3 }, { b: 3 }, new Map([["b", 3]]), [1, 3, 1]];
    for (const classWeight of weights) {
      const net = await compiled(perceptron());
      await net.fit(set, { ...options, classWeight });
      digests.add(await net.digest());
    }
    expect(digests.size).toBe(1);
    expect(digests).not.toContain((await wanted).digest);
    const unknown: ClassWeight[] = [{ d: 1 }, { 3: 1 }, new Map([[3, 1]]), [1, 1, 1, 1]];
    for (const classWeight of unknown)
      expect(
        await failure(
          async () => (await compiled(perceptron())).fit(set, { classWeight }),
          "INVALID_ARGUMENT",
        ),
      ).toMatch(/^fit: classWeight: there is no class .*; the classes are 0 to 2/);
  });
});

describe("what fit and evaluate cannot take", () => {
  const million = new Float32Array(1_000_000);
  it.each<[string, unknown[], string, RegExp]>([
    [
      "x alone",
      [million],
      "INVALID_ARGUMENT",
      /^(fit|evaluate): got Float32Array\(1000000\) where a data set/,
    ],
    ["nested x alone", [nested], "INVALID_ARGUMENT", /^(fit|evaluate): got \[/],
    ["x and options", [million, { batchSize: 1 }], "INVALID_ARGUMENT", /^(fit|evaluate): got Float32Array/],
    [
      "x of another size",
      [million.subarray(1), y],
      "SHAPE_MISMATCH",
      /: got 999999 numbers but an example of \[6\] has 6/,
    ],
    [
      "the other number of targets",
      [million.subarray(0, 600), y],
      "SHAPE_MISMATCH",
      /x has 100 examples but y has 96 values/,
    ],
    ["a Map as y", [x, new Map()], "INVALID_ARGUMENT", /: y is Map; pass nested arrays/],
    [
      "an unknown option",
      [x, y, { batchsize: 4 }],
      "INVALID_ARGUMENT",
      /"batchsize" is unknown; did you mean batchSize/,
    ],
    ["an unknown option of a set", [blobs(), { batchsize: 4 }], "INVALID_ARGUMENT", /did you mean batchSize/],
    ["a number as options", [x, y, 4], "INVALID_ARGUMENT", /: got 4; pass options by name, such as/],
    ["null as options", [x, y, null], "INVALID_ARGUMENT", /: got null; pass options by name, such as/],
    [
      "options of another type",
      [x, y, { signal: 1 }],
      "INVALID_ARGUMENT",
      /: signal is 1; pass a value of type AbortSignal/,
    ],
    ["null as y", [x, null], "INVALID_ARGUMENT", /: y is null; pass/],
    [
      "a data set and targets",
      [blobs(), y],
      "INVALID_ARGUMENT",
      /: got a data set and also Uint8Array\(96\); pass/,
    ],
    [
      "train and test",
      [{ train: blobs(), test: blobs() }],
      "INVALID_ARGUMENT",
      /got \{ train, test \} where.*pass one, such as data.train/,
    ],
    ["nothing", [], "INVALID_ARGUMENT", /: got undefined where a data set/],
    ["a path", ["train.csv"], "INVALID_ARGUMENT", /: got "train.csv" where a data set/],
    [
      "text among numbers",
      [[[1, 2, 3, 4, 5, "6"]], [0]],
      "DATA_FORMAT",
      /: x\[0\]\[5\] is the text "6"; convert/,
    ],
    [
      "NaN in x",
      [{ ...blobs(), x: x.with(13, Number.NaN) }],
      "DATA_FORMAT",
      /: x\[2\]\[1\] is NaN \(row 2, column 1, counted/,
    ],
    ["infinity in a flat x", [x.with(13, Infinity), y], "DATA_FORMAT", /: x\[2\]\[1\] is Infinity/],
  ])("%s: one short line", async (_, given, code, wanted) => {
    const net = await compiled(perceptron());
    for (const act of [net.fit, net.evaluate]) {
      const began = performance.now();
      const message = await failure(() => Reflect.apply(act, net, given), code);
      expect(message).toMatch(wanted);
      expect(message.length).toBeLessThanOrEqual(500);
      expect(performance.now() - began).toBeLessThan(20_000); // milliseconds alone, but for a busy machine
    }
  });

  it("says where a target is not finite", async () => {
    const net = sequential([layers.dense({ units: 2 })], { inputShape: [1], seed: 1 });
    await net.compile({ loss: "meanSquaredError", engine });
    const set = { x: Float32Array.of(1, 2), shape: [2, 1], y: Float32Array.of(1, 2, 3, Number.NaN) };
    for (const act of [() => net.fit(set), () => net.evaluate(set), () => net.fit(set.x, set.y)])
      expect(await failure(act, "DATA_FORMAT")).toMatch(
        /: y\[1\]\[1\] is NaN \(row 1, column 1, counted from 0\)/,
      );
  });
});

describe("predict", () => {
  it("takes one example, in its shape or flat, and many", async () => {
    const net = await compiled(perceptron());
    const all = await net.predict(x);
    const first = { shape: [1, 3], data: all.data.slice(0, 3) };
    for (const one of [
      nested[0]!,
      [nested[0]!],
      x.slice(0, 6),
      Float64Array.from(nested[0]!),
      { x: nested[0]!, shape: [1, 6] },
      engine.tensor(nested[0]!),
      { shape: [1, 6], data: x.slice(0, 6) },
    ])
      expect(await net.predict(one)).toEqual(first);
    expect(await net.predict([...nested[0]!, ...nested[1]!])).toEqual({
      shape: [2, 3],
      data: all.data.slice(0, 6),
    });
    expect(await net.predict(foreign.x)).toEqual(all);
    expect((await net.classify(nested[0]!)).length).toBe(1);
  });

  it("takes an image with or without its channel, alone or among others", async () => {
    const net = await compiled(convolution());
    const floats = Float32Array.from({ length: 128 }, (_, i) => i / 128);
    const images = [0, 1].map((n) =>
      Array.from({ length: 8 }, (_, row) => [...floats.subarray(64 * n + 8 * row, 64 * n + 8 * row + 8)]),
    );
    const wanted = await net.predict({ x: floats, shape: [2, 8, 8, 1] });
    expect(await net.predict(images)).toEqual(wanted);
    expect(await net.predict(floats)).toEqual(wanted);
    expect(await net.predict({ x: floats, shape: [2, 64] })).toEqual(wanted);
    expect(await net.predict(images[0]!)).toEqual({ shape: [1, 4], data: wanted.data.slice(0, 4) });
  });

  it.each<[string, number[]]>([
    ["channels first", [2, 1, 8, 8]],
    ["width and height exchanged", [2, 4, 16, 1]],
    ["rows of half an example", [4, 32]],
    ["another number of numbers", [1, 8, 8, 1]],
  ])("refuses %s, though the numbers are as many", async (_, shape) => {
    const net = await compiled(convolution());
    await failure(() => net.predict({ x: new Float32Array(128), shape }), "SHAPE_MISMATCH");
  });

  it("refuses NaN by its place", async () => {
    const net = await compiled(perceptron());
    expect(await failure(() => net.predict(x.with(7, Number.NaN)), "DATA_FORMAT")).toMatch(
      /^predict: x\[1\]\[1\] is NaN/,
    );
  });
});

describe("raw pixels", () => {
  let warn: MockInstance<typeof console.warn>;
  beforeEach(() => {
    warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  });
  afterEach(() => {
    warn.mockRestore();
  });
  const plain = (first = layers.flatten()): Model =>
    sequential(
      [
        first,
        ...(first.type === "flatten" ? [] : [layers.flatten()]),
        layers.dense({ units: 4, activation: "softmax" }),
      ],
      { inputShape: [8, 8, 1], seed: 1 },
    );
  const { normalization: _, ...raw } = quarters();

  it.each<[string, (net: Model) => Promise<unknown>]>([
    ["bytes in fit", (net) => net.fit(raw)],
    ["bytes in evaluate", (net) => net.evaluate(raw)],
    ["bytes in predict", (net) => net.predict(raw.x)],
    ["whole numbers in fit", (net) => net.fit(Float32Array.from(raw.x), raw.y)],
    ["nested whole numbers in predict", (net) => net.predict([...raw.x])],
  ])("as %s are noted once", async (_, act) => {
    const net = await compiled(plain());
    await act(net);
    await act(net);
    expect(warn.mock.calls.map(([text]) => text)).toEqual([
      expect.stringMatching(
        /^anygrad: (fit|evaluate|predict): x holds raw pixels from 0 to 255; nothing brings them to 0 … 1/,
      ),
    ]);
  });

  it("as floats are noted where the model was trained on bytes", async () => {
    const net = await compiled(plain());
    await net.fit(quarters());
    await net.predict(raw.x);
    expect(warn).not.toHaveBeenCalled();
    await net.predict(Float32Array.from(raw.x));
    expect(warn.mock.calls[0]![0]).toContain("pass a Uint8Array");
  });

  it.each<[string, Model, (net: Model) => Promise<unknown>]>([
    ["a normalisation", plain(), (net) => net.fit(quarters())],
    [
      "one that says: as they are",
      plain(),
      (net) => net.fit({ ...raw, normalization: { scale: 1, shift: 0 } }),
    ],
    ["a layer that rescales", plain(layers.rescaling({ scale: 1 / 255 })), (net) => net.fit(raw)],
    ["batch normalisation", convolution(), (net) => net.fit(raw)],
    ["small numbers", plain(), (net) => net.fit({ ...raw, x: raw.x.map((value) => value & 1) })],
    ["fractions", plain(), (net) => net.fit({ ...raw, x: Float32Array.from(raw.x, (value) => value / 255) })],
  ])("are not noted with %s", async (_, net, act) => {
    await compiled(net);
    await act(net);
    expect(warn).not.toHaveBeenCalled();
  });
});

describe("successive fits", () => {
  const { seed: _, ...seedless } = options;
  async function loop(net: Model, each: FitOptions): Promise<string> {
    for (let epoch = 0; epoch < 3; epoch++) await net.fit(blobs(), { ...each, epochs: 1 });
    return net.digest();
  }
  const noisy = (): Promise<Model> => compiled(perceptron({ dropout: 0.3 }));

  it("go on with the order of the last: a loop over one epoch is one call", async () => {
    const whole = await noisy();
    await whole.fit(blobs(), seedless);
    expect(await loop(await noisy(), seedless)).toBe(await whole.digest());
    const seeded = await noisy();
    await seeded.fit(blobs(), { ...options, epochs: 1 });
    await seeded.fit(blobs(), { ...seedless, epochs: 2 });
    const other = await noisy();
    await other.fit(blobs(), options);
    expect(await seeded.digest()).toBe(await other.digest());
  });

  it("begin anew with a seed: the same order each time", async () => {
    expect(await loop(await compiled(perceptron()), { ...seedless, seed: 0 })).not.toBe(
      await loop(await compiled(perceptron()), seedless),
    );
  });

  it("go on after an interruption, after save and load, and exactly where resumed", async () => {
    const { load } = await import("../../../src/model/index.ts");
    const net = await noisy();
    await net.fit(blobs(), { ...seedless, epochs: 2 });
    const again = await load(await net.save({ optimizer: true }), { engine });
    await net.fit(blobs(), { ...seedless, epochs: 1 });
    await again.fit(blobs(), { ...seedless, epochs: 1 });
    expect(await again.digest()).toBe(await net.digest());
    // a second run, left in its middle and resumed, ends as if it had not been left
    const whole = await noisy();
    const left = await noisy();
    for (const each of [whole, left]) await each.fit(blobs(), { ...seedless, epochs: 2 });
    await whole.fit(blobs(), { ...seedless, epochs: 2 });
    for await (const { step } of left.train(blobs(), { ...seedless, epochs: 2 })) if (step === 2) break;
    const resumed = await load(await left.save({ optimizer: true }), { engine });
    await resumed.fit(blobs(), { resume: true });
    expect(await resumed.digest()).toBe(await whole.digest());
    await left.fit(blobs(), { resume: true });
    expect(await left.digest()).toBe(await whole.digest());
  });

  it("go on after a callback's error, and begin anew after compile", async () => {
    const order: number[][] = [];
    const watch = async (net: Model, callback: object = {}): Promise<void> => {
      const seen: number[] = [];
      order.push(seen);
      await net.fit(blobs(), {
        ...seedless,
        epochs: 1,
        callbacks: [{ onStepEnd: ({ loss }) => void seen.push(loss) }, callback],
      });
    };
    const frozen = async (net: Model): Promise<Model> =>
      compiled(net, { optimizer: optimizers.sgd({ learningRate: 0 }) });
    const net = await frozen(perceptron());
    const fails = {
      onEpochEnd: () => {
        throw new Error("mine");
      },
    };
    await watch(net, fails).catch(() => {});
    await watch(net);
    await frozen(net);
    await watch(net);
    expect(order[1]).not.toEqual(order[0]);
    expect(order[2]).toEqual(order[0]);
  });
});
