/** A model in a worker takes and refuses the options that one on the page does: names on the page, values where they are used. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEngine } from "../../src/autograd/engine.ts";
import type { Model } from "../../src/model/index.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { blobs, perceptron } from "../model/examples.ts";
import { compiled, inWorker, options, working } from "./entry.ts";

async function refused(act: () => unknown, code = "INVALID_ARGUMENT"): Promise<string> {
  const outcome = await Promise.resolve()
    .then(act)
    .then(
      () => "taken",
      (error) => {
        expect(error).toMatchObject({ name: "AnygradError", code });
        return error.message as string;
      },
    );
  expect(outcome).not.toBe("taken");
  expect(outcome.length).toBeLessThanOrEqual(500);
  return outcome;
}

/** What is refused changes nothing: one worker for all of it. */
const refusing = inWorker(perceptron(), { engine: { threads: 1 } });
beforeAll(() => refusing.compile(options));
afterAll(() => refusing.dispose());

describe("options of a model in a worker", () => {
  it("of inWorker and of its engine are refused at once", async () => {
    const make = inWorker as (model: Model, options: unknown) => unknown;
    expect(await refused(() => make(perceptron(), 2))).toMatch(/^inWorker: got 2; .*engine/);
    expect(await refused(() => make(perceptron(), { engin: {} }))).toMatch(/did you mean engine\?/);
    expect(await refused(() => make(perceptron(), { engine: { backend: "wasm" } }))).toMatch(
      /^inWorker: engine: "backend" is unknown; did you mean variant\?/,
    );
  });

  it.each<[object, RegExp]>([
    [{ epoch: 3 }, /^fit: "epoch" is unknown; did you mean epochs\?/],
    [{ transfr: true }, /^fit: "transfr" is unknown; did you mean transfer\?/],
    [{ epochs: "10" }, /^fit: epochs is "10"; pass a whole number from 0/],
    [{ verbose: "1" }, /^fit: verbose is "1"; pass a value of type number\|boolean/],
    [{ verbose: 3 }, /^verbose is 3; pass 0, 1 or 2/],
    [{ shuffle: "no" }, /^fit: shuffle is "no"; pass a value of type boolean/],
    [
      { callbacks: { onBatchEnd() {} } },
      /^fit: callbacks: "onBatchEnd" is unknown; did you mean onStepEnd\?/,
    ],
  ])("fit(data, %o)", async (given, message) => {
    expect(await refused(() => refusing.fit(blobs(), given))).toMatch(message);
    expect(await refused(() => refusing.train(blobs(), given).next())).toMatch(message);
  });

  it("of evaluate, predict and save", async () => {
    const net = await compiled(perceptron());
    expect(await refused(() => net.evaluate(blobs(), { batchSize: "1" as never }))).toMatch(
      /^evaluate: batchSize is "1"; pass a whole number from 1/,
    );
    expect(await refused(() => net.predict(blobs(), { batchSize: 0.5 }))).toMatch(
      /^predict: batchSize is 0.5/,
    );
    expect(await refused(() => net.save({ optimiser: true } as object))).toMatch(/did you mean optimizer\?/);
  });

  it.each([
    [undefined, "INVALID_ARGUMENT", /^predict: x is undefined; pass nested arrays/],
    [null, "INVALID_ARGUMENT", /^predict: x is null; pass nested arrays/],
    ["text", "INVALID_ARGUMENT", /^predict: x is "text"; pass nested arrays/],
    [() => [1], "INVALID_ARGUMENT", /^predict: x is function; pass nested arrays/],
    [Symbol("x"), "INVALID_ARGUMENT", /^predict: x is Symbol\(x\); pass nested arrays/],
    [{}, "INVALID_ARGUMENT", /^predict: x is \{\}; pass nested arrays/],
    [[["1", 2, 3, 4, 5, 6]], "DATA_FORMAT", /^predict: x\[0\]\[0\] is the text "1"; convert it/],
    [[], "SHAPE_MISMATCH", /^predict: there are no examples; pass at least one$/],
    [new Float32Array(0), "SHAPE_MISMATCH", /^predict: there are no examples; pass at least one$/],
    [{ x: [], shape: [0, 6] }, "SHAPE_MISMATCH", /^predict: there are no examples; pass at least one$/],
  ])("predict and classify refuse %o in the words of the page", async (given, code, message) => {
    const page = perceptron();
    await page.compile({ ...options, engine: await createEngine({ threads: 1 }) });
    for (const model of [page, refusing]) {
      expect(await refused(() => model.predict(given as never), code)).toMatch(message);
      expect(await refused(() => model.classify(given as never), code)).toMatch(message);
      expect(await refused(() => model.predictOnBatch(given as never), code)).toMatch(message);
    }
  });

  it("are taken in shorter forms, too", async () => {
    const net = working(perceptron());
    await net.compile({ ...options, metrics: "accuracy" });
    let epochs = 0;
    await net.fit(blobs(), { callbacks: { onEpochEnd: () => void epochs++ } });
    expect(epochs).toBe(1);
    expect(Object.keys(await net.evaluate(blobs()))).toEqual(["loss", "accuracy"]);
  });

  it("cannot be a function as the loss", async () => {
    const net = working(perceptron());
    expect(await refused(() => net.compile({ loss: (_, yPred) => yPred }), "UNSUPPORTED")).toMatch(
      /^compile: the loss .* is a function of your own, which cannot be sent to a worker/,
    );
  });

  it("cannot have a loss of one's own, as an object or in a model that comes with it", async () => {
    const own = {
      type: "mine",
      config: {},
      targets: "labels",
      call: (predictions: Tensor) => predictions,
    } as const;
    for (const loss of [own, { ...own, type: undefined as never }])
      expect(await refused(() => working(perceptron()).compile({ loss }), "UNSUPPORTED")).toMatch(
        /^compile: the loss .* is one of your own, which cannot be sent to a worker/,
      );
    const model = perceptron();
    await model.compile({ loss: (_, yPred) => yPred, engine: await createEngine({ threads: 1 }) });
    const net = working(model);
    expect((await net.predict(blobs())).shape).toEqual([96, 3]);
    for (const act of [() => net.fit(blobs()), () => net.evaluate(blobs())])
      expect(await refused(act, "NOT_READY")).toMatch(/: the loss "loss" is one of your own/);
  });

  it.each<[unknown[], RegExp]>([
    [[{ batchsize: 4 }], /: "batchsize" is unknown; did you mean batchSize\?/],
    [[4], /: got 4; pass options by name/],
    [[null], /: got null; pass options by name/],
  ])("follow x and y, and are as strict there: %o", async (last, message) => {
    const { x, y } = blobs();
    for (const act of [refusing.fit, refusing.evaluate])
      expect(await refused(() => Reflect.apply(act, refusing, [x, y, ...last]))).toMatch(message);
  });
});
