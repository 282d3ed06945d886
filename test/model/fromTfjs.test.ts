/** The first program of TensorFlow.js's guide, as docs/guide/models.md moves it over; and what is left of its names. */
import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { createEngine, layers, type Model, sequential } from "../../src/index.ts";
import { failure } from "../data/failure.ts";

it("runs with names changed only, and prints what it predicts", async () => {
  const engine = await createEngine({ threads: 1 });
  const model = sequential([layers.dense({ units: 1 })], { inputShape: [1], seed: 1 });
  model.compile({ loss: "meanSquaredError", optimizer: "sgd", engine });
  const xs = engine.tensor([1, 2, 3, 4], [4, 1]);
  const ys = engine.tensor([1, 3, 5, 7], [4, 1]);
  const { loss } = await model.fit(xs, ys, { epochs: 250, seed: 1 });
  expect(loss.at(-1)).toBeLessThan(loss[0]! / 10);
  const prediction = await model.predict(engine.tensor([5], [1, 1]));
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  prediction.print?.();
  await model.predict(engine.tensor([5], [1, 1])).print();
  const [[printed], [again]] = log.mock.calls as [[number[][]], [number[][]]];
  log.mockRestore();
  expect(again).toEqual(printed);
  expect(printed).toEqual([[prediction.data[0]]]);
  expect(printed[0]![0]).toBeGreaterThan(8);
  expect(printed[0]![0]).toBeLessThan(10);
  expect(Object.keys(prediction)).toEqual(["shape", "data"]);
});

it("is the program of the guide", () => {
  const guide = readFileSync("docs/guide/models.md", "utf8");
  for (const line of [
    "engine.tensor([1, 3, 5, 7], [4, 1])",
    "\nmodel.compile({",
    ".predict(engine.tensor([5], [1, 1])).print()",
  ])
    expect(guide).toContain(line);
});

describe("what is not awaited", () => {
  const made = () => sequential([layers.dense({ units: 1 })], { inputShape: [1], seed: 1 });

  it("a compile: fit, evaluate and predict wait for it, and what cannot wait says so", async () => {
    const works: ((net: Model) => Promise<unknown>)[] = [
      (net) => net.fit([1], [1]),
      (net) => net.evaluate([1], [1]),
      (net) => net.predict([1]),
      (net) => net.train([1], [1]).next(),
    ];
    for (const work of works) {
      const net = made();
      const compiling = net.compile({ loss: "meanSquaredError", optimizer: "sgd" });
      const message = await failure(() => net.getWeights(), "NOT_READY");
      expect(message).toBe("getWeights: the model is being compiled; await net.compile({ … }) first");
      await work(net);
      await compiling;
    }
  });

  it("a compile that fails: its error is that of what waited for it", async () => {
    const net = made();
    const compiling = failure(() => net.compile({ loss: "meanSquared" as never }), "INVALID_ARGUMENT");
    expect(await failure(() => net.fit([1], [1]), "INVALID_ARGUMENT")).toBe(await compiling);
    expect(await failure(() => net.fit([1], [1]), "NOT_READY")).toContain("is not compiled");
  });

  it("a prediction: it prints, and says of all else what to do", async () => {
    const net = made();
    await net.compile({ loss: "meanSquaredError" });
    const prediction = net.predict([1]);
    for (const name of ["data", "shape", "dataSync", "arraySync", "array"] as const)
      expect(await failure(() => prediction[name as "then"], "NOT_READY")).toBe(
        `predict: ${name} was asked for before the prediction is there; await it: const { data, shape } = await net.predict(x)`,
      );
    expect(prediction).toBeInstanceOf(Promise);
    expect(Object.keys(await prediction)).toEqual(["shape", "data"]);
    const wrong = net.predict([[1, 2]]);
    await failure(() => wrong.print(), "SHAPE_MISMATCH");
  });
});

it("takes the shape of an example at the first layer, as it was written there", async () => {
  const model = sequential();
  model.add(layers.dense({ units: 3, inputShape: [4], activation: "relu" }));
  model.add(layers.dense({ units: 1 }));
  expect(model.inputShape).toEqual([4]);
  expect(model.outputShape).toEqual([1]);
  const other = sequential([layers.dense({ units: 3, activation: "relu" }), layers.dense({ units: 1 })], {
    inputShape: [4],
  });
  const engine = await createEngine({ threads: 1 });
  await Promise.all([model, other].map((net) => net.build({ engine })));
  expect(await model.digest()).toBe(await other.digest());
  expect(model.getConfig().layers).toEqual(other.getConfig().layers);
  const image = { filters: 2, kernelSize: 3, inputShape: [8, 8, 1] };
  expect(sequential([layers.conv2d(image), layers.flatten()]).outputShape).toEqual([72]);
  expect(sequential([layers.lstm({ units: 2, inputShape: [5, 3] })]).outputShape).toEqual([2]);
  expect(
    sequential([layers.bidirectional({ layer: layers.gru({ units: 2 }), inputShape: [5, 3] })]).outputShape,
  ).toEqual([4]);
  const apart = () => sequential([layers.dense({ units: 1, inputShape: [3] })], { inputShape: [4] });
  expect(await failure(apart, "SHAPE_MISMATCH")).toContain("dense: inputShape is [3] but it gets [4]");
  const later = () =>
    sequential([layers.dense({ units: 2, inputShape: [3] }), layers.dense({ units: 1, inputShape: [3] })]);
  expect(await failure(later, "SHAPE_MISMATCH")).toContain("dense: inputShape is [3] but it gets [2]");
  const open = sequential([layers.dense({ units: 1, inputShape: [null, 4] })]);
  expect(open.outputs[0]!.shape).toEqual([null, 1]);
  const wrong = () => sequential([layers.dense({ units: 1, inputShape: [null, 0] })]);
  expect(await failure(wrong, "INVALID_ARGUMENT")).toContain("pass the shape of an example");
});
