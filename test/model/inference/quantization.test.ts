/** What weights in fewer bits cost. */
import { describe, expect, it } from "vitest";
import { createEngine } from "../../../src/engine/createEngine.ts";
import { layers } from "../../../src/layers/index.ts";
import { forInference, load, type Model, quantizationReport, sequential } from "../../../src/model/index.ts";
import { failure } from "../../data/failure.ts";
import { blobs, convolution, perceptron, quarters } from "../examples.ts";

const engine = await createEngine({ threads: 1 });
const data = quarters({ n: 128, seed: 2 });

async function fitted(): Promise<Model> {
  const net = convolution();
  await net.compile({
    optimizer: "adam",
    loss: "sparseCategoricalCrossentropy",
    metrics: "accuracy",
    engine,
  });
  await net.fit(quarters(), { epochs: 3 });
  return net;
}

describe("the report", () => {
  it.each(["int8", "float16"] as const)("of %s tells what the file predicts", async (weights) => {
    const net = await fitted();
    const digest = await net.digest();
    const report = await quantizationReport(net, data, { weights });
    expect(await net.digest()).toBe(digest);
    const bytes = await net.save({ weights });
    const again = await load(bytes, { engine });
    expect(report).toMatchObject({
      weights,
      metric: "accuracy",
      before: { bytes: (await net.save()).length, scores: await net.evaluate(data) },
      after: { bytes: bytes.length, scores: await again.evaluate(data) },
    });
    expect(report.drop).toBe(report.before.scores.accuracy! - report.after.scores.accuracy!);
    expect(report.layers.map(({ name }) => name).sort()).toEqual(["conv2d", "dense"]);
    // of each layer alone: all others are kept
    for (const { name, scores, drop, parameters, error } of report.layers) {
      const keep = ["conv2d", "dense"].filter((each) => each !== name);
      const alone = await load(await net.save({ weights, keep }), { engine });
      expect(scores).toEqual(await alone.evaluate(data));
      expect(drop).toBe(report.before.scores.accuracy! - scores.accuracy!);
      const kernel = (model: Model) => model.getWeights().find((w) => w.name === `${name}/kernel`)!.data;
      const [whole, changed] = [kernel(net), kernel(alone)];
      expect(parameters).toBe(whole.length);
      const largest = Math.max(...whole.map(Math.abs));
      expect(error).toBe(Math.max(...whole.map((value, i) => Math.abs(value - changed[i]!))) / largest);
    }
  });

  it("names the layer that cannot take it first, and `keep` mends it", async () => {
    const net = sequential(
      [layers.dense({ units: 6, name: "steady" }), layers.dense({ units: 1, name: "odd" })],
      { inputShape: [6], seed: 1 },
    );
    await net.compile({ optimizer: "sgd", loss: "meanSquaredError", metrics: ["mae"], engine });
    // one number so large that all others become 0 beside it
    const weights = net.getWeights();
    weights[0]!.data.set(Array.from({ length: 36 }, (_, i) => (i % 7 === 0 ? 1 : 0)));
    weights[2]!.data.set([1e4, 1, 1, 1, 1, 1]);
    net.setWeights(weights);
    const { x } = blobs({ n: 32 });
    (x as Float32Array).forEach((_, i) => {
      if (i % 6 === 0) x[i] = 0;
    });
    const { data: y } = await net.predict({ x: x as Float32Array, shape: [32, 6] });
    const set = { x, y, shape: [32, 6] };
    const report = await quantizationReport(net, set);
    expect(report.metric).toBe("mae");
    expect(report.layers.map(({ name }) => name)).toEqual(["odd", "steady"]);
    expect(report.layers[0]!.drop).toBeGreaterThan(0.5);
    expect(report.layers[1]!.drop).toBe(0);
    const kept = await quantizationReport(net, set, { keep: ["odd"] });
    expect(kept.drop).toBe(0);
    expect(kept.layers.map(({ name }) => name)).toEqual(["steady"]);
  });

  it("of a model for inference, and without layers; progress is told", async () => {
    const made = await forInference(await fitted());
    const steps: number[][] = [];
    const onProgress = (...step: number[]): void => void steps.push(step);
    const whole = await quantizationReport(made, data, { onProgress });
    expect(steps).toEqual([
      [1, 4],
      [2, 4],
      [3, 4],
      [4, 4],
    ]);
    const { layers: each, ...rest } = await quantizationReport(made, data, { perLayer: false });
    expect(each).toEqual([]);
    expect(whole).toMatchObject(rest);
  });

  it("leaves no memory behind", async () => {
    const net = await fitted();
    await quantizationReport(net, data);
    const used = engine.allocator.backend.heap.usedBytes;
    await quantizationReport(net, data);
    expect(engine.allocator.backend.heap.usedBytes - used).toBeLessThan(1024); // of 3500 bytes of weights
  });

  it.each([
    ["no model", (): unknown => quantizationReport({} as never, data), "INVALID_ARGUMENT", /pass a model/],
    [
      "no weights",
      (): unknown => quantizationReport(convolution(), data),
      "NOT_READY",
      /quantizationReport: .*compile/,
    ],
    [
      "another type",
      async (): Promise<unknown> => quantizationReport(await fitted(), data, { weights: "int4" as never }),
      "INVALID_ARGUMENT",
      /weights is "int4"/,
    ],
    [
      "float32",
      async (): Promise<unknown> => quantizationReport(await fitted(), data, { weights: "float32" as never }),
      "INVALID_ARGUMENT",
      /weights is "float32"/,
    ],
    [
      "an unknown layer",
      async (): Promise<unknown> => quantizationReport(await fitted(), data, { keep: ["den"] }),
      "INVALID_ARGUMENT",
      /keep: "den"/,
    ],
    [
      "other data",
      async (): Promise<unknown> => quantizationReport(await fitted(), blobs()),
      "SHAPE_MISMATCH",
      /./,
    ],
    [
      "a stream",
      async (): Promise<unknown> => quantizationReport(await fitted(), (() => []) as never),
      "INVALID_ARGUMENT",
      /a stream/,
    ],
    [
      "a loss that is not there",
      async (): Promise<unknown> => {
        const net = perceptron();
        await net.build({ engine });
        return quantizationReport(net, blobs());
      },
      "NOT_READY",
      /has no loss/,
    ],
    [
      "a signal",
      async (): Promise<unknown> => quantizationReport(await fitted(), data, { signal: AbortSignal.abort() }),
      "ABORTED",
      /aborted/,
    ],
  ] as const)("is not made of %s", async (_, make, code, message) => {
    expect(await failure(make as () => Promise<unknown>, code)).toMatch(message);
  });
});
