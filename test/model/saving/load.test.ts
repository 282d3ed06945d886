/** What `load` takes, what it says of anything else, and models with a loss or metrics of one's own. */
import vm from "node:vm";
import { describe, expect, it } from "vitest";
import { createEngine } from "../../../src/autograd/engine.ts";
import { readCsv } from "../../../src/data/csv.ts";
import { readIdx } from "../../../src/data/idx.ts";
import { layers } from "../../../src/layers/index.ts";
import type { Loss, LossFunction } from "../../../src/losses/index.ts";
import { type Metric, metrics } from "../../../src/metrics/index.ts";
import { type Callback, type FitOptions, load, type Model, sequential } from "../../../src/model/index.ts";
import * as ops from "../../../src/ops/index.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { failure } from "../../data/failure.ts";
import { blobs, perceptron } from "../examples.ts";

const engine = await createEngine();

/** What holds these bytes, in every form. */
function holders(bytes: Uint8Array<ArrayBuffer>): [string, () => unknown][] {
  const around = new Uint8Array(bytes.length + 8);
  around.set(bytes, 4);
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return [
    ["Uint8Array", () => bytes],
    ["a view in the middle of a buffer", () => around.subarray(4, 4 + bytes.length)],
    ["Buffer", () => Buffer.from(bytes)],
    ["DataView", () => new DataView(around.buffer, 4, bytes.length)],
    ["ArrayBuffer", () => bytes.slice().buffer],
    ["SharedArrayBuffer", () => shared.buffer],
    [
      "ArrayBuffer of another realm",
      () => vm.runInNewContext("bytes => Uint8Array.from(bytes).buffer")([...bytes]),
    ],
    ["Blob", () => new Blob([bytes])],
    ["File", () => new File([bytes], "model.safetensors")],
    ["Response", () => new Response(bytes)],
    ["a promise of a Response, as fetch gives", async () => new Response(bytes)],
    ["a promise of bytes", async () => bytes],
  ];
}

const net = await trained();
const bytes = await net.save();
const digest = await net.digest();

async function trained(): Promise<Model> {
  const made = perceptron();
  await made.compile({
    optimizer: "adam",
    loss: "sparseCategoricalCrossentropy",
    metrics: ["accuracy"],
    engine,
  });
  await made.fit(blobs(), { seed: 1 });
  return made;
}

describe("bytes", () => {
  it.each(holders(bytes))("of a model as %s", async (_, make) => {
    expect(await (await load(make() as never, { engine })).digest()).toBe(digest);
  });

  it.each(holders(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 7, 2, 1)))(
    "of an IDX file as %s",
    async (_, make) => {
      expect(await readIdx(make() as never)).toMatchObject({ shape: [3], data: Uint8Array.of(7, 2, 1) });
    },
  );

  it.each<[string, () => unknown]>([
    ...holders(new TextEncoder().encode("1,2,3\n0,4,5\n")),
    ["text", () => "1,2,3\n0,4,5\n"],
    ["a promise of text", async () => "1,2,3\n0,4,5\n"],
    ["a stream", () => new Blob(["1,2,3\n0,4,5\n"]).stream()],
  ])("of a CSV file as %s", async (_, make) => {
    expect(await readCsv(make() as never)).toMatchObject({ shape: [2, 2], x: Uint8Array.of(2, 3, 4, 5) });
  });

  const sources: [string, (source: unknown) => Promise<unknown>][] = [
    ["load", (source) => load(source as never)],
    ["readIdx", (source) => readIdx(source as never)],
    ["readCsv", (source) => readCsv(source as never)],
  ];
  it.each(sources)("that %s cannot take are named", async (_, read) => {
    const used = new Response(bytes);
    await used.arrayBuffer();
    const missing = new Response("not here", { status: 404, statusText: "Not Found" });
    const cases: [unknown, string, RegExp][] = [
      [missing, "DATA_DOWNLOAD", /: the server answered 404 Not Found; check the address/],
      [
        Promise.resolve(new Response(null, { status: 500 })),
        "DATA_DOWNLOAD",
        /: the server answered 500; check/,
      ],
      [used, "DATA_DOWNLOAD", /: the response has been read before; fetch it again/],
      [
        Promise.reject(new TypeError("fetch failed")),
        "DATA_DOWNLOAD",
        /: the data did not arrive \(fetch failed\); check/,
      ],
      [undefined, "INVALID_ARGUMENT", /: got undefined, which holds no bytes; pass/],
      [null, "INVALID_ARGUMENT", /: got null, which/],
      [5, "INVALID_ARGUMENT", /: got 5, which/],
      [{ bytes }, "INVALID_ARGUMENT", /: got \{ bytes \}, which/],
      [new URL("file:///a.bin"), "INVALID_ARGUMENT", /: got URL, which/],
      [[1, 2, 3], "INVALID_ARGUMENT", /: got \[1, 2, 3\], which/],
    ];
    for (const [source, code, wanted] of cases)
      expect(await failure(() => read(source), code)).toMatch(wanted);
  });

  it("are not a path: load and readCsv say what is", async () => {
    expect(await failure(() => load("model.safetensors" as never), "INVALID_ARGUMENT")).toBe(
      'load: got "model.safetensors", which holds no bytes; pass what net.save() gave, or await fetch(url); for a file use loadModel(path) of anygrad/node',
    );
    expect(await failure(() => readCsv("data/train.csv"), "DATA_FORMAT")).toMatch(
      /^CSV: the text "data\/train.csv" holds no rows; pass the contents of a file, not its name/,
    );
  });
});

describe("a loss and metrics of one's own", () => {
  const mine: Loss = {
    type: "mine",
    config: {},
    targets: "labels",
    call: (predictions, labels) => ops.multiply(ops.sparseCategoricalCrossentropy(predictions, labels), 2),
  };
  const margin = metrics.mean({ name: "margin", of: ({ data, columns }, _, row) => data[row * columns]! });
  const steps: Metric = {
    name: "steps",
    config: {},
    create: () => {
      let count = 0;
      return {
        update: () => void count++,
        result: () => count,
        reset: () => {},
        save: () => count,
        restore: (saved) => {
          count = saved as number;
        },
      };
    },
  };
  const how = { optimizer: "adam", loss: mine, metrics: [steps, "accuracy", margin] } as const;
  const custom = { mine, steps, margin };
  const options: FitOptions = { epochs: 3, batchSize: 20, seed: 2 };

  async function fitted(callbacks: Callback[] = []): Promise<Model> {
    const made = perceptron();
    await made.compile({ ...how, engine });
    await made.fit(blobs(), { ...options, callbacks });
    return made;
  }

  it("are left out where the model only predicts, and saved again by name", async () => {
    const made = await fitted();
    const again = await load(await made.save(), { engine });
    expect(await again.predict(blobs())).toEqual(await made.predict(blobs()));
    const third = await load(await again.save(), { engine, custom });
    expect(await third.evaluate(blobs())).toEqual(await made.evaluate(blobs()));
  });

  it("are asked for by what trains, each by its name", async () => {
    const saved = await (await fitted()).save({ optimizer: true });
    const without = async (names: (keyof typeof custom)[]): Promise<Model> =>
      load(saved, { engine, custom: Object.fromEntries(names.map((name) => [name, custom[name]])) });
    for (const [action, act] of [
      ["fit", (loaded: Model) => loaded.fit(blobs())],
      ["fit", (loaded: Model) => loaded.train(blobs()).next()],
      ["evaluate", (loaded: Model) => loaded.evaluate(blobs())],
    ] as const) {
      expect(await failure(async () => act(await without([])), "NOT_READY")).toBe(
        `${action}: the loss "mine" is one of your own, which files do not hold; pass it as load(bytes, { custom: [mine] }), or compile again`,
      );
      expect(await failure(async () => act(await without(["mine", "steps"])), "NOT_READY")).toMatch(
        /the metric "margin" is one of your own.*custom: \[margin\]/,
      );
    }
    const compiledAgain = await without([]);
    await compiledAgain.compile({ loss: "sparseCategoricalCrossentropy" });
    expect((await compiledAgain.evaluate(blobs())).loss).toBeGreaterThan(0);
  });

  it("go on with a run in the middle of an epoch, bit for bit, metrics too", async () => {
    const whole = await fitted();
    const left = perceptron();
    await left.compile({ ...how, engine });
    for await (const { epoch, step } of left.train(blobs(), options)) if (epoch === 1 && step === 2) break;
    const again = await load(await left.save({ optimizer: true }), { engine, custom });
    const { seconds: _, ...history } = await again.fit(blobs(), { resume: true });
    const { seconds: __, ...wanted } = await left.fit(blobs(), { resume: true });
    expect(history).toEqual(wanted);
    expect(Object.keys(history).slice(0, 4)).toEqual(Object.keys(wanted).slice(0, 4));
    expect(history.steps).toEqual([5, 5, 5]);
    expect(await again.digest()).toBe(await whole.digest());
  });

  it("without a name of its own is called loss", async () => {
    const { type: _, ...nameless } = mine;
    const made = perceptron();
    await made.compile({ loss: nameless as Loss, engine });
    const saved = await made.save();
    expect(await failure(async () => (await load(saved, { engine })).fit(blobs()), "NOT_READY")).toContain(
      'the loss "loss"',
    );
    expect((await load(saved, { engine, custom: { loss: mine } })).isCompiled).toBe(true);
  });

  describe("as a function of tensors", () => {
    const named = function meanSquaredError(yTrue: Tensor, yPred: Tensor): Tensor {
      return ops.mean(ops.abs(ops.subtract(yPred, yTrue)), { axis: -1 });
    };
    const loss: LossFunction = (yTrue, yPred) => ops.mean(ops.abs(ops.subtract(yPred, yTrue)), { axis: -1 });
    const line = { x: Float32Array.of(-1, 0, 1, 2), shape: [4, 1], y: Float32Array.of(-3, -1, 1, 3) };
    const network = (): Model => sequential([layers.dense({ units: 1 })], { inputShape: [1], seed: 1 });

    it("is passed by its name, and keeps it", async () => {
      const made = network();
      await made.compile({ loss, engine });
      await made.fit(line, { epochs: 2 });
      const again = await load(await made.save(), { engine, custom: { loss: (t, p) => loss(t, p) } });
      expect(await again.evaluate(line)).toEqual(await made.evaluate(line));
      const third = await load(await again.save(), { engine, custom: { loss } });
      expect(await third.evaluate(line)).toEqual(await made.evaluate(line));
    });

    it("is never taken for the package's of the same name", async () => {
      const made = network();
      await made.compile({ loss: named, engine });
      const again = await load(await made.save(), { engine });
      expect(await failure(() => again.evaluate(line), "NOT_READY")).toContain('the loss "meanSquaredError"');
    });
  });

  it.each<[string, unknown, RegExp]>([
    ["an unknown option", { customs: {} }, /^load: "customs" is unknown; did you mean custom\?/],
    ["an engine without its name", engine, /^load: got|^load: "allocator" is unknown/],
    ["a list of names", { custom: ["mine"] }, /^load: custom: an item is "mine", neither/],
    ["a list of layers", { custom: [layers.relu()] }, /^load: custom: an item is \{ type, .*, neither/],
    ["a Map", { custom: new Map([["mine", mine]]) }, /^load: custom is Map; pass/],
    [
      "a loss alone",
      { custom: mine },
      /^load: custom: "type" is "mine", neither a definition nor a loss nor a metric; pass/,
    ],
    ["a function alone", { custom: () => mine }, /^load: custom is function .*; pass/],
    ["a name", { custom: { mine: "huber" } }, /^load: custom: "mine" is "huber", neither/],
    ["nothing", { custom: { mine: null } }, /^load: custom: "mine" is null, neither/],
  ])("cannot be %s", async (_, given, wanted) => {
    const bytes = await (await fitted()).save();
    expect(await failure(() => load(bytes, given as never), "INVALID_ARGUMENT")).toMatch(wanted);
  });
});
