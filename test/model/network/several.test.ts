/** Networks of several inputs and outputs: Keras's figures, all forms of data, and whatever holds for networks of one. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createEngine, type Engine } from "../../../src/autograd/engine.ts";
import { dataset } from "../../../src/data/dataset.ts";
import { split, subset, take } from "../../../src/data/selection.ts";
import type { ErrorCode } from "../../../src/errors.ts";
import { layers } from "../../../src/layers/index.ts";
import {
  type CompileOptions,
  input,
  load,
  type Model,
  model,
  modelFromConfig,
} from "../../../src/model/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { optimizers } from "../../../src/optimizers/index.ts";
import { failure } from "../../data/failure.ts";

interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}
type Named = Readonly<Record<string, Numbers>>;
interface Run {
  readonly before: Named;
  readonly after: Named;
  readonly history: Readonly<Record<string, readonly number[]>>;
  readonly evaluated: Readonly<Record<string, number>>;
  readonly predicted: readonly Numbers[];
}
const recorded = JSON.parse(
  readFileSync(new URL("../../fixtures/several/several.json", import.meta.url), "utf8"),
) as { data: Named; weights: Named; plain: Run; weighted: Run };

const array = ({ shape, data }: Numbers) => ({ shape, data: Float32Array.from(data) });
const labels = ({ shape, data }: Numbers) => ({ shape, data: Int32Array.from(data) });
const nested = ({ shape, data }: Numbers): never => {
  let values: unknown[] = [...data];
  for (const length of shape.slice(1).reverse())
    values = Array.from({ length: values.length / length }, (_, i) =>
      values.slice(i * length, (i + 1) * length),
    );
  return values as never;
};
const { a, b, kind, price, steps } = recorded.data as Record<"a" | "b" | "kind" | "price" | "steps", Numbers>;
const x = { a: array(a), b: array(b) };
const y = { kind: labels(kind), price: array(price), steps: array(steps) };

const engine = await createEngine();

function tensors() {
  const inputs = [input({ shape: [3], name: "a" }), input({ shape: [4, 2], name: "b" })] as const;
  const shared = layers.dense({ units: 3, activation: "tanh", name: "shared" });
  const fit = layers.dense({ units: 3, name: "fit" }).apply(inputs[1]);
  const mean = layers.globalAveragePooling1d({ name: "mean" }).apply(shared.apply(fit));
  const hidden = layers.concatenate([shared.apply(inputs[0]), mean], { name: "both" });
  const outputs = {
    kind: layers.dense({ units: 3, activation: "softmax", name: "kind" }).apply(hidden),
    price: layers.dense({ units: 2, name: "price" }).apply(hidden),
    steps: layers.dense({ units: 1, activation: "sigmoid", name: "steps" }).apply(inputs[1]),
  };
  return { inputs, outputs };
}

function network(): ReturnType<typeof listed> {
  return listed();
}
function listed() {
  const { inputs, outputs } = tensors();
  return model({ inputs, outputs: [outputs.kind, outputs.price, outputs.steps], seed: 1 });
}

const settings: CompileOptions = {
  optimizer: optimizers.sgd({ learningRate: 0.1 }),
  loss: { kind: "sparseCategoricalCrossentropy", price: "mse", steps: "binaryCrossentropy" },
  lossWeights: { price: 0.5, steps: 2 },
  metrics: { kind: ["accuracy"], price: "mae" },
  engine,
};

async function compiled(options: Partial<CompileOptions> = {}): Promise<ReturnType<typeof network>> {
  const net = network();
  await net.compile({ ...settings, ...options });
  return net;
}

function near(found: ArrayLike<number>, wanted: readonly number[], name: string): void {
  expect(found.length, name).toBe(wanted.length);
  const scale = Math.max(1, ...wanted.map(Math.abs));
  expect(Math.max(...wanted.map((value, i) => Math.abs(value - found[i]!))) / scale, name).toBeLessThan(3e-6);
}

function begin(net: Pick<Model, "getWeights" | "setWeights">, before: Named): void {
  net.setWeights(
    net.getWeights().map(({ name }) => {
      const { shape, data } = before[name]!;
      return { shape, data: Float32Array.from(data) };
    }),
  );
}

describe("Keras's run", () => {
  const weights = Object.fromEntries(
    Object.entries(recorded.weights).map(([name, each]) => [name, each.data]),
  );
  const cases = { plain: {}, weighted: { sampleWeight: weights } } as const;

  it.each(Object.keys(cases) as (keyof typeof cases)[])(
    "%s: losses, metrics, weights, predictions",
    async (which) => {
      const net = await compiled();
      const wanted = recorded[which];
      begin(net, wanted.before);
      const history = await net.fit(x, y, { epochs: 2, batchSize: 4, shuffle: false, ...cases[which] });
      for (const [name, values] of Object.entries(wanted.history)) near(history[name]!, values, name);
      expect(Object.keys(history).sort()).toEqual(
        [...Object.keys(wanted.history), "seconds", "learningRate"].sort(),
      );
      for (const { name, data } of net.getWeights()) near(data, wanted.after[name]!.data, name);
      const evaluated = await net.evaluate(x, y);
      for (const [name, value] of Object.entries(wanted.evaluated)) near([evaluated[name]!], [value], name);
      (await net.predict(x)).forEach(({ shape, data }, i) => {
        expect(shape).toEqual(wanted.predicted[i]!.shape);
        near(data, wanted.predicted[i]!.data, `output ${i}`);
      });
    },
  );
});

describe("data", () => {
  const list = [y.kind, y.price, y.steps];
  const set = dataset({
    x: { b: nested(b), a: nested(a) },
    y: { steps: nested(steps), kind: kind.data as never, price: nested(price) },
  });
  const forms: Readonly<Record<string, (net: Model<never>) => Promise<unknown>>> = {
    "records, by x and y": (net) => net.fit(x, y, { batchSize: 4, shuffle: false }),
    "records as one": (net) => net.fit({ x, y }, { batchSize: 4, shuffle: false }),
    "lists in order": (net) => net.fit([x.a, x.b], list, { batchSize: 4, shuffle: false }),
    "nested arrays": (net) =>
      net.fit(
        { a: nested(a), b: nested(b) },
        { kind: [...kind.data], price: nested(price), steps: nested(steps) },
        { batchSize: 4, shuffle: false },
      ),
    tensors: (net) =>
      net.fit([engine.tensor(a.data, a.shape), engine.tensor(b.data, b.shape)], list, {
        batchSize: 4,
        shuffle: false,
      }),
    "a data set in another order": (net) => net.fit(set, { batchSize: 4, shuffle: false }),
    "parts of a data set": (net) =>
      net.fit(
        subset(
          set,
          Array.from({ length: 10 }, (_, i) => i),
        ),
        { batchSize: 4, shuffle: false },
      ),
    "a stream": (net) =>
      net.fit(function* () {
        for (const [from, to] of [
          [0, 4],
          [4, 8],
          [8, 10],
        ] as const) {
          const rows = Array.from({ length: to - from }, (_, i) => from + i);
          const part = subset(set, rows);
          if (from === 0) yield part;
          else {
            const of = (each: Numbers): never => (nested(each) as unknown[]).slice(from, to) as never;
            yield {
              x: { a: of(a), b: of(b) },
              y: { kind: kind.data.slice(from, to), price: of(price), steps: of(steps) },
            };
          }
        }
      }),
  };

  it.each(Object.entries(forms))("%s", async (_, train) => {
    const net = await compiled();
    begin(net, recorded.plain.before);
    await train(net as unknown as Model<never>);
    const wanted = await compiled();
    begin(wanted, recorded.plain.before);
    await wanted.fit(x, y, { batchSize: 4, shuffle: false });
    expect(await net.digest()).toBe(await wanted.digest());
  });

  it("may be split, taken and evaluated on", async () => {
    const net = await compiled();
    const { train, test } = split(set, 0.3, { seed: 1 });
    await net.fit(train, { validationData: test });
    const two = take(set, 2);
    expect(await net.evaluate(two)).toEqual(
      await net.evaluate(
        { a: (nested(a) as unknown[]).slice(0, 2), b: (nested(b) as unknown[]).slice(0, 2) } as never,
        {
          kind: kind.data.slice(0, 2),
          price: (nested(price) as number[][]).slice(0, 2),
          steps: (nested(steps) as number[][][]).slice(0, 2),
        },
      ),
    );
  });

  it("of bytes are brought to the network's scale as in training, by input", async () => {
    const image = input({ shape: [2, 2, 1], name: "image" });
    const other = input({ shape: [1], name: "other" });
    const both = layers.concatenate([layers.flatten().apply(image), other]);
    const net = model({ inputs: [image, other], outputs: layers.dense({ units: 1 }).apply(both), seed: 1 });
    await net.compile({ loss: "mse", engine });
    const bytes = Uint8Array.from({ length: 8 }, (_, i) => 30 * i);
    const pixels = {
      x: bytes,
      y: new Int32Array(2),
      shape: [2, 2, 2, 1],
      normalization: { scale: 1 / 255, shift: 0 },
    };
    await net.fit({ image: pixels, other: [[1], [2]] }, [[1], [2]]);
    const floats = Float32Array.from(bytes, (value) => value / 255);
    const again = await load(await net.save(), { engine });
    const raw = (await again.predict({ image: { x: bytes, shape: [2, 2, 2, 1] }, other: [[1], [2]] })).data;
    near(
      raw,
      [...(await net.predict({ image: { x: floats, shape: [2, 2, 2, 1] }, other: [[1], [2]] })).data],
      "outputs",
    );
  });

  it("of one input and several outputs, and the other way round", async () => {
    const one = input({ shape: [3], name: "a" });
    const net = model({
      inputs: one,
      outputs: { up: layers.dense({ units: 1 }).apply(one), down: layers.dense({ units: 1 }).apply(one) },
    });
    await net.compile({ loss: "mse", engine });
    await net.fit(x.a, { up: a.data.slice(0, 10), down: a.data.slice(0, 10) }, { validationSplit: 0.2 });
    expect(Object.keys(await net.predict(x.a))).toEqual(["up", "down"]);
    const { inputs, outputs } = tensors();
    const single = model({ inputs, outputs: outputs.kind });
    await single.compile({ loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"], engine });
    const named = Array.from(kind.data, (each) => ["ash", "elm", "oak"][each]!);
    const history = await single.fit(x, named, { validationData: [x, named] as never });
    expect(Object.keys(history)).toContain("val_accuracy");
    expect(single.classNames).toEqual(["ash", "elm", "oak"]);
    expect(await single.classify(x)).toHaveLength(10);
  });
});

describe("an output without a loss", () => {
  it("is not trained, and given by predict", async () => {
    const net = await compiled({ loss: { price: "mse" }, lossWeights: 1, metrics: { price: "mae" } });
    const before = net.getWeights();
    const history = await net.fit(x, { price: y.price }, { epochs: 1 });
    expect(Object.keys(history).sort()).toEqual(["learningRate", "loss", "price_mae", "seconds"]);
    net.getWeights().forEach(({ name, data }, i) => {
      if (/^(kind|steps)/.test(name)) expect(data, name).toEqual(before[i]!.data);
      else expect(data, name).not.toEqual(before[i]!.data);
    });
    expect(await net.predict(x)).toHaveLength(3);
  });
});

describe("the same bits", () => {
  const fit = { epochs: 3, batchSize: 4, seed: 2, ema: 0.9 };
  async function trained(on: Engine): Promise<string> {
    const net = await compiled({ optimizer: "adam", engine: on });
    await net.fit(x, y, fit);
    return net.digest();
  }

  it("scalar and simd, one thread and several", async () => {
    const wanted = await trained(engine);
    for (const options of [{ variant: "scalar" }, { threads: 2 }, { threads: 3 }] as const) {
      const own = await createEngine(options);
      expect(await trained(own), JSON.stringify(options)).toBe(wanted);
      own.dispose();
    }
  });

  it("interrupted in the middle of an epoch, saved, loaded and resumed", async () => {
    const whole = await compiled({ optimizer: "adam" });
    const history = await whole.fit(x, y, fit);
    const net = await compiled({ optimizer: "adam" });
    for await (const { globalStep } of net.train(x, y, fit)) if (globalStep === 4) break;
    const bytes = await net.save({ optimizer: true });
    const again = await load(bytes, { engine });
    expect(again.summary()).toBe(net.summary());
    expect(again.getConfig()).toEqual(net.getConfig());
    expect(await again.save({ optimizer: true })).toEqual(bytes);
    const rest = await again.fit(x, y, { resume: true });
    expect(await again.digest()).toBe(await whole.digest());
    expect(rest.price_loss).toEqual(history.price_loss);
    expect(await again.evaluate(x, y)).toEqual(await whole.evaluate(x, y));
  });

  it("from its config", async () => {
    const again = modelFromConfig(JSON.parse(JSON.stringify(network().getConfig())));
    expect([again.inputNames, again.outputNames]).toEqual([
      ["a", "b"],
      ["kind", "price", "steps"],
    ]);
    await again.compile({ ...settings, optimizer: "adam" });
    await again.fit(x, y, fit);
    expect(await again.digest()).toBe(await trained(engine));
  });
});

it("needs about the memory that it says", async () => {
  const net = network();
  const { activations } = net.memory({ batchSize: 10 });
  expect(activations).toBeGreaterThan(0);
  expect(net.summary()).toContain("b (InputLayer)");
});

it("losses, and what metrics see, may be functions", async () => {
  const loss = (yTrue: Parameters<typeof ops.subtract>[0], yPred: Parameters<typeof ops.subtract>[0]) =>
    ops.mean(ops.square(ops.subtract(yPred, yTrue)), { axis: -1 });
  const own = await compiled({
    loss: { price: loss, kind: "sparseCategoricalCrossentropy" },
    lossWeights: 1,
    metrics: { price: [loss] },
  });
  const named = await compiled({
    loss: { price: "mse", kind: "sparseCategoricalCrossentropy" },
    lossWeights: 1,
    metrics: {},
  });
  const targets = { kind: y.kind, price: y.price };
  const history = await own.fit(x, targets, { seed: 1 });
  near((await named.fit(x, targets, { seed: 1 })).loss, history.loss, "loss");
  near(history.price_loss!, history.price_loss!, "metric");
});

describe("mistakes", () => {
  const any = <T>(value: unknown): T => value as T;
  const mistakes: readonly (readonly [
    string,
    (net: Awaited<ReturnType<typeof compiled>>) => unknown,
    ErrorCode,
    RegExp,
  ])[] = [
    [
      "an input that is not there",
      (net) => net.fit({ a: x.a, c: x.b }, y),
      "INVALID_ARGUMENT",
      /^fit: x: input: "c" is unknown\. There are a, b/,
    ],
    [
      "an input too few",
      (net) => net.fit({ a: x.a }, y),
      "INVALID_ARGUMENT",
      /^fit: x has nothing for the input "b"; pass a, b/,
    ],
    [
      "one array for two inputs",
      (net) => net.fit(nested(a), y),
      "INVALID_ARGUMENT",
      /^fit: x is a list of 10 but the model has the inputs a, b/,
    ],
    [
      "a wrong shape",
      (net) => net.fit({ a: x.b, b: x.b }, y),
      "SHAPE_MISMATCH",
      /^fit: input "a": an example has the shape \[4, 2\] but the model takes \[3\]/,
    ],
    [
      "fewer examples in one",
      (net) => net.fit({ a: x.a, b: (nested(b) as unknown[]).slice(1) as never }, y),
      "SHAPE_MISMATCH",
      /^fit: input "b" has 9 examples but "a" has 10/,
    ],
    [
      "an output that is not there",
      (net) => net.fit(x, { ...y, prise: y.price }),
      "INVALID_ARGUMENT",
      /^fit: y: output: "prise" is unknown; did you mean price\?/,
    ],
    [
      "an output too few",
      (net) => net.fit(x, { kind: y.kind, price: y.price }),
      "INVALID_ARGUMENT",
      /^fit: y has nothing for the output "steps"/,
    ],
    [
      "fewer targets",
      (net) => net.fit(x, { ...y, price: (nested(price) as unknown[]).slice(1) as never }),
      "SHAPE_MISMATCH",
      /^fit: output "price": .*18 values/,
    ],
    [
      "a class that is not there",
      (net) => net.fit(x, { ...y, kind: Array(10).fill(3) }),
      "DATA_FORMAT",
      /^fit: output "kind": label 0 is 3/,
    ],
    [
      "names of classes",
      (net) => net.fit(x, { ...y, kind: Array(10).fill("oak") }),
      "DATA_FORMAT",
      /^fit: output "kind": y has names of classes/,
    ],
    [
      "a number that is none",
      (net) => net.fit(x, { ...y, price: new Float32Array(20).fill(Number.NaN) }),
      "DATA_FORMAT",
      /^fit: output "price"/,
    ],
    ["no targets", (net) => net.fit(any(x)), "INVALID_ARGUMENT", /^fit: got .* where x and y are wanted/],
    [
      "weights of an output that is not there",
      (net) => net.fit(x, y, { sampleWeight: { sort: [1] } }),
      "INVALID_ARGUMENT",
      /^fit: sampleWeight: output: "sort" is unknown/,
    ],
    [
      "weights of classes of no output",
      (net) => net.fit(x, y, { classWeight: { 0: 1 } }),
      "INVALID_ARGUMENT",
      /^fit: classWeight: output: "0" is unknown/,
    ],
    [
      "a loss of no output",
      (net) => net.compile({ loss: { sort: "mse" } }),
      "INVALID_ARGUMENT",
      /^compile: loss: output: "sort" is unknown/,
    ],
    [
      "losses too few",
      (net) => net.compile({ loss: ["mse"] }),
      "INVALID_ARGUMENT",
      /^compile: loss is a list of 1 but there are 3 outputs; .* kind, price, steps/,
    ],
    ["no loss at all", (net) => net.compile({ loss: {} }), "INVALID_ARGUMENT", /^compile: loss is empty/],
    [
      "a factor without a loss",
      (net) => net.compile({ loss: { kind: "mse" }, lossWeights: { price: 2 } }),
      "INVALID_ARGUMENT",
      /^compile: lossWeights has "price", but loss has none/,
    ],
    [
      "a negative factor",
      (net) => net.compile({ loss: "mse", lossWeights: { price: -1 } }),
      "INVALID_ARGUMENT",
      /^compile: lossWeights: price is -1/,
    ],
    [
      "metrics too few",
      (net) => net.compile({ loss: "mse", metrics: ["mae"] }),
      "INVALID_ARGUMENT",
      /^compile: metrics is a list of 1 but there are 3/,
    ],
    [
      "classes of several outputs",
      (net) => net.classify(x),
      "INVALID_ARGUMENT",
      /^classify: the model has several outputs/,
    ],
    [
      "pictures that change",
      (net) => net.fit(x, y, { augment: any({}) }),
      "INVALID_ARGUMENT",
      /^fit: augment is \{\} but the model has the inputs/,
    ],
  ];

  it.each(mistakes)("%s", async (_, act, code, message) => {
    const net = await compiled();
    const before = await net.digest();
    const said = await failure(() => act(net), code);
    expect(said).toMatch(message);
    expect(said.length).toBeLessThanOrEqual(500);
    expect(await net.digest()).toBe(before);
  });
});
